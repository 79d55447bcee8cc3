//! The union macros and what they share.

use serde::Serialize;
use serde_json::Value;

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Place, Reader};
use crate::json::value::Json;
use crate::json::writer::{self, ToJson, Writer};
use crate::model::comparison::is_as_good;
use crate::model::rules::Checker;
use crate::model::validate::Validate;

/// Reads the alternative that a tag selects, or the untyped value if it doesn't fit.
///
/// # Errors
/// The text isn't JSON.
pub fn fitting<T: FromJson, U>(
    reader: &mut Reader<'_>,
    variant: fn(T) -> U,
    unknown: fn(Json) -> U,
) -> Result<U, Fault> {
    reader.attempt(T::read).map(variant).or_else(|_| Json::read(reader).map(unknown))
}

/// Writes the payload of an alternative whose `property` is `tag`. The alternative says so, not its payload.
pub fn write_tagged(payload: &impl ToJson, property: &'static str, tag: &impl Serialize, json: &mut Writer) {
    if let Some(object) = payload.object() {
        return json.tagged(object, property, tag);
    }
    // A map, or a union of its own, which has the tag unless it was made without it.
    match (writer::to_value(payload), serde_json::to_value(tag)) {
        (Ok(Value::Object(mut map)), Ok(tag)) => {
            map.entry(property).or_insert(tag);
            json.serde(&map);
        }
        _ => payload.write(json),
    }
}

/// The best of the alternatives considered: the one that violates the fewest constraints, then the one that
/// leaves the fewest properties and enum values unknown, then the first.
#[derive(Debug)]
pub struct Best<T> {
    kinds: Kinds,
    start: Place,
    /// The best alternative and the position at which it ends.
    best: Option<(T, Place)>,
    /// The score of the best, computed on demand.
    score: Option<(usize, usize)>,
}

impl<T: Validate> Best<T> {
    /// Starts with no alternative for the next value.
    pub fn of(reader: &mut Reader<'_>) -> Self {
        Self { kinds: reader.kind(), start: reader.place(), best: None, score: None }
    }

    /// Considers the alternative `A`, wrapped with `variant`.
    pub fn consider<A: FromJson>(&mut self, reader: &mut Reader<'_>, variant: fn(A) -> T) {
        if !self.wants::<A>() {
            return;
        }
        reader.go_to(self.start);
        if let Ok(payload) = reader.strictly(A::read) {
            self.offer(variant(payload), reader.place());
        }
    }

    /// Whether the alternative `A` could be better than the best so far. Nothing beats a perfect score, so
    /// the search stops there: in a recursive union, trying every alternative takes time that grows
    /// exponentially with depth.
    pub(crate) fn wants<A: FromJson>(&mut self) -> bool {
        if !A::kinds().meets(self.kinds) {
            return false;
        }
        let Some((best, _)) = &self.best else { return true };
        if let (Some(shape), Some(object)) = (A::shape(), best.plain_object())
            && is_as_good(object, shape)
        {
            return false;
        }
        *self.score.get_or_insert_with(|| score(best)) != (0, 0)
    }

    fn offer(&mut self, candidate: T, end: Place) {
        if let Some((best, _)) = &self.best {
            let (of_best, of_candidate) = (*self.score.get_or_insert_with(|| score(best)), score(&candidate));
            if of_candidate >= of_best {
                return;
            }
            self.score = Some(of_candidate);
        }
        self.best = Some((candidate, end));
    }

    /// Returns the best alternative, or the untyped value wrapped with `unknown` if none fits.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn take(self, reader: &mut Reader<'_>, unknown: fn(Json) -> T) -> Result<T, Fault> {
        if let Some((best, end)) = self.best {
            reader.go_to(end);
            return Ok(best);
        }
        reader.go_to(self.start);
        Json::read(reader).map(unknown)
    }
}

fn score(candidate: &impl Validate) -> (usize, usize) {
    let mut checker = Checker::default();
    candidate.check(&[], &mut checker);
    (checker.count(), candidate.unknowns())
}

