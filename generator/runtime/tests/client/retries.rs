//! When and how often a request is retried, in simulated time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::operations::{Client, ClientBuilder};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use openapi_rust_runtime::{
    Attempt, AttemptOutcome, Body, CallOptions, Error, Hooks, ResponseBody, RetryPolicy, Transport,
    TransportError, TransportErrorKind, transport_fn,
};
use tokio::time::Instant;

use super::operations::{Get, Post};

type Answer = Result<Response<ResponseBody>, TransportError>;

pub fn status(code: u16, headers: &[(&'static str, &str)]) -> Answer {
    let mut response = Response::new(ResponseBody::from("{}"));
    *response.status_mut() = code.try_into().unwrap();
    for (name, value) in headers {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    }
    Ok(response)
}

/// What was sent.
pub type Log = Arc<Mutex<Vec<Request<Bytes>>>>;

/// A client whose requests are answered by `answer`, which receives the number of earlier requests.
pub fn mock(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> (ClientBuilder, Log) {
    let log = Log::default();
    let written = log.clone();
    let transport = transport_fn(move |request: Request<Body>| {
        let mut log = written.lock().unwrap();
        log.push(request.map(|body| body.as_bytes().cloned().unwrap_or_default()));
        let answer = answer(log.len() - 1);
        async move { answer }
    });
    (builder(transport), log)
}

fn builder(transport: impl Transport) -> ClientBuilder {
    Client::builder().base_url("https://a.test/v1").bearer_token("token").transport(transport)
}

fn reset() -> Answer {
    Err(TransportError::new(TransportErrorKind::Reset, "gone"))
}

#[tokio::test(start_paused = true)]
async fn waits_as_long_as_the_server_asks() {
    let (client, log) = mock(|before| match before {
        0 => status(429, &[("retry-after", "7")]),
        1 => status(429, &[("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("x-ratelimit-reset", "784111787")]),
        _ => status(200, &[]),
    });
    let start = Instant::now();
    client.build().unwrap().send(&Post).await.unwrap();
    assert_eq!(log.lock().unwrap().len(), 3);
    // The wait follows `Retry-After`, then the end of the window on the server's clock.
    // Clients that were told the same don't come back together.
    let waited = start.elapsed();
    assert!((Duration::from_secs(17)..=Duration::from_secs(19)).contains(&waited), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn does_not_wait_beyond_the_deadline() {
    let (client, log) = mock(|_| status(429, &[("retry-after", "61")]));
    let start = Instant::now();
    let error = client.build().unwrap().send(&Get).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!((start.elapsed(), log.lock().unwrap().len()), (Duration::ZERO, 1));
}

#[tokio::test(start_paused = true)]
async fn the_call_ends_at_its_deadline_whatever_the_attempts_do() {
    let silent = transport_fn(|_| std::future::pending::<Answer>());
    let client = builder(silent)
        .timeout(Duration::from_secs(70))
        .attempt_timeout(Duration::from_secs(20))
        .retry(RetryPolicy::new(100))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.send(&Get).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)) && error.is_retryable(), "{error:?}");
    assert!(start.elapsed() <= Duration::from_secs(70), "{:?}", start.elapsed());
    let start = Instant::now();
    let error = client.send(&Post).await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::from_secs(20), "not idempotent: a single attempt");
    assert_eq!(error.to_string(), "POST /pets/{id}: no response within 20s");
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_acted_upon_is_repeated_only_if_idempotent() {
    for answer in [|| status(500, &[]), || status(408, &[]), reset] {
        let (client, log) = mock(move |_| answer());
        let client = client.build().unwrap();
        client.send(&Post).await.unwrap_err();
        assert_eq!(log.lock().unwrap().len(), 1);
        client.with(CallOptions::new().idempotent(true)).send(&Post).await.unwrap_err();
        assert_eq!(log.lock().unwrap().len(), 1 + 4);
        client.with(CallOptions::new().idempotent(false)).send(&Get).await.unwrap_err();
        assert_eq!(log.lock().unwrap().len(), 1 + 4 + 1);
        client.with(CallOptions::new().retry(RetryPolicy::never())).send(&Get).await.unwrap_err();
        assert_eq!(log.lock().unwrap().len(), 1 + 4 + 1 + 1);
        client.send(&Get).await.unwrap_err();
        assert_eq!(log.lock().unwrap().len(), 1 + 4 + 1 + 1 + 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_down_gets_few_retries() {
    let (client, log) = mock(|_| status(503, &[]));
    let client = client.build().unwrap();
    for _ in 0..1000 {
        client.clone().send(&Get).await.unwrap_err();
    }
    assert_eq!(log.lock().unwrap().len(), 1000 + 100);
}

#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Hooks for Told {
    fn before_attempt(&self, attempt: &Attempt, headers: &mut HeaderMap) {
        assert!(!headers.contains_key("authorization"));
        headers.insert("x-attempt", attempt.number.into());
        self.0.lock().unwrap().push(format!("{} {}", attempt.number, attempt.operation.path));
    }

    fn after_attempt(&self, _: &Attempt, outcome: &AttemptOutcome<'_>) {
        let result = match outcome.result {
            Ok((status, _)) => status.to_string(),
            Err(error) => error.to_string(),
        };
        self.0.lock().unwrap().push(format!("{result}, again: {}", outcome.retry_in.is_some()));
    }
}

#[tokio::test(start_paused = true)]
async fn hooks_are_told_of_each_attempt() {
    let (client, log) = mock(|before| if before == 0 { reset() } else { status(200, &[]) });
    let told = Told::default();
    let client = client.hooks(told.clone()).build().unwrap();
    client.send(&Get).await.unwrap();
    assert_eq!(
        *told.0.lock().unwrap(),
        [
            "1 /pets/{id}",
            "GET /pets/{id}: the connection broke: gone, again: true",
            "2 /pets/{id}",
            "200 OK, again: false"
        ]
    );
    assert_eq!(log.lock().unwrap()[1].headers()["x-attempt"], "2");
}

#[tokio::test]
async fn headers_are_the_operation_s_then_the_call_s_then_the_client_s() {
    let (client, log) = mock(|_| status(200, &[]));
    let name = HeaderName::from_static("x-tenant");
    let value = HeaderValue::from_static;
    let client = client.header(name.clone(), value("a")).user_agent("mine/1").build().unwrap();
    client.send(&Get).await.unwrap();
    client.with(CallOptions::new().header(name, value("b"))).send(&Get).await.unwrap();
    let log = log.lock().unwrap();
    assert_eq!((&log[0].headers()["x-tenant"], &log[1].headers()["x-tenant"]), (&value("a"), &value("b")));
    assert_eq!(log[0].headers()["user-agent"], "mine/1");
    assert_eq!(log[0].uri(), "https://a.test/v1/pets/1");
}
