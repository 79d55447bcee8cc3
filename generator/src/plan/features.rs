//! Cargo features of a large crate: one for each group of operations, so that a user compiles only what they use.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Api, Feature, Operation, Reply, TypeDef, TypeKind, TypeRef};

/// Crates with fewer operations compile fast enough as a whole.
const MANY_OPERATIONS: usize = 64;
/// What generated crates use features for themselves.
const RESERVED: &[&str] = &["default", "client", "blocking", "tracing", "testing"];

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
    for model in &mut api.models {
        let mut needed = BTreeSet::new();
        let mut always = false;
        for definition in &model.types {
            for group in reached.get(&definition.name).into_iter().flatten() {
                needed.extend(group.clone());
                always |= group.is_none();
            }
        }
        // What no operation reaches is there for whoever asked for all schemas.
        if !always && !needed.is_empty() && needed.len() < groups.len() {
            let feature = |group: &String| api.features.iter().find(|feature| feature.group == *group);
            model.features = needed.iter().filter_map(feature).map(|feature| feature.name.clone()).collect();
        }
    }
}

/// The groups that reach each type; `None` stands for operations without a group and for the runtime.
fn reached(api: &Api) -> BTreeMap<String, BTreeSet<Option<String>>> {
    let edges: BTreeMap<&str, BTreeSet<&str>> = api
        .models
        .iter()
        .flat_map(|model| {
            // A file is there as a whole.
            let all: BTreeSet<&str> = model.types.iter().flat_map(mentioned).collect();
            let own: BTreeSet<&str> = model.types.iter().map(|definition| definition.name.as_str()).collect();
            let whole: BTreeSet<&str> = all.union(&own).copied().collect();
            model.types.iter().map(move |definition| (definition.name.as_str(), whole.clone()))
        })
        .collect();
    let mut roots: BTreeMap<Option<String>, BTreeSet<&str>> = BTreeMap::new();
    for operation in &api.operations {
        roots.entry(operation.group.first().cloned()).or_default().extend(used(operation));
    }
    let mut error_body = BTreeSet::new();
    api.facts.error_body.iter().for_each(|ty| names(ty, &mut error_body));
    roots.entry(None).or_default().extend(error_body);
    let mut reached: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
    for (group, names) in roots {
        let mut queue: Vec<&str> = names.into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = queue.pop() {
            if seen.insert(name) {
                reached.entry(name.to_owned()).or_default().insert(group.clone());
                queue.extend(edges.get(name).into_iter().flatten());
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
