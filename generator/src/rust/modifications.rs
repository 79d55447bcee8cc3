//! Safe partial updates: the function, and the type of the pair of operations behind it.

use std::collections::BTreeSet;

use super::names::{Case, Scope, escape, pascal, snake, unique};
use super::{types, words};
use crate::api::{Api, Ident, Modification, Operation, Parameter};
use crate::diagnostics::{Diagnostics, codes};

/// The names of a safe partial update.
#[derive(Clone, Debug)]
pub struct Names<'a> {
    /// What it is made from.
    pub modification: &'a Modification,
    /// The function, which takes the write's required parameters and `change`.
    pub function: Ident,
    /// The type of the pair of operations.
    pub pair: Ident,
    /// The argument that changes what was read.
    pub change: Ident,
    /// The parameter for its type.
    pub closure: Ident,
    /// The parameter for what the argument returns.
    pub outcome: Ident,
}

/// The write's parameters that the function takes. It gets the entity tag by itself.
pub(super) fn parameters<'a>(
    operation: &'a Operation,
    modification: &'a Modification,
) -> impl Iterator<Item = &'a Parameter> {
    let own = operation.parameters.iter().enumerate();
    let own = own.filter(|(index, _)| modification.if_match != Some(*index));
    own.map(|(_, parameter)| parameter).filter(|parameter| parameter.required)
}

impl<'a> Names<'a> {
    /// The write's parameters that the function takes.
    pub fn parameters(&self, operation: &'a Operation) -> impl Iterator<Item = &'a Parameter> {
        parameters(operation, self.modification)
    }

    pub(super) fn new(operation: &'a Operation) -> Option<Self> {
        let modification = operation.modification.as_ref()?;
        let required = parameters(operation, modification);
        let mut arguments = Scope::with(required.map(|parameter| parameter.field.as_str()));
        let wanted = ["change", "change_with"].map(str::to_owned);
        let mut types = Scope::with([modification.body.as_str(), pair(modification).as_str()]);
        for parameter in parameters(operation, modification) {
            words(&types::rust(&parameter.ty)).for_each(|word| types.reserve(word));
        }
        Some(Self {
            modification,
            closure: types.take(&["C", "C_"].map(str::to_owned), Case::Pascal, &operation.id),
            function: unique(&function(modification)),
            outcome: types.take(&["R", "R_"].map(str::to_owned), Case::Pascal, &operation.id),
            pair: unique(&pair(modification)),
            change: arguments.take(&wanted, Case::Snake, &operation.id),
        })
    }
}

/// The function's name; [`check`] ensures that it is free.
pub(super) fn function(modification: &Modification) -> String {
    escape(snake(&modification.wish))
}

fn pair(modification: &Modification) -> String {
    pascal(&modification.wish)
}

/// Removes the modifications whose names, from the settings, are already taken.
pub(super) fn check(api: &mut Api, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    let mut refused = Vec::new();
    for (index, write) in api.operations.iter().enumerate() {
        let Some(modification) = &write.modification else { continue };
        let is_first = seen.insert((write.group.clone(), function(modification)));
        if !is_first || is_taken(api, write, modification) {
            let message = format!(
                "`modifications[{}]` in the settings is invalid: the name `{}` is already in use",
                modification.entry, modification.wish
            );
            let help = "Correct the entry, or remove it.";
            diagnostics.report(&codes::INVALID_MODIFICATION, &write.place, message, help);
            refused.push(index);
        }
    }
    refused.into_iter().for_each(|index| api.operations[index].modification = None);
}

/// Whether something in the write's module has one of the names.
fn is_taken(api: &Api, write: &Operation, modification: &Modification) -> bool {
    let (function, pair) = (function(modification), pair(modification));
    let mut siblings = api.operations.iter().filter(|operation| operation.group == write.group);
    let is_sibling = siblings.any(|sibling| {
        [&sibling.name, &sibling.file].into_iter().any(|other| *other == *function)
            || ["", "Error", "Output", "Body", "Headers"]
                .iter()
                .any(|suffix| format!("{}{suffix}", sibling.type_name) == pair)
    });
    let is_group = api.operations.iter().any(|operation| {
        operation.group.starts_with(&write.group)
            && operation.group.get(write.group.len()).is_some_and(|group| *group == *function)
    });
    let mut types = api.models.iter().flat_map(|model| &model.types);
    is_sibling || is_group || types.any(|definition| definition.name == *pair)
}
