//! The client: a transport, a base URL and credentials.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Uri};

use crate::client::authenticate::Credentials;
use crate::client::builder::ClientBuilder;
use crate::client::call::{Call, WriteAgain};
use crate::client::followed;
use crate::client::hooks::Hooks;
use crate::client::options::CallOptions;
use crate::client::origin::ClientError;
use crate::client::received::{Reading, Received};
use crate::client::response_future::ResponseFuture;
use crate::client::retry::RetryPolicy;
use crate::client::retry_budget::RetryBudget;
use crate::client::servers::{Server, Servers};
use crate::client::transport::{BoxFuture, Transport};
use crate::facts::{Document, Facts};
use crate::http::body::Body;
use crate::http::error::{Error, NoResponse};
use crate::http::invalid_request::InvalidRequest;
use crate::http::operation::{Operation, OperationInfo, written};
use crate::http::reply::Reply;

/// Sends the operations of one document to its server. Cheap to clone: clones share their connections, their token
/// and their retry budget.
///
/// A call ends within its [timeout](ClientBuilder::timeout), whatever the server does. Dropping the future of a call
/// cancels it; the client remains usable.
///
/// Each generated crate has an alias of this type for its own document, whose default server, security
/// schemes and rate limit headers apply.
pub struct Client<D> {
    pub(crate) calling: Calling,
    document: PhantomData<fn() -> D>,
}

/// The part of a client that doesn't depend on the type of the document.
#[derive(Clone)]
pub(crate) struct Calling {
    pub core: Arc<Core>,
    pub servers: Arc<Servers>,
    pub options: Arc<CallOptions>,
}

/// What all calls share.
pub(crate) struct Core {
    pub facts: &'static Facts,
    pub transport: Arc<dyn Transport>,
    pub allow_http: bool,
    pub credentials: Credentials,
    pub user_agent: HeaderValue,
    pub hooks: Vec<Arc<dyn Hooks>>,
    pub redirects: u32,
    pub token_timeout: Duration,
    pub budget: RetryBudget,
}

impl<D> Clone for Client<D> {
    fn clone(&self) -> Self {
        Self::of(self.calling.clone())
    }
}

impl<D> fmt::Debug for Client<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base_url = self.calling.servers.base().map(String::from);
        f.debug_struct("Client").field("base_url", &base_url.unwrap_or_default()).finish_non_exhaustive()
    }
}

impl<D> Client<D> {
    pub(crate) fn of(calling: Calling) -> Self {
        Self { calling, document: PhantomData }
    }
}

impl<D: Document> Client<D> {
    /// A client for the server at `base_url` that authenticates with `token`.
    ///
    /// # Errors
    /// See [`ClientBuilder::build`].
    #[cfg(feature = "reqwest")]
    pub fn new(
        base_url: impl Into<String>,
        token: impl Into<secrecy::SecretString>,
    ) -> Result<Self, ClientError> {
        Self::builder().base_url(base_url).bearer_token(token).build()
    }

    /// A builder for a client.
    pub fn builder() -> ClientBuilder<D> {
        ClientBuilder::new()
    }

