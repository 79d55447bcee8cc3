//! Response bodies as streams of typed items.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::client::client::{Calling, Client};
use crate::client::codings;
use crate::client::received::Gathered;
use crate::client::reconnect::Reconnect;
use crate::client::response_future::ResponseFuture;
use crate::client::streams::{BodyStream, Source, StreamError, UnreadItem};
use crate::client::timer::{Sleep, sleep};
use crate::client::transport::BoxFuture;
use crate::facts::Document;
use crate::http::body::Body;
use crate::http::content_type::Form;
use crate::http::error::{Error, NoResponse, TimeoutError};
use crate::http::events::Event;
use crate::http::items::{Framing, ItemFormat, StreamItem, Streamed};
use crate::http::pieces::{Piece, Splitter};
use crate::http::reply::Reply;

/// The maximum size of an item in bytes, unless the caller sets another.
const ITEM_LIMIT: usize = 8 << 20;

/// Opens the stream again, from what follows the event with this id.
type Open = dyn Fn(String) -> BoxFuture<'static, Result<BodyStream, StreamError>> + Send + Sync;

/// The items of a response as they arrive. Dropping it closes the connection.
///
/// More is read from the connection only when the stream is polled and no item is left, so a slow consumer slows the server
/// down. An item that doesn't fit its type is [`StreamError::Item`], with its text, and the stream goes on. Any other error
/// is followed by the end.
#[must_use = "items are read when the stream is polled"]
pub struct ItemStream<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    input: Input,
    splitter: Splitter,
    pieces: VecDeque<Piece>,
    format: ItemFormat,
    limit: usize,
    event: Option<Event>,
    open: Arc<Open>,
    reconnect: Option<Reconnect>,
    /// The attempts to reconnect since the last item.
    attempts: u32,
    item: PhantomData<fn() -> T>,
}

/// A call that returns the items of its response while they arrive.
pub type StreamCall<'a, T, E> = ResponseFuture<'a, ItemStream<T>, E>;

/// Where the next bytes come from.
enum Input {
    Open(Source),
    Waiting(Pin<Box<Sleep>>),
    Connecting(BoxFuture<'static, Result<BodyStream, StreamError>>),
    Ended(Option<StreamError>),
}

impl<D: Document> Client<D> {
    /// Sends an operation and returns the items of a successful response while they arrive. The response limit doesn't
    /// apply. The timeout applies until the headers have arrived, and again to each chunk.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed, or the server answered JSON instead of events.
    pub async fn stream_items<O>(&self, operation: O) -> Result<ItemStream<O::Item>, Error<O::Error>>
    where
        O: Streamed<Document = D> + Send + 'static,
    {
        let (calling, operation) = (self.calling.clone(), Arc::new(operation));
        let first = opened(calling.clone(), operation.clone(), String::new()).await;
        let body = match first.map_err(NoResponse::widen)? {
            Ok(body) => body,
            Err(reply) if (200..300).contains(&reply.status()) => return reply.not_a_stream(),
            Err(reply) => return O::read(&reply).and_then(|_| reply.unexpected()),
        };
        let open = move |last_id| -> BoxFuture<'static, Result<BodyStream, StreamError>> {
            let opened = opened(calling.clone(), operation.clone(), last_id);
            Box::pin(async move {
                let opened = opened.await.map_err(|error| StreamError::Reconnect(Box::new(error)))?;
                opened.map_err(|reply| StreamError::Refused(Box::new(reply.failure_response())))
            })
        };
        Ok(ItemStream::new(body, O::FORMAT, Arc::new(open)))
    }

    /// Like [`stream_items`](Self::stream_items), but the future is boxed.
    #[doc(hidden)]
    pub fn stream_boxed<O>(&self, operation: O) -> StreamCall<'_, O::Item, O::Error>
    where
        O: Streamed<Document = D> + Send + 'static,
    {
        ResponseFuture::new(self.stream_items(operation))
    }
}

/// The body of a success, or the whole of another response.
fn opened<O: Streamed + Send + 'static>(
    calling: Calling,
    operation: Arc<O>,
    last_id: String,
) -> BoxFuture<'static, Result<Result<BodyStream, Reply>, NoResponse>> {
    Box::pin(async move {
        let server = calling.server::<O>()?;
        let is_events = matches!(O::FORMAT.framing, Framing::Events(_));
        let write = || {
            let mut request = calling.written(&*operation, server)?;
            if is_events {
                resume(&mut request, &last_id);
            }
            Ok(request)
        };
        let mut body = match calling.coming(&mut write()?, &write, O::INFO, server).await? {
            Ok(body) => body,
            Err(reply) => return Ok(Err(reply)),
        };
        if let Some(error) = codings::undecoded(&body.headers) {
            return Err(NoResponse::Transport(error.of(O::INFO)));
        }
        if !is_events || Form::of(&body.headers) != Form::Json {
            return Ok(Ok(body));
        }
        let mut whole = Gathered::default();
        while whole.len() < calling.response_limit() {
            match body.chunk().await {
                Ok(Some(chunk)) => whole.push(chunk),
                Ok(None) => break,
                Err(StreamError::Transport(error)) => return Err(NoResponse::Transport(error)),
                Err(StreamError::Timeout(limit)) => {
                    return Err(NoResponse::Timeout(TimeoutError::new(O::INFO, limit)));
                }
                Err(_) => break,
            }
        }
        let mut response = http::Response::new(whole.into_bytes());
        *response.status_mut() = body.status;
        *response.headers_mut() = body.headers;
        Ok(Err(Reply::new(response, O::INFO)))
    })
}

