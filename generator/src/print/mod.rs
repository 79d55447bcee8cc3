//! [`Api`] to source files: tokens and layout only.

mod calls;
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
mod replies;
mod requests;
mod runtime;
mod shortcuts;
mod types;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::api::{Api, Model, Operation, TypeKind, TypeRef};
use crate::{Package, RuntimeSource};
pub use calls::{Call, Setting, Subject, calls};
pub use crate_docs::{Shown, shown};
use imports::Imports;
pub use manifest::MANIFEST;
pub use printer::MARKER;
pub use types::rust as rust_type;

/// A file of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Relative to the crate's folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// What is looked up while emitting.
struct Index<'a> {
    /// Every type's kind by its name.
    kinds: BTreeMap<&'a str, &'a TypeKind>,
    /// The type of a failure's body for which the document has none.
    error_body: String,
    /// The crate's name in Rust.
    krate: String,
}

impl<'a> Index<'a> {
    fn new(api: &'a Api, name: &str) -> Self {
        let definitions = api.models.iter().flat_map(|model| &model.types);
        Self {
            kinds: definitions.map(|definition| (definition.name.as_str(), &definition.kind)).collect(),
            error_body: api.facts.error_body.as_ref().map_or_else(|| "Json".to_owned(), types::rust),
            krate: name.replace('-', "_"),
        }
    }

    /// The type with each alias in it replaced by what it stands for.
    fn behind_aliases(&self, ty: &TypeRef, depth: usize) -> TypeRef {
        let inner = |ty: &TypeRef| Box::new(self.behind_aliases(ty, depth + 1));
        match ty {
            TypeRef::Named(name) if depth < 64 => match self.kinds.get(name.as_str()) {
                Some(TypeKind::Alias(alias)) => *inner(&alias.ty),
                _ => ty.clone(),
            },
            TypeRef::List(item) => TypeRef::List(inner(item)),
            TypeRef::Map(value) => TypeRef::Map(inner(value)),
            TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
            TypeRef::Tuple(items) => TypeRef::Tuple(items.iter().map(|item| *inner(item)).collect()),
            other => other.clone(),
        }
    }
}

/// The generated crate's files, sorted by path.
pub fn print(api: &Api, package: &Package) -> Vec<SourceFile> {
    let name = package.name.as_str();
    let index = Index::new(api, name);
    let imports = Imports::new(api);
    let model = |model: &Model| models::page(model, &index).importing(&imports, &model.features);
    let operation = |operation: &Operation| {
        let feature = api.feature_of(&operation.group);
        let features: Vec<String> = feature.map(str::to_owned).into_iter().collect();
        operations::page(operation, &index).importing(&imports, &features)
    };
    let each = || {
        let mut files: Vec<SourceFile> = api.operations.par_iter().map(operation).collect();
        files.par_extend(api.models.par_iter().map(model));
        files
    };
    let is_embedded = package.runtime == RuntimeSource::Embedded;
    let (whole, mut files) = rayon::join(|| of_the_whole(api, name, is_embedded, &index), each);
    files.extend(whole);
    if is_embedded {
        let embedded = runtime::embedded(api, &files);
        files.push(manifest::embedded(api, name, &embedded.dependencies));
        files.extend(embedded.files);
    } else {
        files.push(manifest::library(api, package));
    }
    files.sort();
    files
}

/// The files that aren't of one model or operation.
fn of_the_whole(api: &Api, name: &str, is_embedded: bool, index: &Index<'_>) -> Vec<SourceFile> {
    let pages = [
        crate_files::library(api, name, is_embedded, index),
        crate_files::models(api),
        crate_files::servers(api),
        crate_files::document(api),
    ];
    let mut files: Vec<SourceFile> =
        pages.into_iter().chain(crate_files::groups(api)).map(printer::Page::finish).collect();
    files.push(reference::file(api, index));
    files
}
