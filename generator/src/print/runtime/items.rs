//! The items that a module of the runtime consists of, as they stand in its text.

use std::collections::BTreeSet;

use super::modules;

/// An item of a module, or a member of an `impl`, a trait or an inline module.
pub(super) struct Item {
    /// All of it, with its attributes and documentation.
    pub text: &'static str,
    pub kind: Kind,
    /// Whether an empty line is before it.
    pub is_apart: bool,
    /// The text before and after the members; only the first if the item has none.
    pub frame: (&'static str, &'static str),
    pub members: Vec<Item>,
}

pub(super) enum Kind {
    Use,
    /// What has a name: a type, a function, a macro, an inline module.
    Named(&'static str),
    /// What implements a trait, or the methods of a type: the names of both, without paths.
    Impl {
        of: Option<&'static str>,
        on: &'static str,
    },
    /// The call of a macro, or the declaration of a module.
    Loose,
}

/// The items of `text`.
pub(super) fn items(text: &'static str) -> Vec<Item> {
    pieces(text).into_iter().map(|(piece, is_apart)| item(piece, is_apart)).collect()
}

impl Item {
    /// The item's lines of code before anything of its body.
    fn head(&self) -> &'static str {
        code_of(self.text)
    }

    pub fn is_public(&self) -> bool {
        self.head().starts_with("pub ")
    }

    /// Whether other modules can name it.
    pub fn is_exported(&self) -> bool {
        self.head().starts_with("pub")
    }

    pub fn is_hidden(&self) -> bool {
        let attributes = self.text.len() - self.head().len();
        self.text[..attributes].contains("#[doc(hidden)]")
    }

    /// Whether whoever can name the item sees this member of it.
    pub fn shows(&self, member: &Self) -> bool {
        !member.is_hidden() && (!matches!(self.kind, Kind::Impl { of: None, .. }) || member.is_public())
    }

    /// Whether only a client has a use for it.
    pub fn is_of_client(&self) -> bool {
        let attributes = self.text.len() - self.head().len();
        self.text[..attributes].contains("#[cfg(feature = \"client\")]")
    }

    pub fn is_macro(&self) -> bool {
        self.head().starts_with("macro_rules! ")
    }

    /// Whether it's the property table of objects.
    pub fn is_table(&self) -> bool {
        matches!(self.kind, Kind::Named("Table"))
    }

    pub fn is_trait(&self) -> bool {
        let head = self.head();
        let head = head.strip_prefix("pub ").or_else(|| head.strip_prefix("pub(crate) ")).unwrap_or(head);
        head.starts_with("trait ")
    }

    /// Whether it's a trait, an `impl` or an inline module, whose members are items of their own.
    fn has_members(head: &str) -> bool {
        let head = head.strip_prefix("pub ").or_else(|| head.strip_prefix("pub(crate) ")).unwrap_or(head);
        ["impl", "trait ", "mod "].iter().any(|start| head.starts_with(start))
    }
}

fn item(text: &'static str, is_apart: bool) -> Item {
    let head = code_of(text);
    let mut item = Item { text, kind: kind(head), is_apart, frame: (text, ""), members: Vec::new() };
    let closing = text.trim_end().rfind('\n').map(|at| at + 1);
    if let Some(closing) = closing.filter(|_| Item::has_members(head)) {
        let start = text.len() - head.len();
        if let Some(open) = head.find("{\n") {
            let body = start + open + "{\n".len();
            item.frame = (&text[..body], &text[closing..]);
            let members = pieces(&text[body..closing]).into_iter();
            item.members = members.map(|(text, is_apart)| self::item(text, is_apart)).collect();
        }
    }
    item
}

/// `text` from its first line of code.
fn code_of(text: &'static str) -> &'static str {
    let mut at = 0;
    let mut is_attribute = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        is_attribute |= trimmed.starts_with("#[");
        if !is_attribute && !trimmed.starts_with("//") && !trimmed.is_empty() {
            return text[at..].trim_start();
        }
        is_attribute &= !trimmed.ends_with(']');
        at += line.len();
    }
    ""
}

