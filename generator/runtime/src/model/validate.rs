//! Checking values of each type against the document's constraints.

use std::collections::BTreeMap;

use crate::json::untyped;
use crate::json::writer;
use crate::json::writer::ToJson;
use crate::model::object::AnyObject;
use crate::model::rules::{Checker, Rule, Violations};

/// A value that can be checked against the document's constraints.
pub trait Validate: ToJson {
    /// Checks this value against `rules` and, if it is a model, against the rules of its type.
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        if let Some(object) = self.object() {
            object.check_object(rules, checker);
        }
    }

    /// The number of properties and enum values in this value that the document doesn't declare.
    #[doc(hidden)]
    fn unknowns(&self) -> usize {
        self.object().map_or(0, AnyObject::unknowns_of_object)
    }

    /// The object in this value, if its property table contains all the rules that apply to it.
    #[doc(hidden)]
    fn plain_object(&self) -> Option<&dyn AnyObject> {
        self.object()
    }

    /// Checks this value against the constraints of its type.
    ///
    /// # Errors
    /// Every violated constraint, with the path of the property and the limit.
    fn validate(&self) -> Result<(), Violations> {
        let mut checker = Checker::default();
        self.check(&[], &mut checker);
        checker.finish()
    }
}

impl Validate for String {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        checker.text(rules, self);
    }
}

impl Validate for bool {
    fn check(&self, _: &[Rule], _: &mut Checker) {}
}

macro_rules! integers {
    ($($integer:ty),*) => { $(impl Validate for $integer {
        fn check(&self, rules: &[Rule], checker: &mut Checker) {
            checker.integer(rules, i128::from(*self));
        }
    })* };
}
integers!(i32, i64, u64);

impl<T: Validate> Validate for Option<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        if let Some(value) = self {
            value.check(rules, checker);
        }
    }

    fn unknowns(&self) -> usize {
        self.as_ref().map_or(0, Validate::unknowns)
    }
}

impl<T: Validate> Validate for &T {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        (**self).check(rules, checker);
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        (**self).check(rules, checker);
    }

    fn unknowns(&self) -> usize {
        (**self).unknowns()
    }

    fn plain_object(&self) -> Option<&dyn AnyObject> {
        (**self).plain_object()
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        for rule in rules {
            match rule {
                Rule::UniqueItems if has_duplicates(self) => checker.violation("items must be unique"),
                rule => checker.size(*rule, self.len(), ("item", "items")),
            }
        }
        let rules = nested(rules, |rule| if let Rule::Items(rules) = rule { Some(rules) } else { None });
        for (index, item) in self.iter().enumerate() {
            checker.item(index, |checker| item.check(rules, checker));
        }
    }

    fn unknowns(&self) -> usize {
        self.iter().map(Validate::unknowns).sum()
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        check_names(rules, self.keys().map(String::as_str), checker);
        let rules = nested(rules, |rule| if let Rule::Values(rules) = rule { Some(rules) } else { None });
        for (name, value) in self {
            checker.property(name, |checker| value.check(rules, checker));
        }
    }

    fn unknowns(&self) -> usize {
        self.values().map(Validate::unknowns).sum()
    }
}

impl Validate for crate::json::value::Json {
    fn check(&self, _: &[Rule], _: &mut Checker) {}
}

impl Validate for crate::json::value::JsonObject {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        check_names(rules, self.keys().map(String::as_str), checker);
    }
}

/// Checks the number of an object's properties and the format of their names.
pub fn check_names<'a>(rules: &[Rule], names: impl Iterator<Item = &'a str> + Clone, checker: &mut Checker) {
    for rule in rules {
        if let Rule::Keys(rules) = rule {
            for name in names.clone() {
                checker.property(name, |checker| checker.text(rules, name));
            }
        } else {
            checker.size(*rule, names.clone().count(), ("entry", "entries"));
        }
    }
}

fn nested(rules: &[Rule], pick: impl Fn(&Rule) -> Option<&'static [Rule]>) -> &'static [Rule] {
    rules.iter().find_map(pick).unwrap_or(&[])
}

fn has_duplicates(items: &[impl ToJson]) -> bool {
    let text = |item| writer::to_vec(item).ok().and_then(|text| String::from_utf8(text).ok());
    untyped::has_duplicates(items.iter().filter_map(text))
}
