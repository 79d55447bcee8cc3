//! From JSON to models, keeping whatever doesn't fit.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny};
use serde_json::Value;

pub use crate::json::decode_error::DecodeError;
use crate::json::kinds::Kinds;
use crate::json::reader::below;
pub use crate::json::reader::{Fault, Reader};
use crate::json::value::JsonObject;
use crate::model::shape::Shape;

/// What to do with a value that doesn't fit its property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Refuse it.
    Strict,
    /// Keep it as JSON among the additional properties if the property may be absent, else refuse it.
    Lenient,
}

/// Made from JSON, losing nothing of it.
pub trait FromJson: Sized + 'static {
    /// The kinds of values that it can be made from.
    fn kinds() -> Kinds {
        if Self::shape().is_some() { Kinds::OBJECT } else { Kinds::ANY }
    }

    /// Reads the next value.
    ///
    /// # Errors
    /// It isn't JSON, or not of this type's form.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault>;

    /// As [`read`](Self::read), of the alternative that another property, whose value is `tag`, chooses.
    ///
    /// # Errors
    /// Those of `read`.
    fn read_chosen(reader: &mut Reader<'_>, _tag: Option<&str>) -> Result<Self, Fault> {
        Self::read(reader)
    }

    /// The text on the wire, of a value that chooses an alternative.
    fn tag(&self) -> Option<&str> {
        None
    }

    /// The properties of an object of this type, if it is one.
    fn shape() -> Option<&'static Shape> {
        None
    }

    /// Decodes `value`.
    ///
    /// # Errors
    /// It isn't of this type's form.
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        from_text(&value.to_string(), mode)
    }
}

/// Decodes the JSON text `bytes` leniently.
///
/// # Errors
/// It isn't JSON, or something that must be there isn't or has another type.
pub fn from_slice<T: FromJson>(bytes: &[u8]) -> Result<T, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_text(text, Mode::Lenient),
        Err(_) => Err(DecodeError::new("not JSON: not UTF-8")),
    }
}

/// Decodes the JSON text `text`.
///
/// # Errors
/// It isn't JSON, or something that must be there isn't or has another type.
pub fn from_text<T: FromJson>(text: &str, mode: Mode) -> Result<T, DecodeError> {
    let mut reader = Reader::new(text, mode);
    T::read(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|fault| explained(text, *fault))
}

/// `fault`, unless `text` isn't JSON: then where it isn't.
fn explained(text: &str, fault: DecodeError) -> DecodeError {
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => fault,
        Err(error) => DecodeError::new(format!("not JSON: line {}, column {}", error.line(), error.column())),
    }
}

/// Reads a value by way of serde, from whatever serde reads.
///
/// # Errors
/// Those of the deserializer, and those of [`FromJson::from_json`].
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

impl<T: FromJson> FromJson for Box<T> {
    fn kinds() -> Kinds {
        T::kinds()
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::read(reader).map(Self::new)
    }

    fn read_chosen(reader: &mut Reader<'_>, tag: Option<&str>) -> Result<Self, Fault> {
        T::read_chosen(reader, tag).map(Self::new)
    }

    fn tag(&self) -> Option<&str> {
        (**self).tag()
    }

    fn shape() -> Option<&'static Shape> {
        T::shape()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn kinds() -> Kinds {
        Kinds::ARRAY
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut items = Self::new();
        reader.array(|reader, _| {
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
        reader.object(|reader, name| {
            let value = T::read(reader).map_err(|fault| below(fault, &name))?;
            entries.insert(name.into_owned(), value);
            Ok(())
        })?;
        Ok(entries)
    }
}

impl FromJson for JsonObject {
    fn kinds() -> Kinds {
        Kinds::OBJECT
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        match reader.kind() {
            Kinds::OBJECT => Ok(reader.map()?.into()),
            _ => Err(reader.expected("an object")),
        }
    }
}