fn kind(head: &'static str) -> Kind {
    let mut rest = head;
    for word in ["pub ", "pub(crate) ", "pub(super) ", "unsafe ", "const fn ", "async fn ", "fn "] {
        if let Some(after) = rest.strip_prefix(word) {
            if word.ends_with("fn ") {
                return Kind::Named(modules::word(after));
            }
            rest = after;
        }
    }
    let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
    match first {
        "use" => Kind::Use,
        "struct" | "enum" | "trait" | "type" | "const" | "static" | "macro_rules!" => {
            Kind::Named(modules::word(after))
        }
        "mod" if !after.contains(';') || after.contains('{') => Kind::Named(modules::word(after)),
        _ if rest.starts_with("impl") => implementation(rest),
        _ => Kind::Loose,
    }
}

/// What `impl<..> Trait for Type` or `impl<..> Type` names.
fn implementation(head: &'static str) -> Kind {
    let head = head["impl".len()..].split('{').next().unwrap_or_default();
    let head = without_generics(head).split("\nwhere").next().unwrap_or_default();
    match head.split_once(" for ") {
        Some((of, on)) => Kind::Impl { of: Some(last_word(of)), on: last_word(on) },
        None => Kind::Impl { of: None, on: last_word(head) },
    }
}

/// What follows the list of parameters that `text` may begin with.
fn without_generics(text: &'static str) -> &'static str {
    let (mut depth, mut before) = (0, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            // The arrow of a closure's type closes nothing.
            '>' if before != '-' => depth -= 1,
            _ => {}
        }
        before = c;
        if depth == 0 {
            return if at == 0 { text } else { &text[at + 1..] };
        }
    }
    text
}

/// The last name of the path at the start of a type; `&` for a reference to any.
fn last_word(ty: &'static str) -> &'static str {
    if ty.trim_start().starts_with("&T") {
        return "&";
    }
    let mut rest = ty.trim_start().trim_start_matches(['&', '[', '(']);
    rest = rest.strip_prefix("dyn ").unwrap_or(rest);
    loop {
        let word = modules::word(rest);
        match rest[word.len()..].strip_prefix("::") {
            Some(after) => rest = after,
            None => return word,
        }
    }
}

/// The items in `text`, each with whether an empty line is before it. An item ends where a line does that ends a
/// statement or a block outside of all brackets.
fn pieces(text: &'static str) -> Vec<(&'static str, bool)> {
    let mut found = Vec::new();
    let (mut start, mut at, mut is_apart) = (None, 0, false);
    let mut brackets = Brackets::default();
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let trimmed = line.trim();
        if start.is_none() && (trimmed.is_empty() || trimmed.starts_with("//!")) {
            is_apart = true;
        } else {
            let begin = *start.get_or_insert(at);
            brackets.read(line);
            let is_code = !trimmed.starts_with("//") && !brackets.is_open();
            if is_code && trimmed.ends_with([';', '}']) {
                found.push((&text[begin..end], is_apart));
                (start, is_apart) = (None, false);
            }
        }
        at = end;
    }
    found
}

/// The brackets that are open, and whether a literal is.
#[derive(Default)]
pub(super) struct Brackets {
    depth: usize,
    is_literal: bool,
}

impl Brackets {
    pub const fn is_open(&self) -> bool {
        self.depth > 0 || self.is_literal
    }

    pub fn read(&mut self, line: &str) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '\\' if self.is_literal => 2,
                '/' if !self.is_literal && rest.starts_with("//") => return,
                '\'' if !self.is_literal => character(rest),
                _ => first.len_utf8(),
            };
            match first {
                '"' => self.is_literal = !self.is_literal,
                '(' | '[' | '{' if !self.is_literal => self.depth += 1,
                ')' | ']' | '}' if !self.is_literal => self.depth -= 1,
                _ => {}
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

/// The length of the character literal that `text` begins with; of the quote if it's that of a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].chars();
    match (inside.next(), inside.next(), inside.next()) {
        (Some('\\'), Some(_), Some('\'')) => 4,
        (Some(one), Some('\''), _) => 2 + one.len_utf8(),
        _ => 1,
    }
}

