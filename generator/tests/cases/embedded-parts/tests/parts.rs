//! What a crate that contains its runtime does as well as one that depends on it.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_embedded_parts::models::Parcel;
use corpus_embedded_parts::runtime::{Validate as _, decode, encode};

fn parcel(text: &str) -> Parcel {
    decode::from_slice(text.as_bytes()).unwrap()
}

#[test]
fn what_was_received_is_sent_back() {
    for text in [
        r#"{"id":12345678901234567890123,"sizes":[1.50,1e400],"contents":{"kind":"sack","open":true}}"#,
        r#"{"id":1,"sizes":[],"contents":{"kind":"crate","a":0.10},"weights":{"ab":99999999999999999999}}"#,
        r#"{"id":1,"sizes":[],"contents":{"kind":"box","count":null},"note":[{"id":2}],"other":[1.0,{"a":1E5}]}"#,
        r#"{"id":1,"sizes":[],"contents":{"kind":"sack","open":1},"place":["here",1],"anything":null,"label":7}"#,
    ] {
        let parcel = parcel(text);
        let sent = encode::to_vec(&parcel).unwrap();
        assert_eq!(String::from_utf8(sent).unwrap(), text);
        assert_eq!(parcel, parcel.clone());
    }
}

#[test]
fn each_rule_is_checked() {
    let text = r#"{
        "id": 0, "sizes": [200, 0.25, 0.5, 0.50], "contents": {"kind": "box"}, "label": "abcdefghi", "initials": "Éé", "weights": {"a": 1},
        "anything": 0.5
    }"#;
    let violations = parcel(text).validate().unwrap_err().0.into_iter();
    let violations = violations.map(|violation| format!("{}: {}", violation.path, violation.message));
    assert_eq!(
        violations.collect::<Vec<_>>(),
        [
            "id: at least 1",
            "sizes: at most 3 items, has 4",
            "sizes: items must be unique",
            "sizes[0]: less than 200",
            "sizes[1]: a multiple of 0.5",
            "label: at most 8 characters, has 9",
            "label: must match the pattern ^[A-Z]+$",
            "initials: must match the pattern ^\\P{Ll}+$",
            "weights.a: at least 2 characters, has 1",
            "anything: at least 1",
        ]
    );
}

#[test]
fn secrets_are_not_printed_and_text_that_is_not_json_is_told_from_a_value_that_does_not_fit() {
    let text = r#"{"id":1,"sizes":[],"contents":{"kind":"sack","open":true,"password":"x1"},"password":"x2"}"#;
    let shown = format!("{:?}", parcel(text));
    assert!(shown.contains("[redacted]") && !shown.contains("x1") && !shown.contains("x2"), "{shown}");
    let error = |text: &str| decode::from_slice::<Parcel>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(error(r#"{"id":"\ud800"}"#), "not JSON: half of a surrogate pair: line 1, column 8");
    assert_eq!(error(r#"{"id":"a"}"#), "id: expected a 64-bit integer, got a string");
}
