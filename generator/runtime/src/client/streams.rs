//! Response bodies as streams.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use crate::client::call::{Call, WriteAgain};
use crate::client::client::{Calling, Client};
use crate::client::received::{Reading, Received};
use crate::client::servers::Server;
use crate::client::timer::timeout;
use crate::client::transport::{BoxFuture, ResponseBody};
use crate::facts::Document;
use crate::http::any_error::AnyError;
use crate::http::body::Body;
use crate::http::cause::write_causes;
use crate::http::error::{Error, NoResponse, is_transient};
use crate::http::failure::FailureResponse;
use crate::http::operation::{Operation, OperationInfo};
use crate::http::reply::Reply;
use crate::http::transport_error::TransportError;
use crate::json::decode_error::DecodeError;

/// Why a stream ended early.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection broke.
    Transport(TransportError),
    /// Nothing arrived for this long.
    Timeout(Duration),
    /// An item exceeds this many bytes.
    TooLong(usize),
    /// An item doesn't fit its type. The stream goes on with the next one.
    Item(Box<UnreadItem>),
    /// The stream broke off, and the server refused to resume it.
    Refused(Box<FailureResponse>),
    /// The stream broke off, and no response came when it was to be resumed.
    Reconnect(Box<NoResponse>),
}

/// An item of a stream that doesn't fit its type.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadItem {
    /// The item's text: of a server-sent event, its data.
    pub text: String,
    /// Why it doesn't fit.
    pub error: DecodeError,
}

impl fmt::Debug for UnreadItem {
    /// Never prints the text, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadItem").field("error", &self.error).finish_non_exhaustive()
    }
}

impl StreamError {
    /// Whether another attempt to reconnect may succeed.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Transport(_) | Self::Timeout(_) => true,
            Self::Refused(response) => is_transient(response.status),
            Self::Reconnect(error) => error.is_retryable(),
            Self::TooLong(_) | Self::Item(_) => false,
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(limit) => write!(f, "nothing came for {limit:?}"),
            Self::TooLong(limit) => write!(f, "an item has more than {limit} bytes"),
            Self::Item(item) => {
                f.write_str("an item can't be decoded")?;
                write_causes(f, Some(&item.error))
            }
            Self::Refused(response) => write!(f, "the stream can't be resumed: {response}"),
            Self::Reconnect(error) => {
                f.write_str("the stream can't be resumed")?;
                write_causes(f, Some(error))
            }
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Item(item) => Some(&item.error),
            Self::Reconnect(error) => Some(error),
            Self::Timeout(_) | Self::TooLong(_) | Self::Refused(_) => None,
        }
    }
}

impl From<StreamError> for AnyError {
    fn from(error: StreamError) -> Self {
        Self::other(error)
    }
}

pub(crate) type Source = Pin<Box<dyn Stream<Item = Result<Bytes, StreamError>> + Send>>;

/// A successful response whose body is still arriving, as a stream of bytes. Dropping it closes the connection.
pub struct BodyStream {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    pub(crate) source: Source,
}

impl<D: Document> Client<D> {
    /// Sends an operation and returns the body of a successful response as a stream. The response limit
    /// doesn't apply. The timeout applies until the headers have arrived, and again to each chunk.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub async fn stream<O: Operation<Document = D>>(
        &self,
        operation: &O,
    ) -> Result<BodyStream, Error<O::Error>> {
        let server = self.calling.server::<O>()?;
        let write = || self.calling.written(operation, server);
        let coming = self.calling.coming(&mut write()?, &write, O::INFO, server).await;
        match coming.map_err(NoResponse::widen)? {
            Ok(incoming) => Ok(incoming),
            Err(reply) => O::read(&reply).and_then(|_| reply.unexpected()),
        }
    }
}

impl Calling {
    /// The body of a success as it arrives, or the whole of another response.
    pub(crate) fn coming<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        again: &'a WriteAgain<'a>,
        operation: &'static OperationInfo,
        server: &'a Server,
    ) -> BoxFuture<'a, Result<Result<BodyStream, Reply>, NoResponse>> {
        let mut call = Call::new(self, operation, server, Reading::Headers);
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
                match timeout(within, body.chunk()).await {
                    Ok(Ok(chunk)) => Ok(chunk.map(|chunk| (chunk, body))),
                    Ok(Err(error)) => Err(StreamError::Transport(error.of(operation))),
                    Err(_) => Err(StreamError::Timeout(within)),
                }
            };
            let chunks = futures_util::stream::try_unfold(body, next);
            Ok(Ok(BodyStream { status: parts.status, headers: parts.headers, source: Box::pin(chunks) }))
        })
    }
}

impl BodyStream {
    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// The body ends early.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, StreamError> {
        std::future::poll_fn(|context| self.source.as_mut().poll_next(context)).await.transpose()
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.source.as_mut().poll_next(context)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").field("status", &self.status).finish_non_exhaustive()
    }
}
