//! The examples in the documentation are run as tests: no text of the document may have become code.

#[test]
fn no_text_has_run() {
    assert!(!std::path::Path::new("ran").exists());
}
