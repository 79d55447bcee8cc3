//! [`Crate`] to source files: tokens and layout only. It invents no names.

mod code;
mod crate_docs;
mod crate_files;
mod declarations;
mod docs;
mod examples;
mod headers;
mod imports;
mod manifest;
mod models;
mod modifications;
mod multipart;
mod operations;
mod pagination;
mod printer;
mod reference;
mod requests;
mod responses;
mod rules;
mod runtime;
mod shortcuts;

use rayon::prelude::*;

use crate::rust::{Builder, Crate, ModelFile, RuntimeSource};
pub use crate_docs::{Shown, shown};
use imports::Imports;
pub use manifest::MANIFEST;
pub use printer::MARKER;

/// A file of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Relative to the crate's folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// The generated crate's files, sorted by path.
pub fn print(krate: &Crate<'_>) -> Vec<SourceFile> {
    let imports = Imports::new(krate.api);
    let model = |file: &ModelFile<'_>| models::page(file, krate).importing(&imports, &file.model.features);
    let operation = |builder: &Builder<'_>| {
        let feature = krate.api.feature_of(&builder.operation.group);
        let features: Vec<String> = feature.map(str::to_owned).into_iter().collect();
        operations::page(builder, krate).importing(&imports, &features)
    };
    let each = || {
        let mut files: Vec<SourceFile> = krate.builders.par_iter().map(operation).collect();
        files.par_extend(krate.models.par_iter().map(model));
        files
    };
    let (whole, mut files) = rayon::join(|| of_the_whole(krate), each);
    let (api, package) = (krate.api, &krate.package);
    files.extend(whole);
    if package.runtime == RuntimeSource::Embedded {
        let embedded = runtime::embedded(api, &files);
        files.push(manifest::embedded(api, &package.name, &embedded.dependencies));
        files.extend(embedded.files);
    } else {
        files.push(manifest::library(api, package));
    }
    files.sort();
    files
}

/// The files that aren't of one model or operation.
fn of_the_whole(krate: &Crate<'_>) -> Vec<SourceFile> {
    let api = krate.api;
    let pages = [
        crate_files::library(krate),
        crate_files::models(api),
        crate_files::servers(krate),
        crate_files::document(api),
    ];
    let mut files: Vec<SourceFile> =
        pages.into_iter().chain(crate_files::groups(api)).map(printer::Page::finish).collect();
    files.push(reference::file(krate));
    files
}
