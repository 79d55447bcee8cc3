//! Which responses convert to which request bodies without loss: those of the same resource, so that callers can change
//! what they read and send it back.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Ident, Model, Object, Operation, Presence, Property, TypeKind, TypeRef};
use crate::settings::Settings;

/// Fills [`Object::made_from`] of each operation's request body.
pub(super) fn find(models: &mut [Model], operations: &[Operation], settings: &Settings) {
    let found: BTreeMap<Ident, Vec<Ident>> = {
        let pairs = pairs(operations, settings);
        let ends: BTreeSet<&Ident> = pairs
            .iter()
            .flat_map(|(request, responses)| responses.iter().chain([request]).copied())
            .collect();
        let types = models.iter().flat_map(|model| &model.types);
        let objects: BTreeMap<&Ident, &Object> = types
            .filter(|definition| ends.contains(&definition.name))
            .filter_map(|definition| match &definition.kind {
                TypeKind::Object(object) => Some((&definition.name, object)),
                _ => None,
            })
            .collect();
        let sources = |request: &Ident, responses: BTreeSet<&Ident>| {
            let object = *objects.get(request)?;
            let fits = |name: &&Ident| {
                *name != request && objects.get(name).is_some_and(|response| converts(response, object))
            };
            Some((request.clone(), responses.into_iter().filter(fits).cloned().collect()))
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
fn pairs<'a>(operations: &'a [Operation], settings: &Settings) -> BTreeMap<&'a Ident, BTreeSet<&'a Ident>> {
    let mut resources: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in operations {
        resources.entry(resource(&operation.path)).or_default().push(operation);
    }
    let mut pairs: BTreeMap<&Ident, BTreeSet<&Ident>> = BTreeMap::new();
    for operations in resources.values() {
        let responses: BTreeSet<&Ident> = operations.iter().copied().flat_map(given).collect();
        for request in operations.iter().copied().flat_map(taken) {
            pairs.entry(request).or_default().extend(&responses);
        }
    }
    for entry in &settings.modifications {
        let with_id = |id: &str| operations.iter().find(|operation| operation.id == id);
        if let (Some(read), Some(write)) = (with_id(&entry.read), with_id(&entry.write)) {
            taken(write).for_each(|request| pairs.entry(request).or_default().extend(given(read)));
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

/// Whether `response` has each property of `request`, with a type that always fits.
fn converts(response: &Object, request: &Object) -> bool {
    let keeps_misfits =
        ![request, response].iter().any(|object| matches!(object.additional, Additional::Typed(..)));
    let has = |property: &Property| {
        let same = response.properties.iter().find(|other| other.wire == property.wire);
        same.is_some_and(|other| match property.presence {
            Presence::Required => other.presence == Presence::Required && other.ty == property.ty,
            Presence::Optional | Presence::Patch => true,
        })
    };
    keeps_misfits && !request.properties.is_empty() && request.properties.iter().all(has)
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
