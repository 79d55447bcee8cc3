//! What the settings leave out. It is taken out of the document before anything is planned, so that the crate is what it
//! would be if the document didn't have it.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, Place};
use crate::settings::{Entries, Settings};
use crate::source::document::{Alternatives, Document, Operation, Received, Schema, SchemaId, Schemas};

/// The document without what the settings leave out. Entries that match nothing are reported.
pub(super) fn leave_out<'d>(
    document: &'d Document,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Cow<'d, Document> {
    if settings.omit.is_empty() {
        return Cow::Borrowed(document);
    }
    let mut kept = document.clone();
    operations(&mut kept, settings, diagnostics);
    properties(&mut kept.schemas, settings, diagnostics);
    types(&mut kept, settings, diagnostics);
    Cow::Owned(kept)
}

fn operations(document: &mut Document, settings: &Settings, diagnostics: &mut Diagnostics) {
    let entries = Entries::of_list(&["omit", "operations"], &settings.omit.operations);
    let tags = Entries::of_list(&["omit", "tags"], &settings.omit.tags);
    let names = |operation: &Operation| -> Vec<String> {
        let path = format!("{} {}", operation.method, operation.path);
        operation.operation_id.clone().into_iter().chain([path]).collect()
    };
    let all = std::mem::take(&mut document.operations);
    let is_kept = |operation: &&Operation| {
        let names = names(operation);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let own_tags: Vec<&str> = operation.tags.iter().map(String::as_str).collect();
        let by_tag = tags.find(&Place::default(), &own_tags).is_some();
        entries.find(&operation.place, &names).is_none() && !by_tag
    };
    document.operations = all.iter().filter(is_kept).cloned().collect();
    let sent = std::mem::take(&mut document.received);
    let omitted = all.iter().filter(|one| !is_kept(one));
    let omitted: HashSet<String> = omitted.filter_map(|one| names(one).into_iter().next()).collect();
    let is_wanted = |received: &&Received| {
        is_kept(&&received.request)
            && !received.callback.as_ref().is_some_and(|callback| omitted.contains(&callback.asked_by))
    };
    document.received = sent.iter().filter(is_wanted).cloned().collect();
    let all: Vec<&Operation> = all.iter().chain(sent.iter().map(|received| &received.request)).collect();
    let place = |path: &[&str]| settings.place(path);
    entries.report_unmatched(
        "operation",
        || all.iter().copied().flat_map(names).collect(),
        place,
        diagnostics,
    );
    tags.report_unmatched(
        "tag",
        || all.iter().flat_map(|one| one.tags.clone()).collect(),
        place,
        diagnostics,
    );
}

/// What the settings call the schema at `place`: its name, or the component that it stands in and the names of the
/// properties that lead to it, or its pointer.
fn called(schema: &Schema) -> String {
    if let Some(name) = &schema.name {
        return name.clone();
    }
    let pointer = &*schema.place.pointer;
    let Some(inside) = pointer.strip_prefix("/components/schemas/") else { return pointer.to_owned() };
    let is_word = |token: &&str| !matches!(*token, "properties" | "items");
    inside.split('/').filter(is_word).collect::<Vec<_>>().join(".")
}

fn properties(schemas: &mut Schemas, settings: &Settings, diagnostics: &mut Diagnostics) {
    let entries = Entries::of_list(&["omit", "properties"], &settings.omit.properties);
    if entries.is_empty() {
        return;
    }
    let mut all = Vec::new();
    let mut omitted: Vec<(SchemaId, String)> = Vec::new();
    for (id, schema) in (0..).map(SchemaId).zip(&schemas.0) {
        let owner = if schema.properties.is_empty() { String::new() } else { called(schema) };
        for (wire, property) in &schema.properties {
            let name = format!("{owner}.{wire}");
            if entries.find(&schemas[*property].place, &[&name]).is_some() {
                omitted.push((id, wire.clone()));
            }
            all.push(name);
        }
    }
    for (id, wire) in omitted {
        schemas[id].properties.shift_remove(&wire);
        schemas[id].required.retain(|required| *required != wire);
    }
    entries.report_unmatched("property", || all.iter().collect(), |path| settings.place(path), diagnostics);
}

fn types(document: &mut Document, settings: &Settings, diagnostics: &mut Diagnostics) {
    let entries = Entries::of_list(&["omit", "types"], &settings.omit.types);
    if entries.is_empty() {
        return;
    }
    let mut omitted = HashSet::new();
    for (id, schema) in (0..).map(SchemaId).zip(&document.schemas.0) {
        let names: Vec<&str> = schema.name.iter().map(String::as_str).collect();
        if entries.find(&schema.place, &names).is_some() {
            omitted.insert(id);
        }
    }
    document.components.retain(|_, id| !omitted.contains(id));
    for id in &omitted {
        let place = document.schemas[*id].place.clone();
        document.schemas[*id] = Schema { place, boolean: Some(true), ..Schema::default() };
    }
    let is_reference = |schema: &Schema| schema.reference.is_some_and(|target| omitted.contains(&target));
    let ids = (0..).map(SchemaId).zip(&document.schemas.0);
    let references: Vec<SchemaId> =
        ids.filter(|(_, schema)| is_reference(schema)).map(|(id, _)| id).collect();
    for id in references {
        let schema = &mut document.schemas[id];
        (schema.reference, schema.boolean) = (None, Some(true));
        omitted.insert(id);
    }
    for id in (0..document.schemas.0.len() as u32).map(SchemaId) {
        if holds(&document.schemas[id], &omitted) {
            forget(&mut document.schemas[id], &omitted);
        }
    }
    let names = || document.schemas.0.iter().filter_map(|schema| schema.name.clone()).collect();
    entries.report_unmatched::<String>("component schema", names, |path| settings.place(path), diagnostics);
}

/// The lists of schemas, and the maps by tags, that can have one that is left out.
fn holds(schema: &Schema, omitted: &HashSet<SchemaId>) -> bool {
    let mapping = schema.discriminator.iter().flat_map(|discriminator| discriminator.mapping.values());
    let by = schema.discriminated_by.iter().filter_map(|by| match &by.alternatives {
        Alternatives::Mapping(mapping) => Some(mapping.values()),
        Alternatives::Like(_) => None,
    });
    let lists = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of);
    lists.chain(mapping).chain(by.flatten()).any(|id| omitted.contains(id))
}

fn forget(schema: &mut Schema, omitted: &HashSet<SchemaId>) {
    let is_kept = |id: &SchemaId| !omitted.contains(id);
    schema.all_of.retain(is_kept);
    // One alternative alone would be the type, into which values of the other don't fit.
    let is_tagged = schema.discriminator.is_some();
    for list in [&mut schema.one_of, &mut schema.any_of] {
        if is_tagged || list.iter().filter(|id| is_kept(id)).count() != 1 {
            list.retain(is_kept);
        }
    }
    if let Some(discriminator) = &mut schema.discriminator {
        discriminator.mapping.retain(|_, id| is_kept(id));
    }
    if let Some(Alternatives::Mapping(mapping)) =
        schema.discriminated_by.as_mut().map(|by| &mut by.alternatives)
    {
        mapping.retain(|_, id| is_kept(id));
    }
}
