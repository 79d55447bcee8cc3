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

/// The text of the file at `path`.
pub(super) fn text(path: &str) -> Option<&'static str> {
    SOURCES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// `text` without the tests at its end.
pub(super) fn without_tests(text: &'static str) -> &'static str {
    text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default()
}

/// A module, and the item of it that a path leads to or into; none if it ends at the module.
pub(super) type Target = (&'static str, Option<&'static str>);

/// Where the paths that begin with `crate::` in the code of `text` lead.
pub(super) fn targets(text: &'static str) -> BTreeSet<Target> {
    paths(text).iter().filter_map(|(_, path)| target(path)).collect()
}

/// The names that the `use` in `text` imports from modules, and what they are.
pub(super) fn imports(text: &'static str) -> Vec<(&'static str, Target)> {
    let named = |(_, path): &(usize, Vec<&'static str>)| Some((alias(path)?, target(path)?));
    paths(text).iter().filter_map(named).collect()
}

/// A name that a `use` imports.
pub(super) struct Leaf {
    /// The path to it, with `as` and the name it gets.
    pub path: Vec<&'static str>,
    /// How many names of the path are before the innermost braces, or before its last.
    pub parent: usize,
    pub target: Option<Target>,
}

impl Leaf {
    /// The name it gets; `_` or empty for what comes without one.
    pub fn name(&self) -> &'static str {
        alias(&self.path).unwrap_or_default()
    }
}

/// What the `use` in `text` imports.
pub(super) fn leaves(text: &'static str) -> Vec<Leaf> {
    let Some((_, tree)) = text.split_once("use ") else { return Vec::new() };
    let mut found = Vec::new();
    self::tree(tree.trim_start_matches("::"), &[], &mut found);
    let leaf = |path: Vec<&'static str>| {
        let target = path.strip_prefix(&["crate"]).and_then(target);
        let end =
            if path.len() > 2 && path[path.len() - 2] == "as" { path.len() - 3 } else { path.len() - 1 };
        Leaf { parent: end, target, path }
    };
    found.into_iter().filter(|path| !path.is_empty()).map(leaf).collect()
}

fn target(path: &[&'static str]) -> Option<Target> {
    let module = module_of(path)?;
    let item = path.get(module.split('/').count()).filter(|item| !["self", "as"].contains(item));
    Some((module, item.copied()))
}

/// The name that an import of `path` gives.
fn alias(path: &[&'static str]) -> Option<&'static str> {
    match path {
        [.., name, "self"] | [.., name] => Some(name),
        [] => None,
    }
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
            found.extend(alias(&path).map(|name| Export { name, module }));
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

/// The word at the start of `text`; empty if there is none.
pub(super) fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

/// What follows the string literal whose text begins here, on this line.
pub(super) fn after_literal(text: &str) -> &str {
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return &text[index + 1..],
            _ => {}
        }
    }
    ""
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
