//! What an object is read from: text by way of serde, or a JSON value.

use std::borrow::Cow;

use serde::de::{Error as _, MapAccess};
use serde_json::{Map, Value};

use super::Patch;
use super::additional::Additional;
use super::decode::{DecodeError, FromJson, Mode, Seed};
use super::kept::{self, Kept};
use super::object::Key;
use super::siblings::{Alternative, Follow};

/// The properties of an object, one after the other.
pub trait Access<'de> {
    /// Why they can't be read.
    type Error: serde::de::Error;

    /// The next property's name.
    ///
    /// # Errors
    /// The input is malformed.
    fn key(&mut self) -> Result<Option<Key<'de>>, Self::Error>;

    /// Tells that the next value is of the alternative that `tag` chooses; `slot` is what it is read into.
    fn choose<T: Follow>(&mut self, slot: &T, tag: Option<&str>);

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

    /// Lets `value`, which was read as the property `wire`, take the alternative that `tag` chooses.
    ///
    /// # Errors
    /// What was kept of it isn't JSON.
    fn follow(
        &mut self,
        value: &mut impl Follow,
        wire: &'static str,
        tag: Option<&str>,
    ) -> Result<(), Self::Error>;
}

/// From text, or whatever else serde reads.
#[derive(Debug)]
pub struct Direct<'de, A> {
    access: A,
    /// The properties whose type another property chooses.
    followers: &'static [&'static str],
    /// The text of these, until that property is known.
    kept: Vec<(&'static str, Cow<'de, str>)>,
    /// The alternative of the next value, where it is known before the value.
    chosen: Option<&'static str>,
}

impl<'de, A: MapAccess<'de>> Direct<'de, A> {
    /// The properties that `access` gives, of which `followers` have a type that another chooses.
    pub const fn new(access: A, followers: &'static [&'static str]) -> Self {
        Self { access, followers, kept: Vec::new(), chosen: None }
    }

    fn nullable<T: FromJson>(&mut self, wire: &'static str) -> Result<Option<T>, A::Error> {
        if let Some(tag) = self.chosen.take() {
            self.kept.retain(|(name, _)| *name != wire);
            return self.access.next_value_seed(Alternative::new(tag)).inspect_err(|_| kept::fail());
        }
        match T::pending() {
            Some(pending) if self.followers.contains(&wire) => match self.access.next_value()? {
                Kept::Text(text) if text == "null" => Ok(None),
                Kept::Text(text) => {
                    self.kept.push((wire, text));
                    Ok(Some(pending))
                }
                Kept::Value(Value::Null) => Ok(None),
                Kept::Value(value) => T::from_json(value, Mode::Lenient).map(Some).map_err(A::Error::custom),
            },
            _ => self.access.next_value_seed(Seed::new()),
        }
    }
}

impl<'de, A: MapAccess<'de>> Access<'de> for Direct<'de, A> {
    type Error = A::Error;

    fn key(&mut self) -> Result<Option<Key<'de>>, A::Error> {
        self.access.next_key()
    }

    fn choose<T: Follow>(&mut self, _: &T, tag: Option<&str>) {
        self.chosen = tag.filter(|_| kept::is_eager()).and_then(T::known);
    }

    fn value<T: FromJson>(&mut self, wire: &'static str) -> Result<T, A::Error> {
        if T::pending().is_none() {
            return self.access.next_value_seed(Seed::new());
        }
        match self.nullable(wire)? {
            Some(value) => Ok(value),
            None => T::from_json(Value::Null, Mode::Lenient).map_err(A::Error::custom),
        }
    }

    fn optional<T: FromJson>(
        &mut self,
        wire: &'static str,
        rest: &mut impl Additional,
    ) -> Result<Option<T>, A::Error> {
        let value = self.nullable(wire)?;
        if value.is_none() {
            rest.keep(wire, Value::Null, no_null(wire)).map_err(serde::de::Error::custom)?;
        }
        Ok(value)
    }

    fn patch<T: FromJson>(
        &mut self,
        wire: &'static str,
        _: &mut impl Additional,
    ) -> Result<Patch<T>, A::Error> {
        Ok(self.nullable(wire)?.map_or(Patch::Null, Patch::Value))
    }

    fn other(&mut self, key: Key<'de>, rest: &mut impl Additional) -> Result<(), A::Error> {
        rest.decode(key.into_owned(), &mut self.access)
    }

    fn follow(
        &mut self,
        value: &mut impl Follow,
        wire: &'static str,
        tag: Option<&str>,
    ) -> Result<(), A::Error> {
        // Of properties of the same name the last counts.
        match self.kept.iter().rfind(|(name, _)| *name == wire) {
            Some((_, text)) => value.follow_text(tag, text).map_err(A::Error::custom),
            // The tag stood there twice.
            None if value.taken().is_some_and(|taken| Some(taken) != tag) && kept::is_eager() => {
                kept::fail();
                Err(A::Error::custom("another property says twice what this one is"))
            }
            None => {
                value.follow(tag);
                Ok(())
            }
        }
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

    fn choose<T: Follow>(&mut self, _: &T, _: Option<&str>) {}

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

    fn follow(
        &mut self,
        value: &mut impl Follow,
        _: &'static str,
        tag: Option<&str>,
    ) -> Result<(), DecodeError> {
        value.follow(tag);
        Ok(())
    }
}

fn no_null(wire: &str) -> DecodeError {
    DecodeError::new("can't be null").below(wire)
}
