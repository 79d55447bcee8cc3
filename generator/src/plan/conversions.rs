//! Which responses convert to which request bodies: those of the same resource, so that callers can change what they read
//! and send it back.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Ident, Model, Object, Operation, Presence, Property, TypeKind, TypeRef};
use crate::settings::Settings;

/// How many of a body's properties a response must have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Demand {
    /// One: the settings say that they go together.
    One,
    /// Half of them, so that one more property doesn't make the difference.
    Half,
    /// Each, since PUT resets what is left out.
    Each,
}

/// The responses that a body may convert from.
type Sources<'a> = BTreeMap<&'a Ident, Demand>;

/// Fills [`Object::made_from`] of each operation's request body.
pub(super) fn find(models: &mut [Model], operations: &[Operation], settings: &Settings) {
    let found: BTreeMap<Ident, Vec<Ident>> = {
        let pairs = pairs(operations, settings);
        let ends: BTreeSet<&Ident> = pairs
            .iter()
            .flat_map(|(request, responses)| responses.keys().chain([request]).copied())
            .collect();
        let types = models.iter().flat_map(|model| &model.types);
        let objects: BTreeMap<&Ident, &Object> = types
            .filter(|definition| ends.contains(&definition.name))
            .filter_map(|definition| match &definition.kind {
                TypeKind::Object(object) => Some((&definition.name, object)),
                _ => None,
            })
            .collect();
        let sources = |request: &Ident, responses: Sources<'_>| {
            let object = *objects.get(request)?;
            let fits = |(name, demand): &(&Ident, Demand)| {
                *name != request
                    && objects.get(name).is_some_and(|response| is_met(*demand, response, object))
            };
            let fitting = responses.into_iter().filter(fits);
            Some((request.clone(), fitting.map(|(name, _)| name.clone()).collect()))
        };
        pairs.into_iter().filter_map(|(request, responses)| sources(request, responses)).collect()
    };
    for definition in models.iter_mut().flat_map(|model| &mut model.types) {
        if let (TypeKind::Object(request), Some(sources)) =
            (&mut definition.kind, found.get(&definition.name))
        {
            request.made_from.clone_from(sources);
        }
    }
}

/// What is written and what is read of the same resource, by the names of the types: what is written first. What the
/// settings name as a pair is one.
fn pairs<'a>(operations: &'a [Operation], settings: &Settings) -> BTreeMap<&'a Ident, Sources<'a>> {
    let mut resources: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in operations {
        resources.entry(resource(&operation.path)).or_default().push(operation);
    }
    let puts = operations.iter().filter(|operation| operation.method == "PUT");
    let replacing: BTreeSet<&Ident> = puts.flat_map(taken).collect();
    let mut pairs: BTreeMap<&Ident, Sources<'_>> = BTreeMap::new();
    for operations in resources.values() {
        let responses: BTreeSet<&Ident> = operations.iter().copied().flat_map(given).collect();
        for request in operations.iter().copied().flat_map(taken) {
            let demand = if replacing.contains(request) { Demand::Each } else { Demand::Half };
            let sources = pairs.entry(request).or_default();
            sources.extend(responses.iter().map(|response| (*response, demand)));
        }
    }
    for entry in &settings.modifications {
        let with_id = |id: &str| operations.iter().find(|operation| operation.id == id);
        if let (Some(read), Some(write)) = (with_id(&entry.read), with_id(&entry.write)) {
            for request in taken(write) {
                let sources = pairs.entry(request).or_default();
                sources.extend(given(read).map(|response| (response, Demand::One)));
            }
        }
    }
    pairs
}

/// The resource that the path leads to. A collection and its members are one resource, whatever the parameters' names.
fn resource(path: &str) -> String {
    let anonymous = |segment: &'_ str| match (segment.starts_with('{'), segment.ends_with('}')) {
        (true, true) => "{}".to_owned(),
        _ => segment.to_owned(),
    };
    let mut segments: Vec<String> = path.trim_matches('/').split('/').map(anonymous).collect();
    segments.pop_if(|last| last == "{}");
    segments.join("/")
}

fn taken(operation: &Operation) -> impl Iterator<Item = &Ident> {
    let contents = operation.body.iter().flat_map(|body| &body.content);
    contents.filter_map(|content| named(&content.ty))
}

fn given(operation: &Operation) -> impl Iterator<Item = &Ident> {
    let contents = operation.successes.iter().filter_map(|response| response.content.as_ref());
    contents.filter_map(|content| named(&content.ty))
}

fn named(ty: &TypeRef) -> Option<&Ident> {
    match ty.behind_null() {
        TypeRef::Named(name) => Some(name),
        _ => None,
    }
}

fn is_met(demand: Demand, response: &Object, request: &Object) -> bool {
    let Ok(unread) = unread(response, request) else { return false };
    let (all, missing) = (request.properties.len(), unread.len());
    match demand {
        Demand::One => missing < all,
        Demand::Half => missing * 2 <= all && missing < all,
        Demand::Each => missing == 0 && all > 0,
    }
}

/// Why no response of a type converts to a body.
pub(super) enum Obstacle<'a> {
    /// The body requires this property, which the response may lack or has with another type.
    Required(&'a Property),
    /// The body has additional properties of one type: no room for values that don't fit.
    TypedAdditional,
}

/// The body's properties that the response's type doesn't have.
///
/// # Errors
/// The body can't be made from the response.
pub(super) fn unread<'a>(response: &Object, request: &'a Object) -> Result<Vec<&'a Property>, Obstacle<'a>> {
    if matches!(request.additional, Additional::Typed(..)) {
        return Err(Obstacle::TypedAdditional);
    }
    let mut unread = Vec::new();
    for property in &request.properties {
        let is_required = property.presence == Presence::Required;
        match response.properties.iter().find(|other| other.wire == property.wire) {
            Some(other)
                if is_required && (other.presence, &other.ty) != (property.presence, &property.ty) =>
            {
                return Err(Obstacle::Required(property));
            }
            Some(_) => {}
            None if property.must_be_sent() => return Err(Obstacle::Required(property)),
            None => unread.push(property),
        }
    }
    Ok(unread)
}

#[cfg(test)]
mod tests {
    use super::resource;

    #[test]
    fn a_collection_and_its_members_are_one_resource() {
        assert_eq!(resource("/connections/{id}"), resource("/connections"));
        assert_eq!(resource("/a/{id}/b"), resource("/a/{a_id}/b/{b_id}"));
        assert_ne!(resource("/connections/{id}/keys"), resource("/connections/{id}"));
        assert_ne!(resource("/a/{x}"), resource("/b/{x}"));
    }
}
