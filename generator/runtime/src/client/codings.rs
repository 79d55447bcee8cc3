//! Content codings (RFC 9110, section 8.4): which ones a request asks for, and responses without them.

use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use crate::client::transport::ResponseBody;
use crate::http::content_type::coding;
use crate::http::printable::printable;
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// The codings that this build decodes, the preferred one first.
const DECODED: &[&str] = &[
    #[cfg(feature = "zstd")]
    "zstd",
    #[cfg(feature = "brotli")]
    "br",
    #[cfg(feature = "gzip")]
    "gzip",
];

/// The most codings of one body that are undone.
const MOST: usize = 4;

/// The size of the pieces that are decoded at once, in bytes.
const PIECE: usize = 16 << 10;

/// How many chunks that give no output are read in a row before other tasks, and time limits, get their turn.
const CHUNKS: u32 = 64;

static ACCEPTED: LazyLock<HeaderValue> = LazyLock::new(|| {
    let names = DECODED.join(", ");
    HeaderValue::try_from(names).ok().filter(|names| !names.is_empty()).unwrap_or(IDENTITY)
});

const IDENTITY: HeaderValue = HeaderValue::from_static("identity");

/// Asks for the codings that this build decodes, unless the caller has said which ones to ask for. Then the response is the
/// caller's to decode, and the result is false; but if the caller asks for none, nobody expects one. A part of an encoded body is of no use, so a request for a range asks for
/// no coding.
pub(crate) fn ask(headers: &mut HeaderMap) -> bool {
    if let Some(own) = headers.get(ACCEPT_ENCODING) {
        return own == IDENTITY;
    }
    let accepted = if headers.contains_key(RANGE) { IDENTITY } else { ACCEPTED.clone() };
    headers.insert(ACCEPT_ENCODING, accepted);
    true
}

/// A response to a request with this method whose body has no coding any more, and whose headers mention none.
///
/// # Errors
/// A coding isn't known.
pub(crate) fn decoded(
    method: &Method,
    response: Response<ResponseBody>,
) -> Result<Response<ResponseBody>, TransportError> {
    let status = response.status();
    let has_no_body = *method == Method::HEAD
        || matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED);
    if has_no_body || !response.headers().contains_key(CONTENT_ENCODING) {
        return Ok(response);
    }
    let (mut parts, mut body) = response.into_parts();
    let codings = codings(&parts.headers)?;
    if status == StatusCode::PARTIAL_CONTENT && !codings.is_empty() {
        let codings = printable(&codings.join(", "));
        return Err(failed(format!("a part of a body can't be decoded ({codings})")));
    }
    // They are listed in the order in which they were applied.
    for coding in codings.iter().rev() {
        body = ResponseBody::stream(Decoding {
            decoder: decoder(coding)?,
            body,
            input: Bytes::new(),
            output: vec![0; PIECE].into(),
            any: false,
            ended: false,
        });
    }
    parts.headers.remove(CONTENT_ENCODING);
    if !codings.is_empty() {
        parts.headers.remove(CONTENT_LENGTH);
    }
    Ok(Response::from_parts(parts, body))
}

/// The codings that `Content-Encoding` lists, in lower case.
fn codings(headers: &HeaderMap) -> Result<Vec<String>, TransportError> {
    let mut found = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        let value = value.to_str().map_err(|_| failed("its name isn't ASCII"))?;
        let names = value.split(',').map(|name| name.trim().to_ascii_lowercase());
        found.extend(names.filter(|name| !name.is_empty() && name != "identity"));
        if found.len() > MOST {
            return Err(failed(format!("there are more than {MOST}")));
        }
    }
    Ok(found)
}

/// Undoes one coding, piece by piece.
pub(crate) trait Decode: Send {
    /// Decodes some of `input`. Returns how much was read, and how much of `output` was written. Neither happens only if
    /// more input is needed.
    ///
    /// # Errors
    /// The input is damaged.
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), String>;

    /// Whether the input may end here.
    fn is_complete(&self) -> bool;
}

fn decoder(coding: &str) -> Result<Box<dyn Decode>, TransportError> {
    match coding {
        #[cfg(feature = "gzip")]
        "gzip" | "x-gzip" => Ok(Box::new(crate::client::gzip::Inflate::gzip())),
        #[cfg(feature = "gzip")]
        "deflate" => Ok(Box::new(crate::client::gzip::Inflate::deflate())),
        #[cfg(feature = "brotli")]
        "br" => Ok(Box::new(crate::client::brotli::Brotli::new())),
        #[cfg(feature = "zstd")]
        "zstd" => Ok(Box::new(crate::client::zstd::Zstd::new()?)),
        _ => Err(failed(match feature(coding) {
            Some(feature) => format!("{coding} needs the feature `{feature}`"),
            None => format!("{} isn't known", printable(coding)),
        })),
    }
}

/// The feature that a known coding needs.
fn feature(coding: &str) -> Option<&'static str> {
    match coding {
        "gzip" | "x-gzip" | "deflate" => Some("gzip"),
        "br" => Some("brotli"),
        "zstd" => Some("zstd"),
        _ => None,
    }
}

/// Why the items of a body can't be read: it still has a coding, since the caller has asked for that.
pub(crate) fn undecoded(headers: &HeaderMap) -> Option<TransportError> {
    let coding = coding(headers)?;
    Some(failed(format!("{coding} was asked for by the caller, who has to decode it")))
}

pub(crate) fn failed(message: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::ContentCoding, message)
}

/// A body without its coding. No more is decoded than is asked for, so whoever reads it can limit its size.
struct Decoding {
    decoder: Box<dyn Decode>,
    body: ResponseBody,
    input: Bytes,
    output: Box<[u8]>,
    /// Whether there was any input: an empty body has no coding.
    any: bool,
    ended: bool,
}

impl Decoding {
    /// The next piece of what has arrived; `None` if more must arrive first.
    fn piece(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            let (read, written) = self.decoder.decode(&self.input, &mut self.output).map_err(failed)?;
            self.input.advance(read);
            if written > 0 {
                return Ok(Some(Bytes::copy_from_slice(&self.output[..written])));
            }
            if self.input.is_empty() {
                return Ok(None);
            }
            if read == 0 {
                return Err(failed("the data is damaged"));
            }
        }
    }
}

impl Stream for Decoding {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.ended {
            return Poll::Ready(None);
        }
        for _ in 0..CHUNKS {
            let failed = match this.piece() {
                Ok(Some(piece)) => return Poll::Ready(Some(Ok(piece))),
                Ok(None) => match ready!(Pin::new(&mut this.body).poll_next(context)) {
                    Some(Ok(chunk)) => {
                        this.any |= !chunk.is_empty();
                        this.input = chunk;
                        continue;
                    }
                    Some(Err(error)) => Some(error),
                    None if this.any && !this.decoder.is_complete() => Some(TransportError::new(
                        TransportErrorKind::Truncated,
                        "its content coding has no end",
                    )),
                    None => None,
                },
                Err(error) => Some(error),
            };
            this.ended = true;
            return Poll::Ready(failed.map(Err));
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
