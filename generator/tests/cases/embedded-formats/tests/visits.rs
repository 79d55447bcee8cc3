//! Formats have types in a crate that contains its runtime, too.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_embedded_formats::models::Visit;
use corpus_embedded_formats::runtime::{decode, encode};

#[test]
fn values_have_the_types() {
    let text = r#"{"at":"2026-01-31T12:00:00Z","from":"10.0.0.1","seconds":"90","page":"https://a.example/"}"#;
    let visit: Visit = decode::from_slice(text.as_bytes()).unwrap();
    assert_eq!(visit.at.as_second(), 1_769_860_800);
    assert!(visit.from.is_private());
    assert_eq!(*visit.seconds, 90);
    assert_eq!(visit.page.as_ref().unwrap().path(), "/");
    assert_eq!(encode::to_vec(&visit).unwrap(), text.as_bytes());
}
