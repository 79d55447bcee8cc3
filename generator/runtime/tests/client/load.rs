//! Many concurrent calls, some with faults: the counts of client and server agree. `cargo xtask load` does
//! the same on a larger scale.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use http::HeaderMap;
use openapi_rust_runtime::{Attempt, AttemptOutcome, Hooks, RetryPolicy};

use super::operations::Get;
use super::server::{Answer, Server, response};

const CALLS: usize = 2000;
const IN_FLIGHT: usize = 64;

#[derive(Clone, Default)]
struct Counting {
    attempts: Arc<AtomicUsize>,
    retries: Arc<AtomicUsize>,
}

impl Hooks for Counting {
    fn before_attempt(&self, _: &Attempt, _: &mut HeaderMap) {
        self.attempts.fetch_add(1, Ordering::SeqCst);
    }

    fn after_attempt(&self, _: &Attempt, outcome: &AttemptOutcome<'_>) {
        self.retries.fetch_add(usize::from(outcome.retry_in.is_some()), Ordering::SeqCst);
    }
}

#[tokio::test]
async fn every_call_is_accounted_for() {
    let server = Server::start(false, |before, _| match before % 100 {
        20 => response("503 Service Unavailable", "", ""),
        40 => response("429 Too Many Requests", "retry-after: 0\r\n", "{}"),
        60 => Answer::Reset(vec![]),
        80 => Answer::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
        // Retrying doesn't help here: the call fails.
        99 => response("200 OK", "", "{"),
        _ => response("200 OK", "", "{}"),
    })
    .await;
    let counting = Counting::default();
    let retry = RetryPolicy::new(10).delays(Duration::from_millis(1), Duration::from_millis(5));
    let client = server.client().retry(retry).hooks(counting.clone()).build().unwrap();
    let calls = futures_util::stream::iter(0..CALLS).map(|_| client.send(&Get)).buffer_unordered(IN_FLIGHT);
    let results: Vec<_> = calls.collect().await;
    let failed = results.iter().filter(|result| result.is_err()).count();
    let (attempts, retries) =
        (counting.attempts.load(Ordering::SeqCst), counting.retries.load(Ordering::SeqCst));
    assert_eq!((results.len(), attempts), (CALLS, CALLS + retries));
    assert_eq!(server.requests().len(), attempts, "each attempt is one request");
    let done = |place| (attempts + 99 - place) / 100;
    assert_eq!(failed, done(99), "what can't be decoded");
    assert_eq!(retries, [20, 40, 60, 80].map(done).iter().sum::<usize>());
    // One replaces each connection that was closed. A call opens a connection if none is idle, but uses
    // another that becomes idle first, so there can be two for each call in flight.
    let most = 2 * IN_FLIGHT + done(60) + done(80);
    assert!(server.connections() <= most, "{} connections", server.connections());
}
