//! What generated files name of the runtime.

use std::collections::BTreeSet;

use super::modules::{self, Export, after_literal, word};

/// The names in a crate's files.
#[derive(Default)]
pub(super) struct Words {
    /// In code: names, `name!` for macros, `name::` for what a path goes through.
    code: BTreeSet<String>,
    /// Behind `runtime::`, in code and in documentation.
    of_runtime: BTreeSet<String>,
    /// The items that paths into modules of the runtime lead to.
    paths: Vec<(&'static str, String)>,
}

impl Words {
    /// Notes the names in a file of Rust.
    pub(super) fn read(&mut self, text: &str) {
        for line in text.lines() {
            let start = line.trim_start();
            for (at, found) in line.match_indices("runtime::") {
                let path = &line[at + found.len()..];
                self.of_runtime.insert(word(path).to_owned());
                if !start.starts_with("//") {
                    self.paths.extend(item(path));
                }
            }
            let is_attribute = start.starts_with('#') && start.ends_with(']');
            if !start.starts_with("//") && !is_attribute {
                self.code(line);
            }
        }
    }

    fn code(&mut self, line: &str) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            if first == '"' {
                rest = after_literal(&rest[1..]);
                continue;
            }
            let found = word(rest);
            if found.is_empty() {
                rest = &rest[first.len_utf8()..];
                continue;
            }
            rest = &rest[found.len()..];
            self.code.insert(found.to_owned());
            for mark in ["!", "::"] {
                if rest.starts_with(mark) {
                    self.code.insert(format!("{found}{mark}"));
                }
            }
        }
    }

    /// The modules of the runtime that paths in code lead to, with the names of items in them.
    pub(super) fn paths(&self) -> &[(&'static str, String)] {
        &self.paths
    }

    /// The names in code.
    pub(super) fn all(&self) -> &BTreeSet<String> {
        &self.code
    }

    /// What these names are of the runtime.
    pub(super) fn exports(&self) -> Vec<Export> {
        let mut found = modules::exports("prelude.rs");
        found.retain(|export| self.names(export));
        found.extend(
            modules::exports("facade.rs").into_iter().filter(|one| self.of_runtime.contains(one.name)),
        );
        found
    }

    /// Whether a name of the prelude is in the code. Macros and modules are told from fields of the same name.
    fn names(&self, export: &Export) -> bool {
        let text = modules::text(&format!("{}.rs", export.module)).unwrap_or_default();
        if text.contains(&format!("macro_rules! {} ", export.name)) {
            return self.code.contains(&format!("{}!", export.name));
        }
        if export.name.starts_with(|c: char| c.is_ascii_lowercase()) {
            return self.code.contains(&format!("{}::", export.name));
        }
        self.code.contains(export.name)
    }
}

/// The module and the item that a path below the runtime leads to.
fn item(path: &str) -> Option<(&'static str, String)> {
    let names: Vec<&str> = path.split("::").take(3).map(word).collect();
    let module = modules::module_of(&names).filter(|module| *module != "prelude")?;
    names.get(module.split('/').count()).map(|name| (module, (*name).to_owned()))
}

/// Whether the code in `text` names the crate `name`: at the start of a path, or in a `use` of its own.
pub(super) fn names_crate(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| {
        line.match_indices(name).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + name.len()..]);
            let begins = match before.strip_suffix("::") {
                Some(parent) => !parent.ends_with(|c: char| is_word(c) || c == '>'),
                None => !before.ends_with(is_word),
            };
            let is_path = after.starts_with("::");
            let is_use = after.starts_with(';') && before.trim_end_matches("::").trim_end().ends_with("use");
            begins && (is_path || is_use)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_literals_are_none() {
        let mut words = Words::default();
        words.read("let a = \"Secret \\\" setters!\"; object! { Patch }\n/// Json\n");
        assert!(words.code.contains("object!") && words.code.contains("Patch"));
        for name in ["Secret", "setters!", "Json"] {
            assert!(!words.code.contains(name), "{name}");
        }
    }

    #[test]
    fn crates_are_told_from_modules_of_the_same_name() {
        for text in ["use http::Method;", "pub use ::http;", "fn f() -> ::http::Uri;", "    pub use http;"] {
            assert!(names_crate(text, "http"), "{text}");
        }
        for text in ["use crate::http::body;", "// http::x", "pub mod http;", "a_http::b", "let http = 1;"] {
            assert!(!names_crate(text, "http"), "{text}");
        }
    }
}
