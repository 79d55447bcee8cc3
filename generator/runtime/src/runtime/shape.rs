//! What types of objects have in common, so that of a union's alternatives that differ in a few properties not all
//! need be made.

use std::any::TypeId;

use super::additional::Additional;
use super::object::Object;
use super::rules::{Checker, Rule};

/// The properties of a type of objects.
#[derive(Debug)]
pub struct Shape {
    /// Those that the document names.
    pub properties: &'static [ShapeProperty],
    /// Those whose type another property chooses.
    pub followers: &'static [&'static str],
    /// What each of the others counts.
    pub others: usize,
    /// Whether the others have a type, and count by what is in them.
    pub has_typed_others: bool,
}

/// A property of a type of objects.
#[derive(Debug)]
pub struct ShapeProperty {
    /// The name on the wire.
    pub wire: &'static str,
    /// The type of the field.
    pub type_id: fn() -> TypeId,
    /// What its value must obey.
    pub rules: &'static [Rule],
}

impl Shape {
    fn property(&self, wire: &str) -> Option<&ShapeProperty> {
        self.properties.iter().find(|property| property.wire == wire)
    }

    /// The least that a property counts which the document names elsewhere only.
    fn least(&self, wire: &str) -> usize {
        if self.has_typed_others || self.property(wire).is_some() { 0 } else { self.others }
    }
}

/// Whether both shapes make the same of the property `wire`.
fn is_alike(wire: &str, one: &Shape, other: &Shape) -> bool {
    match (one.property(wire), other.property(wire)) {
        (Some(ours), Some(theirs)) => {
            !one.followers.contains(&wire)
                && !other.followers.contains(&wire)
                && (ours.type_id)() == (theirs.type_id)()
                && ours.rules == theirs.rules
        }
        _ => false,
    }
}

/// The type of the field that `field` gives.
pub fn type_of<T, U: 'static>(_: fn(&T) -> &U) -> TypeId {
    TypeId::of::<U>()
}

/// Whether nothing of the shape `other` that is made from the same JSON as `object` can be better. A property
/// that both declare alike counts the same in both, whatever is in it; so only the rest is looked at.
pub fn is_as_good(object: &dyn Object, rest: &impl Additional, own: &Shape, other: &Shape) -> bool {
    let (mut unknowns, mut least) = (0, 0);
    let mut checker = Checker::default();
    object.properties(&mut |property| {
        let alike = is_alike(property.wire, own, other);
        match property.value {
            Some(value) if !alike => {
                value.check(property.rules, &mut checker);
                unknowns += value.unknowns();
            }
            None if property.is_needed => checker.violation("must be there"),
            _ => {}
        }
        if property.is_present && !alike {
            least += other.least(property.wire);
        }
    });
    if own.has_typed_others && rest.count() > 0 {
        return false;
    }
    rest.names(&mut |name| {
        if own.property(name).is_some() {
            checker.violation("not of the type that the document gives it");
        }
        unknowns += own.others;
        least += other.least(name);
    });
    checker.count() == 0 && unknowns <= least
}

/// Whether the properties that the document doesn't name have a type.
#[expect(non_upper_case_globals, reason = "named as the rows of `object!` name them")]
pub mod others {
    /// Any.
    pub const open: bool = false;
    /// There should be none.
    pub const closed: bool = false;
    /// They have.
    pub const typed: bool = true;
}
