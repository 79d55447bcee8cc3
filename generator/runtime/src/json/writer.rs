//! Encoding models as JSON text.

use std::collections::BTreeMap;

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use crate::json::decode::{self, Mode};
use crate::json::strings::is_plain;
use crate::json::value::Json;
use crate::model::object::AnyObject;

/// Builds JSON text.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    /// Why a value couldn't be written as JSON.
    failure: Option<serde_json::Error>,
}

/// A type that can be encoded as JSON without loss.
pub trait ToJson {
    /// Writes this value.
    fn write(&self, json: &mut Writer);

    /// This value as an object with a property table, if it is one.
    #[doc(hidden)]
    fn any_object(&self) -> Option<&dyn AnyObject> {
        None
    }

    /// Whether an optional property with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Encodes `value` as JSON text.
///
/// # Errors
/// It contains a number that JSON can't represent.
pub fn to_vec(value: &(impl ToJson + ?Sized)) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Writer { bytes: Vec::with_capacity(256), ..Writer::default() };
    value.write(&mut json);
    json.failure.map_or(Ok(json.bytes), Err)
}

/// Converts `value` to a JSON value.
///
/// # Errors
/// It contains a number that JSON can't represent, or is nested more than 128 levels deep.
pub fn to_value(value: &(impl ToJson + ?Sized)) -> Result<Value, serde_json::Error> {
    to_json(value).map(|json| json.0)
}

/// Converts `value` to untyped JSON, with all digits of its numbers.
///
/// # Errors
/// The same as for [`to_value`].
pub(crate) fn to_json(value: &(impl ToJson + ?Sized)) -> Result<Json, serde_json::Error> {
    let text = String::from_utf8(to_vec(value)?).map_err(serde_json::Error::custom)?;
    decode::from_text(&text, Mode::Strict).map_err(serde_json::Error::custom)
}

/// Serializes `value` with serde.
///
/// # Errors
/// The serializer's errors and those of [`to_value`].
#[doc(hidden)]
pub fn serialize<S: Serializer>(value: &dyn ToJson, serializer: S) -> Result<S::Ok, S::Error> {
    to_value(value).map_err(S::Error::custom)?.serialize(serializer)
}

impl Writer {
    /// Writes a string.
    pub fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if !is_plain(bytes) {
            return self.serde(text);
        }
        self.bytes.reserve(bytes.len() + 2);
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(bytes);
        self.bytes.push(b'"');
    }

    /// Writes an object, whose properties `write` writes.
    pub fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.bytes.push(b'{');
        write(self);
        self.bytes.push(b'}');
    }

    /// Writes the name of a property. Write its value next.
    pub fn name(&mut self, name: &str) {
        self.separate(b'{');
        self.text(name);
        self.bytes.push(b':');
    }

    /// Writes the name of a property as JSON prepared in advance, including the leading comma and the colon.
    pub(crate) fn label(&mut self, label: &[u8]) {
        let is_first = self.bytes.last() == Some(&b'{');
        self.bytes.extend_from_slice(&label[usize::from(is_first)..]);
    }

    /// Writes members of an object.
    pub(crate) fn members(&mut self, members: impl Iterator<Item = (impl AsRef<str>, impl ToJson)>) {
        for (name, value) in members {
            self.name(name.as_ref());
            value.write(self);
        }
    }

    /// Writes an array, each of whose items `write` writes.
    pub fn array<T>(&mut self, items: impl IntoIterator<Item = T>, write: impl Fn(&T, &mut Self)) {
        self.bytes.push(b'[');
        for item in items {
            self.separate(b'[');
            write(&item, self);
        }
        self.bytes.push(b']');
    }

    /// Writes `value`, or the JSON that there is instead of what has been written of it.
    pub(crate) fn restored(&mut self, value: &dyn ToJson, instead_of: impl FnOnce(&[u8]) -> Option<Vec<u8>>) {
        let start = self.bytes.len();
        value.write(self);
        if let Some(json) = instead_of(&self.bytes[start..]) {
            self.bytes.truncate(start);
            self.bytes.extend_from_slice(&json);
        }
    }

    /// Writes a value, given as JSON text.
    pub(crate) fn json_text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Writes any value that serde can serialize.
    pub fn serde(&mut self, value: &(impl Serialize + ?Sized)) {
        if let Err(error) = serde_json::to_writer(&mut self.bytes, value) {
            self.failure = Some(error);
        }
    }

    /// Writes a comma, except directly after `open`.
    pub(crate) fn separate(&mut self, open: u8) {
        if self.bytes.last() != Some(&open) {
            self.bytes.push(b',');
        }
    }
}

macro_rules! by_serde {
    ($($type:ty),* $(,)?) => { $(impl ToJson for $type {
        fn write(&self, json: &mut Writer) {
            json.serde(self);
        }
    })* };
}
by_serde!(i32, i64, u64, Value);

impl ToJson for bool {
    fn write(&self, json: &mut Writer) {
        if *self { json.bytes.extend_from_slice(b"true") } else { json.bytes.extend_from_slice(b"false") }
    }
}

impl ToJson for String {
    fn write(&self, json: &mut Writer) {
        json.text(self);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, json: &mut Writer) {
        if let Some(value) = self { value.write(json) } else { json.json_text("null") }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, json: &mut Writer) {
        json.array(self, |item, json| item.write(json));
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    fn write(&self, json: &mut Writer) {
        json.object(|json| {
            for (name, value) in self {
                json.name(name);
                value.write(json);
            }
        });
    }
}

/// Implements serde's traits on top of `FromJson` and `ToJson`.
#[doc(hidden)]
#[macro_export]
macro_rules! by_json {
    ($name:ident) => {
        const _: () = {
            use $crate::json::external::serde;

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $crate::json::writer::serialize(self, serializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $crate::json::decode::deserialize(deserializer)
                }
            }
        };
    };
}
#[doc(hidden)]
pub use by_json;
