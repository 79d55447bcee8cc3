//! From JSON to a model, keeping whatever doesn't fit.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Json, JsonObject, Number, Patch, Secret};

/// JSON that isn't of the form its type asks for. It says types, never the value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// Where in the JSON, e.g. `options.scripts[3].name`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl DecodeError {
    /// An error at the value itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// The same error seen from the object that has the value as its property `name`.
    #[must_use]
    pub fn below(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{dot}{}", self.path);
        self
    }

    fn expected(what: &str, value: &Value) -> Self {
        let got = match value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        Self::new(format!("expected {what}, got {got}"))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

/// What to do with a value that doesn't fit its property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Refuse it.
    Strict,
    /// Keep it as JSON among the additional properties if the property may be absent, else refuse it.
    Lenient,
}

/// Made from a JSON value, losing nothing of it.
pub trait FromJson: Sized {
    /// Decodes `value`.
    ///
    /// # Errors
    /// It isn't of this type's form.
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError>;
}

/// Decodes the JSON text `bytes`: first directly; if that fails leniently, which also tells where an error is.
///
/// # Errors
/// It isn't JSON, or something that must be there isn't or has another type.
pub fn from_slice<T: DeserializeOwned + FromJson>(bytes: &[u8]) -> Result<T, DecodeError> {
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    let value = serde_json::from_slice(bytes).map_err(|error| {
        DecodeError::new(format!("not JSON: line {}, column {}", error.line(), error.column()))
    })?;
    T::from_json(value, Mode::Lenient)
}

/// Takes `value` apart as an object.
///
/// # Errors
/// It isn't one.
pub fn object(value: Value) -> Result<serde_json::Map<String, Value>, DecodeError> {
    match value {
        Value::Object(map) => Ok(map),
        other => Err(DecodeError::expected("an object", &other)),
    }
}

macro_rules! by_serde {
    ($($type:ty: $what:literal),* $(,)?) => { $(impl FromJson for $type {
        fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
            serde::Deserialize::deserialize(&value).map_err(|_: serde_json::Error| DecodeError::expected($what, &value))
        }
    })* };
}
by_serde! {
    String: "a string", bool: "a boolean", i32: "a 32-bit integer", i64: "a 64-bit integer",
    u64: "an unsigned integer", Number: "a number", super::DateTime: "a string", super::Date: "a string",
    super::Uuid: "a string", super::Base64: "a string",
}

impl FromJson for Json {
    fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
        Ok(Self(value))
    }
}

impl FromJson for JsonObject {
    fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
        object(value).map(Self)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        if value.is_null() { Ok(None) } else { T::from_json(value, mode).map(Some) }
    }
}

impl<T: FromJson> FromJson for Patch<T> {
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        if value.is_null() { Ok(Self::Null) } else { T::from_json(value, mode).map(Self::Value) }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        T::from_json(value, mode).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Secret<T> {
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        T::from_json(value, mode).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        let Value::Array(items) = value else { return Err(DecodeError::expected("an array", &value)) };
        items
            .into_iter()
            .enumerate()
            .map(|(index, item)| T::from_json(item, mode).map_err(|error| error.below(&format!("[{index}]"))))
            .collect()
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        object(value)?
            .into_iter()
            .map(|(name, value)| match T::from_json(value, mode) {
                Ok(value) => Ok((name, value)),
                Err(error) => Err(error.below(&name)),
            })
            .collect()
    }
}

macro_rules! tuples {
    ($($count:literal ($($item:ident $index:tt),*))*) => { $(
        impl<$($item: FromJson),*> FromJson for ($($item,)*) {
            fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
                match value {
                    Value::Array(items) if items.len() == $count => {
                        let mut items = items.into_iter();
                        Ok(($($item::from_json(items.next().unwrap_or_default(), mode)
                            .map_err(|error| error.below(concat!("[", $index, "]")))?,)*))
                    }
                    other => Err(DecodeError::expected(concat!("an array of ", $count), &other)),
                }
            }
        }

        impl<$($item: super::Validate),*> super::Validate for ($($item,)*) {
            fn check(&self, _: &[super::Rule], checker: &mut super::Checker) {
                $(checker.item($index, |checker| self.$index.check(&[], checker));)*
            }
        }
    )* };
}
tuples! {
    1 (A 0)
    2 (A 0, B 1)
    3 (A 0, B 1, C 2)
    4 (A 0, B 1, C 2, D 3)
    5 (A 0, B 1, C 2, D 3, E 4)
    6 (A 0, B 1, C 2, D 3, E 4, F 5)
    7 (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    8 (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
