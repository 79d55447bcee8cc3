//! What holds of every file that is generated from `cases/hostile-text` and `cases/v32-hostile-text`, documents whose texts all try
//! to become code; the second has settings and an overlay that do so, too. `golden` compares a few of its files in full, `cargo xtask test` compiles the crates and runs their tests.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::print::SourceFile;
use openapi_generator::settings::Settings;
use openapi_generator::source::Selection;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;

/// A document with all that was made of it.
struct Case {
    document: Value,
    /// The document, its settings and its overlay.
    inputs: Vec<Value>,
    /// The generated files but for the runtime's, which don't depend on the document.
    files: Vec<SourceFile>,
}

static CASES: LazyLock<[Case; 2]> =
    LazyLock::new(|| ["hostile-text", "v32-hostile-text"].map(Case::generated));

impl Case {
    fn generated(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
        let spec = folder.join("spec.yaml");
        let mut diagnostics = Diagnostics::default();
        let settings = folder.join("settings.yaml");
        let settings = match settings.exists() {
            true => Settings::load(&settings, &mut diagnostics).unwrap(),
            false => Settings::default(),
        };
        let package = openapi_generator::Package::new("case").with_settings(&settings);
        let selection = Selection::default();
        let files = openapi_generator::generate(&spec, &package, &selection, &settings, &mut diagnostics);
        let files = files.unwrap_or_else(|error| panic!("{error}\n{}", diagnostics.render(&spec)));
        let files = files.into_iter().filter(|file| !file.path.starts_with("src/runtime")).collect();
        let read = |name| Some(serde_json::from_slice(&std::fs::read(folder.join(name)).ok()?).unwrap());
        let inputs = ["spec.yaml", "settings.yaml", "overlay.yaml"].into_iter().filter_map(read);
        let inputs: Vec<Value> = inputs.collect();
        Self { document: inputs[0].clone(), inputs, files }
    }

    fn rust_files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }
}

fn rust_files() -> impl Iterator<Item = &'static SourceFile> {
    CASES.iter().flat_map(Case::rust_files)
}

fn files() -> impl Iterator<Item = &'static SourceFile> {
    CASES.iter().flat_map(|case| &case.files)
}

/// Calls `visit` with each key and each string in `value`.
fn visit_strings<'a>(value: &'a Value, visit: &mut impl FnMut(&'a str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| visit_strings(item, visit)),
        Value::Object(members) => {
            for (key, member) in members {
                visit(key);
                visit_strings(member, visit);
            }
        }
        _ => {}
    }
}

/// A text as the tokens that Rust would read; brackets are tokens too. `None` if it doesn't lex.
fn tokens(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    flatten(text.parse().ok()?, &mut found);
    Some(found)
}

fn flatten(stream: TokenStream, found: &mut Vec<String>) {
    for token in stream {
        let TokenTree::Group(group) = token else {
            found.push(token.to_string());
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        found.push(open.to_owned());
        flatten(group.stream(), found);
        found.push(close.to_owned());
    }
}

/// The code in the document's strings: whatever stands between the marks that end a literal or a comment, and is
/// more than a word.
fn hostile_code() -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    CASES.iter().flat_map(|case| &case.inputs).for_each(|input| {
        visit_strings(input, &mut |text| {
            let lines = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}']);
            let parts = lines.clone().flat_map(|line| line.split("*/").flat_map(|part| part.split("/*")));
            let after_quote =
                lines.clone().flat_map(|line| ["\");", "\"#);", "\";", "\"]"].map(|end| (line, end)));
            let after_quote = after_quote.filter_map(|(line, end)| line.split_once(end));
            let after_quote = after_quote.filter_map(|(_, code)| code.split("//").next());
            for part in std::iter::once(text).chain(lines.clone()).chain(parts).chain(after_quote) {
                // A comment's text is a literal to Rust.
                let Some(code) = tokens(part).filter(|_| !part.trim_start().starts_with("//")) else {
                    continue;
                };
                let is_word =
                    |token: &String| token.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
                if code.len() >= 3 && code.iter().any(is_word) && !code.iter().all(is_word) {
                    found.insert(code);
                }
            }
        })
    });
    found
}

