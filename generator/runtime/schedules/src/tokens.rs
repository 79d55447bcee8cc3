//! What must hold of tokens, whatever the order of events.

use std::time::Duration;

use shuttle::future::{JoinHandle, block_on, spawn};

use crate::client::timer;
use crate::client::token::{AccessToken, TokenCache};
use crate::client::transport::BoxFuture;
use crate::http::error::AuthenticationError;
use crate::provider::{Answer, LIFETIME, Provider};

/// How long a token may take, in seconds.
const LIMIT: u64 = 30;

/// What a call asks of a cache; the one of the runtime, or one with a fault.
pub(crate) trait Tokens: Clone + Send + Sync + 'static {
    fn of(provider: Provider) -> Self;
    fn token(&self, limit: Duration) -> BoxFuture<'_, Result<AccessToken, AuthenticationError>>;
    fn refused(&self, token: &AccessToken);
}

impl Tokens for TokenCache {
    fn of(provider: Provider) -> Self {
        Self::new(provider)
    }

    fn token(&self, limit: Duration) -> BoxFuture<'_, Result<AccessToken, AuthenticationError>> {
        Box::pin(Self::token(self, limit))
    }

    fn refused(&self, token: &AccessToken) {
        Self::refused(self, token);
    }
}

/// The text of a token, or that there is none.
type Got = Result<String, AuthenticationError>;

async fn get<T: Tokens>(tokens: &T) -> Got {
    let token = tokens.token(Duration::from_secs(LIMIT)).await?;
    Ok(token.expose_secret().to_owned())
}

fn call<T: Tokens>(tokens: &T) -> JoinHandle<Got> {
    let tokens = tokens.clone();
    spawn(async move { get(&tokens).await })
}

fn begin<T: Tokens>(first: Answer) -> (T, Provider) {
    timer::reset();
    let provider = Provider::new(first);
    (T::of(provider.clone()), provider)
}

fn done(call: JoinHandle<Got>) -> Got {
    block_on(call).expect("no call panics")
}

/// Three calls need a token; later it has expired, and three need another. There is one request for each expiry.
pub(crate) fn one_request_for_each_expiry<T: Tokens>() {
    let (tokens, provider) = begin::<T>(Answer::Token);
    for round in 1..=2 {
        let calls = [call(&tokens), call(&tokens), call(&tokens)];
        for one in calls {
            assert_eq!(done(one).expect("a token"), format!("t{round}"));
        }
        assert_eq!(provider.asked(), round, "requests");
        timer::advance(LIFETIME);
    }
}

/// The token expires while calls are made. Those that began later don't get the expired one.
pub(crate) fn no_expired_token<T: Tokens>() {
    let (tokens, provider) = begin::<T>(Answer::Token);
    let early = call(&tokens);
    let clock = shuttle::thread::spawn(|| timer::advance(LIFETIME));
    let other = call(&tokens);
    clock.join().expect("the clock moves");
    let late = call(&tokens);
    for one in [early, other] {
        // The request is older than the clock's move, and may have taken too long.
        let got = done(one).map_err(|error| error.is_retryable());
        assert!(matches!(got, Ok(_) | Err(true)));
    }
    match done(late) {
        Ok(token) => assert_eq!(token, format!("t{}", provider.asked()), "an older token"),
        Err(error) => assert!(error.is_retryable(), "{error}"),
    }
    assert!(provider.asked() <= 3, "{} requests", provider.asked());
}

/// The server refuses the token of three calls, each of which reports it and asks for another. There is one request for all.
pub(crate) fn one_request_for_a_refused_token<T: Tokens>() {
    let (tokens, provider) = begin::<T>(Answer::Token);
    let call = || {
        let tokens = tokens.clone();
        spawn(async move {
            let limit = Duration::from_secs(LIMIT);
            let token = tokens.token(limit).await.expect("a token");
            if token.expose_secret() != "t1" {
                return;
            }
            tokens.refused(&token);
            let token = tokens.token(limit).await.expect("another token");
            assert_eq!(token.expose_secret(), "t2");
        })
    };
    for one in [call(), call(), call()] {
        block_on(one).expect("no call panics");
    }
    assert_eq!(provider.asked(), 2, "requests");
}

/// One of three calls, whichever makes the request, is given up. The others get their token all the same.
pub(crate) fn a_call_that_is_given_up_leaves_none_waiting<T: Tokens>() {
    let (tokens, provider) = begin::<T>(Answer::Token);
    let first = call(&tokens);
    let others = [call(&tokens), call(&tokens)];
    first.abort();
    for one in others {
        done(one).expect("a token");
    }
    // The first has no more than one request to take along.
    assert!(matches!(provider.asked(), 1 | 2), "{} requests", provider.asked());
    assert_eq!(done(call(&tokens)).expect("a token"), format!("t{}", provider.asked()), "it isn't cached");
}

/// The first request fails. Each call gets that failure or a token of a later request, and the next one has a token.
pub(crate) fn a_failure_leaves_none_waiting<T: Tokens>() {
    ends_and_is_followed_by_a_token::<T>(Answer::Failure, || {});
}

/// The first request is never answered. When its time is over each call gets an error, and the next one has a token.
pub(crate) fn silence_leaves_none_waiting<T: Tokens>() {
    ends_and_is_followed_by_a_token::<T>(Answer::Silence, || timer::advance(LIMIT));
}

fn ends_and_is_followed_by_a_token<T: Tokens>(first: Answer, then: fn()) {
    let (tokens, provider) = begin::<T>(first);
    let calls = [call(&tokens), call(&tokens), call(&tokens)];
    // The time in which a token must come begins with the request for it.
    block_on(provider.first_request());
    then();
    let got = calls.map(done);
    let failed = got.iter().filter(|got| got.is_err()).count();
    assert!(failed > 0, "the first request gave a token");
    assert_eq!(provider.asked(), if failed == got.len() { 1 } else { 2 }, "requests");
    assert_eq!(done(call(&tokens)).expect("a token"), "t2");
    assert_eq!(provider.asked(), 2, "requests");
}
