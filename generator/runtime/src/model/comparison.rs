//! Comparing alternatives of a union by their property tables. If alternatives differ in only a few
//! properties, this avoids decoding the value as each of them.

use std::any::TypeId;

use crate::model::additional::Additional;
use crate::model::object::{AnyObject, Field, Slots};
use crate::model::rules::{Checker, MISFIT};
use crate::model::shape::{Others, Presence, Property, Shape};

/// Whether an object of the shape `other`, decoded from the same JSON, can't fit better than `object`. A
/// property that both shapes declare identically scores the same in both, whatever its value, so only the
/// others are compared.
pub fn is_as_good(object: &dyn AnyObject, other: (&Shape, Slots)) -> bool {
    let mut is_as_good = false;
    object.fields_of_object(&mut |fields, rest| {
        is_as_good = compare(object.shape_and_slots_of_object(), fields, rest, other);
    });
    is_as_good
}

fn compare(
    (own, own_slots): (&Shape, Slots),
    fields: &[&dyn Field],
    rest: &dyn Additional,
    (other, other_slots): (&Shape, Slots),
) -> bool {
    if !own.rules.is_empty() || own.others == Others::Typed && rest.count() > 0 {
        return false;
    }
    let (own_types, other_types) = (types(own_slots), types(other_slots));
    let is_alike = |index: usize, property: &Property| {
        let is_required = |property: &Property| property.presence == Presence::Required;
        other.find(property.wire, 0).is_some_and(|other_index| {
            let other_property = &other.properties[other_index];
            own_types.get(index) == other_types.get(other_index)
                && is_required(property) == is_required(other_property)
                && property.rules == other_property.rules
                && !own.follows(property.wire)
                && !other.follows(property.wire)
        })
    };
    let (mut unknowns, mut least) = (0, 0);
    let mut checker = Checker::default();
    for (index, (property, field)) in own.properties.iter().zip(fields).enumerate() {
        let is_present = property.is_present(*field);
        if !is_present && property.presence != Presence::Optional {
            checker.violation("must be present");
        }
        if is_present && !is_alike(index, property) {
            field.check(property.rules, &mut checker);
            unknowns += field.unknowns();
            least += other.least(property.wire);
        }
    }
    rest.each_name(&mut |name| {
        if own.find(name, 0).is_some() {
            checker.violation(MISFIT);
        }
        unknowns += own.others.weight();
        least += other.least(name);
    });
    checker.violation_count() == 0 && unknowns <= least
}

impl Shape {
    /// The least that the property `wire` of another shape adds to the unknowns of an object of this shape.
    fn least(&self, wire: &str) -> usize {
        if self.others == Others::Typed || self.find(wire, 0).is_some() { 0 } else { self.others.weight() }
    }

    fn follows(&self, wire: &str) -> bool {
        self.followers.iter().any(|(follower, _)| *follower == wire)
    }
}

/// The types of the fields.
fn types(slots: Slots) -> Vec<TypeId> {
    let mut types = Vec::new();
    // Only the slots matter here, not whether they can be turned into an object.
    let _ = slots(&mut |slots, _| {
        types.extend(slots.iter().map(|slot| slot.type_of()));
        Ok(())
    });
    types
}
