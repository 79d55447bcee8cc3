//! The macro behind generated objects.

/// Implements reading, writing and checking for a struct, from one row per property, and `new` and the setters of what only
/// responses hold. Next to `$name`, the
/// macro refers to everything else by its path, since a document may give a type any name.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    (
        $name:ident $(without $without:ident)? {
            $($field:ident: $wire:literal, $presence:ident, [$($rule:expr),* $(,)?] $({ $($setter:tt)* })?;)*
        }
        $rest:ident: $kind:ident [$($value_rule:expr),* $(,)?];
        $(rules: [$($own:expr),* $(,)?];)?
        $(follows: [$($follower:ident: $follower_wire:literal by $tag:ident: $tag_wire:literal),*];)?
        $(new $($new:tt)*)?
    ) => {
        #[allow(unused_imports, unused_mut, unused_variables, clippy::question_mark)]
        const _: () = {
            use $crate::model::rules::named::*;
            use $crate::model::{object, slots};

            impl object::Object for $name {
                #[inline]
                fn shape() -> &'static object::Shape {
                    static SHAPE: object::Shape = object::Shape {
                        properties: &[$(object::Property {
                            wire: $wire,
                            presence: object::Presence::$presence,
                            rules: slots::rules!($($rule),*),
                        }),*],
                        names: ::std::sync::OnceLock::new(),
                        rules: slots::rules!($($($own),*)?),
                        followers: &[$($(($follower_wire, $tag_wire)),*)?],
                        others: object::Others::$kind,
                        rules_of_others: slots::rules!($($value_rule),*),
                        secret_names: crate::document::SECRET_NAMES,
                    };
                    &SHAPE
                }

                #[inline]
                fn make(fill: object::Fill<'_>) -> Result<Self, object::Fault> {
                    $(let mut $field = object::empty::$presence();)*
                    let mut rest = object::empty::$kind();
                    if let Err(fault) = fill(&mut [$(&mut $field),*], &mut rest) {
                        return Err(fault);
                    }
                    $(slots::take!($presence $field $wire);)*
                    Ok(Self { $($field,)* $rest: rest })
                }

                #[inline]
                fn fields(&self, each: object::Each<'_>) {
                    each(&[$(&self.$field),*], &self.$rest);
                }
            }

            impl ::std::fmt::Debug for $name {
                #[inline]
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    object::debug(self, stringify!($name), f)
                }
            }
        };

        $crate::json::writer::by_json!($name);
        $crate::model::macros::object_codec!($name $($($follower: $follower_wire by $tag: $tag_wire),*)?);
        $crate::model::macros::object_hash!($(without $without)? $name { $($field)* $rest });
        $crate::model::macros::constructor!($name { $($presence $field)*; $rest } $($($new)*)?);
        $crate::model::response_setters::response_setters!($name { $($({ $field $presence $($setter)* })?)* });
    };
}
#[doc(hidden)]
pub use object;

/// The codec of an object: another if some of its properties determine the types of others.
#[doc(hidden)]
#[macro_export]
macro_rules! object_codec {
    ($name:ident) => {
        impl $crate::model::codec::Model for $name {
            type Codec = $crate::model::object::ObjectCodec;
        }
    };
    ($name:ident $($follower:tt)+) => {
        $crate::model::followers::follows! { $name $($follower)+ }
    };
}
#[doc(hidden)]
pub use object_codec;

/// `Eq` and `Hash` of an object, unless it has a field without them. They are code only where they are used.
#[doc(hidden)]
#[macro_export]
macro_rules! object_hash {
    (without hash $($object:tt)*) => {};
    ($name:ident { $($field:ident)* }) => {
        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                $(::std::hash::Hash::hash(&self.$field, state);)*
            }
        }
    };
}
#[doc(hidden)]
pub use object_hash;

/// `new`, whose arguments are the required properties, but for those that are made otherwise.
#[doc(hidden)]
#[macro_export]
macro_rules! constructor {
    (required $field:ident) => { $field.into() };
    ($presence:ident $field:ident) => { $crate::model::object::empty::$presence() };
    ($name:ident { $($object:tt)* }) => {};
    ($name:ident { $($kind:ident $field:ident)*; $rest:ident } $(<$($m:ident),*>)? ($($given:tt)*) $({ $($made:tt)* })?;) => {
        impl $name {
            /// Creates a value from its required properties.
            #[inline]
            pub fn new$(<$($m),*>)?($($given)*) -> Self {
                $($($made)*)?
                Self {
                    $($field: $crate::model::macros::constructor!($kind $field),)*
                    $rest: ::std::default::Default::default(),
                }
            }
        }
    };
}
#[doc(hidden)]
pub use constructor;
