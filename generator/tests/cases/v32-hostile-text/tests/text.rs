//! No text of the document has become code that ran when the crate was compiled. The examples in its documentation run after
//! this test; what they leave behind is for `cargo xtask corpus` to find.

#[test]
fn no_text_has_run() {
    assert!(!std::path::Path::new("ran").exists());
}
