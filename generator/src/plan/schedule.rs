//! The parts of the plan: components and operations, each planned by itself. All at once they are drafted as if
//! none were called like another's types; in the document's order those that would be given other names are then
//! planned anew.

use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::operations::Positions;
use super::reach::Sides;
use super::type_names::{Asked, Asking, TypeNames};
use super::{Ground, Kinds, Planner};
use crate::api::{Alias, Operation, TypeDef, TypeKind, TypeRef};
use crate::diagnostics::Diagnostics;
use crate::source::document::SchemaId;

/// How many types a document may make.
pub(super) const MAX_TYPES: usize = 200_000;

/// Names of inner types change with that of the type that they are in, which can end a contest or begin one.
const MOST_ROUNDS: usize = 4;

/// What is planned of a part beside its own.
#[derive(Debug)]
pub(super) struct Part {
    /// The inline types, and a component's own.
    pub types: Vec<TypeDef>,
    /// What the file of the types is called after.
    pub file: String,
    pub diagnostics: Diagnostics,
    asked: Vec<Asked>,
}

/// All parts, each in the document's order.
#[derive(Default)]
pub(super) struct Parts {
    pub components: Vec<Part>,
    pub error_body: Option<(TypeRef, Part)>,
    pub operations: Vec<(Operation, Part)>,
}

/// Plans all parts. `names` has those of the components.
pub(super) fn plan(ground: &Ground<'_>, names: &TypeNames) -> Parts {
    let drafted = rounds(ground, names, true);
    if ground.types.load(Ordering::Relaxed) < MAX_TYPES {
        return drafted;
    }
    // Which type is one too many depends on those before it.
    drop(drafted);
    rounds(ground, names, false)
}

fn rounds(ground: &Ground<'_>, names: &TypeNames, draft: bool) -> Parts {
    let mut table = names.clone();
    let components = ground.components();
    let none = Kinds::new();
    let component = |(id, name): &(SchemaId, &str), table: &TypeNames| {
        Planner::new(ground, table, &none).component(*id, name)
    };
    let positions = Positions::new(&ground.document.operations);
    let mut rounds = 1;
    let mut parts = Parts::default();
    if draft {
        parts.components = components.par_iter().map(|id| component(id, &table)).collect();
    }
    loop {
        if !draft {
            ground.types.store(0, Ordering::Relaxed);
            parts = Parts::default();
        }
        for (index, id) in components.iter().enumerate() {
            settle(&mut table, &mut parts.components, index, |part| part, |table| component(id, table));
        }
        parts.error_body = Planner::new(ground, &table, &none).error_body();
        parts.error_body.iter().for_each(|(_, part)| table.take(&part.asked));
        let mut operations = std::mem::take(&mut parts.operations);
        let kinds = kinds(&parts);
        let operation = |index: usize, table: &TypeNames| {
            Planner::new(ground, table, &kinds).operation(index, &positions)
        };
        if draft && operations.is_empty() {
            let count = ground.document.operations.len();
            operations = (0..count).into_par_iter().map(|index| operation(index, &table)).collect();
        }
        for index in 0..ground.document.operations.len() {
            settle(&mut table, &mut operations, index, |(_, part)| part, |table| operation(index, table));
        }
        parts.operations = operations;
        match table.contested() {
            Some(keepers) if rounds < MOST_ROUNDS => table = names.with(keepers),
            _ => return parts,
        }
        rounds += 1;
    }
}

/// Takes the part at `index` into the table as it is if it fits, else plans it.
fn settle<T>(
    table: &mut TypeNames,
    parts: &mut Vec<T>,
    index: usize,
    part: impl Fn(&T) -> &Part,
    plan: impl Fn(&TypeNames) -> T,
) {
    if parts.get(index).is_some_and(|known| table.accept(&part(known).asked)) {
        return;
    }
    let planned = plan(table);
    table.take(&part(&planned).asked);
    match parts.get_mut(index) {
        Some(known) => *known = planned,
        None => parts.push(planned),
    }
}

/// What the types are that an operation can name without having them in it.
fn kinds(parts: &Parts) -> Kinds<'_> {
    let parts = parts.components.iter().chain(parts.error_body.iter().map(|(_, part)| part));
    let types = parts.flat_map(|part| &part.types);
    types.map(|definition| (definition.name.as_str(), &definition.kind)).collect()
}

impl<'a> Planner<'a> {
    pub(super) fn new(ground: &'a Ground<'a>, names: &'a TypeNames, kinds: &'a Kinds<'a>) -> Self {
        Self {
            document: ground.document,
            settings: ground.settings,
            ground,
            kinds,
            diagnostics: Diagnostics::default(),
            names: Asking::new(names),
            current: Vec::new(),
            sides: Sides::default(),
            shaping: Vec::new(),
        }
    }

    /// The part that has been planned, whose file is called after `file`.
    pub(super) fn part(self, file: String) -> Part {
        let Self { current, diagnostics, names, .. } = self;
        Part { types: current, file, diagnostics, asked: names.asked() }
    }

    /// Plans the component `id`, whose type is called `name`.
    fn component(mut self, id: SchemaId, name: &str) -> Part {
        self.sides = self.ground.reached[id.0 as usize].unwrap_or_default();
        let schema = &self.document.schemas[id];
        let used = self.shape(schema, name, true, 0);
        if used.ty != TypeRef::Named(name.to_owned()) {
            let alias = TypeKind::Alias(Alias { ty: used.ty, rules: used.rules });
            let definition = self.definition(schema, name, alias);
            self.current.insert(0, definition);
        }
        self.part(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use crate::source::{self, Selection};

    #[test]
    fn drafts_become_what_is_planned_in_order() {
        let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        for case in std::fs::read_dir(cases).unwrap() {
            let spec = case.unwrap().path().join("spec.yaml");
            let document = source::load(&spec, &Selection::default(), &mut Diagnostics::default());
            let Some(document) = document else { continue };
            let settings = Settings::default();
            let (ground, names) = Ground::new(&document, &settings);
            let [drafted, in_order] = [true, false].map(|draft| {
                let parts = rounds(&ground, &names, draft);
                let operations = parts.operations.iter();
                let shown = operations.map(|(operation, part)| (operation.clone(), part.types.clone()));
                let types: Vec<_> = parts.components.iter().map(|part| part.types.clone()).collect();
                (types, shown.collect::<Vec<_>>())
            });
            assert!(drafted == in_order, "{}", spec.display());
        }
    }
}
