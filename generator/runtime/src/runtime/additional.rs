//! The properties of an object that the document doesn't name.

use std::collections::BTreeMap;

use serde::de::MapAccess;
use serde::ser::{Serialize, SerializeMap};
use serde_json::{Map, Value};

use super::decode::{DecodeError, FromJson, Mode, Seed};
use super::rules::{Checker, Rule};
use super::validate::Validate;
use super::{JsonObject, check_names};

/// The properties of an object that the document doesn't name.
pub trait Additional: Default {
    /// Reads the next value as the property `name`.
    ///
    /// # Errors
    /// It has not the form the document asks for.
    fn decode<'de, A: MapAccess<'de>>(&mut self, name: String, access: &mut A) -> Result<(), A::Error>;

    /// Keeps a declared property whose value doesn't fit.
    ///
    /// # Errors
    /// `error`, where only values of another type can be kept.
    fn keep(&mut self, name: &str, value: Value, error: DecodeError) -> Result<(), DecodeError>;

    /// Takes the property `name`.
    ///
    /// # Errors
    /// The value has not the form the document asks for.
    fn insert(&mut self, name: String, value: Value, mode: Mode) -> Result<(), DecodeError>;

    /// Writes the properties that `wanted` picks.
    ///
    /// # Errors
    /// Those of the serializer.
    fn encode<M: SerializeMap>(&self, map: &mut M, wanted: impl Fn(&str) -> bool) -> Result<(), M::Error>;

    /// Checks them; `declared` tells which names should have been another field's.
    fn check_rest(&self, rules: &'static [Rule], declared: impl Fn(&str) -> bool, checker: &mut Checker);

    /// How many there are.
    fn count(&self) -> usize;

    /// Calls `each` with every name.
    fn names(&self, each: &mut dyn FnMut(&str));

    /// Checks their names.
    fn check_keys(&self, rule: Rule, checker: &mut Checker);

    /// How much of them the document doesn't know.
    fn unknown_rest(&self) -> usize;
}

impl Additional for JsonObject {
    fn decode<'de, A: MapAccess<'de>>(&mut self, name: String, access: &mut A) -> Result<(), A::Error> {
        Map::insert(self, name, access.next_value()?);
        Ok(())
    }

    fn keep(&mut self, name: &str, value: Value, _: DecodeError) -> Result<(), DecodeError> {
        Map::insert(self, name.to_owned(), value);
        Ok(())
    }

    fn insert(&mut self, name: String, value: Value, _: Mode) -> Result<(), DecodeError> {
        Map::insert(self, name, value);
        Ok(())
    }

    fn encode<M: SerializeMap>(&self, map: &mut M, wanted: impl Fn(&str) -> bool) -> Result<(), M::Error> {
        for (name, value) in self.members().into_iter().flatten().filter(|(name, _)| wanted(name)) {
            map.serialize_entry(name, value)?;
        }
        Ok(())
    }

    fn check_rest(&self, _: &'static [Rule], declared: impl Fn(&str) -> bool, checker: &mut Checker) {
        for name in self.members().into_iter().flat_map(Map::keys).filter(|name| declared(name)) {
            checker.property(name, |checker| checker.violation("not of the type that the document gives it"));
        }
    }

    fn count(&self) -> usize {
        self.members().map_or(0, Map::len)
    }

    fn names(&self, each: &mut dyn FnMut(&str)) {
        self.keys().for_each(|name| each(name));
    }

    fn check_keys(&self, rule: Rule, checker: &mut Checker) {
        check_names(&[rule], self.keys().map(String::as_str), checker);
    }

    fn unknown_rest(&self) -> usize {
        self.members().map_or(0, Map::len)
    }
}

impl<T> Additional for BTreeMap<String, T>
where
    T: FromJson + Serialize + Validate,
{
    fn decode<'de, A: MapAccess<'de>>(&mut self, name: String, access: &mut A) -> Result<(), A::Error> {
        let value = access.next_value_seed(Seed::new())?;
        BTreeMap::insert(self, name, value);
        Ok(())
    }

    fn keep(&mut self, name: &str, value: Value, error: DecodeError) -> Result<(), DecodeError> {
        let value = T::from_json(value, Mode::Strict).map_err(|_| error)?;
        BTreeMap::insert(self, name.to_owned(), value);
        Ok(())
    }

    fn insert(&mut self, name: String, value: Value, mode: Mode) -> Result<(), DecodeError> {
        let value = T::from_json(value, mode).map_err(|error| error.below(&name))?;
        BTreeMap::insert(self, name, value);
        Ok(())
    }

    fn encode<M: SerializeMap>(&self, map: &mut M, wanted: impl Fn(&str) -> bool) -> Result<(), M::Error> {
        for (name, value) in self.iter().filter(|(name, _)| wanted(name)) {
            map.serialize_entry(name, value)?;
        }
        Ok(())
    }

    fn check_rest(&self, rules: &'static [Rule], declared: impl Fn(&str) -> bool, checker: &mut Checker) {
        for (name, value) in self {
            checker.property(name, |checker| {
                if declared(name) {
                    checker.violation("not of the type that the document gives it");
                }
                value.check(rules, checker);
            });
        }
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn names(&self, each: &mut dyn FnMut(&str)) {
        self.keys().for_each(|name| each(name));
    }

    fn check_keys(&self, rule: Rule, checker: &mut Checker) {
        check_names(&[rule], self.keys().map(String::as_str), checker);
    }

    fn unknown_rest(&self) -> usize {
        self.values().map(Validate::unknowns).sum()
    }
}
