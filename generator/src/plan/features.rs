//! Cargo features of a large crate: one for each group of operations, so that a user compiles only what they use.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Api, Feature, Operation, Reply, TypeDef, TypeKind, TypeRef};

/// Crates with fewer operations compile fast enough as a whole.
const MANY_OPERATIONS: usize = 64;
/// What generated crates use features for themselves.
const RESERVED: &[&str] = &["default", "client", "blocking", "tracing", "testing", "test-util"];

/// Gives each group of operations a feature, and each model those of the groups that reach it.
pub(super) fn assign(api: &mut Api) {
    let groups: BTreeSet<String> =
        api.operations.iter().filter_map(|operation| operation.group.first().cloned()).collect();
    if api.operations.len() < MANY_OPERATIONS || groups.len() < 2 {
        return;
    }
    api.features = groups
        .iter()
        .map(|group| {
            let reserved = RESERVED.contains(&group.as_str()) || !group.is_ascii();
            let name = if reserved { format!("group_{}", super::names::hash(group)) } else { group.clone() };
            Feature { name, group: group.clone() }
        })
        .collect();
    let reached = reached(api);
    for (model, groups_of_model) in api.models.iter_mut().zip(reached) {
        // What no operation reaches is there for whoever asked for all schemas.
        let everywhere = groups_of_model.contains(&None) || groups_of_model.len() == groups.len();
        if !everywhere {
            let needs = |feature: &&Feature| groups_of_model.contains(&Some(feature.group.clone()));
            model.features = api.features.iter().filter(needs).map(|feature| feature.name.clone()).collect();
        }
    }
}

/// The groups that reach each model, whose file is there as a whole; `None` stands for operations without a group
/// and for the runtime.
fn reached(api: &Api) -> Vec<BTreeSet<Option<String>>> {
    let file_of: BTreeMap<&str, usize> = api
        .models
        .iter()
        .enumerate()
        .flat_map(|(file, model)| model.types.iter().map(move |definition| (definition.name.as_str(), file)))
        .collect();
    let files = |names: BTreeSet<&str>| -> BTreeSet<usize> {
        names.into_iter().filter_map(|name| file_of.get(name).copied()).collect()
    };
    let edges: Vec<BTreeSet<usize>> =
        api.models.iter().map(|model| files(model.types.iter().flat_map(mentioned).collect())).collect();
    let mut roots: BTreeMap<Option<String>, BTreeSet<usize>> = BTreeMap::new();
    for operation in &api.operations {
        roots.entry(operation.group.first().cloned()).or_default().extend(files(used(operation)));
    }
    let mut error_body = BTreeSet::new();
    api.facts.error_body.iter().for_each(|ty| names(ty, &mut error_body));
    roots.entry(None).or_default().extend(files(error_body));
    let mut reached = vec![BTreeSet::new(); api.models.len()];
    for (group, mut queue) in roots {
        while let Some(file) = queue.pop_first() {
            if reached[file].insert(group.clone()) {
                queue.extend(&edges[file]);
            }
        }
    }
    reached
}

fn used(operation: &Operation) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    operation.parameters.iter().for_each(|parameter| names(&parameter.ty, &mut found));
    for content in operation.body.iter().flat_map(|body| &body.content) {
        names(&content.ty, &mut found);
    }
    for reply in operation.successes.iter().chain(&operation.failures) {
        of_reply(reply, &mut found);
    }
    found
}

fn of_reply<'a>(reply: &'a Reply, found: &mut BTreeSet<&'a str>) {
    reply.content.iter().for_each(|content| names(&content.ty, found));
    reply.headers.iter().for_each(|header| names(&header.ty, found));
}

fn mentioned(definition: &TypeDef) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    match &definition.kind {
        TypeKind::Object(object) => {
            object.properties.iter().for_each(|property| names(&property.ty, &mut found));
            if let Additional::Typed(ty, _) = &object.additional {
                names(ty, &mut found);
            }
            found.extend(object.made_from.iter().map(String::as_str));
        }
        TypeKind::Union(union) => union.variants.iter().for_each(|variant| names(&variant.ty, &mut found)),
        TypeKind::Alias(alias) => names(&alias.ty, &mut found),
        TypeKind::Enum(_) => {}
    }
    found
}

fn names<'a>(ty: &'a TypeRef, found: &mut BTreeSet<&'a str>) {
    match ty {
        TypeRef::Named(name) => {
            found.insert(name);
        }
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Secret(inner) => names(inner, found),
        TypeRef::Tuple(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}
