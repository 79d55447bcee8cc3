//! Credentials of every kind, and tokens that expire.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::operations::{Client, ClientBuilder};
use http::{Request, Response};
use openapi_rust_runtime::{
    AccessToken, AuthenticationError, Body, BoxFuture, ClientCredentials, Error, ResponseBody, TokenProvider,
    TransportError, transport_fn,
};

use super::operations::{ByCookie, ByHeaderKey, ByPassword, ByQueryKey, Get, Open, Post};
use super::retries::{mock, status};
use super::server::{Server, response};

/// Provides `t1`, `t2` and so on, each after a delay.
#[derive(Clone)]
struct Numbered {
    given: Arc<AtomicU64>,
    lifetime: Option<Duration>,
}

impl Numbered {
    fn new(lifetime: impl Into<Option<Duration>>) -> Self {
        Self { given: Arc::default(), lifetime: lifetime.into() }
    }

    fn count(&self) -> u64 {
        self.given.load(Ordering::SeqCst)
    }
}

impl TokenProvider for Numbered {
    fn token(&self) -> BoxFuture<'static, Result<AccessToken, AuthenticationError>> {
        let (number, lifetime) = (self.given.fetch_add(1, Ordering::SeqCst) + 1, self.lifetime);
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            Ok(AccessToken::new(format!("t{number}"), lifetime))
        })
    }
}

/// A client whose requests are accepted with the tokens that `accepts` allows.
fn guarded(accepts: impl Fn(&str) -> bool + Send + Sync + 'static) -> ClientBuilder {
    let transport = transport_fn(move |request: Request<Body>| {
        let token = request.headers()["authorization"].to_str().unwrap().replace("Bearer ", "");
        let accepted = accepts(&token);
        async move {
            // Let other calls run in between.
            tokio::time::sleep(Duration::from_millis(10)).await;
            status(if accepted { 200 } else { 401 }, &[])
        }
    });
    Client::builder().base_url("https://a.test").transport(transport)
}

