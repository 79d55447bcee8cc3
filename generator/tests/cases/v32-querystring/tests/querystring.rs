//! The whole query, as it is on the wire.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_v32_querystring::models::Filter;
use corpus_v32_querystring::{form, json, text};

#[test]
fn a_query_is_a_form() {
    let filter: Filter = serde_json::from_str(r#"{"word":"a b","tags":["x","y"],"area":{"north":1},"more":true}"#).unwrap();
    let uri = form(filter).build().unwrap().uri().to_string();
    assert_eq!(uri, "/form?word=a%20b&tags=x%7Cy&area=%7B%22north%22%3A1%7D&more=true");
    let error = form(Filter::new("")).build().unwrap_err().to_string();
    assert!(error.contains("filter.word"), "{error}");
}

#[test]
fn a_query_is_json_or_text() {
    assert_eq!(json().build().unwrap().uri(), "/json");
    assert_eq!(json().selector(vec![1, 2]).build().unwrap().uri(), "/json?%5B1%2C2%5D");
    assert!(json().selector(Vec::new()).build().is_err());
    assert_eq!(text().path("$.a").build().unwrap().uri(), "/text?fixed=1&%24.a");
}
