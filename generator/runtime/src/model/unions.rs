//! The union macros and what they share.

use std::borrow::Cow;

use crate::json::attempts::{Score, Tally, Verdict};
use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Place, Reader};
use crate::json::value::Json;
use crate::model::comparison::is_as_good;
use crate::model::rules::Checker;
use crate::model::shape::Shape;
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

/// The best of the alternatives considered: the one that violates the fewest constraints, then the one that
/// leaves the fewest properties and enum values unknown, then the first.
#[derive(Debug)]
pub struct Best<'a, T> {
    kinds: Kinds,
    start: Place,
    /// The names of the properties, once an alternative has asked for them, if the value is an object.
    names: Option<Vec<Cow<'a, str>>>,
    stage: Stage,
    /// Which alternatives are possible, by kind and required properties.
    possible: Possible,
    /// The place of the next alternative in the union.
    next: usize,
    best: Option<Candidate<T>>,
}

/// What is known of a union before its alternatives are considered.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// Nothing.
    New,
    /// Nothing: each alternative is asked whether it is possible.
    Sift,
    /// Which alternatives are possible: each of them is tried.
    Search,
    /// The only possible alternative of a union that is inside no other. It is read at once, so that nothing inside it is
    /// on trial.
    Only(usize),
    /// The best alternative, whose value is wanted. It is followed by what to end it with.
    Build(Option<usize>, bool),
    /// The verdict, which is all that is wanted.
    Judged(Verdict),
    /// The alternatives have been considered.
    Done,
}

/// A set of alternatives. Those after the first 64 are always in it: to try one that isn't possible costs time and nothing else.
#[derive(Clone, Copy, Debug, Default)]
struct Possible {
    first: u64,
    count: usize,
    last: usize,
}

impl Possible {
    const fn insert(&mut self, index: usize) {
        if index < 64 {
            self.first |= 1 << index;
        }
        self.count += 1;
        self.last = index;
    }

    const fn contains(self, index: usize) -> bool {
        index >= 64 || self.first >> index & 1 == 1
    }

    /// The alternative, if there is only one.
    const fn only(self) -> Option<usize> {
        if self.count == 1 { Some(self.last) } else { None }
    }
}

/// An alternative that fits.
#[derive(Debug)]
struct Candidate<T> {
    index: usize,
    value: T,
    tally: Tally,
    /// The position at which it ends.
    end: Place,
    /// Computed on demand.
    score: Option<Score>,
}

impl<T: Validate> Candidate<T> {
    fn score(&mut self) -> Score {
        *self.score.get_or_insert_with(|| {
            let mut checker = Checker::default();
            self.value.check(&[], &mut checker);
            let unknowns = (self.value.unknowns() + self.tally.unknowns).saturating_sub(self.tally.unions);
            (checker.violation_count() + self.tally.violations, unknowns)
        })
    }
}

