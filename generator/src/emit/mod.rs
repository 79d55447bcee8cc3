//! [`Api`] to source files: tokens and layout only.

use crate::api::Api;

/// A file of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Relative to the crate's folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// The generated crate's files, sorted by path. `name` is the package's.
pub fn emit(_api: &Api, _name: &str) -> Vec<SourceFile> {
    Vec::new()
}
