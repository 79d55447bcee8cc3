//! [`Document`] to [`Api`]: every decision about the generated crate.

mod all_of;
mod bodies;
mod conversions;
mod discriminated;
mod docs;
mod enums;
mod families;
mod features;
mod files;
mod modifications;
mod names;
mod objects;
mod operations;
mod pagination;
mod reach;
mod recursion;
mod replies;
mod reserved;
mod rules;
mod schemas;
mod service;
mod starts;
mod unions;

use std::collections::BTreeMap;

use crate::api::{Alias, Api, Model, TypeDef, TypeKind, TypeRef};
use crate::diagnostics::Diagnostics;
use crate::settings::{Schemas, Settings};
use crate::source::document::{Document, Schema, SchemaId};
use names::TypeNames;
use reach::Sides;

/// Plans the crate for `document`.
pub fn plan(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    /// Names of inner types change with that of the type that they are in, which can end a contest or begin one.
    const MOST_ROUNDS: usize = 4;
    let mut names = TypeNames::default();
    let mut rounds = 0;
    loop {
        let mut told = diagnostics.clone();
        let (api, contested) = plan_with(document, settings, names, &mut told);
        rounds += 1;
        if rounds == MOST_ROUNDS || contested.is_empty() {
            *diagnostics = told;
            return api;
        }
        names = contested;
    }
}

/// Plans with names as far as they are settled; gives the contests that are to be settled in another round.
fn plan_with(
    document: &Document,
    settings: &Settings,
    names: TypeNames,
    diagnostics: &mut Diagnostics,
) -> (Api, TypeNames) {
    let mut planner = Planner::new(document, settings, names, diagnostics);
    planner.name_components();
    planner.plan_components();
    let error_body = planner.error_body();
    let mut operations = planner.operations();
    let contested = planner.names.contested();
    let mut models = planner.models;
    models.sort_by(|a, b| a.file.cmp(&b.file));
    recursion::add_boxes(&mut models);
    rules::repeat_alias_rules(&mut models, &mut operations);
    conversions::find(&mut models, &operations);
    let mut features = features::of_groups(&operations);
    families::find(&mut models, &mut features, settings, diagnostics);
    starts::find(&models, &mut operations);
    pagination::find(&models, &mut operations, settings, diagnostics);
    modifications::find(&models, &mut operations, settings, diagnostics);
    let mut api = service::api(document, settings, models, operations, error_body);
    features::assign(&mut api, features);
    (api, contested)
}

/// What planning knows so far.
struct Planner<'a, 'd> {
    document: &'a Document,
    settings: &'a Settings,
    diagnostics: &'d mut Diagnostics,
    names: TypeNames,
    /// The sides of each reachable schema.
    reached: BTreeMap<SchemaId, Sides>,
    /// The Rust names of the schemas that have one: components and whatever else a reference names.
    named: BTreeMap<SchemaId, String>,
    models: Vec<Model>,
    /// The types of the model in the making.
    current: Vec<TypeDef>,
    sides: Sides,
    /// The schemas that are being given a shape, each in the one before, and the names of their types as far as
    /// they have any.
    shaping: Vec<(SchemaId, Option<String>)>,
    /// How many types there are.
    types: usize,
}

impl<'a, 'd> Planner<'a, 'd> {
    fn new(
        document: &'a Document,
        settings: &'a Settings,
        names: TypeNames,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self {
            document,
            settings,
            diagnostics,
            names,
            reached: reach::reach(document, settings.schemas == Schemas::All),
            named: BTreeMap::new(),
            models: Vec::new(),
            current: Vec::new(),
            sides: Sides::default(),
            shaping: Vec::new(),
            types: 0,
        }
    }

    /// Names every reachable schema that a reference can name.
    fn name_components(&mut self) {
        let document = self.document;
        let mut wires: BTreeMap<SchemaId, String> = BTreeMap::new();
        for id in self.reached.keys() {
            if let Some(name) = &document.schemas[*id].name {
                wires.insert(*id, name.clone());
            }
            if let Some(target) = document.schemas[*id].reference.filter(|id| self.reached.contains_key(id)) {
                wires.entry(target).or_insert_with(|| last_words(&document.schemas[target]));
            }
        }
        // Two that are referred to where they stand can end in the same words, and they in a component's name.
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for wire in wires.values() {
            *count.entry(wire.clone()).or_default() += 1;
        }
        for (id, wire) in &mut wires {
            let schema = &document.schemas[*id];
            if count[wire] > 1 && schema.name.is_none() {
                *wire = format!("{wire} {} {}", schema.place.file, schema.place.pointer);
            }
        }
        let mut ids: Vec<SchemaId> = wires.keys().copied().collect();
        ids.sort_by_key(|id| &document.schemas[*id].place);
        let names = self.names.components(ids.iter().map(|id| wires[id].as_str()));
        self.named = ids.into_iter().zip(names).collect();
    }

    fn plan_components(&mut self) {
        for (id, name) in self.named.clone() {
            self.sides = self.reached.get(&id).copied().unwrap_or_default();
            let document = self.document;
            let schema = &document.schemas[id];
            let used = self.shape(schema, &name, true, 0);
            if used.ty != TypeRef::Named(name.clone()) {
                let alias = TypeKind::Alias(Alias { ty: used.ty, rules: used.rules });
                let definition = self.definition(schema, &name, alias);
                self.current.insert(0, definition);
            }
            self.finish_model(&name);
        }
    }

    /// Puts the types made since the last call into a file named after `name`.
    fn finish_model(&mut self, name: &str) {
        let types = std::mem::take(&mut self.current);
        if !types.is_empty() {
            let mut file = names::module(name);
            if file == name {
                // A name without case, such as `_1`, can't be both a type's and a module's.
                file = format!("type{file}");
            }
            while self.models.iter().any(|model| model.file == file) {
                file = format!("{file}_{}", names::hash(name));
            }
            self.models.push(Model { file, types, features: Vec::new() });
        }
    }

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

    fn has_deprecating_extension(&self, extensions: &indexmap::IndexMap<String, serde_json::Value>) -> bool {
        self.settings
            .deprecated
            .iter()
            .any(|(name, value)| extensions.get(name).and_then(serde_json::Value::as_str) == Some(value))
    }
}

/// A name for a schema that is referred to where it stands, from the last two words of its pointer.
fn last_words(schema: &Schema) -> String {
    let mut words: Vec<&str> = schema
        .place
        .pointer
        .rsplit('/')
        .filter(|word| {
            !matches!(*word, "" | "schema" | "schemas" | "properties" | "items" | "content" | "components")
        })
        .take(2)
        .collect();
    words.reverse();
    words.join(" ")
}
