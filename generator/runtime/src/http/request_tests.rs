//! What is written, and what can't be.

use http::Method;
use serde_json::Value;

use crate::http::invalid_request::InvalidRequest;
use crate::http::request::RequestWriter;
use crate::http::style::Style;
use crate::json::decode::from_slice;
use crate::json::value::Json;
use crate::model::rules::{Limit, Rule};

#[test]
fn numbers_have_all_their_digits_in_every_place() {
    let value: Json = from_slice(br#"[12345678901234567890123,{"a":1.10}]"#).unwrap();
    let mut request = RequestWriter::default();
    request.path("/");
    request.path_parameter("id", &value, Style::Simple, false, &[]);
    request.query("q", &value, Style::Form, true, false, &[]);
    request.header("X-Numbers", &value, false, &[]);
    let request = request.finish(Method::GET).unwrap();
    let encoded = "%7B%22a%22%3A1.10%7D";
    let expected = format!("/12345678901234567890123,{encoded}?q=12345678901234567890123&q={encoded}");
    assert_eq!(request.uri().to_string(), expected);
    assert_eq!(request.headers()["x-numbers"], r#"12345678901234567890123,{"a":1.10}"#);
}

fn path(pieces: &[&str]) -> Result<String, InvalidRequest> {
    let mut request = RequestWriter::default();
    request.path("/pets/");
    for piece in pieces {
        request.path_parameter("id", &(*piece).to_owned(), Style::Simple, false, &[]);
    }
    request.path("/owner");
    Ok(request.finish(Method::GET)?.uri().to_string())
}

#[test]
fn a_path_parameter_stays_in_its_segment() {
    for (value, written) in [
        ("../x", "..%2Fx"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("%2e%2e", "%252e%252e"),
        ("..\\x", "..%5Cx"),
        ("\r\n", "%0D%0A"),
        ("...", "..."),
        ("é\u{202e}", "%C3%A9%E2%80%AE"),
    ] {
        assert_eq!(path(&[value]).unwrap(), format!("/pets/{written}/owner"));
    }
    for refused in [&["", "x"][..], &["."], &[".."], &[".", "."]] {
        assert!(path(refused).is_err(), "{refused:?}");
    }
}

#[test]
fn a_header_can_t_end_its_line() {
    for value in ["a\r\nx-y: z", "a\0", "a\n"] {
        let mut request = RequestWriter::default();
        request.header("x-a", &value.to_owned(), false, &[]);
        let error = request.finish(Method::GET).unwrap_err();
        assert!(error.to_string().contains("x-a: has characters that a header can't have"), "{error}");
    }
}

#[test]
fn json_is_text_in_every_place() {
    let value = Json::from(serde_json::json!({ "a": [1, "é\u{7f}😀;/\n"] }));
    let mut request = RequestWriter::default();
    request.path("/");
    request.path_json("p", &value, &[]);
    request.query_json("q", &value, &[]);
    request.header_json("x-h", &value, &[]);
    request.cookie_json("c", &value, &[]);
    request.cookie_json("d", &1_i64, &[]);
    request.cookie_json("e", &None::<i64>, &[]);
    let request = request.finish(Method::GET).unwrap();
    let encoded = "%7B%22a%22%3A%5B1%2C%22%C3%A9%7F%F0%9F%98%80%3B%2F%5Cn%22%5D%7D";
    assert_eq!(request.uri().to_string(), format!("/{encoded}?q={encoded}"));
    assert_eq!(request.headers()["cookie"], format!("c={encoded}; d=1"));
    let header = request.headers()["x-h"].to_str().unwrap();
    assert_eq!(header, r#"{"a":[1,"\u00e9\u007f\ud83d\ude00;/\n"]}"#);
    assert_eq!(serde_json::from_str::<Value>(header).unwrap(), value.0);
}

#[test]
fn a_json_parameter_is_checked() {
    let mut request = RequestWriter::default();
    request.header_json("x-h", &0_i64, &[Rule::Minimum(Limit::Integer(1))]);
    assert!(request.finish(Method::GET).unwrap_err().to_string().contains("x-h"));
}

#[test]
fn all_that_is_wrong_is_told() {
    let mut request = RequestWriter::default();
    request.path_parameter("id", &String::new(), Style::Simple, false, &[]);
    request.query("page", &Some(0), Style::Form, true, false, &[Rule::Minimum(Limit::Integer(1))]);
    request.query("per_page", &None::<i64>, Style::Form, true, false, &[]);
    request.header("c", &"\n".to_owned(), false, &[]);
    let error = request.finish(Method::GET).unwrap_err();
    let paths: Vec<_> = error.violations().0.iter().map(|violation| &*violation.path).collect();
    assert_eq!(paths, ["id", "page", "c"], "{error}");
}

#[test]
fn a_body_has_its_media_type_or_the_usual_one_of_a_range() {
    let sent = |write: &dyn Fn(&mut RequestWriter)| {
        let mut request = RequestWriter::default();
        request.path("/");
        write(&mut request);
        request.finish(Method::POST).unwrap().headers()["content-type"].to_str().unwrap().to_owned()
    };
    let (json, bytes) = (Json::default(), crate::http::body::Body::from("a"));
    for (declared, as_json, as_text, as_bytes) in [
        ("application/merge-patch+json", None, None, None),
        ("text/csv", None, None, None),
        (
            "*/*",
            Some("application/json"),
            Some("text/plain; charset=utf-8"),
            Some("application/octet-stream"),
        ),
        (
            "image/*",
            Some("application/json"),
            Some("text/plain; charset=utf-8"),
            Some("application/octet-stream"),
        ),
    ] {
        assert_eq!(sent(&|request| request.json_body(declared, &json, &[])), as_json.unwrap_or(declared));
        assert_eq!(sent(&|request| request.text_body(declared, "a")), as_text.unwrap_or(declared));
        assert_eq!(sent(&|request| request.bytes_body(declared, &bytes)), as_bytes.unwrap_or(declared));
        let own = bytes.clone().media_type("image/png");
        assert_eq!(sent(&|request| request.bytes_body(declared, &own)), "image/png");
    }
}
