//! From JSON to a model, keeping whatever doesn't fit.

use std::collections::BTreeMap;
use std::fmt;

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

pub use super::decode_error::DecodeError;
use super::kept;
use super::shape::Shape;
use super::{Json, JsonObject, Kinds, Number, Patch, Secret};

/// What to do with a value that doesn't fit its property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Refuse it.
    Strict,
    /// Keep it as JSON among the additional properties if the property may be absent, else refuse it.
    Lenient,
}

/// Made from a JSON value, losing nothing of it.
pub trait FromJson: DeserializeOwned + 'static {
    /// The kinds of values that it can be made from.
    const KINDS: Kinds = Kinds::ANY;

    /// Decodes `value`.
    ///
    /// # Errors
    /// It isn't of this type's form.
    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError>;

    /// As `deserialize`, but takes `1.0` for an integer (JSON Schema 2020-12, core, section 4.2.3), here and in
    /// what it holds.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// Decodes the JSON text `text` as [`decode`](Self::decode) does; a union tries its alternatives on the text
    /// itself.
    ///
    /// # Errors
    /// It isn't JSON, or not of this type's form.
    fn from_text(text: &[u8]) -> Result<Self, serde_json::Error> {
        let text = std::str::from_utf8(text).map_err(serde::de::Error::custom)?;
        kept::eagerly(|| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let value = Self::decode(&mut deserializer)?;
            deserializer.end()?;
            Ok(value)
        })
    }

    /// As [`decode`](Self::decode), of the alternative that `tag` chooses, which is one of
    /// [`known`](super::siblings::Follow::known).
    ///
    /// # Errors
    /// Those of the deserializer.
    fn decode_alternative<'de, D: Deserializer<'de>>(_tag: &str, deserializer: D) -> Result<Self, D::Error> {
        Self::decode(deserializer)
    }

    /// The properties of an object of this type, if it is one.
    fn shape() -> Option<&'static Shape> {
        None
    }

    /// What stands for a value until another property has chosen its type; `None` if none chooses.
    fn pending() -> Option<Self> {
        None
    }
}

/// Decodes by [`FromJson::decode`] where serde asks for a seed.
#[derive(Debug)]
pub struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    /// The only one.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for Seed<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'de, T: FromJson> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

/// Decodes the JSON text `bytes`: first directly; if that fails leniently, which also tells where an error is.
///
/// # Errors
/// It isn't JSON, or something that must be there isn't or has another type.
pub fn from_slice<T: FromJson>(bytes: &[u8]) -> Result<T, DecodeError> {
    if let Ok(value) = T::from_text(bytes) {
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
    ($($type:ty: $kind:ident $what:literal),* $(,)?) => { $(impl FromJson for $type {
        const KINDS: Kinds = Kinds::$kind;

        fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
            serde::Deserialize::deserialize(&value).map_err(|_: serde_json::Error| DecodeError::expected($what, &value))
        }
    })* };
}
by_serde! {
    bool: BOOLEAN "a boolean", Number: NUMBER "a number", super::DateTime: STRING "a string",
    super::Date: STRING "a string", super::Uuid: STRING "a string", super::Base64: STRING "a string",
}

impl FromJson for String {
    const KINDS: Kinds = Kinds::STRING;

    fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(DecodeError::expected("a string", &other)),
        }
    }
}

/// The whole number that `value` is, if it is one that fits: `1.0` is an integer in JSON Schema.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the range is checked first"
)]
pub(super) fn whole(value: f64) -> Option<i64> {
    let fits = value.fract() == 0.0 && value >= i64::MIN as f64 && value < i64::MAX as f64;
    fits.then_some(value as i64)
}

macro_rules! integers {
    ($($type:ty: $what:literal),* $(,)?) => { $(impl FromJson for $type {
        const KINDS: Kinds = Kinds::NUMBER;

        fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
            Self::decode(&value).map_err(|_: serde_json::Error| DecodeError::expected($what, &value))
        }

        fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Integer;
            impl Visitor<'_> for Integer {
                type Value = $type;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str($what)
                }

                fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<$type, E> {
                    value.try_into().map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(value), &self))
                }

                fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<$type, E> {
                    value.try_into().map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(value), &self))
                }

                fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<$type, E> {
                    let whole = whole(value).and_then(|whole| whole.try_into().ok());
                    whole.ok_or_else(|| E::invalid_value(serde::de::Unexpected::Float(value), &self))
                }
            }
            deserializer.deserialize_i64(Integer)
        }
    })* };
}
integers! { i32: "a 32-bit integer", i64: "a 64-bit integer", u64: "an unsigned integer" }

