//! Server-sent events (WHATWG HTML, section 9.2).

/// An event of a `text/event-stream`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// What kind of event it is; `message` if the server doesn't say.
    pub event: String,
    /// The data, its lines joined by line feeds.
    pub data: String,
    /// The last id that the server gave, with which a stream can be taken up again.
    pub id: String,
    /// How long to wait before connecting anew, in milliseconds, if the server says.
    pub retry: Option<u64>,
}

/// Makes events from bytes as they come.
#[derive(Debug, Default)]
pub struct EventParser {
    /// The line in the making.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, after which a line feed is no line of its own.
    after_return: bool,
    begun: bool,
    current: Event,
    has_data: bool,
    last_id: String,
}

impl EventParser {
    /// Takes more bytes, and gives the events that they complete. What the stream ends in without an empty line
    /// after it is no event.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for &byte in bytes {
            let after_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\r' | b'\n' => events.extend(self.end_line()),
                byte => self.line.push(byte),
            }
        }
        events
    }

    /// How many bytes of a line without an end are kept.
    pub fn pending(&self) -> usize {
        self.line.len() + self.current.data.len()
    }

    fn end_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        let text = if self.begun { &*text } else { text.trim_start_matches('\u{feff}') };
        self.begun = true;
        if text.is_empty() {
            return self.dispatch();
        }
        let (name, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.current.event),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.current.data.push('\n');
                }
                self.current.data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.last_id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.current.retry = value.parse().ok()
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Event> {
        let mut event = std::mem::take(&mut self.current);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        if event.event.is_empty() {
            "message".clone_into(&mut event.event);
        }
        event.id.clone_from(&self.last_id);
        Some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, piece: usize) -> Vec<(String, String, String)> {
        let mut parser = EventParser::default();
        let events = text.as_bytes().chunks(piece).flat_map(|bytes| parser.push(bytes)).collect::<Vec<_>>();
        events.into_iter().map(|event| (event.event, event.data, event.id)).collect()
    }

    #[test]
    fn events_whatever_the_pieces() {
        let text = "\u{feff}: comment\ndata: a\ndata:b\r\nid: 7\n\nevent: x\rdata\r\rdata: é\nid\n\n\nevent: none\n\ndata: cut";
        let event = |event: &str, data: &str, id: &str| (event.to_owned(), data.to_owned(), id.to_owned());
        for piece in [1, 2, 3, 7, 1000] {
            assert_eq!(
                parse(text, piece),
                [event("message", "a\nb", "7"), event("x", "", "7"), event("message", "é", "")]
            );
        }
    }

    #[test]
    fn retry_is_digits() {
        let mut parser = EventParser::default();
        assert_eq!(
            parser
                .push(b"retry: 10\ndata: x\n\nretry: 1s\ndata: y\n\n")
                .iter()
                .map(|e| e.retry)
                .collect::<Vec<_>>(),
            [Some(10), None]
        );
    }
}
