//! Tokens that expire: their provider, and a cache that replaces them shortly before they do.

use std::fmt;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{Shared, WeakShared};
use secrecy::{ExposeSecret as _, SecretString};

use crate::client::sync::{Arc, Mutex, MutexGuard, PoisonError};
use crate::client::timer::{Instant, timeout};
use crate::client::transport::BoxFuture;
use crate::http::error::AuthenticationError;

/// Provides tokens, e.g. from an OAuth 2.0 server, a vault or another process.
///
/// The client caches a token until shortly before it expires, and requests only one at a time, however many
/// calls wait for it. If the server refuses a token with a 401, the client requests another, at most once for
/// each call.
pub trait TokenProvider: Send + Sync + 'static {
    /// Fetches a new token.
    fn token(&self) -> BoxFuture<'static, Result<AccessToken, AuthenticationError>>;
}

/// A bearer token.
#[derive(Clone)]
pub struct AccessToken {
    secret: SecretString,
    /// When to replace the token; `None` if its lifetime isn't known.
    until: Option<Instant>,
}

impl AccessToken {
    /// A token that expires after `lifetime`, counted from now. Without a lifetime, the client uses the token
    /// until the server refuses it.
    ///
    /// The client replaces the token a minute before it expires, or after nine tenths of a lifetime of less
    /// than ten minutes.
    pub fn new(token: impl Into<SecretString>, lifetime: Option<Duration>) -> Self {
        let kept = |lifetime: Duration| lifetime.saturating_sub((lifetime / 10).min(Duration::from_secs(60)));
        // A lifetime that the clock can't represent never ends.
        let until = lifetime.and_then(|lifetime| Instant::now().checked_add(kept(lifetime)));
        Self { secret: token.into(), until }
    }

    pub(crate) fn expose_secret(&self) -> &str {
        self.secret.expose_secret()
    }

    fn is_fresh(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken([redacted])")
    }
}

type Refresh = BoxFuture<'static, Result<AccessToken, AuthenticationError>>;

/// A provider and its most recent token.
#[derive(Clone)]
pub(crate) struct TokenCache(Arc<Cache>);

struct Cache {
    provider: Box<dyn TokenProvider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<AccessToken>,
    /// The request that calls wait for. It lives as long as one of them does.
    refresh: Option<WeakShared<Refresh>>,
}

impl TokenCache {
    pub(crate) fn new(provider: impl TokenProvider) -> Self {
        Self(Arc::new(Cache { provider: Box::new(provider), state: Mutex::default() }))
    }

    /// The cached token, or the one that is being fetched. To fetch one takes no longer than `timeout`, whichever calls
    /// wait for it.
    pub(crate) async fn token(&self, timeout: Duration) -> Result<AccessToken, AuthenticationError> {
        let refresh = {
            let mut state = self.state();
            if let Some(token) = state.token.as_ref().filter(|token| token.is_fresh()) {
                return Ok(token.clone());
            }
            match state.refresh.as_ref().and_then(WeakShared::upgrade) {
                Some(refresh) => refresh,
                None => self.refresh(&mut state, timeout),
            }
        };
        refresh.await
    }

    fn refresh(&self, state: &mut State, limit: Duration) -> Shared<Refresh> {
        let cache = self.clone();
        let refresh: Refresh = Box::pin(async move {
            let token = timeout(limit, cache.0.provider.token()).await;
            let token = token.unwrap_or_else(|_| Err(no_token_within(limit)));
            let mut state = cache.state();
            state.token = token.as_ref().ok().cloned();
            state.refresh = None;
            token
        });
        let refresh = refresh.shared();
        state.refresh = refresh.downgrade();
        refresh
    }

    /// Drops a token that the server refused, unless it has already been replaced.
    pub(crate) fn refused(&self, refused: &AccessToken) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|token| token.expose_secret() == refused.expose_secret()) {
            state.token = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error for a token that didn't come in time.
pub(crate) fn no_token_within(limit: Duration) -> AuthenticationError {
    AuthenticationError::new(format!("no token within {limit:?}")).retryable(true)
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCache([redacted])")
    }
}
