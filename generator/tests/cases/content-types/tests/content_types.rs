//! Bodies, failures and successes as a real server sends them: with media types of all kinds, and with none.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_content_types::models::State;
use corpus_content_types::operations::{self, ChangeStateOutput, ReadLetterError, ResetStateHeaders, WriteLetterError};
use corpus_content_types::runtime::{Body, Error};
use corpus_content_types::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A server that answers one request with these lines and this body; it returns the request.
async fn answers(status: &str, headers: &str, body: &[u8]) -> (Client, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut answer =
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 1 << 16];
        let mut count = 0;
        while !request[..count].ends_with(b"\r\n\r\n") && !request[..count].ends_with(b"END") {
            count += stream.read(&mut request[count..]).await.unwrap();
        }
        stream.write_all(&answer).await.unwrap();
        stream.shutdown().await.unwrap();
        String::from_utf8_lossy(&request[..count]).into_owned()
    });
    (Client::builder().base_url(url).build().unwrap(), server)
}

const TEXT: &str = "content-type: text/plain; charset=utf-8\r\n";
const JSON: &str = "content-type: application/json\r\n";

async fn write(status: &str, headers: &str, body: &[u8]) -> Error<WriteLetterError> {
    let (client, _server) = answers(status, headers, body).await;
    operations::write_letter("a END").send(&client).await.unwrap_err()
}

#[tokio::test]
async fn a_failure_that_is_text_has_the_text_and_prints_it() {
    for headers in [TEXT, "content-type: TEXT/PLAIN\r\n", ""] {
        let error = write("400 Bad Request", headers, "no\r\nstamp\u{1b}[2J ä".as_bytes()).await;
        assert_eq!(error.to_string(), "POST /letters: 400 Bad Request: no stamp[2J ä");
        let Error::Api(WriteLetterError::BadRequest(failure)) = error else { panic!("{error}") };
        assert_eq!(failure.body.as_deref().map(String::as_str), Some("no\r\nstamp\u{1b}[2J ä"));
    }
    let Error::Api(WriteLetterError::NotFound(failure)) = write("404 Not Found", TEXT, b"").await else { panic!() };
    assert_eq!(failure.body.as_deref().map(String::as_str), Some(""));
    let error = write("400 Bad Request", "content-type: text/plain; charset=iso-8859-1\r\n", b"\xe4").await;
    assert_eq!(error.to_string(), "POST /letters: 400 Bad Request: ä");
    let error = write("418 Teapot", "content-type: text/html\r\n", b"<p>short and stout").await;
    assert!(matches!(&error, Error::Api(WriteLetterError::Default(failure)) if failure.body.is_some()), "{error}");
    let long = write("400 Bad Request", TEXT, "x".repeat(100_000).as_bytes()).await.to_string();
    assert!(long.len() < 400 && long.ends_with('…'), "{long}");
}

