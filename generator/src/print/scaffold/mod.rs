//! What a new crate has beside its generated sources. These files are written once, and are their owner's from then on: no
//! command reads or changes them again.

mod layout;
mod licenses;
mod operations;
mod project;
mod readme;
mod samples;

use super::SourceFile;
use crate::rust::Crate;
use crate::source::Examples;
use crate::source::document::Document;

/// What a new crate has beside its generated sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scaffold {
    /// The files, sorted by path.
    pub files: Vec<SourceFile>,
    /// The dependencies of the tests, as lines of a manifest.
    pub manifest: String,
    /// The licences in the settings whose texts the generator doesn't have.
    pub unknown_licenses: Vec<String>,
    /// The operations that have no test, since no value could be made for an argument or a response.
    pub untested: Vec<String>,
}

/// The files for the crate of `document`. The workflow checks whether the crate is up to date if `is_configured`: if it has
/// a `speccrate.toml`.
pub fn scaffold(
    krate: &Crate<'_>,
    document: &Document,
    examples: &Examples,
    is_configured: bool,
) -> Scaffold {
    let mut scaffold = Scaffold::default();
    scaffold.files.push(readme::file(krate, document));
    scaffold.files.extend(project::files(krate, is_configured));
    licenses::add(&krate.package.metadata, &krate.package.name, &mut scaffold);
    if !krate.builders.is_empty() {
        operations::add(krate, document, examples, &mut scaffold);
    }
    scaffold.files.sort();
    scaffold
}

fn file(path: &str, text: String) -> SourceFile {
    SourceFile { path: path.to_owned(), text }
}
