//! [`Crate`] to source files: tokens and layout only. It invents no names.

mod accepting;
mod code;
mod conversions;
mod crate_docs;
mod crate_files;
mod declarations;
mod docs;
mod events;
mod example_layout;
mod examples;
mod groups;
mod headers;
mod imports;
mod manifest;
mod models;
mod modifications;
mod multipart;
mod operations;
mod pagination;
mod part_manifests;
mod parts;
mod paths;
mod pieces;
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
use imports::{Home, Imports};
pub use manifest::{MANIFEST, conversion_features};
pub use part_manifests::PART_MARKER;
pub use parts::PARTS;
pub use printer::MARKER;
pub use runtime::{BROWSER_SECTION, dependency_names};
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
    let imports = Imports::new(krate);
    let parts = krate.parts.as_ref();
    let model = |file: &ModelFile<'_>| {
        let page = models::page(file, krate);
        let features = &file.model.features;
        let Some(parts) = parts else { return page.importing(&imports, features, Home::Whole) };
        let member = parts.of_model(file.model);
        let file = page.importing(&imports, features, Home::of(member))?;
        Ok(parts::Folder::of_member(parts, member).put(file))
    };
    let operation = |builder: &Builder<'_>| {
        let feature = krate.api.feature_of(&builder.operation.group);
        let features: Vec<String> = feature.map(str::to_owned).into_iter().collect();
        let page = operations::page(builder, krate);
        let member = parts.and_then(|parts| Some((parts, parts.of_operation(builder.operation)?)));
        let Some((parts, member)) = member else { return page.importing(&imports, &features, Home::Whole) };
        let file = page.importing(&imports, &features, Home::of(member))?;
        Ok(parts::Folder::of_member(parts, member).put(file))
    };
    let events = |module: &EventModule<'_>| {
        let features: Vec<String> = krate.api.feature_of_events().map(str::to_owned).into_iter().collect();
        events::page(module, krate).importing(&imports, &features, Home::Whole)
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
    let has_properties = rules::have_properties(&files);
    if let Some(parts) = &krate.parts {
        files.extend(part_manifests::all(api, package, parts, has_properties));
    } else if package.runtime == RuntimeSource::Embedded {
        let embedded = runtime::embedded(api, &files, has_properties);
        files.push(manifest::embedded(api, package, &embedded.dependencies));
        files.extend(embedded.files);
    } else {
        files.push(manifest::library(api, package, has_properties));
    }
    files.sort();
    Ok(files)
}

/// The files that aren't of one model or operation.
fn of_the_whole(krate: &Crate<'_>) -> Result<Vec<SourceFile>, PrintError> {
    let api = krate.api;
    let groups = groups::all(krate).into_iter().map(printer::Page::finish);
    let document = crate_files::has_document(krate).then(|| crate_files::document(krate));
    let document = document.map(printer::Page::finish);
    let servers = crate_files::servers(krate).finish();
    let mut files = vec![crate_files::library(krate).finish()?];
    match &krate.parts {
        Some(parts) => {
            files.extend(parts::files(krate, parts)?);
            let types = parts::Folder::of_types(parts);
            files.extend(document.transpose()?.into_iter().chain([servers?]).map(|file| types.put(file)));
            for group in groups {
                files.push(parts::Folder::of_file(parts, group?));
            }
        }
        None => {
            files.push(crate_files::models(api).finish()?);
            files.extend(crate_files::has_servers(krate).then_some(servers?));
            files.extend(document.transpose()?);
            files.extend(groups.collect::<Result<Vec<_>, PrintError>>()?);
        }
    }
    files.push(reference::file(krate));
    Ok(files)
}
