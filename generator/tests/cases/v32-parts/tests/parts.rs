//! The items of a list as the parts of a body.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_v32_parts::models::Step;
use corpus_v32_parts::runtime::{Body, InvalidRequest};
use corpus_v32_parts::{batch, letter};

/// The essence of the media type, and the body with `B` as its boundary.
fn sent(request: Result<http::Request<Body>, InvalidRequest>) -> (String, String) {
    let request = request.unwrap();
    let (essence, boundary) = request.headers()["content-type"].to_str().unwrap().split_once("; boundary=").unwrap();
    let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
    (essence.to_owned(), body.replace(boundary, "B"))
}

#[test]
fn each_item_is_a_part() {
    let (essence, body) = sent(batch(vec![Step::new("a"), Step::new("b")]).build());
    assert_eq!(essence, "multipart/mixed");
    let part = |call: &str| format!("--B\r\nContent-Type: application/vnd.step+json\r\n\r\n{{\"call\":\"{call}\"}}\r\n");
    assert_eq!(body, format!("{}{}--B--\r\n", part("a"), part("b")));
    assert!(batch(Vec::new()).build().is_err());
    assert!(batch(vec![Step::new("")]).build().unwrap_err().to_string().contains("call"));
}

#[test]
fn parts_have_positions() {
    let (essence, body) = sent(letter((Step::new("a"), "# x".to_owned())).build());
    assert_eq!(essence, "multipart/related");
    assert_eq!(
        body,
        "--B\r\nContent-Type: application/json\r\n\r\n{\"call\":\"a\"}\r\n\
         --B\r\nContent-Type: text/markdown\r\n\r\n# x\r\n--B--\r\n"
    );
}
