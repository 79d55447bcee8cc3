//! Server-sent events (WHATWG HTML, section 9.2).

/// An event of a `text/event-stream`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The event type; `message` by default.
    pub event: String,
    /// The data; multiple lines are joined with line feeds.
    pub data: String,
    /// The last event id that the server sent; a client can resume the stream from it.
    pub id: String,
    /// How long to wait before reconnecting, in milliseconds, if the server sent it.
    pub retry: Option<u64>,
}

/// Parses events incrementally from chunks of bytes.
#[derive(Debug, Default)]
pub struct EventParser {
    /// The current, incomplete line.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return: a line feed after it doesn't end another line.
    after_return: bool,
    begun: bool,
    current: Event,
    has_data: bool,
    /// The id that the current event sets.
    new_id: String,
    last_id: String,
    reconnection_time: Option<u64>,
}

impl EventParser {
    /// Consumes more bytes and returns the events that they complete. An event at the end of the stream that
    /// no empty line terminates is discarded.
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

    /// The number of buffered bytes of an incomplete event.
    pub fn pending(&self) -> usize {
        self.line.len() + self.current.data.len()
    }

    /// The id of the last event, from which a client can resume the stream: it sends it as `Last-Event-ID`. Empty if there
    /// is none.
    pub fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server asks clients to wait before they reconnect, in milliseconds.
    pub fn reconnection_time(&self) -> Option<u64> {
        self.reconnection_time
    }

    /// A parser for the stream that resumes this one: ids and the reconnection time stay in force.
    pub fn resumed(&self) -> Self {
        Self {
            new_id: self.last_id.clone(),
            last_id: self.last_id.clone(),
            reconnection_time: self.reconnection_time,
            ..Self::default()
        }
    }

    fn end_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        let text = if self.begun { &*text } else { text.strip_prefix('\u{feff}').unwrap_or(&text) };
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
            "id" if !value.contains('\0') => value.clone_into(&mut self.new_id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.current.retry = value.parse().ok();
                self.reconnection_time = self.current.retry.or(self.reconnection_time);
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Event> {
        let mut event = std::mem::take(&mut self.current);
        // An event without data isn't dispatched, but its id counts.
        self.last_id.clone_from(&self.new_id);
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
    fn an_id_counts_once_its_event_is_complete() {
        let mut parser = EventParser::default();
        parser.push(b"retry: 5\n\nid: 1\n\nid: 2\ndata: x\n");
        assert_eq!((parser.last_id(), parser.reconnection_time()), ("1", Some(5)));
        let mut resumed = parser.resumed();
        assert_eq!(resumed.push(b"data: y\n\n")[0].id, "1");
        assert_eq!(resumed.reconnection_time(), Some(5));
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
