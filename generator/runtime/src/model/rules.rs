//! Constraints (JSON Schema 2020-12 validation, section 6), which are checked before anything is sent.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, RwLock};

use regex::Regex;
use serde_json::Value;

use crate::json::decimal::Decimal;
use crate::json::decode_error::printable;

/// A constraint on a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`, which may match anywhere in the text.
    Pattern(&'static str),
    /// `minimum`.
    Minimum(Limit),
    /// `maximum`.
    Maximum(Limit),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Limit),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(Limit),
    /// `multipleOf`.
    MultipleOf(Limit),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// Rules for each item of an array (`items`).
    Items(&'static [Rule]),
    /// Rules for each item of a tuple, by position (`prefixItems`).
    PrefixItems(&'static [&'static [Rule]]),
    /// Rules for each value of a map (`additionalProperties`).
    Values(&'static [Rule]),
    /// Rules for each property name of a map (`propertyNames`).
    Keys(&'static [Rule]),
    /// Names of properties that must be present and have no field (`required`).
    RequiredNames(&'static [&'static str]),
    /// The only values allowed, as JSON: nulls, booleans and strings (`const`, `enum`). No value at all if there are
    /// none (`false`).
    ListedValues(&'static [&'static str]),
}

/// A numeric bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// An integer.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

impl Limit {
    /// The nearest `f64`.
    #[expect(clippy::cast_precision_loss, reason = "only for a comparison with another f64")]
    pub const fn as_f64(self) -> f64 {
        match self {
            Self::Integer(limit) => limit as f64,
            Self::Float(limit) => limit,
        }
    }

    /// The number that the document says. A fraction has the digits that it is printed with.
    fn decimal(self) -> Decimal {
        match self {
            Self::Integer(limit) => Decimal::parse(&limit.to_string()),
            Self::Float(limit) => Decimal::parse(&format!("{limit:e}")),
        }
    }

    /// On which side of it an integer is.
    fn order(self, integer: i128) -> Ordering {
        match self {
            Self::Integer(limit) => integer.cmp(&limit),
            Self::Float(_) => Decimal::parse(&integer.to_string()).order(&self.decimal()),
        }
    }

    /// Whether an integer is a multiple of it.
    fn divides(self, integer: i128) -> bool {
        match self {
            Self::Integer(divisor) => integer.checked_rem(divisor).is_none_or(|rest| rest == 0),
            Self::Float(_) => Decimal::parse(&integer.to_string()).is_multiple_of(&self.decimal()),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(limit) => limit.fmt(f),
            Self::Float(limit) => limit.fmt(f),
        }
    }
}

/// What the tables of macros call rules by.
pub mod named {
    pub use super::Limit;
    pub use super::Rule::*;
}

/// What is said of a declared property that is kept among the additional properties, since it doesn't fit.
pub(crate) const MISFIT: &str = "doesn't have its declared type";

/// A constraint that a value violates. It names sizes but never the value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The path to the value, such as `metadata.tier` or `realms[2]`. Empty for the value as a whole.
    pub path: String,
    /// What is wrong, such as `at most 128 characters, has 129`.
    pub message: String,
}

/// All the constraints that a value violates; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |Violation { path, message }: &Violation| match path.is_empty() {
            true => message.clone(),
            false => format!("{path}: {message}"),
        };
        f.write_str(&self.0.iter().map(text).collect::<Vec<_>>().join("; "))
    }
}

impl std::error::Error for Violations {}

/// The current path of a check and the violations found so far.
#[derive(Debug, Default)]
pub struct Checker {
    path: String,
    violations: Vec<Violation>,
}

impl Checker {
    /// Records a violation by the value at the current path.
    pub fn violation(&mut self, message: impl Into<String>) {
        self.violations.push(Violation { path: self.path.clone(), message: message.into() });
    }

    /// Runs `check` on the property `name`.
    pub fn property(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(&printable(name));
        check(self);
        self.path.truncate(length);
    }

    /// Runs `check` on the item at `index`.
    pub fn item(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        check(self);
        self.path.truncate(length);
    }

    /// Finishes the check.
    ///
    /// # Errors
    /// Every violation found, if any.
    pub fn finish(self) -> Result<(), Violations> {
        if self.violations.is_empty() { Ok(()) } else { Err(Violations(self.violations)) }
    }

    /// The number of violations found so far.
    pub const fn violation_count(&self) -> usize {
        self.violations.len()
    }

