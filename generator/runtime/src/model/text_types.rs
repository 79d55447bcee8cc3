//! Types of other libraries that are text on the wire, such as times.

use std::borrow::Cow;

use crate::json::decode_error::DecodeError;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::Writer;
use crate::model::rules::{Checker, Rule};

/// A type whose values are text on the wire.
pub trait TextType: Sized {
    /// What the text is, for messages: `a date`.
    const WHAT: &'static str;

    /// The value that the text means, if it means one.
    fn parse(text: &str) -> Option<Self>;

    /// The text that means the value.
    fn print(&self) -> String;
}

/// Reads a value from a string.
///
/// # Errors
/// It isn't a string, or the string doesn't mean a value of the type.
pub fn read<T: TextType>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    let text: Cow<'_, str> = reader.string()?;
    T::parse(&text).ok_or_else(|| Box::new(unfit::<T>()))
}

/// The error for a text that means no value of the type. It doesn't contain the text, which may be secret.
pub(crate) fn unfit<T: TextType>() -> DecodeError {
    DecodeError::new(format!("expected {}", T::WHAT))
}

/// Writes a value as a string.
pub fn write<T: TextType>(value: &T, json: &mut Writer) {
    json.text(&value.print());
}

/// Checks the text of a value, and that it is one that can be read again: a year can be too late to be written.
pub fn check<T: TextType>(value: &T, rules: &[Rule], checker: &mut Checker) {
    let text = value.print();
    checker.text(rules, &text);
    if T::parse(&text).is_none() {
        checker.violation(format!("must be {}", T::WHAT));
    }
}

/// Implements reading, writing and checking for types that are text on the wire.
macro_rules! text_types {
    ($($type:ty: $what:literal, $parse:expr, $print:expr;)*) => { $(
        impl $crate::model::text_types::TextType for $type {
            const WHAT: &'static str = $what;

            fn parse(text: &str) -> Option<Self> {
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(text)
            }

            fn print(&self) -> String {
                let print: fn(&Self) -> String = $print;
                print(self)
            }
        }

        impl $crate::json::decode::FromJson for $type {
            fn kinds() -> $crate::json::kinds::Kinds {
                $crate::json::kinds::Kinds::STRING
            }

            fn read(
                reader: &mut $crate::json::reader::Reader<'_>,
            ) -> Result<Self, $crate::json::reader::Fault> {
                $crate::model::text_types::read(reader)
            }
        }

        impl $crate::json::writer::ToJson for $type {
            fn write(&self, json: &mut $crate::json::writer::Writer) {
                $crate::model::text_types::write(self, json);
            }
        }

        impl $crate::model::validate::Validate for $type {
            fn check(&self, rules: &[$crate::model::rules::Rule], checker: &mut $crate::model::rules::Checker) {
                $crate::model::text_types::check(self, rules, checker);
            }
        }
    )* };
}
pub(crate) use text_types;

/// Whether the text is a time of day without an offset, as far as its characters tell.
pub(crate) fn is_local_time(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
}
