//! What follows from what: a change of the crate from one of the document, a new name from an old one. A reviewer judges
//! the cause; what follows from it is told in the same row.

use std::collections::{BTreeMap, BTreeSet};

use openapi_generator::api::{Api, Operation, Tagging, TypeKind, TypeRef, Variant};
use openapi_generator::diagnostics::Place;
use openapi_generator::diff::rules::Area;
use openapi_generator::diff::{Change, Group, Part};

use super::mates::Mates;

/// For each change the one that it follows from; none if it stands for itself.
pub(super) fn causes(changes: &[Change], new: Option<&Api>) -> Vec<Option<usize>> {
    let context = Context::new(changes, new);
    let direct: Vec<Option<usize>> = (0..changes.len()).map(|index| context.cause(index)).collect();
    let root = |index: usize| {
        let mut at = index;
        // A chain is short, and doesn't lead back.
        for _ in 0..4 {
            match direct[at] {
                Some(next) if next != index => at = next,
                _ => break,
            }
        }
        // What is worse than its cause must not be hidden behind it.
        (at != index && direct[at].is_none() && changes[index].wire() <= changes[at].wire()).then_some(at)
    };
    (0..changes.len()).map(root).collect()
}

struct Context<'r> {
    changes: &'r [Change],
    groups: BTreeMap<&'r Group, Mates<'r>>,
    /// The operations of the new document, by path and method.
    operations: BTreeMap<(&'r str, &'r str), &'r Operation>,
    /// Renamed types and operations by where they are: inline types below are called after them.
    renamed_places: BTreeMap<&'r Place, usize>,
    /// Renamed types by their new names.
    renamed: BTreeMap<&'r str, usize>,
    /// New types and those that are gone, by name.
    types: BTreeMap<&'r str, usize>,
    /// By the name of such a type, the first change of the document with an item that has it.
    users: BTreeMap<&'r str, usize>,
    /// New alternatives that another property selects, by what selects them.
    alternatives: BTreeMap<&'r str, usize>,
    /// The one change that can account for what is compiled with which features.
    gates: Option<usize>,
}

impl<'r> Context<'r> {
    fn new(changes: &'r [Change], new: Option<&'r Api>) -> Self {
        let mut context = Self {
            changes,
            groups: BTreeMap::new(),
            operations: BTreeMap::new(),
            renamed_places: BTreeMap::new(),
            renamed: BTreeMap::new(),
            types: BTreeMap::new(),
            users: BTreeMap::new(),
            alternatives: BTreeMap::new(),
            gates: None,
        };
        let mut gates: BTreeMap<_, usize> = BTreeMap::new();
        for operation in new.into_iter().flat_map(|new| &new.operations) {
            context.operations.entry((&operation.path, &operation.method)).or_insert(operation);
        }
        for (index, change) in changes.iter().enumerate() {
            context.groups.entry(&change.subject.group).or_default().add(index, changes);
            if matches!(change.rule.kind().name, "type-renamed" | "operation-renamed")
                && let Some(place) = &change.new
            {
                context.renamed_places.entry(place).or_insert(index);
            }
            match (change.rule.kind().name, &change.subject.group) {
                ("type-renamed", Group::Type(name)) => {
                    context.renamed.insert(name, index);
                }
                ("type-added" | "type-removed", Group::Type(name)) => {
                    context.types.insert(name, index);
                }
                ("alternative-added" | "alternative-removed", _) => {
                    gates.entry(&change.subject).or_insert(index);
                    let tags = alternative(change, new).map(|variant| &variant.tags).into_iter().flatten();
                    for tag in tags {
                        context.alternatives.entry(tag).or_insert(index);
                    }
                }
                ("operation-added" | "operation-removed" | "feature-added" | "feature-removed", _) => {
                    gates.entry(&change.subject).or_insert(index);
                }
                _ => {}
            }
        }
        context.gates = gates.values().next().copied().filter(|_| gates.len() == 1);
        let mut known = BTreeSet::new();
        for (index, change) in changes.iter().enumerate().filter(|(_, change)| !is_item(change)) {
            // Changes of one part share their items.
            if !known.insert(change.items.as_ptr()) {
                continue;
            }
            let signatures = change.items.iter().flat_map(|item| item.before.iter().chain(&item.after));
            for word in signatures.flat_map(|signature| words(signature)) {
                if context.types.contains_key(word) {
                    context.users.entry(word).or_insert(index);
                }
            }
        }
        context
    }

    fn cause(&self, index: usize) -> Option<usize> {
        let change = &self.changes[index];
        match change.rule.kind().name {
            "gate-narrowed" | "gate-widened" => self.gates,
            "enum-value-added" | "enum-value-removed" => {
                let Part::Value(value) = &change.subject.part else { return None };
                self.alternatives.get(value.trim_matches('"')).copied()
            }
            "required-property-added" | "optional-property-added" => self.old_name(change),
            "type-renamed" => self.renamed_above(change),
            "operation-id-changed" => self.groups.get(&change.subject.group)?.first(&["operation-renamed"]),
            "body-became-required" => {
                self.of_body(change, &["required-property-added", "property-became-required"])
            }
            "body-became-optional" => {
                self.of_body(change, &["required-property-removed", "property-became-optional"])
            }
            name if is_item(change) => self.cause_of_item(index, name),
            _ => None,
        }
    }

