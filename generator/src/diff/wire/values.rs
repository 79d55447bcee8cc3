//! The value at a place: its type, constraints and default.

use serde_json::Value;

use super::constraints::{self, Ruled};
use super::index::{Index, on_the_wire, without_null};
use super::relation::{Relation, Text, added, describe, relation_of_text};
use super::rules;
use super::{At, Comparison};
use crate::api::{Rule, TypeDef, TypeKind, TypeRef};

/// A value's type, constraints and default.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    pub(super) ty: &'a TypeRef,
    pub(super) rules: &'a [Rule],
    pub(super) default: Option<&'a Value>,
    /// Whether it can be null although its type doesn't say so.
    pub(super) nullable: bool,
    /// Whether it can be absent.
    pub(super) optional: bool,
    /// Whether it is written as text.
    pub(super) text: Text,
}

impl<'a> Slot<'a> {
    /// A value that is always present.
    pub(super) fn of(ty: &'a TypeRef, rules: &'a [Rule]) -> Self {
        Self { ty, rules, default: None, nullable: false, optional: false, text: Text::No }
    }
}

impl Comparison<'_> {
    pub(super) fn value(&mut self, at: &At, old: Slot<'_>, new: Slot<'_>) {
        let Slot { ty: old_type, rules: old_rules, default: old_default, nullable, optional, text: _ } = old;
        let (old_type, old_null) = without_null(old_type);
        let (new_type, new_null) = without_null(new.ty);
        if is_null(old_type, old_rules) != is_null(new_type, new.rules) {
            let words = |ty: &TypeRef, rules| {
                if is_null(ty, rules) { "null".to_owned() } else { describe(ty) }
            };
            let (before, after) = (words(old_type, old_rules), words(new_type, new.rules));
            let kind = match (old_type, new_type) {
                (_, TypeRef::Json) if is_null(old_type, old_rules) => &rules::TYPE_WIDENED,
                (TypeRef::Json, _) if is_null(new_type, new.rules) => &rules::TYPE_NARROWED,
                _ => &rules::TYPE_CHANGED,
            };
            return self.report(kind, at, Some(before), Some(after));
        }
        self.type_in(at, old_type, new_type, new.text);
        let any = *old_type == TypeRef::Json || *new_type == TypeRef::Json;
        match (nullable || old_null, new.nullable || new_null) {
            _ if any => {}
            (false, true) if optional => self.report(&rules::OPTIONAL_BECAME_NULLABLE, at, None, None),
            (false, true) => self.report(&rules::BECAME_NULLABLE, at, None, None),
            (true, false) => self.report(&rules::BECAME_NOT_NULLABLE, at, None, None),
            _ => {}
        }
        let pairs = self.pairs;
        let ruled = Ruled { index: &pairs.old, ty: old_type, rules: old_rules };
        self.constraints(at, ruled, Ruled { index: &pairs.new, ty: new_type, rules: new.rules });
        if old_default != new.default {
            let text = |value: Option<&Value>| value.map(Value::to_string);
            self.report(&rules::DEFAULT_CHANGED, at, text(old_default), text(new.default));
        }
    }

    /// Compares the types of a value, apart from null.
    pub(super) fn type_at(&mut self, at: &At, old: &TypeRef, new: &TypeRef) {
        self.type_in(at, old, new, Text::No);
    }

    fn type_in(&mut self, at: &At, old: &TypeRef, new: &TypeRef, text: Text) {
        let kind = match relation_of_text(self.pairs, old, new, text) {
            Relation::Equal => return,
            Relation::Grown => return self.grown(at, old, new),
            Relation::FormatNarrower => &rules::FORMAT_NARROWED,
            Relation::FormatWider => &rules::FORMAT_WIDENED,
            relation => {
                if self.is_replaced(at, old, new) {
                    return;
                }
                match relation {
                    Relation::Narrower => &rules::TYPE_NARROWED,
                    Relation::Wider => &rules::TYPE_WIDENED,
                    _ => &rules::TYPE_CHANGED,
                }
            }
        };
        let after = describe(new);
        // The sentence on a wider type says "any" itself.
        let after = if std::ptr::eq(kind, &raw const rules::TYPE_WIDENED) {
            after.strip_prefix("any ").unwrap_or(&after).to_owned()
        } else {
            after
        };
        self.report(kind, at, Some(describe(old)), Some(after));
    }

    /// Another type whose values are those of the old one but for properties that may be absent.
    fn grown(&mut self, at: &At, old: &TypeRef, new: &TypeRef) {
        let object = |definition: Option<&'_ TypeDef>| match definition.map(|definition| &definition.kind) {
            Some(TypeKind::Object(object)) => Some(object.clone()),
            _ => None,
        };
        let named = |index: &Index<'_>, ty: &TypeRef| match on_the_wire(ty) {
            TypeRef::Named(name) => object(index.get(name)),
            _ => None,
        };
        let names = match (named(&self.pairs.old, old), named(&self.pairs.new, new)) {
            (Some(from), Some(to)) => added(&from, &to)
                .map(|property| format!("`{}`", property.wire))
                .collect::<Vec<_>>()
                .join(", "),
            // Within a list, or another type.
            _ => "more properties".to_owned(),
        };
        let more = [("properties", names)];
        self.report_with(&rules::TYPE_GREW, at, Some(describe(old)), Some(describe(new)), &more);
    }

    /// Compares the constraints on a value.
    pub(super) fn constraints(&mut self, at: &At, old: Ruled<'_>, new: Ruled<'_>) {
        for change in constraints::compare(old, new) {
            let at = at.called(format!("{}{}", change.path, at.name));
            self.report(change.kind, &at, change.before, change.after);
        }
    }
}

/// Whether null is the only value.
fn is_null(ty: &TypeRef, rules: &[Rule]) -> bool {
    *ty == TypeRef::Json && rules.iter().any(|rule| *rule == Rule::ListedValues(vec![Value::Null]))
}
