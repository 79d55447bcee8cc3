//! Bodies that are sequences of items: how they are written, and how an item is read.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use serde_json::Value;

use crate::http::events::Event;
use crate::http::operation::Operation;
use crate::http::pieces::Piece;
use crate::json::decode::{FromJson, Mode, from_text};
use crate::json::decode_error::DecodeError;

/// An operation whose response is a sequence of items that can be read as they arrive.
pub trait Streamed: Operation {
    /// An item.
    type Item: StreamItem;

    /// How the items are written.
    const FORMAT: ItemFormat;
}

/// How the items of a body are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemFormat {
    pub(crate) framing: Framing,
    end: &'static str,
}

/// How items follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    Events(EventData),
    Lines,
    Sequence,
}

/// What the data of a server-sent event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventData {
    /// The item, as JSON.
    Item,
    /// The property `data` of the item, as text. The item is the event, an object with `event`, `data`, `id` and `retry`.
    Text,
    /// The property `data` of the item, as JSON.
    Json,
    /// The property `data` of the item: text in the events of these types, JSON in the others.
    JsonExcept(&'static [&'static str]),
}

impl ItemFormat {
    /// Each line is a JSON text: JSON Lines, NDJSON.
    pub const LINES: Self = Self { framing: Framing::Lines, end: "" };
    /// A JSON text sequence (RFC 7464).
    pub const SEQUENCE: Self = Self { framing: Framing::Sequence, end: "" };

    /// Server-sent events.
    pub const fn events(data: EventData) -> Self {
        Self { framing: Framing::Events(data), end: "" }
    }

    /// A piece with this text ends the sequence and isn't an item, such as `[DONE]`.
    #[must_use]
    pub const fn until(self, end: &'static str) -> Self {
        Self { end, ..self }
    }

    /// An item as it is on the wire.
    #[cfg(feature = "test-util")]
    pub(crate) fn written(&self, item: &Value) -> String {
        match self.framing {
            Framing::Lines => format!("{item}\n"),
            Framing::Sequence => format!("\u{1e}{item}\n"),
            Framing::Events(EventData::Item) => event_text("", &item.to_string()),
            Framing::Events(data) => {
                let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
                let mut head = String::new();
                for name in ["event", "id"].into_iter().filter(|name| !text(name).is_empty()) {
                    head.push_str(&format!("{name}: {}\n", text(name)));
                }
                if let Some(retry) = item.get("retry").and_then(Value::as_u64) {
                    head.push_str(&format!("retry: {retry}\n"));
                }
                let json = item.get("data").filter(|_| data.is_json(text("event")));
                event_text(&head, &json.map_or_else(|| text("data").to_owned(), Value::to_string))
            }
        }
    }

    /// Whether the piece says that no other follows.
    pub(crate) fn is_end(&self, piece: &Piece) -> bool {
        !self.end.is_empty() && piece.text().trim() == self.end
    }
}

/// What an item of a stream can be read as: a type of the document, or an [`Event`] as it is.
pub trait StreamItem: Sized + 'static {
    /// Reads an item.
    ///
    /// # Errors
    /// The piece doesn't fit the type.
    #[doc(hidden)]
    fn of(piece: &Piece, format: &ItemFormat) -> Result<Self, DecodeError>;
}

impl<T: FromJson> StreamItem for T {
    fn of(piece: &Piece, format: &ItemFormat) -> Result<Self, DecodeError> {
        let data = match format.framing {
            Framing::Events(data) => data,
            Framing::Lines | Framing::Sequence => EventData::Item,
        };
        match piece {
            Piece::NotUtf8(_) => Err(DecodeError::new("not UTF-8")),
            Piece::Truncated(_) => Err(DecodeError::new("the text isn't finished")),
            Piece::Event(event) if data != EventData::Item => from_text(&object(event, data), Mode::Lenient),
            Piece::Event(_) | Piece::Text(_) => from_text(piece.text(), Mode::Lenient),
        }
    }
}

