//! The macro behind generated objects.

/// Implements reading, writing and checking for a struct, from one row per property. Next to `$name`, the
/// macro refers to everything else by its path, since a document may give a type any name.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    (
        $name:ident { $($field:ident: $wire:literal, $presence:ident, [$($rule:expr),* $(,)?];)* }
        $rest:ident: $kind:ident [$($value_rule:expr),* $(,)?];
        rules: [$($own:expr),* $(,)?];
        $(follows: [$($follower:ident: $follower_wire:literal by $tag:ident: $tag_wire:literal),*];)?
    ) => {
        #[allow(unused_imports, unused_mut, clippy::question_mark)]
        const _: () = {
            use $crate::model::rules::Limit;
            use $crate::model::rules::Rule::*;
            use $crate::model::{object, slots};

            impl object::Object for $name {
                fn shape() -> &'static object::Shape {
                    static SHAPE: object::Shape = object::Shape {
                        properties: &[$(object::Property {
                            wire: $wire,
                            presence: object::presence::$presence,
                            rules: slots::rules!($($rule),*),
                        }),*],
                        names: object::Names::new(),
                        rules: slots::rules!($($own),*),
                        followers: &[$($(($follower_wire, $tag_wire)),*)?],
                        others: object::others::$kind,
                        rules_of_others: slots::rules!($($value_rule),*),
                        secret_names: crate::document::SECRET_NAMES,
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
                    $(slots::take!($presence $field $wire);)*
                    Ok(Self { $($field,)* $rest: rest })
                }

                fn fields(&self, each: object::Each<'_>) {
                    each(&[$(&self.$field),*], &self.$rest);
                }
            }
        };

        $crate::model::macros::read_and_check!($name $($($follower: $follower_wire by $tag: $tag_wire),*)?);
        $crate::model::macros::object_traits!($name);
    };
}
#[doc(hidden)]
pub use object;

/// Reads and checks an object by its table. In some, properties determine the types of others.
#[doc(hidden)]
#[macro_export]
macro_rules! read_and_check {
    ($name:ident) => {
        impl $crate::json::decode::FromJson for $name {
            fn read(
                reader: &mut $crate::json::reader::Reader<'_>,
            ) -> Result<Self, $crate::json::reader::Fault> {
                $crate::model::object::read(reader)
            }

            fn shape() -> Option<&'static $crate::model::shape::Shape> {
                Some(<Self as $crate::model::object::Object>::shape())
            }
        }

        impl $crate::model::validate::Validate for $name {}
    };
    ($name:ident $($followers:tt)+) => {
        $crate::model::followers::read_and_check_followers!($name $($followers)+);
    };
}
#[doc(hidden)]
pub use read_and_check;

/// The traits that every object implements the same way.
#[doc(hidden)]
#[macro_export]
macro_rules! object_traits {
    ($name:ident) => {
        impl $crate::json::writer::ToJson for $name {
            fn object(&self) -> Option<&dyn $crate::model::object::AnyObject> {
                Some(self)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::object::debug(self, stringify!($name), f)
            }
        }

        $crate::json::writer::by_json!($name);
    };
}
#[doc(hidden)]
pub use object_traits;
