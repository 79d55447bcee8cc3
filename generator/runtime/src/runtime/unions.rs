//! What the union macros share.

use super::Json;
use super::decode::FromJson;
use super::kinds::Kinds;
use super::reader::{Fault, Place, Reader};
use super::rules::Checker;
use super::validate::Validate;

/// The alternative that a tag names, or the value where it doesn't fit.
///
/// # Errors
/// It isn't JSON.
pub fn fitting<T: FromJson, U>(
    reader: &mut Reader<'_>,
    variant: fn(T) -> U,
    unknown: fn(Json) -> U,
) -> Result<U, Fault> {
    reader.attempt(T::read).map(variant).or_else(|_| Json::read(reader).map(unknown))
}

/// The best of the alternatives considered: the one that breaks the fewest rules, then the one that leaves the
/// fewest properties and enum values unknown, then the first.
#[derive(Debug)]
pub struct Best<T> {
    kinds: Kinds,
    start: Place,
    /// With where it ends.
    best: Option<(T, Place)>,
    /// The score of the best, once it was asked for.
    score: Option<(usize, usize)>,
}

impl<T: Validate> Best<T> {
    /// None yet, for the next value.
    pub fn of(reader: &mut Reader<'_>) -> Self {
        Self { kinds: reader.kind(), start: reader.place(), best: None, score: None }
    }

    /// Considers the alternative `A`, wrapped by `variant`.
    pub fn consider<A: FromJson>(&mut self, reader: &mut Reader<'_>, variant: fn(A) -> T) {
        if !self.wants::<A>() {
            return;
        }
        reader.go_to(self.start);
        if let Ok(payload) = reader.strictly(A::read) {
            self.offer(variant(payload), reader.place());
        }
    }

    /// Whether the alternative `A` could be better than what was offered. None is better than a perfect one, and
    /// trying all of a union that holds itself costs time that grows with the power of the depth.
    pub(super) fn wants<A: FromJson>(&mut self) -> bool {
        if !A::kinds().meets(self.kinds) {
            return false;
        }
        let Some((best, _)) = &self.best else { return true };
        if A::shape().is_some_and(|shape| best.is_as_good_as(shape)) {
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

    /// The best, or the value wrapped by `unknown` if none fits.
    ///
    /// # Errors
    /// It isn't JSON.
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

/// The traits that all unions have alike.
macro_rules! union_traits {
    ($name:ident { $($variant:ident [$($rule:expr),*])* } $unknown:ident) => {
        #[allow(unused_imports)]
        const _: () = {
            use $crate::runtime::{Checker, Limit, Rule, Rule::*, ToJson, Validate, encode::Writer, shape::Shape};

            impl ToJson for $name {
                fn write(&self, json: &mut Writer) {
                    match self {
                        $(Self::$variant(payload) => payload.write(json),)*
                        Self::$unknown(value) => value.write(json),
                    }
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

                fn is_as_good_as(&self, shape: &Shape) -> bool {
                    match self {
                        $(Self::$variant(payload) => {
                            <[Rule]>::is_empty(&[$($rule),*]) && payload.is_as_good_as(shape)
                        })*
                        Self::$unknown(_) => false,
                    }
                }
            }
        };

        $crate::runtime::encode::by_json!($name);
    };
}
pub(crate) use union_traits;
