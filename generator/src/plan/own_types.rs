//! Types of the caller's own, which the settings put in place of schemas. What such a schema says is forgotten before
//! anything is planned.

use std::borrow::Cow;

use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Entries, Settings, TypeSettings};
use crate::source::document::{Document, Schema, SchemaId, Type};

/// The document with the types of the settings in place of the schemas that they name. Entries that match nothing, and
/// paths that aren't any, are reported.
pub(super) fn put_in<'d>(
    mut document: Cow<'d, Document>,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Cow<'d, Document> {
    let own = settings.types.iter().filter(|(_, entry)| entry.path.is_some());
    let entries = Entries::of_map(&["types"], own);
    if entries.is_empty() {
        return document;
    }
    let mut found = Vec::new();
    for (id, schema) in (0..).map(SchemaId).zip(&document.schemas.0) {
        let names: Vec<&str> = schema.name.iter().map(String::as_str).collect();
        if let Some(entry) = entries.find(&schema.place, &names)
            && let Some(path) = path(&entries, entry.index, entry.value, settings, diagnostics)
        {
            found.push((id, path));
        }
    }
    let document_names = || document.schemas.0.iter().filter_map(|schema| schema.name.clone()).collect();
    entries.report_unmatched::<String>("schema", document_names, |path| settings.place(path), diagnostics);
    for (id, path) in found {
        let schema = &mut document.to_mut().schemas[id];
        *schema = replaced(schema, path);
    }
    document
}

/// Why a type of the caller's own can't be given anything.
const NOT_GENERATED: &str = "isn't generated, so it has no derives or attributes of the settings";

/// The path of the entry at `index`, if it is one.
fn path(
    entries: &Entries<'_, TypeSettings>,
    index: usize,
    entry: &TypeSettings,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let path = entry.path.clone()?;
    let (problem, key, help) = if !matches!(syn::parse_str(&path), Ok(syn::Type::Path(_))) {
        ("isn't the path of a type", "path", "Write it as in Rust, such as `my_crate::Money`.")
    } else if !entry.derive.is_empty() {
        (NOT_GENERATED, "derive", "Remove `derive`.")
    } else if !entry.attributes.is_empty() {
        (NOT_GENERATED, "attributes", "Remove `attributes`.")
    } else {
        return Some(path);
    };
    let message = format!("{path:?} in the settings {problem}");
    let place = entries.path(index);
    let place: Vec<&str> = place.into_iter().chain([key]).collect();
    diagnostics.report(&codes::INVALID_TYPE_SETTING, &settings.place(&place), message, help);
    None
}

/// What is left of a schema: its name and what it says to readers.
fn replaced(schema: &Schema, path: String) -> Schema {
    Schema {
        place: schema.place.clone(),
        name: schema.name.clone(),
        title: schema.title.clone(),
        description: schema.description.clone(),
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        nullable: schema.nullable || schema.types.contains(&Type::Null),
        own_type: Some(path),
        ..Schema::default()
    }
}
