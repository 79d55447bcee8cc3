//! Every fault results in the documented error within its deadline, and only requests that may be retried are
//! sent twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::operations::{Client, ClientBuilder};
use http::HeaderMap;
use openapi_rust_runtime::{Attempt, Error, Hooks, Json, Operation, RetryPolicy, TransportErrorKind};

use tokio::io::AsyncWriteExt as _;

use super::errors::says_each_thing_once;
use super::operations::{CallError, Get, Post};
use super::server::{Answer, Server, response};

const ATTEMPTS: usize = 3;

/// A short name for an error.
fn kind(error: &Error<CallError>) -> String {
    match error {
        Error::Api(CallError::Forbidden(_)) => "forbidden".to_owned(),
        Error::Api(CallError::TooManyRequests(_)) => "too many requests".to_owned(),
        Error::Unexpected(response) => format!("unexpected {}", response.status.as_u16()),
        Error::Transport(error) => format!("{:?}", error.kind()),
        Error::Timeout(_) => "timeout".to_owned(),
        Error::Decode(..) => "decode".to_owned(),
        Error::Authentication(_) => "authentication".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Three attempts in quick succession.
fn quick(builder: ClientBuilder) -> ClientBuilder {
    builder
        .timeout(Duration::from_secs(200))
        .attempt_timeout(Duration::from_secs(60))
        .response_limit(100_000)
        .retry(RetryPolicy::new(ATTEMPTS as u32).delays(Duration::from_millis(1), Duration::from_millis(2)))
}

async fn ends<O: Operation<Document = crate::document::Document, Output = Json, Error = CallError>>(
    builder: ClientBuilder,
    operation: &O,
) -> Error<CallError> {
    builder.build().unwrap().send(operation).await.unwrap_err()
}

/// The name of the fault, the answer, the error, and whether an idempotent request is retried.
fn faults() -> Vec<Case> {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let head = |length: usize| bytes(&format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{{\"a\""));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let html = "content-type: text/html\r\n";
    vec![
        ("closed at once", Answer::Close(vec![]), "Reset", true),
        ("reset at once", Answer::Reset(vec![]), "Reset", true),
        ("closed in the headers", Answer::Close(bytes("HTTP/1.1 200 OK\r\ncontent-")), "Reset", true),
        ("stalled before the headers", Answer::Stall(vec![]), "timeout", true),
        ("stalled in the headers", Answer::Stall(bytes("HTTP/1.1 200 OK\r\ncontent-")), "timeout", true),
        ("stalled in the body", Answer::Stall(head(100)), "timeout", true),
        ("closed in the body", Answer::Close(head(100)), "Truncated", true),
        ("reset in the body", Answer::Reset(head(100)), "Truncated", true),
        ("closed in a chunk", Answer::Close(bytes(&format!("{chunked}5\r\n[1"))), "Truncated", true),
        ("no chunk", Answer::Close(bytes(&format!("{chunked}zz\r\n"))), "Truncated", true),
        ("more than the limit", Answer::Flood(bytes(chunked)), "TooLarge", false),
        ("announces more than the limit", Answer::Stall(head(1 << 40)), "TooLarge", false),
        ("no HTTP", Answer::Close(bytes("SSH-2.0-OpenSSH\r\n\r\n")), "Protocol", false),
        ("malformed JSON", response("200 OK", "", "{\"a\":"), "decode", false),
        ("a page for people", response("200 OK", html, "<html>"), "decode", false),
        ("a failure's page for people", response("502 Bad Gateway", html, "<html>"), "unexpected 502", true),
        ("request timeout", response("408 Request Timeout", "", ""), "unexpected 408", true),
        ("busy", response("503 Service Unavailable", "retry-after: 0\r\n", ""), "unexpected 503", true),
        ("not implemented", response("501 Not Implemented", "", ""), "unexpected 501", false),
        ("an unknown success", response("299 Fine", "", "{}"), "unexpected 299", false),
        ("an unknown failure", response("499 Gone Fishing", "", ""), "unexpected 499", false),
        ("an unknown fault", response("599 Odd", "", ""), "unexpected 599", true),
        ("a status of no class", response("799 Odder", "", ""), "unexpected 799", false),
        ("a redirect", response("302 Found", "location: /\r\n", ""), "unexpected 302", false),
        ("no redirect", response("302 Found", "", ""), "unexpected 302", false),
        ("forbidden", response("403 Forbidden", "", "{}"), "forbidden", false),
    ]
}

type Case = (&'static str, Answer, &'static str, bool);

async fn check((name, answer, expected, repeats): Case, tls: bool) {
    let serve = || {
        let answer = answer.clone();
        Server::start(tls, move |_, _| answer.clone())
    };
    let (get, post) = (serve().await, serve().await);
    // A silent server runs into the timeout; everything else ends long before it.
    let limit = Duration::from_millis(if expected == "timeout" { 1500 } else { 60_000 });
    let client = |server: &Server| quick(server.client()).attempt_timeout(limit).build().unwrap();
    let (of_get, of_post) = (client(&get), client(&post));
    let (of_get, of_post) = tokio::join!(of_get.send(&Get), of_post.send(&Post));
    let (of_get, of_post) = (of_get.unwrap_err(), of_post.unwrap_err());
    assert_eq!(kind(&of_get), expected, "{name}, TLS {tls}: {of_get}");
    assert_eq!(kind(&of_post), expected, "{name}, TLS {tls}: {of_post}");
    let times = if repeats { ATTEMPTS } else { 1 };
    assert_eq!((get.requests().len(), post.requests().len()), (times, 1), "{name}, TLS {tls}");
    assert!(of_get.to_string().starts_with("GET /pets/{id}: "), "{of_get}");
    assert_eq!(of_get.is_retryable(), repeats, "{name}");
    says_each_thing_once(&of_get);
}

#[tokio::test]
async fn a_byte_order_mark_before_json_is_accepted() {
    let server = Server::start(false, |_, _| response("200 OK", "", "\u{feff}{\"a\":1}")).await;
    server.client().build().unwrap().send(&Get).await.unwrap();
}

#[tokio::test]
async fn each_ends_in_its_error_and_only_what_may_be_is_repeated() {
    for tls in [false, true] {
        for case in faults().into_iter().filter(|(_, _, expected, _)| *expected != "timeout") {
            check(case, tls).await;
        }
    }
}

#[tokio::test]
async fn silence_ends_and_is_repeated_only_where_it_may_be() {
    let silent = || faults().into_iter().filter(|(_, _, expected, _)| *expected == "timeout");
    let cases = [false, true].into_iter().flat_map(|tls| silent().map(move |case| check(case, tls)));
    futures_util::future::join_all(cases).await;
}

#[tokio::test]
async fn a_storm_of_429_is_waited_out_or_ends() {
    let limited = || response("429 Too Many Requests", "retry-after: 0\r\n", "{\"message\":\"slow down\"}");
    let storm = Server::start(false, move |_, _| limited()).await;
    let error = ends(quick(storm.client()), &Post).await;
    assert_eq!(error.to_string(), "POST /pets/{id}: 429 Too Many Requests: slow down");
    assert_eq!((kind(&error).as_str(), storm.requests().len()), ("too many requests", ATTEMPTS));
    let passing = Server::start(true, move |before, _| match before {
        0 | 1 => limited(),
        _ => response("200 OK", "content-type: text/plain\r\n", "{\"a\":1}"),
    })
    .await;
    let client = quick(passing.client()).build().unwrap();
    assert_eq!(client.send(&Post).await.unwrap()["a"], 1, "the content type is not what counts");
    assert_eq!((passing.requests().len(), passing.connections()), (3, 1), "the connection is used again");
}

#[derive(Clone, Default)]
struct Attempts(Arc<AtomicU32>);

impl Hooks for Attempts {
    fn before_attempt(&self, _: &Attempt, _: &mut HeaderMap) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let attempts = Attempts::default();
    let builder = || quick(Client::builder().base_url(&url).bearer_token("token"));
    let error = ends(builder().hooks(attempts.clone()), &Get).await;
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert_eq!(error.to_string(), "GET /pets/{id}: no connection");
    let error = Error::<CallError>::Transport(error);
    assert!(format!("{error:#}").contains("refused"), "{error:#}");
    says_each_thing_once(&error);
    assert_eq!(attempts.0.load(Ordering::SeqCst), ATTEMPTS as u32);
    ends(builder().hooks(attempts.clone()), &Post).await;
    assert_eq!(attempts.0.load(Ordering::SeqCst), ATTEMPTS as u32 + 1);
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted() {
    let server = Server::start(true, |_, _| response("200 OK", "", "{}")).await;
    let builder = Client::builder().base_url(&server.url).bearer_token("token");
    assert_eq!(kind(&ends(quick(builder), &Get).await), "Tls");
    // The same for a server that doesn't speak TLS.
    let plain = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", plain.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let builder = Client::builder().base_url(url).bearer_token("token");
    assert_eq!(kind(&ends(quick(builder), &Get).await), "Tls");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_error_of_a_decode_has_a_path() {
    // `reply.json` with a type that expects a string at `[1]`.
    let reply =
        openapi_rust_runtime::Reply::new(http::Response::new("[\"a\",2]".into()), <Get as Operation>::INFO);
    let error = reply.json::<Vec<String>, CallError>().unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "GET /pets/{id}: 200 OK: the body can't be decoded: [1]: expected a string, got a number"
    );
}

#[tokio::test]
async fn a_403_says_which_scope_is_missing() {
    let server = Server::start(false, |_, _| {
        response(
            "403 Forbidden",
            "x-request-id: r-7\r\n",
            "{\"message\":\"Insufficient scope\",\"errorCode\":\"scope\"}",
        )
    })
    .await;
    let error = ends(server.client(), &Post).await;
    assert_eq!(
        error.to_string(),
        "POST /pets/{id}: 403 Forbidden: Insufficient scope; needs the scope write:pets"
    );
    assert_eq!((error.required_scopes(), error.request_id()), (vec!["write:pets"], Some("r-7")));
    assert!(!error.is_retryable());
}
