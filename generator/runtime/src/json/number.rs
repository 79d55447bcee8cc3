//! Numbers of any kind, preserved digit for digit so that nothing is lost.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::scalars::{digits, number};
use crate::json::writer::{ToJson, Writer};
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

/// A JSON number, preserved as it was written: `1` and `1.0` stay distinct.
///
/// JSON has neither NaN nor infinities. A number made from one of them is rejected before it is sent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Option<serde_json::Number>);

impl Number {
    /// The nearest `f64`, or NaN for a number that JSON can't represent.
    pub fn as_f64(&self) -> f64 {
        self.0.as_ref().and_then(serde_json::Number::as_f64).unwrap_or(f64::NAN)
    }

    /// The number as an integer, if it is one and fits into an `i64`.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_ref()?.as_i64()
    }
}

impl Default for Number {
    fn default() -> Self {
        Self(Some(0.into()))
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(serde_json::Number::from_f64(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Some(value.into()))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(Some(value.into()))
    }
}

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self(Some(value))
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
            Some(number) => number.fmt(f),
            None => f.write_str("NaN"),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(number) => number.serialize(serializer),
            None => Err(serde::ser::Error::custom("JSON can't represent NaN or infinity")),
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
            Some(number) => match number.as_i128() {
                Some(integer) => checker.integer(rules, integer),
                None => checker.float(rules, self.as_f64()),
            },
            None => checker.violation("must be a finite number"),
        }
    }
}

impl FromJson for Number {
    fn kinds() -> Kinds {
        Kinds::NUMBER
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        digits(reader, "a number", |digits| number(digits).map(Self::from))
    }
}

impl ToJson for Number {
    fn write(&self, json: &mut Writer) {
        json.serde(self);
    }
}
