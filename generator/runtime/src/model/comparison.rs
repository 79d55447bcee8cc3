//! Which of two alternatives of a union a value fits better, told by the tables of their types: so alternatives that
//! differ in a few properties needn't all be made.

use std::any::TypeId;

use crate::model::additional::Additional;
use crate::model::object::{AnyObject, Field};
use crate::model::rules::Checker;
use crate::model::shape::{Others, Presence, Property, Shape};

/// Whether nothing of the shape `other` that is made from the same JSON as `object` can be better. A property
/// that both declare alike counts the same in both, whatever is in it; so only the rest is looked at.
pub fn is_as_good(object: &dyn AnyObject, other: &Shape) -> bool {
    let mut is_as_good = false;
    object.fields_of_object(&mut |fields, rest| {
        is_as_good = compare(object.shape_of_object(), fields, rest, other);
    });
    is_as_good
}

fn compare(own: &Shape, fields: &[&dyn Field], rest: &dyn Additional, other: &Shape) -> bool {
    if !own.rules.is_empty() || own.others == Others::Typed && rest.count() > 0 {
        return false;
    }
    let (own_types, other_types) = (own.types(), other.types());
    let is_alike = |index: usize, property: &Property| {
        other.find(property.wire, 0).is_some_and(|other_index| {
            own_types.get(index) == other_types.get(other_index)
                && property.rules == other.properties[other_index].rules
                && !own.follows(property.wire)
                && !other.follows(property.wire)
        })
    };
    let (mut unknowns, mut least) = (0, 0);
    let mut checker = Checker::default();
    for (index, (property, field)) in own.properties.iter().zip(fields).enumerate() {
        let is_present = property.is_present(*field);
        if !is_present && property.presence != Presence::Optional {
            checker.violation("must be there");
        }
        if is_present && !is_alike(index, property) {
            field.check(property.rules, &mut checker);
            unknowns += field.unknowns();
            least += other.least(property.wire);
        }
    }
    rest.names(&mut |name| {
        if own.find(name, 0).is_some() {
            checker.violation("not of the type that the document gives it");
        }
        unknowns += own.others.weight();
        least += other.least(name);
    });
    checker.count() == 0 && unknowns <= least
}

impl Shape {
    /// The least that a property counts which the document names elsewhere only.
    fn least(&self, wire: &str) -> usize {
        if self.others == Others::Typed || self.find(wire, 0).is_some() { 0 } else { self.others.weight() }
    }

    /// The types of the fields.
    fn types(&self) -> Vec<TypeId> {
        let mut types = Vec::with_capacity(self.properties.len());
        // It is the slots that are looked at, not whether something can be made of them.
        let _ = (self.slots)(&mut |slots, _| {
            types.extend(slots.iter().map(|slot| slot.type_of()));
            Ok(())
        });
        types
    }

    fn follows(&self, wire: &str) -> bool {
        self.followers.iter().any(|(follower, _)| *follower == wire)
    }
}
