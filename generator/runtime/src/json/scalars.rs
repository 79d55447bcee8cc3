//! Reading scalars.

use crate::json::decimal::Decimal;
use crate::json::decode::FromJson;
use crate::json::decode_error::DecodeError;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};

/// Parses `digits`, a valid JSON number, as an integer.
fn integer(digits: &str) -> Option<i128> {
    // The fast path, for all integers but negative and very large ones.
    if digits.len() < 19
        && let Ok(integer) = digits.parse::<i64>()
    {
        return Some(integer.into());
    }
    Decimal::parse(digits).as_i128()
}

/// The error for a number with these `digits` that isn't `what`.
fn unfitting(digits: &str, what: &str) -> Fault {
    let got = if Decimal::parse(digits).is_integer() { "an integer out of its range" } else { "a fraction" };
    Box::new(DecodeError::new(format!("expected {what}, got {got}")))
}

macro_rules! integers {
    ($($type:ty: $what:literal $(, $nearest:ident)?;)*) => { $(impl FromJson for $type {
        fn kinds() -> Kinds {
            Kinds::NUMBER
        }

        fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            let digits = reader.number($what)?;
            integer(digits).and_then(|integer| integer.try_into().ok()).ok_or_else(|| unfitting(digits, $what))
        }

        $(fn nearest(digits: &str) -> Option<Self> {
            $nearest(digits)
        })?
    })* };
}
integers! { i32: "a 32-bit integer"; i64: "a 64-bit integer", nearest; u64: "an unsigned integer"; }

/// The nearest `i64`, which is what integers without a format are, to one that is out of its range.
pub(crate) fn nearest(digits: &str) -> Option<i64> {
    let number = Decimal::parse(digits);
    let is_beyond =
        number.is_integer() && number.as_i128().is_none_or(|integer| i64::try_from(integer).is_err());
    let nearest = if digits.starts_with('-') { i64::MIN } else { i64::MAX };
    is_beyond.then_some(nearest)
}

impl FromJson for bool {
    fn kinds() -> Kinds {
        Kinds::BOOLEAN
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.boolean()
    }
}

impl FromJson for String {
    fn kinds() -> Kinds {
        Kinds::STRING
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.string().map(Into::into)
    }

    fn tag(&self) -> Option<&str> {
        Some(self)
    }
}
