//! Request bodies: bytes in memory, or a stream that can be reopened for each attempt.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

/// A boxed stream of byte chunks.
pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// The body of a request. Cheap to clone; each clone of a streamed body opens its own stream.
#[derive(Clone, Default, PartialEq)]
pub struct Body {
    content: Content,
    media_type: Option<String>,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Stream {
        length: Option<u64>,
        open: Arc<dyn Fn() -> ByteStream + Send + Sync>,
    },
    /// Sent one after another.
    Parts(Arc<[Body]>),
}

impl Body {
    /// A streamed body. `open` is called for each attempt to send it; `length` is in bytes, if known.
    pub fn stream(length: Option<u64>, open: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Content::Stream { length, open: Arc::new(open) }.into()
    }

    /// Sets the media type that the body is sent as, such as `image/png`, where the document allows several.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The media type that the caller has set.
    pub(crate) fn own_media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// Concatenates several bodies.
    pub(crate) fn parts(parts: Vec<Self>) -> Self {
        if parts.iter().any(|part| part.as_bytes().is_none()) {
            return Content::Parts(parts.into()).into();
        }
        let bytes: Vec<u8> = parts.iter().filter_map(Self::as_bytes).flatten().copied().collect();
        bytes.into()
    }

    /// The bytes; `None` if the body is a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream { .. } | Content::Parts(_) => None,
        }
    }

    /// The length in bytes, if known.
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Stream { length, .. } => *length,
            Content::Parts(parts) => parts.iter().map(Self::length).sum(),
        }
    }

    /// Opens the body as a stream of bytes.
    pub fn open(&self) -> ByteStream {
        match &self.content {
            Content::Bytes(bytes) => Box::pin(Sequence { rest: vec![bytes.clone().into()], now: None }),
            Content::Stream { open, .. } => open(),
            Content::Parts(parts) => {
                Box::pin(Sequence { rest: parts.iter().rev().cloned().collect(), now: None })
            }
        }
    }
}

/// Concatenated bodies; the remaining ones are stored in reverse order.
struct Sequence {
    rest: Vec<Body>,
    now: Option<ByteStream>,
}

impl Stream for Sequence {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(now) = &mut self.now {
                match now.as_mut().poll_next(context) {
                    Poll::Ready(None) => self.now = None,
                    other => return other,
                }
            }
            match self.rest.pop() {
                None => return Poll::Ready(None),
                Some(Body { content: Content::Bytes(bytes), .. }) => return Poll::Ready(Some(Ok(bytes))),
                Some(body) => self.now = Some(body.open()),
            }
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl From<Content> for Body {
    fn from(content: Content) -> Self {
        Self { content, media_type: None }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Content::Bytes(bytes.into()).into()
    }
}

impl fmt::Debug for Body {
    /// Prints the size, never the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}

impl PartialEq for Content {
    /// Two streams are equal only if they are the same stream.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Content::Bytes(left), Content::Bytes(right)) => left == right,
            (Content::Stream { open: left, .. }, Content::Stream { open: right, .. }) => {
                Arc::ptr_eq(left, right)
            }
            (Content::Parts(left), Content::Parts(right)) => left == right,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_equal_if_they_are_sent_alike() {
        let stream = || Body::stream(None, || unreachable!("nothing is sent"));
        let (one, other) = (stream(), stream());
        let parts = |text: &'static str| Body::parts(vec![Body::from("a"), one.clone(), Body::from(text)]);
        let all =
            [Body::default(), Body::from("a"), Body::from("b"), one.clone(), other, parts("b"), parts("c")];
        for (index, left) in all.iter().enumerate() {
            for (place, right) in all.iter().enumerate() {
                assert_eq!(left == &right.clone(), index == place, "{index} and {place}");
            }
        }
        assert_eq!(parts("b"), parts("b"));
        assert_ne!(Body::from("a"), Body::from("a").media_type("text/plain"));
    }
}
