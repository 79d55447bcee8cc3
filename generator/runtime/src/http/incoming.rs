//! Decodes the payloads of events: what the service sends without being asked.

use bytes::Bytes;
use http::HeaderMap;

use crate::json::decode::{DecodeError, FromJson, Mode, from_slice};
use crate::json::reader::Reader;
use crate::json::value::Json;
#[cfg(feature = "xml")]
use crate::xml::{nodes::Element, read};

/// The event whose payload is JSON; a value that doesn't fit its type is preserved as an unknown event.
///
/// # Errors
/// The body isn't JSON.
pub fn json<T: FromJson, E>(
    body: &[u8],
    variant: fn(T) -> E,
    unknown: fn(Json) -> E,
) -> Result<E, DecodeError> {
    from_slice(body).map(variant).or_else(|_| self::unknown(body, unknown))
}

/// The event whose payload is XML, whose root element is `root`.
///
/// # Errors
/// The body isn't XML, or doesn't fit its type.
#[cfg(feature = "xml")]
pub fn xml<T: FromJson, E>(body: &[u8], root: &Element, variant: fn(T) -> E) -> Result<E, DecodeError> {
    read::from_slice(body, root).map(variant)
}

/// The event whose payload is text.
///
/// # Errors
/// The body isn't UTF-8.
pub fn text<E>(body: &[u8], variant: fn(String) -> E) -> Result<E, DecodeError> {
    match std::str::from_utf8(body) {
        Ok(text) => Ok(variant(text.to_owned())),
        Err(_) => Err(DecodeError::new("not text: not UTF-8")),
    }
}

/// The event whose payload is bytes.
pub fn bytes<E>(body: &[u8], variant: fn(Bytes) -> E) -> E {
    variant(Bytes::copy_from_slice(body))
}

/// An event that the document doesn't declare.
///
/// # Errors
/// The body isn't JSON.
pub fn unknown<E>(body: &[u8], unknown: fn(Json) -> E) -> Result<E, DecodeError> {
    from_slice(body).map(unknown)
}

/// The text of the payload's scalar property `name`; `None` if it has none.
pub fn property(body: &[u8], name: &str) -> Option<String> {
    let mut reader = Reader::new(std::str::from_utf8(body).ok()?, Mode::Lenient);
    reader.peek_property(name).map(std::borrow::Cow::into_owned)
}

/// The value of the header that names the event.
///
/// # Errors
/// The header is missing, or isn't text.
pub fn name<'h>(headers: &'h HeaderMap, header: &'static str) -> Result<&'h str, DecodeError> {
    let value = headers.get(header);
    let value = value.ok_or_else(|| DecodeError::new(format!("the header {header} is missing")))?;
    value.to_str().map_err(|_| DecodeError::new(format!("the header {header} isn't text")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    enum Event {
        Number(i64),
        Text(String),
        Unknown(Json),
    }

    #[test]
    fn what_does_not_fit_is_preserved() {
        assert_eq!(json(b"7", Event::Number, Event::Unknown), Ok(Event::Number(7)));
        let unknown = json(b"\"x\"", Event::Number, Event::Unknown);
        assert!(matches!(unknown, Ok(Event::Unknown(value)) if value == "x".into()));
        assert!(json(b"{", Event::Number, Event::Unknown).is_err());
        assert_eq!(text(b"a=1", Event::Text), Ok(Event::Text("a=1".to_owned())));
        assert!(text(b"\xff", Event::Text).is_err());
    }

    #[test]
    fn a_property_is_found_as_text() {
        assert_eq!(property(br#"{"a": [1], "type": 3}"#, "type").as_deref(), Some("3"));
        assert_eq!(property(br#"{"type": "x.y"}"#, "type").as_deref(), Some("x.y"));
        for other in ["{", "[]", "{}", "\u{0}"] {
            assert_eq!(property(other.as_bytes(), "type"), None);
        }
        assert_eq!(property(b"\xff", "type"), None);
    }

    #[test]
    fn a_missing_header_is_named() {
        let error = name(&HeaderMap::new(), "X-Event").unwrap_err();
        assert!(error.to_string().contains("the header X-Event is missing"), "{error}");
    }
}
