//! Values that are sent as formatted text, preserved character for character so that nothing is lost.

/// Defines a type for text in a given format.
macro_rules! formatted {
    ($(#[$docs:meta])* $name:ident, $format:literal, $is_valid:path) => {
        $(#[$docs])*
        ///
        /// Any text that the server sends is preserved. Text in another format is rejected before it is sent.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The text as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the text is valid in this format.
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

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as ::serde::Deserialize>::deserialize(deserializer).map(Self)
            }
        }

        impl $crate::json::decode::FromJson for $name {
            fn kinds() -> $crate::json::kinds::Kinds {
                $crate::json::kinds::Kinds::STRING
            }

            fn read(
                reader: &mut $crate::json::reader::Reader<'_>,
            ) -> Result<Self, $crate::json::reader::Fault> {
                reader.string().map(|text| Self(text.into()))
            }
        }

        impl $crate::json::writer::ToJson for $name {
            fn write(&self, json: &mut $crate::json::writer::Writer) {
                json.text(&self.0);
            }
        }

        impl $crate::model::validate::Validate for $name {
            fn check(&self, rules: &[$crate::model::rules::Rule], checker: &mut $crate::model::rules::Checker) {
                checker.text(rules, &self.0);
                if !self.is_valid() {
                    checker.violation(concat!("must be ", $format));
                }
            }
        }
    };
}
pub(crate) use formatted;

formatted! {
    /// A date and time with an offset (RFC 3339 `date-time`), such as `2024-02-29T12:30:00Z`.
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

pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Parses `text[from..to]` as a number. `None` unless it consists of digits.
fn digits(text: &str, from: usize, to: usize) -> Option<u32> {
    let digits = text.get(from..to)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

pub(crate) fn is_date(text: &str) -> bool {
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

pub(crate) fn is_date_time(text: &str) -> bool {
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
            ("2024-02-29T12:30:00+05-30", false),
            ("2024-02-29T12:30:00+05:30:00", false),
            ("2024-02-29T12:30:00+24:00", false),
            ("2024-02-29T12:30:00-23:59", true),
            ("2024-02-29T12:30:00-00:60", false),
            ("2024-02-29T12:30:00 05:30", false),
            ("2024-02-29T1é:30:00Z", false),
            ("", false),
        ] {
            assert_eq!(DateTime::from(text).is_valid(), valid, "{text}");
        }
        assert!(Date::from("2000-12-31").is_valid());
        assert!(!Date::from("2000-13-01").is_valid());
        assert!(Uuid::from("F81d4fae-7dec-11d0-a765-00a0c91e6bf6").is_valid());
        assert!(!Uuid::from("f81d4fae7dec11d0a76500a0c91e6bf6").is_valid());
    }
}
