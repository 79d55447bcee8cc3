//! Values to a [`document::Document`]: what the document says, with all references resolved.

mod at;
mod base_uris;
mod content;
mod discriminators;
pub mod document;
mod encodings;
mod examples;
mod faults;
mod files;
mod info;
mod keywords;
mod likeness;
mod limits;
mod members;
mod methods;
mod minor;
mod misplaced;
mod operations;
mod other_files;
mod overlays;
mod parameters;
mod querystring;
mod reader;
mod received;
mod schema_ids;
mod schemas;
mod scheme_uris;
mod security;
mod selection;
mod server_variables;
mod several;
mod styles;
mod swagger;
mod template;
mod unused;
mod values;
mod version;
mod xml;

use std::path::Path;

use indexmap::IndexMap;
use rayon::prelude::*;
use serde_json::Value;

use crate::diagnostics::{Diagnostics, codes};
use crate::text::Place;
pub use crate::text::{DISCRIMINATED_BY, Origins, conflict, value};
use at::At;
pub(crate) use content::is_token;
pub use document::Examples;
use document::{Document, Operation, SchemaId, Schemas};
use files::Files;
pub use keywords::NOT_CHECKED;
use reader::{Reader, SECTIONS};
pub use selection::{Overlay, Selection};

/// Reads the document in the file at `path`, and the files that it refers to below its folder, or below the root that
/// `selection` names. Its overlays change the document before anything is read from it.
///
/// If `selection` names others, all of them become one document.
pub fn load(path: &Path, selection: &Selection, diagnostics: &mut Diagnostics) -> Option<Document> {
    if !selection.others.is_empty() {
        let one = |path: &Path, selection: &Selection, diagnostics: &mut Diagnostics| {
            Some((load_one(path, selection, diagnostics)?, Examples::default()))
        };
        return several::load(path, selection, diagnostics, one).map(|(document, _)| document);
    }
    load_one(path, selection, diagnostics)
}

fn load_one(path: &Path, selection: &Selection, diagnostics: &mut Diagnostics) -> Option<Document> {
    let files = prepared(path, selection, diagnostics)?;
    let document = read(&files, selection, diagnostics);
    // Freeing the values of a large document takes a tenth of the time of reading it.
    rayon::spawn(|| drop(files));
    document
}

/// Likewise, with the examples of the document.
pub fn load_with_examples(
    path: &Path,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<(Document, Examples)> {
    match selection.others.is_empty() {
        true => load_one_with_examples(path, selection, diagnostics),
        false => several::load(path, selection, diagnostics, load_one_with_examples),
    }
}

fn load_one_with_examples(
    path: &Path,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<(Document, Examples)> {
    let files = prepared(path, selection, diagnostics)?;
    let mut reader = Reader::new(&files, selection.keep_going);
    reader.found_examples = Some(Examples::default());
    let (document, reader) = finished(reader, selection, diagnostics);
    Some((document?, reader.found_examples.unwrap_or_default()))
}

/// Reads the document `text`, which can't refer to other files. The other documents of `selection` aren't read.
pub fn load_text(text: &[u8], selection: &Selection, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut files = Files::from_text(text, diagnostics)?;
    swagger::upgrade(&mut files, diagnostics)?;
    read(&files, selection, diagnostics)
}

/// The files at `path` as they are read: with the overlays applied, and as OpenAPI 3.
fn prepared(path: &Path, selection: &Selection, diagnostics: &mut Diagnostics) -> Option<Files> {
    let mut files = Files::read(path, selection.root.as_deref(), diagnostics)?;
    overlays::apply(&mut files, selection, diagnostics)?;
    swagger::upgrade(&mut files, diagnostics)?;
    Some(files)
}

fn read(files: &Files, selection: &Selection, diagnostics: &mut Diagnostics) -> Option<Document> {
    finished(Reader::new(files, selection.keep_going), selection, diagnostics).0
}

/// What `reader` reads; none if it has errors. The reader is left with what else it has found.
fn finished<'a>(
    mut reader: Reader<'a>,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> (Option<Document>, Reader<'a>) {
    let document = reader.document(selection);
    diagnostics.trace(reader.files.origins.clone());
    diagnostics.extend(std::mem::take(&mut reader.diagnostics));
    (document.filter(|_| !diagnostics.has_errors()), reader)
}

/// The number of parts that a list is read in. It doesn't depend on the machine, so the parts are always the same.
const PARTS: usize = 8;

fn parts<T>(list: &[T]) -> std::slice::Chunks<'_, T> {
    list.chunks(list.len().div_ceil(PARTS).max(1))
}

