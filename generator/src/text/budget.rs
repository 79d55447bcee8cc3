//! How much a document may contain.

/// The size of the largest document that is read, in bytes.
pub(super) const MAX_BYTES: usize = 256 << 20;

/// How deep objects and arrays may be nested.
pub(crate) const MAX_DEPTH: usize = 128;

/// The memory that all values together may take, in bytes, however short the text is: many small values take more
/// than their text, and YAML's aliases repeat what the text contains once.
const ROOM: usize = 64 << 20;

/// The memory that they may take in addition for each byte of text, so that a short text never becomes a large document.
const ROOM_PER_BYTE: usize = 8;

/// The memory that a value takes in addition to its text.
const VALUE: usize = 64;

/// The memory that is left.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
}

impl Budget {
    /// The budget for the values of a text of `bytes` bytes.
    pub(crate) fn of(bytes: usize) -> Self {
        Self { left: ROOM + ROOM_PER_BYTE * bytes }
    }

    /// Takes the memory of a value with `text` bytes of text.
    pub(crate) fn value(&mut self, text: usize) -> Result<(), &'static str> {
        self.take(VALUE + text)
    }

    /// Takes `room` bytes.
    pub(super) fn take(&mut self, room: usize) -> Result<(), &'static str> {
        let left = self.left.checked_sub(room);
        self.left = left.ok_or("the file contains too many values, including any repeated by aliases")?;
        Ok(())
    }

    /// How much has been taken since the time when `before` was left.
    pub(super) fn since(&self, before: usize) -> usize {
        before.saturating_sub(self.left)
    }

    /// How much is left.
    pub(super) fn left(&self) -> usize {
        self.left
    }
}
