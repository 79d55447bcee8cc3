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
        #[allow(unused_imports, unused_mut, unused_variables)]
        const _: () = {
            use $crate::runtime::{
                Checker, DecodeError, FromJson, Kinds, Limit, Mode, Rule, Rule::*, Validate,
                object::{self, Access as _},
                shape::{self, Shape, ShapeProperty},
                siblings::{self, Follow as _, Tag as _},
            };

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut map = serializer.serialize_map(None)?;
                    $(object::$presence::encode(&mut map, $wire, &self.$field)?;)*
                    object::encode_rest(&mut map, self, &self.$rest)?;
                    ::serde::ser::SerializeMap::end(map)
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    object::deserialize(deserializer)
                }
            }

            impl object::Read for $name {
                const FOLLOWERS: &'static [&'static str] = &[$($($follower_wire),*)?];

                fn read<'de, __A: object::Access<'de>>(mut access: __A) -> Result<Self, __A::Error> {
                    $(let mut $field = object::$presence::slot();)*
                    let mut rest = Default::default();
                    while let Some(key) = access.key()? {
                        $($(if key.as_str() == $follower_wire {
                            access.choose(&$follower, $tag.tag());
                        })*)?
                        match key.as_str() {
                            $($wire => object::$presence::read(&mut $field, &mut access, &mut rest, $wire)?,)*
                            _ => access.other(key, &mut rest)?,
                        }
                    }
                    let mut object = Self { $($field: object::$presence::finish($field, $wire)?,)* $rest: rest };
                    $($(access.follow(&mut object.$follower, $follower_wire, object.$tag.tag())?;)*)?
                    Ok(object)
                }
            }

            impl FromJson for $name {
                const KINDS: Kinds = Kinds::OBJECT;

                fn from_json(value: ::serde_json::Value, mode: Mode) -> Result<Self, DecodeError> {
                    object::from_json(value, mode)
                }

                fn shape() -> Option<&'static Shape> {
                    static SHAPE: Shape = Shape {
                        properties: &[$(ShapeProperty {
                            wire: $wire,
                            type_id: || shape::type_of(|object: &$name| &object.$field),
                            rules: &[$($rule),*],
                        }),*],
                        followers: <$name as object::Read>::FOLLOWERS,
                        others: object::weight::$kind,
                        has_typed_others: shape::others::$kind,
                    };
                    Some(&SHAPE)
                }
            }

            impl object::Object for $name {
                fn names(&self) -> &'static [&'static str] {
                    &[$($wire),*]
                }

                fn properties(&self, each: &mut dyn FnMut(object::Property<'_>)) {
                    // An object may have none.
                    let _ = &each;
                    $(each(object::$presence::property($wire, &self.$field, &[$($rule),*]));)*
                }
            }

            impl Validate for $name {
                fn check(&self, rules: &[Rule], checker: &mut Checker) {
                    object::check(self, (rules, &[$($own),*]), &self.$rest, &[$($value_rule),*], checker);
                    $($(checker.property($follower_wire, |checker| {
                        siblings::check(&self.$follower, &self.$tag, $tag_wire, checker);
                    });)*)?
                }

                fn unknowns(&self) -> usize {
                    use $crate::runtime::object::Additional as _;
                    object::unknowns(self) + self.$rest.unknown_rest() * object::weight::$kind
                }

                fn is_as_good_as(&self, shape: &Shape) -> bool {
                    <[Rule]>::is_empty(&[$($own),*])
                        && <Self as FromJson>::shape()
                            .is_some_and(|own| shape::is_as_good(self, &self.$rest, own, shape))
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
            use $crate::runtime::{
                Checker, DecodeError, FromJson, Json, Kinds, Limit, Mode, Rule, Rule::*, Validate,
            };

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
            use $crate::runtime::{
                Checker, DecodeError, FromJson, Json, Kinds, Limit, Mode, Rule, Rule::*, Validate,
            };

            impl FromJson for $name {
                fn from_json(value: ::serde_json::Value, _: Mode) -> Result<Self, DecodeError> {
                    let mut best = $crate::runtime::unions::Best::of(Kinds::of(&value));
                    $(if best.wants::<$ty>()
                        && let Ok(payload) = <$ty as FromJson>::from_json(value.clone(), Mode::Strict)
                    {
                        best.offer(Self::$variant(payload));
                    })*
                    Ok(best.take().unwrap_or_else(|| Self::$unknown(Json(value))))
                }

                fn from_text(text: &[u8]) -> Result<Self, ::serde_json::Error> {
                    let mut best = $crate::runtime::unions::Best::of(Kinds::of_text(text));
                    $(if best.wants::<$ty>() && let Ok(payload) = <$ty as FromJson>::from_text(text) {
                        best.offer(Self::$variant(payload));
                    })*
                    best.take().map_or_else(|| ::serde_json::from_slice(text).map(Json).map(Self::$unknown), Ok)
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
