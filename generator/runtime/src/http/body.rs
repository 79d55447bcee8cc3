//! Request bodies: bytes at hand, or a stream that can be opened anew for each attempt.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

/// Bytes as they come.
pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// The body of a request. Cheap to clone; a clone of a stream opens it on its own.
#[derive(Clone)]
pub struct Body(Content);

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Stream {
        length: Option<u64>,
        open: Arc<dyn Fn() -> ByteStream + Send + Sync>,
    },
    /// One after the other.
    Parts(Arc<[Body]>),
}

impl Body {
    /// A stream that `open` opens for each attempt to send it; `length` in bytes, if it is known.
    pub fn stream(length: Option<u64>, open: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self(Content::Stream { length, open: Arc::new(open) })
    }

    /// Several bodies, one after the other.
    pub(crate) fn parts(parts: Vec<Self>) -> Self {
        if parts.iter().any(|part| part.as_bytes().is_none()) {
            return Self(Content::Parts(parts.into()));
        }
        let bytes: Vec<u8> = parts.iter().filter_map(Self::as_bytes).flatten().copied().collect();
        bytes.into()
    }

    /// The bytes, unless it is a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream { .. } | Content::Parts(_) => None,
        }
    }

    /// The length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Stream { length, .. } => *length,
            Content::Parts(parts) => parts.iter().map(Self::length).sum(),
        }
    }

    /// The bytes as a stream.
    pub fn open(&self) -> ByteStream {
        match &self.0 {
            Content::Bytes(bytes) => {
                Box::pin(Sequence { rest: vec![Self(Content::Bytes(bytes.clone()))], now: None })
            }
            Content::Stream { open, .. } => open(),
            Content::Parts(parts) => {
                Box::pin(Sequence { rest: parts.iter().rev().cloned().collect(), now: None })
            }
        }
    }
}

/// Bodies one after the other; those to come last to first.
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
                Some(Body(Content::Bytes(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                Some(body) => self.now = Some(body.open()),
            }
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self(Content::Bytes(Bytes::new()))
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Content::Bytes(bytes.into()))
    }
}

impl fmt::Debug for Body {
    /// Its size, never what is in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}

impl PartialEq for Body {
    /// Streams are equal if they are the same one.
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Content::Bytes(left), Content::Bytes(right)) => left == right,
            (Content::Stream { open: left, .. }, Content::Stream { open: right, .. }) => {
                Arc::ptr_eq(left, right)
            }
            (Content::Parts(left), Content::Parts(right)) => left == right,
            _ => false,
        }
    }
}
