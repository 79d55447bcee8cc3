//! The value at a place: its type, constraints and default.

use serde_json::Value;

use super::constraints::{self, Ruled};
use super::index::without_null;
use super::relation::{Relation, describe, relation};
use super::rules;
use super::{At, Comparison};
use crate::api::{Rule, TypeRef};

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
}

impl<'a> Slot<'a> {
    /// A value that is always present.
    pub(super) fn of(ty: &'a TypeRef, rules: &'a [Rule]) -> Self {
        Self { ty, rules, default: None, nullable: false, optional: false }
    }
}

impl Comparison<'_> {
    pub(super) fn value(&mut self, at: &At, old: Slot<'_>, new: Slot<'_>) {
        let Slot { ty: old_type, rules: old_rules, default: old_default, nullable, optional } = old;
        let (old_type, old_null) = without_null(old_type);
        let (new_type, new_null) = without_null(new.ty);
        if is_null(old_type, old_rules) != is_null(new_type, new.rules) {
            let words = |ty: &TypeRef, rules| {
                if is_null(ty, rules) { "null".to_owned() } else { describe(ty) }
            };
            let (before, after) = (words(old_type, old_rules), words(new_type, new.rules));
            return self.report(&rules::TYPE_CHANGED, at, Some(before), Some(after));
        }
        self.type_at(at, old_type, new_type);
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
        let kind = match relation(self.pairs, old, new) {
            Relation::Equal => return,
            Relation::FormatNarrower => &rules::FORMAT_NARROWED,
            Relation::FormatWider => &rules::FORMAT_WIDENED,
            Relation::Narrower => &rules::TYPE_NARROWED,
            Relation::Wider => &rules::TYPE_WIDENED,
            Relation::Different => &rules::TYPE_CHANGED,
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
