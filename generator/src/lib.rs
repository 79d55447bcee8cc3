//! From an OpenAPI document to a Rust client crate, in four stages that go one way:
//!
//! ```text
//! text --source--> Document --plan--> Api --emit--> Vec<SourceFile>
//!                                      \--diff--> Changes
//! ```

pub mod api;
pub mod diagnostics;
pub mod diff;
pub mod emit;
pub mod plan;
pub mod settings;
pub mod source;

use std::path::Path;

use api::Api;
use diagnostics::Diagnostics;
use settings::Settings;
use source::Selection;

/// Reads the document at `path` and plans the crate for it; `None` if it has errors, which are then in
/// `diagnostics` along with the warnings.
pub fn plan_file(
    path: &Path,
    selection: &Selection,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let document = source::load(path, selection, diagnostics)?;
    let api = plan::plan(&document, settings, diagnostics);
    (!diagnostics.has_errors()).then_some(api)
}
