//! What the reader takes for each kind of value, and where it stops.

use std::borrow::Cow;

use crate::json::decode::Mode;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};

fn reader(text: &str) -> Reader<'_> {
    Reader::new(text, Mode::Strict)
}

#[test]
fn kinds_by_the_first_byte() {
    let kinds = ["null", " true", "-1", "\"a\"", "\n[1]", "{}", "x", ""].map(|text| reader(text).kind());
    let all = [Kinds::NULL, Kinds::BOOLEAN, Kinds::NUMBER, Kinds::STRING, Kinds::ARRAY, Kinds::OBJECT];
    assert_eq!(kinds[..6], all);
    assert_eq!(kinds[6..], [Kinds::ANY; 2]);
}

#[test]
fn strings_are_those_of_serde_json() {
    for text in [
        r#""""#,
        r#""a b""#,
        r#""\u00e9\"\\ö""#,
        "\"\u{1f600}\"",
        r#""\ud800""#,
        r#""\x""#,
        r#""\é""#,
        "\"\n\"",
        "\"a",
        r#""a\""#,
    ] {
        let expected = serde_json::from_str::<String>(text).ok();
        assert_eq!(reader(text).string().ok().map(Cow::into_owned), expected, "{text}");
    }
}

/// Values, and texts that are none.
pub(crate) const TEXTS: &[&str] = &[
    "0",
    "-0",
    "01",
    "1.",
    ".5",
    "-",
    "1e",
    "1e+",
    "1E-5",
    "-1.5e+10",
    "0x1",
    "+1",
    "NaN",
    "true",
    "tru",
    "nullx",
    "\"\"",
    "\"a",
    "\"\\x\"",
    "\"\\u00e9\"",
    "\"\\u00g9\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\ud83d\\u0041\"",
    "\"\n\"",
    "\"\\",
    "\"\\u12",
    "[]",
    "[ ]",
    "{ }",
    "{}",
    "[1,]",
    "[,]",
    "[1 2]",
    "[",
    "]",
    "{",
    "}",
    "[}",
    "{]",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{\"a\":1",
    "{,}",
    "[1]]",
    "{} 1",
    " [ 1 , { \"a\" : [ ] } ] ",
    "[[1],{\"a\":{}}]",
    "nul",
    "",
    " ",
    "[\"]\"]",
    "{\"}\":\"{\"}",
];

#[test]
fn texts_that_are_not_json_are_refused_where_serde_json_refuses_them() {
    for text in TEXTS {
        let expected = serde_json::from_str::<serde_json::Value>(text).is_ok();
        let end = |mut reader: Reader<'_>, read: Result<(), Fault>| {
            let is_read = read.and_then(|()| reader.end()).is_ok();
            assert_eq!((is_read, reader.flaw.is_none()), (expected, expected), "{text}");
        };
        let mut passing = reader(text);
        let skipped = passing.skip();
        end(passing, skipped);
        let mut reading = reader(text);
        let read = reading.value().map(drop);
        end(reading, read);
    }
}

#[test]
fn a_property_is_looked_at_in_passing() {
    let mut reader = reader(r#" {"a":{"b":"x"},"b":1,"b":"y"} "#);
    assert_eq!(reader.peek_property("b").as_deref(), Some("y"));
    assert_eq!(reader.peek_property("a"), None);
    assert!(reader.skip().and_then(|()| reader.end()).is_ok());
}

#[test]
fn numbers_and_booleans_are_looked_at_as_text() {
    let seen = |text: &str| reader(text).peek_property("a").map(Cow::into_owned);
    for (json, text) in
        [("12", "12"), ("-3", "-3"), ("100", "100"), ("7.0", "7"), ("1.5", "1.5"), ("true", "true")]
    {
        assert_eq!(seen(&format!(r#"{{"a":{json},"b":0}}"#)).as_deref(), Some(text));
    }
    assert_eq!(seen(r#"{"a":null}"#), None);
    assert_eq!(seen(r#"{"a":[1]}"#), None);
}
