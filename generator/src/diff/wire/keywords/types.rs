//! What two schemas say of a value's type, where no type of the client shows it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schemas::followed;
use super::{Here, Walk};
use crate::diff::rules::{self, Kind};
use crate::source::document::{Document, Schema, SchemaId, Type};

/// The kinds of changes that tell of a type.
pub(super) const OF_TYPES: [&Kind; 16] = [
    &rules::TYPE_CHANGED,
    &rules::TYPE_NARROWED,
    &rules::TYPE_WIDENED,
    &rules::TYPE_REPLACED,
    &rules::FORMAT_NARROWED,
    &rules::FORMAT_WIDENED,
    &rules::FORMAT_REPLACED,
    &rules::BECAME_NULLABLE,
    &rules::OPTIONAL_BECAME_NULLABLE,
    &rules::BECAME_NOT_NULLABLE,
    &rules::ALTERNATIVE_ADDED,
    &rules::ALTERNATIVE_REMOVED,
    &rules::ADDITIONAL_PROPERTIES_CLOSED,
    &rules::ADDITIONAL_PROPERTIES_OPENED,
    &rules::ADDITIONAL_PROPERTIES_TYPED,
    &rules::ADDITIONAL_PROPERTIES_UNTYPED,
];

impl Walk<'_, '_> {
    /// Types that no type of the client shows.
    pub(super) fn types_of(&mut self, here: &Here, old: &Schema, new: &Schema) {
        let (before, after) = (types(old), types(new));
        let nulls = (takes_null(self.old, old), takes_null(self.new, new));
        let nevers = (old.boolean == Some(false), new.boolean == Some(false));
        let is_null_other = matches!(nulls, (Some(old), Some(new)) if old != new);
        let is_other = before != after && has_types(old) && has_types(new);
        let is_null_alone = is_only_null(old) && has_types(new) || is_only_null(new) && has_types(old);
        let is_any = is_null_other || is_other || is_null_alone || nevers.0 != nevers.1;
        if !is_any || self.is_type_told(here) {
            return;
        }
        let told = |text: &str| Some(text.to_owned());
        match nevers {
            (false, true) => {
                let before = Some(format!("any {}", words(&before)));
                return self.comparison.report(&rules::TYPE_CHANGED, &here.at, before, told("nothing"));
            }
            (true, false) => {
                let after = Some(words(&after));
                return self.comparison.report(&rules::TYPE_WIDENED, &here.at, told("nothing"), after);
            }
            _ => {}
        }
        if is_null_alone {
            let kind = match nulls {
                (_, Some(true)) if is_only_null(old) => &rules::TYPE_WIDENED,
                (Some(true), _) if is_only_null(new) => &rules::TYPE_NARROWED,
                _ => &rules::TYPE_CHANGED,
            };
            let [before, after] = [old, new].map(|schema| Some(all_words(schema)));
            return self.comparison.report(kind, &here.at, before, after);
        }
        if is_null_other {
            let kind =
                if nulls.1 == Some(true) { &rules::BECAME_NULLABLE } else { &rules::BECAME_NOT_NULLABLE };
            self.comparison.report(kind, &here.at, None, None);
        }
        if is_other {
            let (old, new) = (Some(words(&before)), Some(words(&after)));
            let within = |one: &BTreeSet<Type>, other: &BTreeSet<Type>| {
                let is_in =
                    |ty: &Type| other.contains(ty) || *ty == Type::Integer && other.contains(&Type::Number);
                one.iter().all(is_in)
            };
            let kind = match (within(&before, &after), within(&after, &before)) {
                (true, _) => &rules::TYPE_WIDENED,
                (_, true) => &rules::TYPE_NARROWED,
                _ => &rules::TYPE_CHANGED,
            };
            self.comparison.report(kind, &here.at, old, new);
        }
    }

    /// Whether exactly one of several schemas has to hold, or any of them.
    pub(super) fn alternatives(&mut self, here: &Here, old: &Schema, new: &Schema) {
        let kind = |schema: &'_ Schema| match (schema.one_of.is_empty(), schema.any_of.is_empty()) {
            (false, true) => Some(true),
            (true, false) => Some(false),
            _ => None,
        };
        let (Some(before), Some(after)) = (kind(old), kind(new)) else { return };
        if before == after {
            return;
        }
        let ids = |schema: &Schema| [&schema.one_of[..], &schema.any_of[..]].concat();
        let (from, to) = (ids(old), ids(new));
        for (one, other) in self.paired(&from, &to).0 {
            self.queue.push((here.called(format!("an alternative of {}", here.at.name)), one, other));
        }
        let is_tagged = old.discriminator.is_some() && new.discriminator.is_some();
        if !(is_tagged || are_apart(self.old, &from) && are_apart(self.new, &to)) {
            let word = |exactly: bool| Some(if exactly { "exactly one" } else { "any" }.to_owned());
            let more = [("member", "oneOf".to_owned())];
            self.comparison.report_with(&rules::MEMBER_CHANGED, &here.at, word(before), word(after), &more);
        }
    }

    fn is_type_told(&self, here: &Here) -> bool {
        let outer = Here { trail: here.outer.clone(), ..here.clone() };
        self.is_told(here, &OF_TYPES) || self.is_told(&outer, &OF_TYPES)
    }
}

/// Whether no two schemas allow the same value, since their types are others.
fn are_apart(document: &Document, ids: &[SchemaId]) -> bool {
    let mut seen = BTreeSet::new();
    ids.iter().all(|id| {
        let types = &followed(document, *id).types;
        // An integer is a number.
        let class = |ty: &Type| if *ty == Type::Integer { Type::Number } else { *ty };
        let own: BTreeSet<Type> = types.iter().map(class).collect();
        !own.is_empty() && own.into_iter().all(|ty| seen.insert(ty))
    })
}

/// The types apart from null.
fn types(schema: &Schema) -> BTreeSet<Type> {
    schema.types.iter().copied().filter(|ty| *ty != Type::Null).collect()
}

fn words(types: &BTreeSet<Type>) -> String {
    match types.len() {
        0 => "JSON".to_owned(),
        _ => types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join(" or "),
    }
}

/// The types, null too.
fn all_words(schema: &Schema) -> String {
    words(&schema.types.iter().copied().collect())
}

/// Whether the types say which values there are: listed values say more.
fn has_types(schema: &Schema) -> bool {
    schema.values.is_empty() && schema.types.iter().any(|ty| *ty != Type::Null)
}

fn is_only_null(schema: &Schema) -> bool {
    schema.values.is_empty() && schema.types == [Type::Null]
}

/// Whether null is a value, as far as the schema says it by itself.
fn takes_null(document: &Document, schema: &Schema) -> Option<bool> {
    let own = |schema: &Schema| {
        (!schema.types.is_empty() && schema.values.is_empty())
            .then(|| schema.nullable || schema.types.contains(&Type::Null))
    };
    let is_null = |id| {
        let schema = followed(document, id);
        schema.types == [Type::Null] || schema.values == [Value::Null]
    };
    match own(schema) {
        None if schema.types.is_empty() && schema.values.is_empty() => {
            let mut alternatives = schema.one_of.iter().chain(&schema.any_of).copied().peekable();
            alternatives.peek()?;
            alternatives.any(is_null).then_some(true)
        }
        own => own,
    }
}
