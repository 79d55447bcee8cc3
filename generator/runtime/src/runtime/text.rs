//! Values that travel as formatted text or digits, and are kept to the letter so that nothing is lost.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::rules::{Checker, Rule};
use super::validate::Validate;

macro_rules! formatted {
    ($(#[$docs:meta])* $name:ident, $format:literal, $is_valid:path) => {
        $(#[$docs])*
        ///
        /// Whatever text the server sends is kept; a text of another form is refused before it is sent.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the text has the form that the format asks for.
            pub fn is_valid(&self) -> bool {
                $is_valid(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self)
            }
        }

        impl Validate for $name {
            fn check(&self, rules: &[Rule], checker: &mut Checker) {
                checker.text(rules, &self.0);
                if !self.is_valid() {
                    checker.violation(concat!("must be ", $format));
                }
            }
        }
    };
}

formatted! {
    /// A date and time with an offset (RFC 3339), such as `2024-02-29T12:30:00Z`.
    DateTime, "a date and time as in RFC 3339", is_date_time
}
formatted! {
    /// A date (RFC 3339 `full-date`), such as `2024-02-29`.
    Date, "a date as in RFC 3339", is_date
}
formatted! {
    /// A UUID (RFC 9562), such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`.
    Uuid, "a UUID", is_uuid
}
formatted! {
    /// Bytes as text in base64 (RFC 4648, section 4).
    Base64, "base64", is_base64
}

impl Base64 {
    /// Encodes `bytes`.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        use base64::Engine as _;
        Self(base64::engine::general_purpose::STANDARD.encode(bytes))
    }

    /// The bytes.
    ///
    /// # Errors
    /// The text isn't base64.
    pub fn decode(&self) -> Result<Vec<u8>, base64::DecodeError> {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.decode(&self.0)
    }
}

fn is_base64(text: &str) -> bool {
    Base64(text.to_owned()).decode().is_ok()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The number in `text[from..to]`, all digits.
fn digits(text: &str, from: usize, to: usize) -> Option<u32> {
    let digits = text.get(from..to)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn is_date(text: &str) -> bool {
    let date = || {
        let (year, month, day) = (digits(text, 0, 4)?, digits(text, 5, 7)?, digits(text, 8, 10)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let dashes = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
        Some(text.len() == 10 && dashes && (1..=12).contains(&month) && (1..=days).contains(&day))
    };
    date().unwrap_or(false)
}

fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let parts = || {
        let (hour, minute, second) = (digits(time, 0, 2)?, digits(time, 3, 5)?, digits(time, 6, 8)?);
        let colons = time.as_bytes().get(2) == Some(&b':') && time.as_bytes().get(5) == Some(&b':');
        let rest = time.get(8..)?;
        let offset = match rest.strip_prefix('.') {
            Some(fraction) => {
                let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                if offset.len() == fraction.len() {
                    return None;
                }
                offset
            }
            None => rest,
        };
        Some(colons && hour < 24 && minute < 60 && second <= 60 && is_offset(offset))
    };
    is_date(date) && parts().unwrap_or(false)
}

fn is_offset(offset: &str) -> bool {
    if offset.eq_ignore_ascii_case("z") {
        return true;
    }
    offset.len() == 6
        && offset.starts_with(['+', '-'])
        && offset.as_bytes()[3] == b':'
        && digits(offset, 1, 3).is_some_and(|hours| hours < 24)
        && digits(offset, 4, 6).is_some_and(|minutes| minutes < 60)
}

/// A JSON number, kept as it was written: `1` and `1.0` stay what they are.
///
/// One made from NaN or an infinity, which JSON doesn't have, is refused before it is sent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Option<serde_json::Number>);

impl Number {
    /// The nearest `f64`; NaN for what JSON doesn't have.
    pub fn as_f64(&self) -> f64 {
        self.0.as_ref().and_then(serde_json::Number::as_f64).unwrap_or(f64::NAN)
    }

    /// The number as an integer, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_ref()?.as_i64()
    }
}

impl Default for Number {
    fn default() -> Self {
        Self(Some(0.into()))
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(serde_json::Number::from_f64(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Some(value.into()))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(Some(value.into()))
    }
}

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self(Some(value))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(number) => number.fmt(f),
            None => f.write_str("NaN"),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(number) => number.serialize(serializer),
            None => Err(serde::ser::Error::custom("JSON has neither NaN nor infinities")),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::Number::deserialize(deserializer).map(Self::from)
    }
}

impl Validate for Number {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        match &self.0 {
            Some(number) => match number.as_i128() {
                Some(integer) => checker.integer(rules, integer),
                None => checker.float(rules, self.as_f64()),
            },
            None => checker.violation("must be a number, which neither NaN nor an infinity is"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (text, valid) in [
            ("2024-02-29T12:30:00Z", true),
            ("2024-02-29t12:30:60.123+05:30", true),
            ("2023-02-29T12:30:00Z", false),
            ("2024-02-29T12:30:00", false),
            ("2024-02-29T12:30:00.Z", false),
            ("2024-02-29T1é:30:00Z", false),
            ("", false),
        ] {
            assert_eq!(DateTime::from(text).is_valid(), valid, "{text}");
        }
        assert!(Date::from("2000-12-31").is_valid());
        assert!(!Date::from("2000-13-01").is_valid());
        assert!(Uuid::from("F81d4fae-7dec-11d0-a765-00a0c91e6bf6").is_valid());
        assert!(!Uuid::from("f81d4fae7dec11d0a76500a0c91e6bf6").is_valid());
        assert_eq!(Base64::from_bytes(b"hi").decode().unwrap(), b"hi");
    }
}
