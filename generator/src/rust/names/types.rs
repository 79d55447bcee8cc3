//! The names of types: components first, then inline types from the outside in.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use rayon::prelude::*;

use super::casing::{free_of_prelude, hash, joined, key, pascal, shorten};
use super::reserved::TAKEN_TYPES;
use super::table::TypeScope;
use crate::api::{Api, Ident, TypeDef, Wish, split_key, uncounted_key};

/// The settled names of all types.
#[derive(Debug, Default)]
pub(super) struct Types {
    scope: TypeScope,
    /// The name of each type, by its key.
    names: HashMap<String, Ident>,
    /// The types that belong to a single operation, by the key of their names, with the operation's key.
    owners: HashMap<String, String>,
}

impl Types {
    /// Settles the names of the types of `api`. `operations` has what the inline types of each operation begin with,
    /// by the operation's key; `renamed` has the types whose names the settings choose, by key.
    pub(super) fn settle(
        api: &Api,
        operations: &HashMap<&str, String>,
        renamed: &HashMap<String, String>,
    ) -> Self {
        let mut types = Self::default();
        let definitions = || api.models.iter().flat_map(|model| &model.types);
        for definition in definitions() {
            let key = definition.name.key();
            if let Some(name) = renamed.get(key) {
                types.insert(key, name.clone());
            }
        }
        let wires = definitions().filter_map(|definition| match &definition.wish {
            Wish::Required(_) => Some(definition.name.key()).filter(|key| !renamed.contains_key(*key)),
            Wish::Suggested(_) | Wish::Unknown(_) => None,
        });
        types.components(wires.collect());
        types.inline(definitions(), operations);
        for model in &api.models {
            if let Some(name) = operations.contains_key(&*model.key).then_some(&model.types) {
                let own = name.iter().filter_map(|definition| types.names.get(definition.name.key()));
                types.owners.extend(own.map(|name| (key(name), model.key.clone())));
            }
        }
        types
    }

    /// The name of the type with this key.
    pub(super) fn name(&self, key: &str) -> Option<&Ident> {
        self.names.get(key)
    }

    /// Whether a type has this name, in any casing, other than the types of the operation with the key `own`.
    pub(super) fn is_taken_outside(&self, name: &str, own: &str) -> bool {
        self.is_taken(name) && self.owners.get(&key(name)).is_none_or(|owner| owner != own)
    }

    /// Whether a type has this name, in any casing.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        TAKEN_TYPES.contains(&name) || self.scope.has(name)
    }

    /// Settles the names of all components at once. If names collide, the component whose wire name equals the Rust
    /// name keeps it; the others get a hash of their wire name.
    fn components(&mut self, wires: Vec<&str>) {
        let plain: Vec<String> = wires.par_iter().map(|wire| free_of_prelude(pascal(wire))).collect();
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in plain.iter().enumerate() {
            groups.entry(key(name)).or_default().push(index);
        }
        for indices in groups.values() {
            let keeper = match indices.as_slice() {
                [only] => Some(*only),
                several => {
                    let exact = several.iter().copied().filter(|&index| plain[index] == wires[index]);
                    exact.min_by_key(|&index| wires[index])
                }
            };
            for &index in indices {
                let name = if Some(index) == keeper {
                    plain[index].clone()
                } else {
                    joined(&format!("{}X{}", plain[index], hash(wires[index])))
                };
                self.insert(wires[index], name);
            }
        }
    }

    /// Settles the names of inline types. If several wish for the same name, the outermost gets it, in whatever order
    /// they come; the others get a hash of their place.
    fn inline<'a>(
        &mut self,
        definitions: impl Iterator<Item = &'a TypeDef>,
        operations: &HashMap<&str, String>,
    ) {
        let inline: HashMap<&str, &TypeDef> = definitions
            .filter(|definition| !matches!(definition.wish, Wish::Required(_)))
            .map(|definition| (definition.name.key(), definition))
            .collect();
        let mut within: HashMap<&str, Vec<&TypeDef>> = HashMap::new();
        let mut outermost = BinaryHeap::new();
        for definition in inline.values() {
            match owner(definition.name.key(), |owner| inline.contains_key(owner)) {
                Some(owner) => within.entry(owner).or_default().push(definition),
                None => outermost.push(Reverse(rank(definition))),
            }
        }
        while let Some(Reverse((_, pointer, key))) = outermost.pop() {
            if !self.names.contains_key(key) {
                let wanted = self.wanted(key, operations);
                self.insert_inline(key, &wanted, pointer);
            }
            let inner = within.remove(key).unwrap_or_default();
            outermost.extend(inner.into_iter().map(|definition| Reverse(rank(definition))));
        }
    }

    /// The name that the inline type with this key wishes for: the names around it, and its own.
    fn wanted(&self, key: &str, operations: &HashMap<&str, String>) -> String {
        let mut words = Vec::new();
        let mut rest = uncounted_key(key);
        if let (true, None, Some(component)) = (rest != key, split_key(rest), self.names.get(rest)) {
            return component.to_string();
        }
        while let Some((owner, word)) = split_key(rest) {
            words.push(pascal(word));
            let start =
                self.names.get(owner).map(Ident::as_str).or(operations.get(owner).map(String::as_str));
            if let Some(start) = start {
                words.push(start.to_owned());
                break;
            }
            rest = owner;
        }
        words.reverse();
        words.concat()
    }

    fn insert_inline(&mut self, key: &str, wanted: &str, pointer: &str) {
        let wanted = free_of_prelude(shorten(joined(wanted), wanted, "X"));
        let mut name = wanted.clone();
        let mut place = pointer.to_owned();
        while self.scope.has(&name) {
            name = format!("{wanted}X{}", hash(&place));
            place.clone_from(&name);
        }
        self.insert(key, name);
    }

    fn insert(&mut self, key: &str, name: String) {
        let mut free = name.clone();
        loop {
            if let Some(ident) = self.scope.take(&free) {
                self.names.insert(key.to_owned(), ident);
                return;
            }
            free = format!("{name}X{}", hash(&format!("{key} {free}")));
        }
    }
}

/// The nearest enclosing type.
fn owner(key: &str, is_type: impl Fn(&str) -> bool) -> Option<&str> {
    let mut rest = uncounted_key(key);
    while let Some((owner, _)) = split_key(rest) {
        if is_type(owner) {
            return Some(owner);
        }
        rest = owner;
    }
    None
}

/// Outermost types come first.
fn rank(definition: &TypeDef) -> (usize, &str, &str) {
    let pointer = &*definition.place.pointer;
    (pointer.matches('/').count(), pointer, definition.name.key())
}