#[tokio::test]
async fn a_failure_that_is_json_or_text_is_what_it_says_to_be() {
    let problem = "content-type: application/problem+json\r\n";
    let error = write("409 Conflict", problem, br#"{"title":"taken"}"#).await;
    let Error::Api(WriteLetterError::Conflict(failure)) = error else { panic!("{error}") };
    assert_eq!(failure.body.unwrap().title.as_deref(), Some("taken"));
    let error = write("409 Conflict", TEXT, b"taken already").await;
    assert_eq!(error.to_string(), "POST /letters: 409 Conflict: taken already");
    let Error::Api(WriteLetterError::Conflict(failure)) = error else { panic!("{error}") };
    assert_eq!((failure.body, failure.response.text().as_deref()), (None, Some("taken already")));
    for (headers, body) in [(JSON, "\"unknown\""), (TEXT, "unknown"), ("", "unknown")] {
        let error = write("415 Unsupported", headers, body.as_bytes()).await;
        let Error::Api(WriteLetterError::UnsupportedMediaType(failure)) = error else { panic!("{error}") };
        assert_eq!(failure.body.as_deref().map(String::as_str), Some("unknown"), "{headers}");
    }
    let (client, _server) = answers("406 Not Acceptable", TEXT, b"12").await;
    let error = operations::read_letter().send(&client).await.unwrap_err();
    let Error::Api(ReadLetterError::NotAcceptable(failure)) = error else { panic!("{error}") };
    assert_eq!(failure.body.as_deref().map(String::as_str), Some("12"));
}

#[tokio::test]
async fn a_failure_of_bytes_has_the_bytes_and_prints_none() {
    let error = write("500 Oops", "content-type: application/octet-stream\r\n", b"\0\xffsecret").await;
    assert_eq!(error.to_string(), "POST /letters: 500 Internal Server Error");
    let Error::Api(WriteLetterError::InternalServerError(failure)) = error else { panic!("{error}") };
    assert_eq!(failure.body.unwrap()[..], b"\0\xffsecret"[..]);
}

#[tokio::test]
async fn where_any_media_type_is_allowed_the_response_says_which_it_is() {
    for (headers, body, expected) in [
        (JSON, "\"Dear\"", "Dear"),
        ("content-type: application/vnd.mail+json\r\n", "\"Dear\"", "Dear"),
        (TEXT, "Dear", "Dear"),
        (TEXT, "\"Dear\"", "\"Dear\""),
        (TEXT, "42", "42"),
        ("content-type: application/x-mail\r\n", "Dear", "Dear"),
        ("", "Dear", "Dear"),
        ("", "", ""),
    ] {
        let (client, _server) = answers("200 OK", headers, body.as_bytes()).await;
        assert_eq!(operations::read_letter().send(&client).await.unwrap(), expected, "{headers}{body}");
    }
    for (headers, body) in [(JSON, "\"open\""), (TEXT, "open"), ("", "open")] {
        let (client, _server) = answers("200 OK", headers, body.as_bytes()).await;
        assert_eq!(operations::get_state().send(&client).await.unwrap(), State::Open, "{headers}{body}");
    }
    for (headers, body, expected) in [
        (JSON, "[1]", "[1]"),
        (TEXT, "[1]", "\"[1]\""),
        ("", "[1]", "[1]"),
        ("", "one", "\"one\""),
    ] {
        let (client, _server) = answers("200 OK", headers, body.as_bytes()).await;
        let found = operations::describe_scan("END").send(&client).await.unwrap();
        assert_eq!(found.to_string(), expected, "{headers}{body}");
    }
    for (headers, body) in [(JSON, "\"a\""), (TEXT, "\"a\""), (TEXT, "a"), ("", "a")] {
        let (client, _server) = answers("200 OK", headers, body.as_bytes()).await;
        assert_eq!(operations::name_state().send(&client).await.unwrap(), "a", "{headers}{body}");
    }
    let (client, _server) = answers("200 OK", JSON, b"a").await;
    operations::name_state().send(&client).await.unwrap_err();
    for headers in [JSON, "content-type: image/png\r\n", ""] {
        let (client, _server) = answers("200 OK", headers, b"\x89PNG\xff").await;
        assert_eq!(operations::get_scan().send(&client).await.unwrap()[..], b"\x89PNG\xff"[..]);
    }
}

#[tokio::test]
async fn what_is_sent_as_it_is_has_the_media_type_of_the_caller() {
    let sent = async |body: Body| {
        let (client, server) = answers("201 Created", JSON, br#"{"id":"1"}"#).await;
        operations::write_letter(body).send(&client).await.unwrap();
        server.await.unwrap()
    };
    let request = sent(Body::from("a\"b END")).await;
    assert!(request.contains("content-type: application/octet-stream\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\na\"b END"), "{request}");
    let request = sent(Body::from("a END").media_type("text/csv; header=absent")).await;
    assert!(request.contains("content-type: text/csv; header=absent\r\n"), "{request}");
    let text = operations::change_state("shut").build().unwrap();
    assert_eq!(text.body().as_bytes().unwrap(), "shut");
    let image = operations::put_scan().body(Body::from("x").media_type("image/png")).build().unwrap();
    assert_eq!(image.headers()["content-type"], "image/png");
    let text = operations::describe_scan("x").build().unwrap();
    assert_eq!(text.headers()["content-type"], "text/plain; charset=utf-8");
    let error = operations::put_scan().body(Body::from("x").media_type("a\r\nb: c")).build().unwrap_err();
    assert!(error.to_string().contains("its media type has characters"), "{error}");
}

#[tokio::test]
async fn every_success_that_fits_is_one_and_the_status_is_at_hand() {
    for status in ["200 OK", "201 Created", "202 Accepted", "203 Other", "299 Odd"] {
        let (client, _server) = answers(status, JSON, br#"{"id":"7"}"#).await;
        let response = client.respond(&operations::write_letter("END")).await.unwrap();
        assert_eq!(response.status().as_str(), &status[..3]);
        assert_eq!(response.into_body().id, "7");
    }
    // What doesn't fit is an error that has the response.
    for body in ["", "[]", "<p>"] {
        let error = write("200 OK", JSON, body.as_bytes()).await;
        assert!(matches!(error, Error::Decode(..)), "{error}");
        assert_eq!(error.status().unwrap(), 200);
    }
    let error = write("201 Created", "", b"").await;
    assert_eq!(format!("{error:#}"), "POST /letters: 201 Created: the body can't be decoded: the body is empty");
    let (client, _server) = answers("200 OK", "", b"").await;
    assert_eq!(operations::put_scan().send(&client).await.unwrap(), ());
}

#[tokio::test]
async fn an_empty_body_is_null_or_an_object_without_properties() {
    let (client, _server) = answers("200 OK", JSON, b"").await;
    assert_eq!(operations::reset_state().send(&client).await.unwrap(), None);
    let (client, _server) = answers("204 No Content", "", b"").await;
    assert_eq!(operations::drop_state().send(&client).await.unwrap().title, None);
    let (client, _server) = answers("200 OK", JSON, b"").await;
    operations::see_letter().send(&client).await.unwrap();
}

#[tokio::test]
async fn where_successes_differ_another_one_is_what_its_body_is() {
    for (status, body, expected) in [
        ("200 OK", r#"{"id":"1"}"#, "Ok"),
        ("201 Created", r#"{"id":"1"}"#, "Ok"),
        ("206 Partial", r#"["1"]"#, "Accepted"),
        ("202 Accepted", r#"["1"]"#, "Accepted"),
        ("201 Created", "", "NoContent"),
    ] {
        let (client, _server) = answers(status, JSON, body.as_bytes()).await;
        let found = match operations::change_state("END").send(&client).await.unwrap() {
            ChangeStateOutput::Ok(_) => "Ok",
            ChangeStateOutput::Accepted(_) => "Accepted",
            ChangeStateOutput::NoContent => "NoContent",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected, "{status} {body}");
    }
    for status in ["203 Other", "303 See Other"] {
        let (client, _server) = answers(status, JSON, b"7").await;
        operations::change_state("END").send(&client).await.unwrap_err();
    }
}

#[tokio::test]
async fn cookies_stay_apart() {
    let lines = "set-cookie: a=1; Expires=Sat, 28 Nov 2026 18:15:00 GMT\r\nset-cookie: b=2\r\nx-left: 3\r\n";
    let (client, _server) = answers("200 OK", lines, b"null").await;
    let response = client.respond(&operations::reset_state()).await.unwrap();
    let headers = ResetStateHeaders::from(response.headers());
    let expected = ["a=1; Expires=Sat, 28 Nov 2026 18:15:00 GMT", "b=2"].map(str::to_owned);
    assert_eq!((headers.set_cookie.as_deref(), headers.x_left), (Some(&expected[..]), Some(3)));
}
