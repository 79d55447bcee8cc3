//! Looking at a value before it is read, to choose the type that it is read as.

use std::borrow::Cow;

use crate::json::reader::{Fault, Reader};
use crate::json::scan::end_of_value;

/// How long a text is, in bytes, that isn't gone through twice. To remember the end of a shorter one takes longer, and it
/// holds so few others that it is gone through only so many times.
const LONG: usize = 256;

impl<'a> Reader<'a> {
    /// Like [`skip`](Self::skip), for a value that is going to be looked at again, or whose parts are. However
    /// often that happens, a long text is gone through once.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub(crate) fn pass(&mut self) -> Result<(), Fault> {
        if !matches!(self.peek(), Some(b'[' | b'{')) {
            return self.skip();
        }
        if let Some(end) = self.attempts.ends.get(&self.at) {
            self.at = *end;
            return Ok(());
        }
        let ends = &mut self.attempts.ends;
        let end = end_of_value(self.text, self.at, self.depth, |start, end| {
            if end - start >= LONG {
                ends.insert(start, end);
            }
        });
        self.at = end.map_err(|flaw| self.flawed(flaw))?;
        Ok(())
    }

    /// The names of the properties of the next value, without moving past it. None if it isn't an object.
    pub(crate) fn peek_names(&mut self) -> Vec<Cow<'a, str>> {
        let start = self.place();
        let mut names = Vec::new();
        // What is wrong with the text shows again when it is read.
        let _ = self.read_object(|reader| {
            names.push(reader.name()?);
            reader.pass()
        });
        self.go_to(start);
        names
    }

    /// The text of the property `name` of the next value, without moving past the value. `None` if the value
    /// isn't an object or has no scalar property of that name.
    pub fn peek_property(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let start = self.place();
        let mut found = None;
        let read = self.read_object(|reader| {
            // If a name occurs more than once, the last one wins.
            if reader.name()? == name {
                let value = reader.place();
                found = reader.scalar();
                reader.go_to(value);
            }
            reader.pass()
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
}
