//! What is generated is compiled where it is used: a function without type parameters is `#[inline]`, since a crate compiles
//! all others of its own. A release build of a large document's crate took seven times as long as its check otherwise.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use openapi_rust_runtime::sources::SOURCES;

/// The functions without type parameters in `text` that aren't `#[inline]`, each with its line. The text is laid out as
/// `rustfmt` does, whether or not it is of a macro.
fn compiled_at_once(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let head = line.strip_prefix("pub ").unwrap_or(line);
        let head = head.strip_prefix("const ").unwrap_or(head);
        let Some(head) = head.strip_prefix("fn ") else { continue };
        let name = head.split(['(', '<']).next().unwrap_or_default();
        let after = &head[name.len()..];
        let length = lines[index..].iter().position(|line| line.contains('{')).unwrap_or_default();
        let signature = lines[index..=index + length].concat();
        let parameters = signature.rsplit_once(") -> ").map_or(&*signature, |(parameters, _)| parameters);
        let is_generic = after.starts_with('<') || parameters.contains("impl ");
        let mut attributes = lines[..index].iter().rev().take_while(|line| line.starts_with("#["));
        if !is_generic && !attributes.any(|line| *line == "#[inline]") {
            found.push(format!("{}: {line}", index + 1));
        }
    }
    found
}

/// The macros of the runtime that generated crates call.
fn exported_macros(text: &str) -> impl Iterator<Item = &str> {
    text.split("#[macro_export]\nmacro_rules! ")
        .skip(1)
        .map(|rest| rest.split("\n}\n").next().unwrap_or(rest))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn a_function_without_type_parameters_is_told_by_its_attribute() {
    let text = "#[inline]\npub fn a(&self) {}\nfn b<T>() {}\npub fn c(a: impl A) -> B {\n}\nfn d(\n    a: impl A,\n) {\n}\n\
                fn e(a: (A, B), b: fn(A) -> B) -> impl A {\n}\n#[inline]\n#[must_use]\nfn f() {}\npub const fn g() {}\n";
    assert_eq!(
        compiled_at_once(text),
        ["10: fn e(a: (A, B), b: fn(A) -> B) -> impl A {", "15: pub const fn g() {}"]
    );
}

#[test]
fn what_macros_expand_to_is_compiled_where_it_is_used() {
    for (path, text) in SOURCES {
        for text in exported_macros(text) {
            // Its type has a type parameter.
            if !text.starts_with("shortcuts ") {
                assert_eq!(compiled_at_once(text), [""; 0], "{path}: {}", text.lines().next().unwrap());
            }
        }
    }
}

#[test]
fn what_is_printed_is_compiled_where_it_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for case in std::fs::read_dir(root.join("tests/cases")).unwrap() {
        let mut found = Vec::new();
        let expected = case.unwrap().path().join("expected/src");
        for folder in
            ["models", "operations"].map(|name| expected.join(name)).iter().filter(|path| path.is_dir())
        {
            sources(folder, &mut found);
        }
        for path in found {
            assert_eq!(
                compiled_at_once(&std::fs::read_to_string(&path).unwrap()),
                [""; 0],
                "{}",
                path.display()
            );
        }
    }
}