/// The members of the document.
const ROOT: &[&str] = &[
    "openapi",
    "$self",
    "info",
    "jsonSchemaDialect",
    "servers",
    "paths",
    "webhooks",
    "components",
    "security",
    "tags",
    "externalDocs",
];

impl<'a> Reader<'a> {
    /// The document, or as much of it as can be read.
    fn document(&mut self, selection: &Selection) -> Option<Document> {
        let place = Place::default();
        let root = At { value: self.files.get(&place)?, place };
        self.version(&root)?;
        self.root(&root);
        let components = self.components(&root);
        let mut operations = self.operations_and_schemas(&root, selection);
        // What one of several documents lacks, another one may have.
        if selection.others.is_empty() {
            selection.check(&operations, &self.received, &mut self.diagnostics);
        }
        self.settle_faults(&mut operations);
        let mut security = self.security(&root);
        let own = operations.iter_mut().filter_map(|operation| operation.security.as_mut());
        self.name_foreign_schemes(own.flatten().chain(&mut security));
        let own = operations.iter().filter_map(|operation| operation.security.as_ref());
        let used = own.chain([&security]).flatten().flat_map(IndexMap::keys).cloned().collect();
        let mut document = Document {
            info: self.info(&root),
            summary: self.summary_of_info(&root),
            parts: Vec::new(),
            servers: self.servers(&root),
            tags: self.tags(&root),
            security,
            security_schemes: self.security_schemes(&root, &used),
            schemas: Schemas::default(),
            components,
            operations,
            received: std::mem::take(&mut self.received),
            extensions: root.extensions(),
            origins: self.files.origins.clone(),
        };
        self.report_misplaced();
        self.report_unused();
        self.no_empty_mappings();
        self.add_schemas_of_other_files(&mut document.components);
        document.schemas = std::mem::take(&mut self.schemas);
        Some(document)
    }

    /// The selected operations. They and the components, which are waiting, are read in parts on all threads. Each part
    /// reads the schemas that it leads to.
    fn operations_and_schemas(&mut self, root: &At<'a>, selection: &Selection) -> Vec<Operation> {
        let (components, paths, webhooks) = (self.schema_ids.leave(), self.paths(root), self.webhooks(root));
        let wanted = |path: &str, at: &At<'_>| selection.wants(path, at.value);
        let component = parts(&components).map(|components| (components, &[][..], &[][..]));
        let webhook = parts(&webhooks).map(|webhooks| (&[][..], &[][..], webhooks));
        let path = parts(&paths).map(|paths| (&[][..], paths, &[][..]));
        let parts: Vec<_> = component.chain(webhook).chain(path).collect();
        let read = parts.into_par_iter().map(|(components, paths, webhooks)| {
            let mut part = self.part(components);
            part.read_webhooks(webhooks, wanted);
            let operations = part.operations(paths, wanted);
            part.read_schemas();
            (part, operations)
        });
        let read = read.collect();
        let mut operations = self.take(read);
        self.distinct_ids(&mut operations);
        self.distinct_paths(&operations);
        operations
    }

    /// Reports missing and unknown members of the document itself.
    fn root(&mut self, root: &At<'a>) {
        self.only(root, "the document", &[ROOT]);
        if self.is_3_2() && self.string(root, "$self").is_some_and(|own| own.contains('#')) {
            let help = "Remove the fragment: it names the whole document.";
            self.tolerate(&root.place.child("$self"), "this URI is read without its fragment", help);
        }
        if !["paths", "components", "webhooks", "x-webhooks"].iter().any(|name| root.get(name).is_some()) {
            let help = "Add `paths` with the operations.";
            let message = "the document has no `paths`, `components` or `webhooks`";
            self.diagnostics.report(&codes::EMPTY_DOCUMENT, &root.place, message, help);
        }
    }

    /// Notes which sections of the components are references: entries are found beyond them.
    fn sections(&mut self, sections: &At<'a>) {
        for (name, section) in sections.members().filter(|(name, _)| SECTIONS.contains(name)) {
            if section.value_of("$ref").is_some_and(Value::is_string) {
                self.misplaced.entry(format!("`{name}`")).or_default().insert(section.place.child("$ref"));
            }
        }
    }

    fn components(&mut self, root: &At<'a>) -> IndexMap<String, SchemaId> {
        let mut components = IndexMap::new();
        for sections in self.objects(root, "components") {
            self.only(&sections, "the components", &[SECTIONS, &["$ref"]]);
            self.sections(&sections);
            for (name, at) in self.map(&sections, "schemas") {
                let id = self.schema(at);
                self.schema_ids.name(id, || name.to_owned());
                components.entry(name.to_owned()).or_insert(id);
            }
        }
        components
    }
}