    /// Returns this client with other options, for some of the calls.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let options = Arc::new(options.over(&self.calling.options));
        Self::of(Calling { options, ..self.calling.clone() })
    }

    /// Returns this client with another base URL, for some of the calls. It is for every operation, whatever
    /// servers the document declares for it. The credentials are the same.
    ///
    /// # Errors
    /// The URL is invalid or isn't `https:`.
    pub fn at(&self, base_url: impl AsRef<str>) -> Result<Self, ClientError> {
        let Calling { core, servers, .. } = &self.calling;
        let servers = Arc::new(Servers::only(base_url.as_ref(), servers, core.allow_http)?);
        Ok(Self::of(Calling { servers, ..self.calling.clone() }))
    }

    /// Sends an operation and reads the response.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub async fn send<O: Operation<Document = D>>(
        &self,
        operation: &O,
    ) -> Result<O::Output, Error<O::Error>> {
        self.respond(operation).await.map(http::Response::into_body)
    }

    /// Like [`send`](Self::send), but consumes the operation, and the future is boxed.
    #[doc(hidden)]
    pub fn send_boxed<'a, O: Operation<Document = D> + Send + 'a>(
        &'a self,
        operation: O,
    ) -> ResponseFuture<'a, O::Output, O::Error> {
        ResponseFuture::new(async move { self.send(&operation).await })
    }

    /// Like [`respond`](Self::respond), but consumes the operation, and the future is boxed.
    #[doc(hidden)]
    pub fn respond_boxed<'a, O: Operation<Document = D> + Send + 'a>(
        &'a self,
        operation: O,
    ) -> ResponseFuture<'a, http::Response<O::Output>, O::Error> {
        ResponseFuture::new(async move { self.respond(&operation).await })
    }

    /// Like [`send`](Self::send), but returns the status and the headers too.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub async fn respond<O: Operation<Document = D>>(
        &self,
        operation: &O,
    ) -> Result<http::Response<O::Output>, Error<O::Error>> {
        let server = self.calling.server::<O>()?;
        let write = || self.calling.written(operation, server);
        let reply = self.calling.reply(&mut write()?, &write, O::INFO, server).await;
        let reply = reply.map_err(NoResponse::widen)?;
        let output = O::read(&reply)?;
        Ok(reply.into_response().map(|_| output))
    }

    /// Like [`respond`](Self::respond), but requests `url`, if there is one, in place of the operation's own URL.
    /// Returns the URL that was requested too, without credentials.
    ///
    /// # Errors
    /// The request is invalid or leads away from the operation's server, and wasn't sent; or the call failed.
    pub(crate) async fn respond_at<O: Operation<Document = D>>(
        &self,
        operation: &O,
        url: Option<&str>,
    ) -> Result<(Uri, http::Response<O::Output>), Error<O::Error>> {
        let server = self.calling.server::<O>()?;
        let write = || {
            let mut request = self.calling.written(operation, server)?;
            if let Some(url) = url {
                redirect_to(&mut request, url, O::INFO)?;
            }
            Ok(request)
        };
        let mut request = write()?;
        let requested = request.uri().clone();
        let reply = self.calling.reply(&mut request, &write, O::INFO, server).await;
        let reply = reply.map_err(NoResponse::widen)?;
        let output = O::read(&reply)?;
        Ok((requested, reply.into_response().map(|_| output)))
    }
}

/// Replaces the URL of the request, if `url` has the same origin.
fn redirect_to(
    request: &mut http::Request<Body>,
    url: &str,
    operation: &'static OperationInfo,
) -> Result<(), InvalidRequest> {
    let target = followed::without_key(request.uri(), url, operation.facts);
    let refused = |why: String| InvalidRequest::new("", format!("its URL isn't requested: {why}"));
    *request.uri_mut() = target.map_err(|why| refused(why).of(operation))?;
    Ok(())
}

impl Calling {
    /// The future is boxed, so that little code is compiled for each operation.
    pub(crate) fn reply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        again: &'a WriteAgain<'a>,
        operation: &'static OperationInfo,
        server: &'a Server,
    ) -> BoxFuture<'a, Result<Reply, NoResponse>> {
        let mut call = Call::new(self, operation, server, Reading::Whole);
        Box::pin(async move {
            let (parts, body) = call.run(request, again).await?.into_parts();
            let body = match body {
                Received::Whole(bytes) => bytes,
                Received::Coming(_) => bytes::Bytes::new(),
            };
            Ok(Reply::new(http::Response::from_parts(parts, body), operation))
        })
    }

    /// The server that an operation is sent to.
    pub(crate) fn server<O: Operation>(&self) -> Result<&Server, InvalidRequest> {
        self.servers.of(O::SERVER).map_err(|error| error.of(O::INFO))
    }

    /// The request of an operation, which every call starts with and every retry writes again.
    pub(crate) fn written<O: Operation>(
        &self,
        operation: &O,
        server: &Server,
    ) -> Result<http::Request<Body>, InvalidRequest> {
        let mut request = written(operation, &server.base_url, self.validate())?;
        if let Some(own) = &self.options.own {
            own.write(&mut request, self.core.facts).map_err(|error| error.of(O::INFO))?;
        }
        Ok(request)
    }

    /// Whether requests are checked against the constraints of the document.
    pub(crate) fn validate(&self) -> bool {
        self.options.validate.unwrap_or(true)
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.options.timeout.unwrap_or(Duration::from_secs(60))
    }

    pub(crate) fn retry_policy(&self) -> RetryPolicy {
        self.options.retry.clone().unwrap_or_default()
    }

    pub(crate) fn response_limit(&self) -> usize {
        self.options.response_limit.unwrap_or(32 << 20)
    }
}
