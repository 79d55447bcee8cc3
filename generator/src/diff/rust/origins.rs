//! The parts that items are made from, under their names in the new document. An item of something that only one
//! document has is attributed to that thing as a whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{TypeKind, TypeRef, Union, Variant};
use crate::diff::wire::Pairs;
use crate::rust::{Group, Item, Origin, Part};

/// What has another name, or is only in one document.
pub(super) struct Origins<'p, 'a> {
    pairs: &'p Pairs<'a>,
    /// The old names of the types that have another name, by the new ones.
    old_names: BTreeMap<&'a str, &'a str>,
    /// The groups of the old operations that both have, with those of the new ones.
    operations: BTreeMap<Group, Group>,
    /// The new names of alternatives, by the old names of their unions and of their own.
    alternatives: BTreeMap<(&'a str, &'a str), &'a str>,
    /// The groups of the operations that only the new document has.
    added: BTreeSet<Group>,
}

impl<'p, 'a> Origins<'p, 'a> {
    pub(super) fn new(pairs: &'p Pairs<'a>) -> Self {
        let groups = pairs.operations.iter().map(|(old, new)| (Group::operation(old), Group::operation(new)));
        Self {
            pairs,
            old_names: pairs.renamed.iter().map(|(old, new)| (*new, *old)).collect(),
            operations: groups.collect(),
            alternatives: alternatives(pairs),
            added: pairs.added.iter().map(|operation| Group::operation(operation)).collect(),
        }
    }

    /// An item of the old crate.
    pub(super) fn of_old(&self, mut item: Item) -> Item {
        if let (Group::Type(union), Part::Alternative(name)) = (&item.origin.group, &item.origin.part)
            && let Some(new) = self.alternatives.get(&(union.as_str(), name.as_str()))
        {
            item.origin.part = Part::Alternative((*new).to_owned());
        }
        translated(item, |group| match group {
            Group::Service => (Group::Service, true),
            Group::Operation { .. } => match self.operations.get(group) {
                Some(new) => (new.clone(), true),
                None => (group.clone(), false),
            },
            // An event that only one document has accounts for its own items.
            Group::Events(_) => (group.clone(), true),
            Group::Type(name) => {
                let new = self.pairs.new_name(name);
                let is_same = new.is_some_and(|new| self.pairs.are_of_one_kind(name, new));
                (Group::Type(new.unwrap_or(name).to_owned()), is_same)
            }
        })
    }

    /// An item of the new crate.
    pub(super) fn of_new(&self, item: Item) -> Item {
        translated(item, |group| match group {
            Group::Service => (Group::Service, true),
            Group::Operation { .. } => (group.clone(), !self.added.contains(group)),
            Group::Events(_) => (group.clone(), true),
            Group::Type(name) => {
                let old = self.old_names.get(name.as_str()).copied().unwrap_or(name);
                (group.clone(), self.pairs.are_of_one_kind(old, name))
            }
        })
    }
}

/// Alternatives that have another name, since the type that they hold has.
fn alternatives<'a>(pairs: &Pairs<'a>) -> BTreeMap<(&'a str, &'a str), &'a str> {
    let mut renamed = BTreeMap::new();
    if pairs.renamed.is_empty() {
        return renamed;
    }
    for (old, new) in pairs.types() {
        let (TypeKind::Union(old_union), TypeKind::Union(new_union)) = (&old.kind, &new.kind) else {
            continue;
        };
        let has = |union: &Union, variant: &Variant| {
            union.variants.iter().any(|other| other.variant == variant.variant)
        };
        for variant in old_union.variants.iter().filter(|variant| !has(new_union, variant)) {
            let TypeRef::Named(payload) = held(&variant.ty) else { continue };
            let Some(new_payload) = pairs.renamed.get(payload.as_str()) else { continue };
            let same = new_union.variants.iter().find(|other| {
                matches!(held(&other.ty), TypeRef::Named(name) if name.as_str() == *new_payload)
                    && !has(old_union, other)
            });
            if let Some(other) = same {
                renamed.insert((old.name.as_str(), variant.variant.as_str()), other.variant.as_str());
            }
        }
    }
    renamed
}

fn held(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Boxed(inner) => held(inner),
        other => other,
    }
}

/// The item with its origins in the groups that `new` gives, with whether both documents have what they stand for.
fn translated(mut item: Item, new: impl Fn(&Group) -> (Group, bool)) -> Item {
    let (owner, is_in_both) = new(&item.owner);
    let translate = |origin: &mut Origin| {
        if !is_in_both {
            *origin = Origin::new(&owner, Part::Whole);
            return;
        }
        let (group, is_same) = new(&origin.group);
        origin.group = group;
        if !is_same {
            origin.part = Part::Whole;
        }
    };
    translate(&mut item.origin);
    item.arguments.iter_mut().for_each(|argument| translate(&mut argument.origin));
    item.owner = owner;
    item
}
