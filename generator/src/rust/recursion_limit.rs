//! How deep the compiler has to look into the crate's types.
//!
//! Whether a type is `Send` depends on its fields, their fields and so on. The compiler gives up at a depth of
//! [`DEFAULT`] unless the crate asks for more, and how deep types hold each other is up to the document.

use std::collections::HashMap;

use crate::api::{Additional, Api, Presence, Property, TypeKind, TypeRef};
use crate::plan::components;

/// The compiler's limit in a crate that asks for none.
const DEFAULT: usize = 128;

/// What stands around a document's type in the runtime, such as its builder, its reply and the future of a call.
const AROUND: usize = 40;

/// The limit that the crate must ask for, if the default isn't enough.
pub(super) fn limit(api: &Api) -> Option<usize> {
    let needed = depth(api) + AROUND;
    // In steps, so that few changes to the document show.
    (needed > DEFAULT).then(|| needed.next_power_of_two())
}

/// An upper bound of the number of types that stand in each other, counting the standard library's: the longest path
/// through the circles of types, each of which can be walked once from end to end.
fn depth(api: &Api) -> usize {
    let edges = edges(api);
    let plain: Vec<Vec<usize>> =
        edges.iter().map(|edges| edges.iter().map(|(target, _)| *target).collect()).collect();
    let circle = components(&plain);
    let mut inside = vec![0; edges.len()];
    let mut waiting = vec![0; edges.len()];
    let mut leading: Vec<Vec<(usize, usize)>> = vec![Vec::new(); edges.len()];
    for (node, edges) in edges.iter().enumerate() {
        let mut own = 1;
        for (target, cost) in edges {
            if circle[node] == circle[*target] {
                own = own.max(1 + cost);
            } else {
                leading[circle[node]].push((circle[*target], *cost));
                waiting[circle[*target]] += 1;
            }
        }
        inside[circle[node]] += own;
    }
    let mut ready: Vec<usize> =
        (0..edges.len()).filter(|node| circle[*node] == *node && waiting[*node] == 0).collect();
    let mut before = vec![0; edges.len()];
    let mut deepest = 0;
    while let Some(node) = ready.pop() {
        let until = before[node] + inside[node];
        deepest = deepest.max(until);
        for (target, cost) in &leading[node] {
            before[*target] = before[*target].max(until + cost);
            waiting[*target] -= 1;
            if waiting[*target] == 0 {
                ready.push(*target);
            }
        }
    }
    deepest
}

/// For each type the types that it holds, with the number of types between the two.
fn edges(api: &Api) -> Vec<Vec<(usize, usize)>> {
    let definitions = || api.models.iter().flat_map(|model| &model.types);
    let index: HashMap<&str, usize> =
        definitions().enumerate().map(|(index, definition)| (&*definition.name, index)).collect();
    let of = |kind: &TypeKind| {
        let mut found = Vec::new();
        let mut add = |ty: &TypeRef, outer: usize| held(ty, outer, &index, &mut found);
        match kind {
            TypeKind::Object(object) => {
                object.properties.iter().for_each(|property| add(&property.ty, around_value(property)));
                if let Additional::Typed(ty, _) = &object.additional {
                    add(ty, IN_MAP);
                }
            }
            TypeKind::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty, 0)),
            TypeKind::Alias(alias) => add(&alias.ty, 0),
            TypeKind::Enum(_) => {}
        }
        found
    };
    definitions().map(|definition| of(&definition.kind)).collect()
}

/// The types between a list, a map or a box and what they hold (`Vec`, `RawVec`, `PhantomData` and the like).
const IN_LIST: usize = 5;
const IN_MAP: usize = 8;
const IN_BOX: usize = 2;

fn around_value(property: &Property) -> usize {
    usize::from(property.presence != Presence::Required)
}

fn held(ty: &TypeRef, outer: usize, index: &HashMap<&str, usize>, found: &mut Vec<(usize, usize)>) {
    match ty {
        TypeRef::Named(name) => found.extend(index.get(&**name).map(|target| (*target, outer))),
        TypeRef::List(inner) => held(inner, outer + IN_LIST, index, found),
        TypeRef::Map(inner) => held(inner, outer + IN_MAP, index, found),
        TypeRef::Boxed(inner) => held(inner, outer + IN_BOX, index, found),
        TypeRef::Nullable(inner) | TypeRef::Inferred(inner) | TypeRef::Secret(inner) => {
            held(inner, outer + 1, index, found)
        }
        TypeRef::Tuple(items) => items.iter().for_each(|item| held(item, outer + 1, index, found)),
        _ => {}
    }
}
