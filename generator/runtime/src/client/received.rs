//! How much of a response a call waits for, and the result.

use bytes::{Bytes, BytesMut};

use crate::client::transport::ResponseBody;

/// How much of a response a call waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Whole,
    /// The headers; for a failure, the body too.
    Headers,
}

/// A response's body.
pub(crate) enum Received {
    Whole(Bytes),
    Coming(ResponseBody),
}

/// The chunks of a body; a body of a single chunk isn't copied.
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
