//! How far a body has got.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt as _;

use crate::http::body::{Body, ByteStream};

/// How much of a body was sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transferred {
    /// The bytes so far. If a body is sent or received again, they begin anew.
    pub bytes: u64,
    /// All of them, if their number is known.
    pub total: Option<u64>,
}

/// The size of the pieces that bytes in memory are sent in.
const PIECE: usize = 64 << 10;

impl Body {
    /// Calls `report` whenever a chunk of the body is taken to be sent; for each attempt, from the beginning. It should be
    /// quick: sending waits for it.
    #[must_use]
    pub fn on_progress(self, report: impl Fn(Transferred) + Send + Sync + 'static) -> Self {
        let (total, media_type) = (self.length(), self.own_media_type().map(str::to_owned));
        let report = Arc::new(report);
        let body = Self::stream(total, move || {
            let (report, mut bytes) = (report.clone(), 0);
            let chunks = match self.as_bytes() {
                Some(whole) => pieces(whole.clone()),
                None => self.open(),
            };
            Box::pin(chunks.inspect(move |chunk| {
                if let Ok(chunk) = chunk {
                    bytes += chunk.len() as u64;
                    report(Transferred { bytes, total });
                }
            }))
        });
        match media_type {
            Some(media_type) => body.media_type(media_type),
            None => body,
        }
    }
}

fn pieces(mut rest: Bytes) -> ByteStream {
    Box::pin(futures_util::stream::iter(std::iter::from_fn(move || {
        let piece = rest.split_to(rest.len().min(PIECE));
        (!piece.is_empty()).then_some(Ok(piece))
    })))
}