/// The traits that every union implements the same way.
#[doc(hidden)]
#[macro_export]
macro_rules! union_traits {
    ($name:ident { $($variant:ident [$($rule:expr),*] $(as $property:literal $tag:literal)?;)* } $unknown:ident) => {
        #[allow(unused_imports)]
        const _: () = {
            // Import nothing else: an import shadows the document's own types.
            use $crate::model::rules::Limit;
            use $crate::model::rules::Rule::*;

            impl $crate::json::writer::ToJson for $name {
                fn write(&self, json: &mut $crate::json::writer::Writer) {
                    match self {
                        $(Self::$variant(payload) => {
                            $crate::model::unions::write_payload!(payload, json $(, $property $tag)?)
                        })*
                        Self::$unknown(value) => $crate::json::writer::ToJson::write(value, json),
                    }
                }
            }

            impl $crate::model::validate::Validate for $name {
                fn check(
                    &self,
                    _: &[$crate::model::rules::Rule],
                    checker: &mut $crate::model::rules::Checker,
                ) {
                    match self {
                        $(Self::$variant(payload) => {
                            $crate::model::validate::Validate::check(payload, &[$($rule),*], checker)
                        })*
                        Self::$unknown(_) => {}
                    }
                }

                fn unknowns(&self) -> usize {
                    match self {
                        $(Self::$variant(payload) => $crate::model::validate::Validate::unknowns(payload),)*
                        Self::$unknown(_) => 1,
                    }
                }

                fn plain_object(&self) -> Option<&dyn $crate::model::object::AnyObject> {
                    match self {
                        $(Self::$variant(payload) => {
                            $crate::model::validate::Validate::plain_object(payload)
                                .filter(|_| <[$crate::model::rules::Rule]>::is_empty(&[$($rule),*]))
                        })*
                        Self::$unknown(_) => None,
                    }
                }
            }
        };

        $crate::json::writer::by_json!($name);
    };
}
#[doc(hidden)]
pub use union_traits;

/// Writes the payload of an alternative, with its tag if that is the only one.
#[doc(hidden)]
#[macro_export]
macro_rules! write_payload {
    ($payload:ident, $json:ident) => {
        $crate::json::writer::ToJson::write($payload, $json)
    };
    ($payload:ident, $json:ident, $property:literal $tag:literal) => {
        $crate::model::unions::write_tagged($payload, $property, &$tag, $json)
    };
}
#[doc(hidden)]
pub use write_payload;

/// Implements a union whose alternative is selected by a property (`discriminator`). A row ends with `writes` and
/// the value of the property if only one value selects the alternative, which is then written with it.
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    (
        $name:ident by $property:literal {
            $($variant:ident($ty:ty): $($tag:literal),+, [$($rule:expr),* $(,)?] $(, writes $written:literal)?;)*
        } $unknown:ident
    ) => {
        impl $crate::json::decode::FromJson for $name {
            fn read(
                reader: &mut $crate::json::reader::Reader<'_>,
            ) -> Result<Self, $crate::json::reader::Fault> {
                match reader.peek_property($property).as_deref() {
                    $(Some($($tag)|+) => $crate::model::unions::fitting(reader, Self::$variant, Self::$unknown),)*
                    _ => <$crate::json::value::Json as $crate::json::decode::FromJson>::read(reader).map(Self::$unknown),
                }
            }
        }

        $crate::model::unions::union_traits!(
            $name { $($variant [$($rule),*] $(as $property $written)?;)* } $unknown
        );
    };
}
#[doc(hidden)]
pub use tagged_union;

/// Implements a union that takes the alternative that fits best.
#[doc(hidden)]
#[macro_export]
macro_rules! untagged_union {
    ($name:ident { $($variant:ident($ty:ty): [$($rule:expr),* $(,)?];)* } $unknown:ident) => {
        impl $crate::json::decode::FromJson for $name {
            fn read(
                reader: &mut $crate::json::reader::Reader<'_>,
            ) -> Result<Self, $crate::json::reader::Fault> {
                let mut best = $crate::model::unions::Best::of(reader);
                $(best.consider(reader, Self::$variant);)*
                best.take(reader, Self::$unknown)
            }
        }

        $crate::model::unions::union_traits!($name { $($variant [$($rule),*];)* } $unknown);
    };
}
#[doc(hidden)]
pub use untagged_union;
