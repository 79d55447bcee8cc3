//! Response bodies as they come: bytes, or the events of a `text/event-stream`.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::events::{Event, EventParser};
use super::transport_error::TransportError;

/// A line of an event stream without an end, or an event, may have this many bytes.
const EVENT_LIMIT: usize = 8 << 20;

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

type Source = Pin<Box<dyn Stream<Item = Result<Bytes, IncomingError>> + Send>>;

/// A successful response whose body is still coming. Dropping it ends the connection.
pub struct Incoming {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    source: Source,
}

impl Incoming {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, source: Source) -> Self {
        Self { status, headers, source }
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// The body breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, IncomingError> {
        std::future::poll_fn(|context| self.source.as_mut().poll_next(context)).await.transpose()
    }

    /// The body as the events of a `text/event-stream`.
    pub fn events(self) -> IncomingEvents {
        IncomingEvents { source: self.source, parser: EventParser::default(), ready: VecDeque::new() }
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

/// Events as they come (WHATWG HTML, section 9.2).
pub struct IncomingEvents {
    source: Source,
    parser: EventParser,
    ready: VecDeque<Event>,
}

impl IncomingEvents {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// The stream breaks off, or an event is too long.
    pub async fn next(&mut self) -> Result<Option<Event>, IncomingError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl Stream for IncomingEvents {
    type Item = Result<Event, IncomingError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(event)));
            }
            match self.source.as_mut().poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(bytes))) => {
                    let events = self.parser.push(&bytes);
                    self.ready.extend(events);
                    if self.parser.pending() > EVENT_LIMIT {
                        self.source = Box::pin(futures_util::stream::empty());
                        return Poll::Ready(Some(Err(IncomingError::TooLong(EVENT_LIMIT))));
                    }
                }
            }
        }
    }
}

impl fmt::Debug for IncomingEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingEvents").finish_non_exhaustive()
    }
}
