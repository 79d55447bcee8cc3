//! Generates a crate from a document, in memory.

use std::collections::BTreeMap;

use openapi_generator::api::Api;
use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Selection};
use openapi_generator::{Package, print};
use serde_json::Value;

/// A generated crate and its plan.
pub struct Generated {
    pub document: Document,
    pub api: Api,
    /// The text of each file, by path.
    pub files: BTreeMap<String, String>,
}

/// Generates the crate `name` from `document`.
///
/// # Errors
/// Says what is wrong with the document, in one line.
pub fn generate(document: &Value, settings: &Settings, name: &str) -> Result<Generated, String> {
    let mut diagnostics = Diagnostics::default();
    let loaded = source::load_text(document.to_string().as_bytes(), &Selection::default(), &mut diagnostics);
    let api = loaded.map(|document| {
        let api = openapi_generator::api_of(&document, settings, &mut diagnostics);
        (document, api)
    });
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity() == Severity::Error);
    match (api, error) {
        (Some((document, api)), None) => {
            let package = Package::new(name).with_settings(settings);
            let files = print::print(&Crate::new(&api, package)).map_err(|error| error.to_string())?;
            let files = files.into_iter().map(|file| (file.path, file.text)).collect();
            Ok(Generated { document, api, files })
        }
        (_, Some(error)) => Err(format!("{} at {}: {}", error.code, error.place.pointer, error.message)),
        (None, None) => Err("the document can't be read".to_owned()),
    }
}
