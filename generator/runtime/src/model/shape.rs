//! What types of objects have in common: the table by which one is read, written and checked, and so that of a
//! union's alternatives that differ in a few properties not all need be made.

use std::sync::OnceLock;

use serde_json::Value;

use crate::json::reader::Fault;
use crate::model::object::Fill;
use crate::model::rules::Rule;

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
    /// The names of secrets in the document.
    pub secret_names: &'static [&'static str],
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
}
