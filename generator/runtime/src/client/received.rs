//! How much of a response a call waits for, and what it then has.

use bytes::{Bytes, BytesMut};

use crate::client::transport::ResponseBody;

/// How much of a response a call waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Whole,
    /// The headers, and the body only of a failure.
    Headers,
}

/// A response's body.
pub(crate) enum Received {
    Whole(Bytes),
    Coming(ResponseBody),
}

/// The pieces of a body; one that comes in a single piece isn't copied.
#[derive(Default)]
pub(crate) struct Gathered {
    first: Bytes,
    rest: BytesMut,
}

impl Gathered {
    pub(crate) fn len(&self) -> usize {
        self.first.len() + self.rest.len()
    }

    pub(crate) fn push(&mut self, piece: Bytes) {
        if self.rest.is_empty() && self.first.is_empty() {
            self.first = piece;
            return;
        }
        if !self.first.is_empty() {
            self.rest.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.rest.extend_from_slice(&piece);
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() { self.first } else { self.rest.freeze() }
    }
}