fn holds(code: &[String], part: &[String]) -> bool {
    code.windows(part.len()).any(|window| window == part)
}

#[test]
fn no_string_of_the_document_becomes_code() {
    let hostile = hostile_code();
    let written = tokens("std::fs::write(\"ran\", \"\");").unwrap();
    let expected = ["include!(\"../../ran.rs\")", "panic!()", "env!(\"HOME\")", "#[test]", "$x:expr"];
    for text in expected {
        assert!(hostile.contains(&tokens(text).unwrap()), "{text} isn't looked for");
    }
    assert!(hostile.contains(&written) && hostile.len() >= 20, "{hostile:?}");
    for file in rust_files() {
        let code = tokens(&file.text).unwrap_or_else(|| panic!("{} doesn't lex", file.path));
        let found = hostile.iter().find(|part| holds(&code, part));
        assert!(found.is_none(), "{} has {found:?} outside literals and comments", file.path);
    }
}

#[test]
fn code_is_found_outside_literals_and_comments_only() {
    let written = tokens("std::fs::write(\"ran\", \"\");").unwrap();
    let holds = |text: &str| holds(&tokens(text).unwrap(), &written);
    assert!(holds("fn f() { std::fs::write(\"ran\", \"\"); }"));
    assert!(!holds("/// std::fs::write(\"ran\", \"\");\nfn f() { r#\"std::fs::write(\"ran\", \"\");\"#; }"));
}

#[test]
fn each_file_is_rust() {
    for file in rust_files() {
        if let Err(error) = syn::parse_file(&file.text) {
            panic!("{}: {error}", file.path);
        }
    }
    assert!(rust_files().count() > 30);
}

#[test]
fn names_and_values_reach_the_wire_unchanged() {
    let mut wanted = 0;
    for case in CASES.iter() {
        let mut literals = BTreeSet::new();
        for file in case.rust_files() {
            collect_literals(file.text.parse().unwrap(), &mut literals);
        }
        let mut missing = Vec::new();
        visit_wire(&case.document["components"]["schemas"], &mut |text| {
            wanted += 1;
            missing.extend((!literals.contains(text)).then(|| text.to_owned()));
        });
        assert!(missing.is_empty(), "{missing:?}");
    }
    assert!(wanted >= 170, "only {wanted}");
}

fn collect_literals(stream: TokenStream, found: &mut BTreeSet<String>) {
    for token in stream {
        match token {
            TokenTree::Group(group) => collect_literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    found.insert(text.value());
                }
            }
            _ => {}
        }
    }
}

/// Calls `visit` with the names of properties and the values of enums in schemas.
fn visit_wire<'a>(value: &'a Value, visit: &mut impl FnMut(&'a str)) {
    let Some(members) = value.as_object() else { return };
    for (key, member) in members {
        match (key.as_str(), member) {
            ("properties", Value::Object(properties)) => {
                for (name, property) in properties {
                    visit(name);
                    visit_wire(property, visit);
                }
            }
            ("enum", Value::Array(values)) => values.iter().filter_map(Value::as_str).for_each(&mut *visit),
            ("const", Value::String(text)) => visit(text),
            ("default" | "example" | "examples", _) => {}
            _ => visit_wire(member, visit),
        }
    }
}

#[test]
fn paths_stay_in_the_crate_and_are_plain() {
    for file in files() {
        for part in file.path.split('/') {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || "_.-".contains(letter);
            assert!(!part.is_empty() && part.chars().all(plain), "{}", file.path);
            assert!(!part.starts_with('.') && part.len() <= 100, "{}", file.path);
        }
    }
}

#[test]
fn no_control_character_stays_and_none_reorders_text() {
    for file in files() {
        let bad = |letter: &char| match letter {
            '\n' => false,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
            letter => letter.is_control(),
        };
        let found = file.text.chars().find(bad);
        assert!(found.is_none(), "{} holds {found:?}", file.path);
    }
}
