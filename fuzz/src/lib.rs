//! What the fuzz targets do with their bytes. See docs/fuzzing.md.

mod document;

use std::collections::BTreeSet;

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::{Diagnostics, Notes, Printing};
use openapi_generator::settings::{Schemas, Settings};
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Selection};
use openapi_generator::rust::Crate;
use openapi_generator::{api_of, print};

/// Any bytes as a document: it is read or refused with a reason, and the reasons can be printed.
pub fn source(bytes: &[u8]) {
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(bytes, &Selection::default(), &mut diagnostics);
    assert_eq!(document.is_none(), diagnostics.has_errors());
    let printed = diagnostics.render_text(bytes, Printing { colours: false, notes: Notes::Printed });
    assert!(!printed.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{printed}");
}

/// A drawn document is planned, with type names that are unique.
pub fn plan(bytes: &[u8]) {
    if let Some(document) = drawn(bytes) {
        planned(&document);
    }
}

/// A drawn document becomes files of their own whose Rust parses.
pub fn pipeline(bytes: &[u8]) {
    let Some(document) = drawn(bytes) else { return };
    let mut paths = BTreeSet::new();
    for file in print::print(&Crate::new(&planned(&document), Package::new("drawn"))).expect("Rust") {
        assert!(paths.insert(file.path.to_lowercase()), "two files {}", file.path);
        let inside = file.path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        assert!(inside, "{}", file.path);
        if file.path.ends_with(".rs") && !file.path.starts_with("src/runtime/") {
            if let Err(error) = syn::parse_file(&file.text) {
                panic!("{}: {error}\n{}", file.path, file.text);
            }
        }
    }
}

/// The document that `bytes` choose, unless it is refused.
fn drawn(bytes: &[u8]) -> Option<Document> {
    let text = document::draw(bytes).to_string();
    if std::env::var_os("FUZZ_SHOW").is_some() {
        eprintln!("{text}");
    }
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics);
    assert_eq!(document.is_none(), diagnostics.has_errors(), "{text}");
    document
}

fn planned(document: &Document) -> Api {
    let settings = Settings { schemas: Schemas::All, ..Settings::default() };
    let api = api_of(document, &settings, &mut Diagnostics::default());
    let mut names = BTreeSet::new();
    for definition in api.models.iter().flat_map(|model| &model.types) {
        assert!(names.insert(&definition.name), "two types {}", definition.name);
    }
    let mut files = BTreeSet::new();
    for model in &api.models {
        assert!(files.insert(model.file.to_lowercase()), "two models {}", model.file);
    }
    api
}
