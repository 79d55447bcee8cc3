//! Unions whose alternative is determined by another property of the same object.

use crate::json::decode::{FromJson, Mode, convert};
use crate::json::decode_error::DecodeError;
use crate::json::reader::{Fault, Reader};
use crate::json::value::Json;
use crate::model::patch::Patch;
use crate::model::rules::Checker;

/// A value whose alternative is unknown, or that doesn't fit its alternative. It is preserved unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Untyped {
    /// The value of the property that determines the alternative, if it was present.
    pub tag: Option<String>,
    /// The value.
    pub value: Json,
    /// Why the value doesn't have the type that the tag selects: a required property is missing or doesn't fit,
    /// or a Cargo feature is disabled. `None` if the tag selects no type.
    pub reason: Option<DecodeError>,
}

impl From<Json> for Untyped {
    fn from(value: Json) -> Self {
        Self { tag: None, value, reason: None }
    }
}

/// A value whose alternative is determined by another property.
pub trait Follow {
    /// The tag of the alternative that this value has.
    fn taken(&self) -> Option<&str>;
}

impl<T: Follow> Follow for Option<T> {
    fn taken(&self) -> Option<&str> {
        self.as_ref().and_then(Follow::taken)
    }
}

impl<T: Follow> Follow for Patch<T> {
    fn taken(&self) -> Option<&str> {
        self.value().and_then(Follow::taken)
    }
}

impl<T: Follow> Follow for Box<T> {
    fn taken(&self) -> Option<&str> {
        (**self).taken()
    }
}

/// Checks that `value` has the alternative selected by `tag`, the value of the property `wire`.
pub fn check(value: &impl Follow, tag: &impl FromJson, wire: &str, checker: &mut Checker) {
    if let Some(taken) = value.taken()
        && tag.tag() != Some(taken)
    {
        checker.violation(format!("has the form for {taken:?}, which isn't what {wire:?} says"));
    }
}

/// Decodes `value` as the alternative `T`, wrapped with `variant`.
///
/// # Errors
/// The value doesn't fit. The error's path names the property.
pub fn decode<T: FromJson, U>(value: &Json, variant: fn(T) -> U) -> Result<U, DecodeError> {
    convert(value, Mode::Strict).map(variant)
}

/// Reads the next value as `T`, the alternative that `tag` selects, and wraps it with `variant`. An optional
/// property that doesn't fit is kept among the additional properties. If the value itself or a required
/// property doesn't fit, wraps the untyped value with `unknown`.
///
/// # Errors
/// The text isn't JSON.
pub fn read<T: FromJson, U>(
    reader: &mut Reader<'_>,
    tag: &str,
    variant: fn(T) -> U,
    unknown: fn(Untyped) -> U,
) -> Result<U, Fault> {
    // The tag has chosen, so this isn't one of several attempts: a property that doesn't fit leaves the others typed.
    let typed = reader.attempt(|reader| reader.leniently(T::read)).map(variant);
    typed.or_else(|reason| untyped(reader, Some(tag), Some(*reason)).map(unknown))
}

/// Reads the next value, which fits no alternative.
///
/// # Errors
/// The text isn't JSON.
pub fn untyped(
    reader: &mut Reader<'_>,
    tag: Option<&str>,
    reason: Option<DecodeError>,
) -> Result<Untyped, Fault> {
    Ok(Untyped { tag: tag.map(str::to_owned), value: Json::read(reader)?, reason })
}

/// Why a value stays untyped if the Cargo feature of its alternative is disabled.
pub fn not_compiled(tag: &str, feature: &str) -> DecodeError {
    DecodeError::new(format!("the alternative {tag:?} isn't compiled: that takes {feature}"))
}

