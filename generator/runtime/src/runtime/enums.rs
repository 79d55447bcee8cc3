//! What the enum macros share.

use super::Json;

/// The JSON value of a literal that the generator wrote.
pub fn parse(text: &str) -> Json {
    Json(serde_json::from_str(text).unwrap_or_default())
}

/// The traits of an open enum of strings.
macro_rules! string_enum_traits {
    ($name:ident, $unknown:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer
                    .deserialize_str($crate::runtime::enums::TextVisitor(|text: &str| Self::from(text)))
            }
        }

        impl $crate::runtime::FromJson for $name {
            fn kinds() -> $crate::runtime::Kinds {
                $crate::runtime::Kinds::STRING
            }

            fn read(
                reader: &mut $crate::runtime::decode::Reader<'_>,
            ) -> Result<Self, $crate::runtime::decode::Fault> {
                reader.string().map(|text| Self::from(&*text))
            }

            fn tag(&self) -> Option<&str> {
                Some(self.as_str())
            }
        }

        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::encode::Writer) {
                json.text(self.as_str());
            }
        }

        $crate::runtime::enums::validate_enum!($name, $unknown);
    };
}
pub(crate) use string_enum_traits;

/// The traits of an open enum of integers.
macro_rules! integer_enum_traits {
    ($name:ident, $unknown:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::decode::deserialize::<i64, D>(deserializer).map(Self::from)
            }
        }

        impl $crate::runtime::FromJson for $name {
            fn kinds() -> $crate::runtime::Kinds {
                $crate::runtime::Kinds::NUMBER
            }

            fn read(
                reader: &mut $crate::runtime::decode::Reader<'_>,
            ) -> Result<Self, $crate::runtime::decode::Fault> {
                <i64 as $crate::runtime::FromJson>::read(reader).map(Self::from)
            }
        }

        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::encode::Writer) {
                $crate::runtime::ToJson::write(&self.as_i64(), json);
            }
        }

        $crate::runtime::enums::validate_enum!($name, $unknown);
    };
}
pub(crate) use integer_enum_traits;

/// The traits of an open enum of any values.
macro_rules! json_enum_traits {
    ($name:ident, $unknown:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.to_json(), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$crate::runtime::Json as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl $crate::runtime::FromJson for $name {
            fn read(
                reader: &mut $crate::runtime::decode::Reader<'_>,
            ) -> Result<Self, $crate::runtime::decode::Fault> {
                <$crate::runtime::Json as $crate::runtime::FromJson>::read(reader).map(Self::from)
            }
        }

        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::encode::Writer) {
                $crate::runtime::ToJson::write(&self.to_json(), json);
            }
        }

        $crate::runtime::enums::validate_enum!($name, $unknown);
    };
}
pub(crate) use json_enum_traits;

/// An open enum is never wrong; a value that the document doesn't list counts as unknown.
macro_rules! validate_enum {
    ($name:ident, $unknown:ident) => {
        impl $crate::runtime::Validate for $name {
            fn check(&self, _: &[$crate::runtime::Rule], _: &mut $crate::runtime::Checker) {}

            fn unknowns(&self) -> usize {
                usize::from(matches!(self, Self::$unknown(_)))
            }
        }
    };
}
pub(crate) use validate_enum;

/// Reads a string without owning it.
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
