//! Requests that break constraints of the document: refused, or sent if the client doesn't check them.

use std::time::Duration;

use http::Method;
use openapi_rust_runtime::long_running::Monitor;
use openapi_rust_runtime::{
    CallOptions, Error, FilePart, InDocument, ItemFormat, Json, LongRunning, Operation, OperationInfo,
    PollError, Poller, Reply, RequestWriter, RetryPolicy, Rule, Streamed, Style, blocking, build_unchecked,
};

use super::document::{Document, FACTS};
use super::operations::CallError;
use super::server::{Answer, Request, Server, response};

/// Replaces a pet. Every value breaks a constraint.
struct Rename {
    id: &'static str,
    note: &'static str,
    names: Vec<String>,
}

const TOO_LONG: Rename = Rename { id: "rex", note: "old", names: Vec::new() };

const SHORT: &[Rule] = &[Rule::MaxLength(2)];

impl InDocument for Rename {
    type Document = Document;
}

impl Operation for Rename {
    type Output = Json;
    type Error = CallError;
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "rename",
        method: Method::PUT,
        path: "/pets/{id}",
        security: &[],
        facts: &FACTS,
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("/pets/");
        request.path_parameter("id", &self.id.to_owned(), Style::Simple, false, SHORT);
        request.query("q", &self.note.to_owned(), Style::Form, true, false, SHORT);
        request.query_json("j", &self.note.to_owned(), SHORT);
        request.header("x-note", &self.note.to_owned(), false, SHORT);
        request.cookie("c", &self.note.to_owned(), false, SHORT);
        request.json_body("application/json", &self.names, &[Rule::MinItems(1)]);
    }

    fn read(reply: &Reply) -> Result<Json, Error<CallError>> {
        match reply.status() {
            200 => reply.json(),
            _ => reply.unexpected(),
        }
    }
}

impl Streamed for Rename {
    type Item = Json;
    const FORMAT: ItemFormat = ItemFormat::LINES;
}

/// Fails twice, then succeeds with a line of JSON.
fn recovering(before: usize, _: &Request) -> Answer {
    match before {
        0 | 1 => response("503 Service Unavailable", "", ""),
        _ => response("200 OK", "content-type: application/jsonl\r\n", "{}"),
    }
}

fn quick() -> RetryPolicy {
    RetryPolicy::new(3).delays(Duration::from_millis(1), Duration::from_millis(2))
}

fn check_sent(requests: &[Request]) {
    for request in requests {
        assert_eq!(request.line(), "PUT /pets/rex?q=old&j=%22old%22 HTTP/1.1");
        assert_eq!((request.header("x-note"), request.header("cookie")), (Some("old"), Some("c=old")));
        assert_eq!(request.body, b"[]");
    }
}

#[tokio::test]
async fn every_attempt_is_sent_as_it_is() {
    let server = Server::start(false, recovering).await;
    let checking = server.client().retry(quick()).build().unwrap();
    let error = checking.send(&TOO_LONG).await.unwrap_err();
    let Error::InvalidRequest(invalid) = &error else { panic!("{error:?}") };
    let paths: Vec<_> = invalid.violations().0.iter().map(|violation| &*violation.path).collect();
    assert_eq!(paths, ["id", "q", "j", "x-note", "c", ""], "{error}");
    assert!(server.requests().is_empty());

    let client = server.client().retry(quick()).validate(false).build().unwrap();
    client.send(&TOO_LONG).await.unwrap();
    assert_eq!(server.requests().len(), 3);
    check_sent(&server.requests());
}

