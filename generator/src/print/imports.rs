//! The imports of a file: the models that it names, each on a line of its own. A glob import would be shorter,
//! but each name is resolved in each file, so that compile time would grow with the square of the document.

use std::collections::BTreeMap;

use foldhash::HashMap;

use super::printer::gate;
use crate::api::Api;

/// The models of a crate, with the features any of which compiles them.
pub(super) struct Imports<'a> {
    features: HashMap<&'a str, &'a [String]>,
}

impl<'a> Imports<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let types = |model: &'a crate::api::Model| {
            model.types.iter().map(|definition| (definition.name.as_str(), &model.features[..]))
        };
        Self { features: api.models.iter().flat_map(types).collect() }
    }

    /// The lines for a file with the text `text`, whose last line has an end, that is compiled with any of `features`.
    pub(super) fn of(&self, text: &str, features: &[String]) -> String {
        let mut named = BTreeMap::new();
        let mut own = Vec::new();
        let mut note = |word| {
            if let Some((name, needed)) = self.features.get_key_value(word) {
                named.insert(*name, *needed);
            }
        };
        for line in lines(text).map(str::trim_ascii_start) {
            match line.strip_prefix("///") {
                Some(docs) => links(docs, &mut note),
                None => {
                    own.extend(defined(line));
                    words(line, &mut note);
                }
            }
        }
        let imported = named.into_iter().filter(|(name, _)| !own.contains(name));
        imported
            .map(|(name, needed)| {
                let is_there =
                    !features.is_empty() && features.iter().all(|feature| needed.contains(feature));
                let gate = if is_there { String::new() } else { gate(needed) };
                format!("{gate}use crate::models::{name};\n")
            })
            .collect()
    }
}

/// The lines of `text`, found several bytes at a time.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', text.as_bytes())
        .map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

/// The name of the type that a line defines.
fn defined(line: &str) -> Option<&str> {
    let rest = ["pub struct ", "pub enum ", "pub type "].iter().find_map(|start| line.strip_prefix(start))?;
    rest.bytes().position(|byte| !is_part(byte)).map_or(Some(rest), |end| rest.get(..end))
}

/// Calls `each` with the words of a line of Rust that can be types and stand outside string literals.
fn words<'t>(line: &'t str, each: &mut impl FnMut(&'t str)) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (start, byte) = (at, bytes[at]);
        at += 1;
        if byte == b'"' {
            at += end_of_literal(&line[at..]);
        } else if is_part(byte) {
            while at < bytes.len() && is_part(bytes[at]) {
                at += 1;
            }
            // What a path leads to needs no import.
            let is_type = !(byte.is_ascii_lowercase() || byte.is_ascii_digit());
            if is_type && !line[..start].ends_with("::") {
                each(&line[start..at]);
            }
        }
    }
}

/// Where what follows the closing quote begins.
fn end_of_literal(text: &str) -> usize {
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// Calls `each` with the words of a comment that rustdoc looks up: a link's target, or its text if it has none.
fn links<'t>(docs: &'t str, each: &mut impl FnMut(&'t str)) {
    for index in memchr::memchr_iter(b'[', docs.as_bytes()) {
        let Some((text, rest)) = docs[index + 1..].split_once(']') else { continue };
        let target = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        words(target.map_or(text, |(target, _)| target), each);
    }
}

/// Whether a word goes on with the byte; whatever is not ASCII is taken for a letter.
fn is_part(byte: u8) -> bool {
    static IS_PART: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            let ascii = byte as u8;
            table[byte] = ascii.is_ascii_alphanumeric() || ascii == b'_' || !ascii.is_ascii();
            byte += 1;
        }
        table
    };
    IS_PART[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_literals_and_prose_are_none() {
        let features = ["A", "B", "C", "D\u{e9}", "E"].map(|name| (name, &[][..])).into_iter().collect();
        let text = "/// A or [`B`], [more](field@C::c)\npub struct E {\n    d: \"A \\\" A\", Vec<D\u{e9}>, ::a::A,\n}\n";
        let lines = Imports { features }.of(text, &[]);
        assert_eq!(lines, "use crate::models::B;\nuse crate::models::C;\nuse crate::models::D\u{e9};\n");
    }

    #[test]
    fn what_is_not_always_compiled_is_not_always_imported() {
        let needed = ["a".to_owned(), "b".to_owned()];
        let imports = Imports { features: [("A", &needed[..])].into_iter().collect() };
        let gated = "#[cfg(any(feature = \"a\", feature = \"b\"))]\nuse crate::models::A;\n";
        assert_eq!(imports.of("A\n", &[]), gated);
        assert_eq!(imports.of("A\n", &["c".to_owned()]), gated);
        assert_eq!(imports.of("A\n", &["b".to_owned()]), "use crate::models::A;\n");
    }
}
