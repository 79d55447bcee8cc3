//! Where in a JSON text a JSON Pointer leads.

use std::collections::{BTreeMap, BTreeSet};

/// The line (from 1) and the column (in characters, from 0) of each of `pointers` that is in the text: the
/// member's name, or the element. What isn't JSON is taken as far as it goes.
pub(super) fn locate<'a>(text: &str, pointers: &BTreeSet<&'a str>) -> BTreeMap<&'a str, (usize, usize)> {
    let mut scan = Scan { rest: text, line: 1, column: 0 };
    let mut walk = Walk { pointer: String::new(), frames: Vec::new(), found: BTreeMap::new(), pointers };
    scan.skip_space();
    walk.note(scan.mark());
    while walk.found.len() < pointers.len() {
        scan.skip_space();
        let Some(first) = scan.rest.chars().next() else { break };
        let mark = scan.mark();
        match first {
            '{' => walk.open(mark, Frame::Object { length: walk.pointer.len(), name: None }),
            '[' => walk.open(mark, Frame::Array { length: walk.pointer.len(), index: 0 }),
            '}' | ']' => walk.close(),
            ',' => walk.next(),
            '"' => {
                let text = scan.string();
                walk.string(mark, text);
                continue;
            }
            ':' => {}
            _ => walk.value(mark),
        }
        scan.skip(first);
    }
    walk.found
}

enum Frame {
    /// An object: the length of its pointer, and the mark of the name whose value comes next.
    Object { length: usize, name: Option<(usize, usize)> },
    /// An array: the length of its pointer, and the index of the element that comes next.
    Array { length: usize, index: usize },
}

struct Walk<'w, 'a> {
    pointer: String,
    frames: Vec<Frame>,
    found: BTreeMap<&'a str, (usize, usize)>,
    pointers: &'w BTreeSet<&'a str>,
}

impl Walk<'_, '_> {
    /// Notes the place that the pointer leads to.
    fn note(&mut self, mark: (usize, usize)) {
        if let Some(pointer) = self.pointers.get(self.pointer.as_str()) {
            self.found.entry(pointer).or_insert(mark);
        }
    }

    /// A value begins; in an array it is an element.
    fn value(&mut self, mark: (usize, usize)) {
        if let Some(Frame::Array { length, index }) = self.frames.last() {
            self.pointer.truncate(*length);
            self.pointer.push_str(&format!("/{index}"));
            self.note(mark);
        }
    }

    fn open(&mut self, mark: (usize, usize), mut frame: Frame) {
        self.value(mark);
        let (Frame::Object { length, .. } | Frame::Array { length, .. }) = &mut frame;
        *length = self.pointer.len();
        self.frames.push(frame);
    }

    fn close(&mut self) {
        if let Some(Frame::Object { length, .. } | Frame::Array { length, .. }) = self.frames.pop() {
            self.pointer.truncate(length);
        }
    }

    /// A comma: another member or element.
    fn next(&mut self) {
        match self.frames.last_mut() {
            Some(Frame::Object { name, .. }) => *name = None,
            Some(Frame::Array { index, .. }) => *index += 1,
            None => {}
        }
    }

    /// A string, quotes included: a member's name, or a value.
    fn string(&mut self, mark: (usize, usize), text: &str) {
        match self.frames.last_mut() {
            Some(Frame::Object { length, name: name @ None }) => {
                *name = Some(mark);
                self.pointer.truncate(*length);
                self.pointer.push('/');
                let name: String = serde_json::from_str(text).unwrap_or_default();
                self.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                self.note(mark);
            }
            _ => self.value(mark),
        }
    }
}

struct Scan<'t> {
    rest: &'t str,
    line: usize,
    column: usize,
}

impl<'t> Scan<'t> {
    fn mark(&self) -> (usize, usize) {
        (self.line, self.column)
    }

    /// Passes the first character, `c`.
    fn skip(&mut self, c: char) {
        self.rest = &self.rest[c.len_utf8()..];
        if c == '\n' {
            self.line += 1;
            self.column = 0;
        } else {
            self.column += 1;
        }
    }

    fn skip_space(&mut self) {
        while let Some(c) = self.rest.chars().next().filter(|c| c.is_whitespace() || *c == '\u{feff}') {
            self.skip(c);
        }
    }

    /// Passes the string that begins here, and gives it with its quotes.
    fn string(&mut self) -> &'t str {
        let whole = self.rest;
        self.skip('"');
        let mut escaped = false;
        while let Some(c) = self.rest.chars().next() {
            self.skip(c);
            match c {
                '"' if !escaped => break,
                '\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        &whole[..whole.len() - self.rest.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, pointer: &str) -> Option<(usize, usize)> {
        locate(text, &BTreeSet::from([pointer])).get(pointer).copied()
    }

    #[test]
    fn members_and_elements() {
        let text = "{\"a\": {\"b/c\":\n[1, {\"d\": \"x\"}, [[], 3]]},\n \"e\": 2}";
        assert_eq!(find(text, ""), Some((1, 0)));
        assert_eq!(find(text, "/a/b~1c/1/d"), Some((2, 5)));
        assert_eq!(find(text, "/a/b~1c/2/1"), Some((2, 21)));
        assert_eq!(find(text, "/e"), Some((3, 1)));
        assert_eq!(find(text, "/a/b~1c/7"), None);
    }

    #[test]
    fn escapes_and_broken_texts() {
        let text = "{\"\\ud83d\\ude00 \\\"}\\\\\": [\"\\\"]\", {\"é\": 1, \"x\": 2}]}";
        assert_eq!(find(text, "/😀 \"}\\/1/x"), Some((1, 40)));
        for broken in ["{", "}", "]", "{\"a", "{\"a\": [}", ",,:", "{\"a\" \"b\"}", "\"\\"] {
            assert_eq!(find(broken, "/none"), None, "{broken}");
        }
    }
}
