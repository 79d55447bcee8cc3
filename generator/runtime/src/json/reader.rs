//! Reading JSON text value by value, each as the type that the caller expects.
//!
//! The reader finds where values begin and end. It leaves escapes, numbers and untyped values to
//! `serde_json`, so that one parser decides what is valid JSON. It isn't a serde deserializer: each layer of
//! visitors would add to run time, binary size and compile time.

use std::borrow::Cow;

use serde::de::{Deserialize, IgnoredAny};
use serde_json::{Map, Value};

use crate::json::decode::Mode;
use crate::json::decode_error::DecodeError;
use crate::json::kinds::Kinds;
use crate::json::strings::special;

/// Why a value can't be read. Boxed to keep `Result`s small, since most reads succeed.
pub type Fault = Box<DecodeError>;

/// How deeply arrays and objects may be nested, as in `serde_json`.
const MAX_DEPTH: usize = 128;

/// JSON text and a position in it.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// What to do with values that don't fit.
    pub(crate) mode: Mode,
}

/// A position that a [`Reader`] can return to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Creates a reader at the beginning of `text`.
    pub const fn new(text: &'a str, mode: Mode) -> Self {
        Self { text, at: 0, depth: 0, mode }
    }

    /// The current position.
    pub const fn place(&self) -> Place {
        Place { at: self.at, depth: self.depth }
    }

    /// Moves to `place`, backwards or forwards.
    pub const fn go_to(&mut self, place: Place) {
        self.at = place.at;
        self.depth = place.depth;
    }

    /// The kind of the next value, or [`Kinds::ANY`] if there is no valid one.
    pub fn kind(&mut self) -> Kinds {
        match self.peek() {
            Some(b'n') => Kinds::NULL,
            Some(b't' | b'f') => Kinds::BOOLEAN,
            Some(b'-' | b'0'..=b'9') => Kinds::NUMBER,
            Some(b'"') => Kinds::STRING,
            Some(b'[') => Kinds::ARRAY,
            Some(b'{') => Kinds::OBJECT,
            _ => Kinds::ANY,
        }
    }

    /// Skips `null` if it is next, and tells whether it was.
    pub fn null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.word("null")
    }

    /// Reads the next value as a boolean.
    ///
    /// # Errors
    /// It isn't a boolean.
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        match self.peek() {
            Some(b't') if self.word("true") => Ok(true),
            Some(b'f') if self.word("false") => Ok(false),
            _ => Err(self.expected("a boolean")),
        }
    }

    /// Reads the next value as a string, borrowed if it has no escapes.
    ///
    /// # Errors
    /// It isn't a string.
    pub fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string"));
        }
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut end = start;
        let mut has_escapes = false;
        loop {
            end = special(bytes, end);
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    end += 2;
                }
                _ => return Err(not_json()),
            }
        }
        self.at = end + 1;
        if has_escapes {
            let quoted = &self.text[start - 1..=end];
            return serde_json::from_str(quoted).map(Cow::Owned).map_err(|_| not_json());
        }
        Ok(Cow::Borrowed(&self.text[start..end]))
    }

    /// Reads the next value as a number and returns its digits, not yet validated. `what` names the expected
    /// type in errors.
    ///
    /// # Errors
    /// It isn't a number.
    pub fn number(&mut self, what: &str) -> Result<&'a str, Fault> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.expected(what));
        }
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.bytes().position(|byte| !is_part(&byte)).unwrap_or(rest.len());
        self.at += length;
        Ok(&rest[..length])
    }

    /// Reads the next value as an array, calling `each` to read every item.
    ///
    /// # Errors
    /// It isn't an array, or `each` fails.
    pub fn array(
        &mut self,
        mut each: impl FnMut(&mut Self, usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.enter(b'[', "an array")?;
        let mut index = 0;
        while self.next(b']', index == 0)? {
            each(self, index).map_err(|fault| below(fault, &format!("[{index}]")))?;
            index += 1;
        }
        Ok(())
    }

    /// Reads the next value as an object, calling `each` to read the value of every property.
    ///
    /// # Errors
    /// It isn't an object, or `each` fails.
    pub fn object(
        &mut self,
        mut each: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.enter(b'{', "an object")?;
        let mut is_first = true;
        while self.next(b'}', is_first)? {
            is_first = false;
            let name = self.string()?;
            if self.peek() != Some(b':') {
                return Err(not_json());
            }
            self.at += 1;
            each(self, name)?;
        }
        Ok(())
    }

    /// Reads the next value, whatever its type.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn value(&mut self) -> Result<Value, Fault> {
        self.by_serde()
    }

    /// Reads the next value as an object with values of any type.
    ///
    /// # Errors
    /// It isn't an object.
    pub fn map(&mut self) -> Result<Map<String, Value>, Fault> {
        self.by_serde()
    }

    /// Skips the next value.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn skip(&mut self) -> Result<(), Fault> {
        self.by_serde::<IgnoredAny>().map(|_| ())
    }

    /// The text of the property `name` of the next value, without moving past the value. `None` if the value
    /// isn't an object or has no string property of that name.
    pub fn peek_property(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let start = self.place();
        let mut found = None;
        let read = self.object(|reader, property| {
            if property != name {
                return reader.skip();
            }
            // If a name occurs more than once, the last one wins.
            let value = reader.place();
            found = reader.scalar();
            reader.go_to(value);
            reader.skip()
        });
        self.go_to(start);
        read.ok().and(found)
    }

    /// Reads the next value as text if it is a string, a boolean or a number, which is written without a fraction if
    /// that is zero.
    fn scalar(&mut self) -> Option<Cow<'a, str>> {
        match self.peek()? {
            b'"' => self.string().ok(),
            b't' | b'f' => self.boolean().ok().map(|value| if value { "true" } else { "false" }.into()),
            _ => {
                let digits = self.number("a number").ok()?;
                let whole = digits.trim_end_matches('0').strip_suffix('.');
                Some(whole.filter(|whole| !whole.contains(['e', 'E'])).unwrap_or(digits).into())
            }
        }
    }

    /// Checks that only whitespace follows.
    ///
    /// # Errors
    /// Something else follows.
    pub fn end(&mut self) -> Result<(), Fault> {
        if self.peek().is_none() { Ok(()) } else { Err(not_json()) }
    }

    /// The error for a next value that isn't `what`.
    pub fn expected(&mut self, what: &str) -> Fault {
        let got = match self.peek() {
            Some(b'n') => "null",
            Some(b't' | b'f') => "a boolean",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(b'"') => "a string",
            Some(b'[') => "an array",
            Some(b'{') => "an object",
            _ => return not_json(),
        };
        Box::new(DecodeError::new(format!("expected {what}, got {got}")))
    }

    /// Calls `read`, and returns to the current position if that fails.
    ///
    /// # Errors
    /// The errors of `read`.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let start = self.place();
        read(self).inspect_err(|_| self.go_to(start))
    }

    /// Calls `read` in [`Mode::Strict`].
    pub fn strictly<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let mode = std::mem::replace(&mut self.mode, Mode::Strict);
        let read = read(self);
        self.mode = mode;
        read
    }

    /// Skips whitespace and returns the next byte without consuming it.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                next => return next.copied(),
            }
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let is_next = self.text[self.at..].starts_with(word);
        if is_next {
            self.at += word.len();
        }
        is_next
    }

    fn enter(&mut self, open: u8, what: &str) -> Result<(), Fault> {
        if self.peek() != Some(open) {
            return Err(self.expected(what));
        }
        if self.depth == MAX_DEPTH {
            return Err(Box::new(DecodeError::new(format!("nested more than {MAX_DEPTH} levels deep"))));
        }
        self.at += 1;
        self.depth += 1;
        Ok(())
    }

    /// Whether another item or property precedes `close`. Consumes the comma before it, or `close` itself.
    fn next(&mut self, close: u8, is_first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            _ => Err(not_json()),
        }
    }

    fn by_serde<T: Deserialize<'a>>(&mut self) -> Result<T, Fault> {
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            _ => Err(not_json()),
        }
    }
}

