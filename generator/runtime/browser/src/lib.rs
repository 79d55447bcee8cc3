//! The client in a browser, against a server on this machine (`server.py`).
#![cfg(all(test, target_family = "wasm"))]

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use openapi_rust_runtime::{
    Body, Client, Document, Error, Facts, InDocument, Json, Operation, OperationInfo, Reply, RequestWriter,
    RetryPolicy, SecurityScheme, Transport, TransportErrorKind, reqwest,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_time::Instant;

wasm_bindgen_test_configure!(run_in_browser);

/// Where the server is.
const SERVER: &str = env!("SERVER");

static FACTS: Facts =
    Facts::new().user_agent("test/1").security_schemes(&[("bearer", SecurityScheme::Bearer)]);

enum Test {}

impl Document for Test {
    const FACTS: &'static Facts = &FACTS;
}

/// A GET at a path.
struct Get(&'static str);

impl InDocument for Get {
    type Document = Test;
}

impl Operation for Get {
    type Output = Json;
    type Error = Infallible;
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "get",
        method: Method::GET,
        path: "/{path}",
        security: &[&[("bearer", &[])]],
        facts: &FACTS,
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path(self.0);
    }

    fn read(reply: &Reply) -> Result<Json, Error<Infallible>> {
        match reply.status() {
            200 => reply.json(),
            _ => reply.unexpected(),
        }
    }
}

fn client() -> Client<Test> {
    let retry = RetryPolicy::new(4).delays(Duration::from_millis(1), Duration::from_millis(2));
    let client = Client::builder().base_url(SERVER).bearer_token("a-token").retry(retry);
    client.timeout(Duration::from_secs(20)).build().unwrap()
}

#[wasm_bindgen_test]
async fn a_call_has_the_token_and_the_browser_s_own_agent() {
    let seen = client().send(&Get("/echo")).await.unwrap();
    assert_eq!(seen["method"], "GET");
    assert_eq!(seen["headers"]["authorization"], "Bearer a-token");
    assert_ne!(seen["headers"]["user-agent"], "test/1");
}

#[wasm_bindgen_test]
async fn a_busy_server_is_asked_again() {
    let found = client().send(&Get("/busy")).await.unwrap();
    assert_eq!(found["attempts"], 3);
}

#[wasm_bindgen_test]
async fn a_call_ends_in_time() {
    let begun = Instant::now();
    let client = client();
    let options = openapi_rust_runtime::CallOptions::new().timeout(Duration::from_millis(300));
    let error = client.with(options).send(&Get("/slow")).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(4), "{took:?}");
}

#[wasm_bindgen_test]
async fn a_response_arrives_in_pieces() {
    let mut body = client().stream(&Get("/pieces")).await.unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = body.chunk().await.unwrap() {
        pieces.push(piece);
    }
    assert_eq!(pieces.concat(), b"{\"a\":1}");
    assert_eq!(pieces.len(), 2, "{pieces:?}");
}

#[wasm_bindgen_test]
async fn what_the_browser_has_decoded_is_not_decoded_again() {
    assert_eq!(client().send(&Get("/encoded")).await.unwrap()["text"], "encoded");
}

#[wasm_bindgen_test]
async fn a_redirect_to_another_origin_is_refused() {
    let error = client().send(&Get("/away")).await.unwrap_err();
    let Error::Transport(error) = error else { panic!("{error}") };
    assert_eq!(error.kind(), TransportErrorKind::Redirect, "{error}");
}

#[wasm_bindgen_test]
async fn nobody_listens() {
    let client: Client<Test> =
        Client::builder().base_url("http://127.0.0.1:1").bearer_token("a-token").build().unwrap();
    let options = openapi_rust_runtime::CallOptions::new().retry(RetryPolicy::never());
    let error = client.with(options).send(&Get("/echo")).await.unwrap_err();
    let Error::Transport(error) = error else { panic!("{error}") };
    assert_eq!(error.kind(), TransportErrorKind::Reset, "{error}");
}

#[wasm_bindgen_test]
async fn a_streamed_body_is_sent_whole() {
    let body = Body::stream(None, || {
        let pieces = ["one ", "two"].map(|piece| Ok(Bytes::from_static(piece.as_bytes())));
        Box::pin(futures_util::stream::iter(pieces))
    });
    let request = http::Request::post(format!("{SERVER}/echo")).body(body).unwrap();
    let response = Transport::send(&reqwest::Client::new(), request).await.unwrap();
    let mut body = response.into_body();
    let mut whole = Vec::new();
    while let Some(piece) = body.chunk().await.unwrap() {
        whole.extend_from_slice(&piece);
    }
    let text = String::from_utf8(whole).unwrap();
    assert!(text.contains("\"body\": \"one two\""), "{text}");
}

#[wasm_bindgen_test]
async fn there_are_no_files() {
    assert!(Body::file("report.pdf").is_err());
}
