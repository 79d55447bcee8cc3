//! The property table of an object type. Objects are read, written and checked according to it, and a union
//! compares its alternatives by it without decoding them all.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use serde_json::Value;

use crate::json::reader::{Fault, Reader};
use crate::model::rules::Rule;

/// The property table of an object type. It names no function: a static is always compiled, with all that it names.
#[derive(Debug)]
pub struct Shape {
    /// The declared properties, in the order of the fields.
    pub properties: &'static [Property],
    /// What is computed from the names of the properties.
    pub names: OnceLock<Names>,
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

/// What is computed from the names of properties when a type is first used: at compile time that would take longer.
#[derive(Debug)]
pub struct Names {
    /// Each name as it is written in JSON, with the comma before and the colon after. They are one text, since reading and
    /// writing go from property to property.
    pub(crate) labels: Vec<u8>,
    /// When each property must be present, and where its label begins and ends.
    pub(crate) places: Box<[(Presence, usize, usize)]>,
    /// Which property came first when an object was last read, and which came after each property. Senders mostly keep to an
    /// order, if not to the document's.
    order: Box<[AtomicUsize]>,
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
    pub(crate) fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut labels = Vec::new();
            let place = |property: &Property| {
                let start = labels.len();
                labels.extend_from_slice(format!(",{}:", Value::from(property.wire)).as_bytes());
                (property.presence, start, labels.len())
            };
            let places = self.properties.iter().map(place).collect();
            Names { labels, places, order: (0..=self.properties.len()).map(AtomicUsize::new).collect() }
        })
    }

    /// Reads an object, calling `each` to read the value of every property. It gets the index of a declared property, and the
    /// name of any other.
    ///
    /// # Errors
    /// The next value isn't an object, or `each` fails.
    pub(crate) fn read_object<'a>(
        &self,
        reader: &mut Reader<'a>,
        mut each: impl FnMut(&mut Reader<'a>, Result<usize, Cow<'a, str>>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let Names { labels, places, order } = self.names();
        let mut next = 0;
        reader.read_object(|reader| {
            let mut index = order[next].load(Relaxed);
            reader.peek();
            let label = places.get(index).map(|(_, start, end)| &labels[start + 1..*end]);
            if !label.is_some_and(|label| reader.word(label)) {
                let name = reader.name()?;
                let Some(found) = self.find(&name, next) else { return each(reader, Err(name)) };
                index = found;
                order[next].store(index, Relaxed);
            }
            next = index + 1;
            each(reader, Ok(index))
        })
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
        let count = self.properties.len();
        (from..count).chain(0..from.min(count)).find(|index| self.properties[*index].wire == wire)
    }
}
