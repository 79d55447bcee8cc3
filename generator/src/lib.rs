//! From an OpenAPI document to a Rust client crate, in stages. Each uses only what the ones before it give:
//!
//! ```text
//! bytes --text--> values --source--> Document --plan--> Api --rust--> Crate --print--> Vec<SourceFile>
//!                                                            Crate, Crate --diff--> Changes
//! ```
//!
//! Problems are collected in [`diagnostics`], which depends on text alone.

pub mod api;
pub mod diagnostics;
pub mod diff;
pub mod plan;
pub mod print;
pub mod rust;
pub mod settings;
pub mod source;
pub mod text;

use std::path::Path;

use api::Api;
use diagnostics::Diagnostics;
use print::SourceFile;
use rust::Crate;
pub use rust::{Package, RUNTIME, RUNTIME_VERSION, RuntimeSource};
use settings::Settings;
use source::Selection;
use source::document::Document;

/// The files of the crate `package` for the document at `path`; `None` if it has errors, which are then in
/// `diagnostics` along with the warnings. The settings may ask for a runtime other than the package's.
pub fn generate(
    path: &Path,
    package: &Package,
    selection: &Selection,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<SourceFile>> {
    let document = source::load(path, selection, diagnostics)?;
    let api = api_of(&document, settings, diagnostics);
    let package = package.clone().with_settings(settings);
    (!diagnostics.has_errors()).then(|| print::print(&Crate::new(&api, package)))
}

/// What the service of `document` offers, under the names that it has in Rust.
pub fn api_of(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    let mut api = plan::plan(document, settings, diagnostics);
    rust::settle(&mut api, settings, diagnostics);
    api
}
