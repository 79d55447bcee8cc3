//! From an OpenAPI document to a Rust client crate, in stages. Each uses only what the ones before it give:
//!
//! ```text
//! bytes --text--> values --source--> Document --plan--> Api --print--> Vec<SourceFile>
//!                                                  Api, Api --diff--> Changes
//! ```
//!
//! Problems are collected in [`diagnostics`], which depends on text alone.

pub mod api;
pub mod diagnostics;
pub mod diff;
pub mod plan;
pub mod print;
pub mod settings;
pub mod source;
pub mod text;

use std::path::Path;

use diagnostics::Diagnostics;
use print::SourceFile;
use settings::Settings;
use source::Selection;

/// The files of the crate `name` for the document at `path`; `None` if it has errors, which are then in
/// `diagnostics` along with the warnings.
pub fn generate(
    path: &Path,
    name: &str,
    selection: &Selection,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<SourceFile>> {
    let document = source::load(path, selection, diagnostics)?;
    let api = plan::plan(&document, settings, diagnostics);
    (!diagnostics.has_errors()).then(|| print::print(&api, name))
}
