//! Where in a text a JSON Pointer leads. Only asked when there is something to print.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser};

use super::escape;

/// The line (from 1) and the column (in characters, from 0) of each of `pointers` that is in the text, be it
/// YAML or JSON: the member's name, or the element.
pub(super) fn locate<'a>(text: &str, pointers: &BTreeSet<&'a str>) -> BTreeMap<&'a str, (usize, usize)> {
    if crate::source::is_json(text) {
        return super::json::locate(text, pointers);
    }
    let mut walk = Walk::new(pointers);
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        walk.event(&event, (span.start.line(), span.start.col()));
        if walk.is_done() {
            break;
        }
    }
    walk.found
}

/// A line (from 1) and a column (in characters, from 0).
pub(super) type Mark = (usize, usize);

enum Frame {
    /// An object: the length of its pointer, and the mark of the name whose value comes next.
    Object { length: usize, name: Option<Mark> },
    /// An array: the length of its pointer, and the index that comes next.
    Array { length: usize, index: usize },
}

/// Follows values as they begin and end, and notes the places that are asked for.
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

    /// Whether all that is asked for is found.
    pub(super) fn is_done(&self) -> bool {
        self.found.len() == self.pointers.len()
    }

    fn event(&mut self, event: &Event<'_>, mark: Mark) {
        match event {
            Event::Scalar(text, ..) if self.awaits_name() => self.name(text, mark),
            Event::Scalar(..) | Event::Alias(_) => self.scalar(mark),
            Event::MappingStart(..) => self.object(mark),
            Event::SequenceStart(..) => self.array(mark),
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            _ => {}
        }
    }

    /// Whether the next string is a member's name.
    pub(super) fn awaits_name(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Object { name: None, .. }))
    }

    /// A member's name, where one is awaited.
    pub(super) fn name(&mut self, text: &str, mark: Mark) {
        if let Some(Frame::Object { length, name }) = self.frames.last_mut() {
            self.pointer.truncate(*length);
            self.pointer.push('/');
            self.pointer.push_str(&escape(text));
            *name = Some(mark);
        }
    }

    /// A value that holds no others.
    pub(super) fn scalar(&mut self, mark: Mark) {
        self.begin(mark);
        self.end();
    }

    /// An object begins.
    pub(super) fn object(&mut self, mark: Mark) {
        self.begin(mark);
        self.frames.push(Frame::Object { length: self.pointer.len(), name: None });
    }

    /// An array begins.
    pub(super) fn array(&mut self, mark: Mark) {
        self.begin(mark);
        self.frames.push(Frame::Array { length: self.pointer.len(), index: 0 });
    }

    /// An object or an array ends.
    pub(super) fn close(&mut self) {
        if let Some(Frame::Object { length, .. } | Frame::Array { length, .. }) = self.frames.pop() {
            self.pointer.truncate(length);
        }
        self.end();
    }

    /// A value begins.
    fn begin(&mut self, mut mark: Mark) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_json_alike() {
        let pointers = BTreeSet::from(["", "/a/b~1c/1/d", "/e"]);
        let yaml = "a:\n  b/c:\n    - 1\n    - d: x\ne: 2\n";
        let expected = BTreeMap::from([("", (1, 0)), ("/a/b~1c/1/d", (4, 6)), ("/e", (5, 0))]);
        assert_eq!(locate(yaml, &pointers), expected);
        let json = "{\"a\": {\"b/c\":\n[1, {\"d\": \"x\"}]},\n \"e\": 2}";
        let found = locate(json, &pointers);
        assert_eq!(found["/a/b~1c/1/d"], (2, 5));
        assert_eq!(found["/e"], (3, 1));
        assert!(locate("a: [", &pointers).len() < 3);
    }
}
