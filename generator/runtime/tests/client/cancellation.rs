//! Dropping a call at any of its await points leaves the client usable.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::operations::Client;
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::{Request, Response};
use openapi_rust_runtime::{
    AccessToken, AuthenticationError, Body, BoxFuture, ResponseBody, RetryPolicy, TokenProvider,
    TransportError, TransportErrorKind, transport_fn,
};

use super::operations::{Get, Post};
use super::server::{Server, response};

/// Pending once; wakes itself, so that each poll of a call gets one await point further.
#[derive(Default)]
struct Step(bool);

impl Future for Step {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

struct SteppingProvider(Arc<AtomicUsize>);

impl TokenProvider for SteppingProvider {
    fn token(&self) -> BoxFuture<'static, Result<AccessToken, AuthenticationError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            Step::default().await;
            Step::default().await;
            Ok(AccessToken::new(format!("t{number}"), None))
        })
    }
}

/// A client of a server that refuses the first token, then fails, then breaks off in the middle of the body,
/// and then answers in chunks, with an await point at each step.
fn stepping(tokens: &Arc<AtomicUsize>) -> (Client, Arc<AtomicUsize>) {
    let running = Arc::new(AtomicUsize::new(0));
    let counter = running.clone();
    let answered = Arc::new(AtomicUsize::new(0));
    let transport = transport_fn(move |request: Request<Body>| {
        let running = Running::new(&counter);
        let answered = answered.clone();
        async move {
            Step::default().await;
            let first = request.headers()["authorization"] == "Bearer t0";
            let number = if first { 0 } else { answered.fetch_add(1, Ordering::SeqCst) + 1 };
            Step::default().await;
            let status = match number {
                0 => 401,
                1 => 503,
                _ => 200,
            };
            let chunks = futures_util::stream::unfold((0, running), move |(index, running)| async move {
                Step::default().await;
                let chunk = match (index, number) {
                    (0, _) => Ok(Bytes::from("{\"a\"")),
                    (1, 2) => Err(TransportError::new(TransportErrorKind::Truncated, "gone")),
                    (1, _) => Ok(Bytes::from(":1}")),
                    _ => return None,
                };
                Some((chunk, (index + 1, running)))
            });
            let mut response = Response::new(ResponseBody::stream(chunks));
            *response.status_mut() = status.try_into().unwrap();
            Ok(response)
        }
    });
    let client = Client::builder()
        .base_url("https://a.test")
        .transport(transport)
        .token_provider(SteppingProvider(tokens.clone()))
        .retry(RetryPolicy::new(5).delays(Duration::from_millis(1), Duration::from_millis(1)))
        .build()
        .unwrap();
    (client, running)
}

/// Counts the requests that are running in the transport.
struct Running(Arc<AtomicUsize>);

impl Running {
    fn new(counter: &Arc<AtomicUsize>) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(counter.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Polls `call` at most `polls` times, letting time pass in between, and returns whether it finished.
async fn poll_some<T>(call: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut call = pin!(call);
    for _ in 0..polls {
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(output) = call.as_mut().poll(&mut context) {
            return Some(output);
        }
        tokio::time::advance(Duration::from_millis(5)).await;
    }
    None
}

#[tokio::test(start_paused = true)]
async fn at_every_await_point() {
    let mut points = 0;
    loop {
        let tokens = Arc::new(AtomicUsize::new(0));
        let (client, running) = stepping(&tokens);
        let ended = poll_some(client.send(&Get), points).await;
        assert_eq!(running.load(Ordering::SeqCst), 0, "nothing goes on after {points} polls");
        // The client still works: the same call, another one and many at once succeed.
        assert_eq!(client.send(&Get).await.unwrap()["a"], 1, "after {points} polls");
        client.send(&Post).await.unwrap();
        let calls = futures_util::future::join_all((0..20).map(|_| client.send(&Get))).await;
        assert!(calls.iter().all(Result::is_ok), "after {points} polls");
        assert!(tokens.load(Ordering::SeqCst) <= 3, "after {points} polls");
        if let Some(output) = ended {
            assert_eq!(output.unwrap()["a"], 1);
            break;
        }
        points += 1;
    }
    // Two tokens of two steps each, four attempts of at least four steps, and waits between them.
    assert!(points >= 20, "{points} points");
}

#[tokio::test]
async fn against_a_real_server() {
    let server = Server::start(true, |_, _| response("200 OK", "", "{\"a\":1}")).await;
    let client = server.client().build().unwrap();
    for polls in 0.. {
        let mut call = Box::pin(client.send(&Get));
        let mut left = polls;
        // Polled each time it is woken, and dropped after that many polls.
        let ended = std::future::poll_fn(|context| {
            if left == 0 {
                return Poll::Ready(false);
            }
            left -= 1;
            call.poll_unpin(context).map(|output| output.is_ok())
        });
        let ended = ended.await;
        drop(call);
        assert_eq!(client.send(&Post).await.unwrap()["a"], 1, "after {polls} polls");
        if ended && polls > 2 {
            break;
        }
        assert!(polls < 100);
    }
}

#[tokio::test]
async fn a_stream_that_is_dropped_in_the_middle() {
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let server = Server::start(false, move |before, _| match before {
        0 => super::server::Answer::Flood(chunked.clone()),
        _ => response("200 OK", "", "{}"),
    })
    .await;
    let client = server.client().build().unwrap();
    let mut incoming = client.stream(&Get).await.unwrap();
    assert!(incoming.chunk().await.unwrap().is_some());
    drop(incoming);
    client.send(&Get).await.unwrap();
}
