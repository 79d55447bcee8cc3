//! The macros that generated models are made with.

/// Makes `Serialize`, `Deserialize`, `FromJson` and `Validate` for a struct from a row for each property. What
/// stands beside `$name` in here has underscores, since a document may call a type anything.
macro_rules! object {
    (
        $name:ident { $($field:ident: $wire:literal, $presence:ident, [$($rule:expr),* $(,)?];)* }
        $rest:ident: $kind:ident [$($value_rule:expr),* $(,)?];
        rules: [$($own:expr),* $(,)?];
        $(follows: [$($follower:ident: $follower_wire:literal by $tag:ident: $tag_wire:literal),*];)?
    ) => {
        #[allow(unused_imports, unused_mut)]
        const _: () = {
            use $crate::runtime::{
                Checker, DecodeError, FromJson, Limit, Mode, Rule, Rule::*, Validate, decode,
                object::{self, Additional as _},
                siblings::{self, Follow as _, Tag as _},
            };

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut map = serializer.serialize_map(None)?;
                    $(object::$presence::encode(&mut map, $wire, &self.$field)?;)*
                    self.$rest.encode(&mut map, |name| match name {
                        $($wire => !object::$presence::is_present(&self.$field),)*
                        _ => true,
                    })?;
                    ::serde::ser::SerializeMap::end(map)
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct __ObjectVisitor;
                    impl<'de> ::serde::de::Visitor<'de> for __ObjectVisitor {
                        type Value = $name;

                        fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                            f.write_str("an object")
                        }

                        fn visit_map<__A: ::serde::de::MapAccess<'de>>(self, mut access: __A) -> Result<$name, __A::Error> {
                            $(let mut $field = object::$presence::slot();)*
                            let mut rest = Default::default();
                            while let Some(key) = access.next_key::<object::Key<'de>>()? {
                                match key.as_str() {
                                    $($wire => object::$presence::decode(&mut $field, &mut access, &mut rest, $wire)?,)*
                                    _ => object::Additional::decode(&mut rest, key.into_owned(), &mut access)?,
                                }
                            }
                            let mut object = $name { $($field: object::$presence::finish($field, $wire)?,)* $rest: rest };
                            $($(object.$follower.follow(object.$tag.tag());)*)?
                            Ok(object)
                        }
                    }
                    deserializer.deserialize_map(__ObjectVisitor)
                }
            }

            impl FromJson for $name {
                fn from_json(value: ::serde_json::Value, mode: Mode) -> Result<Self, DecodeError> {
                    let mut map = decode::object(value)?;
                    let mut rest = Default::default();
                    $(let $field = object::$presence::take(&mut map, $wire, mode, &mut rest)?;)*
                    object::Additional::absorb(&mut rest, map, mode)?;
                    let mut object = Self { $($field,)* $rest: rest };
                    $($(object.$follower.follow(object.$tag.tag());)*)?
                    Ok(object)
                }
            }

            impl Validate for $name {
                fn check(&self, rules: &[Rule], checker: &mut Checker) {
                    let declared = [$(object::$presence::is_present(&self.$field)),*];
                    let declared = declared.into_iter().filter(|present: &bool| *present).count();
                    object::check_object(rules, &[$($own),*], declared, &self.$rest, checker);
                    $(checker.property($wire, |checker| {
                        object::$presence::check(&self.$field, &[$($rule),*], checker);
                    });)*
                    $($(checker.property($follower_wire, |checker| {
                        siblings::check(&self.$follower, &self.$tag, $tag_wire, checker);
                    });)*)?
                    self.$rest.check_rest(&[$($value_rule),*], |name| match name {
                        $($wire => !object::$presence::is_present(&self.$field),)*
                        _ => false,
                    }, checker);
                }

                fn unknowns(&self) -> usize {
                    0 $(+ self.$field.unknowns())* + self.$rest.unknown_rest() * object::weight::$kind
                }
            }
        };
    };
}
pub(crate) use object;

/// Makes an open enum of strings.
macro_rules! string_enum {
    ($name:ident { $($variant:ident: $value:literal;)* } $unknown:ident) => {
        impl $name {
            /// The values that the document lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown(value.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        $crate::runtime::enums::string_enum_traits!($name, $unknown);
    };
}
pub(crate) use string_enum;

/// Makes an open enum of integers.
macro_rules! integer_enum {
    ($name:ident { $($variant:ident: $value:literal;)* } $unknown:ident) => {
        impl $name {
            /// The values that the document lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            pub const fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => *value,
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unknown(value),
                }
            }
        }

        $crate::runtime::enums::integer_enum_traits!($name, $unknown);
    };
}
pub(crate) use integer_enum;

