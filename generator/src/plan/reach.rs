//! What is settled before anything is planned: which schemas the operations and events reach, from which side, and what those with
//! a name are called.

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;

use super::Ground;
use super::composition::Composed;
use super::formats::Formats;
use crate::api::Ident;
use crate::settings::{Schemas, Settings};
use crate::source::document::{Alternatives, Document, MediaType, Schema, SchemaId};

/// Where values of a schema go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub request: bool,
    pub response: bool,
}

impl<'a> Ground<'a> {
    /// The ground for planning a document.
    pub(super) fn new(composed: &'a Composed, settings: &'a Settings, formats: Formats<'a>) -> Self {
        let document = &composed.document;
        let reached = reach(composed, settings.schemas == Schemas::All);
        let named = named(document, &reached);
        let has_xml = super::xml::is_used(document);
        let types = AtomicUsize::new(0);
        Self { document, settings, origins: &composed.origins, reached, named, formats, types, has_xml }
    }

    /// The schemas that have a name, with it.
    pub(super) fn components(&self) -> Vec<(SchemaId, &Ident)> {
        let ids = (0..).map(SchemaId);
        ids.zip(&self.named).filter_map(|(id, name)| Some((id, name.as_ref()?))).collect()
    }
}

/// The sides of each schema that the operations reach.
pub(super) fn reach(composed: &Composed, all: bool) -> Vec<Option<Sides>> {
    let document = &composed.document;
    let mut reached: Vec<Option<Sides>> = vec![None; document.schemas.0.len()];
    for (roots, side) in roots(document) {
        let new = |sides: Option<Sides>| {
            let old = sides.unwrap_or_default();
            let both =
                Sides { request: old.request || side.request, response: old.response || side.response };
            (sides != Some(both)).then_some(both)
        };
        walk(composed, roots, &mut reached, new);
    }
    if all {
        let both = Sides { request: true, response: true };
        let components = document.components.values().copied().collect();
        walk(composed, components, &mut reached, |sides| sides.is_none().then_some(both));
    }
    reached
}

/// Gives each schema that `queue` leads to its `new` sides, and goes on from those that have any.
fn walk(
    composed: &Composed,
    mut queue: Vec<SchemaId>,
    reached: &mut [Option<Sides>],
    new: impl Fn(Option<Sides>) -> Option<Sides>,
) {
    while let Some(id) = queue.pop() {
        let sides = &mut reached[id.0 as usize];
        if let Some(new) = new(*sides) {
            *sides = Some(new);
            queue.extend(edges(&composed.document.schemas[id]));
            queue.extend(composed.bases.get(&id).into_iter().flatten());
        }
    }
}

/// The schemas of the operations, and those of all components if `all` are wanted.
pub(super) fn roots_of(document: &Document, all: bool) -> Vec<SchemaId> {
    let components = document.components.values().copied().filter(|_| all);
    roots(document).into_iter().flat_map(|(roots, _)| roots).chain(components).collect()
}

fn roots(document: &Document) -> [(Vec<SchemaId>, Sides); 2] {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for operation in &document.operations {
        requests.extend(operation.parameters.iter().filter_map(|parameter| parameter.schema));
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        requests.extend(bodies.flat_map(of_content));
        for response in &operation.responses {
            responses.extend(response.content.iter().flat_map(of_content));
            responses.extend(response.headers.iter().filter_map(|header| header.schema));
        }
    }
    // What the service sends arrives like a response, and is answered like a request is made.
    for request in document.received.iter().map(|received| &received.request) {
        responses.extend(request.parameters.iter().filter_map(|parameter| parameter.schema));
        let bodies = request.request_body.iter().flat_map(|body| &body.content);
        responses.extend(bodies.flat_map(of_content));
        let answers = request.responses.iter().flat_map(|response| &response.content);
        requests.extend(answers.flat_map(of_content));
    }
    let side = |request| Sides { request, response: !request };
    [(requests, side(true)), (responses, side(false))]
}

/// The schemas of a content and of its items.
fn of_content(media_type: &MediaType) -> impl Iterator<Item = SchemaId> {
    media_type.schema.into_iter().chain(media_type.item_schema)
}

/// The schemas that `schema` is made of. With `x-discriminated-by` these are the alternatives alone, since each has
/// what they have in common.
pub(super) fn edges(schema: &Schema) -> Vec<SchemaId> {
    match schema.discriminated_by.as_ref().map(|by| &by.alternatives) {
        Some(Alternatives::Mapping(mapping)) => mapping.values().copied().collect(),
        Some(Alternatives::Like(id)) => vec![*id],
        None => parts(schema).collect(),
    }
}

fn parts(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let single = [
        schema.reference,
        schema.additional_properties,
        schema.property_names,
        schema.items,
        schema.content_schema,
    ];
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

/// The name of each schema that is reachable and that a reference can name; what it wishes for is the key.
fn named(document: &Document, reached: &[Option<Sides>]) -> Vec<Option<Ident>> {
    let reached = |id: &SchemaId| reached[id.0 as usize].is_some();
    let mut wires: Vec<Option<String>> = vec![None; document.schemas.0.len()];
    for id in (0..).map(SchemaId).take(wires.len()).filter(reached) {
        let schema = &document.schemas[id];
        if let Some(name) = &schema.name {
            wires[id.0 as usize] = Some(name.clone());
        }
        if let Some(target) = schema.reference.filter(reached) {
            wires[target.0 as usize].get_or_insert_with(|| last_words(&document.schemas[target]));
        }
    }
    // Two that are referred to where they stand can end in the same words, and they in a component's name.
    let mut count: HashMap<String, usize> = HashMap::new();
    for wire in wires.iter().flatten() {
        *count.entry(wire.clone()).or_default() += 1;
    }
    for (wire, schema) in wires.iter_mut().zip(&document.schemas.0) {
        if let Some(wire) = wire
            && count[wire] > 1
            && schema.name.is_none()
        {
            *wire = format!("{wire} {} {}", schema.place.file, schema.place.pointer);
        }
    }
    wires.into_iter().map(|wire| Some(Ident::unsettled(&wire?))).collect()
}

/// A name for a schema that is referred to where it stands, from the last two words of its pointer.
fn last_words(schema: &Schema) -> String {
    let mut words: Vec<&str> = schema
        .place
        .pointer
        .rsplit('/')
        .filter(|word| {
            !matches!(*word, "" | "schema" | "schemas" | "properties" | "items" | "content" | "components")
        })
        .take(2)
        .collect();
    words.reverse();
    words.join(" ")
}
