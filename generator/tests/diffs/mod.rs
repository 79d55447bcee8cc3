//! Two documents, and what the diff says of them.
#![allow(clippy::panic, reason = "a test may fail")]

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::diff::{Changes, Side, diff};
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{Package, api_of};

/// The changes from the document `old` to `new`, both as text.
pub fn changes(old: &str, new: &str) -> Changes {
    let [old, new] = [old, new].map(|text| {
        let mut diagnostics = Diagnostics::default();
        let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics);
        let document = document.unwrap_or_else(|| panic!("{text} doesn't load"));
        let api = api_of(&document, &Settings::default(), &mut diagnostics);
        (document, api)
    });
    let [old_crate, new_crate] = [&old, &new].map(|(_, api)| Crate::new(api, Package::new("api")));
    diff(Side { document: &old.0, krate: &old_crate }, Side { document: &new.0, krate: &new_crate })
}
