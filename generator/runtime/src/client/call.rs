//! A call: attempts until one succeeds, no retry is allowed or the time is up. All operations share this
//! code.

use std::pin::{Pin, pin};
use std::time::Duration;

use backon::ExponentialBackoff;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, USER_AGENT};
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};

use crate::client::authenticate::{SentToken, authenticate};
use crate::client::client::Calling;
use crate::client::codings;
use crate::client::hooks::{Attempt, AttemptOutcome};
use crate::client::per_call::idempotency_header;
use crate::client::received::{Gathered, Reading, Received};
use crate::client::redirect;
use crate::client::retry::{asked_delay, is_idempotent, spread};
use crate::client::servers::Server;
use crate::client::timer::{Instant, sleep, timeout_at};
use crate::client::token::no_token_within;
use crate::client::trace::Trace;
use crate::client::transport::ResponseBody;
use crate::http::body::Body;
use crate::http::error::{AuthenticationError, NoResponse, TimeoutError, is_transient};
use crate::http::invalid_request::InvalidRequest;
use crate::http::operation::OperationInfo;
use crate::http::random::uuid;
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// Rewrites the request for a retry: most calls take one attempt, and needn't keep a copy.
pub(crate) type WriteAgain<'a> = dyn Fn() -> Result<Request<Body>, InvalidRequest> + Sync + 'a;

type Outcome = Result<Response<Received>, NoResponse>;

