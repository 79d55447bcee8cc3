//! Reading JSON text value by value, each as the type that the caller expects.
//!
//! It isn't a serde deserializer: each layer of visitors would add to run time, binary size and compile time,
//! and none of them would see a number's digits.

use std::borrow::Cow;

#[cfg(feature = "unions")]
use crate::json::attempts::Attempts;
use crate::json::decode::Mode;
use crate::json::decode_error::DecodeError;
use crate::json::kinds::Kinds;
use crate::json::nearest::Nearest;
use crate::json::scan::{
    Flaw, MAX_DEPTH, TOO_DEEP, end_of_number, end_of_value, flawed_escape, not_json, token,
};
use crate::json::strings::special;

/// Why a value can't be read. Boxed to keep `Result`s small, since most reads succeed.
pub type Fault = Box<DecodeError>;

/// How much of the stack reading may take, since what a level takes grows with the size of its type. Threads
/// have 2 MiB by default, some have 512 KiB. Printing takes more than reading, and happens on the same stack.
const MAX_STACK: usize = if cfg!(debug_assertions) { 384 << 10 } else { 192 << 10 };

/// JSON text and a position in it.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// What to do with values that don't fit.
    pub(crate) mode: Mode,
    /// What is known of the unions in the text.
    #[cfg(feature = "unions")]
    pub(crate) attempts: Attempts,
    /// What to do with integers that are out of range.
    pub(crate) nearest: Nearest,
    /// Why the text can't be read at all, as anything.
    pub(crate) flaw: Option<Flaw>,
    /// Where the stack was when reading began.
    #[cfg(feature = "nesting")]
    stack: usize,
}

