//! Which schemas the operations reach, and from which side.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::source::document::{Alternatives, Document, Schema, SchemaId};

/// Where values of a schema go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub request: bool,
    pub response: bool,
}

/// Everything the operations reach, with its sides.
pub(super) fn reach(document: &Document, all: bool) -> BTreeMap<SchemaId, Sides> {
    let mut reached: BTreeMap<SchemaId, Sides> = BTreeMap::new();
    for (roots, side) in roots(document) {
        let mut seen = BTreeSet::new();
        let mut queue = roots;
        while let Some(id) = queue.pop() {
            if seen.insert(id) {
                queue.extend(edges(&document.schemas[id]));
            }
        }
        for id in seen {
            let sides = reached.entry(id).or_default();
            sides.request |= side.request;
            sides.response |= side.response;
        }
    }
    if all {
        let mut queue: Vec<SchemaId> = document.components.values().copied().collect();
        while let Some(id) = queue.pop() {
            if let Entry::Vacant(entry) = reached.entry(id) {
                entry.insert(Sides { request: true, response: true });
                queue.extend(edges(&document.schemas[id]));
            }
        }
    }
    reached
}

fn roots(document: &Document) -> [(Vec<SchemaId>, Sides); 2] {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for operation in &document.operations {
        requests.extend(operation.parameters.iter().filter_map(|parameter| parameter.schema));
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        requests.extend(bodies.filter_map(|media_type| media_type.schema));
        for response in &operation.responses {
            responses.extend(response.content.iter().filter_map(|media_type| media_type.schema));
            responses.extend(response.headers.iter().filter_map(|header| header.schema));
        }
    }
    let side = |request| Sides { request, response: !request };
    [(requests, side(true)), (responses, side(false))]
}

/// The schemas that `schema` is made of. Where its form follows a property beside it these are the alternatives:
/// what they have in common is in each.
pub(super) fn edges(schema: &Schema) -> Vec<SchemaId> {
    match schema.discriminated_by.as_ref().map(|by| &by.alternatives) {
        Some(Alternatives::Mapping(mapping)) => mapping.values().copied().collect(),
        Some(Alternatives::Like(id)) => vec![*id],
        None => parts(schema).collect(),
    }
}

fn parts(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let single = [schema.reference, schema.additional_properties, schema.property_names, schema.items];
    let mapping = schema.discriminator.iter().flat_map(|discriminator| discriminator.mapping.values());
    single
        .into_iter()
        .flatten()
        .chain(schema.properties.values().copied())
        .chain(schema.pattern_properties.values().copied())
        .chain(schema.prefix_items.iter().copied())
        .chain(schema.all_of.iter().copied())
        .chain(schema.one_of.iter().copied())
        .chain(schema.any_of.iter().copied())
        .chain(mapping.copied())
}