/// A call in progress.
pub(crate) struct Call<'a> {
    client: &'a Calling,
    operation: &'static OperationInfo,
    server: &'a Server,
    reading: Reading,
    /// `None` if the clock can't represent it.
    deadline: Option<Instant>,
    /// The waits before retries, created at the first retry.
    delays: Option<Box<ExponentialBackoff>>,
    idempotent: bool,
    /// The key that tells the service that later attempts are the same request.
    key: Option<(HeaderName, HeaderValue)>,
    /// Whether this call has replaced a token.
    token_replaced: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn new(
        client: &'a Calling,
        operation: &'static OperationInfo,
        server: &'a Server,
        reading: Reading,
    ) -> Self {
        let deadline = Instant::now().checked_add(client.timeout());
        Self {
            client,
            operation,
            server,
            reading,
            deadline,
            delays: None,
            idempotent: false,
            key: None,
            token_replaced: false,
        }
    }

    /// Decides whether the request may be sent twice. A request with an idempotency key may, and some get one here.
    fn identify(&mut self, headers: &HeaderMap) {
        let (facts, method) = (self.client.core.facts, self.operation.method.as_str());
        let name = idempotency_header(facts);
        let mut has_key = headers.contains_key(&name);
        if !has_key && facts.idempotency_methods.contains(&method) {
            self.key = HeaderValue::try_from(uuid()).ok().map(|key| (name, key));
            has_key = self.key.is_some();
        }
        self.idempotent = self.client.options.idempotent.unwrap_or_else(|| has_key || is_idempotent(method));
    }

    /// Sends the request until there is a response to return, or a reason to stop.
    ///
    /// Awaited values are borrowed rather than moved: a future reserves space for each value that moves
    /// through it, twice, and a larger future takes longer to allocate.
    pub(crate) async fn run(&mut self, request: &mut Request<Body>, again: &WriteAgain<'_>) -> Outcome {
        self.identify(request.headers());
        let mut attempt = Attempt { operation: self.operation, number: 0 };
        loop {
            attempt.number += 1;
            let started = Instant::now();
            let mut token = None;
            let trace = Trace::start(&attempt, &self.server.origin);
            let outcome = trace.follow(self.attempt(&attempt, request, &mut token)).await;
            let retry_in = self.retry_in(&attempt, &outcome, token);
            trace.end(&outcome, retry_in);
            self.tell(&attempt, &outcome, started, retry_in);
            match retry_in {
                Some(delay) => sleep(delay).await,
                None => return outcome,
            }
            *request = again()?;
        }
    }

    /// Adds the headers that all requests share.
    fn add_headers(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.client.options.headers {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        if let Some((name, key)) = &self.key {
            headers.entry(name).or_insert_with(|| key.clone());
        }
        headers.entry(USER_AGENT).or_insert_with(|| self.client.core.user_agent.clone());
    }

    async fn attempt(
        &self,
        attempt: &Attempt,
        request: &mut Request<Body>,
        token: &mut Option<SentToken<'a>>,
    ) -> Outcome {
        self.add_headers(request.headers_mut());
        for hooks in &self.client.core.hooks {
            hooks.before_attempt(attempt, request.headers_mut());
        }
        {
            let core = &self.client.core;
            let work = pin!(authenticate(&core.credentials, core.token_timeout, self.operation, request));
            let sent = self.by_deadline(work).await;
            *token = sent.map_err(|error| NoResponse::Authentication(error.of(self.operation)))?;
        }
        let work = pin!(self.exchange(request));
        self.in_time(work).await
    }

    /// The result of `work`, or an error if the call's deadline comes first. No attempt has begun yet: a token has
    /// a time limit of its own, so that one request for it can serve all attempts.
    async fn by_deadline<T>(
        &self,
        work: Pin<&mut impl Future<Output = Result<T, AuthenticationError>>>,
    ) -> Result<T, AuthenticationError> {
        match self.deadline {
            Some(deadline) => timeout_at(deadline, work).await.unwrap_or_else(|_| {
                let limit = self.client.timeout();
                Err(no_token_within(limit))
            }),
            None => work.await,
        }
    }

    /// Sends the request and reads the response.
    async fn exchange(&self, request: &mut Request<Body>) -> Outcome {
        let failed = |error: TransportError| NoResponse::Transport(error.of(self.operation));
        let is_asked = codings::ask(request.headers_mut());
        // Sending may take the request.
        let method = request.method().clone();
        let mut response = self.send(request).await.map_err(failed)?;
        if is_asked {
            response = codings::decoded(&method, response).map_err(failed)?;
        }
        let (parts, mut body) = response.into_parts();
        let received = if self.reading == Reading::Headers && parts.status.is_success() {
            Received::Coming(body)
        } else {
            Received::Whole(self.receive(&parts, &mut body).await.map_err(failed)?)
        };
        Ok(Response::from_parts(parts, received))
    }

    /// Sends the request and follows redirects.
    async fn send(&self, request: &mut Request<Body>) -> Result<Response<ResponseBody>, TransportError> {
        let client = &self.client.core;
        if client.redirects == 0 {
            return client.transport.send(std::mem::take(request)).await;
        }
        for _ in 0..client.redirects {
            let response = client.transport.send(request.clone()).await?;
            match redirect::target(request, &response)? {
                Some(target) => *request.uri_mut() = target,
                None => return Ok(response),
            }
        }
        let response = client.transport.send(request.clone()).await?;
        if redirect::target(request, &response)?.is_some() {
            let message = format!("it is one after {} others", client.redirects);
            return Err(TransportError::new(TransportErrorKind::Redirect, message));
        }
        Ok(response)
    }

    /// Reads the body of a response, within the limit.
    async fn receive(&self, parts: &Parts, body: &mut ResponseBody) -> Result<Bytes, TransportError> {
        let limit = self.client.response_limit();
        let too_large =
            || TransportError::new(TransportErrorKind::TooLarge, format!("more than {limit} bytes"));
        let announced =
            parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if self.operation.method.as_str() != "HEAD"
            && announced.is_some_and(|length: u64| length > limit as u64)
        {
            return Err(too_large());
        }
        let mut whole = Gathered::default();
        while let Some(chunk) = body.chunk().await? {
            if whole.len() + chunk.len() > limit {
                return Err(too_large());
            }
            whole.push(chunk);
        }
        Ok(whole.into_bytes())
    }

    /// The result of `work`, or a timeout if the attempt's or the call's limit is reached first.
    async fn in_time(&self, work: Pin<&mut impl Future<Output = Outcome>>) -> Outcome {
        let of_attempt = self.client.options.attempt_timeout;
        let end = of_attempt.and_then(|limit| Some((Instant::now().checked_add(limit)?, limit)));
        let of_call = self.deadline.map(|deadline| (deadline, self.client.timeout()));
        match [end, of_call].into_iter().flatten().min() {
            Some((end, limit)) => timeout_at(end, work)
                .await
                .unwrap_or_else(|_| Err(NoResponse::Timeout(TimeoutError::new(self.operation, limit)))),
            None => work.await,
        }
    }

    /// How long to wait before the next attempt; `None` if this was the last.
    fn retry_in(
        &mut self,
        attempt: &Attempt,
        outcome: &Outcome,
        token: Option<SentToken<'_>>,
    ) -> Option<Duration> {
        let (may_repeat, asked) = match outcome {
            Ok(response) if response.status() == StatusCode::UNAUTHORIZED => {
                let (cache, token) = token.filter(|_| !self.token_replaced)?;
                cache.refused(&token);
                self.token_replaced = true;
                return Some(Duration::ZERO);
            }
            Ok(response) if is_transient(response.status()) => {
                let asked = asked_delay(response.status(), response.headers(), self.client.core.facts);
                (response.status() == StatusCode::TOO_MANY_REQUESTS || self.idempotent, asked)
            }
            Ok(response) => {
                if response.status().is_success() {
                    self.client.core.budget.give_back();
                }
                return None;
            }
            // The request wasn't sent.
            Err(NoResponse::Authentication(error)) => (error.is_retryable(), None),
            Err(error) => (error.is_retryable() && self.idempotent, None),
        };
        let policy = self.client.retry_policy();
        if !may_repeat || !policy.allows_after(attempt.number) {
            return None;
        }
        let delays = self.delays.get_or_insert_with(|| Box::new(policy.delays_of_a_call()));
        let delay = delays.next().unwrap_or_default();
        let delay = asked.map_or(delay, |asked| delay.max(spread(asked)));
        let in_time = match self.deadline {
            Some(deadline) => Instant::now().checked_add(delay).is_some_and(|end| end < deadline),
            None => true,
        };
        (in_time && self.client.core.budget.take()).then_some(delay)
    }

    fn tell(&self, attempt: &Attempt, outcome: &Outcome, started: Instant, retry_in: Option<Duration>) {
        let result = outcome.as_ref().map(|response| (response.status(), response.headers()));
        for hooks in &self.client.core.hooks {
            hooks.after_attempt(attempt, &AttemptOutcome { result, elapsed: started.elapsed(), retry_in });
        }
    }
}
