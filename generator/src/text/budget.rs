//! How much a document may hold.

/// The largest document that is read, in bytes.
pub(super) const MAX_BYTES: usize = 256 << 20;

/// How deep objects and arrays may be nested.
pub(super) const MAX_DEPTH: usize = 128;

/// What all values may take together, in bytes, whatever the text: many small values take more room than their
/// text does, and YAML's aliases repeat what stands in the text once.
const ROOM: usize = 64 << 20;

/// What they may take for each byte of text beyond that, so that a short text is never a large document.
const ROOM_PER_BYTE: usize = 8;

/// What a value takes beside its text.
const VALUE: usize = 64;

/// The room that is left.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// The room that the values of a text of `bytes` bytes have.
    pub(super) fn of(bytes: usize) -> Self {
        Self { left: ROOM + ROOM_PER_BYTE * bytes }
    }

    /// Takes the room of a value with `text` bytes of text.
    pub(super) fn value(&mut self, text: usize) -> Result<(), &'static str> {
        self.take(VALUE + text)
    }

    /// Takes `room` bytes.
    pub(super) fn take(&mut self, room: usize) -> Result<(), &'static str> {
        let left = self.left.checked_sub(room);
        self.left = left.ok_or("the file holds more values, with those its aliases repeat, than are read")?;
        Ok(())
    }

    /// How much has been taken since `before` was left.
    pub(super) fn since(&self, before: usize) -> usize {
        before.saturating_sub(self.left)
    }

    /// How much is left.
    pub(super) fn left(&self) -> usize {
        self.left
    }
}
