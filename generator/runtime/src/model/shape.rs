//! What types of objects have in common: the table by which one is read, written and checked, and so that of a
//! union's alternatives that differ in a few properties not all need be made.

use std::any::TypeId;
use std::sync::OnceLock;

use serde_json::Value;

use crate::facts::Facts;
use crate::json::reader::Fault;
use crate::model::additional::Additional;
use crate::model::object::{Field, Fill, Object};
use crate::model::rules::{Checker, Rule};

/// The properties of a type of objects.
#[derive(Debug)]
pub struct Shape {
    /// Those that the document names, in the order of the fields.
    pub properties: &'static [Property],
    /// What is made of their names once.
    pub names: Names,
    /// What the whole must obey.
    pub rules: &'static [Rule],
    /// Those whose type another property chooses, each with that one.
    pub followers: &'static [(&'static str, &'static str)],
    /// What each of the others counts.
    pub others: Others,
    /// What the others must obey.
    pub rules_of_others: &'static [Rule],
    /// The document of the type.
    pub facts: &'static Facts,
    /// Calls a function with nothing read yet.
    pub slots: fn(Fill<'_>) -> Result<(), Fault>,
}

/// A property of a type of objects.
#[derive(Debug)]
pub struct Property {
    /// The name on the wire.
    pub wire: &'static str,
    /// When it must be there.
    pub presence: Presence,
    /// What its value must obey.
    pub rules: &'static [Rule],
}

/// What is made of the names of properties when a type is first used.
#[derive(Debug, Default)]
pub struct Names {
    /// By these one is found without a look at the others.
    digests: OnceLock<Box<[u32]>>,
    /// They are written as these.
    labels: OnceLock<Box<[String]>>,
}

/// A name's length with its first, its middle and its last byte, which few names of one object have in common.
#[expect(clippy::cast_possible_truncation, reason = "part of the length will do")]
pub(crate) fn digest(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let [first, .., last] = bytes else { return bytes.len() as u32 };
    u32::from_le_bytes([bytes.len() as u8, *first, bytes[bytes.len() / 2], *last])
}

impl Names {
    /// Nothing yet: the compiler would take longer for it than all programs do.
    pub const fn new() -> Self {
        Self { digests: OnceLock::new(), labels: OnceLock::new() }
    }
}

/// When a property must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// In requests (`required` and `writeOnly`).
    RequiredInRequest,
    /// Never.
    Optional,
}

/// The properties that the document doesn't name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Any are welcome.
    Open,
    /// There should be none.
    Closed,
    /// They have a type.
    Typed,
}

impl Others {
    /// How each counts when alternatives of a union compete; one with a type counts by what is in it as well.
    pub const fn weight(self) -> usize {
        match self {
            Self::Open | Self::Typed => 1,
            Self::Closed => 1000,
        }
    }
}

impl Shape {
    fn digests(&self) -> &[u32] {
        self.names
            .digests
            .get_or_init(|| self.properties.iter().map(|property| digest(property.wire)).collect())
    }

    /// The names as they are written in JSON, with what stands before and after.
    pub fn labels(&self) -> &[String] {
        let label = |property: &Property| format!(",{}:", Value::from(property.wire));
        self.names.labels.get_or_init(|| self.properties.iter().map(label).collect())
    }

    /// The index of the property `wire`, looked for from the one at `from`: properties often come in order.
    pub fn find(&self, wire: &str, from: usize) -> Option<usize> {
        let wanted = digest(wire);
        let (before, after) = self.digests().split_at_checked(from)?;
        let is_it = |digest: &u32| *digest == wanted;
        let after = after.iter().position(is_it).map(|index| index + from);
        let index = after.or_else(|| before.iter().position(is_it))?;
        if self.properties.get(index)?.wire == wire {
            return Some(index);
        }
        // Another name has the same digest.
        self.properties.iter().position(|property| property.wire == wire)
    }

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

/// Whether nothing of the shape `other` that is made from the same JSON as `object` can be better. A property
/// that both declare alike counts the same in both, whatever is in it; so only the rest is looked at.
pub fn is_as_good<T: Object>(object: &T, other: &Shape) -> bool {
    let mut is_as_good = false;
    object.fields(&mut |fields, rest| is_as_good = compare(T::shape(), fields, rest, other));
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
