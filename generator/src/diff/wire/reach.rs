//! Which types are sent, and which are received: only there does a change of a type matter on the wire. The client's
//! types say which of them have setters, which is more: those of headers have, and those of what only the server sets.

use std::collections::BTreeSet;

use super::index::Index;
use crate::api::{Additional, Api, Parameter, Property, TypeKind, TypeRef};
use crate::diff::rules::Direction;

/// The types of a client that are sent, and those that are received.
#[derive(Debug, Default)]
pub(super) struct Reach<'a> {
    sent: BTreeSet<&'a str>,
    received: BTreeSet<&'a str>,
    /// Those, and what is only in properties that don't travel.
    all: BTreeSet<&'a str>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(api: &'a Api, index: &Index<'a>) -> Self {
        let (sent, received) = (sent(api), received(api));
        Self {
            sent: reached(sent.clone(), index, Some(Direction::Request)),
            received: reached(received.clone(), index, Some(Direction::Response)),
            all: reached([sent, received].concat(), index, None),
        }
    }

    /// The directions in which values of a type travel, if it is the type of anything.
    pub(super) fn of(&self, name: &str) -> Option<Vec<Direction>> {
        let (sent, received) = (self.sent.contains(name), self.received.contains(name));
        let directions = [(sent, Direction::Request), (received, Direction::Response)];
        let directions = directions.into_iter().filter_map(|(is, direction)| is.then_some(direction));
        self.all.contains(name).then(|| directions.collect())
    }
}

/// Whether the property travels in this direction.
pub(super) fn travels(property: &Property, direction: Direction) -> bool {
    match direction {
        Direction::Request => !property.read_only,
        Direction::Response => !property.write_only,
    }
}

/// What operations send, and what events are answered.
fn sent(api: &Api) -> Vec<&TypeRef> {
    let operations = api.operations.iter().flat_map(|operation| {
        let bodies = operation.body.iter().flat_map(|body| &body.content).map(|content| &content.ty);
        types(&operation.parameters).chain(bodies)
    });
    let events = api.events.iter().flat_map(|events| &events.events);
    operations
        .chain(events.flat_map(|event| &event.answers).filter_map(|answer| answer.ty.as_ref()))
        .collect()
}

/// What operations are answered, and what events bring.
fn received(api: &Api) -> Vec<&TypeRef> {
    let responses =
        api.operations.iter().flat_map(|operation| operation.successes.iter().chain(&operation.failures));
    let responses = responses.flat_map(|response| {
        let contents = response.contents().flat_map(|content| {
            std::iter::once(&content.ty).chain(content.items.iter().filter_map(|items| items.ty.as_ref()))
        });
        types(&response.headers).chain(contents)
    });
    let events = api.events.iter().flat_map(|events| {
        let payloads = events.events.iter().filter_map(|event| event.payload.as_ref());
        types(&events.headers).chain(payloads.map(|payload| &payload.ty))
    });
    responses.chain(events).chain(&api.facts.error_body).collect()
}

fn types(parameters: &[Parameter]) -> impl Iterator<Item = &TypeRef> {
    parameters.iter().map(|parameter| &parameter.ty)
}

/// The types that values of `roots` contain, with what doesn't travel unless a direction is given.
fn reached<'a>(
    roots: Vec<&'a TypeRef>,
    index: &Index<'a>,
    direction: Option<Direction>,
) -> BTreeSet<&'a str> {
    let is_in = |property: &Property| direction.is_none_or(|direction| travels(property, direction));
    let mut found: BTreeSet<&'a str> = BTreeSet::new();
    let mut queue = roots;
    while let Some(ty) = queue.pop() {
        ty.visit(&mut |ty| {
            let TypeRef::Named(name) = ty else { return };
            let Some(definition) = index.get(name).filter(|_| found.insert(name.as_str())) else { return };
            match &definition.kind {
                TypeKind::Object(object) => {
                    let properties = object.properties.iter().filter(|property| is_in(property));
                    queue.extend(properties.map(|property| &property.ty));
                    if let Additional::Typed(ty, _) = &object.additional {
                        queue.push(ty);
                    }
                }
                TypeKind::Union(union) => queue.extend(union.variants.iter().map(|variant| &variant.ty)),
                TypeKind::Alias(alias) => queue.push(&alias.ty),
                TypeKind::Enum(_) => {}
            }
        });
    }
    found
}
