//! The stages of the generator.

use std::collections::BTreeSet;

use openapi_generator::api::Api;
use openapi_generator::diagnostics::{Diagnostics, Notes, Printing};
use openapi_generator::diff::{self, Side};
use openapi_generator::rust::Crate;
use openapi_generator::settings::{Schemas, Settings};
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Selection};
use openapi_generator::{Package, api_of, print};

use crate::{assert_printable, document, is_shown};

/// Any bytes as a document: it is read or refused with a reason, and the reasons can be printed.
pub fn source(bytes: &[u8]) {
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(bytes, &Selection::default(), &mut diagnostics);
    assert_eq!(document.is_none(), diagnostics.has_errors());
    assert_printable(&diagnostics.render_text(bytes, Printing { colours: false, notes: Notes::Printed }));
}

/// A drawn document is planned, with type names that are unique.
pub fn plan(bytes: &[u8]) {
    if let Some(document) = drawn(bytes) {
        planned(&document, &everything());
    }
}

/// A drawn document has public items whose names can be told apart, and the same ones each time.
pub fn rust(bytes: &[u8]) {
    let Some(document) = drawn(bytes) else { return };
    let api = planned(&document, &everything());
    let krate = Crate::new(&api, Package::new("drawn"));
    let items = krate.items();
    let mut paths = BTreeSet::new();
    for (key, item) in &items {
        assert!(paths.insert((key.path(), key.what)), "two items {}", key.path());
        let mut names = BTreeSet::new();
        for argument in &item.arguments {
            assert!(names.insert(&argument.name), "two arguments {} of {}", argument.name, key.path());
        }
    }
    let again = planned(&document, &everything());
    assert!(items == Crate::new(&again, Package::new("drawn")).items(), "other items the second time");
}

/// A drawn document becomes files of their own whose Rust parses.
pub fn pipeline(bytes: &[u8]) {
    if let Some(document) = drawn(bytes) {
        assert_printed(&planned(&document, &everything()), Package::new("drawn"));
    }
}

/// Asserts that the crate's files are inside it, don't overwrite each other, and parse.
pub(crate) fn assert_printed(api: &Api, package: Package) {
    let mut paths = BTreeSet::new();
    for file in print::print(&Crate::new(api, package)).expect("Rust") {
        assert!(paths.insert(file.path.to_lowercase()), "two files {}", file.path);
        let inside =
            file.path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !file.path.contains('\\');
        assert!(inside, "{}", file.path);
        // What is below `runtime/` is the runtime's own text.
        if file.path.ends_with(".rs") && !file.path.contains("src/runtime/") {
            if let Err(error) = syn::parse_file(&file.text) {
                panic!("{}: {error}\n{}", file.path, file.text);
            }
        }
    }
}

/// Two drawn documents are compared: a document with itself has no changes, and two whose public items differ have some.
pub fn diff(bytes: &[u8]) {
    let (old, new) = crate::halves(bytes);
    // The second document repeats what the first says where it says nothing itself: most changes are small.
    let new = [new, old.get(new.len()..).unwrap_or_default()].concat();
    let (Some(old), Some(new)) = (drawn(old), drawn(&new)) else { return };
    let apis = [planned(&old, &everything()), planned(&new, &everything())];
    let crates = apis.each_ref().map(|api| Crate::new(api, Package::new("drawn")));
    let sides = [Side { document: &old, krate: &crates[0] }, Side { document: &new, krate: &crates[1] }];
    assert_eq!(diff::diff(sides[0], sides[0]).list, [], "a document differs from itself");
    for (from, to) in [(0, 1), (1, 0)] {
        let changes = diff::diff(sides[from], sides[to]);
        let is_same = crates[from].items().keys().eq(crates[to].items().keys());
        assert!(is_same || changes.rust().is_some(), "the items differ and no change tells it");
        for change in &changes.list {
            assert!(!change.message().is_empty());
            change.message_of_many();
        }
    }
}

/// Settings that generate a type for every schema.
pub(crate) fn everything() -> Settings {
    Settings { schemas: Schemas::All, ..Settings::default() }
}

/// The document that `bytes` choose, unless it is refused.
pub(crate) fn drawn(bytes: &[u8]) -> Option<Document> {
    let text = document::draw(bytes).to_string();
    if is_shown() {
        eprintln!("{text}");
    }
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics);
    assert_eq!(document.is_none(), diagnostics.has_errors(), "{text}");
    document
}

/// The plan of `document`, whose types and files have names of their own.
fn planned(document: &Document, settings: &Settings) -> Api {
    let api = api_of(document, settings, &mut Diagnostics::default());
    assert_distinct(&api);
    api
}

/// Asserts that types and files have names of their own.
pub(crate) fn assert_distinct(api: &Api) {
    let mut names = BTreeSet::new();
    for definition in api.models.iter().flat_map(|model| &model.types) {
        assert!(names.insert(&definition.name), "two types {}", definition.name);
    }
    let mut files = BTreeSet::new();
    for model in &api.models {
        assert!(files.insert(model.file.to_lowercase()), "two models {}", model.file);
    }
}
