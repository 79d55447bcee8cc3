//! What an object is read from: text by way of serde, or a JSON value.

use serde::de::MapAccess;
use serde_json::{Map, Value};

use super::Patch;
use super::additional::Additional;
use super::decode::{DecodeError, FromJson, Mode, Seed};
use super::object::Key;

/// The properties of an object, one after the other.
pub trait Access<'de> {
    /// Why they can't be read.
    type Error: serde::de::Error;

    /// The next property's name.
    ///
    /// # Errors
    /// The input is malformed.
    fn key(&mut self) -> Result<Option<Key<'de>>, Self::Error>;

    /// The value of the declared property `wire`.
    ///
    /// # Errors
    /// It doesn't fit.
    fn value<T: FromJson>(&mut self, wire: &'static str) -> Result<T, Self::Error>;

    /// The same; nothing if it is kept in `rest`, as null is and what doesn't fit may be.
    ///
    /// # Errors
    /// It doesn't fit and can't be kept.
    fn optional<T: FromJson>(
        &mut self,
        wire: &'static str,
        rest: &mut impl Additional,
    ) -> Result<Option<T>, Self::Error>;

    /// The same, of a property that may be null.
    ///
    /// # Errors
    /// It doesn't fit and can't be kept.
    fn patch<T: FromJson>(
        &mut self,
        wire: &'static str,
        rest: &mut impl Additional,
    ) -> Result<Patch<T>, Self::Error>;

    /// Puts the value of a property that isn't declared into `rest`.
    ///
    /// # Errors
    /// It has not the form the document asks for.
    fn other(&mut self, key: Key<'de>, rest: &mut impl Additional) -> Result<(), Self::Error>;
}

/// From text, or whatever else serde reads.
#[derive(Debug)]
pub struct Direct<A>(pub A);

impl<'de, A: MapAccess<'de>> Access<'de> for Direct<A> {
    type Error = A::Error;

    fn key(&mut self) -> Result<Option<Key<'de>>, A::Error> {
        self.0.next_key()
    }

    fn value<T: FromJson>(&mut self, _: &'static str) -> Result<T, A::Error> {
        self.0.next_value_seed(Seed::new())
    }

    fn optional<T: FromJson>(
        &mut self,
        wire: &'static str,
        rest: &mut impl Additional,
    ) -> Result<Option<T>, A::Error> {
        let value: Option<T> = self.0.next_value_seed(Seed::new())?;
        if value.is_none() {
            rest.keep(wire, Value::Null, no_null(wire)).map_err(serde::de::Error::custom)?;
        }
        Ok(value)
    }

    fn patch<T: FromJson>(&mut self, _: &'static str, _: &mut impl Additional) -> Result<Patch<T>, A::Error> {
        self.0.next_value_seed(Seed::new())
    }

    fn other(&mut self, key: Key<'de>, rest: &mut impl Additional) -> Result<(), A::Error> {
        rest.decode(key.into_owned(), &mut self.0)
    }
}

/// From a JSON value.
#[derive(Debug)]
pub struct Members {
    members: serde_json::map::IntoIter,
    value: Value,
    mode: Mode,
}

impl Members {
    /// The members of `map`.
    pub fn new(map: Map<String, Value>, mode: Mode) -> Self {
        Self { members: map.into_iter(), value: Value::Null, mode }
    }
}

impl Access<'static> for Members {
    type Error = DecodeError;

    fn key(&mut self) -> Result<Option<Key<'static>>, DecodeError> {
        let Some((name, value)) = self.members.next() else { return Ok(None) };
        self.value = value;
        Ok(Some(Key::from(name)))
    }

    fn value<T: FromJson>(&mut self, wire: &'static str) -> Result<T, DecodeError> {
        T::from_json(self.value.take(), self.mode).map_err(|error| error.below(wire))
    }

    fn optional<T: FromJson>(
        &mut self,
        wire: &'static str,
        rest: &mut impl Additional,
    ) -> Result<Option<T>, DecodeError> {
        let value = self.value.take();
        if value.is_null() {
            return rest.keep(wire, value, no_null(wire)).map(|()| None);
        }
        if self.mode == Mode::Strict {
            return T::from_json(value, self.mode).map(Some).map_err(|error| error.below(wire));
        }
        match T::from_json(value.clone(), self.mode) {
            Ok(value) => Ok(Some(value)),
            Err(error) => rest.keep(wire, value, error.below(wire)).map(|()| None),
        }
    }

    fn patch<T: FromJson>(
        &mut self,
        wire: &'static str,
        rest: &mut impl Additional,
    ) -> Result<Patch<T>, DecodeError> {
        if self.value.is_null() {
            return Ok(Patch::Null);
        }
        Ok(self.optional(wire, rest)?.map_or(Patch::Absent, Patch::Value))
    }

    fn other(&mut self, key: Key<'static>, rest: &mut impl Additional) -> Result<(), DecodeError> {
        rest.insert(key.into_owned(), self.value.take(), self.mode)
    }
}

fn no_null(wire: &str) -> DecodeError {
    DecodeError::new("can't be null").below(wire)
}
