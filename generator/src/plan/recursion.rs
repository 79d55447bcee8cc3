//! Types that contain themselves: boxed where their size would otherwise be infinite, and only there.

use std::collections::BTreeMap;

use crate::api::{Ident, Model, TypeDef, TypeKind, TypeRef};

/// Boxes each use that closes a circle of types. A circle is a strongly connected component of the graph
/// whose edges are the uses outside of lists and maps, so that no order of visiting matters.
pub(super) fn add_boxes(models: &mut [Model]) {
    break_alias_circles(models);
    let definitions: Vec<&TypeDef> = models.iter().flat_map(|model| &model.types).collect();
    let index: BTreeMap<&str, usize> =
        definitions.iter().enumerate().map(|(index, definition)| (definition.name.as_str(), index)).collect();
    let edges: Vec<Vec<usize>> = definitions
        .iter()
        .map(|definition| {
            let mut names = Vec::new();
            uses(&definition.kind, &mut |ty| direct(ty, &mut names));
            names.iter().filter_map(|name| index.get(name.as_str()).copied()).collect()
        })
        .collect();
    let component = components(&edges);
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for component in &component {
        *sizes.entry(*component).or_default() += 1;
    }
    let circle: BTreeMap<Ident, usize> = definitions
        .iter()
        .enumerate()
        .filter(|(node, _)| sizes[&component[*node]] > 1 || edges[*node].contains(node))
        .map(|(node, definition)| (definition.name.clone(), component[node]))
        .collect();
    if circle.is_empty() {
        return;
    }
    for definition in models.iter_mut().flat_map(|model| &mut model.types) {
        let Some(own) = circle.get(&definition.name) else { continue };
        let boxed = |ty: &mut TypeRef| add_box(ty, &|name| circle.get(name) == Some(own));
        match &mut definition.kind {
            TypeKind::Object(object) => {
                object.properties.iter_mut().for_each(|property| boxed(&mut property.ty))
            }
            TypeKind::Union(union) => union.variants.iter_mut().for_each(|variant| boxed(&mut variant.ty)),
            TypeKind::Alias(alias) => boxed(&mut alias.ty),
            TypeKind::Enum(_) => {}
        }
    }
}

/// Calls `visit` with the types that a value of the definition holds.
fn uses(kind: &TypeKind, visit: &mut impl FnMut(&TypeRef)) {
    match kind {
        TypeKind::Object(object) => object.properties.iter().for_each(|property| visit(&property.ty)),
        TypeKind::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
        TypeKind::Alias(alias) => visit(&alias.ty),
        TypeKind::Enum(_) => {}
    }
}

/// The named types that a value of `ty` contains directly.
fn direct(ty: &TypeRef, names: &mut Vec<Ident>) {
    match ty {
        TypeRef::Named(name) => names.push(name.clone()),
        TypeRef::Nullable(inner) | TypeRef::Inferred(inner) | TypeRef::Secret(inner) => direct(inner, names),
        TypeRef::Tuple(items) => items.iter().for_each(|item| direct(item, names)),
        _ => {}
    }
}

fn add_box(ty: &mut TypeRef, in_circle: &impl Fn(&Ident) -> bool) {
    match ty {
        TypeRef::Named(name) if in_circle(name) => *ty = TypeRef::Boxed(Box::new(ty.clone())),
        TypeRef::Nullable(inner) | TypeRef::Inferred(inner) | TypeRef::Secret(inner) => {
            add_box(inner, in_circle)
        }
        TypeRef::Tuple(items) => items.iter_mut().for_each(|item| add_box(item, in_circle)),
        _ => {}
    }
}

/// `type A = Vec<A>` isn't Rust: where aliases alone form a circle, the use that closes it is any JSON.
fn break_alias_circles(models: &mut [Model]) {
    let aliases: BTreeMap<Ident, TypeRef> = models
        .iter()
        .flat_map(|model| &model.types)
        .filter_map(|definition| match &definition.kind {
            TypeKind::Alias(alias) => Some((definition.name.clone(), alias.ty.clone())),
            _ => None,
        })
        .collect();
    let names: Vec<&Ident> = aliases.keys().collect();
    let index: BTreeMap<&Ident, usize> =
        names.iter().enumerate().map(|(index, name)| (*name, index)).collect();
    let edges: Vec<Vec<usize>> = aliases
        .values()
        .map(|ty| {
            let mut held = Vec::new();
            anywhere(ty, &mut held);
            held.iter().filter_map(|name| index.get(name).copied()).collect()
        })
        .collect();
    let component = components(&edges);
    for definition in models.iter_mut().flat_map(|model| &mut model.types) {
        let (TypeKind::Alias(alias), Some(own)) = (&mut definition.kind, index.get(&definition.name)) else {
            continue;
        };
        let alone = component.iter().filter(|other| **other == component[*own]).take(2).count() == 1;
        if alone && !edges[*own].contains(own) {
            continue;
        }
        replace(&mut alias.ty, &|name| {
            let other = index.get(name);
            other.is_some_and(|other| component[*other] == component[*own])
        });
    }
}

fn anywhere(ty: &TypeRef, names: &mut Vec<Ident>) {
    match ty {
        TypeRef::List(inner) | TypeRef::Map(inner) => anywhere(inner, names),
        TypeRef::Tuple(items) => items.iter().for_each(|item| anywhere(item, names)),
        other => direct(other, names),
    }
}

fn replace(ty: &mut TypeRef, closes: &impl Fn(&Ident) -> bool) {
    match ty {
        TypeRef::Named(name) if closes(name) => *ty = TypeRef::Json,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Inferred(inner) => {
            replace(inner, closes)
        }
        TypeRef::Tuple(items) => items.iter_mut().for_each(|item| replace(item, closes)),
        _ => {}
    }
}

/// The strongly connected component of each node, as one of its nodes (Kosaraju's algorithm, with stacks of our own).
pub(crate) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.pop() {
            if next == 0 && std::mem::replace(&mut seen[node], true) {
                continue;
            }
            match edges[node].get(next) {
                Some(target) => {
                    stack.push((node, next + 1));
                    if !seen[*target] {
                        stack.push((*target, 0));
                    }
                }
                None => order.push(node),
            }
        }
    }
    let mut reversed = vec![Vec::new(); edges.len()];
    for (node, targets) in edges.iter().enumerate() {
        targets.iter().for_each(|target| reversed[*target].push(node));
    }
    let mut component = vec![usize::MAX; edges.len()];
    for root in order.into_iter().rev() {
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            if component[node] == usize::MAX {
                component[node] = root;
                stack.extend(&reversed[node]);
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    #[test]
    fn components_are_the_circles() {
        let found = super::components(&[vec![1], vec![2], vec![0], vec![3], vec![0]]);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[1], found[2]);
        assert_ne!(found[3], found[0]);
        assert_ne!(found[4], found[0]);
        assert_eq!(
            super::components(&(0..100_000).map(|n| vec![(n + 1) % 100_000]).collect::<Vec<_>>())[7],
            0
        );
    }
}
