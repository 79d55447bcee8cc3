//! The property table of an object type. Objects are read, written and checked according to it, and a union
//! compares its alternatives by it without decoding them all.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::Value;

use crate::model::rules::Rule;

/// The property table of an object type. It names no function: a static is always compiled, with all that it names.
#[derive(Debug)]
pub struct Shape {
    /// The declared properties, in the order of the fields.
    pub properties: &'static [Property],
    /// Data computed once from the names of the properties.
    pub index: Names,
    /// The rules for the object as a whole.
    pub rules: &'static [Rule],
    /// The properties whose type another property determines, each with that other property.
    pub followers: &'static [(&'static str, &'static str)],
    /// The kind of additional properties.
    pub others: Others,
    /// The rules for the additional properties.
    pub rules_of_others: &'static [Rule],
    /// The names that the document declares secret.
    pub secret_names: &'static [&'static str],
}

/// A property of an object type.
#[derive(Debug)]
pub struct Property {
    /// The name on the wire.
    pub wire: &'static str,
    /// When the property must be present.
    pub presence: Presence,
    /// The rules for its value.
    pub rules: &'static [Rule],
}

/// Data computed from the names of properties when a type is first used.
#[derive(Debug, Default)]
pub struct Names {
    /// A digest of each name, to find a property without comparing strings.
    digests: OnceLock<Box<[u32]>>,
    /// Each name as it is written in JSON.
    labels: OnceLock<Box<[String]>>,
}

/// The length of a name and its first, middle and last byte. Few names of one object share all four.
pub(crate) fn digest(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let [first, .., last] = bytes else { return u32::from(!bytes.is_empty()) };
    u32::from_le_bytes([bytes.len().to_le_bytes()[0], *first, bytes[bytes.len() / 2], *last])
}

impl Names {
    /// Creates an empty value. Computing it at compile time would take longer than computing it at run time.
    pub const fn new() -> Self {
        Self { digests: OnceLock::new(), labels: OnceLock::new() }
    }
}

/// When a property must be present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// Only in requests (`required` and `writeOnly`).
    RequiredInRequest,
    /// Never.
    Optional,
}

/// When each kind of property must be present.
#[allow(non_upper_case_globals, reason = "named as the rows of `object!` name them")]
impl Presence {
    /// Always.
    pub const required: Self = Self::Required;
    /// May be absent but not null.
    pub const optional: Self = Self::Optional;
    /// Set only by the server (`readOnly`).
    pub const read_only: Self = Self::Optional;
    /// May be absent or null.
    pub const patch: Self = Self::Optional;
    /// Required in requests and absent from responses.
    pub const required_in_request: Self = Self::RequiredInRequest;
    /// Required in requests and absent from responses; may be null.
    pub const patch_in_request: Self = Self::RequiredInRequest;
}

/// The kind of an object's additional properties, those that the document doesn't name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Any are allowed.
    Open,
    /// None are expected.
    Closed,
    /// All have the same type.
    Typed,
}

impl Others {
    /// How much each additional property counts against an alternative of a union. A typed property's content
    /// counts as well.
    pub const fn weight(self) -> usize {
        match self {
            Self::Open | Self::Typed => 1,
            Self::Closed => 1000,
        }
    }
}

/// The kinds of additional properties.
#[allow(non_upper_case_globals, reason = "named as the rows of `object!` name them")]
impl Others {
    /// Any are allowed.
    pub const open: Self = Self::Open;
    /// None are expected.
    pub const closed: Self = Self::Closed;
    /// All have the same type.
    pub const typed: Self = Self::Typed;
}

impl Shape {
    fn digests(&self) -> &[u32] {
        self.index.digests.get_or_init(|| self.properties.iter().map(|one| digest(one.wire)).collect())
    }

    /// The names as they are written in JSON, with the comma before and the colon after.
    pub fn labels(&self) -> &[String] {
        let label = |property: &Property| format!(",{}:", Value::from(property.wire));
        self.index.labels.get_or_init(|| self.properties.iter().map(label).collect())
    }

    /// The number of properties that must be present.
    pub(crate) fn required_count(&self) -> usize {
        self.properties.iter().filter(|property| property.presence == Presence::Required).count()
    }

    /// How many of `names` are of properties that must be present. One that occurs more than once counts as often.
    pub(crate) fn count_required(&self, names: &[Cow<'_, str>]) -> usize {
        let mut next = 0;
        let found = names.iter().filter_map(|name| {
            let index = self.find(name, next)?;
            next = index + 1;
            self.properties.get(index)
        });
        found.filter(|property| property.presence == Presence::Required).count()
    }

    /// The index of the property `wire`. The search starts at the index `from`, since properties often come
    /// in order.
    pub fn find(&self, wire: &str, from: usize) -> Option<usize> {
        let wanted = digest(wire);
        let (before, after) = self.digests().split_at_checked(from)?;
        let position = |digests: &[u32]| digests.iter().position(|digest| *digest == wanted);
        let index = position(after).map(|index| index + from).or_else(|| position(before))?;
        let is_named = |property: &Property| property.wire == wire;
        // Another name may have the same digest.
        let is_found = is_named(self.properties.get(index)?);
        if is_found { Some(index) } else { self.properties.iter().position(is_named) }
    }
}