impl<'a, T: Validate + 'static> Best<'a, T> {
    /// Starts with no alternative for the next value.
    pub fn of(reader: &mut Reader<'a>) -> Self {
        let kinds = reader.kind();
        let (stage, possible) = (Stage::New, Possible::default());
        Self { kinds, start: reader.place(), names: None, stage, possible, next: 0, best: None }
    }

    /// Whether the alternatives must be considered, one after the other: first to find out which are possible, then to try
    /// those, and once more if the best of them was only judged.
    pub fn wants_alternatives(&mut self, reader: &mut Reader<'a>) -> bool {
        self.next = 0;
        self.stage = match self.stage {
            Stage::New => self.first_stage(reader),
            Stage::Sift => match self.possible.only() {
                Some(only) if reader.attempts.is_outermost() => Stage::Only(only),
                _ if self.possible.count == 0 => Stage::Done,
                _ => Stage::Search,
            },
            Stage::Only(_) => Stage::Done,
            Stage::Search => match &self.best {
                Some(best) if best.tally.is_partial && !reader.attempts.is_trial() => Stage::Build(
                    Some(self.best.take().map_or(0, |best| best.index)),
                    reader.attempts.begin_building(),
                ),
                _ => Stage::Done,
            },
            Stage::Build(_, was_building) => {
                reader.attempts.end_building(was_building);
                Stage::Done
            }
            stage => stage,
        };
        matches!(self.stage, Stage::Sift | Stage::Search | Stage::Only(_) | Stage::Build(..))
    }

    fn first_stage(&mut self, reader: &mut Reader<'a>) -> Stage {
        let is_scalar = !self.kinds.meets(Kinds::ARRAY.or(Kinds::OBJECT));
        let verdict = if is_scalar { None } else { reader.attempts.verdict::<T>(self.start) };
        match verdict {
            Some(verdict) if reader.attempts.is_building() => Stage::Build(verdict.index, true),
            Some(verdict) => Stage::Judged(verdict),
            None => Stage::Sift,
        }
    }

    /// Considers the alternative `A`, wrapped with `variant`.
    pub fn consider<A: FromJson>(&mut self, reader: &mut Reader<'a>, variant: fn(A) -> T) {
        let index = self.next;
        self.next += 1;
        let stage = self.stage;
        match stage {
            Stage::Build(Some(chosen), _) | Stage::Only(chosen) if chosen == index => {
                self.build(index, reader, variant);
            }
            Stage::Sift if self.is_possible::<A>(reader) => self.possible.insert(index),
            Stage::Search if reader.flaw.is_none() && self.possible.contains(index) && self.wants::<A>() => {
                self.attempt(index, reader, variant);
            }
            _ => {}
        }
    }

    /// Reads the alternative `A`, which is known to be the best or the only one.
    fn build<A: FromJson>(&mut self, index: usize, reader: &mut Reader<'a>, variant: fn(A) -> T) {
        reader.go_to(self.start);
        let read = reader.strictly(A::read).map(variant);
        self.best = read.ok().map(|value| self.candidate(index, value, Tally::default(), reader));
    }

    /// Passes over an alternative that the value can't be.
    pub const fn pass_over(&mut self) {
        self.next += 1;
    }

    fn attempt<A: FromJson>(&mut self, index: usize, reader: &mut Reader<'a>, variant: fn(A) -> T) {
        reader.go_to(self.start);
        let outer = reader.attempts.begin();
        let read = reader.strictly(A::read).map(variant);
        let tally = reader.attempts.end(outer);
        if let Ok(value) = read {
            let candidate = self.candidate(index, value, tally, reader);
            self.offer(candidate);
        }
    }

    fn candidate(&self, index: usize, value: T, tally: Tally, reader: &Reader<'_>) -> Candidate<T> {
        Candidate { index, value, tally, end: reader.place(), score: None }
    }

    /// Whether the value is of a kind that the alternative `A` has, and has the properties that it requires.
    fn is_possible<A: FromJson>(&mut self, reader: &mut Reader<'a>) -> bool {
        A::kinds().meets(self.kinds)
            && (self.kinds != Kinds::OBJECT
                || A::object_shape().is_none_or(|(shape, _)| self.has_required(shape, reader)))
    }

    /// Whether the alternative `A` could be better than the best so far. Nothing beats a perfect score, so
    /// the search stops there.
    fn wants<A: FromJson>(&mut self) -> bool {
        let Some(best) = &mut self.best else { return true };
        if !best.tally.is_partial
            && let (Some(other), Some(object)) = (A::object_shape(), best.value.plain_object())
            && is_as_good(object, other)
        {
            return false;
        }
        best.score() != (0, 0)
    }

    /// Whether the value has the properties that the shape requires. Names are looked for in all of the value, so only if
    /// any is required.
    fn has_required(&mut self, shape: &Shape, reader: &mut Reader<'a>) -> bool {
        let wanted = shape.required_count();
        wanted == 0 || {
            let names = self.names.get_or_insert_with(|| {
                reader.go_to(self.start);
                reader.peek_names()
            });
            shape.count_required(names) >= wanted
        }
    }

    fn offer(&mut self, mut candidate: Candidate<T>) {
        if let Some(best) = &mut self.best
            && candidate.score() >= best.score()
        {
            return;
        }
        self.best = Some(candidate);
    }

    /// Returns the best alternative, or the untyped value wrapped with `unknown` if none fits.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn take(mut self, reader: &mut Reader<'a>, unknown: fn(Json) -> T) -> Result<T, Fault> {
        if let Some(flaw) = reader.flaw {
            return Err(reader.flawed(flaw));
        }
        if let Stage::Judged(verdict) = self.stage {
            return self.stand_in(reader, verdict, unknown);
        }
        reader.go_to(self.start);
        if reader.attempts.is_trial() && self.kinds.meets(Kinds::ARRAY.or(Kinds::OBJECT)) {
            let verdict = self.verdict(reader)?;
            reader.attempts.judge::<T>(self.start, verdict);
            if reader.attempts.takes_stand_ins()
                || self.best.as_ref().is_some_and(|best| best.tally.is_partial)
            {
                return self.stand_in(reader, verdict, unknown);
            }
        } else {
            reader.attempts.forget();
        }
        match self.best {
            Some(best) => {
                reader.go_to(best.end);
                Ok(best.value)
            }
            None => Json::read(reader).map(unknown),
        }
    }

    fn verdict(&mut self, reader: &mut Reader<'a>) -> Result<Verdict, Fault> {
        if let Some(best) = &mut self.best {
            return Ok(Verdict { index: Some(best.index), end: best.end, score: best.score() });
        }
        reader.pass()?;
        let end = reader.place();
        reader.go_to(self.start);
        Ok(Verdict { index: None, end, score: (0, 1) })
    }

    fn stand_in(
        &self,
        reader: &mut Reader<'a>,
        verdict: Verdict,
        unknown: fn(Json) -> T,
    ) -> Result<T, Fault> {
        reader.go_to(verdict.end);
        reader.attempts.stand_in_for_union(verdict.score);
        Ok(unknown(self.start.at.into()))
    }
}

