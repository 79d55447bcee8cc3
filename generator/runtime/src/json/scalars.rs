//! Reading scalars.

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::value::Json;

/// `value` as an integer, if it is whole and fits into an `i64`. In JSON Schema, `1.0` is an integer (2020-12
/// core, section 4.2.3).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the range is checked first"
)]
pub(crate) fn whole(value: f64) -> Option<i64> {
    let fits = value.fract() == 0.0 && value >= i64::MIN as f64 && value < i64::MAX as f64;
    fits.then_some(value as i64)
}

/// Parses `digits` as any number that JSON allows.
pub(crate) fn number(digits: &str) -> Option<serde_json::Number> {
    serde_json::from_str(digits).ok()
}

/// Parses `digits` as an integer.
fn integer(digits: &str) -> Option<i128> {
    // The fast path, for all integers but zero, negative and very large ones.
    let has_only_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if has_only_digits && digits.len() < 19 && !digits.starts_with('0') {
        return digits.parse::<i64>().ok().map(i128::from);
    }
    let number = number(digits)?;
    number.as_i128().or_else(|| number.as_f64().and_then(whole).map(i128::from))
}

/// Reads the next value as a number, whose digits `parse` converts. `what` names the expected type in errors.
pub(crate) fn digits<T>(
    reader: &mut Reader<'_>,
    what: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, Fault> {
    let start = reader.place();
    let digits = reader.number(what)?;
    parse(digits).ok_or_else(|| {
        reader.go_to(start);
        reader.expected(what)
    })
}

macro_rules! integers {
    ($($type:ty: $what:literal),* $(,)?) => { $(impl FromJson for $type {
        fn kinds() -> Kinds {
            Kinds::NUMBER
        }

        fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            digits(reader, $what, |digits| integer(digits)?.try_into().ok())
        }
    })* };
}
integers! { i32: "a 32-bit integer", i64: "a 64-bit integer", u64: "an unsigned integer" }

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

impl FromJson for Json {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.value().map(Self)
    }
}
