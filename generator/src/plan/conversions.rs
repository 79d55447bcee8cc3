//! Which request objects can be made from which response objects, losing nothing.

use std::collections::BTreeMap;

use crate::api::{Model, Object, Operation, Presence, TypeKind, TypeRef};

/// Fills [`Object::made_from`] of each operation's request body.
pub(super) fn find(models: &mut [Model], operations: &[Operation]) {
    let objects: BTreeMap<String, Object> = models
        .iter()
        .flat_map(|model| &model.types)
        .filter_map(|definition| match &definition.kind {
            TypeKind::Object(object) => Some((definition.name.clone(), object.clone())),
            _ => None,
        })
        .collect();
    let named = |ty: &TypeRef| match ty.behind_null() {
        TypeRef::Named(name) => Some(name.clone()),
        _ => None,
    };
    let bodies = operations.iter().filter_map(|operation| operation.body.as_ref());
    let mut requests: Vec<String> =
        bodies.flat_map(|body| &body.content).filter_map(|content| named(&content.ty)).collect();
    let replies = operations.iter().flat_map(|operation| &operation.successes);
    let mut responses: Vec<String> =
        replies.filter_map(|reply| reply.content.as_ref()).filter_map(|content| named(&content.ty)).collect();
    requests.sort_unstable();
    requests.dedup();
    responses.sort_unstable();
    responses.dedup();
    for definition in models.iter_mut().flat_map(|model| &mut model.types) {
        let TypeKind::Object(request) = &mut definition.kind else { continue };
        if requests.binary_search(&definition.name).is_err() || request.properties.is_empty() {
            continue;
        }
        let sources = responses.iter().filter(|name| **name != definition.name);
        request.made_from = sources
            .filter(|name| objects.get(*name).is_some_and(|response| converts(response, request)))
            .cloned()
            .collect();
    }
}

/// Whether each property that `request` has is in `response`, in a form that can't fail to fit.
fn converts(response: &Object, request: &Object) -> bool {
    let keeps_misfits = !matches!(request.additional, crate::api::Additional::Typed(..))
        && !matches!(response.additional, crate::api::Additional::Typed(..));
    keeps_misfits
        && request.properties.iter().all(|property| {
            let same = response.properties.iter().find(|other| other.wire == property.wire);
            same.is_some_and(|other| match property.presence {
                Presence::Required => other.presence == Presence::Required && other.ty == property.ty,
                Presence::Optional | Presence::Patch => true,
            })
        })
}