/// The names in the code of `text`, but for the modules that paths go through.
pub(super) fn words(text: &'static str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    each_word(text, &mut |word, _| {
        found.insert(word);
    });
    found
}

/// The names in the code of `text` that may be of members: behind a dot or a path.
pub(super) fn members(text: &'static str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    each_word(text, &mut |word, before| {
        if before.ends_with(['.', ':']) {
            found.insert(word);
        }
    });
    found
}

fn each_word(text: &'static str, each: &mut dyn FnMut(&'static str, &'static str)) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if first == '\'' {
            rest = &rest[character(rest)..];
        } else if first == '"' {
            rest = literal(&rest[1..], each);
        } else if let Some(path) = rest.strip_prefix("crate::") {
            rest = behind_module(path);
        } else {
            let word = modules::word(rest);
            each(word, &text[..text.len() - rest.len()]);
            rest = &rest[if word.is_empty() { first.len_utf8() } else { word.len() }..];
        }
    }
}

/// What follows the literal whose text begins here; notes the names in its braces.
fn literal(text: &'static str, each: &mut dyn FnMut(&'static str, &'static str)) -> &'static str {
    let after = modules::after_literal(text);
    let inside = &text[..text.len() - after.len()];
    for (at, _) in inside.match_indices('{') {
        each(modules::word(&inside[at + 1..]), "");
    }
    after
}

/// What follows the module that the path leads to or into.
fn behind_module(path: &'static str) -> &'static str {
    let first = modules::word(path);
    let second = path[first.len()..].strip_prefix("::").map(modules::word).unwrap_or_default();
    match second {
        "" => path,
        _ if modules::module_of(&[first, second]).is_some_and(|module| module.contains('/')) => {
            &path[first.len() + 2 + second.len()..]
        }
        _ => &path[first.len()..],
    }
}

#[cfg(test)]
mod tests {
    use openapi_rust_runtime::sources::SOURCES;

    use super::*;

    #[test]
    fn every_module_is_taken_apart_without_a_loss() {
        for (path, text) in SOURCES {
            let text = modules::without_tests(text);
            let lines = |text: &str| -> Vec<String> {
                let is_code =
                    |line: &&str| !line.is_empty() && !line.starts_with("//!") && !line.starts_with("#![");
                text.lines().map(str::trim).filter(is_code).map(str::to_owned).collect()
            };
            let mut found = Vec::new();
            for item in items(text) {
                assert!(syn::parse_file(item.text).is_ok(), "{path}: {}", item.text);
                found.extend(lines(item.frame.0));
                item.members.iter().for_each(|member| found.extend(lines(member.text)));
                found.extend(lines(item.frame.1));
            }
            assert_eq!(found, lines(text), "{path}");
        }
    }

    #[test]
    fn items_end_where_their_brackets_do() {
        let text = "const A: &str =\n    \"{\";\n\n#[a(\n    b,\n)]\nfn f() -> char {\n    '{'\n}\nuse a::{\n    b,\n};\n";
        let found: Vec<(usize, bool)> =
            pieces(text).iter().map(|(piece, is_apart)| (piece.lines().count(), *is_apart)).collect();
        assert_eq!(found, [(2, false), (6, true), (3, false)]);
    }

    #[test]
    fn names_are_those_of_code_and_of_what_literals_format() {
        let words = words("fn f<'a>() { g(\"b {c}\", '\"', crate::json::writer::d) } // e\n");
        assert_eq!(
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>(),
            ["a", "c", "d", "f", "fn", "g"]
        );
    }

    #[test]
    fn implementations_are_of_a_trait_on_a_type() {
        let of = |head: &'static str| match kind(head) {
            Kind::Impl { of, on } => (of, on),
            _ => (None, ""),
        };
        assert_eq!(of("impl<T: A<B>> c::D for e::F<T> {"), (Some("D"), "F"));
        assert_eq!(of("impl<'a> A<'a> {"), (None, "A"));
        assert_eq!(of("impl<R, C: FnMut(u8) -> R> A<C> {"), (None, "A"));
        assert_eq!(of("impl<T: A + ?Sized> A for &T {"), (Some("A"), "&"));
    }
}
