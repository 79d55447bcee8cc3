//! Response bodies as streams of events.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::client::codings;
use crate::client::streams::{BodyStream, Source, StreamError};
use crate::http::events::{Event, EventParser};

/// The maximum size of an event, or of an unterminated line, in bytes.
const EVENT_LIMIT: usize = 8 << 20;

impl BodyStream {
    /// Reads the body as the events of a `text/event-stream`.
    pub fn events(self) -> EventStream {
        let source: Source = match codings::undecoded(&self.headers) {
            None => self.source,
            Some(error) => {
                let error = Err(StreamError::Transport(error));
                Box::pin(futures_util::stream::once(std::future::ready(error)))
            }
        };
        EventStream { source, parser: EventParser::default(), ready: VecDeque::new() }
    }
}

/// The events of a `text/event-stream` as they arrive (WHATWG HTML, section 9.2).
pub struct EventStream {
    source: Source,
    parser: EventParser,
    ready: VecDeque<Event>,
}

impl EventStream {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// The stream ends early, or an event is too long.
    pub async fn next(&mut self) -> Result<Option<Event>, StreamError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl Stream for EventStream {
    type Item = Result<Event, StreamError>;

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
                        return Poll::Ready(Some(Err(StreamError::TooLong(EVENT_LIMIT))));
                    }
                }
            }
        }
    }
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}
