//! Unions whose alternative another property of the same object chooses.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Visitor};
use serde_json::Value;

use super::decode::{DecodeError, FromJson, Mode};
use super::kept::Nested;
use super::rules::Checker;
use super::{Json, Patch};

/// A value whose alternative isn't known, or that doesn't fit it; kept as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Untyped {
    /// What the property beside it said, if there was one.
    pub tag: Option<String>,
    /// The value.
    pub value: Json,
    /// Why it isn't of the type that the tag chooses: which property doesn't fit, or which cargo feature is off.
    /// `None` if there is no such type.
    pub reason: Option<DecodeError>,
}

impl From<Json> for Untyped {
    fn from(value: Json) -> Self {
        Self { tag: None, value, reason: None }
    }
}

/// A value that chooses an alternative.
pub trait Tag {
    /// The text on the wire, if there is a value.
    fn tag(&self) -> Option<&str>;
}

impl Tag for String {
    fn tag(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: Tag> Tag for Option<T> {
    fn tag(&self) -> Option<&str> {
        self.as_ref().and_then(Tag::tag)
    }
}

impl<T: Tag> Tag for Patch<T> {
    fn tag(&self) -> Option<&str> {
        self.value().and_then(Tag::tag)
    }
}

/// Decodes a value or null, by [`FromJson::decode_alternative`].
#[derive(Debug)]
pub struct Alternative<T> {
    tag: &'static str,
    marker: PhantomData<T>,
}

impl<T> Alternative<T> {
    /// The one that `tag` chooses.
    pub const fn new(tag: &'static str) -> Self {
        Self { tag, marker: PhantomData }
    }
}

impl<'de, T: FromJson> DeserializeSeed<'de> for Alternative<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: FromJson> Visitor<'de> for Alternative<T> {
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
        T::decode_alternative(self.tag, deserializer).map(Some)
    }
}

/// A value whose alternative a [`Tag`] chooses.
pub trait Follow {
    /// Takes the alternative that `tag` chooses, if none was taken and the value fits it.
    fn follow(&mut self, tag: Option<&str>);

    /// Takes the alternative that `tag` chooses of the JSON text `text`, for which this stands.
    ///
    /// # Errors
    /// It isn't JSON.
    fn follow_text(&mut self, tag: Option<&str>, text: &str) -> Result<(), serde_json::Error>;

    /// The tag `tag`, if it chooses an alternative.
    fn known(tag: &str) -> Option<&'static str>;

    /// The tag of the alternative taken.
    fn taken(&self) -> Option<&str>;
}

impl<T: Follow> Follow for Option<T> {
    fn follow(&mut self, tag: Option<&str>) {
        if let Some(value) = self {
            value.follow(tag);
        }
    }

    fn follow_text(&mut self, tag: Option<&str>, text: &str) -> Result<(), serde_json::Error> {
        self.as_mut().map_or(Ok(()), |value| value.follow_text(tag, text))
    }

    fn known(tag: &str) -> Option<&'static str> {
        T::known(tag)
    }

    fn taken(&self) -> Option<&str> {
        self.as_ref().and_then(Follow::taken)
    }
}

impl<T: Follow> Follow for Patch<T> {
    fn follow(&mut self, tag: Option<&str>) {
        if let Some(value) = self.value_mut() {
            value.follow(tag);
        }
    }

    fn follow_text(&mut self, tag: Option<&str>, text: &str) -> Result<(), serde_json::Error> {
        self.value_mut().map_or(Ok(()), |value| value.follow_text(tag, text))
    }

    fn known(tag: &str) -> Option<&'static str> {
        T::known(tag)
    }

    fn taken(&self) -> Option<&str> {
        self.value().and_then(Follow::taken)
    }
}

impl<T: Follow> Follow for Box<T> {
    fn follow(&mut self, tag: Option<&str>) {
        (**self).follow(tag);
    }

    fn follow_text(&mut self, tag: Option<&str>, text: &str) -> Result<(), serde_json::Error> {
        (**self).follow_text(tag, text)
    }

    fn known(tag: &str) -> Option<&'static str> {
        T::known(tag)
    }

    fn taken(&self) -> Option<&str> {
        (**self).taken()
    }
}

/// Checks that `value` has the alternative that `tag`, the property `wire`, chooses.
pub fn check(value: &impl Follow, tag: &impl Tag, wire: &str, checker: &mut Checker) {
    if let Some(taken) = value.taken()
        && tag.tag() != Some(taken)
    {
        checker.violation(format!("has the form for {taken:?}, which isn't what {wire:?} says"));
    }
}

/// `value` as the alternative `T`, wrapped by `variant`.
///
/// # Errors
/// It doesn't fit; the path says which property.
pub fn decode<T: FromJson, U>(value: Value, variant: impl FnOnce(T) -> U) -> Result<U, DecodeError> {
    T::from_json(value, Mode::Strict).map(variant)
}

/// The JSON text `text` as the alternative `T`, wrapped by `variant`; `None` if it doesn't fit.
pub fn decode_text<T: FromJson, U>(text: &str, variant: impl FnOnce(T) -> U) -> Option<U> {
    let _nested = Nested::enter();
    T::from_text(text.as_bytes()).ok().map(variant)
}

/// Why a value stays raw whose alternative has a cargo feature that is off.
pub fn not_compiled(tag: &str, feature: &str) -> DecodeError {
    DecodeError::new(format!("the alternative {tag:?} isn't compiled: that takes {feature}"))
}

