//! Which parts of two clients correspond: operations by method and path, or else by name; types by name, or else by
//! where they are used.

use std::collections::{BTreeMap, BTreeSet};

use super::index::{Index, without_null};
use crate::api::{Additional, Api, Events, Operation, Response, TypeDef, TypeKind, TypeRef};

/// The parts of two clients that correspond.
#[derive(Debug)]
pub(in crate::diff) struct Pairs<'a> {
    pub(in crate::diff) old: Index<'a>,
    pub(in crate::diff) new: Index<'a>,
    /// The operations that both clients have.
    pub(in crate::diff) operations: Vec<(&'a Operation, &'a Operation)>,
    /// The operations that only the old client has.
    pub(in crate::diff) removed: Vec<&'a Operation>,
    /// The operations that only the new client has.
    pub(in crate::diff) added: Vec<&'a Operation>,
    /// The new names of renamed types, by the old ones.
    pub(in crate::diff) renamed: BTreeMap<&'a str, &'a str>,
}

impl<'a> Pairs<'a> {
    pub(in crate::diff) fn new(old: &'a Api, new: &'a Api) -> Self {
        let (operations, removed, added) = operations(&old.operations, &new.operations);
        let mut pairs = Self {
            old: Index::new(old),
            new: Index::new(new),
            operations,
            removed,
            added,
            renamed: BTreeMap::new(),
        };
        pairs.find_renamed(old, new);
        pairs
    }

    /// The new name of the old type `name`, if it still exists.
    pub(in crate::diff) fn new_name<'n>(&self, name: &'n str) -> Option<&'n str>
    where
        'a: 'n,
    {
        match self.renamed.get(name) {
            Some(new) => Some(new),
            None => self.new.types.contains_key(name).then_some(name),
        }
    }

    /// Whether both types exist and are of the same kind.
    pub(in crate::diff) fn are_of_one_kind(&self, old: &str, new: &str) -> bool {
        let kind = |definition: Option<&TypeDef>| definition.map(|one| std::mem::discriminant(&one.kind));
        let old = kind(self.old.get(old));
        old.is_some() && old == kind(self.new.get(new))
    }

    /// Every pair of types.
    pub(in crate::diff) fn types(&self) -> Vec<(&'a TypeDef, &'a TypeDef)> {
        let pair = |(name, old): (&&'a str, &&'a TypeDef)| {
            let new = self.renamed.get(name).unwrap_or(name);
            Some((*old, self.new.get(new)?))
        };
        self.old.types.iter().filter_map(pair).collect()
    }

    /// Walks both clients side by side. Where one has a type that is gone and the other a new type, they are a renamed
    /// type if they are alike.
    fn find_renamed(&mut self, old: &'a Api, new: &'a Api) {
        let mut queue: Vec<(&TypeRef, &TypeRef)> = Vec::new();
        for (old, new) in &self.operations {
            of_operations(old, new, &mut queue);
        }
        for events in &old.events {
            super::events::find(&new.events, events)
                .into_iter()
                .for_each(|other| of_events(events, other, &mut queue));
        }
        if let (Some(old), Some(new)) = (&old.facts.error_body, &new.facts.error_body) {
            queue.push((old, new));
        }
        let mut seen = BTreeSet::new();
        for (old, new) in self.types() {
            seen.insert((old.name.as_str(), new.name.as_str()));
            of_types(old, new, &mut queue);
        }
        let mut taken = BTreeSet::new();
        while let Some((old, new)) = queue.pop() {
            match (without_null(old).0, without_null(new).0) {
                (TypeRef::Named(old), TypeRef::Named(new)) => {
                    let (Some(old), Some(new)) = (self.old.get(old), self.new.get(new)) else { continue };
                    if !seen.insert((&old.name, &new.name)) || old.name == new.name {
                        continue;
                    }
                    let gone = !self.new.types.contains_key(old.name.as_str());
                    let fresh = !self.old.types.contains_key(new.name.as_str());
                    let free = !self.renamed.contains_key(old.name.as_str()) && !taken.contains(&new.name);
                    if gone && fresh && free && alike(old, new) {
                        self.renamed.insert(old.name.as_str(), new.name.as_str());
                        taken.insert(&new.name);
                        of_types(old, new, &mut queue);
                    }
                }
                (old, new) => inside(old, new, &mut queue),
            }
        }
    }
}

type Matched<'a> = (Vec<(&'a Operation, &'a Operation)>, Vec<&'a Operation>, Vec<&'a Operation>);

fn operations<'a>(old: &'a [Operation], new: &'a [Operation]) -> Matched<'a> {
    let address = |operation: &Operation| (operation.method.clone(), without_names(&operation.path));
    let name = |operation: &Operation| (operation.group.clone(), operation.name.clone());
    let mut by_address: BTreeMap<_, Vec<&Operation>> = BTreeMap::new();
    for operation in new {
        by_address.entry(address(operation)).or_default().push(operation);
    }
    let by_name: BTreeMap<_, _> = new.iter().map(|operation| (name(operation), operation)).collect();
    let (mut pairs, mut removed, mut taken) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut left = Vec::new();
    // Several documents can have the same address on different servers: the names tell which is which.
    let named = old.iter().filter_map(|operation| {
        let there = by_address.get(&address(operation)).filter(|there| there.len() > 1)?;
        let other = there.iter().find(|other| name(other) == name(operation))?;
        Some((name(operation), *other))
    });
    let named: BTreeMap<_, &Operation> = named.collect();
    taken.extend(named.keys().cloned());
    for operation in old {
        if let Some(other) = named.get(&name(operation)) {
            pairs.push((operation, *other));
            continue;
        }
        let there = by_address.get(&address(operation)).into_iter().flatten();
        match there.into_iter().find(|other| !taken.contains(&name(other))) {
            Some(other) => {
                taken.insert(name(other));
                pairs.push((operation, *other));
            }
            None => left.push(operation),
        }
    }
    for operation in left {
        match by_name.get(&name(operation)) {
            Some(other) if taken.insert(name(other)) => pairs.push((operation, *other)),
            _ => removed.push(operation),
        }
    }
    let added = new.iter().filter(|operation| !taken.contains(&name(operation))).collect();
    (pairs, removed, added)
}