#[tokio::test(start_paused = true)]
async fn many_calls_wait_for_one_token() {
    let provider = Numbered::new(Duration::from_secs(3600));
    let client = guarded(|_| true).token_provider(provider.clone()).build().unwrap();
    let calls = (0..300).map(|_| client.send(&Get));
    assert!(futures_util::future::join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!(provider.count(), 1);
    // It is replaced a minute before it expires, again once.
    tokio::time::advance(Duration::from_secs(3530)).await;
    client.send(&Get).await.unwrap();
    assert_eq!(provider.count(), 1);
    tokio::time::advance(Duration::from_secs(15)).await;
    let calls = (0..300).map(|_| client.send(&Get));
    assert!(futures_util::future::join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!(provider.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_is_replaced_once() {
    let provider = Numbered::new(None);
    let client = guarded(|token| token != "t1").token_provider(provider.clone()).build().unwrap();
    let calls = (0..300).map(|_| client.send(&Post));
    assert!(futures_util::future::join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!(provider.count(), 2, "one for all that were refused");
    let provider = Numbered::new(None);
    let client = guarded(|_| false).token_provider(provider.clone()).build().unwrap();
    assert_eq!(client.send(&Get).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(provider.count(), 2);
    // A call whose token can't be replaced isn't retried.
    let (client, log) = mock(|_| status(401, &[]));
    client.build().unwrap().send(&Get).await.unwrap_err();
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_keeps_no_other_from_its_token() {
    let provider = Numbered::new(Duration::from_secs(3600));
    let client = guarded(|_| true).token_provider(provider.clone()).build().unwrap();
    let mut first = Box::pin(client.send(&Get));
    assert!(futures_util::poll!(&mut first).is_pending());
    let second = tokio::spawn({
        let client = client.clone();
        async move { client.send(&Get).await.is_ok() }
    });
    tokio::task::yield_now().await;
    drop(first);
    assert!(second.await.unwrap());
    assert_eq!(provider.count(), 1, "the second goes on where the first was");
    // All calls are dropped: the next one requests a new token.
    let client = guarded(|_| true).token_provider(provider.clone()).build().unwrap();
    let mut only = Box::pin(client.send(&Get));
    assert!(futures_util::poll!(&mut only).is_pending());
    drop(only);
    client.send(&Get).await.unwrap();
    assert_eq!(provider.count(), 3);
}

const TOKEN: &str = r#"{"access_token":"given","expires_in":86400,"token_type":"Bearer"}"#;

/// Answers token requests with `answers` and all others with success; returns what was sent.
fn granting(
    base_url: &str,
    credentials: ClientCredentials,
    answer: impl Fn(usize) -> (u16, &'static str) + Send + Sync + 'static,
) -> (Client, super::retries::Log) {
    let log = super::retries::Log::default();
    let written = log.clone();
    let transport = transport_fn(move |request: Request<Body>| {
        let mut log = written.lock().unwrap();
        let asks = |request: &Request<bytes::Bytes>| request.uri().path().starts_with("/oauth/");
        log.push(request.map(|body| body.as_bytes().cloned().unwrap_or_default()));
        let tokens = log.iter().filter(|request| asks(request)).count();
        let (status, body) = if asks(log.last().unwrap()) { answer(tokens - 1) } else { (200, "{}") };
        let mut response = Response::new(ResponseBody::from(body));
        *response.status_mut() = status.try_into().unwrap();
        async move { Ok::<_, TransportError>(response) }
    });
    let builder = Client::builder().base_url(base_url).allow_http().client_credentials(credentials);
    (builder.transport(transport).build().unwrap(), log)
}

#[tokio::test(start_paused = true)]
async fn the_form_has_what_the_document_and_the_caller_say() {
    let credentials = ClientCredentials::new("id", "s&cret").scopes(["read:pets", "write:pets"]);
    let (client, log) = granting("http://a.test/live", credentials.clone(), |_| (200, TOKEN));
    client.send(&Get).await.unwrap();
    client.send(&Post).await.unwrap();
    {
        let log = log.lock().unwrap();
        assert_eq!(log[0].uri(), "http://a.test/oauth/live");
        assert_eq!(
            log[0].body(),
            "grant_type=client_credentials&audience=http%3A%2F%2Fa.test%2Fv1%2F&scope=read%3Apets+write%3Apets&\
             client_id=id&client_secret=s%26cret"
        );
        assert_eq!(log[0].headers()["content-type"], "application/x-www-form-urlencoded");
        assert_eq!(log[1].headers()["authorization"], "Bearer given");
        assert_eq!(log.len(), 3, "one token for both");
    }
    let elsewhere = credentials.audience("all").in_header().token_url("http://b.test/oauth/");
    let (client, log) = granting("http://a.test/live", elsewhere, |_| (200, TOKEN));
    client.send(&Get).await.unwrap();
    let log = log.lock().unwrap();
    assert_eq!(log[0].uri(), "http://b.test/oauth/");
    assert_eq!(log[0].body(), "grant_type=client_credentials&audience=all&scope=read%3Apets+write%3Apets");
    assert_eq!(log[0].headers()["authorization"], "Basic aWQ6cyUyNmNyZXQ=");
}

#[tokio::test(start_paused = true)]
async fn a_token_server_that_is_busy_is_asked_again_and_one_that_refuses_isn_t() {
    let credentials = || ClientCredentials::new("id", "s&cret");
    let (client, log) =
        granting(
            "http://a.test/live",
            credentials(),
            |before| if before < 2 { (503, "") } else { (200, TOKEN) },
        );
    client.send(&Post).await.unwrap();
    assert_eq!(log.lock().unwrap().len(), 4);
    let refusal = r#"{"error":"access_denied","error_description":"s&cret is wrong"}"#;
    let (client, log) = granting("http://a.test/live", credentials(), move |_| (403, refusal));
    let error = client.send(&Get).await.unwrap_err();
    // The server repeats the secret; the error doesn't.
    assert_eq!(error.to_string(), "GET /pets/{id}: not sent: no token: 403 Forbidden: access_denied");
    assert!(matches!(error, Error::Authentication(_)));
    assert_eq!(log.lock().unwrap().len(), 1);
    let (client, _) = granting("http://a.test/live", credentials(), |_| (200, "{}"));
    let error = client.send(&Get).await.unwrap_err();
    assert_eq!(error.to_string(), "GET /pets/{id}: not sent: no token: the response has no `access_token`");
}

/// Provides a token after a delay that is longer than an attempt may take.
fn slow(delay: Duration) -> (impl TokenProvider, Arc<AtomicU64>) {
    struct Slow(Duration, Arc<AtomicU64>);
    impl TokenProvider for Slow {
        fn token(&self) -> BoxFuture<'static, Result<AccessToken, AuthenticationError>> {
            self.1.fetch_add(1, Ordering::SeqCst);
            let delay = self.0;
            Box::pin(async move {
                tokio::time::sleep(delay).await;
                Ok(AccessToken::new("slow", None))
            })
        }
    }
    let count = Arc::<AtomicU64>::default();
    (Slow(delay, count.clone()), count)
}

#[tokio::test(start_paused = true)]
async fn a_token_may_take_longer_than_an_attempt() {
    let (provider, count) = slow(Duration::from_secs(3));
    let builder = guarded(|token| token == "slow").token_provider(provider);
    let client = builder.attempt_timeout(Duration::from_secs(1)).build().unwrap();
    client.send(&Get).await.unwrap();
    client.send(&Post).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_takes_too_long_is_told_as_a_request_that_was_not_sent() {
    let sent = Arc::<AtomicU64>::default();
    let counted = sent.clone();
    let accepts = move |_: &str| {
        counted.fetch_add(1, Ordering::SeqCst);
        true
    };
    // The call's time ends first.
    let (provider, count) = slow(Duration::from_secs(9));
    let builder = guarded(accepts.clone()).token_provider(provider).attempt_timeout(Duration::from_secs(1));
    let error = builder.timeout(Duration::from_secs(5)).build().unwrap().send(&Post).await.unwrap_err();
    assert_eq!(error.to_string(), "POST /pets/{id}: not sent: no token within 5s");
    assert!(matches!(error, Error::Authentication(_)) && error.is_retryable());
    assert_eq!(count.load(Ordering::SeqCst), 1);
    // The token's time ends first: another is requested while the call has time.
    let (provider, count) = slow(Duration::from_secs(9));
    let builder = guarded(accepts).token_provider(provider).token_timeout(Duration::from_secs(2));
    let error = builder.build().unwrap().send(&Post).await.unwrap_err();
    assert_eq!(error.to_string(), "POST /pets/{id}: not sent: no token within 2s");
    assert_eq!(count.load(Ordering::SeqCst), 4);
    assert_eq!(sent.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn only_bearer_tokens_are_used() {
    for (answer, told) in [
        (r#"{"access_token":"given","token_type":"bEARER"}"#, None),
        (r#"{"access_token":"given"}"#, None),
        (r#"{"access_token":"given","token_type":"DPoP"}"#, Some("its type is `DPoP`")),
        (r#"{"access_token":"given","token_type":"a\u001b[2J\nb"}"#, Some("its type is `a[2J b`")),
        (r#"{"access_token":"given","token_type":1}"#, Some("its type is `not a string`")),
        ("<p>", Some("no `access_token`")),
    ] {
        let credentials = ClientCredentials::new("id", "s&cret");
        let (client, log) = granting("http://a.test/live", credentials, move |_| (200, answer));
        let result = client.send(&Get).await.map_err(|error| error.to_string());
        match told {
            Some(told) => assert!(result.unwrap_err().contains(told), "{answer}"),
            None => assert!(result.is_ok(), "{answer}: {result:?}"),
        }
        assert_eq!(log.lock().unwrap().len(), if told.is_some() { 1 } else { 2 });
    }
}

#[tokio::test]
async fn keys_cookies_and_passwords() {
    let server = Server::start(false, |_, _| response("200 OK", "", "{}")).await;
    let client = Client::builder()
        .base_url(&server.url)
        .credential("key", "a&b")
        .credential("header_key", "c")
        .credential("cookie_key", "d;e")
        .basic("Aladdin", "open sesame")
        .build()
        .unwrap();
    client.send(&Open).await.unwrap();
    client.send(&ByQueryKey).await.unwrap();
    client.send(&ByHeaderKey).await.unwrap();
    client.send(&ByCookie).await.unwrap();
    client.send(&ByPassword).await.unwrap();
    let error = client.send(&Get).await.unwrap_err();
    assert_eq!(error.to_string(), "GET /pets/{id}: not sent: needs a credential for one of: bearer, grant");
    let requests = server.requests();
    assert_eq!(requests.len(), 5);
    assert_eq!(requests[0].header("authorization"), None);
    assert_eq!(requests[1].line(), "GET /pets/1?api_key=a%26b HTTP/1.1");
    assert_eq!(requests[2].header("x-api-key"), Some("c"));
    assert_eq!(requests[3].header("cookie"), Some("session=d%3Be"));
    assert_eq!(requests[4].header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
}

#[tokio::test]
async fn a_credential_that_no_header_can_hold_is_refused() {
    let (builder, log) = mock(|_| status(200, &[]));
    let error = builder.bearer_token("two\r\nlines").build().unwrap().send(&Get).await.unwrap_err();
    assert!(error.to_string().ends_with("the credential has characters that a header can't have"), "{error}");
    assert!(log.lock().unwrap().is_empty());
}

#[test]
fn urls_that_credentials_must_not_go_to_are_refused() {
    let refusal = |url: &str| Client::builder().base_url(url).build().unwrap_err().to_string();
    assert!(refusal("http://example.com").contains("isn't https"));
    assert!(refusal("https://u:secret@example.com").contains("belong to credentials"));
    assert!(!refusal("https://u:secret@example.com").contains("secret@"));
    assert!(refusal("ftp://example.com").contains("must begin with `https://`"));
    assert!(refusal("https://example.com?x").contains("query"));
    for no_host in
        ["https:///acme.test", "https://https://acme.test", "https://", "https://\\\\acme.test", "https://?x"]
    {
        assert!(refusal(no_host).contains("no host"), "{no_host}");
    }
    assert!(refusal("https://../v2").contains("empty part"));
    assert!(refusal("https://.acme.test/v2").contains("empty part"));
    assert!(refusal("example.com").contains("the base URL is invalid"));
    let over_http = ClientCredentials::new("id", "secret").token_url("http://example.com/token");
    let builder = Client::builder().base_url("https://example.com").client_credentials(over_http);
    assert!(builder.build().unwrap_err().to_string().contains("the token URL isn't https"));
}
