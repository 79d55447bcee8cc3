//! From an OpenAPI document to a Rust client crate, in stages. Each uses only what the ones before it give:
//!
//! ```text
//! bytes --text--> values --source--> Document --plan--> Api --rust--> Crate --print--> Vec<SourceFile>
//!                                                            Crate, Crate --diff--> Changes
//! ```
//!
//! Problems are collected in [`diagnostics`], which depends on text alone. [`generate`] runs all stages:
//!
//! ```no_run
//! use std::path::Path;
//!
//! use openapi_generator::{Package, diagnostics::Diagnostics, generate, settings::Settings, source::Selection};
//!
//! let mut diagnostics = Diagnostics::default();
//! let (package, all, settings) = (Package::new("shop"), Selection::default(), Settings::default());
//! let files = generate(Path::new("shop.yaml"), &package, &all, &settings, &mut diagnostics)?;
//! assert!(files.iter().any(|file| file.path == "src/lib.rs"));
//! # Ok::<(), openapi_generator::GenerateError>(())
//! ```

pub mod api;
pub mod diagnostics;
pub mod diff;
pub mod plan;
pub mod print;
pub mod rust;
pub mod settings;
pub mod source;
pub mod text;

use std::fmt;
use std::path::Path;

use api::Api;
use diagnostics::Diagnostics;
use print::{PrintError, SourceFile};
use rust::Crate;
pub use rust::{Package, RUNTIME, RUNTIME_VERSION, RuntimeSource};
use settings::Settings;
use source::Selection;
use source::document::Document;

/// Why a crate can't be generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GenerateError {
    /// The document has errors, which are among the diagnostics.
    Document,
    /// The crate can't be printed.
    Unprintable(PrintError),
}

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("the document has errors"),
            Self::Unprintable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for GenerateError {}

impl From<PrintError> for GenerateError {
    fn from(error: PrintError) -> Self {
        Self::Unprintable(error)
    }
}

/// The files of the crate `package` for the document at `path`. The settings may ask for a runtime other than the
/// package's.
///
/// # Errors
/// The document has errors, which are then in `diagnostics` along with the warnings, or the crate can't be printed.
pub fn generate(
    path: &Path,
    package: &Package,
    selection: &Selection,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<SourceFile>, GenerateError> {
    let selection = selection.with_settings(settings);
    let document = source::load(path, &selection, diagnostics).ok_or(GenerateError::Document)?;
    let api = api_of(&document, settings, diagnostics);
    if diagnostics.has_errors() {
        return Err(GenerateError::Document);
    }
    let package = package.clone().with_settings(settings);
    Ok(print::print(&Crate::new(&api, package))?)
}

/// What the service of `document` offers, under the names that it has in Rust.
pub fn api_of(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    let mut api = plan::plan(document, settings, diagnostics);
    rust::settle(&mut api, settings, diagnostics);
    api
}

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
