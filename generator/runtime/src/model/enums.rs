//! The enum macros and what they share.

use crate::json::decode::{self, Mode};
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::value::Json;
use crate::json::writer::Writer;
use crate::model::codec::{Checks, Decodes, Encodes};
use crate::model::rules::{Checker, Rule};

/// Parses a JSON literal that the generator wrote.
pub fn parse(text: &str) -> Json {
    decode::from_text(text, Mode::Strict).unwrap_or_default()
}

/// An open enum of strings.
pub trait StringEnum: for<'t> From<&'t str> + 'static {
    /// The value on the wire.
    fn text(&self) -> &str;

    /// Whether the document doesn't list this value.
    fn is_unknown(&self) -> bool;
}

/// The codec of open enums of strings. Any value is valid; one that the document doesn't list counts as unknown.
#[derive(Debug)]
pub enum StringEnumCodec {}

impl<T: StringEnum> Decodes<T> for StringEnumCodec {
    fn kinds() -> Kinds {
        Kinds::STRING
    }

    fn read(reader: &mut Reader<'_>) -> Result<T, Fault> {
        reader.string().map(|text| T::from(&*text))
    }

    fn tag(value: &T) -> Option<&str> {
        Some(value.text())
    }
}

impl<T: StringEnum> Encodes<T> for StringEnumCodec {
    fn write(value: &T, json: &mut Writer) {
        json.text(value.text());
    }
}

impl<T: StringEnum> Checks<T> for StringEnumCodec {
    fn check(_: &T, _: &[Rule], _: &mut Checker) {}

    fn unknowns(value: &T) -> usize {
        usize::from(value.is_unknown())
    }
}

/// Implements the traits of an open enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum_traits {
    ($name:ident, $unknown:ident) => {
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::json::external::serde::Serialize for $name {
            fn serialize<S: $crate::json::external::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::json::external::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::external::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::model::enums::TextVisitor(|text: &str| Self::from(text)))
            }
        }

        impl $crate::model::codec::Model for $name {
            type Codec = $crate::model::enums::StringEnumCodec;
        }

        impl $crate::model::enums::StringEnum for $name {
            #[inline]
            fn text(&self) -> &str {
                self.as_str()
            }

            #[inline]
            fn is_unknown(&self) -> bool {
                matches!(self, Self::$unknown(_))
            }
        }
    };
}
#[doc(hidden)]
pub use string_enum_traits;

/// Implements the traits of an open enum of integers.
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum_traits {
    ($name:ident, $unknown:ident) => {
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::json::external::serde::Serialize for $name {
            fn serialize<S: $crate::json::external::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> $crate::json::external::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::external::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::decode::deserialize::<i64, D>(deserializer).map(Self::from)
            }
        }

        impl $crate::json::decode::FromJson for $name {
            #[inline]
            fn kinds() -> $crate::json::kinds::Kinds {
                $crate::json::kinds::Kinds::NUMBER
            }

            #[inline]
            fn read(
                reader: &mut $crate::json::reader::Reader<'_>,
            ) -> Result<Self, $crate::json::reader::Fault> {
                <i64 as $crate::json::decode::FromJson>::read(reader).map(Self::from)
            }
        }

        impl $crate::json::writer::ToJson for $name {
            #[inline]
            fn write(&self, json: &mut $crate::json::writer::Writer) {
                $crate::json::writer::ToJson::write(&self.as_i64(), json);
            }
        }

        $crate::model::enums::validate_enum!($name, $unknown);
    };
}
#[doc(hidden)]
pub use integer_enum_traits;

