//! The additional properties of an object: those that the document doesn't name.

use std::borrow::Cow;
use std::fmt;

use crate::json::decode::FromJson as _;
use crate::json::digits::Exact;
use crate::json::reader::{Fault, Reader};
use crate::json::value::{Json, JsonObject};
use crate::json::writer::{ToJson as _, Writer};
use crate::model::rules::{Checker, MISFIT, Rule};

/// Whether a property belongs to a field instead. The second argument has its digits if it is a number.
pub type IsDeclared<'a> = &'a dyn Fn(&str, Option<&str>) -> bool;

/// The additional properties of an object: those that the document doesn't name.
pub trait Additional: fmt::Debug {
    /// Reads the next value as the property `name`.
    ///
    /// # Errors
    /// The value doesn't fit the type that the document declares for additional properties.
    fn read(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Fault>;

    /// Keeps the value of a declared property that doesn't fit its type.
    ///
    /// # Errors
    /// Returns `fault` if additional properties have a type that the value doesn't fit either.
    fn keep(&mut self, name: &str, value: Json, fault: Fault) -> Result<(), Fault>;

    /// Writes the properties for which `wanted` returns `true`.
    fn write(&self, json: &mut Writer, wanted: &dyn Fn(&str) -> bool);

    /// Whether any digits of numbers are kept.
    fn keeps_digits(&self) -> bool {
        false
    }

    /// The digits that are kept for the declared property `name`, if its value is still the one that was read
    /// instead, which is written as `written`.
    fn digits_instead_of(&self, _name: &str, _written: &[u8]) -> Option<&str> {
        None
    }

    /// Checks the properties. `declared` tells which names belong to a field instead, unless the field could
    /// be a number with the digits that it is given.
    fn check_rest(&self, rules: &'static [Rule], declared: IsDeclared<'_>, checker: &mut Checker);

    /// The number of properties.
    fn count(&self) -> usize;

    /// Whether there is a property `name`.
    fn has(&self, name: &str) -> bool;

    /// Calls `each` with the name of every property.
    fn each_name(&self, each: &mut dyn FnMut(&str));

    /// Counts the parts that the document doesn't declare.
    fn unknown_rest(&self) -> usize;
}

impl Additional for JsonObject {
    fn read(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let value = Json::read(reader)?;
        self.put(name.into_owned(), value);
        Ok(())
    }

    fn keep(&mut self, name: &str, value: Json, _: Fault) -> Result<(), Fault> {
        self.put(name.to_owned(), value);
        Ok(())
    }

    fn write(&self, json: &mut Writer, wanted: &dyn Fn(&str) -> bool) {
        for (name, value) in self.exact_members().filter(|(name, _)| wanted(name)) {
            json.name(name);
            value.write(json);
        }
    }

    fn keeps_digits(&self) -> bool {
        self.has_digits()
    }

    fn digits_instead_of(&self, name: &str, written: &[u8]) -> Option<&str> {
        let Exact(value, digits) = self.exact_member(name)?;
        let digits = digits?.of_number(value.as_number()?)?;
        (value.to_string().as_bytes() == written).then_some(digits)
    }

    fn check_rest(&self, _: &'static [Rule], declared: IsDeclared<'_>, checker: &mut Checker) {
        for (name, value) in self.exact_members() {
            if declared(name, value.number().as_deref()) {
                checker.property(name, |checker| checker.violation(MISFIT));
            }
        }
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn has(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn each_name(&self, each: &mut dyn FnMut(&str)) {
        self.keys().for_each(|name| each(name));
    }

    fn unknown_rest(&self) -> usize {
        self.len()
    }
}
