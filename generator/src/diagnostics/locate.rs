//! Where in a text a JSON Pointer leads. Only asked when there is something to print.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Marker, Parser};

/// The line (from 1) and the column (in characters, from 0) of each of `pointers` that is in the text, be it
/// YAML or JSON: the member's name, or the element.
pub(super) fn locate<'a>(text: &str, pointers: &BTreeSet<&'a str>) -> BTreeMap<&'a str, (usize, usize)> {
    if crate::source::is_json(text) {
        return super::json::locate(text, pointers);
    }
    let mut walk = Walk { pointer: String::new(), frames: Vec::new(), found: BTreeMap::new(), pointers };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        walk.event(&event, span.start);
        if walk.found.len() == pointers.len() {
            break;
        }
    }
    walk.found
}

enum Frame {
    /// An object: the length of its pointer, and the mark of the name whose value comes next.
    Object { length: usize, name: Option<Marker> },
    /// An array: the length of its pointer, and the index that comes next.
    Array { length: usize, index: usize },
}

struct Walk<'w, 'a> {
    pointer: String,
    frames: Vec<Frame>,
    found: BTreeMap<&'a str, (usize, usize)>,
    pointers: &'w BTreeSet<&'a str>,
}

impl Walk<'_, '_> {
    fn event(&mut self, event: &Event<'_>, mark: Marker) {
        match event {
            Event::Scalar(text, ..) => {
                if let Some(Frame::Object { length, name: name @ None }) = self.frames.last_mut() {
                    self.pointer.truncate(*length);
                    self.pointer.push('/');
                    self.pointer.push_str(&text.replace('~', "~0").replace('/', "~1"));
                    *name = Some(mark);
                } else {
                    self.begin(mark);
                    self.end();
                }
            }
            Event::Alias(_) => {
                self.begin(mark);
                self.end();
            }
            Event::MappingStart(..) => {
                self.begin(mark);
                self.frames.push(Frame::Object { length: self.pointer.len(), name: None });
            }
            Event::SequenceStart(..) => {
                self.begin(mark);
                self.frames.push(Frame::Array { length: self.pointer.len(), index: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                if let Some(Frame::Object { length, .. } | Frame::Array { length, .. }) = self.frames.pop() {
                    self.pointer.truncate(length);
                }
                self.end();
            }
            _ => {}
        }
    }

    /// A value begins.
    fn begin(&mut self, mut mark: Marker) {
        match self.frames.last() {
            Some(Frame::Object { name: Some(name), .. }) => mark = *name,
            Some(Frame::Array { length, index }) => {
                self.pointer.truncate(*length);
                self.pointer.push_str(&format!("/{index}"));
            }
            _ => {}
        }
        if let Some(pointer) = self.pointers.get(self.pointer.as_str()) {
            self.found.entry(pointer).or_insert((mark.line(), mark.col()));
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