/// Implements the traits of an open enum of any JSON values.
#[doc(hidden)]
#[macro_export]
macro_rules! json_enum_traits {
    ($name:ident, $unknown:ident) => {
        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&self.to_json(), state);
            }
        }

        impl $crate::json::external::serde::Serialize for $name {
            fn serialize<S: $crate::json::external::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::json::external::serde::Serialize::serialize(&self.to_json(), serializer)
            }
        }

        impl<'de> $crate::json::external::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::external::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                <$crate::json::value::Json as $crate::json::external::serde::Deserialize>::deserialize(
                    deserializer,
                )
                .map(Self::from)
            }
        }

        impl $crate::json::decode::FromJson for $name {
            #[inline]
            fn read(
                reader: &mut $crate::json::reader::Reader<'_>,
            ) -> Result<Self, $crate::json::reader::Fault> {
                reader.value().map(Self::from)
            }
        }

        impl $crate::json::writer::ToJson for $name {
            #[inline]
            fn write(&self, json: &mut $crate::json::writer::Writer) {
                $crate::json::writer::ToJson::write(&self.to_json(), json);
            }
        }

        $crate::model::enums::validate_enum!($name, $unknown);
    };
}
#[doc(hidden)]
pub use json_enum_traits;

/// Any value of an open enum is valid. One that the document doesn't list counts as unknown.
#[doc(hidden)]
#[macro_export]
macro_rules! validate_enum {
    ($name:ident, $unknown:ident) => {
        impl $crate::model::validate::Validate for $name {
            #[inline]
            fn check(&self, _: &[$crate::model::rules::Rule], _: &mut $crate::model::rules::Checker) {}

            #[inline]
            fn unknowns(&self) -> usize {
                usize::from(matches!(self, Self::$unknown(_)))
            }
        }
    };
}
#[doc(hidden)]
pub use validate_enum;

/// A visitor that converts a string without taking ownership of it.
#[derive(Clone, Copy, Debug)]
pub struct TextVisitor<F>(pub F);

impl<T, F: FnOnce(&str) -> T> serde::de::Visitor<'_> for TextVisitor<F> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(self.0(text))
    }
}

/// Implements an open enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident: $value:literal;)* } $unknown:ident) => {
        impl $name {
            /// The values that the document lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown(value.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        /// Never fails: a value that the document doesn't list is kept.
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        $crate::model::enums::string_enum_traits!($name, $unknown);
    };
}
#[doc(hidden)]
pub use string_enum;

/// Implements an open enum of integers.
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident: $value:literal;)* } $unknown:ident) => {
        impl $name {
            /// The values that the document lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            #[inline]
            pub const fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => *value,
                }
            }
        }

        impl From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown(value),
                }
            }
        }

        $crate::model::enums::integer_enum_traits!($name, $unknown);
    };
}
#[doc(hidden)]
pub use integer_enum;

/// Implements an open enum of any JSON values, given as JSON text.
#[doc(hidden)]
#[macro_export]
macro_rules! json_enum {
    ($name:ident { $($variant:ident: $value:literal;)* } $unknown:ident) => {
        impl $name {
            /// The value on the wire.
            #[inline]
            pub fn to_json(&self) -> $crate::json::value::Json {
                match self {
                    $(Self::$variant => $crate::model::enums::parse($value),)*
                    Self::$unknown(value) => value.clone(),
                }
            }
        }

        impl From<$crate::json::value::Json> for $name {
            #[inline]
            fn from(value: $crate::json::value::Json) -> Self {
                $(if value == $crate::model::enums::parse($value) {
                    return Self::$variant;
                })*
                Self::$unknown(value)
            }
        }

        $crate::model::enums::json_enum_traits!($name, $unknown);
    };
}
#[doc(hidden)]
pub use json_enum;

#[cfg(test)]
mod tests {
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Use {
        Signing,
        Unknown(String),
    }

    string_enum! { Use { Signing: "signing"; } Unknown }

    #[test]
    fn a_value_is_parsed_from_text_and_shown_as_it() {
        for (text, value) in [("signing", Use::Signing), ("Signing", Use::Unknown("Signing".to_owned()))] {
            assert_eq!(text.parse(), Ok(value.clone()));
            assert_eq!((value.to_string(), value.as_str()), (text.to_owned(), text));
        }
        assert_eq!(Use::ALL, [Use::Signing]);
    }
}
