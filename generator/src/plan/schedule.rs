//! The parts of the plan: components and operations, planned independently and on all threads.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::numbering::Taken;
use super::reach::Sides;
use super::{Ground, Kinds, Planner};
use crate::api::{Alias, Events, Ident, Operation, TypeDef, TypeKind, TypeRef, Wish};
use crate::diagnostics::Diagnostics;
use crate::source::document::SchemaId;

/// How many types a document may define.
pub(super) const MAX_TYPES: usize = 200_000;

/// One part of the plan.
#[derive(Debug)]
pub(super) struct Part {
    /// The inline types, and a component's own.
    pub types: Vec<TypeDef>,
    /// The key of the type or operation that the types' file is named after.
    pub key: String,
    pub diagnostics: Diagnostics,
}

/// All parts, each in the document's order.
pub(super) struct Parts {
    pub components: Vec<Part>,
    pub error_body: Option<(TypeRef, Part)>,
    pub operations: Vec<(Operation, Part)>,
    pub events: Vec<(Events, Vec<Part>)>,
}

/// Plans all parts.
pub(super) fn plan(ground: &Ground<'_>) -> Parts {
    let parts = on_all_threads(ground);
    if ground.types.load(Ordering::Relaxed) < MAX_TYPES {
        return parts;
    }
    // Which type is one too many depends on those before it.
    drop(parts);
    ground.types.store(0, Ordering::Relaxed);
    in_order(ground)
}

fn on_all_threads(ground: &Ground<'_>) -> Parts {
    let none = Kinds::new();
    let component = |(id, name)| Planner::new(ground, &none).component(id, name);
    let components: Vec<Part> = ground.components().into_par_iter().map(component).collect();
    let error_body = Planner::new(ground, &none).error_body();
    let kinds = kinds(&components, error_body.as_ref());
    let operation = |index| Planner::new(ground, &kinds).operation(index);
    let operations = (0..ground.document.operations.len()).into_par_iter().map(operation).collect();
    let events = super::events::plan(ground, &kinds);
    Parts { operations, events, components, error_body }
}

fn in_order(ground: &Ground<'_>) -> Parts {
    let none = Kinds::new();
    let component = |(id, name)| Planner::new(ground, &none).component(id, name);
    let components: Vec<Part> = ground.components().into_iter().map(component).collect();
    let error_body = Planner::new(ground, &none).error_body();
    let kinds = kinds(&components, error_body.as_ref());
    let operation = |index| Planner::new(ground, &kinds).operation(index);
    let operations = (0..ground.document.operations.len()).map(operation).collect();
    let events = super::events::plan(ground, &kinds);
    Parts { operations, events, components, error_body }
}

/// The kinds of the types that an operation can refer to without defining them.
fn kinds<'a>(components: &'a [Part], error_body: Option<&'a (TypeRef, Part)>) -> Kinds<'a> {
    let parts = components.iter().chain(error_body.into_iter().map(|(_, part)| part));
    let types = parts.flat_map(|part| &part.types);
    types.map(|definition| (definition.name.as_str(), &definition.kind)).collect()
}

impl<'a> Planner<'a> {
    pub(super) fn new(ground: &'a Ground<'a>, kinds: &'a Kinds<'a>) -> Self {
        Self {
            document: ground.document,
            settings: ground.settings,
            ground,
            kinds,
            diagnostics: Diagnostics::default(),
            keys: Taken::new(),
            current: Vec::new(),
            sides: Sides::default(),
            shaping: Vec::new(),
            inline: HashMap::new(),
        }
    }

    /// The planned part, whose file is named after `key`.
    pub(super) fn part(self, key: String) -> Part {
        Part { types: self.current, key, diagnostics: self.diagnostics }
    }

    /// Plans the component `id`, whose type is `name`.
    fn component(mut self, id: SchemaId, name: &Ident) -> Part {
        self.sides = self.ground.reached[id.0 as usize].unwrap_or_default();
        let schema = &self.document.schemas[id];
        self.keys.insert(name.key().to_owned(), 1);
        let used = self.shape(schema, name.key(), true, 0);
        if used.ty != TypeRef::Named(name.clone()) {
            let alias = TypeKind::Alias(Alias { ty: used.ty, rules: used.rules });
            let wish = Wish::Required(name.key().to_owned());
            let definition = self.definition(schema, name.clone(), wish, alias);
            self.current.insert(0, definition);
        }
        self.part(name.key().to_owned())
    }
}
