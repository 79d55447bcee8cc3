//! Alternatives beside other keywords, and beside each other.

use serde_json::Value;

use super::Composer;
use super::nullability::common;
use super::parts::Group;
use crate::diagnostics::codes;
use crate::source::document::{Schema, SchemaId, Type};

/// How many combinations of alternatives there may be.
const MAX_COMBINATIONS: usize = 64;

impl Composer<'_> {
    /// `schema` with `groups` of alternatives, of each of which a value satisfies one.
    pub(super) fn with_alternatives(&mut self, id: SchemaId, schema: Schema, groups: Vec<Group>) -> Schema {
        let mut groups = groups.into_iter();
        let Some(mut group) = groups.next() else { return schema };
        for other in groups {
            match self.product(&group, &other) {
                Some(product) => group = product,
                None => self.tell_left(&schema),
            }
        }
        if let [only] = group.ids[..] {
            let base = self.make(without_words(&schema));
            let both = self.meet(&[base, only]).unwrap_or(only);
            let parts = self.all_parts(both);
            return self.merge(id, &parts, &parts);
        }
        if !schema.properties.is_empty() {
            return self.over_base(id, schema, group);
        }
        with_group(schema, group)
    }

    fn tell_left(&mut self, schema: &Schema) {
        let message =
            "the parts of `allOf` have alternatives that can't be combined; only the first part's are used";
        let help =
            "Values preserve what the others describe; for generated types, combine them into one `oneOf`.";
        self.diagnostics.report(&codes::UNCOMBINED_ALTERNATIVES, &schema.place, message, help);
    }

    /// Each alternative of one group with each of the other that a value can satisfy at the same time.
    fn product(&mut self, one: &Group, other: &Group) -> Option<Group> {
        if one.ids.len() * other.ids.len() > MAX_COMBINATIONS {
            return None;
        }
        let mut ids = Vec::new();
        for first in &one.ids {
            for second in &other.ids {
                if self.can_both_hold(*first, *second) {
                    ids.extend(self.meet(&[*first, *second]));
                }
            }
        }
        (!ids.is_empty()).then_some(Group { ids, discriminator: None, is_any_of: one.is_any_of })
    }

    /// Whether a value can satisfy both schemas, by their types and by the constants of their properties.
    fn can_both_hold(&self, one: SchemaId, other: SchemaId) -> bool {
        if let (Some(one), Some(other)) = (self.types_of(one, 0), self.types_of(other, 0))
            && common(&one, &other).is_empty()
        {
            return false;
        }
        let (ones, others) = (self.constants(one), self.constants(other));
        ones.iter().all(|(name, values)| {
            let same = others.iter().filter(|(other, _)| other == name);
            same.into_iter().all(|(_, others)| values.iter().any(|value| others.contains(value)))
        })
    }

    /// The values that the schema lists for its properties.
    fn constants(&self, id: SchemaId) -> Vec<(&String, &Vec<Value>)> {
        let parts = self.all_parts(id);
        let mut found = Vec::new();
        for part in parts {
            for (name, property) in &self.raw(part.id).properties {
                let values = &self.raw(self.bare(*property)).values;
                if !values.is_empty() {
                    found.push((name, values));
                }
            }
        }
        found
    }

    /// Alternatives beside properties: each alternative also has the properties.
    fn over_base(&mut self, id: SchemaId, schema: Schema, mut group: Group) -> Schema {
        let base = self.make(without_words(&schema));
        for alternative in &mut group.ids {
            let target = self.bare(*alternative);
            let is_based_on_it = self.all_parts(*alternative).iter().any(|part| part.id == id);
            if is_based_on_it || self.adds_nothing(base, *alternative, 0) {
                continue;
            }
            let Some(both) = self.meet(&[base, *alternative]) else { continue };
            self.origins.insert(both, target);
            if let Some(discriminator) = &mut group.discriminator {
                let mapped = discriminator.mapping.values_mut();
                mapped.filter(|mapped| self.bare(**mapped) == target).for_each(|mapped| *mapped = both);
            }
            *alternative = both;
        }
        let nullable = schema.nullable || schema.types.contains(&Type::Null);
        let words = Schema {
            place: schema.place,
            name: schema.name,
            title: schema.title,
            description: schema.description,
            default: schema.default,
            deprecated: schema.deprecated,
            read_only: schema.read_only,
            write_only: schema.write_only,
            extensions: schema.extensions,
            nullable,
            ..Schema::default()
        };
        with_group(words, group)
    }
}

/// The schema without its name and what describes it.
fn without_words(schema: &Schema) -> Schema {
    Schema { name: None, title: None, description: None, default: None, deprecated: false, ..schema.clone() }
}

fn with_group(mut schema: Schema, group: Group) -> Schema {
    let ids = if group.is_any_of { &mut schema.any_of } else { &mut schema.one_of };
    *ids = group.ids;
    schema.discriminator = group.discriminator;
    schema
}
