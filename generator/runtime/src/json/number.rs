//! Numbers of any kind, preserved digit for digit so that nothing is lost.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::decimal::Decimal;
use crate::json::decode::FromJson;
use crate::json::digits;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::{ToJson, Writer};
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

/// A JSON number, preserved digit for digit as it was written: `1`, `1.0` and `1.00` stay distinct, and no
/// number is too large or too long.
///
/// JSON has neither NaN nor infinities. A number made from one of them is rejected before it is sent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Inner);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Inner {
    /// A number that `serde_json` writes as it was written.
    Plain(serde_json::Number),
    /// The digits of any other number.
    Digits(Box<str>),
    /// Not a number that JSON can represent.
    None,
}

impl Number {
    /// The nearest `f64`, which is infinite for a number that is too large, or NaN for one that JSON can't
    /// represent.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Inner::Plain(number) => number.as_f64().unwrap_or(f64::NAN),
            Inner::Digits(digits) => digits.parse().unwrap_or(f64::NAN),
            Inner::None => f64::NAN,
        }
    }

    /// The number as an integer, if it is one and fits into an `i64`.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Inner::Plain(number) => number.as_i64(),
            Inner::Digits(digits) => Decimal::parse(digits).as_i128()?.try_into().ok(),
            Inner::None => None,
        }
    }

    /// The number with these digits, a valid JSON number.
    fn of(digits: &str) -> Self {
        match digits::number(digits) {
            (_, Some(_)) => Self(Inner::Digits(digits.into())),
            (number, None) => number.into(),
        }
    }
}

impl Default for Number {
    fn default() -> Self {
        Self(Inner::Plain(0.into()))
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(serde_json::Number::from_f64(value).map_or(Inner::None, Inner::Plain))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Inner::Plain(value.into()))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(Inner::Plain(value.into()))
    }
}

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self(Inner::Plain(value))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Plain(number) => number.fmt(f),
            Inner::Digits(digits) => f.write_str(digits),
            Inner::None => f.write_str("NaN"),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Inner::Plain(number) => number.serialize(serializer),
            Inner::Digits(digits) => digits::nearest(digits).serialize(serializer),
            Inner::None => Err(serde::ser::Error::custom("JSON can't represent NaN or infinity")),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::Number::deserialize(deserializer).map(Self::from)
    }
}

impl Validate for Number {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        match &self.0 {
            Inner::Plain(number) => match number.as_i128() {
                Some(integer) => checker.integer(rules, integer),
                None => checker.decimal_number(rules, &number.to_string()),
            },
            Inner::Digits(digits) => checker.decimal_number(rules, digits),
            Inner::None => checker.violation("must be a finite number"),
        }
    }
}

impl FromJson for Number {
    fn kinds() -> Kinds {
        Kinds::NUMBER
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.number("a number").map(Self::of)
    }
}

impl ToJson for Number {
    fn write(&self, json: &mut Writer) {
        match &self.0 {
            Inner::Digits(digits) => json.json_text(digits),
            _ => json.serde(self),
        }
    }
}
