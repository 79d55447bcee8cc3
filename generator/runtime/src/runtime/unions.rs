//! What the union macros share.

use serde_json::Value;

use super::decode::{FromJson, Mode};
use super::kinds::Kinds;
use super::rules::Checker;
use super::validate::Validate;

/// The alternative that a tag names, or the value where it doesn't fit.
///
/// # Errors
/// The value, unchanged.
pub fn alternative<T: FromJson>(value: Value, mode: Mode) -> Result<T, Value> {
    T::from_json(value.clone(), mode).map_err(|_| value)
}

/// The best of the alternatives offered: the one that breaks the fewest rules, then the one that leaves the
/// fewest properties and enum values unknown, then the first.
#[derive(Debug)]
pub struct Best<T> {
    kinds: Kinds,
    best: Option<T>,
    /// The score of the best, once it was asked for.
    score: Option<(usize, usize)>,
}

impl<T: Validate> Best<T> {
    /// None yet, for a value of one of `kinds`.
    pub const fn of(kinds: Kinds) -> Self {
        Self { kinds, best: None, score: None }
    }

    /// Whether the alternative `A` could be better than what was offered. None is better than a perfect one, and
    /// trying all of a union that holds itself costs time that grows with the power of the depth.
    pub fn wants<A: FromJson>(&mut self) -> bool {
        if !A::KINDS.meets(self.kinds) {
            return false;
        }
        let Some(best) = &self.best else { return true };
        if A::shape().is_some_and(|shape| best.is_as_good_as(shape)) {
            return false;
        }
        *self.score.get_or_insert_with(|| score(best)) != (0, 0)
    }

    /// Considers `candidate`.
    pub fn offer(&mut self, candidate: T) {
        if let Some(best) = &self.best {
            let (of_best, of_candidate) = (*self.score.get_or_insert_with(|| score(best)), score(&candidate));
            if of_candidate >= of_best {
                return;
            }
            self.score = Some(of_candidate);
        }
        self.best = Some(candidate);
    }

    /// The best, if any was offered.
    pub fn take(self) -> Option<T> {
        self.best
    }
}

fn score(candidate: &impl Validate) -> (usize, usize) {
    let mut checker = Checker::default();
    candidate.check(&[], &mut checker);
    (checker.count(), candidate.unknowns())
}

/// The traits that all unions have alike.
macro_rules! union_traits {
    ($name:ident { $($variant:ident [$($rule:expr),*])* } $unknown:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(payload) => ::serde::Serialize::serialize(payload, serializer),)*
                    Self::$unknown(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::from_json(value, Mode::Lenient).map_err(::serde::de::Error::custom)
            }
        }

        impl Validate for $name {
            fn check(&self, _: &[Rule], checker: &mut Checker) {
                match self {
                    $(Self::$variant(payload) => payload.check(&[$($rule),*], checker),)*
                    Self::$unknown(_) => {}
                }
            }

            fn unknowns(&self) -> usize {
                match self {
                    $(Self::$variant(payload) => payload.unknowns(),)*
                    Self::$unknown(_) => 1,
                }
            }

            fn is_as_good_as(&self, shape: &$crate::runtime::shape::Shape) -> bool {
                match self {
                    $(Self::$variant(payload) => {
                        <[Rule]>::is_empty(&[$($rule),*]) && payload.is_as_good_as(shape)
                    })*
                    Self::$unknown(_) => false,
                }
            }
        }
    };
}
pub(crate) use union_traits;
