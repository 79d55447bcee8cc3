//! From an OpenAPI document to a Rust client crate, in three stages that go one way:
//!
//! ```text
//! text --source--> Document --plan--> Api --print--> Vec<SourceFile>
//!                                    Api, Api --diff--> Changes
//! ```

pub mod api;
pub mod diagnostics;
pub mod diff;
mod package;
pub mod plan;
pub mod print;
pub mod settings;
pub mod source;

use std::path::Path;

use diagnostics::Diagnostics;
pub use package::{Package, RUNTIME, RUNTIME_VERSION, RuntimeSource};
use print::SourceFile;
use settings::Settings;
use source::Selection;

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
    let api = plan::plan(&document, settings, diagnostics);
    (!diagnostics.has_errors()).then(|| print::print(&api, &package.clone().with_settings(settings)))
}
