//! The order of the stages: none imports a later one, and within a stage files don't import each other in circles.
//! Imports are read from the tokens of the sources, so that paths within the code count like those after `use`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The stages. Each may import those before it, but not those that share its place.
const ORDER: &[&[&str]] = &[
    &["text"],
    &["diagnostics"],
    &["settings"],
    &["source"],
    &["api"],
    &["plan"],
    &["rust"],
    &["print", "diff"],
];

/// The files that break this rule today, with the stage that they import. A file that is fixed must be removed here.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// The stages without circles of files.
const WITHOUT_CIRCLES: &[&str] = &["text", "diagnostics", "settings", "source"];

/// A module, as its path from the crate's root.
type Module = Vec<String>;

/// The file of each module.
fn files() -> BTreeMap<Module, PathBuf> {
    fn collect(folder: &Path, module: &Module, files: &mut BTreeMap<Module, PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let inner = [module.clone(), vec![name.clone()]].concat();
            if name == "tests" {
                // Tests may go through all stages.
                continue;
            }
            if path.is_dir() {
                collect(&path, &inner, files);
            } else if matches!(name.as_str(), "mod" | "lib") {
                files.insert(module.clone(), path);
            } else {
                files.insert(inner, path);
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(&root(), &Module::new(), &mut files);
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// What each module imports from the crate: paths from the crate's root, of modules or items.
fn imports(files: &BTreeMap<Module, PathBuf>) -> BTreeMap<&Module, BTreeSet<Module>> {
    let read = |(module, path): (_, &PathBuf)| {
        let tokens = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let mut found = BTreeSet::new();
        Paths { files, found: &mut found }.scan(tokens, module);
        (module, found)
    };
    files.iter().map(read).collect()
}

struct Paths<'a> {
    files: &'a BTreeMap<Module, PathBuf>,
    found: &'a mut BTreeSet<Module>,
}

impl Paths<'_> {
    /// Collects the paths in `tokens`, which are in `module`.
    fn scan(&mut self, tokens: TokenStream, module: &Module) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut index = 0;
        while index < tokens.len() {
            match &tokens[index] {
                TokenTree::Group(group) => {
                    // An inline module is part of the file, but in it `super` means the file.
                    let inline = match tokens[..index] {
                        [.., TokenTree::Ident(ref word), TokenTree::Ident(ref name)] if word == "mod" => {
                            Some([module.clone(), vec![name.to_string()]].concat())
                        }
                        _ => None,
                    };
                    self.scan(group.stream(), inline.as_ref().unwrap_or(module));
                }
                TokenTree::Ident(first) if is_path(&tokens[index + 1..]) => {
                    let first = first.to_string();
                    let child = [module.clone(), vec![first.clone()]].concat();
                    let start = match first.as_str() {
                        "crate" => Some(Module::new()),
                        "self" => Some(module.clone()),
                        "super" => Some(module[..module.len().saturating_sub(1)].to_vec()),
                        _ if self.files.contains_key(&child) => Some(child),
                        _ => None,
                    };
                    if let Some(start) = start {
                        self.path(start, &tokens[index + 3..]);
                    }
                    index = last(&tokens, index);
                }
                _ => {}
            }
            index += 1;
        }
    }

    /// Adds the paths that consist of `start` and what follows in `tokens`.
    fn path(&mut self, mut start: Module, tokens: &[TokenTree]) {
        match tokens.first() {
            Some(TokenTree::Ident(name)) => {
                match name.to_string().as_str() {
                    "super" => drop(start.pop()),
                    "self" => {}
                    name => start.push(name.to_owned()),
                }
                if is_path(&tokens[1..]) {
                    self.path(start, &tokens[3..]);
                } else {
                    self.found.insert(start);
                }
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for part in inner.split(is_comma).filter(|part| !part.is_empty()) {
                    self.path(start.clone(), part);
                }
            }
            _ => drop(self.found.insert(start)),
        }
    }
}

/// Whether `tokens` start with `::`.
fn is_path(tokens: &[TokenTree]) -> bool {
    let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    tokens.len() > 2 && tokens[..2].iter().all(is_colon)
}

/// The index of the last token of the path that starts at `index`.
fn last(tokens: &[TokenTree], mut index: usize) -> usize {
    while is_path(&tokens[index + 1..]) && !matches!(tokens[index + 3], TokenTree::Punct(_)) {
        index += 3;
    }
    index
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// The module whose file contains the module or item at `path`.
fn file_of<'m>(files: &'m BTreeMap<Module, PathBuf>, path: &Module) -> &'m Module {
    let prefixes = (0..=path.len()).rev().map(|length| &path[..length]);
    prefixes.filter_map(|prefix| files.get_key_value(prefix)).map(|(module, _)| module).next().unwrap()
}

