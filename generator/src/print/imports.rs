//! The imports of a file: the models that it names, each on a line of its own. A glob import would be shorter,
//! but each name is resolved in each file, so that compile time would grow with the square of the document.

use std::collections::BTreeMap;

use foldhash::HashMap;

use super::printer::gate;
use crate::api::Model;
use crate::rust::{Crate, Member};

/// The models of a crate, with the features any of which compiles them.
pub(super) struct Imports<'a> {
    models: HashMap<&'a str, Named<'a>>,
    /// The features that compile alternatives of unions, which all crates have if there is one for each group.
    alternatives: Vec<&'a str>,
}

/// A model that a file may name.
#[derive(Clone, Copy)]
struct Named<'a> {
    features: &'a [String],
    /// The crate that has it.
    home: Home<'a>,
}

/// The crate that a file is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home<'a> {
    /// The crate that has or re-exports all models.
    Whole,
    /// That of the types.
    Types,
    /// That of the group with this feature.
    Group(&'a str),
    /// That of the types that the pieces of this group share.
    Shared(&'a str),
    /// A piece of this group.
    Piece(&'a str, usize),
}

impl<'a> Home<'a> {
    /// The crate of a workspace that has one for each group.
    pub(super) fn of(member: Member<'a>) -> Self {
        match member {
            Member::Types => Self::Types,
            Member::Group(part) => Self::Group(part.feature),
            Member::Shared(part) => Self::Shared(part.feature),
            Member::Piece(part, index) => Self::Piece(part.feature, index),
        }
    }

    /// The feature of the group, without which the crate isn't compiled.
    fn group(self) -> Option<&'a str> {
        match self {
            Self::Whole | Self::Types => None,
            Self::Group(feature) | Self::Shared(feature) | Self::Piece(feature, _) => Some(feature),
        }
    }

    /// Whether the crate has or re-exports the models of the other.
    fn sees(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole, _) | (_, Self::Types) => true,
            (Self::Piece(own, _), Self::Shared(group)) => own == group,
            _ => self == other,
        }
    }
}

