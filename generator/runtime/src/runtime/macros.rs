//! The macros that generated models are made with.

/// Makes a struct readable, writable and checkable from a row for each property. What stands beside `$name` in here
/// is called by its path, since a document may call a type anything.
macro_rules! object {
    (
        $name:ident { $($field:ident: $wire:literal, $presence:ident, [$($rule:expr),* $(,)?];)* }
        $rest:ident: $kind:ident [$($value_rule:expr),* $(,)?];
        rules: [$($own:expr),* $(,)?];
        $(follows: [$($follower:ident: $follower_wire:literal by $tag:ident: $tag_wire:literal),*];)?
    ) => {
        #[allow(unused_imports, unused_mut, clippy::question_mark)]
        const _: () = {
            use $crate::runtime::{Limit, Rule::*, object};

            impl object::Object for $name {
                fn shape() -> &'static object::Shape {
                    static SHAPE: object::Shape = object::Shape {
                        properties: &[$(object::Property {
                            wire: $wire,
                            presence: object::presence::$presence,
                            rules: object::rules!($($rule),*),
                        }),*],
                        names: object::Names::new(),
                        rules: object::rules!($($own),*),
                        followers: &[$($(($follower_wire, $tag_wire)),*)?],
                        others: object::others::$kind,
                        rules_of_others: object::rules!($($value_rule),*),
                        slots: object::slots::<$name>,
                    };
                    &SHAPE
                }

                fn make(fill: object::Fill<'_>) -> Result<Self, object::Fault> {
                    $(let mut $field = object::empty::$presence();)*
                    let mut rest = object::rest::$kind();
                    if let Err(fault) = fill(&mut [$(&mut $field),*], &mut rest) {
                        return Err(fault);
                    }
                    $(object::take!($presence $field $wire);)*
                    Ok(Self { $($field,)* $rest: rest })
                }

                fn fields(&self, each: object::Each<'_>) {
                    each(&[$(&self.$field),*], &self.$rest);
                }
            }
        };

        $crate::runtime::object::object_traits!($name $($(, $follower: $follower_wire by $tag: $tag_wire)*)?);
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
        impl $crate::runtime::FromJson for $name {
            fn read(
                reader: &mut $crate::runtime::decode::Reader<'_>,
            ) -> Result<Self, $crate::runtime::decode::Fault> {
                match reader.peek_property($property).as_deref() {
                    $(Some($($tag)|+) => $crate::runtime::unions::fitting(reader, Self::$variant, Self::$unknown),)*
                    _ => <$crate::runtime::Json as $crate::runtime::FromJson>::read(reader).map(Self::$unknown),
                }
            }
        }

        $crate::runtime::unions::union_traits!($name { $($variant [$($rule),*])* } $unknown);
    };
}
pub(crate) use tagged_union;

/// Makes a union whose alternative is the one that fits best.
macro_rules! untagged_union {
    ($name:ident { $($variant:ident($ty:ty): [$($rule:expr),* $(,)?];)* } $unknown:ident) => {
        impl $crate::runtime::FromJson for $name {
            fn read(
                reader: &mut $crate::runtime::decode::Reader<'_>,
            ) -> Result<Self, $crate::runtime::decode::Fault> {
                let mut best = $crate::runtime::unions::Best::of(reader);
                $(best.consider(reader, Self::$variant);)*
                best.take(reader, Self::$unknown)
            }
        }

        $crate::runtime::unions::union_traits!($name { $($variant [$($rule),*])* } $unknown);
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
