//! Checking values of each type against the document's constraints.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::untyped;
use crate::json::value::Json;
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
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        checker.listed(rules, &Value::Bool(*self));
    }
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
        check_items(rules, self, checker);
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

/// A rule applies to the values of its kind and ignores the others, as in JSON Schema.
impl Validate for Json {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        match &**self {
            Value::String(text) => return checker.text(rules, text),
            Value::Object(members) => check_names(rules, members.keys().map(String::as_str), checker),
            // Written, they have all the digits.
            Value::Number(_) if !rules.is_empty() => {
                let digits = writer::to_vec(self).unwrap_or_default();
                checker.digits(rules, &String::from_utf8_lossy(&digits));
            }
            Value::Array(_) if !rules.is_empty() => check_items(rules, &self.items(), checker),
            _ => {}
        }
        checker.listed(rules, self);
    }
}

impl Validate for crate::json::value::JsonObject {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        check_names(rules, self.keys().map(String::as_str), checker);
    }
}

/// Checks how many items an array has, whether they are distinct, and each of them.
fn check_items<T: Validate>(rules: &[Rule], items: &[T], checker: &mut Checker) {
    for rule in rules {
        match rule {
            Rule::UniqueItems if has_duplicates(items) => checker.violation("items must be unique"),
            Rule::MinItems(_) | Rule::MaxItems(_) => checker.size(*rule, items.len(), ("item", "items")),
            _ => {}
        }
    }
    let rules = nested(rules, |rule| if let Rule::Items(rules) = rule { Some(rules) } else { None });
    for (index, item) in items.iter().enumerate() {
        checker.item(index, |checker| item.check(rules, checker));
    }
}

/// Checks the names of an object's properties: how many there are, what they look like, and which must be there.
pub fn check_names<'a>(rules: &[Rule], names: impl Iterator<Item = &'a str> + Clone, checker: &mut Checker) {
    for rule in rules {
        match rule {
            Rule::Keys(rules) => {
                names.clone().for_each(|name| checker.property(name, |checker| checker.text(rules, name)))
            }
            Rule::MinProperties(_) | Rule::MaxProperties(_) => {
                checker.size(*rule, names.clone().count(), ("entry", "entries"));
            }
            rule => checker.names(*rule, |wanted| names.clone().any(|name| name == wanted)),
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
