//! Decoding JSON into models, without losing values that don't fit.

use std::collections::BTreeMap;

use serde::de::{Deserialize as _, Deserializer, Error as _};
use serde_json::Value;

use crate::json::decimal::Decimal;
pub use crate::json::decode_error::DecodeError;
use crate::json::kinds::Kinds;
use crate::json::nearest::Range;
use crate::json::reader::below;
pub use crate::json::reader::{Fault, Reader};
use crate::json::scan::line_and_column;
use crate::json::writer::{ToJson, to_vec};
use crate::model::object::{Shape, Slots};

/// What to do with a value that doesn't fit its property's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reject it.
    Strict,
    /// Keep it as JSON among the additional properties if the property is optional. Otherwise reject it.
    Lenient,
}

/// A type that can be decoded from JSON without loss.
pub trait FromJson: Sized + 'static {
    /// The kinds of JSON values that this type can be decoded from.
    #[doc(hidden)]
    fn kinds() -> Kinds {
        if Self::object_shape().is_some() { Kinds::OBJECT } else { Kinds::ANY }
    }

    /// Reads the next value.
    ///
    /// # Errors
    /// The text isn't JSON, or the value doesn't fit this type.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault>;

    /// Like [`read`](Self::read), but reads the alternative that `tag`, the value of another property,
    /// selects.
    ///
    /// # Errors
    /// The same as for `read`.
    #[doc(hidden)]
    #[inline]
    fn read_chosen(reader: &mut Reader<'_>, _tag: Option<&str>) -> Result<Self, Fault> {
        Self::read(reader)
    }

    /// The text on the wire, for a value that can select an alternative.
    #[doc(hidden)]
    fn tag(&self) -> Option<&str> {
        None
    }

    /// What null is, if it is a value of this type.
    #[doc(hidden)]
    fn null() -> Option<Self> {
        None
    }

    /// The property table and the slots, if this type is an object.
    #[doc(hidden)]
    fn object_shape() -> Option<(&'static Shape, Slots)> {
        None
    }

    /// Decodes `value`.
    ///
    /// # Errors
    /// The value doesn't fit this type.
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        from_text(&value.to_string(), mode)
    }
}

/// Decodes the JSON text `bytes` leniently.
///
/// # Errors
/// The text isn't JSON, or a required property is missing or has the wrong type.
pub fn from_slice<T: FromJson>(bytes: &[u8]) -> Result<T, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_text(text, Mode::Lenient),
        Err(error) => Err(at("not JSON: not UTF-8", bytes, error.valid_up_to())),
    }
}

/// Decodes the JSON text `text`.
///
/// # Errors
/// The text isn't JSON, or a required property is missing or has the wrong type.
pub fn from_text<T: FromJson>(text: &str, mode: Mode) -> Result<T, DecodeError> {
    let mut reader = Reader::new(text, mode);
    let read = T::read(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|fault| explained(text, *fault))
}

/// `fault`, or what is wrong with `text` itself and where, if it isn't JSON.
fn explained(text: &str, fault: DecodeError) -> DecodeError {
    let mut reader = Reader::new(text, Mode::Strict);
    let _ = reader.value().and_then(|_| reader.end());
    reader.flaw.map_or(fault, |flaw| at(flaw.what, text.as_bytes(), flaw.at))
}

fn at(what: &str, text: &[u8], at: usize) -> DecodeError {
    let (line, column) = line_and_column(text, at);
    DecodeError::new(format!("{what}: line {line}, column {column}"))
}

/// Decodes `value`, digit for digit.
///
/// # Errors
/// The value doesn't fit `T`.
#[doc(hidden)]
pub fn convert<T: FromJson>(value: &impl ToJson, mode: Mode) -> Result<T, DecodeError> {
    let text = to_vec(value).map_err(|error| DecodeError::new(error.to_string()))?;
    from_text(&String::from_utf8_lossy(&text), mode)
}

/// Deserializes a value from any format that serde supports.
///
/// # Errors
/// The deserializer's errors and those of [`FromJson::from_json`].
#[doc(hidden)]
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::from_json(Value::deserialize(deserializer)?, Mode::Lenient).map_err(D::Error::custom)
}

impl<T: FromJson> FromJson for Option<T> {
    fn kinds() -> Kinds {
        T::kinds().or(Kinds::NULL)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.null() { Ok(None) } else { T::read(reader).map(Some) }
    }

    fn tag(&self) -> Option<&str> {
        self.as_ref().and_then(FromJson::tag)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn kinds() -> Kinds {
        Kinds::ARRAY
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut items = Self::new();
        reader.read_array(|reader, _| {
            items.push(T::read(reader)?);
            Ok(())
        })?;
        Ok(items)
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn kinds() -> Kinds {
        Kinds::OBJECT
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut entries = Self::new();
        reader.read_object(|reader| {
            let name = reader.name()?;
            let value = T::read(reader).map_err(|fault| below(fault, &name))?;
            entries.insert(name.into_owned(), value);
            Ok(())
        })?;
        Ok(entries)
    }
}

/// Parses `digits`, a valid JSON number, as an integer.
fn integer(digits: &str) -> Option<i128> {
    digits.parse::<i64>().map(i128::from).ok().or_else(|| Decimal::parse(digits).as_i128())
}

macro_rules! integers {
    ($($type:ty: $what:literal, $is_declared:literal;)*) => { $(impl FromJson for $type {
        fn kinds() -> Kinds {
            Kinds::NUMBER
        }

        fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            const RANGE: Range<$type> =
                Range { what: $what, least: <$type>::MIN, greatest: <$type>::MAX, is_declared: $is_declared };
            let digits = reader.number($what)?;
            match integer(digits).and_then(|integer| integer.try_into().ok()) {
                Some(integer) => Ok(integer),
                None => reader.instead_of(digits, &RANGE),
            }
        }
    })* };
}
// Integers without a format have one of the larger types.
integers! { i32: "a 32-bit integer", true; i64: "a 64-bit integer", false; u64: "an unsigned integer", false; }

impl FromJson for bool {
    fn kinds() -> Kinds {
        Kinds::BOOLEAN
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.boolean()
    }
}

impl FromJson for String {
    fn kinds() -> Kinds {
        Kinds::STRING
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.string().map(Into::into)
    }

    fn tag(&self) -> Option<&str> {
        Some(self)
    }
}
