//! New names for types.

use std::collections::HashMap;

use super::super::casing::key;
use super::super::reserved::TAKEN_TYPES;
use super::super::types::Types;
use super::{Casing, Telling};
use crate::api::{Api, TypeDef, Wish};
use crate::settings::Entries;

/// The names that a type has for the settings: in the document, if it has one there, and in Rust.
pub(super) fn names<'a>(definition: &'a TypeDef, defaults: &'a Types) -> Vec<&'a str> {
    let key = definition.name.key();
    let wire = matches!(definition.wish, Wish::Required(_)).then_some(key);
    let mut names: Vec<&str> = wire.into_iter().chain(defaults.name(key).map(|name| name.as_str())).collect();
    names.dedup();
    names
}

/// The new name of each type that gets one, by key.
pub(super) fn find(api: &Api, defaults: &Types, told: &mut Telling<'_>) -> HashMap<String, String> {
    let entries = Entries::of_map(&["names", "types"], &told.settings.names.types);
    let mut renamed = HashMap::new();
    if entries.is_empty() {
        return renamed;
    }
    let definitions = || api.models.iter().flat_map(|model| &model.types);
    let mut found = Vec::new();
    for definition in definitions() {
        let Some(entry) = entries.find(&definition.place, &names(definition, defaults)) else { continue };
        if let Some(name) = told.name(&entries, &entry, Casing::Type) {
            found.push((definition.name.key(), name, entry.index));
        }
    }
    let mut taken: HashMap<String, String> = HashMap::new();
    for definition in definitions() {
        let is_renamed = found.iter().any(|(renamed, ..)| *renamed == definition.name.key());
        if let (false, Some(name)) = (is_renamed, defaults.name(definition.name.key())) {
            taken.insert(key(name), format!("the type at {}", definition.place.pointer));
        }
    }
    for (type_key, name, index) in found {
        if TAKEN_TYPES.contains(&name.as_str()) {
            let problem = format!("`{name}` means something else in generated files");
            told.unusable(&entries, index, &problem, "Choose another name.");
        } else if let Some(other) = taken.get(&key(&name)) {
            told.taken(&entries, index, &name, other);
        } else {
            taken.insert(
                key(&name),
                format!("the type that was `{}`", defaults.name(type_key).map_or("", |name| name)),
            );
            renamed.insert(type_key.to_owned(), name);
        }
    }
    let all = || definitions().flat_map(|definition| names(definition, defaults)).collect();
    told.unmatched(&entries, "type", all);
    renamed
}
