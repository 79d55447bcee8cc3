//! What `object!` calls: how each kind of property is read, written and checked.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde_json::Value;

pub use super::access::Access;
use super::access::{Direct, Members};
pub use super::additional::Additional;
use super::decode::{self, DecodeError, Mode};
use super::rules::{Checker, Rule};
use super::validate::Validate;

/// A property's name as it stands in the input, borrowed where it can be.
#[derive(Debug)]
pub struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name.
    pub fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl From<String> for Key<'_> {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a property name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }

            fn visit_string<E>(self, name: String) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name)))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// A struct that `object!` made: everything that is done with one without knowing its type.
pub trait Object {
    /// The declared properties' names.
    fn names(&self) -> &'static [&'static str];

    /// Calls `each` with every declared property.
    fn properties(&self, each: &mut dyn FnMut(Property<'_>));
}

/// A declared property of an object.
#[expect(missing_debug_implementations, reason = "its value has no such bound")]
pub struct Property<'a> {
    /// The name on the wire.
    pub(super) wire: &'static str,
    /// Whether it is there, be it as null.
    pub(super) is_present: bool,
    /// Whether `validate()` asks for it.
    pub(super) is_needed: bool,
    /// What it holds.
    pub(super) value: Option<&'a dyn Validate>,
    pub(super) rules: &'static [Rule],
}

/// A struct that is read from an object's properties.
pub trait Read: Sized {
    /// The properties whose type another property chooses.
    const FOLLOWERS: &'static [&'static str];

    /// Reads one.
    ///
    /// # Errors
    /// A property is missing or doesn't fit.
    fn read<'de, A: Access<'de>>(access: A) -> Result<Self, A::Error>;
}

/// Reads a struct by way of serde.
///
/// # Errors
/// Those of the deserializer.
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct ObjectVisitor<T>(PhantomData<T>);
    impl<'de, T: Read> Visitor<'de> for ObjectVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
            T::read(Direct::new(access, T::FOLLOWERS))
        }
    }
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Reads a struct from a JSON value.
///
/// # Errors
/// It isn't an object, or a property is missing or doesn't fit.
pub fn from_json<T: Read>(value: Value, mode: Mode) -> Result<T, DecodeError> {
    T::read(Members::new(decode::object(value)?, mode))
}

/// Writes what isn't declared, and what doesn't fit where it is declared.
///
/// # Errors
/// Those of the serializer.
pub fn encode_rest<M: SerializeMap>(
    map: &mut M,
    object: &dyn Object,
    rest: &impl Additional,
) -> Result<(), M::Error> {
    rest.encode(map, |name| !is_present(object, name))
}

/// Whether the declared property `name` is there.
fn is_present(object: &dyn Object, name: &str) -> bool {
    let mut found = false;
    if object.names().contains(&name) {
        object.properties(&mut |property| found |= property.is_present && property.wire == name);
    }
    found
}

/// Checks an object: `rules` where it is used and its `own`, its properties and the `rest`.
pub fn check(
    object: &dyn Object,
    (rules, own): (&[Rule], &[Rule]),
    rest: &impl Additional,
    rest_rules: &'static [Rule],
    checker: &mut Checker,
) {
    if !rules.is_empty() || !own.is_empty() {
        let mut declared = 0;
        object.properties(&mut |property| declared += usize::from(property.is_present));
        for rule in rules.iter().chain(own) {
            match rule {
                Rule::Keys(_) => rest.check_keys(*rule, checker),
                rule => checker.size(*rule, declared + rest.count(), ("entry", "entries")),
            }
        }
    }
    object.properties(&mut |property| {
        checker.property(property.wire, |checker| match property.value {
            Some(value) => value.check(property.rules, checker),
            None if property.is_needed && !property.is_present => checker.violation("must be there"),
            None => {}
        });
    });
    let misplaced = |name: &str| object.names().contains(&name) && !is_present(object, name);
    rest.check_rest(rest_rules, misplaced, checker);
}

/// How much of the declared properties' values the document doesn't know.
pub fn unknowns(object: &dyn Object) -> usize {
    let mut unknowns = 0;
    object.properties(&mut |property| unknowns += property.value.map_or(0, Validate::unknowns));
    unknowns
}

/// A property that is always there.
pub mod required {
    use serde::ser::{Serialize, SerializeMap};

    use super::super::FromJson;
    use super::{Access, Additional, Property, Rule, Validate};

    /// Nothing read yet.
    pub const fn slot<T>() -> Option<T> {
        None
    }

    /// Reads the value.
    ///
    /// # Errors
    /// It doesn't fit.
    pub fn read<'de, T: FromJson, A: Access<'de>>(
        slot: &mut Option<T>,
        access: &mut A,
        _: &mut impl Additional,
        wire: &'static str,
    ) -> Result<(), A::Error> {
        *slot = Some(access.value(wire)?);
        Ok(())
    }

