//! Members of an object that were received and that nobody has asked for: kept as text, which costs less than a map of
//! values, and is sent back as it is.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

use crate::json::reader::{Fault, Reader};
use crate::json::strings::special;
use crate::json::writer::{ToJson, Writer};

/// Members as JSON text without escapes and whitespace, with a comma between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unread(String);

/// Members as text, and what it says once somebody has asked. As a trait, since whoever uses a model as a key is otherwise
/// warned that its hash could change, which asking doesn't do.
pub(crate) trait Held<T>: Send + Sync + UnwindSafe + RefUnwindSafe {
    fn text(&self) -> &Unread;

    /// The text to add to, if nobody has asked.
    fn text_mut(&mut self) -> Option<&mut Unread>;

    /// What the text says, according to `read`.
    fn ask(&self, read: fn(&Unread) -> T) -> &T;

    fn into_asked(self: Box<Self>, read: fn(&Unread) -> T) -> Box<T>;

    fn to_box(&self) -> Box<dyn Held<T>>;
}

#[derive(Clone)]
pub(crate) struct Asked<T> {
    text: Unread,
    answer: OnceLock<Box<T>>,
}

impl<T> Default for Asked<T> {
    fn default() -> Self {
        Self { text: Unread::default(), answer: OnceLock::new() }
    }
}

impl<T: Clone + Send + Sync + UnwindSafe + RefUnwindSafe + 'static> Held<T> for Asked<T> {
    fn text(&self) -> &Unread {
        &self.text
    }

    fn text_mut(&mut self) -> Option<&mut Unread> {
        self.answer.get().is_none().then_some(&mut self.text)
    }

    fn ask(&self, read: fn(&Unread) -> T) -> &T {
        self.answer.get_or_init(|| Box::new(read(&self.text)))
    }

    fn into_asked(self: Box<Self>, read: fn(&Unread) -> T) -> Box<T> {
        self.answer.into_inner().unwrap_or_else(|| Box::new(read(&self.text)))
    }

    fn to_box(&self) -> Box<dyn Held<T>> {
        Box::new(self.clone())
    }
}

impl<T> Clone for Box<dyn Held<T>> {
    fn clone(&self) -> Self {
        (**self).to_box()
    }
}

/// A value as JSON text.
pub(crate) struct Raw<'a>(pub &'a str);

impl Unread {
    /// Adds a member. `name` and `raw`, the text of a value, have no escapes.
    pub fn push(&mut self, name: &str, raw: &str) {
        self.0.reserve(name.len() + raw.len() + 4);
        self.0.push_str(if self.0.is_empty() { "\"" } else { ",\"" });
        self.0.push_str(name);
        self.0.push_str("\":");
        push_compact(&mut self.0, raw);
    }

    /// The text of an object with these members.
    pub fn to_object(&self) -> String {
        ["{", &self.0, "}"].concat()
    }

    /// Writes the members into an object.
    pub fn write_members(&self, json: &mut Writer) {
        if !self.0.is_empty() {
            json.separate(b'{');
            json.json_text(&self.0);
        }
    }

    /// The members, as often as they were received.
    pub fn members(&self) -> impl Iterator<Item = (&str, Raw<'_>)> {
        let mut rest = &self.0[..];
        std::iter::from_fn(move || {
            let name = rest.get(1..end_of_string(rest.as_bytes(), 0).checked_sub(1)?)?;
            let value = rest.get(name.len() + 3..)?;
            let end = end_of_value(value.as_bytes());
            rest = value.get(end + 1..).unwrap_or_default();
            Some((name, Raw(&value[..end])))
        })
    }
}

impl ToJson for Unread {
    fn write(&self, json: &mut Writer) {
        json.object(|json| self.write_members(json));
    }
}

impl ToJson for Raw<'_> {
    fn write(&self, json: &mut Writer) {
        json.json_text(self.0);
    }
}

impl<'a> Reader<'a> {
    /// The text of the next value, if it has no escapes and nothing may stand in for it. Otherwise doesn't move.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub(crate) fn raw_without_escapes(&mut self) -> Result<Option<&'a str>, Fault> {
        #[cfg(feature = "unions")]
        if self.attempts.takes_stand_ins() {
            return Ok(None);
        }
        let start = self.place();
        let raw = self.raw()?;
        if raw.contains('\\') {
            self.go_to(start);
            return Ok(None);
        }
        Ok(Some(raw))
    }
}

/// Where the string that begins at `at` ends. It has no escapes.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    bytes.len().min(special(bytes, at + 1) + 1)
}

/// Where the first value of `bytes` ends, which have neither escapes nor whitespace.
fn end_of_value(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_string(bytes, at) - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Adds the JSON text `raw`, which has no escapes, without the whitespace between its tokens.
fn push_compact(text: &mut String, raw: &str) {
    let bytes = raw.as_bytes();
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_string(bytes, at),
            b' ' | b'\t' | b'\n' | b'\r' => {
                text.push_str(&raw[start..at]);
                at += 1;
                start = at;
            }
            _ => at += 1,
        }
    }
    text.push_str(&raw[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_told_apart_in_text_without_whitespace() {
        let mut unread = Unread::default();
        for (name, raw) in [
            ("a", "{ \"b\" : [ 1,\n\t2.50 ], \"c d\": \"e  f\" }"),
            ("", "\" \""),
            ("{\u{e9}:,[", "null"),
            ("\u{2028}", "[ ]"),
            ("a", "-0"),
        ] {
            unread.push(name, raw);
        }
        let members: Vec<(&str, &str)> = unread.members().map(|(name, raw)| (name, raw.0)).collect();
        let expected = [
            ("a", "{\"b\":[1,2.50],\"c d\":\"e  f\"}"),
            ("", "\" \""),
            ("{\u{e9}:,[", "null"),
            ("\u{2028}", "[]"),
            ("a", "-0"),
        ];
        assert_eq!(members, expected);
        assert!(serde_json::from_str::<serde_json::Value>(&unread.to_object()).is_ok());
    }
}