    /// Checks `count` against `rule` if it limits a size. `what` is the unit, in the singular and the plural.
    pub fn size(&mut self, rule: Rule, count: usize, what: (&str, &str)) {
        let count = count as u64;
        let unit = |limit: u64| if limit == 1 { what.0 } else { what.1 };
        match rule {
            Rule::MinLength(limit) | Rule::MinItems(limit) | Rule::MinProperties(limit) if count < limit => {
                self.violation(format!("at least {limit} {}, has {count}", unit(limit)));
            }
            Rule::MaxLength(limit) | Rule::MaxItems(limit) | Rule::MaxProperties(limit) if count > limit => {
                self.violation(format!("at most {limit} {}, has {count}", unit(limit)));
            }
            _ => {}
        }
    }

    /// Checks that `value` is one of those that the rules list.
    pub fn listed(&mut self, rules: &[Rule], value: &Value) {
        for rule in rules {
            match rule {
                Rule::ListedValues([]) => self.violation("no value is allowed"),
                Rule::ListedValues(listed) if !listed.contains(&value.to_string().as_str()) => {
                    self.violation(format!("must be {}", listed.join(" or ")));
                }
                _ => {}
            }
        }
    }

    /// Checks that the object has the properties that `rule` names. `has` tells which ones it has.
    pub fn required_names(&mut self, rule: Rule, has: impl Fn(&str) -> bool) {
        if let Rule::RequiredNames(names) = rule {
            for name in names.iter().filter(|name| !has(name)) {
                self.property(name, |checker| checker.violation("must be present"));
            }
        }
    }

    /// Checks a string.
    pub fn text(&mut self, rules: &[Rule], text: &str) {
        for rule in rules {
            match *rule {
                Rule::ListedValues(_) => self.listed(&[*rule], &text.into()),
                Rule::MinLength(_) | Rule::MaxLength(_) => {
                    self.size(*rule, text.chars().count(), ("character", "characters"))
                }
                Rule::Pattern(pattern) if !matches(pattern, text) => {
                    self.violation(format!("must match the pattern {pattern}"));
                }
                _ => {}
            }
        }
    }

    /// Checks an integer.
    pub fn integer(&mut self, rules: &[Rule], value: i128) {
        for rule in rules {
            match *rule {
                Rule::MultipleOf(divisor) => self.multiple(divisor, divisor.divides(value)),
                Rule::Minimum(limit)
                | Rule::Maximum(limit)
                | Rule::ExclusiveMinimum(limit)
                | Rule::ExclusiveMaximum(limit) => self.bound(*rule, limit.order(value)),
                _ => {}
            }
        }
    }

    /// Checks a number.
    pub fn float(&mut self, rules: &[Rule], value: f64) {
        if value.is_finite() {
            self.decimal_number(rules, &format!("{value:e}"));
        }
    }

    /// Checks a number that is written with these digits, a valid JSON number.
    pub fn decimal_number(&mut self, rules: &[Rule], digits: &str) {
        for rule in rules {
            match *rule {
                Rule::MultipleOf(divisor) => {
                    self.multiple(divisor, Decimal::parse(digits).is_multiple_of(&divisor.decimal()));
                }
                Rule::Minimum(limit)
                | Rule::Maximum(limit)
                | Rule::ExclusiveMinimum(limit)
                | Rule::ExclusiveMaximum(limit) => {
                    self.bound(*rule, Decimal::parse(digits).order(&limit.decimal()));
                }
                _ => {}
            }
        }
    }

    /// Checks a number that is on this side of the limit that `rule` sets.
    fn bound(&mut self, rule: Rule, order: Ordering) {
        match rule {
            Rule::Minimum(limit) if order.is_lt() => self.violation(format!("at least {limit}")),
            Rule::Maximum(limit) if order.is_gt() => self.violation(format!("at most {limit}")),
            Rule::ExclusiveMinimum(limit) if order.is_le() => self.violation(format!("more than {limit}")),
            Rule::ExclusiveMaximum(limit) if order.is_ge() => self.violation(format!("less than {limit}")),
            _ => {}
        }
    }

    fn multiple(&mut self, divisor: Limit, is_multiple: bool) {
        if !is_multiple {
            self.violation(format!("a multiple of {divisor}"));
        }
    }
}

fn matches(pattern: &'static str, text: &str) -> bool {
    static COMPILED: LazyLock<RwLock<HashMap<&'static str, Option<Regex>>>> = LazyLock::new(RwLock::default);
    if let Ok(compiled) = COMPILED.read()
        && let Some(regex) = compiled.get(pattern)
    {
        return regex.as_ref().is_none_or(|regex| regex.is_match(text));
    }
    let regex = Regex::new(pattern).ok();
    let is_match = regex.as_ref().is_none_or(|regex| regex.is_match(text));
    if let Ok(mut compiled) = COMPILED.write() {
        compiled.insert(pattern, regex);
    }
    is_match
}
