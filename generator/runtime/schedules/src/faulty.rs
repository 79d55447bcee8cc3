//! Caches and budgets with the faults that the checker is there for. Each must be found, or it checks nothing.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::budget::Budget;
use crate::client::sync::{Arc, AtomicU32, Mutex, Ordering};
use crate::client::timer::timeout;
use crate::client::token::{AccessToken, TokenCache, TokenProvider as _, no_token_within};
use crate::client::transport::BoxFuture;
use crate::http::error::AuthenticationError;
use crate::provider::Provider;
use crate::tokens::Tokens;

type Got = Result<AccessToken, AuthenticationError>;

/// Looks for a token, and asks for one without having said so.
#[derive(Clone)]
pub(crate) struct Unannounced(Arc<Mutex<Option<AccessToken>>>, Provider);

impl Tokens for Unannounced {
    fn of(provider: Provider) -> Self {
        Self(Arc::default(), provider)
    }

    fn token(&self, limit: Duration) -> BoxFuture<'_, Got> {
        Box::pin(async move {
            let cached = self.0.lock().expect("a lock").clone();
            if let Some(token) = cached {
                return Ok(token);
            }
            let token =
                timeout(limit, self.1.token()).await.unwrap_or_else(|_| Err(no_token_within(limit)))?;
            *self.0.lock().expect("a lock") = Some(token.clone());
            Ok(token)
        })
    }

    fn refused(&self, _: &AccessToken) {
        *self.0.lock().expect("a lock") = None;
    }
}

/// The first call asks for the token, and wakes the others only once it has one.
#[derive(Clone)]
pub(crate) struct Abandoning(Arc<Mutex<Asking>>, Provider);

#[derive(Default)]
struct Asking {
    token: Option<AccessToken>,
    is_asked: bool,
    waiting: Vec<Waker>,
}

impl Tokens for Abandoning {
    fn of(provider: Provider) -> Self {
        Self(Arc::default(), provider)
    }

    fn token(&self, limit: Duration) -> BoxFuture<'_, Got> {
        Box::pin(async move {
            let asks = !std::mem::replace(&mut self.0.lock().expect("a lock").is_asked, true);
            if asks {
                let token = timeout(limit, self.1.token()).await;
                let token = token.unwrap_or_else(|_| Err(no_token_within(limit)))?;
                let mut state = self.0.lock().expect("a lock");
                state.token = Some(token);
                state.waiting.drain(..).for_each(Waker::wake);
            }
            std::future::poll_fn(|context| {
                let mut state = self.0.lock().expect("a lock");
                match state.token.clone() {
                    Some(token) => Poll::Ready(Ok(token)),
                    None => {
                        state.waiting.push(context.waker().clone());
                        Poll::Pending
                    }
                }
            })
            .await
        })
    }

    fn refused(&self, _: &AccessToken) {}
}

/// The runtime's, but whichever token is cached is dropped when an older one is refused.
#[derive(Clone)]
pub(crate) struct Hasty(TokenCache);

impl Tokens for Hasty {
    fn of(provider: Provider) -> Self {
        Self(TokenCache::new(provider))
    }

    fn token(&self, limit: Duration) -> BoxFuture<'_, Got> {
        Box::pin(self.0.token(limit))
    }

    fn refused(&self, _: &AccessToken) {
        let mut current = pin!(self.0.token(Duration::MAX));
        if let Poll::Ready(Ok(token)) = current.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            self.0.refused(&token);
        }
    }
}

/// Reads what is left and writes it back, in two steps.
pub(crate) struct TwoSteps(AtomicU32);

impl Budget for TwoSteps {
    fn full() -> Self {
        Self(AtomicU32::new(500))
    }

    fn take(&self) -> bool {
        let left = self.0.load(Ordering::SeqCst);
        let enough = left >= 5;
        if enough {
            self.0.store(left - 5, Ordering::SeqCst);
        }
        enough
    }

    fn give_back(&self) {
        let left = self.0.load(Ordering::SeqCst);
        if left < 500 {
            self.0.store(left + 1, Ordering::SeqCst);
        }
    }
}

/// Looks whether there is room, and then adds.
pub(crate) struct LooksFirst(AtomicU32);

impl Budget for LooksFirst {
    fn full() -> Self {
        Self(AtomicU32::new(500))
    }

    fn take(&self) -> bool {
        self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(5)).is_ok()
    }

    fn give_back(&self) {
        if self.0.load(Ordering::SeqCst) < 500 {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}
