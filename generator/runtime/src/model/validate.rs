//! Checking values of each type against the document's constraints.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::distinct::has_duplicates;
use crate::json::value::Json;
use crate::json::writer::ToJson;
use crate::model::object::AnyObject;
use crate::model::rules::{Checker, Rule, Violations};

/// A value that can be checked against the document's constraints.
pub trait Validate: ToJson {
    /// Checks this value against `rules` and, if it is a model, against the rules of its type.
    fn check(&self, _rules: &[Rule], _checker: &mut Checker) {}

    /// The number of properties and enum values in this value that the document doesn't declare.
    #[doc(hidden)]
    fn unknowns(&self) -> usize {
        self.any_object().map_or(0, AnyObject::unknowns_of_object)
    }

    /// The object in this value, if its property table contains all the rules that apply to it.
    #[doc(hidden)]
    fn plain_object(&self) -> Option<&dyn AnyObject> {
        self.any_object()
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
        let rules = nested(rules, |rule| match rule {
            Rule::Values(rules) => Some(rules),
            _ => None,
        });
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
        for rule in rules {
            let rules = &[*rule];
            match rule {
                Rule::ListedValues(_) => checker.listed(rules, self),
                Rule::MinLength(_) | Rule::MaxLength(_) | Rule::Pattern(_) => {
                    if let Value::String(text) = &**self {
                        checker.text(rules, text);
                    }
                }
                Rule::MultipleOf(_)
                | Rule::Minimum(_)
                | Rule::Maximum(_)
                | Rule::ExclusiveMinimum(_)
                | Rule::ExclusiveMaximum(_) => {
                    if let Some(digits) = self.to_exact().number() {
                        checker.decimal_number(rules, &digits);
                    }
                }
                Rule::UniqueItems | Rule::MinItems(_) | Rule::MaxItems(_) | Rule::Items(_)
                    if self.is_array() =>
                {
                    check_items(rules, &self.to_items(), checker);
                }
                Rule::MinProperties(_) | Rule::MaxProperties(_) | Rule::Keys(_) | Rule::RequiredNames(_) => {
                    if let Value::Object(members) = &**self {
                        check_names(rules, members.keys().map(String::as_str), checker);
                    }
                }
                _ => {}
            }
        }
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
    let rules = nested(rules, |rule| match rule {
        Rule::Items(rules) => Some(rules),
        _ => None,
    });
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
            Rule::RequiredNames(_) => {
                checker.required_names(*rule, |wanted| names.clone().any(|name| name == wanted))
            }
            _ => {}
        }
    }
}

fn nested(rules: &[Rule], pick: impl Fn(&Rule) -> Option<&'static [Rule]>) -> &'static [Rule] {
    rules.iter().find_map(pick).unwrap_or(&[])
}
