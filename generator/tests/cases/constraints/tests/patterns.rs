//! What patterns mean in a crate that is compiled by itself, with the tables of Unicode that they need.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_constraints::models::It;
use corpus_constraints::runtime::{Validate as _, decode};

fn violations(text: &str) -> Vec<String> {
    let it: It = decode::from_slice(text.as_bytes()).unwrap();
    let violations = it.validate().err().into_iter().flat_map(|error| error.0);
    violations.map(|violation| format!("{}: {}", violation.path, violation.message)).collect()
}

#[test]
fn properties_of_unicode_are_checked() {
    assert_eq!(violations(r#"{"initials":"É\u03b1"}"#), [""; 0]);
    assert_eq!(
        violations(r#"{"initials":"é"}"#),
        [r"initials: must match the pattern ^[\p{Lu}\p{Script=Greek}]+$"]
    );
}
