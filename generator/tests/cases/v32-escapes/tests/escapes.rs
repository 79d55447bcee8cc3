//! What is escaped in paths and cookies, and what isn't.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_v32_escapes::files;
use corpus_v32_escapes::models::FilesGetColour as Colour;

#[test]
fn reserved_characters_stay_but_no_path_is_left() {
    let uri = |path: &str| files::get(path, "a:b").build().map(|request| request.uri().to_string());
    assert_eq!(uri("a:b@c=d;e,f").unwrap(), "/files/a:b@c=d;e,f/a%3Ab");
    assert_eq!(uri("a/b?c#d%20e").unwrap(), "/files/a%2Fb%3Fc%23d%20e/a%3Ab");
    assert_eq!(uri("%2e%2E").unwrap(), "/files/%252e%252E/a%3Ab");
    assert!(uri("..").is_err() && uri("").is_err());
}

#[test]
fn cookies_are_escaped_as_the_document_says() {
    let request = files::get("a", "b").raw("x=%20 \"y\"").list(vec!["a".into(), "b".into()]);
    let request = request.colour(Colour::default().r(1).g(2)).kept(vec!["/=".into(), ";".into()]);
    let request = request.escaped("/=").build().unwrap();
    let expected = "raw=x=%20 \"y\"; list=a,b; R=1; G=2; kept=/=; kept=%3B; escaped=%2F%3D";
    assert_eq!(request.headers()["cookie"], expected);
    let error = files::get("a", "b").raw("x; admin=1").build().unwrap_err().to_string();
    assert!(error.contains("raw: has characters that a cookie can't have"), "{error}");
}
