//! Two documents, and what the diff says of them.
#![allow(clippy::panic, reason = "a test may fail")]
#![allow(dead_code, reason = "each test uses some of these")]

use openapi_generator::api::Api;
use openapi_generator::diagnostics::{Diagnostics, Printing};
use openapi_generator::diff::{Changes, Side, diff};
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Selection};
use openapi_generator::{Package, api_of};

/// A document and what it is generated with, both as text.
pub struct Input {
    pub document: String,
    pub settings: String,
}

/// The changes from the document `old` to `new`, both as text.
pub fn changes(old: &str, new: &str) -> Changes {
    let [old, new] = [old, new].map(|text| Input { document: text.to_owned(), settings: String::new() });
    changes_between(&old, &new)
}

/// The changes from `old` to `new`.
pub fn changes_between(old: &Input, new: &Input) -> Changes {
    let [old, new] = [old, new].map(client);
    compared(&old, &new)
}

/// The client of a document.
pub fn client(input: &Input) -> (Document, Api) {
    let Input { document, settings } = input;
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::parse(settings).unwrap_or_else(|error| panic!("{settings}: {error:?}"));
    let text = document.as_bytes();
    let document = source::load_text(text, &Selection::default(), &mut diagnostics);
    let document = document.unwrap_or_else(|| panic!("{} doesn't load", input.document));
    let api = api_of(&document, &settings, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(text, Printing::default()));
    (document, api)
}

/// The changes between two clients.
pub fn compared(old: &(Document, Api), new: &(Document, Api)) -> Changes {
    let [old_crate, new_crate] = [old, new].map(|(_, api)| Crate::new(api, Package::new("api")));
    diff(Side { document: &old.0, krate: &old_crate }, Side { document: &new.0, krate: &new_crate })
}
