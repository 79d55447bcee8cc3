//! Follows the values of a text as they start and end, and records where JSON Pointers lead.

use std::collections::{BTreeMap, BTreeSet};

use super::place::escape;

/// A line (from 1) and a column (in characters, from 0).
pub type Mark = (usize, usize);

enum Frame {
    /// An object, with the length of its pointer and the mark of the name whose value comes next.
    Object { length: usize, name: Option<Mark> },
    /// An array, with the length of its pointer and the index that comes next.
    Array { length: usize, index: usize },
}

/// A walk through a text that records the marks of the requested pointers.
pub(super) struct Walk<'w, 'a> {
    pointer: String,
    frames: Vec<Frame>,
    pub(super) found: BTreeMap<&'a str, Mark>,
    pointers: &'w BTreeSet<&'a str>,
}

impl<'w, 'a> Walk<'w, 'a> {
    pub(super) fn new(pointers: &'w BTreeSet<&'a str>) -> Self {
        Self { pointer: String::new(), frames: Vec::new(), found: BTreeMap::new(), pointers }
    }

    /// Whether all requested pointers are found.
    pub(super) fn is_done(&self) -> bool {
        self.found.len() == self.pointers.len()
    }

    /// Whether the next string is the name of a member.
    pub(super) fn awaits_name(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Object { name: None, .. }))
    }

    /// The name of a member, where one is awaited.
    pub(super) fn name(&mut self, text: &str, mark: Mark) {
        if let Some(Frame::Object { length, name }) = self.frames.last_mut() {
            self.pointer.truncate(*length);
            self.pointer.push('/');
            self.pointer.push_str(&escape(text));
            *name = Some(mark);
        }
    }

    /// A value that contains no others.
    pub(super) fn scalar(&mut self, mark: Mark) {
        self.start(mark);
        self.end();
    }

    /// An object starts.
    pub(super) fn object(&mut self, mark: Mark) {
        self.start(mark);
        self.frames.push(Frame::Object { length: self.pointer.len(), name: None });
    }

    /// An array starts.
    pub(super) fn array(&mut self, mark: Mark) {
        self.start(mark);
        self.frames.push(Frame::Array { length: self.pointer.len(), index: 0 });
    }

    /// An object or an array ends.
    pub(super) fn close(&mut self) {
        if let Some(Frame::Object { length, .. } | Frame::Array { length, .. }) = self.frames.pop() {
            self.pointer.truncate(length);
        }
        self.end();
    }

    /// A value starts.
    fn start(&mut self, mut mark: Mark) {
        match self.frames.last() {
            Some(Frame::Object { name: Some(name), .. }) => mark = *name,
            Some(Frame::Array { length, index }) => {
                self.pointer.truncate(*length);
                self.pointer.push_str(&format!("/{index}"));
            }
            _ => {}
        }
        if let Some(pointer) = self.pointers.get(self.pointer.as_str()) {
            self.found.entry(pointer).or_insert(mark);
        }
    }

    /// A value ends.
    fn end(&mut self) {
        match self.frames.last_mut() {
            Some(Frame::Object { name, .. }) => *name = None,
            Some(Frame::Array { index, .. }) => *index += 1,
            None => {}
        }
    }
}
