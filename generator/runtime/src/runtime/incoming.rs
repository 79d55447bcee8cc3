//! Response bodies as they come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::body::Body;
use super::call::{Call, Reading, Received, WriteAgain};
use super::client::Client;
use super::error::{Error, NoResponse};
use super::operation::{Operation, OperationInfo, written};
use super::reply::Reply;
use super::transport::{BoxFuture, ResponseBody};
use super::transport_error::TransportError;

/// Why a body broke off.
#[derive(Debug)]
#[non_exhaustive]
pub enum IncomingError {
    /// The connection broke.
    Transport(TransportError),
    /// Nothing came for this long.
    Timeout(Duration),
    /// An event has more bytes than this.
    TooLong(usize),
}

impl fmt::Display for IncomingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(limit) => write!(f, "nothing came for {limit:?}"),
            Self::TooLong(limit) => write!(f, "an event has more than {limit} bytes"),
        }
    }
}

impl std::error::Error for IncomingError {}

pub(super) type Source = Pin<Box<dyn Stream<Item = Result<Bytes, IncomingError>> + Send>>;

/// A successful response whose body is still coming. Dropping it ends the connection.
pub struct Incoming {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    pub(super) source: Source,
}

impl Client {
    /// Sends an operation and gives the body of a success as it comes, which may be longer than the limit and
    /// take longer than the timeout: that counts until the headers are there, and again for each piece.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or didn't succeed.
    pub async fn stream<O: Operation>(&self, operation: &O) -> Result<Incoming, Error<O::Error>> {
        let write = || written(operation, &self.core.base_url);
        match self.coming(&mut write()?, &write, O::INFO).await.map_err(NoResponse::widen)? {
            Ok(incoming) => Ok(incoming),
            Err(reply) => O::read(&reply).and_then(|_| reply.unexpected()),
        }
    }

    fn coming<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        again: &'a WriteAgain<'a>,
        operation: &'static OperationInfo,
    ) -> BoxFuture<'a, Result<Result<Incoming, Reply>, NoResponse>> {
        let mut call = Call::new(self, operation, Reading::Headers);
        let within = self.options.attempt_timeout.map_or(self.timeout(), |limit| limit.min(self.timeout()));
        Box::pin(async move {
            let (parts, body) = call.run(request, again).await?.into_parts();
            let body = match body {
                Received::Whole(bytes) => {
                    return Ok(Err(Reply::new(http::Response::from_parts(parts, bytes), operation)));
                }
                Received::Coming(body) => body,
            };
            let next = move |mut body: ResponseBody| async move {
                match tokio::time::timeout(within, body.chunk()).await {
                    Ok(Ok(chunk)) => Ok(chunk.map(|chunk| (chunk, body))),
                    Ok(Err(error)) => Err(IncomingError::Transport(error.of(operation))),
                    Err(_) => Err(IncomingError::Timeout(within)),
                }
            };
            let chunks = futures_util::stream::try_unfold(body, next);
            Ok(Ok(Incoming { status: parts.status, headers: parts.headers, source: Box::pin(chunks) }))
        })
    }
}

impl Incoming {
    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// The body breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, IncomingError> {
        std::future::poll_fn(|context| self.source.as_mut().poll_next(context)).await.transpose()
    }
}

impl Stream for Incoming {
    type Item = Result<Bytes, IncomingError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.source.as_mut().poll_next(context)
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("status", &self.status).finish_non_exhaustive()
    }
}