/// Makes a union whose alternative another property of the same object chooses. Each variant holds a `Box` of the
/// type in its row; `from` is in the rows whose type has no other.
macro_rules! sibling_union {
    (
        $name:ident {
            $($(#[cfg($gate:meta)])? $variant:ident($ty:ty): $tag:literal, [$($rule:expr),* $(,)?] $(, $from:ident)?;)*
        } $unknown:ident
    ) => {
        // Without any of its features a union has no alternative.
        #[allow(unused_imports, unused_mut, unused_variables)]
        const _: () = {
            use $crate::runtime::{
                Checker, DecodeError, FromJson, Json, JsonObject, Limit, Mode, Rule, Rule::*, Untyped, Validate,
                siblings::{self, Follow as _},
            };

            impl $name {
                /// The tags of the alternatives.
                pub const TAGS: &'static [&'static str] = &[$($(#[cfg($gate)])? $tag),*];

                /// The value as it stands, of whatever form.
                pub fn raw(value: impl Into<Json>) -> Self {
                    Self::$unknown(value.into().into())
                }

                /// `value` as the alternative that `tag` chooses.
                ///
                /// # Errors
                /// There is none of this tag, or the value doesn't fit it; the path says which property.
                pub fn typed(tag: &str, value: impl Into<Json>) -> Result<Self, DecodeError> {
                    match tag {
                        $($(#[cfg($gate)])? $tag => siblings::decode(value.into().0, Self::$variant),)*
                        $($(
                            #[cfg(not($gate))]
                            $tag => Err(siblings::not_compiled(tag, stringify!($gate))),
                        )?)*
                        _ => Err(DecodeError::new(format!("no alternative is called {tag:?}"))),
                    }
                }

                /// The tag that chooses this alternative; of an unknown one what came with it.
                pub fn tag(&self) -> Option<&str> {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(_) => Some($tag),)*
                        Self::$unknown(untyped) => untyped.tag.as_deref(),
                    }
                }

                /// The value as JSON.
                pub fn to_json(&self) -> Json {
                    Json(::serde_json::to_value(self).unwrap_or_default())
                }
            }

            $(
                $(#[cfg($gate)])?
                siblings::from_alternative! { $name $variant($ty) $($from)? }
            )*

            impl From<Json> for $name {
                fn from(value: Json) -> Self {
                    Self::raw(value)
                }
            }

            impl From<JsonObject> for $name {
                fn from(value: JsonObject) -> Self {
                    Self::raw(::serde_json::Value::Object(value.into()))
                }
            }

            impl siblings::Follow for $name {
                fn follow(&mut self, tag: Option<&str>) {
                    let (Self::$unknown(untyped), Some(tag)) = (&mut *self, tag) else { return };
                    untyped.tag = Some(tag.to_owned());
                    $($(
                        #[cfg(not($gate))]
                        if tag == $tag {
                            untyped.reason = Some(siblings::not_compiled(tag, stringify!($gate)));
                        }
                    )?)*
                    if Self::TAGS.contains(&tag) {
                        match Self::typed(tag, untyped.value.clone()) {
                            Ok(typed) => *self = typed,
                            Err(reason) => untyped.reason = Some(reason),
                        }
                    }
                }

                fn follow_text(&mut self, tag: Option<&str>, text: &str) -> Result<(), ::serde_json::Error> {
                    let typed: Option<Self> = match tag {
                        $($(#[cfg($gate)])? Some($tag) => siblings::decode_text(text, Self::$variant),)*
                        _ => None,
                    };
                    *self = match typed {
                        Some(typed) => typed,
                        None => Self::raw(::serde_json::from_str::<::serde_json::Value>(text)?),
                    };
                    self.follow(tag);
                    Ok(())
                }

                fn known(tag: &str) -> Option<&'static str> {
                    Self::TAGS.iter().find(|known| **known == tag).copied()
                }

                fn taken(&self) -> Option<&str> {
                    match self {
                        Self::$unknown(_) => None,
                        #[allow(unreachable_patterns)]
                        known => known.tag(),
                    }
                }
            }

            impl FromJson for $name {
                fn from_json(value: ::serde_json::Value, _: Mode) -> Result<Self, DecodeError> {
                    Ok(Self::raw(value))
                }

                fn decode_alternative<'de, D: ::serde::Deserializer<'de>>(
                    tag: &str,
                    deserializer: D,
                ) -> Result<Self, D::Error> {
                    match tag {
                        $($(#[cfg($gate)])? $tag => FromJson::decode(deserializer).map(Self::$variant),)*
                        _ => Self::decode(deserializer),
                    }
                }

                fn pending() -> Option<Self> {
                    Some(Self::raw(::serde_json::Value::Null))
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(payload) => ::serde::Serialize::serialize(payload, serializer),)*
                        Self::$unknown(untyped) => ::serde::Serialize::serialize(&untyped.value, serializer),
                    }
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer).map(Self::raw)
                }
            }

            impl Validate for $name {
                fn check(&self, _: &[Rule], checker: &mut Checker) {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(payload) => payload.check(&[$($rule),*], checker),)*
                        Self::$unknown(_) => {}
                    }
                }

                fn unknowns(&self) -> usize {
                    match self {
                        $($(#[cfg($gate)])? Self::$variant(payload) => payload.unknowns(),)*
                        Self::$unknown(_) => 1,
                    }
                }
            }
        };
    };
}
pub(crate) use sibling_union;

/// Makes `From` the payload of an alternative that no other has.
macro_rules! from_alternative {
    ($name:ident $variant:ident($ty:ty)) => {};
    ($name:ident $variant:ident($ty:ty) from) => {
        impl From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(Box::new(value))
            }
        }
    };
}
pub(crate) use from_alternative;