impl StreamItem for Event {
    fn of(piece: &Piece, _: &ItemFormat) -> Result<Self, DecodeError> {
        match piece {
            Piece::Event(event) => Ok(event.clone()),
            _ => Err(DecodeError::new("not an event")),
        }
    }
}

impl EventData {
    /// Whether the data of events of the type `name` is JSON.
    fn is_json(self, name: &str) -> bool {
        match self {
            Self::Item | Self::Json => true,
            Self::Text => false,
            Self::JsonExcept(names) => !names.contains(&name),
        }
    }
}

/// An event with this data, after the lines `head`.
#[cfg(feature = "test-util")]
fn event_text(head: &str, data: &str) -> String {
    let lines: String = data.split('\n').map(|line| format!("data: {line}\n")).collect();
    format!("{head}{lines}\n")
}

/// The event as the text of a JSON object.
fn object(event: &Event, data: EventData) -> String {
    let string = |text: &str| Value::from(text).to_string();
    // Checked by itself, so that it can't close the object around it. What isn't JSON is told by the type, if it has to be.
    let is_json =
        data.is_json(&event.event) && serde_json::from_str::<serde::de::IgnoredAny>(&event.data).is_ok();
    let value = if is_json { event.data.clone() } else { string(&event.data) };
    let mut text = format!("{{\"event\":{},\"data\":{value}", string(&event.event));
    if !event.id.is_empty() {
        text.push_str(&format!(",\"id\":{}", string(&event.id)));
    }
    if let Some(retry) = event.retry {
        text.push_str(&format!(",\"retry\":{retry}"));
    }
    text.push('}');
    text
}

impl Serialize for Event {
    /// As an object with what the event has.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut event = serializer.serialize_struct("Event", 4)?;
        event.serialize_field("event", &self.event)?;
        event.serialize_field("data", &self.data)?;
        if !self.id.is_empty() {
            event.serialize_field("id", &self.id)?;
        }
        if let Some(retry) = self.retry {
            event.serialize_field("retry", &retry)?;
        }
        event.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::value::Json;
    use crate::json::writer::to_vec;

    fn event(event: &str, data: &str) -> Piece {
        Piece::Event(Event {
            event: event.to_owned(),
            data: data.to_owned(),
            id: "7".to_owned(),
            retry: Some(5),
        })
    }

    fn read(data: EventData, piece: &Piece) -> Result<String, String> {
        let read = Json::of(piece, &ItemFormat::events(data));
        let written = |json: Json| String::from_utf8(to_vec(&json).unwrap()).unwrap();
        read.map(written).map_err(|error| error.to_string())
    }

    #[test]
    fn an_event_is_its_data_or_an_object() {
        let piece = event("tick", "{\"n\": 12345678901234567890.10}");
        let around = |data: &str| format!("{{\"event\":\"tick\",\"data\":{data},\"id\":\"7\",\"retry\":5}}");
        assert_eq!(read(EventData::Item, &piece).unwrap(), "{\"n\":12345678901234567890.10}");
        assert_eq!(read(EventData::Json, &piece).unwrap(), around("{\"n\":12345678901234567890.10}"));
        let text = around("\"{\\\"n\\\": 12345678901234567890.10}\"");
        assert_eq!(read(EventData::Text, &piece).unwrap(), text);
        assert_eq!(read(EventData::JsonExcept(&["tick"]), &piece).unwrap(), text);
    }

    #[test]
    fn data_can_t_leave_its_property() {
        let piece = event("tick", "1, \"event\": \"other\"");
        let text = r#"{"event":"tick","data":"1, \"event\": \"other\"","id":"7","retry":5}"#;
        assert_eq!(read(EventData::Json, &piece).unwrap(), text);
    }

    #[test]
    fn the_end_is_told_by_the_setting() {
        let format = ItemFormat::LINES.until("[DONE]");
        assert!(format.is_end(&Piece::Text("[DONE]".to_owned())));
        assert!(!format.is_end(&Piece::Text("[]".to_owned())));
        assert!(!ItemFormat::LINES.is_end(&Piece::Text(String::new())));
    }
}