impl<'a> Imports<'a> {
    pub(super) fn new(krate: &'a Crate<'_>) -> Self {
        let named = |model: &'a Model| {
            let home = krate.parts.as_ref().map_or(Home::Whole, |parts| Home::of(parts.of_model(model)));
            Named { features: &model.features, home }
        };
        let types = |model: &'a Model| {
            let named = named(model);
            model.types.iter().map(move |definition| (definition.name.as_str(), named))
        };
        let alternatives = krate.api.features.iter().filter(|feature| !feature.alternatives.is_empty());
        Self {
            models: krate.api.models.iter().flat_map(types).collect(),
            alternatives: alternatives.map(|feature| feature.name.as_str()).collect(),
        }
    }

    /// The lines for a file of the crate `home` with the text `text`, whose last line has an end, that is compiled with any
    /// of `features`.
    pub(super) fn of(&self, text: &str, features: &[String], home: Home<'_>) -> String {
        let mut named = BTreeMap::new();
        let mut own = Vec::new();
        let mut note = |word| {
            if let Some((name, needed)) = self.models.get_key_value(word) {
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
            .filter_map(|(name, named)| {
                let gate = self.gate(named, features, home)?;
                Some(format!("{gate}use crate::models::{name};\n"))
            })
            .collect()
    }

    /// What compiles the import of a model; none if the word can't be the model, which the crate doesn't see.
    fn gate(&self, named: Named<'_>, features: &[String], home: Home<'_>) -> Option<String> {
        let needed = named.features;
        if !home.sees(named.home) {
            return None;
        }
        if let Some(own) = home.group() {
            if needed.is_empty() || needed.iter().any(|feature| feature == own) {
                return Some(String::new());
            }
            // The crate is compiled with its feature, and has none of other groups.
            let known = needed.iter().filter(|feature| self.alternatives.contains(&feature.as_str()));
            let known: Vec<&String> = known.collect();
            return (!known.is_empty()).then(|| gate(known));
        }
        let is_there = !features.is_empty() && features.iter().all(|feature| needed.contains(feature));
        Some(if is_there { String::new() } else { gate(needed) })
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
        let named = Named { features: &[], home: Home::Whole };
        let models = ["A", "B", "C", "D\u{e9}", "E"].map(|name| (name, named)).into_iter().collect();
        let text = "/// A or [`B`], [more](field@C::c)\npub struct E {\n    d: \"A \\\" A\", Vec<D\u{e9}>, ::a::A,\n}\n";
        let lines = Imports { models, alternatives: Vec::new() }.of(text, &[], Home::Whole);
        assert_eq!(lines, "use crate::models::B;\nuse crate::models::C;\nuse crate::models::D\u{e9};\n");
    }

    #[test]
    fn what_is_not_always_compiled_is_not_always_imported() {
        let needed = ["a".to_owned(), "b".to_owned()];
        let named = Named { features: &needed, home: Home::Whole };
        let imports = Imports { models: [("A", named)].into_iter().collect(), alternatives: Vec::new() };
        let gated = "#[cfg(any(feature = \"a\", feature = \"b\"))]\nuse crate::models::A;\n";
        assert_eq!(imports.of("A\n", &[], Home::Whole), gated);
        assert_eq!(imports.of("A\n", &["c".to_owned()], Home::Whole), gated);
        assert_eq!(imports.of("A\n", &["b".to_owned()], Home::Whole), "use crate::models::A;\n");
    }

    #[test]
    fn a_crate_imports_what_it_sees() {
        let features =
            |names: &[&str]| -> Vec<String> { names.iter().map(|&name| name.to_owned()).collect() };
        let (own, other) = (features(&["a"]), features(&["b"]));
        let (shared, foreign, cats) = (features(&["a", "b"]), features(&["b", "c"]), features(&["cats"]));
        let named = |features, home| Named { features, home };
        let models = [
            ("Own", named(&own[..], Home::Group("a"))),
            ("Other", named(&other[..], Home::Group("b"))),
            ("Shared", named(&shared[..], Home::Types)),
            ("Foreign", named(&foreign[..], Home::Types)),
            ("Cat", named(&cats[..], Home::Types)),
            ("All", named(&[], Home::Types)),
        ];
        let imports = Imports { models: models.into_iter().collect(), alternatives: vec!["cats"] };
        let text = "Own Other Shared Foreign Cat All\n";
        assert_eq!(
            imports.of(text, &own, Home::Group("a")),
            "use crate::models::All;\n#[cfg(feature = \"cats\")]\nuse crate::models::Cat;\nuse crate::models::Own;\n\
             use crate::models::Shared;\n"
        );
        let of_types = imports.of(text, &[], Home::Types);
        assert!(
            !of_types.contains("Own") && !of_types.contains("Other") && of_types.contains("Foreign"),
            "{of_types}"
        );
    }

    #[test]
    fn a_piece_sees_what_its_group_shares() {
        let own = ["a".to_owned()];
        let homes = [
            ("Own", Home::Piece("a", 0)),
            ("Beside", Home::Piece("a", 1)),
            ("Shared", Home::Shared("a")),
            ("Other", Home::Shared("b")),
            ("Common", Home::Types),
        ];
        let models = homes.map(|(name, home)| (name, Named { features: &own[..], home }));
        let imports = Imports { models: models.into_iter().collect(), alternatives: Vec::new() };
        let text = "Own Beside Shared Other Common\n";
        assert_eq!(
            imports.of(text, &own, Home::Piece("a", 0)),
            "use crate::models::Common;\nuse crate::models::Own;\nuse crate::models::Shared;\n"
        );
        assert_eq!(
            imports.of(text, &own, Home::Shared("a")),
            "use crate::models::Common;\nuse crate::models::Shared;\n"
        );
    }
}