/// A path template without the names of its parameters, which aren't sent.
pub(in crate::diff) fn without_names(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in path.chars() {
        inside &= c != '}';
        if !inside {
            text.push(c);
        }
        inside |= c == '{';
    }
    text
}

type Queue<'a> = Vec<(&'a TypeRef, &'a TypeRef)>;

fn of_operations<'a>(old: &'a Operation, new: &'a Operation, queue: &mut Queue<'a>) {
    for parameter in &old.parameters {
        let same = |other: &&crate::api::Parameter| {
            (&other.wire, other.location) == (&parameter.wire, parameter.location)
        };
        queue.extend(new.parameters.iter().find(same).map(|other| (&parameter.ty, &other.ty)));
    }
    if let (Some(old), Some(new)) = (&old.body, &new.body) {
        for content in &old.content {
            let same = new.content.iter().find(|other| other.media_type == content.media_type);
            queue.extend(same.map(|other| (&content.ty, &other.ty)));
        }
    }
    let responses = |operation: &'a Operation| operation.successes.iter().chain(&operation.failures);
    for response in responses(old) {
        let Some(other) = responses(new).find(|other| other.status == response.status) else { continue };
        of_responses(response, other, queue);
    }
}

fn of_responses<'a>(old: &'a Response, new: &'a Response, queue: &mut Queue<'a>) {
    if let (Some(old), Some(new)) = (&old.content, &new.content) {
        queue.push((&old.ty, &new.ty));
    }
    for header in &old.headers {
        let same = new.headers.iter().find(|other| other.wire.eq_ignore_ascii_case(&header.wire));
        queue.extend(same.map(|other| (&header.ty, &other.ty)));
    }
}

fn of_events<'a>(old: &'a Events, new: &'a Events, queue: &mut Queue<'a>) {
    for header in &old.headers {
        let same = new.headers.iter().find(|other| other.wire.eq_ignore_ascii_case(&header.wire));
        queue.extend(same.map(|other| (&header.ty, &other.ty)));
    }
    for event in &old.events {
        let Some(other) = new.events.iter().find(|other| other.name == event.name) else { continue };
        queue.extend(event.payload.as_ref().zip(other.payload.as_ref()).map(|(old, new)| (&old.ty, &new.ty)));
        for answer in &event.answers {
            let same = other.answers.iter().find(|other| other.status == answer.status);
            queue.extend(answer.ty.as_ref().zip(same.and_then(|other| other.ty.as_ref())));
        }
    }
}

fn of_types<'a>(old: &'a TypeDef, new: &'a TypeDef, queue: &mut Queue<'a>) {
    match (&old.kind, &new.kind) {
        (TypeKind::Object(old), TypeKind::Object(new)) => {
            for property in &old.properties {
                let same = new.properties.iter().find(|other| other.wire == property.wire);
                queue.extend(same.map(|other| (&property.ty, &other.ty)));
            }
            if let (Additional::Typed(old, _), Additional::Typed(new, _)) = (&old.additional, &new.additional)
            {
                queue.push((old, new));
            }
        }
        (TypeKind::Union(old), TypeKind::Union(new)) => {
            for (index, variant) in old.variants.iter().enumerate() {
                let same = new.variants.iter().find(|other| other.variant == variant.variant);
                let same = same.or_else(|| {
                    let there = old.variants.len() == new.variants.len();
                    new.variants.get(index).filter(|_| there)
                });
                queue.extend(same.map(|other| (&variant.ty, &other.ty)));
            }
        }
        (TypeKind::Alias(old), TypeKind::Alias(new)) => queue.push((&old.ty, &new.ty)),
        _ => {}
    }
}

fn inside<'a>(old: &'a TypeRef, new: &'a TypeRef, queue: &mut Queue<'a>) {
    match (old, new) {
        (TypeRef::List(old), TypeRef::List(new)) | (TypeRef::Map(old), TypeRef::Map(new)) => {
            queue.push((old, new));
        }
        (TypeRef::Tuple(old), TypeRef::Tuple(new)) => queue.extend(old.iter().zip(new)),
        _ => {}
    }
}

/// Whether two types with different names have enough in common to be a renamed type.
pub(super) fn alike(old: &TypeDef, new: &TypeDef) -> bool {
    match (&old.kind, &new.kind) {
        (TypeKind::Object(old), TypeKind::Object(new)) => {
            let shared = |property: &&crate::api::Property| {
                new.properties.iter().any(|other| other.wire == property.wire)
            };
            let common = old.properties.iter().filter(shared).count();
            2 * common >= old.properties.len().min(new.properties.len())
        }
        (TypeKind::Enum(old), TypeKind::Enum(new)) => {
            old.values.iter().any(|value| new.values.iter().any(|other| other.value == value.value))
        }
        (TypeKind::Union(_), TypeKind::Union(_)) => true,
        (TypeKind::Alias(old), TypeKind::Alias(new)) => {
            std::mem::discriminant(&old.ty) == std::mem::discriminant(&new.ty)
        }
        _ => false,
    }
}
