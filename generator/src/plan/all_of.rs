//! `allOf`: one schema that says what all its parts say.

use std::collections::BTreeSet;

use super::Planner;
use crate::diagnostics::codes;
use crate::source::document::{Limits, Schema, SchemaId};

impl Planner<'_> {
    /// `schema` with what its `allOf` parts say made its own; none are left.
    pub(super) fn merged(&mut self, schema: &Schema) -> Schema {
        let mut merged = Schema { all_of: Vec::new(), ..schema.clone() };
        let nullable = schema.all_of.iter().all(|part| self.is_nullable(*part, 0));
        self.add_parts(&mut merged, &schema.all_of, &mut BTreeSet::new());
        merged.nullable |= nullable;
        merged
    }

    fn add_parts(&mut self, into: &mut Schema, parts: &[SchemaId], seen: &mut BTreeSet<SchemaId>) {
        for id in parts {
            if !seen.insert(*id) {
                continue;
            }
            let part = &self.document.schemas[*id];
            if let Some(target) = part.reference {
                self.add_parts(into, &[target], seen);
            }
            self.add_parts(into, &part.all_of, seen);
            self.add(into, part);
        }
    }

    /// Adds what `part` says to `into`; where they say different things about one property `into`'s word
    /// holds if it is the more specific, else `part`'s.
    pub(super) fn add(&mut self, into: &mut Schema, part: &Schema) {
        if into.types.is_empty() {
            into.types.clone_from(&part.types);
        } else if !part.types.is_empty() {
            let both: Vec<_> = into.types.iter().copied().filter(|kind| part.types.contains(kind)).collect();
            if both.is_empty() {
                let message = "the parts of `allOf` require different types; the first one is used";
                let help = "No value can satisfy all parts; correct one of them.";
                self.diagnostics.report(&codes::CONTRADICTORY_ALL_OF, &into.place, message, help);
            } else {
                into.types = both;
            }
        }
        for (name, id) in &part.properties {
            match into.properties.get(name) {
                Some(own) if self.says_something(*own) => {}
                _ => {
                    into.properties.insert(name.clone(), *id);
                }
            }
        }
        if part.boolean == Some(false) {
            into.boolean = Some(false);
        }
        into.required.extend(part.required.iter().cloned());
        for (pattern, id) in &part.pattern_properties {
            into.pattern_properties.entry(pattern.clone()).or_insert(*id);
        }
        let fill = |own: &mut Option<SchemaId>, other: Option<SchemaId>| *own = own.or(other);
        // `additionalProperties: false` of a part forbids its siblings' properties, which is never meant.
        fill(&mut into.additional_properties, part.additional_properties);
        fill(&mut into.property_names, part.property_names);
        fill(&mut into.items, part.items);
        if into.prefix_items.is_empty() {
            into.prefix_items.clone_from(&part.prefix_items);
        }
        if into.values.is_empty() {
            into.values.clone_from(&part.values);
            into.is_const |= part.is_const;
        }
        for (own, other) in [(&mut into.one_of, &part.one_of), (&mut into.any_of, &part.any_of)] {
            if own.is_empty() {
                own.clone_from(other);
            }
        }
        into.discriminated_by = into.discriminated_by.take().or_else(|| part.discriminated_by.clone());
        into.format = into.format.take().or_else(|| part.format.clone());
        into.default = into.default.take().or_else(|| part.default.clone());
        into.description = into.description.take().or_else(|| part.description.clone());
        into.title = into.title.take().or_else(|| part.title.clone());
        merge_limits(&mut into.limits, &part.limits);
        into.read_only |= part.read_only;
        into.write_only |= part.write_only;
        into.deprecated |= part.deprecated;
    }

    /// Whether a schema says more than that anything goes.
    fn says_something(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[id];
        schema.reference.is_some()
            || !schema.types.is_empty()
            || !schema.values.is_empty()
            || !schema.all_of.is_empty()
            || !schema.one_of.is_empty()
            || !schema.any_of.is_empty()
            || !schema.properties.is_empty()
    }
}

/// Makes `into` say what both do: the stricter where one number is.
fn merge_limits(into: &mut Limits, part: &Limits) {
    if part.is_empty() {
        return;
    }
    let least = |own: Option<u64>, other: Option<u64>| own.max(other);
    let most = |own: Option<u64>, other: Option<u64>| match (own, other) {
        (Some(own), Some(other)) => Some(own.min(other)),
        (own, other) => own.or(other),
    };
    into.min_length = least(into.min_length, part.min_length);
    into.min_items = least(into.min_items, part.min_items);
    into.min_properties = least(into.min_properties, part.min_properties);
    into.max_length = most(into.max_length, part.max_length);
    into.max_items = most(into.max_items, part.max_items);
    into.max_properties = most(into.max_properties, part.max_properties);
    into.minimum = into.minimum.take().or_else(|| part.minimum.clone());
    into.maximum = into.maximum.take().or_else(|| part.maximum.clone());
    into.exclusive_minimum = into.exclusive_minimum.take().or_else(|| part.exclusive_minimum.clone());
    into.exclusive_maximum = into.exclusive_maximum.take().or_else(|| part.exclusive_maximum.clone());
    into.multiple_of = into.multiple_of.take().or_else(|| part.multiple_of.clone());
    into.pattern = into.pattern.take().or_else(|| part.pattern.clone());
    into.unique_items |= part.unique_items;
}