impl FromJson for Json {
    fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
        Ok(Self(value))
    }
}

impl FromJson for JsonObject {
    const KINDS: Kinds = Kinds::OBJECT;

    fn from_json(value: Value, _: Mode) -> Result<Self, DecodeError> {
        object(value).map(Self::from)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    const KINDS: Kinds = T::KINDS.or(Kinds::NULL);

    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        if value.is_null() { Ok(None) } else { T::from_json(value, mode).map(Some) }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Nullable<T>(PhantomData<T>);
        impl<'de, T: FromJson> Visitor<'de> for Nullable<T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_none<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_unit<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
                T::decode(deserializer).map(Some)
            }
        }
        deserializer.deserialize_option(Nullable(PhantomData))
    }
}

impl<T: FromJson> FromJson for Patch<T> {
    const KINDS: Kinds = T::KINDS.or(Kinds::NULL);

    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        if value.is_null() { Ok(Self::Null) } else { T::from_json(value, mode).map(Self::Value) }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::decode(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

impl<T: FromJson> FromJson for Box<T> {
    const KINDS: Kinds = T::KINDS;

    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        T::from_json(value, mode).map(Self::new)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Self::new)
    }

    fn decode_alternative<'de, D: Deserializer<'de>>(tag: &str, deserializer: D) -> Result<Self, D::Error> {
        T::decode_alternative(tag, deserializer).map(Self::new)
    }

    fn shape() -> Option<&'static Shape> {
        T::shape()
    }

    fn pending() -> Option<Self> {
        T::pending().map(Self::new)
    }
}

impl<T: FromJson> FromJson for Secret<T> {
    const KINDS: Kinds = T::KINDS;

    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        T::from_json(value, mode).map(Self::new)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    const KINDS: Kinds = Kinds::ARRAY;

    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        let Value::Array(items) = value else { return Err(DecodeError::expected("an array", &value)) };
        items
            .into_iter()
            .enumerate()
            .map(|(index, item)| T::from_json(item, mode).map_err(|error| error.below(&format!("[{index}]"))))
            .collect()
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: FromJson> Visitor<'de> for List<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = access.next_element_seed(Seed::new())? {
                    items.push(item);
                }
                Ok(items)
            }
        }
        deserializer.deserialize_seq(List(PhantomData))
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    const KINDS: Kinds = Kinds::OBJECT;

    fn from_json(value: Value, mode: Mode) -> Result<Self, DecodeError> {
        object(value)?
            .into_iter()
            .map(|(name, value)| match T::from_json(value, mode) {
                Ok(value) => Ok((name, value)),
                Err(error) => Err(error.below(&name)),
            })
            .collect()
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: FromJson> Visitor<'de> for Entries<T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<BTreeMap<String, T>, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some(name) = access.next_key()? {
                    entries.insert(name, access.next_value_seed(Seed::new())?);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

macro_rules! tuples {
    ($($count:literal ($($item:ident $index:tt),*))*) => { $(
        impl<$($item: FromJson),*> FromJson for ($($item,)*) {
            const KINDS: Kinds = Kinds::ARRAY;

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

            fn decode<'de, __D: Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                let value = <Value as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_json(value, Mode::Lenient).map_err(serde::de::Error::custom)
            }
        }

        impl<$($item: super::Validate),*> super::Validate for ($($item,)*) {
            fn check(&self, rules: &[super::Rule], checker: &mut super::Checker) {
                let pick = |rule: &super::Rule| match rule {
                    super::Rule::PrefixItems(lists) => Some(*lists),
                    _ => None,
                };
                let lists = rules.iter().find_map(pick).unwrap_or(&[]);
                $(checker.item($index, |checker| {
                    self.$index.check(lists.get($index).copied().unwrap_or(&[]), checker);
                });)*
            }

            fn unknowns(&self) -> usize {
                0 $(+ self.$index.unknowns())*
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
