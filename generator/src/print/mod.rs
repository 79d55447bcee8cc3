//! [`Crate`] to source files: tokens and layout only. It invents no names.

mod accepting;
mod code;
mod crate_docs;
mod crate_files;
mod declarations;
mod docs;
mod events;
mod examples;
mod headers;
mod imports;
mod manifest;
mod models;
mod modifications;
mod multipart;
mod operations;
mod pagination;
mod paths;
mod polling;
mod printer;
mod reference;
mod requests;
mod responses;
mod rules;
mod runtime;
mod scaffold;
mod shortcuts;
mod streams;
mod unions;
mod xml;

use std::fmt;

use rayon::prelude::*;

use crate::rust::{Builder, Crate, EventModule, ModelFile, RuntimeSource};
pub use crate_docs::{Shown, shown};
use imports::Imports;
pub use manifest::MANIFEST;
pub use printer::MARKER;
pub use runtime::dependency_names;
pub use scaffold::{Scaffold, scaffold};

/// A file of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Relative to the crate's folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Why a crate can't be printed: an item of it isn't Rust. No document should bring this about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintError {
    /// The file, relative to the crate's folder.
    pub path: String,
    /// The item, and what is wrong with it.
    pub problem: String,
}

impl fmt::Display for PrintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} can't be printed: {}; this is a bug of the generator", self.path, self.problem)
    }
}

impl std::error::Error for PrintError {}

/// The generated crate's files, sorted by path.
///
/// # Errors
/// An item isn't Rust.
pub fn print(krate: &Crate<'_>) -> Result<Vec<SourceFile>, PrintError> {
    let imports = Imports::new(krate.api);
    let model = |file: &ModelFile<'_>| models::page(file, krate).importing(&imports, &file.model.features);
    let operation = |builder: &Builder<'_>| {
        let feature = krate.api.feature_of(&builder.operation.group);
        let features: Vec<String> = feature.map(str::to_owned).into_iter().collect();
        operations::page(builder, krate).importing(&imports, &features)
    };
    let events = |module: &EventModule<'_>| {
        let features: Vec<String> = krate.api.feature_of_events().map(str::to_owned).into_iter().collect();
        events::page(module, krate).importing(&imports, &features)
    };
    let each = || {
        let operations = krate.builders.par_iter().map(operation);
        let events = krate.events.par_iter().map(events);
        operations
            .chain(events)
            .chain(krate.models.par_iter().map(model))
            .collect::<Result<Vec<SourceFile>, PrintError>>()
    };
    let (whole, files) = rayon::join(|| of_the_whole(krate), each);
    let mut files = files?;
    let (api, package) = (krate.api, &krate.package);
    files.extend(whole?);
    if package.runtime == RuntimeSource::Embedded {
        let embedded = runtime::embedded(api, &files);
        files.push(manifest::embedded(api, package, &embedded.dependencies));
        files.extend(embedded.files);
    } else {
        files.push(manifest::library(api, package));
    }
    files.sort();
    Ok(files)
}

/// The files that aren't of one model or operation.
fn of_the_whole(krate: &Crate<'_>) -> Result<Vec<SourceFile>, PrintError> {
    let api = krate.api;
    let pages = [crate_files::library(krate), crate_files::models(api), crate_files::servers(krate)];
    let document = crate_files::has_document(krate).then(|| crate_files::document(api));
    let pages = pages.into_iter().chain(document).chain(crate_files::groups(api)).map(printer::Page::finish);
    let mut files: Vec<SourceFile> = pages.collect::<Result<_, PrintError>>()?;
    files.push(reference::file(krate));
    Ok(files)
}
