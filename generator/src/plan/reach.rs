//! Which schemas the operations reach, and from which side.

use crate::source::document::{Alternatives, Document, Schema, SchemaId};

/// Where values of a schema go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub request: bool,
    pub response: bool,
}

/// The sides of each schema that the operations reach.
pub(super) fn reach(document: &Document, all: bool) -> Vec<Option<Sides>> {
    let mut reached: Vec<Option<Sides>> = vec![None; document.schemas.0.len()];
    for (roots, side) in roots(document) {
        let new = |sides: Option<Sides>| {
            let old = sides.unwrap_or_default();
            let both =
                Sides { request: old.request || side.request, response: old.response || side.response };
            (sides != Some(both)).then_some(both)
        };
        walk(document, roots, &mut reached, new);
    }
    if all {
        let both = Sides { request: true, response: true };
        let components = document.components.values().copied().collect();
        walk(document, components, &mut reached, |sides| sides.is_none().then_some(both));
    }
    reached
}

/// Gives each schema that `queue` leads to its `new` sides, and goes on from those that have any.
fn walk(
    document: &Document,
    mut queue: Vec<SchemaId>,
    reached: &mut [Option<Sides>],
    new: impl Fn(Option<Sides>) -> Option<Sides>,
) {
    while let Some(id) = queue.pop() {
        let sides = &mut reached[id.0 as usize];
        if let Some(new) = new(*sides) {
            *sides = Some(new);
            queue.extend(edges(&document.schemas[id]));
        }
    }
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
