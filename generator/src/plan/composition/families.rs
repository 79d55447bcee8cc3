//! Parents with a discriminator, whose children are based on them with `allOf`: where one is used, it is a union of its
//! children, and where it is the base it is its own properties.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::Composer;
use crate::source::document::{Discriminator, Document, Schema, SchemaId, Type};

/// The components that are based on each schema, in the document's order.
pub(super) struct Families(HashMap<SchemaId, Vec<SchemaId>>);

impl Families {
    pub(super) fn of(document: &Document) -> Self {
        let mut children: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
        for id in document.components.values() {
            for base in bases(document, *id) {
                let known = children.entry(base).or_default();
                if !known.contains(id) && base != *id {
                    known.push(*id);
                }
            }
        }
        Self(children)
    }

    fn children(&self, id: SchemaId) -> &[SchemaId] {
        self.0.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The children of `parent`, theirs, and so on: each before its own.
    fn descendants(&self, parent: SchemaId) -> Vec<SchemaId> {
        let (mut found, mut seen) = (Vec::new(), HashSet::from([parent]));
        let mut queue: Vec<SchemaId> = self.children(parent).iter().rev().copied().collect();
        while let Some(id) = queue.pop() {
            if seen.insert(id) {
                found.push(id);
                queue.extend(self.children(id).iter().rev());
            }
        }
        found
    }
}

/// What the parts of the schema's `allOf` refer to, through any number of references.
fn bases(document: &Document, id: SchemaId) -> Vec<SchemaId> {
    let mut queue: Vec<SchemaId> = document.schemas[id].all_of.iter().rev().copied().collect();
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    while let Some(id) = queue.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = &document.schemas[id];
        match schema.reference {
            Some(target) => {
                found.push(target);
                // A component that only refers to another one stands for it.
                if document.schemas[target].reference.is_some() {
                    queue.push(target);
                }
            }
            None => queue.extend(schema.all_of.iter().rev()),
        }
    }
    found
}

impl Composer<'_> {
    /// Whether a discriminator tells the schema's children apart, rather than alternatives that it lists.
    pub(super) fn is_parent(&self, id: SchemaId) -> bool {
        let schema = self.raw(id);
        let Some(discriminator) = &schema.discriminator else { return false };
        let lists_none = schema.one_of.is_empty() && schema.any_of.is_empty();
        let has_children = !self.families.children(id).is_empty();
        lists_none && (has_children || discriminator.mapping.values().any(|mapped| self.bare(*mapped) != id))
    }

    /// Whether `child` is a component that is based on `parent`.
    pub(super) fn is_child(&self, child: SchemaId, parent: SchemaId) -> bool {
        self.families.children(parent).contains(&child)
    }

    /// The union that a parent is where it is used; `None` if the schema is no parent.
    pub(super) fn as_parent(&mut self, id: SchemaId) -> Option<Schema> {
        if !self.is_parent(id) {
            return None;
        }
        let schema = self.raw(id).clone();
        let discriminator = schema.discriminator.as_deref()?;
        let descendants = self.families.descendants(id);
        let mut members: Vec<SchemaId> = Vec::new();
        let relatives = self.relatives(id, &discriminator.property);
        let is_child_too = relatives.iter().any(|other| self.families.descendants(*other).contains(&id));
        let mapped = discriminator.mapping.values().chain(&discriminator.default_mapping);
        let mapped = mapped.map(|mapped| self.bare(*mapped));
        for member in mapped.chain(is_child_too.then_some(id)).chain(descendants.iter().copied()) {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        let mut mapping = discriminator.mapping.clone();
        let mut default_mapping = discriminator.default_mapping;
        for member in &members {
            self.map_as_relatives(&mut mapping, *member, &relatives);
        }
        let mut alternatives = Vec::new();
        for member in members {
            let alternative = self.alternative(id, member, &descendants)?;
            let targets = mapping.values_mut().chain(&mut default_mapping);
            for target in targets.filter(|target| self.bare(**target) == member) {
                *target = alternative;
            }
            alternatives.push(alternative);
        }
        Some(Schema {
            place: schema.place.clone(),
            name: schema.name.clone(),
            types: schema.types.iter().copied().filter(|kind| *kind == Type::Null).collect(),
            nullable: schema.nullable,
            one_of: alternatives,
            discriminator: Some(Box::new(Discriminator {
                property: discriminator.property.clone(),
                mapping,
                default_mapping,
            })),
            title: schema.title.clone(),
            description: schema.description.clone(),
            deprecated: schema.deprecated,
            extensions: schema.extensions.clone(),
            ..Schema::default()
        })
    }

    /// The other parents of the schema's family that tell children apart by the same property.
    fn relatives(&self, id: SchemaId, property: &str) -> Vec<SchemaId> {
        let descendants = self.families.descendants(id);
        let is_relative = |other: &SchemaId| {
            let same = self.raw(*other).discriminator.as_ref().is_some_and(|by| by.property == property);
            let related = || descendants.contains(other) || self.families.descendants(*other).contains(&id);
            *other != id && same && self.is_parent(*other) && related()
        };
        self.document.components.values().copied().filter(is_relative).collect()
    }

    /// Maps to `member` what other parents map to it, unless the mapping has it.
    fn map_as_relatives(
        &self,
        mapping: &mut IndexMap<String, SchemaId>,
        member: SchemaId,
        relatives: &[SchemaId],
    ) {
        if mapping.values().any(|mapped| self.bare(*mapped) == member) {
            return;
        }
        let mappings = relatives.iter().filter_map(|other| self.raw(*other).discriminator.as_ref());
        for (tag, mapped) in mappings.flat_map(|by| &by.mapping) {
            if self.bare(*mapped) == member {
                mapping.entry(tag.clone()).or_insert(*mapped);
            }
        }
    }

    /// What `member` is among the children of `parent`.
    fn alternative(
        &mut self,
        parent: SchemaId,
        member: SchemaId,
        descendants: &[SchemaId],
    ) -> Option<SchemaId> {
        if member == parent || (descendants.contains(&member) && self.is_parent(member)) {
            return Some(self.alone(member));
        }
        if descendants.contains(&member) {
            return Some(member);
        }
        let base = self.alone(parent);
        if self.adds_nothing(parent, member, 0) {
            return Some(member);
        }
        // It stands where the mapping names it: the mapped schema is a type of its own.
        let schema = self.raw(parent);
        let mapping = schema.discriminator.as_ref().map(|by| &by.mapping)?;
        let (tag, _) = mapping.iter().find(|(_, mapped)| self.bare(**mapped) == member)?;
        let place = schema.place.child("discriminator").child("mapping").child(tag);
        let both = self.make(Schema { place, all_of: vec![base, member], ..Schema::default() });
        self.sources.insert(both, vec![base, member]);
        self.origins.insert(both, member);
        Some(both)
    }

    /// A schema with the properties of `parent` alone.
    fn alone(&mut self, parent: SchemaId) -> SchemaId {
        if let Some(known) = self.alone.get(&parent) {
            return *known;
        }
        let schema = self.raw(parent);
        let (name, place) = (schema.name.clone(), schema.place.child("properties"));
        let description = schema.description.clone();
        let name = name.map(|name| format!("{name} base"));
        let id = self.make(Schema { place, name, description, all_of: vec![parent], ..Schema::default() });
        self.alone.insert(parent, id);
        self.origins.insert(id, parent);
        id
    }
}
