//! The transport that sends requests: `reqwest`, another HTTP stack, or a mock in a test.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::http::body::Body;
use crate::http::transport_error::TransportError;

/// A boxed future that can be sent between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns the response once its headers have arrived.
///
/// The request's URI is absolute. Its headers are complete except for `Host`, `Content-Length` and
/// `Transfer-Encoding`, which the transport adds. A transport must not follow redirects, so that no
/// credential goes to another host, and must send a request only once: redirects and retries are up to the
/// [`Client`](crate::client::client::Client). Dropping the future cancels the request.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request.
    ///
    /// # Errors
    /// No response arrived. The kind of the error says whether the server may have acted on the request.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        (**self).send(request)
    }
}

/// Makes a transport from a function.
///
/// ```ignore
/// let transport = transport_fn(|request| async move {
///     assert_eq!(request.uri().path(), "/pets");
///     Ok(http::Response::new("[]".into()))
/// });
/// ```
pub fn transport_fn<F, R>(send: F) -> impl Transport
where
    F: Fn(http::Request<Body>) -> R + Send + Sync + 'static,
    R: Future<Output = Result<http::Response<ResponseBody>, TransportError>> + Send + 'static,
{
    struct Function<F>(F);
    impl<F, R> Transport for Function<F>
    where
        F: Fn(http::Request<Body>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<http::Response<ResponseBody>, TransportError>> + Send + 'static,
    {
        fn send(
            &self,
            request: http::Request<Body>,
        ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
            Box::pin((self.0)(request))
        }
    }
    Function(send)
}

type ResponseStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a response: bytes in memory, or a stream. Dropping it cancels the rest of a stream.
pub struct ResponseBody(Content);

enum Content {
    /// The remaining bytes in memory.
    Bytes(Option<Bytes>),
    Stream(ResponseStream),
}

impl ResponseBody {
    /// A body that is read from `stream`.
    pub fn stream(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Content::Stream(Box::pin(stream)))
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// The body ends early.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Content::Bytes(rest) => Poll::Ready(rest.take().map(Ok)),
            Content::Stream(stream) => stream.as_mut().poll_next(context),
        }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        Self(Content::Bytes(Some(bytes.into())))
    }
}

impl Default for ResponseBody {
    fn default() -> Self {
        Self(Content::Bytes(None))
    }
}

impl fmt::Debug for ResponseBody {
    /// Never prints the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