/// Implements a union whose alternative is determined by another property of the same object. Each variant
/// holds a `Box` of the type in its row.
#[doc(hidden)]
#[macro_export]
macro_rules! discriminated_union {
    (
        $name:ident $(without $without:ident)? {
            $($(#[cfg($gate:meta)])? $variant:ident($ty:ty): $tag:literal, [$($rule:expr),* $(,)?];)*
        } $unknown:ident
    ) => {
        $crate::model::unions::union_hash!(
            $(without $without)? $name { $($(#[cfg($gate)])? $variant;)* $unknown; }
        );

        // If all of its features are disabled, a union has no alternatives.
        #[allow(unused_imports, unused_mut, unused_variables)]
        const _: () = {
            // Besides rules, import only modules: an import shadows the document's own types.
            use $crate::json::writer;
            use $crate::model::rules::named::*;
            use $crate::model::discriminated;

            impl $name {
                /// The tags that select the alternatives.
                pub const TAGS: &'static [&'static str] = &[$($(#[cfg($gate)])? $tag),*];

                /// Wraps any JSON value without typing or checking it.
                pub fn raw(value: impl Into<$crate::json::value::Json>) -> Self {
                    Self::$unknown(value.into().into())
                }

                /// Decodes `value` as the alternative that `tag` selects.
                ///
                /// # Errors
                /// No alternative has this tag, or the value doesn't fit. The error's path names the
                /// property.
                pub fn typed(
                    tag: &str,
                    value: impl Into<$crate::json::value::Json>,
                ) -> Result<Self, $crate::json::decode_error::DecodeError> {
                    match tag {
                        $($(#[cfg($gate)])? $tag => discriminated::decode(&value.into(), Self::$variant),)*
                        $($(
                            #[cfg(not($gate))]
                            $tag => Err(discriminated::not_compiled(tag, stringify!($gate))),
                        )?)*
                        _ => Err($crate::json::decode_error::DecodeError::new(format!(
                            "no alternative has the tag {tag:?}"
                        ))),
                    }
                }

                /// The tag that selects this alternative. For an unknown alternative, the tag that came with
                /// the value.
                #[inline]
                pub fn tag(&self) -> Option<&str> {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(_) => Some($tag),)*
                        Self::$unknown(untyped) => untyped.tag.as_deref(),
                    }
                }

                /// The value as JSON.
                #[inline]
                pub fn to_json(&self) -> $crate::json::value::Json {
                    $crate::json::decode::convert(self, $crate::json::decode::Mode::Strict).unwrap_or_default()
                }
            }

            impl From<$crate::json::value::Json> for $name {
                #[inline]
                fn from(value: $crate::json::value::Json) -> Self {
                    Self::raw(value)
                }
            }

            impl From<$crate::json::value::JsonObject> for $name {
                #[inline]
                fn from(value: $crate::json::value::JsonObject) -> Self {
                    Self::raw(value)
                }
            }

            impl discriminated::Follow for $name {
                #[inline]
                fn taken(&self) -> Option<&str> {
                    match self {
                        Self::$unknown(_) => None,
                        #[allow(unreachable_patterns)]
                        known => known.tag(),
                    }
                }
            }

            impl $crate::json::decode::FromJson for $name {
                #[inline]
                fn read(
                    reader: &mut $crate::json::reader::Reader<'_>,
                ) -> Result<Self, $crate::json::reader::Fault> {
                    discriminated::untyped(reader, None, None).map(Self::$unknown)
                }

                #[inline]
                fn read_chosen(
                    reader: &mut $crate::json::reader::Reader<'_>,
                    tag: Option<&str>,
                ) -> Result<Self, $crate::json::reader::Fault> {
                    match tag {
                        $($(#[cfg($gate)])?
                        Some($tag) => discriminated::read(reader, $tag, Self::$variant, Self::$unknown),)*
                        $($(
                            #[cfg(not($gate))]
                            Some($tag) => {
                                let reason = discriminated::not_compiled($tag, stringify!($gate));
                                discriminated::untyped(reader, tag, Some(reason)).map(Self::$unknown)
                            }
                        )?)*
                        _ => discriminated::untyped(reader, tag, None).map(Self::$unknown),
                    }
                }
            }

            impl writer::ToJson for $name {
                #[inline]
                fn write(&self, json: &mut writer::Writer) {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(payload) => writer::ToJson::write(payload, json),)*
                        Self::$unknown(untyped) => writer::ToJson::write(&untyped.value, json),
                    }
                }
            }

            impl $crate::model::validate::Validate for $name {
                #[inline]
                fn check(
                    &self,
                    _: &[$crate::model::rules::Rule],
                    checker: &mut $crate::model::rules::Checker,
                ) {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(payload) => {
                            $crate::model::validate::Validate::check(payload, &[$($rule),*], checker)
                        })*
                        Self::$unknown(_) => {}
                    }
                }

                #[inline]
                fn unknowns(&self) -> usize {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(payload) => {
                            $crate::model::validate::Validate::unknowns(payload)
                        })*
                        Self::$unknown(_) => 1,
                    }
                }
            }
        };

        $crate::json::writer::by_json!($name);
    };
}
#[doc(hidden)]
pub use discriminated_union;
