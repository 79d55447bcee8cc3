//! The names that depend on the document alone: types, fields, variants, operations, parameters.
//!
//! [`settle`] works from the outside in: components, then the inline types in them, then everything beside these. The
//! names of methods are settled where methods are made, by the same [`table`].

mod casing;
mod events;
mod members;
mod operations;
mod renames;
mod reserved;
mod table;
mod types;

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use self::operations::Positions;
use self::renames::Renamed;
use crate::api::{Api, Ident, Model, TypeKind};
use crate::diagnostics::Diagnostics;
use crate::settings::Settings;
pub(crate) use casing::{cargo_name, escape, fnv, hash, is_keyword, pascal, snake};
pub(crate) use table::{Case, Scope, unique};

/// Settles the names of `api`, and sorts its models and operations by them.
pub(super) fn settle(api: &mut Api, settings: &Settings, diagnostics: &mut Diagnostics) {
    let mut positions = Positions::new(&api.operations);
    let mut renamed = HashMap::new();
    if !settings.names.is_empty() {
        let found = Renamed::find(api, settings, &positions, diagnostics);
        (positions, renamed) = (Positions::of(found.positions), found.types);
    }
    let mut owners = positions.owners(&api.operations);
    owners.extend(events::owners(&api.events));
    let types = types::Types::settle(api, &owners, &renamed);
    files(&mut api.models, &types, &owners);
    let rename = |name: &mut Ident| {
        if let Some(settled) = types.name(name.key()) {
            name.clone_from(settled);
        }
    };
    api.models.par_iter_mut().flat_map(|model| &mut model.types).for_each(|definition| {
        definition.visit_names_mut(&mut { rename });
        if let TypeKind::Object(object) = &mut definition.kind {
            object.made_from.sort();
        }
        members::settle(&mut definition.kind);
    });
    api.operations.par_iter_mut().for_each(|operation| operation.visit_names_mut(&mut { rename }));
    api.events.iter_mut().for_each(|events| events.visit_names_mut(&mut { rename }));
    api.facts.error_body.iter_mut().for_each(|ty| ty.visit_names_mut(&mut { rename }));
    let of_operations = api.operations.iter_mut().flat_map(|operation| &mut operation.servers);
    for server in api.servers.iter_mut().chain(of_operations) {
        let wires = server.variables.iter().map(|variable| variable.wire.as_str());
        let names = Scope::default().take_all(wires, Case::Snake);
        server.variables.iter_mut().zip(names).for_each(|(variable, name)| variable.name = name);
    }
    operations::settle(api, &positions, &types);
    events::settle(api, &types);
    api.models.sort_by(|a, b| a.file.cmp(&b.file));
}

/// Names the file of each model after its type, or after the operation that its types belong to.
fn files(models: &mut [Model], types: &types::Types, owners: &HashMap<&str, String>) {
    let wanted = |model: &Model| {
        let name = match (types.name(&model.key), owners.get(model.key.as_str())) {
            (Some(name), _) => name.to_string(),
            (None, Some(owner)) => format!("{owner} types"),
            (None, None) => model.key.clone(),
        };
        // A name without case, such as `_1`, can't be both a type's and a module's.
        let file = Some(casing::module(&name)).filter(|file| *file != name);
        (file.unwrap_or_else(|| format!("type{name}")), name)
    };
    let wanted: Vec<(String, String)> = models.par_iter().map(wanted).collect();
    let mut scope = HashSet::new();
    for (model, (mut file, name)) in models.iter_mut().zip(wanted) {
        while !scope.insert(file.clone()) {
            file = format!("{file}_{}", hash(&name));
        }
        model.file = table::unique(&file);
    }
}
