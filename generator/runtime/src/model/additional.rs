//! The additional properties of an object: those that the document doesn't name.

use std::borrow::Cow;
use std::fmt;

use crate::json::nearest::with_digits;
use crate::json::reader::{Fault, Reader};
use crate::json::value::{Json, JsonObject};
use crate::json::writer::{ToJson, Writer};
use crate::model::rules::{Checker, MISFIT, Rule};

/// Whether a property belongs to a field instead. The second argument is its value if it is untyped.
pub type IsDeclared<'a> = &'a dyn Fn(&str, Option<&dyn ToJson>) -> bool;

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

    /// What to write instead of the value `written` of the declared property `name`: the same with the digits of the
    /// integers that the field holds the nearest ones of.
    fn exact_instead_of(&self, _name: &str, _written: &[u8]) -> Option<Vec<u8>> {
        None
    }

    /// Checks the properties. `declared` tells which names belong to a field instead, unless the value is one that
    /// the field could have.
    fn check_rest(&self, rules: &'static [Rule], declared: IsDeclared<'_>, checker: &mut Checker);

    /// The number of properties.
    fn count(&self) -> usize;

    /// Whether there is a property `name`.
    fn has_name(&self, name: &str) -> bool;

    /// Calls `each` with the name of every property.
    fn each_name(&self, each: &mut dyn FnMut(&str));

    /// Counts the parts that the document doesn't declare.
    fn unknown_rest(&self) -> usize;
}

impl Additional for JsonObject {
    fn read(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        self.read_member(name, reader)
    }

    fn keep(&mut self, name: &str, value: Json, _: Fault) -> Result<(), Fault> {
        self.put(name.to_owned(), value);
        Ok(())
    }

    fn write(&self, json: &mut Writer, wanted: &dyn Fn(&str) -> bool) {
        #[cfg(feature = "unread")]
        match self.unread() {
            Some(unread) if unread.members().all(|(name, _)| wanted(name)) => {
                return unread.write_members(json);
            }
            Some(unread) => return json.members(unread.members().filter(|(name, _)| wanted(name))),
            None if self.has_no_values() => return,
            None => {}
        }
        json.members(self.exact_members().filter(|(name, _)| wanted(name)));
    }

    fn keeps_digits(&self) -> bool {
        #[cfg(feature = "unread")]
        if self.unread().is_some() {
            return false;
        }
        self.has_digits()
    }

    fn exact_instead_of(&self, name: &str, written: &[u8]) -> Option<Vec<u8>> {
        with_digits(written, self.exact_member(name)?)
    }

    fn check_rest(&self, _: &'static [Rule], declared: IsDeclared<'_>, checker: &mut Checker) {
        #[cfg(feature = "unread")]
        if let Some(unread) = self.unread() {
            let misplaced = unread.members().filter(|(name, value)| declared(name, Some(value)));
            return misplaced
                .for_each(|(name, _)| checker.property(name, |checker| checker.violation(MISFIT)));
        }
        for (name, _) in self.exact_members().filter(|(name, value)| declared(name, Some(value))) {
            checker.property(name, |checker| checker.violation(MISFIT));
        }
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn has_name(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn each_name(&self, each: &mut dyn FnMut(&str)) {
        self.keys().for_each(|name| each(name));
    }

    fn unknown_rest(&self) -> usize {
        #[cfg(feature = "unread")]
        if let Some(unread) = self.unread() {
            return unread.members().count();
        }
        self.len()
    }
}
