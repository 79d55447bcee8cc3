//! Integers that are out of their type's range. The nearest one takes their place, so that the rest of a response
//! isn't lost, and their digits are kept beside it.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Number, Value};

use crate::json::decimal::Decimal;
use crate::json::decode::{Mode, from_slice};
use crate::json::decode_error::DecodeError;
use crate::json::digits::Exact;
use crate::json::reader::{Fault, Reader};
use crate::json::value::Json;
use crate::json::writer::{ToJson, Writer, to_vec};
use crate::model::slots::Slot;

/// What a reader does with integers that are out of their type's range.
#[derive(Debug, Default)]
pub(crate) struct Nearest {
    /// Whether the nearest integer is read instead.
    pub is_wanted: bool,
    /// Whether one was met when that wasn't wanted.
    #[cfg(feature = "nearest")]
    pub is_missed: bool,
    /// What was read instead, by the positions in the text.
    pub found: BTreeMap<usize, Number>,
    /// Whether the document forbids one of them, by the `format` that its type stands for.
    is_forbidden: bool,
}

/// The range of a type of integers.
pub(crate) struct Range<T> {
    /// The name of the type, for errors.
    pub what: &'static str,
    pub least: T,
    pub greatest: T,
    /// Whether the document forbids integers beyond it.
    pub is_declared: bool,
}

impl Nearest {
    /// Begins to read a value that may have such integers.
    pub const fn expect_value(&mut self) {
        self.is_missed = false;
    }

    /// Notes that one was met which isn't wanted.
    const fn miss(&mut self) {
        self.is_missed = true;
    }
}

impl Reader<'_> {
    /// The integer to read instead of the number with these digits, which was read last and isn't in the range.
    ///
    /// # Errors
    /// None is wanted, or the number is a fraction.
    pub(crate) fn instead_of<T: Copy + Into<Number>>(
        &mut self,
        digits: &str,
        range: &Range<T>,
    ) -> Result<T, Fault> {
        let what = range.what;
        if !Decimal::parse(digits).is_integer() {
            return Err(Box::new(DecodeError::new(format!("expected {what}, got a fraction"))));
        }
        if !self.nearest.is_wanted || self.mode == Mode::Strict {
            #[cfg(feature = "nearest")]
            self.nearest.miss();
            let message = format!("expected {what}, got an integer out of its range");
            return Err(Box::new(DecodeError::new(message)));
        }
        let nearest = if digits.starts_with('-') { range.least } else { range.greatest };
        self.nearest.found.insert(self.place().at - digits.len(), nearest.into());
        self.nearest.is_forbidden |= range.is_declared;
        Ok(nearest)
    }

    /// Reads the next value with `read`, with the nearest integers in place of those that are out of range. Returns
    /// the value itself too, in which these are at hand.
    ///
    /// # Errors
    /// The errors of `read`.
    pub(crate) fn read_nearest(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<Json, Fault> {
        let start = self.place();
        let was_wanted = std::mem::replace(&mut self.nearest.is_wanted, true);
        let read = self.attempt(read);
        self.nearest.is_wanted = was_wanted;
        self.nearest.is_missed = false;
        let value = read.and_then(|()| {
            self.go_to(start);
            self.value()
        });
        self.nearest.found.clear();
        value
    }
}

/// Whether the JSON text is a value for the `slot` but for integers that it can't hold, which the document allows.
pub(crate) fn admits(text: &str, slot: &mut dyn Slot) -> bool {
    let mut reader = Reader::new(text, Mode::Lenient);
    reader.nearest.is_wanted = true;
    slot.read(&mut reader, None).is_ok() && !reader.nearest.found.is_empty() && !reader.nearest.is_forbidden
}

/// The text of a value that is written as `written`, with the digits of the numbers of `kept` that it still has.
pub(crate) fn with_digits(written: &[u8], kept: Exact<'_>) -> Option<Vec<u8>> {
    let written = from_slice::<Json>(written).ok()?;
    to_vec(&Restored { written: written.to_exact(), kept }).ok()
}

/// A value, and one whose digits it gets wherever both have the same number.
struct Restored<'a> {
    written: Exact<'a>,
    kept: Exact<'a>,
}

impl ToJson for Restored<'_> {
    fn write(&self, json: &mut Writer) {
        let Self { written, kept } = *self;
        match (written.0, kept.0) {
            _ if kept.1.is_none() => written.write(json),
            (Value::Number(number), Value::Number(other)) if number == other && written.1.is_none() => {
                kept.write(json);
            }
            (Value::Array(_), Value::Array(_)) => json.array(self.items(), ToJson::write),
            (Value::Object(_), Value::Object(others)) => {
                let kept = |name: &String| Some(Exact(others.get(name)?, kept.1?.of_part(name)));
                let members = written.members().map(|(name, member)| (name, Self::of(member, kept(name))));
                json.object(|json| json.members(members));
            }
            _ => written.write(json),
        }
    }
}

impl<'a> Restored<'a> {
    fn of(written: Exact<'a>, kept: Option<Exact<'a>>) -> Self {
        Self { written, kept: kept.unwrap_or(Exact(written.0, None)) }
    }

    /// The items. Some may have been added, removed or changed around those with digits.
    fn items(&self) -> impl Iterator<Item = Self> {
        let (written, kept) = (self.written, self.kept);
        let exact: HashSet<&Value> =
            kept.items().filter(|item| item.0.is_number() && item.1.is_some()).map(|item| item.0).collect();
        let is_same_length = written.items().count() == kept.items().count();
        let mut pairs = written.items().zip(kept.items());
        let is_aligned =
            is_same_length && pairs.all(|(item, other)| item.0 == other.0 || !exact.contains(other.0));
        let numbers: Vec<Exact<'a>> = kept.items().filter(|item| exact.contains(item.0)).collect();
        let (mut numbers, mut same_place) = (numbers.into_iter(), kept.items());
        written.items().map(move |item| {
            let beside = same_place.next().filter(|_| is_same_length);
            let found = match item.0.is_number() {
                true if is_aligned => beside,
                true if exact.contains(item.0) => numbers.find(|other| other.0 == item.0),
                true => None,
                false => beside.or_else(|| kept.items().find(|other| other.0 == item.0)),
            };
            Self::of(item, found)
        })
    }
}