/// Asks for events, from what follows the last one (WHATWG HTML, section 9.2.3).
fn resume(request: &mut http::Request<Body>, last_id: &str) {
    let headers = request.headers_mut();
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("text/event-stream"));
    if let Some(id) = HeaderValue::from_bytes(last_id.as_bytes()).ok().filter(|id| !id.is_empty()) {
        headers.insert("last-event-id", id);
    }
}

impl<T> ItemStream<T> {
    fn new(body: BodyStream, format: ItemFormat, open: Arc<Open>) -> Self {
        Self {
            status: body.status,
            headers: body.headers,
            input: Input::Open(body.source),
            splitter: Splitter::new(&format),
            pieces: VecDeque::new(),
            format,
            limit: ITEM_LIMIT,
            event: None,
            open,
            reconnect: None,
            attempts: 0,
            item: PhantomData,
        }
    }

    /// Sets the maximum size of an item in bytes; 8 MiB by default. A larger one is an error, and ends the stream.
    pub fn item_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Reconnects whenever a `text/event-stream` ends or breaks off, as browsers do (WHATWG HTML, section 9.2.3): the
    /// operation is sent again after the time that the server asked for, with the id of the last event as
    /// `Last-Event-ID`. A server ends the stream for good with the status 204. For other streams it does nothing.
    ///
    /// The whole operation is sent each time, so the server must know from the id what to continue.
    pub fn reconnecting(mut self, reconnect: Reconnect) -> Self {
        let is_events = matches!(self.format.framing, Framing::Events(_));
        self.reconnect = is_events.then_some(reconnect);
        self
    }

    /// The event that the last item came in; `None` before the first item, and in streams that aren't events.
    pub fn event(&self) -> Option<&Event> {
        self.event.as_ref()
    }

    /// The id from which the server can resume the stream; empty if it sent none.
    pub fn last_event_id(&self) -> &str {
        match (&self.event, &self.splitter) {
            // Events that have arrived, but aren't taken, are still to come.
            (Some(event), _) if !self.pieces.is_empty() => &event.id,
            (None, _) if !self.pieces.is_empty() => "",
            (_, Splitter::Events(parser)) => parser.last_id(),
            _ => "",
        }
    }

    fn end(&mut self, error: Option<StreamError>) {
        self.input = Input::Ended(error);
    }

    /// Reconnects after the stream has ended or has broken off, if that is wanted.
    fn broken(&mut self, error: Option<StreamError>) {
        let asked = match &self.splitter {
            Splitter::Events(parser) => parser.reconnection_time(),
            Splitter::Lines(_) | Splitter::Sequence(_) => None,
        };
        match self.reconnect.and_then(|reconnect| reconnect.wait(self.attempts, asked)) {
            Some(delay) => {
                self.attempts += 1;
                self.input = Input::Waiting(Box::pin(sleep(delay)));
            }
            None => {
                self.pieces.extend(self.splitter.finish().filter(|_| error.is_none()));
                self.end(error);
            }
        }
    }

    /// Goes on with the stream that the server has opened again.
    fn reopened(&mut self, opened: Result<BodyStream, StreamError>) {
        match opened {
            // The server wants no further connection.
            Ok(body) if body.status == StatusCode::NO_CONTENT => self.end(None),
            Ok(body) => {
                if let Splitter::Events(parser) = &self.splitter {
                    self.splitter = Splitter::Events(parser.resumed());
                }
                self.input = Input::Open(body.source);
            }
            Err(error) if error.is_passing() => self.broken(Some(error)),
            Err(error) => self.end(Some(error)),
        }
    }
}

impl<T: StreamItem> ItemStream<T> {
    /// The next item; `None` at the end. If the future is dropped, no item is lost.
    ///
    /// # Errors
    /// An item doesn't fit its type, and the stream goes on; or the stream ends early.
    pub async fn try_next(&mut self) -> Result<Option<T>, StreamError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The item in a piece, or why there is none.
    fn item(&mut self, piece: Piece) -> Option<Result<T, StreamError>> {
        if piece.text().len() > self.limit {
            self.pieces.clear();
            self.end(None);
            return Some(Err(StreamError::TooLong(self.limit)));
        }
        if self.format.is_end(&piece) {
            self.pieces.clear();
            self.end(None);
            return None;
        }
        self.attempts = 0;
        let read = T::of(&piece, &self.format);
        let read = read.map_err(|error| {
            StreamError::Item(Box::new(UnreadItem { text: piece.text().to_owned(), error }))
        });
        if let Piece::Event(event) = piece {
            self.event = Some(event);
        }
        Some(read)
    }
}

impl<T: StreamItem> Stream for ItemStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(piece) = this.pieces.pop_front() {
                return Poll::Ready(this.item(piece));
            }
            match &mut this.input {
                Input::Open(source) => match ready!(source.as_mut().poll_next(context)) {
                    Some(Ok(bytes)) => {
                        this.pieces.extend(this.splitter.push(&bytes));
                        if this.splitter.pending() > this.limit {
                            this.end(Some(StreamError::TooLong(this.limit)));
                        }
                    }
                    Some(Err(error)) => this.broken(Some(error)),
                    None => this.broken(None),
                },
                Input::Waiting(time) => {
                    ready!(time.as_mut().poll(context));
                    let last_id = this.last_event_id().to_owned();
                    this.input = Input::Connecting((this.open)(last_id));
                }
                Input::Connecting(opening) => {
                    let opened = ready!(opening.as_mut().poll(context));
                    this.reopened(opened);
                }
                Input::Ended(error) => return Poll::Ready(error.take().map(Err)),
            }
        }
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("status", &self.status)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}