/// The traits of a union, which `read` reads.
#[doc(hidden)]
#[macro_export]
macro_rules! union_traits {
    (
        read($reader:ident) $read:block
        $name:ident $(without $without:ident)?
        { $($variant:ident [$($rule:expr),*] $(as $property:literal $tag:literal)?;)* } $unknown:ident
    ) => {
        $crate::model::unions::union_hash!($(without $without)? $name { $($variant;)* $unknown; });

        #[allow(unused_imports)]
        const _: () = {
            // Import nothing else: an import shadows the document's own types.
            use $crate::model::rules::named::*;

            impl $crate::model::codec::Model for $name {
                type Codec = $crate::model::union_codec::UnionCodec;
            }

            impl $crate::model::union_codec::Union for $name {
                #[inline]
                fn read_union(
                    $reader: &mut $crate::json::reader::Reader<'_>,
                ) -> Result<Self, $crate::json::reader::Fault> {
                    $read
                }

                #[inline]
                fn alternative(&self) -> $crate::model::union_codec::Alternative<'_> {
                    match self {
                        $(Self::$variant(value) => $crate::model::union_codec::Alternative::known(
                            value,
                            $crate::model::slots::rules!($($rule),*),
                            $crate::model::union_codec::tag!($($property $tag)?),
                        ),)*
                        Self::$unknown(value) => $crate::model::union_codec::Alternative::unknown(value),
                    }
                }
            }
        };

        $crate::json::writer::by_json!($name);
    };
}
#[doc(hidden)]
pub use union_traits;

/// `Eq` and `Hash` of a union, unless it has an alternative without them.
#[doc(hidden)]
#[macro_export]
macro_rules! union_hash {
    (without hash $($union:tt)*) => {};
    ($name:ident { $($(#[cfg($gate:meta)])? $variant:ident;)* }) => {
        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&::std::mem::discriminant(self), state);
                match self {
                    $($(#[cfg($gate)])? Self::$variant(payload) => ::std::hash::Hash::hash(payload, state),)*
                }
            }
        }
    };
}
#[doc(hidden)]
pub use union_hash;

/// Reads a value that no tag selects: as the default alternative, if there is one and it fits.
#[doc(hidden)]
#[macro_export]
macro_rules! read_otherwise {
    ($reader:ident, $unknown:expr) => {
        <$crate::json::value::Json as $crate::json::decode::FromJson>::read($reader).map($unknown)
    };
    ($reader:ident, $unknown:expr, $default:expr) => {
        $crate::model::unions::fitting($reader, $default, $unknown)
    };
}
#[doc(hidden)]
pub use read_otherwise;

/// Implements a union whose alternative is selected by a property (`discriminator`), or else by being the default. A row ends with `writes` and
/// the value of the property if only one value selects the alternative, which is then written with it.
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    (
        $name:ident $(without $without:ident)? by $property:literal $(, otherwise $default:ident)? {
            $($variant:ident($ty:ty): $($tag:literal),+, [$($rule:expr),* $(,)?] $(, writes $written:literal)?;)*
        } $unknown:ident
    ) => {
        $crate::model::unions::union_traits! {
            read(reader) {
                match reader.peek_property($property).as_deref() {
                    $(Some($($tag)|+) => $crate::model::unions::fitting(reader, Self::$variant, Self::$unknown),)*
                    _ => $crate::model::unions::read_otherwise!(reader, Self::$unknown $(, Self::$default)?),
                }
            }
            $name $(without $without)? { $($variant [$($rule),*] $(as $property $written)?;)* } $unknown
        }
    };
}
#[doc(hidden)]
pub use tagged_union;

/// Implements a union that takes the alternative that fits best.
#[doc(hidden)]
#[macro_export]
macro_rules! untagged_union {
    (
        $name:ident $(without $without:ident)? { $($variant:ident($ty:ty): [$($rule:expr),* $(,)?];)* }
        $unknown:ident
    ) => {
        $crate::model::unions::union_traits! {
            read(reader) {
                let mut best = $crate::model::unions::Best::of(reader);
                while best.wants_alternatives(reader) {
                    $(best.consider(reader, Self::$variant);)*
                }
                best.take(reader, Self::$unknown)
            }
            $name $(without $without)? { $($variant [$($rule),*];)* } $unknown
        }
    };
}
#[doc(hidden)]
pub use untagged_union;