    fn cause_of_item(&self, index: usize, kind: &str) -> Option<usize> {
        let change = &self.changes[index];
        let facts = [change.arguments.get("name"), change.before.as_ref(), change.after.as_ref()];
        let mentioned = || facts.iter().copied().flatten().flat_map(|fact| words(fact));
        if kind.starts_with("variant-") || kind.starts_with("conversion-") {
            let renamed = mentioned().find_map(|word| self.renamed.get(word));
            if let Some(renamed) = renamed.filter(|renamed| **renamed != index) {
                return Some(*renamed);
            }
        }
        let shaped = ["trait-", "function-", "argument", "conversion-", "output-", "type-", "definition-"];
        if !shaped.iter().any(|start| kind.starts_with(start)) {
            return None;
        }
        if let Group::Type(name) = &change.subject.group
            && let ("type-added" | "type-removed", Some(user)) = (kind, self.users.get(name.as_str()))
        {
            return Some(*user);
        }
        let (mates, part) = (self.groups.get(&change.subject.group)?, &change.subject.part);
        // Functions are called after the field or the variant that they are of.
        let mate = mates.owner(part).or_else(|| mates.shaping(part));
        mate.or_else(|| {
            let types = mentioned().filter_map(|word| self.types.get(word));
            types.copied().find(|other| *other != index)
        })
    }

    /// The renamed type or operation that the place of an inline type is in.
    fn renamed_above(&self, change: &Change) -> Option<usize> {
        let place = change.new.as_ref()?;
        let mut pointer: &str = &place.pointer;
        while let Some((above, _)) = pointer.rsplit_once('/') {
            pointer = above;
            let above = Place { pointer: pointer.into(), ..place.clone() };
            if let Some(index) = self.renamed_places.get(&above) {
                return Some(*index);
            }
        }
        None
    }

    /// The change of one of these kinds in the type of the operation's body: a body must be there if it must have a
    /// property.
    fn of_body(&self, change: &Change, kinds: &[&str]) -> Option<usize> {
        let group = &change.subject.group;
        let Group::Operation { path, method, .. } = group else { return None };
        let operation = self.operations.get(&(path.as_str(), method.as_str()))?;
        let contents = operation.body.iter().flat_map(|body| &body.content);
        let types = contents.filter_map(|content| match &content.ty {
            TypeRef::Named(name) => Some(Group::Type(name.to_string())),
            _ => None,
        });
        types.filter_map(|group| self.groups.get(&group)).find_map(|mates| mates.first(kinds))
    }

    /// The change that says that a property is gone, if the new one can only be that one with another name: no other
    /// property of the type is gone or new, and both have the same type.
    fn old_name(&self, added: &Change) -> Option<usize> {
        let index = self.groups.get(&added.subject.group)?.replaced_property(added.rule.direction())?;
        let gone = &self.changes[index];
        (gone.before == added.after && same_types(gone, added)).then_some(index)
    }
}

/// Whether the item of a property that is gone has the type of the item of a new one.
fn same_types(gone: &Change, added: &Change) -> bool {
    let types = |change: &Change| -> BTreeSet<String> {
        let signatures = change.items.iter().filter_map(|item| item.before.as_ref().or(item.after.as_ref()));
        signatures.cloned().collect()
    };
    let (gone, added) = (types(gone), types(added));
    !gone.is_empty() && gone == added
}

/// Whether it is a change of a public item alone.
pub(super) fn is_item(change: &Change) -> bool {
    change.rule.kind().area == Area::Rust
}

/// The alternative that is new, in a union that another property selects.
pub(super) fn alternative<'a>(change: &Change, new: Option<&'a Api>) -> Option<&'a Variant> {
    let (Group::Type(union), Part::Alternative(name)) = (&change.subject.group, &change.subject.part) else {
        return None;
    };
    let mut types = new?.models.iter().flat_map(|model| &model.types);
    match &types.find(|definition| definition.name.as_str() == union)?.kind {
        TypeKind::Union(union) if union.tagging == Tagging::Discriminated => {
            union.variants.iter().find(|variant| variant.variant.as_str() == name)
        }
        _ => None,
    }
}

/// What the settings lack for a new alternative: if the others have features, it should have one, too.
pub(super) fn missing_feature(change: &Change, new: Option<&Api>) -> Option<String> {
    if change.rule.kind().name != "alternative-added" {
        return None;
    }
    let own = alternative(change, new).filter(|variant| variant.feature.is_none())?;
    let Group::Type(union) = &change.subject.group else { return None };
    let others = new?.features.iter().flat_map(|feature| &feature.alternatives);
    let count: usize = others.filter(|(name, _)| name.as_str() == union).map(|(_, tags)| tags.len()).sum();
    (count > 0).then(|| {
        format!(
            "no entry of `features` in the settings has the alternative `{}` of {union}, so what it needs is compiled \
             with any features: add it to the `alternatives` of one",
            own.tags.join("`, `")
        )
    })
}

/// The identifiers in a signature.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}
