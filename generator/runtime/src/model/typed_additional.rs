//! Additional properties that have a declared type.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::json::decode::{FromJson, Mode, convert};
use crate::json::reader::{Fault, Reader, below};
use crate::json::value::Json;
use crate::json::writer::{ToJson, Writer};
use crate::model::additional::{Additional, IsDeclared};
use crate::model::rules::{Checker, MISFIT, Rule};
use crate::model::validate::Validate;

impl<T> Additional for BTreeMap<String, T>
where
    T: FromJson + ToJson + Validate + fmt::Debug,
{
    fn read(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let value = T::read(reader).map_err(|fault| below(fault, &name))?;
        BTreeMap::insert(self, name.into_owned(), value);
        Ok(())
    }

    fn keep(&mut self, name: &str, value: Json, fault: Fault) -> Result<(), Fault> {
        let value = convert(&value, Mode::Strict).map_err(|_| fault)?;
        BTreeMap::insert(self, name.to_owned(), value);
        Ok(())
    }

    fn write(&self, json: &mut Writer, wanted: &dyn Fn(&str) -> bool) {
        for (name, value) in self.iter().filter(|(name, _)| wanted(name)) {
            json.name(name);
            value.write(json);
        }
    }

    fn check_rest(&self, rules: &'static [Rule], declared: IsDeclared<'_>, checker: &mut Checker) {
        for (name, value) in self {
            checker.property(name, |checker| {
                if declared(name, None) {
                    checker.violation(MISFIT);
                }
                value.check(rules, checker);
            });
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
        self.values().map(Validate::unknowns).sum()
    }
}
