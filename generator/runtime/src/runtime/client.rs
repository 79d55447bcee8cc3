//! The client: a transport with a base URL and credentials.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::Reply;
use super::authenticate::Credentials;
use super::body::Body;
use super::builder::{ClientBuilder, Origin};
use super::call::{Call, Reading, Received, WriteAgain};
use super::error::{Error, NoResponse};
use super::hooks::Hooks;
use super::operation::{Operation, OperationInfo, Outcome, written};
use super::options::CallOptions;
use super::retry::{RetryBudget, RetryPolicy};
use super::transport::{BoxFuture, Transport};

/// Sends requests to one server. Cheap to clone; clones share their connections, their token and how many retries
/// they have left.
///
/// A call ends within its [timeout](ClientBuilder::timeout), whatever the server does. Dropping a call's future
/// gives it up and leaves the client as it was.
#[derive(Clone)]
pub struct Client {
    pub(super) core: Arc<Core>,
    pub(super) options: Arc<CallOptions>,
}

/// What is the same for every call.
pub(super) struct Core {
    pub transport: Arc<dyn Transport>,
    pub base_url: String,
    pub origin: Origin,
    pub credentials: Credentials,
    pub user_agent: HeaderValue,
    pub hooks: Vec<Arc<dyn Hooks>>,
    pub redirects: u32,
    pub budget: RetryBudget,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.core.base_url).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for the server at `base_url` that authenticates with `token`.
    ///
    /// # Errors
    /// See [`ClientBuilder::build`].
    #[cfg(feature = "reqwest")]
    pub fn new(
        base_url: impl Into<String>,
        token: impl Into<secrecy::SecretString>,
    ) -> Result<Self, super::ClientError> {
        Self::builder().base_url(base_url).bearer_token(token).build()
    }

    /// Sets a client up step by step.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// The same client with other options, for some of the calls.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { core: self.core.clone(), options: Arc::new(options.over(&self.options)) }
    }

    /// Sends an operation and reads the response.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or didn't succeed.
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error<O::Error>> {
        self.respond(operation).await.map(http::Response::into_body)
    }

    /// As [`send`](Self::send), of an operation that isn't needed afterwards. On the heap, so that builders have no
    /// futures of their own, each of which the compiler would look at.
    pub(crate) fn send_boxed<'a, O: Operation + Send + 'a>(
        &'a self,
        operation: O,
    ) -> BoxFuture<'a, Outcome<O>> {
        Box::pin(async move { self.send(&operation).await })
    }

    /// As [`send`](Self::send), but gives the status and the headers as well.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or didn't succeed.
    pub async fn respond<O: Operation>(
        &self,
        operation: &O,
    ) -> Result<http::Response<O::Output>, Error<O::Error>> {
        let write = || written(operation, &self.core.base_url);
        let reply = self.reply(&mut write()?, &write, O::INFO).await.map_err(NoResponse::widen)?;
        let output = O::read(&reply)?;
        Ok(reply.into_response().map(|_| output))
    }

    /// On the heap, so that what is compiled for each operation is small.
    fn reply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        again: &'a WriteAgain<'a>,
        operation: &'static OperationInfo,
    ) -> BoxFuture<'a, Result<Reply, NoResponse>> {
        let mut call = Call::new(self, operation, Reading::Whole);
        Box::pin(async move {
            let (parts, body) = call.run(request, again).await?.into_parts();
            let body = match body {
                Received::Whole(bytes) => bytes,
                Received::Coming(_) => bytes::Bytes::new(),
            };
            Ok(Reply::new(http::Response::from_parts(parts, body), operation))
        })
    }

    pub(super) fn timeout(&self) -> Duration {
        self.options.timeout.unwrap_or(Duration::from_secs(60))
    }

    pub(super) fn retry_policy(&self) -> RetryPolicy {
        self.options.retry.clone().unwrap_or_default()
    }

    pub(super) fn response_limit(&self) -> usize {
        self.options.response_limit.unwrap_or(32 << 20)
    }
}