    /// The field's value.
    ///
    /// # Errors
    /// It wasn't there.
    pub fn finish<T, E: serde::de::Error>(slot: Option<T>, wire: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(wire))
    }

    /// Writes the property.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn encode<T: Serialize, M: SerializeMap>(
        map: &mut M,
        wire: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        map.serialize_entry(wire, value)
    }

    /// The property.
    pub const fn property<'a, T: Validate>(
        wire: &'static str,
        value: &'a T,
        rules: &'static [Rule],
    ) -> Property<'a> {
        Property { wire, is_present: true, is_needed: true, value: Some(value), rules }
    }
}

/// A property that may be absent but not null.
pub mod optional {
    use serde::ser::{Serialize, SerializeMap};

    use super::super::FromJson;
    use super::{Access, Additional, Property, Rule, Validate};

    /// Nothing read yet.
    pub const fn slot<T>() -> Option<T> {
        None
    }

    /// Reads the value; null, or one that doesn't fit, is kept in `rest`.
    ///
    /// # Errors
    /// It doesn't fit and can't be kept.
    pub fn read<'de, T: FromJson, A: Access<'de>>(
        slot: &mut Option<T>,
        access: &mut A,
        rest: &mut impl Additional,
        wire: &'static str,
    ) -> Result<(), A::Error> {
        *slot = access.optional(wire, rest)?;
        Ok(())
    }

    /// The field's value.
    ///
    /// # Errors
    /// None.
    pub const fn finish<T, E>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }

    /// Writes the property if it is there.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn encode<T: Serialize, M: SerializeMap>(
        map: &mut M,
        wire: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        value.as_ref().map_or(Ok(()), |value| map.serialize_entry(wire, value))
    }

    /// The property.
    pub fn property<'a, T: Validate>(
        wire: &'static str,
        value: &'a Option<T>,
        rules: &'static [Rule],
    ) -> Property<'a> {
        let value = value.as_ref().map(|value| value as &dyn Validate);
        Property { wire, is_present: value.is_some(), is_needed: false, value, rules }
    }
}

/// An optional property that only the server sets (`readOnly`).
pub mod read_only {
    pub use super::optional::*;
}

/// A property that a request must have and a response can't (`required` and `writeOnly`).
pub mod required_in_request {
    pub use super::optional::{encode, finish, read, slot};

    use super::{Property, Rule, Validate, optional};

    /// The property.
    pub fn property<'a, T: Validate>(
        wire: &'static str,
        value: &'a Option<T>,
        rules: &'static [Rule],
    ) -> Property<'a> {
        Property { is_needed: true, ..optional::property(wire, value, rules) }
    }
}

/// A property that may be absent or null.
pub mod patch {
    use serde::ser::{Serialize, SerializeMap};

    use super::super::{FromJson, Patch};
    use super::{Access, Additional, Property, Rule, Validate};

    /// Nothing read yet.
    pub const fn slot<T>() -> Patch<T> {
        Patch::Absent
    }

    /// Reads the value; one that doesn't fit is kept in `rest`.
    ///
    /// # Errors
    /// It doesn't fit and can't be kept.
    pub fn read<'de, T: FromJson, A: Access<'de>>(
        slot: &mut Patch<T>,
        access: &mut A,
        rest: &mut impl Additional,
        wire: &'static str,
    ) -> Result<(), A::Error> {
        *slot = access.patch(wire, rest)?;
        Ok(())
    }

    /// The field's value.
    ///
    /// # Errors
    /// None.
    pub const fn finish<T, E>(slot: Patch<T>, _: &'static str) -> Result<Patch<T>, E> {
        Ok(slot)
    }

    /// Writes the property if it is there.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn encode<T: Serialize, M: SerializeMap>(
        map: &mut M,
        wire: &'static str,
        value: &Patch<T>,
    ) -> Result<(), M::Error> {
        if value.is_absent() { Ok(()) } else { map.serialize_entry(wire, value) }
    }

    /// The property.
    pub fn property<'a, T: Validate>(
        wire: &'static str,
        value: &'a Patch<T>,
        rules: &'static [Rule],
    ) -> Property<'a> {
        let is_present = !value.is_absent();
        let value = value.value().map(|value| value as &dyn Validate);
        Property { wire, is_present, is_needed: false, value, rules }
    }
}

/// As [`required_in_request`], of a property that may be null.
pub mod patch_in_request {
    pub use super::patch::{encode, finish, read, slot};

    use super::super::Patch;
    use super::{Property, Rule, Validate, patch};

    /// The property.
    pub fn property<'a, T: Validate>(
        wire: &'static str,
        value: &'a Patch<T>,
        rules: &'static [Rule],
    ) -> Property<'a> {
        Property { is_needed: true, ..patch::property(wire, value, rules) }
    }
}

/// How an object counts the properties that the document doesn't name, when alternatives of a union compete.
#[expect(non_upper_case_globals, reason = "named as the rows of `object!` name them")]
pub mod weight {
    /// Others are welcome.
    pub const open: usize = 1;
    /// There should be none.
    pub const closed: usize = 1000;
    /// Others have a type, and count by what is in them.
    pub const typed: usize = 1;
}