/// The place of a stage in the order.
fn place(stage: &str) -> usize {
    ORDER.iter().position(|stages| stages.contains(&stage)).unwrap_or_else(|| panic!("no stage {stage:?}"))
}

#[test]
fn no_stage_imports_a_later_one() {
    let files = files();
    let mut wrong = BTreeSet::new();
    for (module, paths) in imports(&files) {
        // `lib.rs` connects the stages.
        let Some(own) = module.first() else { continue };
        for path in paths {
            let file = file_of(&files, &path);
            let Some(other) = file.first() else {
                // `crate::models` and the like are quoted: they are paths in the generated code.
                assert!(own == "print", "{module:?} imports {path:?} of lib.rs");
                continue;
            };
            if own != other && place(own) <= place(other) {
                let name = files[module].strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                wrong.insert((name, other.clone()));
            }
        }
    }
    let known = EXCEPTIONS.iter().map(|(file, stage)| ((*file).to_owned(), (*stage).to_owned()));
    assert_eq!(wrong, known.collect::<BTreeSet<_>>());
}

#[test]
fn no_circle_is_within_a_stage() {
    let files = files();
    let imports = imports(&files);
    let mut circles = Vec::new();
    for stage in WITHOUT_CIRCLES {
        let mut left: BTreeMap<&Module, BTreeSet<&Module>> = BTreeMap::new();
        for (module, paths) in imports.iter().filter(|(module, _)| module.first().is_some_and(|m| m == stage))
        {
            let others = paths.iter().map(|path| file_of(&files, path));
            left.insert(
                module,
                others.filter(|other| other != module && other.first() == module.first()).collect(),
            );
        }
        // A file that imports nothing, or that nothing imports, is on no circle.
        loop {
            let imported: BTreeSet<&Module> = left.values().flatten().copied().collect();
            let before = left.len();
            left.retain(|module, _| imported.contains(module));
            let rest: BTreeSet<&Module> = left.keys().copied().collect();
            left.values_mut().for_each(|others| others.retain(|other| rest.contains(other)));
            left.retain(|_, others| !others.is_empty());
            if left.len() == before {
                break;
            }
        }
        let names =
            |others: &BTreeSet<&Module>| -> Vec<String> { others.iter().map(|m| m.join("::")).collect() };
        circles.extend(
            left.iter().map(|(m, others)| format!("{} -> {}", m.join("::"), names(others).join(", "))),
        );
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let modules = [&[][..], &["a"], &["a", "b"], &["a", "c"], &["d"]];
    let module = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Module>();
    let files = modules.iter().map(|names| (module(names), PathBuf::new())).collect();
    for (text, expected) in [
        (
            "use crate::d::{self, X as Y, e::{Z, W}};",
            &[&["d"][..], &["d", "X"], &["d", "e", "Z"], &["d", "e", "W"]][..],
        ),
        ("use super::c::*;", &[&["a", "c"]]),
        ("use super::super::d::X;", &[&["d", "X"]]),
        ("fn f() { g(crate::d::h(super::i)) }", &[&["a", "i"], &["d", "h"]]),
        ("use std::d::X; use serde::{Serialize};", &[]),
        ("mod tests { use super::*; fn f() { super::super::c::g() } }", &[&["a", "b"], &["a", "c", "g"]]),
    ] {
        let mut found = BTreeSet::new();
        Paths { files: &files, found: &mut found }.scan(text.parse().unwrap(), &module(&["a", "b"]));
        assert_eq!(found, expected.iter().map(|names| module(names)).collect(), "{text}");
    }
    let mut found = BTreeSet::new();
    Paths { files: &files, found: &mut found }
        .scan("mod b; use b::X; fn f() { c::g() }".parse().unwrap(), &module(&["a"]));
    assert_eq!(found, BTreeSet::from([module(&["a", "b", "X"]), module(&["a", "c", "g"])]));
}

#[test]
fn only_the_table_of_names_settles_a_name() {
    let settles = |path: &&PathBuf| std::fs::read_to_string(path).unwrap().contains("Ident::settled(");
    let files = files();
    let found: Vec<&Path> =
        files.values().filter(settles).map(|path| path.strip_prefix(root()).unwrap()).collect();
    assert_eq!(found, [Path::new("rust/names/table.rs")]);
}