/// Makes an open enum of any JSON values, given as JSON text.
macro_rules! json_enum {
    ($name:ident { $($variant:ident: $value:literal;)* } $unknown:ident) => {
        impl $name {
            /// The value on the wire.
            pub fn to_json(&self) -> $crate::runtime::Json {
                match self {
                    $(Self::$variant => $crate::runtime::enums::parse($value),)*
                    Self::$unknown(value) => value.clone(),
                }
            }
        }

        impl From<$crate::runtime::Json> for $name {
            fn from(value: $crate::runtime::Json) -> Self {
                $(if value == $crate::runtime::enums::parse($value) {
                    return Self::$variant;
                })*
                Self::$unknown(value)
            }
        }

        $crate::runtime::enums::json_enum_traits!($name, $unknown);
    };
}
pub(crate) use json_enum;

/// Makes a union whose alternative is told by a property.
macro_rules! tagged_union {
    (
        $name:ident by $property:literal {
            $($variant:ident($ty:ty): $($tag:literal),+, [$($rule:expr),* $(,)?];)*
        } $unknown:ident
    ) => {
        #[allow(unused_imports, unused_mut)]
        const _: () = {
            use $crate::runtime::{Checker, DecodeError, FromJson, Json, Limit, Mode, Rule, Rule::*, Validate};

            impl FromJson for $name {
                fn from_json(value: ::serde_json::Value, mode: Mode) -> Result<Self, DecodeError> {
                    match value.get($property).and_then(::serde_json::Value::as_str) {
                        $(Some($($tag)|+) => Ok($crate::runtime::unions::alternative(value, mode)
                            .map_or_else(|value| Self::$unknown(Json(value)), Self::$variant)),)*
                        _ => Ok(Self::$unknown(Json(value))),
                    }
                }
            }

            $crate::runtime::unions::union_traits!($name { $($variant [$($rule),*])* } $unknown);
        };
    };
}
pub(crate) use tagged_union;

/// Makes a union whose alternative is the one that fits best.
macro_rules! untagged_union {
    ($name:ident { $($variant:ident($ty:ty): [$($rule:expr),* $(,)?];)* } $unknown:ident) => {
        #[allow(unused_imports, unused_mut)]
        const _: () = {
            use $crate::runtime::{Checker, DecodeError, FromJson, Json, Limit, Mode, Rule, Rule::*, Validate};

            impl FromJson for $name {
                fn from_json(value: ::serde_json::Value, _: Mode) -> Result<Self, DecodeError> {
                    let mut best = $crate::runtime::unions::Best::new();
                    $(if !best.is_perfect()
                        && let Ok(payload) = <$ty as FromJson>::from_json(value.clone(), Mode::Strict)
                    {
                        best.offer(Self::$variant(payload));
                    })*
                    Ok(best.take().unwrap_or_else(|| Self::$unknown(Json(value))))
                }
            }

            $crate::runtime::unions::union_traits!($name { $($variant [$($rule),*])* } $unknown);
        };
    };
}
pub(crate) use untagged_union;

/// Makes a setter for each row, in one `impl` block.
macro_rules! setters {
    ($name:ident => $body:ident { $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)* }) => {
        impl $name {
            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    self.$body.$field = $crate::runtime::setters::$presence(value.into());
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    pub fn $null(mut self) -> Self {
                        self.$body.$field = $crate::runtime::Patch::Null;
                        self
                    }
                )?
            )*
        }
    };
    ($name:ident => optional $body:ident { $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)* }) => {
        impl $name {
            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    self.$body.get_or_insert_default().$field = $crate::runtime::setters::$presence(value.into());
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    pub fn $null(mut self) -> Self {
                        self.$body.get_or_insert_default().$field = $crate::runtime::Patch::Null;
                        self
                    }
                )?
            )*
        }
    };
    ($name:ident { $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)* }) => {
        impl $name {
            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    self.$field = $crate::runtime::setters::$presence(value.into());
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    pub fn $null(mut self) -> Self {
                        self.$field = $crate::runtime::Patch::Null;
                        self
                    }
                )?
            )*
        }
    };
}
pub(crate) use setters;
