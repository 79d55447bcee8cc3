//! New names for operations, their modules and parameters.

use std::collections::BTreeMap;

use super::super::casing::{pascal, snake};
use super::super::operations::{Position, Positions};
use super::super::reserved::RESERVED_GROUPS;
use super::super::table::Scope;
use super::{Casing, Telling};
use crate::api::{Api, Ident, Operation};
use crate::diagnostics::Place;
use crate::settings::{Entries, Found};

/// The names that an operation has for the settings.
fn names(operation: &Operation, (group, name): &Position) -> [String; 3] {
    let path: Vec<String> = group.iter().cloned().chain([snake(name)]).collect();
    [operation.id.clone(), format!("{} {}", operation.method, operation.path), path.join("::")]
}

/// The modules and the name of each operation.
pub(super) fn find(api: &Api, positions: &Positions, told: &mut Telling<'_>) -> Vec<Position> {
    let settings = told.settings;
    let of_operations = Entries::of_map(&["names", "operations"], &settings.names.operations);
    let of_groups = Entries::of_map(&["names", "groups"], &settings.names.groups);
    let mut all = positions.all().to_vec();
    // The entries that gave an operation its name, and its modules theirs.
    let mut given: Vec<Option<(&Entries<'_, String>, usize)>> = vec![None; all.len()];
    for ((operation, position), given) in api.operations.iter().zip(&mut all).zip(&mut given) {
        let names = names(operation, position);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some((group, index)) = group(operation, &position.0, &of_groups, told) {
            position.0 = group;
            *given = Some((&of_groups, index));
        }
        if let Some(found) = of_operations.find(&operation.place, &names)
            && let Some(wanted) = path(&of_operations, &found, told)
        {
            *given = Some((&of_operations, found.index));
            position.1 = wanted.1;
            if !wanted.0.is_empty() {
                position.0 = wanted.0;
            }
        }
    }
    collisions(&api.operations, &all, &given, told);
    let pairs = || api.operations.iter().zip(positions.all());
    told.unmatched(&of_operations, "operation", || {
        pairs().flat_map(|(one, position)| names(one, position)).collect()
    });
    told.unmatched(&of_groups, "module or tag", || {
        pairs()
            .flat_map(|(one, (group, _))| one.group_words.iter().cloned().chain([group.join("::")]))
            .collect()
    });
    all
}

/// The new modules of an operation in `modules`: those of the longest path that an entry names are replaced.
fn group(
    operation: &Operation,
    modules: &[String],
    entries: &Entries<'_, String>,
    told: &mut Telling<'_>,
) -> Option<(Vec<String>, usize)> {
    for end in (1..=modules.len()).rev().filter(|_| !entries.is_empty()) {
        let path = modules[..end].join("::");
        let words = operation.group_words.get(..end).map(|words| words.join("::"));
        let names: Vec<&str> = [Some(path.as_str()), words.as_deref()].into_iter().flatten().collect();
        let Some(found) = entries.find(&Place::default(), &names) else { continue };
        let name = found.name();
        let parts = name.split("::").filter(|part| !part.is_empty());
        let parts: Option<Vec<String>> =
            parts.map(|part| told.checked(entries, &found, part, Casing::Module)).collect();
        let mut group = parts?;
        if let Some(first) = group.first().filter(|first| RESERVED_GROUPS.contains(&first.as_str())) {
            let problem = format!("a module can't be called `{first}`, which the crate has already or uses");
            told.unusable(entries, found.index, &problem, "Choose another name.");
            return None;
        }
        group.extend_from_slice(&modules[end..]);
        return Some((group, found.index));
    }
    None
}

/// The modules, if the entry has any, and the name that an entry gives an operation.
fn path(
    entries: &Entries<'_, String>,
    found: &Found<'_, '_, String>,
    told: &mut Telling<'_>,
) -> Option<Position> {
    let whole = found.name();
    let (group, name) = whole.rsplit_once("::").unwrap_or(("", &whole));
    let group = group.split("::").filter(|part| !part.is_empty());
    let group: Option<Vec<String>> =
        group.map(|part| told.checked(entries, found, part, Casing::Module)).collect();
    let name = told.checked(entries, found, name, Casing::Member)?;
    Some((group?, name.trim_start_matches("r#").to_owned()))
}

/// Reports operations whose new names are those of others.
fn collisions(
    operations: &[Operation],
    positions: &[Position],
    given: &[Option<(&Entries<'_, String>, usize)>],
    told: &mut Telling<'_>,
) {
    let keys = positions.iter().map(|(group, name)| (group, pascal(name).to_lowercase()));
    let mut by_key: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, key) in keys.enumerate() {
        by_key.entry(key).or_default().push(index);
    }
    for same in by_key.values().filter(|same| same.len() > 1) {
        let Some((index, (entries, entry))) = same.iter().find_map(|&index| Some((index, given[index]?)))
        else {
            continue;
        };
        let (group, name) = &positions[index];
        let other = same.iter().find(|other| **other != index).map_or("", |&other| &operations[other].id);
        let path: Vec<&str> = group.iter().chain([name]).map(String::as_str).collect();
        told.taken(entries, entry, &path.join("::"), &format!("the operation `{other}`"));
    }
}

/// Gives each parameter of `api` its new name, if it gets one.
pub(super) fn parameters(api: &mut Api, positions: &Positions, told: &mut Telling<'_>) {
    let settings = told.settings;
    let entries = Entries::of_map(&["names", "parameters"], &settings.names.parameters);
    if entries.is_empty() {
        return;
    }
    let mut all = Vec::new();
    for (operation, position) in api.operations.iter_mut().zip(positions.all()) {
        let owners = names(operation, position);
        let methods = Scope::of_methods(operation);
        let mut others = methods.clone();
        let mut found = Vec::new();
        for parameter in &mut operation.parameters {
            let names = owners.each_ref().map(|owner| format!("{owner}.{}", parameter.wire));
            match entries.find(&parameter.place, &names.each_ref().map(String::as_str)) {
                Some(entry) => {
                    if let Some(name) = told.name(&entries, &entry, Casing::Member) {
                        found.push((&mut parameter.field, name, entry.index));
                    }
                }
                None => others.reserve(&snake(&parameter.wire)),
            }
            all.push(names.into_iter().next().unwrap_or_default());
        }
        for (ident, name, index) in found {
            if methods.has(&name) {
                let problem = format!("every builder has a function `{name}`");
                told.unusable(&entries, index, &problem, "Choose another name.");
            } else if others.has(&name) {
                told.taken(&entries, index, &name, &format!("another parameter of `{}`", owners[0]));
            } else {
                others.reserve(&name);
                *ident = Ident::unsettled(&name);
            }
        }
    }
    told.unmatched(&entries, "parameter", || all.iter().collect());
}
