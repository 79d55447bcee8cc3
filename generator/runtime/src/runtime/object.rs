//! What `object!` calls: how each kind of property is read, written and checked.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap};
use serde_json::{Map, Value};

pub use super::additional::Additional;
use super::decode::{DecodeError, FromJson, Mode, Seed};
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

/// Checks an object's rules on its number of properties and their names.
pub fn check_object(
    rules: &[Rule],
    own: &[Rule],
    declared: usize,
    rest: &impl Additional,
    checker: &mut Checker,
) {
    for rule in rules.iter().chain(own) {
        match rule {
            Rule::Keys(_) => rest.check_keys(*rule, checker),
            rule => checker.size(*rule, declared + rest.count(), ("entry", "entries")),
        }
    }
}

/// A property that is always there.
pub mod required {
    use super::{Additional, Checker, DecodeError, FromJson, MapAccess, Mode, Rule, Seed, Serialize};
    use super::{Map, SerializeMap, Validate, Value};

    /// Nothing read yet.
    pub const fn slot<T>() -> Option<T> {
        None
    }

    /// Reads the value.
    ///
    /// # Errors
    /// It doesn't fit.
    pub fn decode<'de, T: FromJson, A: MapAccess<'de>>(
        slot: &mut Option<T>,
        access: &mut A,
        _: &mut impl Additional,
        _: &'static str,
    ) -> Result<(), A::Error> {
        *slot = Some(access.next_value_seed(Seed::new())?);
        Ok(())
    }

    /// The field's value.
    ///
    /// # Errors
    /// It wasn't there.
    pub fn finish<T, E: serde::de::Error>(slot: Option<T>, wire: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(wire))
    }

    /// Takes the property out of `map`.
    ///
    /// # Errors
    /// It isn't there or doesn't fit.
    pub fn take<T: FromJson>(
        map: &mut Map<String, Value>,
        wire: &'static str,
        mode: Mode,
        _: &mut impl Additional,
    ) -> Result<T, DecodeError> {
        match map.shift_remove(wire) {
            Some(value) => T::from_json(value, mode).map_err(|error| error.below(wire)),
            None => Err(DecodeError::new("missing").below(wire)),
        }
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

    /// Whether it is there.
    pub const fn is_present<T>(_: &T) -> bool {
        true
    }

    /// Checks the value.
    pub fn check(value: &impl Validate, rules: &'static [Rule], checker: &mut Checker) {
        value.check(rules, checker);
    }
}

/// A property that may be absent but not null.
pub mod optional {
    pub use super::read_as_option::*;
}

/// An optional property that only the server sets (`readOnly`).
pub mod read_only {
    pub use super::read_as_option::*;
}

/// A property that a request must have and a response can't (`required` and `writeOnly`).
pub mod required_in_request {
    pub use super::read_as_option::{decode, encode, finish, is_present, slot, take};

    use super::{Checker, Rule, Validate};

    /// Checks the value, and that there is one.
    pub fn check<T: Validate>(value: &Option<T>, rules: &'static [Rule], checker: &mut Checker) {
        match value {
            Some(value) => value.check(rules, checker),
            None => checker.violation("must be there"),
        }
    }
}

mod read_as_option {
    use super::{Additional, Checker, DecodeError, FromJson, MapAccess, Mode, Rule, Seed, Serialize};
    use super::{Map, SerializeMap, Validate, Value};

    pub const fn slot<T>() -> Option<T> {
        None
    }

    pub fn decode<'de, T: FromJson, A: MapAccess<'de>>(
        slot: &mut Option<T>,
        access: &mut A,
        rest: &mut impl Additional,
        wire: &'static str,
    ) -> Result<(), A::Error> {
        *slot = access.next_value_seed(Seed::new())?;
        if slot.is_none() {
            let error = DecodeError::new("can't be null").below(wire);
            rest.keep(wire, Value::Null, error).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }

    pub fn finish<T, E>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }

    pub fn take<T: FromJson>(
        map: &mut Map<String, Value>,
        wire: &'static str,
        mode: Mode,
        rest: &mut impl Additional,
    ) -> Result<Option<T>, DecodeError> {
        match map.shift_remove(wire) {
            None => Ok(None),
            Some(value) => super::fit(value, wire, mode, rest),
        }
    }

    pub fn encode<T: Serialize, M: SerializeMap>(
        map: &mut M,
        wire: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        value.as_ref().map_or(Ok(()), |value| map.serialize_entry(wire, value))
    }

    pub const fn is_present<T>(value: &Option<T>) -> bool {
        value.is_some()
    }

    pub fn check<T: Validate>(value: &Option<T>, rules: &'static [Rule], checker: &mut Checker) {
        value.check(rules, checker);
    }
}

/// A property that may be absent or null.
pub mod patch {
    use super::super::Patch;
    use super::{Additional, Checker, DecodeError, FromJson, MapAccess, Mode, Rule, Seed, Serialize};
    use super::{Map, SerializeMap, Validate, Value};

    /// Nothing read yet.
    pub const fn slot<T>() -> Patch<T> {
        Patch::Absent
    }

    /// Reads the value.
    ///
    /// # Errors
    /// It doesn't fit.
    pub fn decode<'de, T: FromJson, A: MapAccess<'de>>(
        slot: &mut Patch<T>,
        access: &mut A,
        _: &mut impl Additional,
        _: &'static str,
    ) -> Result<(), A::Error> {
        *slot = access.next_value_seed(Seed::new())?;
        Ok(())
    }

    /// The field's value.
    ///
    /// # Errors
    /// None.
    pub fn finish<T, E>(slot: Patch<T>, _: &'static str) -> Result<Patch<T>, E> {
        Ok(slot)
    }

    /// Takes the property out of `map`; one that doesn't fit is kept in `rest` if `mode` is lenient.
    ///
    /// # Errors
    /// It doesn't fit and can't be kept.
    pub fn take<T: FromJson>(
        map: &mut Map<String, Value>,
        wire: &'static str,
        mode: Mode,
        rest: &mut impl Additional,
    ) -> Result<Patch<T>, DecodeError> {
        match map.shift_remove(wire) {
            None => Ok(Patch::Absent),
            Some(Value::Null) => Ok(Patch::Null),
            Some(value) => Ok(super::fit(value, wire, mode, rest)?.map_or(Patch::Absent, Patch::Value)),
        }
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

    /// Whether it is there.
    pub const fn is_present<T>(value: &Patch<T>) -> bool {
        !value.is_absent()
    }

    /// Checks the value.
    pub fn check<T: Validate>(value: &Patch<T>, rules: &'static [Rule], checker: &mut Checker) {
        value.check(rules, checker);
    }
}

fn fit<T: FromJson>(
    value: Value,
    wire: &str,
    mode: Mode,
    rest: &mut impl Additional,
) -> Result<Option<T>, DecodeError> {
    if value.is_null() {
        rest.keep(wire, value, DecodeError::new("can't be null").below(wire))?;
        return Ok(None);
    }
    if mode == Mode::Strict {
        return T::from_json(value, mode).map(Some).map_err(|error| error.below(wire));
    }
    match T::from_json(value.clone(), mode) {
        Ok(value) => Ok(Some(value)),
        Err(error) => rest.keep(wire, value, error.below(wire)).map(|()| None),
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
