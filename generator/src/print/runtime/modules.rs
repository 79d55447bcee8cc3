//! The runtime's modules, by their paths below `src` without `.rs`, and what each names of the others.

use std::collections::BTreeSet;

use openapi_rust_runtime::sources::SOURCES;

/// A name that the prelude or the facade exports.
pub(super) struct Export {
    pub name: &'static str,
    /// The module that it is from.
    pub module: &'static str,
}

/// A `use` or `mod` of the prelude, the facade or a list of modules, with its attributes.
pub(super) struct Statement {
    /// The lines of it.
    pub text: &'static str,
    /// What it is without attributes and visibility, up to the semicolon.
    pub item: &'static str,
}

/// What a module names in vain, unless the crate's own files name it too: an arm of `object!` calls what checks unions
/// whose alternative another property chooses, and a crate that takes this arm makes such a union.
const NAMED_IN_VAIN: (&str, &str) = ("model/macros", "model/discriminated");

/// The text of the file at `path`.
pub(super) fn text(path: &str) -> Option<&'static str> {
    SOURCES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// The modules `wanted`, those that they name, those that these name, and so on.
pub(super) fn closure<'a>(wanted: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut left: Vec<&'static str> = wanted.into_iter().filter_map(known).collect();
    while let Some(module) = left.pop() {
        if found.insert(module) {
            let text = text(&format!("{module}.rs")).unwrap_or_default();
            let named = named(without_tests(text)).into_iter();
            left.extend(named.filter(|name| (module, *name) != NAMED_IN_VAIN));
        }
    }
    found
}

/// `text` without the tests at its end.
pub(super) fn without_tests(text: &'static str) -> &'static str {
    text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default()
}

/// The modules that the code in `text` names by paths that begin with `crate::`.
fn named(text: &'static str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for (_, path) in paths(text) {
        found.extend(module_of(&path));
    }
    found
}

/// Every path behind `crate::` in the code of `text`, and where it begins. Groups are taken apart.
fn paths(text: &'static str) -> Vec<(usize, Vec<&'static str>)> {
    let mut found = Vec::new();
    for (at, start) in text.match_indices("crate::") {
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        if !line.trim_start().starts_with("//") {
            let mut trees = Vec::new();
            tree(&text[at + start.len()..], &[], &mut trees);
            found.extend(trees.into_iter().map(|path| (at, path)));
        }
    }
    found
}

/// Reads a path or a tree of paths, each behind `parent`; gives what follows it.
fn tree<'t>(text: &'t str, parent: &[&'t str], found: &mut Vec<Vec<&'t str>>) -> &'t str {
    let mut path = parent.to_vec();
    let mut rest = text;
    loop {
        if let Some(mut inner) = rest.strip_prefix('{') {
            loop {
                inner = inner.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
                if inner.is_empty() {
                    return inner;
                }
                if let Some(after) = inner.strip_prefix('}') {
                    return after;
                }
                inner = tree(inner, &path, found);
            }
        }
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if end == 0 {
            // A glob, or no path at all.
            found.push(path);
            return rest.strip_prefix('*').unwrap_or_else(|| rest.get(1..).unwrap_or_default());
        }
        path.push(&rest[..end]);
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(after) => rest = after,
            None => {
                if let Some(alias) = rest.strip_prefix(" as ") {
                    let end = alias.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(alias.len());
                    path.push("as");
                    path.push(&alias[..end]);
                    rest = &alias[end..];
                }
                found.push(path);
                return rest;
            }
        }
    }
}

/// The module that a path leads to or into.
pub(super) fn module_of(path: &[&str]) -> Option<&'static str> {
    (1..=path.len().min(2)).rev().find_map(|length| known(&path[..length].join("/")))
}

/// The module called `name`, if there is one.
fn known(name: &str) -> Option<&'static str> {
    let is_it = |path: &&'static str| path.strip_suffix(".rs") == Some(name);
    let path = SOURCES.iter().map(|(path, _)| path).find(|path| is_it(path))?;
    path.strip_suffix(".rs")
}

/// What the prelude or the facade, the file at `path`, exports of modules.
pub(super) fn exports(path: &str) -> Vec<Export> {
    let mut found = Vec::new();
    for statement in statements(path) {
        for (_, path) in paths(statement.text) {
            let Some(module) = module_of(&path) else { continue };
            let name = match path[..] {
                [.., "self"] => path.get(path.len() - 2),
                _ => path.last(),
            };
            found.extend(name.map(|name| Export { name, module }));
        }
    }
    found
}

/// The statements of a file that has nothing else, in their order.
pub(super) fn statements(path: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let text = text(path).unwrap_or_default();
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let is_part = !line.trim().is_empty() && !line.starts_with("//") && !line.starts_with("#!");
        if is_part || start.is_some() {
            let begin = *start.get_or_insert(at);
            if line.trim_end().ends_with(';') {
                found.push(Statement { text: &text[begin..end], item: item(&text[begin..end]) });
                start = None;
            }
        }
        at = end;
    }
    found
}

/// What is declared or imported by a statement.
fn item(statement: &'static str) -> &'static str {
    let mut rest = statement;
    while rest.starts_with("#[") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let rest = rest.trim_end().trim_end_matches(';');
    rest.strip_prefix("pub(crate) ").or_else(|| rest.strip_prefix("pub ")).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_from_groups_and_macros_but_not_from_comments() {
        let text = "use crate::json::{reader::{Fault, Reader}, value};\n// crate::http\n  f($crate::model::rules::Rule::*);\n\
                    use crate::json::writer::{self as encode, ToJson};";
        let found: Vec<String> = paths(text).into_iter().map(|(_, path)| path.join("::")).collect();
        assert_eq!(
            found,
            [
                "json::reader::Fault",
                "json::reader::Reader",
                "json::value",
                "model::rules::Rule",
                "json::writer::self::as::encode",
                "json::writer::ToJson"
            ]
        );
    }

    #[test]
    fn what_is_needed_is_found_through_others() {
        let found = closure(["model/tuples"]);
        for module in ["model/tuples", "json/decode", "json/reader", "json/strings"] {
            assert!(found.contains(module), "{module} is not in {found:?}");
        }
        assert!(!found.iter().any(|module| module.starts_with("http/") || *module == "document"));
    }

    #[test]
    fn names_are_exported_from_their_modules() {
        let facade = exports("facade.rs");
        let module =
            |name: &str| facade.iter().find(|export| export.name == name).map(|export| export.module);
        assert_eq!(module("Client"), Some("client/client"));
        assert_eq!(module("FromJson"), Some("json/decode"));
        assert_eq!(module("decode"), Some("json/decode"));
        assert_eq!(module("encode"), Some("json/writer"));
    }
}
