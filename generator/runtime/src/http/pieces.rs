//! The pieces of a body that is a sequence: events, lines, or the texts of a JSON text sequence.

use std::fmt;

use crate::http::events::{Event, EventParser};
use crate::http::items::{Framing, ItemFormat};

/// Starts each text of a JSON text sequence (RFC 7464, section 2.2).
pub(crate) const RECORD_SEPARATOR: u8 = 0x1e;

/// A piece of a sequence, complete but not decoded.
#[derive(Clone, PartialEq, Eq)]
pub enum Piece {
    /// An event of a `text/event-stream`.
    Event(Event),
    /// The text of a JSON value.
    Text(String),
    /// A piece that isn't UTF-8, with replacement characters.
    NotUtf8(String),
    /// A text that the server didn't finish.
    Truncated(String),
}

impl Piece {
    /// The text of the item: of an event, its data.
    pub fn text(&self) -> &str {
        match self {
            Self::Event(event) => &event.data,
            Self::Text(text) | Self::NotUtf8(text) | Self::Truncated(text) => text,
        }
    }
}

impl fmt::Debug for Piece {
    /// Never prints the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece({} bytes)", self.text().len())
    }
}

/// Splits a sequence into pieces, whatever the chunks in which it arrives.
#[derive(Debug)]
pub(crate) enum Splitter {
    Events(EventParser),
    Lines(Texts),
    Sequence(Texts),
}

impl Splitter {
    pub(crate) fn new(format: &ItemFormat) -> Self {
        match format.framing {
            Framing::Events(_) => Self::Events(EventParser::default()),
            Framing::Lines => Self::Lines(Texts::default()),
            Framing::Sequence => Self::Sequence(Texts::default()),
        }
    }

    /// Consumes more bytes and returns the pieces that they complete.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Vec<Piece> {
        match self {
            Self::Events(parser) => parser.push(bytes).into_iter().map(Piece::Event).collect(),
            Self::Lines(texts) => texts.push(bytes, b'\n', Texts::line),
            Self::Sequence(texts) => texts.push(bytes, RECORD_SEPARATOR, Texts::record),
        }
    }

    /// The last piece, if nothing has to follow it. An event that isn't complete is discarded.
    pub(crate) fn finish(&mut self) -> Option<Piece> {
        match self {
            Self::Events(_) => None,
            Self::Lines(texts) => texts.line(),
            Self::Sequence(texts) => texts.record(),
        }
    }

    /// The number of buffered bytes of an incomplete piece.
    pub(crate) fn pending(&self) -> usize {
        match self {
            Self::Events(parser) => parser.pending(),
            Self::Lines(texts) | Self::Sequence(texts) => texts.buffer.len(),
        }
    }
}

/// Texts between separators.
#[derive(Default)]
pub(crate) struct Texts {
    buffer: Vec<u8>,
    begun: bool,
}

impl Texts {
    fn push(&mut self, mut bytes: &[u8], separator: u8, take: fn(&mut Self) -> Option<Piece>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(end) = bytes.iter().position(|byte| *byte == separator) {
            self.buffer.extend_from_slice(&bytes[..end]);
            pieces.extend(take(self));
            bytes = &bytes[end + 1..];
        }
        self.buffer.extend_from_slice(bytes);
        pieces
    }

    /// The line in the buffer. Empty lines separate nothing.
    fn line(&mut self) -> Option<Piece> {
        self.take().map(|(piece, _)| piece)
    }

    /// The text in the buffer. Without white space after it, a number or a name may lack its end (RFC 7464,
    /// section 2.4).
    fn record(&mut self) -> Option<Piece> {
        match self.take()? {
            (Piece::Text(text), false) if !text.ends_with(['}', ']', '"']) => Some(Piece::Truncated(text)),
            (piece, _) => Some(piece),
        }
    }

    /// The text in the buffer, trimmed, and whether white space follows it.
    fn take(&mut self) -> Option<(Piece, bool)> {
        let bytes = std::mem::take(&mut self.buffer);
        let bytes =
            if self.begun { &bytes[..] } else { bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes) };
        self.begun = true;
        let trimmed = bytes.trim_ascii();
        let is_ended = bytes.last().is_some_and(u8::is_ascii_whitespace);
        let piece = match std::str::from_utf8(trimmed) {
            Ok("") => return None,
            Ok(text) => Piece::Text(text.to_owned()),
            Err(_) => Piece::NotUtf8(String::from_utf8_lossy(trimmed).into_owned()),
        };
        Some((piece, is_ended))
    }
}

impl fmt::Debug for Texts {
    /// Never prints the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Texts({} bytes)", self.buffer.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(format: ItemFormat, bytes: &[u8], chunk: usize) -> Vec<Piece> {
        let mut splitter = Splitter::new(&format);
        let mut pieces: Vec<Piece> = bytes.chunks(chunk).flat_map(|chunk| splitter.push(chunk)).collect();
        pieces.extend(splitter.finish());
        pieces
    }

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn lines_whatever_the_chunks() {
        let bytes = "\u{feff}{\"é\": 1}\r\n\n \n[2]\n\"3\"".as_bytes();
        for chunk in [1, 2, 3, 5, 100] {
            let pieces = split(ItemFormat::LINES, bytes, chunk);
            assert!(pieces == [text("{\"é\": 1}"), text("[2]"), text("\"3\"")], "{chunk}");
        }
    }

    #[test]
    fn a_line_that_isn_t_utf_8_is_a_piece_of_its_own() {
        let pieces = split(ItemFormat::LINES, b"1\n\xff\n2\n", 4);
        assert!(pieces == [text("1"), Piece::NotUtf8("\u{fffd}".to_owned()), text("2")]);
    }

    #[test]
    fn records_whatever_the_chunks() {
        let bytes = b"\x1e{\"a\":\n1}\n\x1e\x1e12\x1e34\n\x1e\"x\"";
        for chunk in [1, 2, 3, 100] {
            let pieces = split(ItemFormat::SEQUENCE, bytes, chunk);
            let expected =
                [text("{\"a\":\n1}"), Piece::Truncated("12".to_owned()), text("34"), text("\"x\"")];
            assert!(pieces == expected, "{chunk}");
        }
    }
}
