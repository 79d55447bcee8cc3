//! Where in a JSON text JSON Pointers lead.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{Mark, Walk};

/// The mark of each of `pointers` that is in the text: of the member's name, or of the element. A malformed text is
/// followed as far as possible.
pub(super) fn locate<'a>(text: &str, pointers: &BTreeSet<&'a str>) -> BTreeMap<&'a str, Mark> {
    let mut scan = Scan { rest: text, line: 1, column: 0 };
    let mut walk = Walk::new(pointers);
    while !walk.is_done() {
        scan.skip_space();
        let Some(first) = scan.rest.chars().next() else { break };
        let mark = scan.mark();
        match first {
            '{' => walk.object(mark),
            '[' => walk.array(mark),
            '}' | ']' => walk.close(),
            ',' | ':' => {}
            '"' => {
                let text = scan.string();
                if walk.awaits_name() {
                    walk.name(&serde_json::from_str::<String>(text).unwrap_or_default(), mark);
                } else {
                    walk.scalar(mark);
                }
                continue;
            }
            _ => {
                scan.word();
                walk.scalar(mark);
                continue;
            }
        }
        scan.skip(first);
    }
    walk.found
}

/// The keys of a JSON text that objects have twice, and where they have them again.
pub(super) fn repeated(text: &str) -> Vec<(String, Mark)> {
    let mut scan = Scan { rest: text, line: 1, column: 0 };
    // The names of the objects that are open, and `None` for arrays.
    let mut open: Vec<Option<BTreeSet<String>>> = Vec::new();
    let (mut awaits_name, mut repeated) = (false, Vec::new());
    loop {
        scan.skip_space();
        let Some(first) = scan.rest.chars().next() else { return repeated };
        let mark = scan.mark();
        match first {
            '{' => open.push(Some(BTreeSet::new())),
            '[' => open.push(None),
            '}' | ']' => drop(open.pop()),
            '"' => {
                let name = scan.string();
                if let Some(Some(names)) = open.last_mut().filter(|_| awaits_name) {
                    let name = serde_json::from_str::<String>(name).unwrap_or_default();
                    if !names.insert(name.clone()) {
                        repeated.push((name, mark));
                    }
                }
                awaits_name = false;
                continue;
            }
            ',' | ':' => {}
            _ => {
                scan.word();
                continue;
            }
        }
        awaits_name = matches!(first, '{' | ',');
        scan.skip(first);
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

    /// Skips the first character, `c`.
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

    /// Skips a number, a literal, or whatever is there instead of one.
    fn word(&mut self) {
        while let Some(c) =
            self.rest.chars().next().filter(|c| !c.is_whitespace() && !"{}[],:\"".contains(*c))
        {
            self.skip(c);
        }
    }

    /// Skips the string that starts here and returns it with its quotes.
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
    fn names_that_an_object_has_twice() {
        let text = "{\"a\": [\"a\", \"a\", {\"x\": \"x\"}],\n \"x\": 1, \"\\u0061\": 2, \"x\": {\"a\": 1}}";
        assert_eq!(repeated(text), [("a".to_owned(), (2, 9)), ("x".to_owned(), (2, 22))]);
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
