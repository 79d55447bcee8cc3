//! Options that are set on an operation, against a real server.

use std::time::Duration;

use http::Method;
use openapi_rust_runtime::{
    Client, Document, Error, Facts, InDocument, Json, Operation, OperationInfo, Reply, RequestWriter,
    RetryPolicy, WithOptions, blocking,
};

use super::operations::{Get, Post};
use super::server::{Request, Server, response};

fn quick() -> RetryPolicy {
    RetryPolicy::new(3).delays(Duration::from_millis(1), Duration::from_millis(2))
}

#[tokio::test]
async fn options_are_for_this_call_and_no_other() {
    let server = Server::start(false, |_, _| response("503 Busy", "", "")).await;
    let client = server.client().retry(RetryPolicy::never()).build().unwrap();
    let call = WithOptions::new(Get)
        .retry(quick())
        .header("x-trace", "t-1")
        .header(http::header::USER_AGENT, "mine")
        .query_pair("q", "a b&c=d")
        .query_pair("ä", "");
    call.send(&client).await.unwrap_err();
    client.send(&Get).await.unwrap_err();
    let requests = server.requests();
    assert_eq!(requests.len(), 3 + 1);
    for request in &requests[..3] {
        assert_eq!(request.line(), "GET /pets/1?q=a%20b%26c%3Dd&%C3%A4= HTTP/1.1");
        assert_eq!((request.header("x-trace"), request.header("user-agent")), (Some("t-1"), Some("mine")));
    }
    assert_eq!((requests[3].line(), requests[3].header("x-trace")), ("GET /pets/1 HTTP/1.1", None));
}

#[tokio::test]
async fn a_success_comes_with_its_status_and_headers_and_a_timeout_ends_the_call() {
    let server = Server::start(false, |_, _| response("200 OK", "x-request-id: r-1\r\n", "{\"a\":1}")).await;
    let client = server.client().build().unwrap();
    let response = WithOptions::new(Get).timeout(Duration::from_secs(5)).respond(&client).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-request-id"]),
        (200, &"r-1".parse().unwrap())
    );
    assert_eq!(response.body()["a"], 1);
    let silent = Server::start(false, |_, _| super::server::Answer::Stall(Vec::new())).await;
    let client = silent.client().build().unwrap();
    let limit = Duration::from_millis(50);
    let error = WithOptions::new(Get).timeout(limit).send(&client).await.unwrap_err();
    assert!(matches!(&error, Error::Timeout(error) if error.limit() == limit), "{error:?}");
}

#[tokio::test]
async fn what_can_t_be_sent_is_an_error_and_nothing_prints_values() {
    let server = Server::start(false, |_, _| response("200 OK", "", "{}")).await;
    let client = server.client().build().unwrap();
    for call in [
        WithOptions::new(Get).header("x y", "a"),
        WithOptions::new(Get).header("x-y", "a\r\nb: c"),
        WithOptions::new(Get).idempotency_key("a\n"),
        WithOptions::new(Get).query_pair("q", &"x".repeat(70_000)),
    ] {
        let error = call.send(&client).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    assert!(server.requests().is_empty());
    #[derive(Debug)]
    struct Shown;
    let call =
        WithOptions::new(Shown).header("x-key", "marked").query_pair("q", "marked").idempotency_key("marked");
    let printed = format!("{call:?} {call:#?}");
    assert!(printed.contains("x-key") && !printed.contains("marked"), "{printed}");
}

#[tokio::test]
async fn a_call_with_a_key_is_sent_again_with_the_same_key() {
    let server = Server::start(false, |_, _| response("503 Busy", "", "")).await;
    let client = server.client().retry(quick()).build().unwrap();
    client.send(&Post).await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "no key, no retry");
    WithOptions::new(Post).idempotency_key("k-1").send(&client).await.unwrap_err();
    let requests = server.requests();
    let keys: Vec<_> = requests[1..].iter().map(|request| request.header("idempotency-key")).collect();
    assert_eq!(keys, [Some("k-1"); 3]);
    WithOptions::new(Post).idempotency_key("k-1").idempotent(false).send(&client).await.unwrap_err();
    assert_eq!(server.requests().len(), 1 + 3 + 1);
}

/// A document whose service wants a key with every POST.
enum Keyed {}

impl Document for Keyed {
    const FACTS: &'static Facts = &KEYED;
}

static KEYED: Facts = Facts::new().idempotency_keys("x-request-key", &["POST"]);

macro_rules! keyed {
    ($($name:ident: $method:ident;)*) => { $(
        struct $name;

        impl InDocument for $name {
            type Document = Keyed;
        }

        impl Operation for $name {
            type Output = Json;
            type Error = std::convert::Infallible;
            const INFO: &'static OperationInfo = &OperationInfo {
                id: stringify!($name), method: Method::$method, path: "/orders", security: &[], facts: &KEYED,
            };

            fn write(&self, request: &mut RequestWriter) {
                request.path("/orders");
            }

            fn read(reply: &Reply) -> Result<Json, Error<Self::Error>> {
                if reply.status() == 200 { reply.json() } else { reply.unexpected() }
            }
        }
    )* };
}
keyed! {
    Add: POST;
    List: GET;
    Change: PATCH;
}

fn key(request: &Request) -> Option<String> {
    request.header("x-request-key").map(str::to_owned)
}

#[tokio::test]
async fn keys_come_by_themselves_where_the_service_wants_them() {
    let server = Server::start(false, |_, _| response("503 Busy", "", "")).await;
    let client = Client::<Keyed>::builder().base_url(&server.url).retry(quick()).build().unwrap();
    client.send(&Add).await.unwrap_err();
    client.send(&Add).await.unwrap_err();
    let keys: Vec<_> = server.requests().iter().map(key).collect();
    assert_eq!(keys.len(), 6, "{keys:?}");
    assert!(keys[0].as_ref().is_some_and(|key| key.len() == 36), "{keys:?}");
    assert!(keys[..3].iter().all(|key| *key == keys[0]) && keys[3..].iter().all(|key| *key == keys[3]));
    assert_ne!(keys[0], keys[3], "another call has another key");
    client.send(&List).await.unwrap_err();
    client.send(&Change).await.unwrap_err();
    assert!(server.requests()[6..].iter().all(|request| key(request).is_none()));
    assert_eq!(server.requests().len(), 6 + 3 + 1);
    WithOptions::new(Add).idempotency_key("own").retry(RetryPolicy::never()).send(&client).await.unwrap_err();
    assert_eq!(server.requests().last().map(key), Some(Some("own".to_owned())));
}

#[test]
fn a_call_can_block() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(false, |_, _| response("200 OK", "x-a: b\r\n", "{\"a\":1}")));
    let client = blocking::Client::new(server.client().build().unwrap()).unwrap();
    let call = || WithOptions::new(Get).header("x-trace", "t-1");
    assert_eq!(call().send_blocking(&client).unwrap()["a"], 1);
    assert_eq!(call().respond_blocking(&client).unwrap().headers()["x-a"], "b");
    assert_eq!(server.requests()[1].header("x-trace"), Some("t-1"));
}
