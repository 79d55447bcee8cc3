//! A provider of numbered tokens, which sees whether it is asked when it shouldn't be.

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use shuttle::future::yield_now;

use crate::client::token::{AccessToken, TokenProvider};
use crate::client::transport::BoxFuture;
use crate::http::error::AuthenticationError;

/// How long a token lives, and how long before that it is replaced, in seconds.
pub(crate) const LIFETIME: u64 = 3600;

/// What becomes of a request for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Token,
    Failure,
    /// None ever comes.
    Silence,
}

/// Answers the first request as it is told, and each further one with a token.
#[derive(Clone, Debug)]
pub(crate) struct Provider {
    first: Answer,
    asked: Arc<AtomicUsize>,
    running: Arc<AtomicUsize>,
    /// Who waits for the first request.
    waiting: Arc<Mutex<Option<Waker>>>,
}

impl Provider {
    pub(crate) fn new(first: Answer) -> Self {
        Self { first, asked: Arc::default(), running: Arc::default(), waiting: Arc::default() }
    }

    /// How many tokens were asked for.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until a token is asked for.
    pub(crate) async fn first_request(&self) {
        poll_fn(|context| {
            if self.asked() > 0 {
                return Poll::Ready(());
            }
            *self.waiting() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn waiting(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenProvider for Provider {
    fn token(&self) -> BoxFuture<'static, Result<AccessToken, AuthenticationError>> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(waker) = self.waiting().take() {
            waker.wake();
        }
        let answer = if number == 1 { self.first } else { Answer::Token };
        let request = Request::begin(self.running.clone());
        Box::pin(async move {
            // Two, so that something may happen before the first poll, between the two and after.
            yield_now().await;
            yield_now().await;
            let result = match answer {
                Answer::Token => {
                    Ok(AccessToken::new(format!("t{number}"), Some(Duration::from_secs(LIFETIME))))
                }
                Answer::Failure => Err(AuthenticationError::new("refused")),
                Answer::Silence => std::future::pending().await,
            };
            drop(request);
            result
        })
    }
}

/// A request that is under way.
struct Request(Arc<AtomicUsize>);

impl Request {
    fn begin(running: Arc<AtomicUsize>) -> Self {
        assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "two tokens are asked for at once");
        Self(running)
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