fn not_json() -> Fault {
    Box::new(DecodeError::new("not JSON"))
}

/// `fault`, with its path starting at the object that holds the value as its property `name`.
pub fn below(mut fault: Fault, name: &str) -> Fault {
    fault.lower(name);
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(text: &str) -> Reader<'_> {
        Reader::new(text, Mode::Strict)
    }

    #[test]
    fn kinds_by_the_first_byte() {
        let kinds = ["null", " true", "-1", "\"a\"", "\n[1]", "{}", "x", ""].map(|text| reader(text).kind());
        let all = [Kinds::NULL, Kinds::BOOLEAN, Kinds::NUMBER, Kinds::STRING, Kinds::ARRAY, Kinds::OBJECT];
        assert_eq!(kinds[..6], all);
        assert_eq!(kinds[6..], [Kinds::ANY; 2]);
    }

    #[test]
    fn strings_are_those_of_serde_json() {
        for text in [
            r#""""#,
            r#""a b""#,
            r#""\u00e9\"\\ö""#,
            "\"\u{1f600}\"",
            r#""\ud800""#,
            r#""\x""#,
            r#""\é""#,
            "\"\n\"",
            "\"a",
            r#""a\""#,
        ] {
            let expected = serde_json::from_str::<String>(text).ok();
            assert_eq!(reader(text).string().ok().map(Cow::into_owned), expected, "{text}");
        }
    }

    #[test]
    fn texts_that_are_not_json_are_refused_where_serde_json_refuses_them() {
        for text in [
            "[1,]",
            "[,]",
            "[1 2]",
            "[",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "{\"a\":1",
            "{,}",
            "[1]]",
            "{} 1",
            "nul",
            "",
        ] {
            assert!(serde_json::from_str::<Value>(text).is_err());
            let mut reader = reader(text);
            let read = match reader.kind() {
                Kinds::ARRAY => reader.array(|reader, _| reader.skip()),
                Kinds::OBJECT => reader.object(|reader, _| reader.skip()),
                _ => reader.skip(),
            };
            assert!(read.and_then(|()| reader.end()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_property_is_looked_at_in_passing() {
        let mut reader = reader(r#" {"a":{"b":"x"},"b":1,"b":"y"} "#);
        assert_eq!(reader.peek_property("b").as_deref(), Some("y"));
        assert_eq!(reader.peek_property("a"), None);
        assert!(reader.value().and_then(|_| reader.end()).is_ok());
    }

    #[test]
    fn numbers_and_booleans_are_looked_at_as_text() {
        let seen = |text: &str| reader(text).peek_property("a").map(Cow::into_owned);
        for (json, text) in
            [("12", "12"), ("-3", "-3"), ("100", "100"), ("7.0", "7"), ("1.5", "1.5"), ("true", "true")]
        {
            assert_eq!(seen(&format!(r#"{{"a":{json},"b":0}}"#)).as_deref(), Some(text));
        }
        assert_eq!(seen(r#"{"a":null}"#), None);
        assert_eq!(seen(r#"{"a":[1]}"#), None);
    }
}