/// A position that a [`Reader`] can return to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The byte of the text.
    pub(crate) at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Creates a reader at the beginning of `text`.
    pub fn new(text: &'a str, mode: Mode) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            mode,
            #[cfg(feature = "unions")]
            attempts: Attempts::default(),
            nearest: Nearest::default(),
            flaw: None,
            #[cfg(feature = "nesting")]
            stack: stack(),
        }
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
        self.peek() == Some(b'n') && self.word(b"null")
    }

    /// Reads the next value as a boolean.
    ///
    /// # Errors
    /// It isn't a boolean.
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        match self.peek() {
            Some(b't') if self.word(b"true") => Ok(true),
            Some(b'f') if self.word(b"false") => Ok(false),
            Some(b't' | b'f') => Err(self.broken()),
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
        let start = self.at;
        let mut end = start + 1;
        let mut has_escapes = false;
        loop {
            end = special(bytes, end);
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    end += 2;
                }
                _ => return Err(self.flawed(not_json(end))),
            }
        }
        self.at = end + 1;
        if !has_escapes {
            return Ok(Cow::Borrowed(&self.text[start + 1..end]));
        }
        let quoted = &self.text[start..=end];
        serde_json::from_str(quoted).map(Cow::Owned).map_err(|error| {
            // The escape that the column is of, or follows.
            let before = bytes.get(start..start + error.column()).unwrap_or_default();
            let escape = before.iter().rposition(|byte| *byte == b'\\');
            self.flawed(flawed_escape(bytes, start + escape.unwrap_or_default()))
        })
    }

    /// Reads the next value as a number and returns its digits. `what` names the expected type in errors.
    ///
    /// # Errors
    /// It isn't a number.
    pub fn number(&mut self, what: &str) -> Result<&'a str, Fault> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.expected(what));
        }
        let start = self.at;
        self.at = end_of_number(self.text.as_bytes(), start).map_err(|flaw| self.flawed(flaw))?;
        Ok(&self.text[start..self.at])
    }

    /// Reads the next value as an array, calling `each` to read every item.
    ///
    /// # Errors
    /// It isn't an array, or `each` fails.
    pub fn read_array(
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

    /// Reads the next value as an object, calling `each` to read the name and the value of every property.
    ///
    /// # Errors
    /// It isn't an object, or `each` fails.
    pub fn read_object(&mut self, mut each: impl FnMut(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.enter(b'{', "an object")?;
        let mut is_first = true;
        while self.next(b'}', is_first)? {
            is_first = false;
            each(self)?;
        }
        Ok(())
    }

    /// Reads the name of a property and the colon behind it.
    pub(crate) fn name(&mut self) -> Result<Cow<'a, str>, Fault> {
        let name = self.string()?;
        if self.peek() != Some(b':') {
            return Err(self.broken());
        }
        self.at += 1;
        Ok(name)
    }

    /// Skips the next value.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn skip(&mut self) -> Result<(), Fault> {
        let end = end_of_value(self.text, self.at, self.depth, |_, _| {});
        self.at = end.map_err(|flaw| self.flawed(flaw))?;
        Ok(())
    }

    /// The text of the next value.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn raw(&mut self) -> Result<&'a str, Fault> {
        self.kind();
        let start = self.at;
        self.skip()?;
        Ok(&self.text[start..self.at])
    }

    /// Checks that only whitespace follows.
    ///
    /// # Errors
    /// Something else follows.
    pub fn end(&mut self) -> Result<(), Fault> {
        if self.peek().is_none() { Ok(()) } else { Err(self.broken()) }
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
            _ => return self.broken(),
        };
        Box::new(DecodeError::new(format!("expected {what}, got {got}")))
    }

    /// The error for text that isn't JSON from here on.
    pub(crate) fn broken(&mut self) -> Fault {
        self.flawed(not_json(self.at))
    }

    /// The error for text that can't be read as anything. Where it is flawed is said when the error is reported.
    pub(crate) fn flawed(&mut self, flaw: Flaw) -> Fault {
        self.flaw.get_or_insert(flaw);
        Box::new(DecodeError::new(flaw.what))
    }

    /// Calls `read`, and returns to the current position if that fails.
    ///
    /// # Errors
    /// The errors of `read`.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let start = self.place();
        #[cfg(feature = "unions")]
        let tally = self.attempts.tally;
        read(self).inspect_err(|_| {
            self.go_to(start);
            #[cfg(feature = "unions")]
            self.attempts.forget_since(tally);
        })
    }

    /// Calls `read` in [`Mode::Strict`].
    pub fn strictly<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.in_mode(Mode::Strict, read)
    }

    /// Calls `read` in [`Mode::Lenient`].
    pub fn leniently<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.in_mode(Mode::Lenient, read)
    }

    fn in_mode<T>(&mut self, mode: Mode, read: impl FnOnce(&mut Self) -> T) -> T {
        let mode = std::mem::replace(&mut self.mode, mode);
        let read = read(self);
        self.mode = mode;
        read
    }

    /// Skips whitespace and returns the next byte without consuming it.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        self.at = token(self.text.as_bytes(), self.at);
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips `word` if it is next, and tells whether it was.
    pub(crate) fn word(&mut self, word: &[u8]) -> bool {
        let is_next = self.text.as_bytes()[self.at..].starts_with(word);
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    pub(crate) fn enter(&mut self, open: u8, what: &str) -> Result<(), Fault> {
        if self.peek() != Some(open) {
            return Err(self.expected(what));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.flawed(Flaw { at: self.at, what: TOO_DEEP }));
        }
        #[cfg(feature = "nesting")]
        self.check_stack()?;
        self.at += 1;
        self.depth += 1;
        Ok(())
    }

    /// Whether another item or property precedes `close`. Consumes the comma before it, or `close` itself.
    pub(crate) fn next(&mut self, close: u8, is_first: bool) -> Result<bool, Fault> {
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
            _ => Err(self.broken()),
        }
    }

    /// Checks that there is enough of the stack left for another level. If there isn't, an optional property
    /// is kept untyped, which takes less.
    ///
    /// # Errors
    /// There isn't.
    pub(crate) fn check_stack(&mut self) -> Result<(), Fault> {
        if stack().abs_diff(self.stack) <= MAX_STACK {
            return Ok(());
        }
        Err(Box::new(DecodeError::new("nested too deep for objects of this size")))
    }
}

/// About where the stack is.
#[inline(never)]
fn stack() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&here)).addr()
}

/// `fault`, with its path starting at the object that holds the value as its property `name`.
pub fn below(mut fault: Fault, name: &str) -> Fault {
    fault.lower(name);
    fault
}