#[tokio::test]
async fn a_call_says_so_over_its_client() {
    let server = Server::start(false, |_, _| response("200 OK", "", "{}")).await;
    let checking = server.client().build().unwrap();
    let unchecked = checking.with(CallOptions::new().validate(false));
    unchecked.send(&TOO_LONG).await.unwrap();
    // Options that don't mention it leave it as it is.
    unchecked.with(CallOptions::new().retry(quick())).respond(&TOO_LONG).await.unwrap();
    check_sent(&server.requests());
    for client in [checking, unchecked.with(CallOptions::new().validate(true))] {
        let error = client.send(&TOO_LONG).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_stream_is_requested_as_it_is() {
    let server = Server::start(false, recovering).await;
    let checking = server.client().retry(quick()).build().unwrap();
    assert!(matches!(checking.stream(&TOO_LONG).await, Err(Error::InvalidRequest(_))));
    assert!(matches!(checking.stream_items(TOO_LONG).await, Err(Error::InvalidRequest(_))));
    assert!(server.requests().is_empty());
    let unchecked = checking.with(CallOptions::new().validate(false));
    let mut body = unchecked.stream(&TOO_LONG).await.unwrap();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "{}");
    let mut items = unchecked.stream_items(TOO_LONG).await.unwrap();
    assert!(items.try_next().await.unwrap().is_some());
    assert_eq!(server.requests().len(), 4);
    check_sent(&server.requests());
}

impl LongRunning for Rename {
    type Read = Self;
    const MONITOR: Monitor = Monitor { location: None, succeeded: &["done"], failed: &[] };

    fn reading(&self, _: &Json) -> Option<Self> {
        Some(TOO_LONG)
    }

    fn status(read: &Json) -> Option<String> {
        read["state"].as_str().map(str::to_owned)
    }
}

#[tokio::test]
async fn work_is_started_and_read_as_it_is() {
    let server = Server::start(false, |before, _| {
        response("200 OK", "", if before == 0 { "{}" } else { r#"{"state":"done"}"# })
    });
    let server = server.await;
    let checking = server.client().build().unwrap();
    let limit = Duration::from_secs(20);
    let error = Poller::new(TOO_LONG, &checking).wait(limit).await.unwrap_err();
    assert!(matches!(error, PollError::Start(Error::InvalidRequest(_))), "{error:?}");
    let unchecked = checking.with(CallOptions::new().validate(false));
    let quick = Duration::from_millis(2);
    Poller::new(TOO_LONG, &unchecked).interval(quick, quick).wait(limit).await.unwrap();
    assert_eq!(server.requests().len(), 2);
    check_sent(&server.requests());
}

#[test]
fn without_async() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(false, recovering));
    let checking = blocking::Client::new(server.client().retry(quick()).build().unwrap()).unwrap();
    assert!(matches!(checking.send(&TOO_LONG), Err(Error::InvalidRequest(_))));
    checking.with(CallOptions::new().validate(false)).send(&TOO_LONG).unwrap();
    assert_eq!(server.requests().len(), 3);
    check_sent(&server.requests());
}

#[tokio::test]
async fn what_can_t_be_sent_is_an_error_in_any_case() {
    let server = Server::start(false, |_, _| response("200 OK", "", "{}")).await;
    let client = server.client().validate(false).build().unwrap();
    for (id, note, expected) in [
        ("", "old", "id: must not be empty, \".\" or \"..\""),
        ("..", "old", "id: must not be empty, \".\" or \"..\""),
        ("rex", "a\r\nb: c", "x-note: has characters that a header can't have"),
    ] {
        let error = client.send(&Rename { id, note, names: Vec::new() }).await.unwrap_err();
        let Error::InvalidRequest(error) = error else { panic!("{error:?}") };
        assert_eq!(error.violations().0.len(), 1, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert!(server.requests().is_empty());
}

/// Sends a file whose part needs a header.
struct Upload(FilePart);

impl InDocument for Upload {
    type Document = Document;
}

impl Operation for Upload {
    type Output = Json;
    type Error = CallError;
    const INFO: &'static OperationInfo =
        &OperationInfo { id: "upload", method: Method::POST, path: "/files", security: &[], facts: &FACTS };

    fn write(&self, request: &mut RequestWriter) {
        let files = [self.0.clone()];
        request.path("/files");
        request.require_part_headers("f", &files, &["X-Page"]);
        request.multipart_body("multipart/form-data", &None::<Json>, &[], &[("f", &files)], &[]);
    }

    fn read(reply: &Reply) -> Result<Json, Error<CallError>> {
        reply.unexpected()
    }
}

#[test]
fn without_a_client() {
    let request = build_unchecked(&TOO_LONG).unwrap();
    assert_eq!(request.uri(), "/pets/rex?q=old&j=%22old%22");
    assert!(build_unchecked(&Rename { id: "", ..TOO_LONG }).is_err());
    // A header that only the document requires may be missing, but not end its line.
    assert!(build_unchecked(&Upload(FilePart::from("x"))).is_ok());
    let error =
        build_unchecked(&Upload(FilePart::from("x").header("X-Page", "1\r\nX-Other: 2"))).unwrap_err();
    assert!(error.to_string().contains("f: a header of the part has characters"), "{error}");
}
