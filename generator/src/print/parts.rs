//! The crates of a workspace that has one for each group of operations: what is in them, and how they see each other.
//!
//! Each has the modules that a single crate has, so that a file of a model or of an operation is the same in both.

use std::collections::BTreeMap;

use super::crate_files::{CLIENT, RUNTIME_MODULE, about, attributes, model_files};
use super::printer::{Page, gate};
use super::{PrintError, SourceFile, docs, groups, pieces};
use crate::api::{Api, Ident, Model};
use crate::rust::{Crate, GroupCrate, Member, Parts, rust_name};

/// The folder that the crates of groups and of types are in.
pub const PARTS: &str = "crates";

/// The folder of a crate.
pub(super) struct Folder<'a> {
    name: &'a str,
}

impl<'a> Folder<'a> {
    /// That of the package `name`.
    pub(super) fn of(name: &'a str) -> Self {
        Self { name }
    }

    pub(super) fn of_member(parts: &'a Parts<'a>, member: Member<'a>) -> Self {
        Self::of(parts.name(member))
    }

    pub(super) fn of_types(parts: &'a Parts<'_>) -> Self {
        Self::of(&parts.types)
    }

    /// The file in this folder.
    pub(super) fn put(&self, file: SourceFile) -> SourceFile {
        SourceFile { path: format!("{PARTS}/{}/{}", self.name, file.path), ..file }
    }

    /// A file of the modules of operations in the folder of its group.
    pub(super) fn of_file(parts: &Parts<'_>, file: SourceFile) -> SourceFile {
        let below = file.path.strip_prefix("src/operations/").and_then(|path| path.split_once('/'));
        match below.and_then(|(group, _)| parts.of_group(group)) {
            Some(part) => Folder::of(&part.name).put(file),
            None => file,
        }
    }
}

/// The item that makes the module of the group one of the operations.
pub(super) fn reexport(part: &GroupCrate<'_>) -> String {
    let gate = gate([part.feature]);
    format!("{gate}#[doc(inline)]\npub use ::{}::operations::{};\n", part.rust_name(), part.group)
}

/// What the crate of all groups, and that of each, takes from the one with the types.
pub(super) fn exports(parts: &Parts<'_>, api: &Api) -> String {
    let types = parts.rust_types();
    let client = if api.operations.is_empty() {
        String::new()
    } else {
        format!(
            "pub use ::{types}::Error;\n#[cfg(feature = \"client\")]\npub use ::{types}::{{Client, ClientBuilder}};\n"
        )
    };
    format!("use ::{types}::document;\n#[doc(inline)]\npub use ::{types}::servers;\n{client}")
}

/// The files of all crates that aren't of one model, operation or module of operations.
pub(super) fn files(krate: &Crate<'_>, parts: &Parts<'_>) -> Result<Vec<SourceFile>, PrintError> {
    let (types, mut files) = (Folder::of_types(parts), vec![models_of_all(parts).finish()?]);
    for page in [library_of_types(krate), models_of_types(krate.api, parts)] {
        files.push(types.put(page.finish()?));
    }
    let mut own: BTreeMap<&str, Vec<&Model>> = BTreeMap::new();
    for model in &krate.api.models {
        own.entry(parts.name(parts.of_model(model))).or_default().push(model);
    }
    let own = |name: &str| own.get(name).map_or(&[][..], Vec::as_slice);
    for part in &parts.groups {
        let folder = Folder::of(&part.name);
        files.push(folder.put(library_of_group(krate, parts, part).finish()?));
        files.push(folder.put(operations_of_group(part).finish()?));
        match &part.pieces {
            Some(found) => files.extend(pieces::files(krate, parts, part, found, &own)?),
            None => files.push(folder.put(models_of_group(own(&part.name), &parts.types).finish()?)),
        }
    }
    Ok(files)
}

/// The document's title.
pub(super) fn title(krate: &Crate<'_>) -> String {
    let title = krate.api.title.trim();
    docs::code(if title.is_empty() { &krate.package.name } else { title })
}

