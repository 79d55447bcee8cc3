//! Reading scalars.

use crate::json::decimal::Decimal;
use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::nearest::Range;
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

macro_rules! integers {
    ($($type:ty: $what:literal, $is_declared:literal;)*) => { $(impl FromJson for $type {
        fn kinds() -> Kinds {
            Kinds::NUMBER
        }

        fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            const RANGE: Range<$type> =
                Range { what: $what, least: <$type>::MIN, greatest: <$type>::MAX, is_declared: $is_declared };
            let digits = reader.number($what)?;
            match integer(digits).and_then(|integer| integer.try_into().ok()) {
                Some(integer) => Ok(integer),
                None => reader.instead_of(digits, &RANGE),
            }
        }
    })* };
}
// Integers without a format have one of the larger types.
integers! { i32: "a 32-bit integer", true; i64: "a 64-bit integer", false; u64: "an unsigned integer", false; }

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
