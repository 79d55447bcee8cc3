//! [`Document`] to [`Api`]: every decision about the generated crate.

mod all_of;
mod bodies;
mod conversions;
mod discriminated;
mod docs;
mod enums;
mod families;
mod features;
mod ground;
mod modifications;
mod multipart;
mod names;
mod objects;
mod operations;
mod pagination;
mod prose;
mod reach;
mod recursion;
mod replies;
mod reserved;
mod rules;
mod schedule;
mod schemas;
mod service;
mod shortcuts;
#[cfg(test)]
mod tests;
mod type_names;
mod unions;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::AtomicUsize;

use serde_json::Value;

use crate::api::{Api, Model, TypeDef, TypeKind};
use crate::diagnostics::Diagnostics;
use crate::settings::Settings;
use crate::source::document::{Document, Schema, SchemaId};
use reach::Sides;
use schedule::Part;
use type_names::Asking;

/// Plans the crate for `document`.
pub fn plan(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    let (ground, names) = Ground::new(document, settings);
    let parts = schedule::plan(&ground, &names);
    let mut files = HashSet::new();
    let mut models = Vec::new();
    let mut take = |part: &mut Part| {
        models.extend(model(std::mem::take(&mut part.types), &part.file, &mut files));
        diagnostics.extend(std::mem::take(&mut part.diagnostics));
    };
    parts.components.into_iter().for_each(|mut part| take(&mut part));
    let error_body = parts.error_body.map(|(ty, mut part)| {
        take(&mut part);
        ty
    });
    let operations = parts.operations.into_iter().map(|(operation, mut part)| {
        take(&mut part);
        operation
    });
    let mut operations: Vec<_> = operations.collect();
    operations.sort_by(|a, b| (&a.group, &a.name).cmp(&(&b.group, &b.name)));
    models.sort_by(|a, b| a.file.cmp(&b.file));
    recursion::add_boxes(&mut models);
    rules::repeat_alias_rules(&mut models, &mut operations);
    conversions::find(&mut models, &operations, settings);
    let mut features = features::of_groups(&operations);
    families::find(&mut models, &mut features, settings, diagnostics);
    shortcuts::find(&models, &mut operations);
    pagination::find(&models, &mut operations, settings, diagnostics);
    modifications::find(&models, &mut operations, settings, diagnostics);
    let mut api = service::api(document, settings, models, operations, error_body);
    features::assign(&mut api, features);
    api
}

/// The types of a part in a file of their own, called `file`; nothing if there are none.
fn model(types: Vec<TypeDef>, file: &str, files: &mut HashSet<String>) -> Option<Model> {
    if types.is_empty() {
        return None;
    }
    let mut name = names::module(file);
    if name == file {
        // A name without case, such as `_1`, can't be both a type's and a module's.
        name = format!("type{name}");
    }
    while !files.insert(name.clone()) {
        name = format!("{name}_{}", names::hash(file));
    }
    Some(Model { file: name, types, features: Vec::new() })
}

/// What all parts of the plan stand on.
struct Ground<'a> {
    document: &'a Document,
    settings: &'a Settings,
    /// The sides of each schema that is reachable.
    reached: Vec<Option<Sides>>,
    /// The Rust name of each schema that has one: components and whatever else a reference names.
    named: Vec<Option<String>>,
    /// How many types there are.
    types: AtomicUsize,
}

/// What the types that are planned are, by name.
type Kinds<'a> = HashMap<&'a str, &'a TypeKind>;

/// Plans one part.
struct Planner<'a> {
    document: &'a Document,
    settings: &'a Settings,
    ground: &'a Ground<'a>,
    /// The types of components.
    kinds: &'a Kinds<'a>,
    diagnostics: Diagnostics,
    names: Asking<'a>,
    /// The types of the part.
    current: Vec<TypeDef>,
    sides: Sides,
    /// The schemas that are being given a shape, each in the one before, and the names of their types as far as
    /// they have any.
    shaping: Vec<(SchemaId, Option<String>)>,
}

impl Planner<'_> {
    /// A definition of `schema` with the parts that all kinds have.
    fn definition(&self, schema: &Schema, name: &str, kind: TypeKind) -> TypeDef {
        TypeDef {
            name: name.to_owned(),
            docs: docs::docs(
                schema.title.as_deref().filter(|_| schema.description.is_none()),
                schema.description.as_deref(),
            ),
            deprecated: self.is_deprecated(schema),
            in_request: self.sides.request,
            in_response: self.sides.response,
            kind,
            place: schema.place.clone(),
        }
    }

    /// Whether the document or an extension that the settings name says that the schema is deprecated.
    fn is_deprecated(&self, schema: &Schema) -> bool {
        schema.deprecated || self.has_deprecating_extension(&schema.extensions)
    }

    fn has_deprecating_extension(&self, extensions: &BTreeMap<String, Value>) -> bool {
        self.settings
            .deprecated
            .iter()
            .any(|(name, value)| extensions.get(name).and_then(Value::as_str) == Some(value))
    }
}