/// `src/lib.rs` of the types.
fn library_of_types(krate: &Crate<'_>) -> Page {
    let mut page = Page::new("src/lib.rs");
    page.block(&about(&[
        format!("The types that groups of operations of {} share, its servers and its client.", title(krate)),
        String::new(),
        format!("A part of `{}`, which re-exports it.", krate.rust_name()),
    ]));
    page.block(&attributes(krate));
    page.block(
        "#[doc(hidden)]\n#[rustfmt::skip]\npub mod document;\n#[rustfmt::skip]\npub mod models;\n#[rustfmt::skip]\npub mod \
         servers;",
    );
    page.block(RUNTIME_MODULE);
    if !krate.api.operations.is_empty() {
        page.block(CLIENT);
    }
    page
}

/// `src/lib.rs` of a group.
fn library_of_group(krate: &Crate<'_>, parts: &Parts<'_>, part: &GroupCrate<'_>) -> Page {
    let (group, title) = (part.group, title(krate));
    let lines = [
        format!("Operations of {title}: those of `{group}`, with the types that no other group needs."),
        String::new(),
        format!(
            "A part of `{}`, which re-exports it with the feature `{}`.",
            krate.rust_name(),
            part.feature
        ),
    ];
    library(krate, parts, &lines, Some(group))
}

/// `src/lib.rs` of a crate with models, and operations of `group` if it has any, that `lines` are about.
pub(super) fn library(krate: &Crate<'_>, parts: &Parts<'_>, lines: &[String], group: Option<&Ident>) -> Page {
    let mut page = Page::new("src/lib.rs");
    page.block(&about(lines));
    page.block(&attributes(krate));
    let operations = group.map_or("", |_| "#[rustfmt::skip]\npub mod operations;\n");
    page.block(&format!("#[rustfmt::skip]\npub mod models;\n{operations}"));
    page.block(RUNTIME_MODULE);
    page.block(&group.map_or_else(String::new, |group| format!("pub use operations::{group};")));
    page.block(&exports(parts, krate.api));
    page
}

/// `src/models/mod.rs` of the crate of all groups.
fn models_of_all(parts: &Parts<'_>) -> Page {
    let mut page = Page::new("src/models/mod.rs");
    page.block("//! The types of requests and responses.");
    let mut text = format!("#[doc(inline)]\npub use ::{}::models::*;\n", parts.rust_types());
    for part in &parts.groups {
        text.push_str(&format!(
            "{}#[doc(inline)]\npub use ::{}::models::*;\n",
            gate([part.feature]),
            part.rust_name()
        ));
    }
    page.block(&text);
    page
}

/// `src/models/mod.rs` of the types.
fn models_of_types(api: &Api, parts: &Parts<'_>) -> Page {
    let mut page = Page::new("src/models/mod.rs");
    page.block("//! The types of requests and responses that no group has for itself.");
    let models = api.models.iter().filter(|model| matches!(parts.of_model(model), Member::Types));
    model_files(&mut page, models.map(|model| (model, &model.features[..])));
    page
}

/// `src/models/mod.rs` of a group.
fn models_of_group(own: &[&Model], shared: &str) -> Page {
    let about =
        "The types of requests and responses: those that no other group needs, and those that groups share.";
    models_beside(about, own, shared)
}

/// `src/models/mod.rs` of a crate that re-exports those of the package `shared`.
pub(super) fn models_beside(about: &str, own: &[&Model], shared: &str) -> Page {
    let mut page = Page::new("src/models/mod.rs");
    page.block(&format!("//! {about}"));
    model_files(&mut page, own.iter().map(|model| (*model, &[][..])));
    page.block(&format!("pub use ::{}::models::*;", rust_name(shared)));
    page
}

/// `src/operations/mod.rs` of a group.
pub(super) fn operations_of_group(part: &GroupCrate<'_>) -> Page {
    let mut page = groups::start(&[]);
    page.block(&groups::declared(part.group));
    page
}
