//! Numbers that are strings on the wire.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::json::decode::{FromJson, Mode, from_text};
use crate::json::kinds::Kinds;
use crate::json::number::Number;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::{ToJson, Writer};
use crate::model::rules::{Checker, Rule};
use crate::model::text_types::{self, TextType};
use crate::model::validate::Validate;

/// A number that is a string on the wire: `"12"`. It derefs to the number, and is made from it with `into`.
///
/// No digit is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quoted<T>(T);

impl<T> Quoted<T> {
    /// The number.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Quoted<T> {
    fn from(number: T) -> Self {
        Self(number)
    }
}

impl<T> Deref for Quoted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Quoted<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Display> fmt::Display for Quoted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: TextType + 'static> FromJson for Quoted<T> {
    fn kinds() -> Kinds {
        Kinds::STRING
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        text_types::read(reader).map(Self)
    }
}

impl<T: TextType> ToJson for Quoted<T> {
    fn write(&self, json: &mut Writer) {
        text_types::write(&self.0, json);
    }
}

impl<T: TextType> Validate for Quoted<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        text_types::check(&self.0, rules, checker);
    }
}

macro_rules! numbers {
    ($($number:ty: $what:literal;)*) => { $(impl TextType for $number {
        const WHAT: &'static str = $what;

        fn parse(text: &str) -> Option<Self> {
            text.parse().ok()
        }

        fn print(&self) -> String {
            self.to_string()
        }
    })* };
}
numbers! {
    i32: "a 32-bit integer in quotes";
    i64: "a 64-bit integer in quotes";
    u32: "an unsigned 32-bit integer in quotes";
    u64: "an unsigned 64-bit integer in quotes";
}

impl TextType for Number {
    const WHAT: &'static str = "a number in quotes";

    fn parse(text: &str) -> Option<Self> {
        from_text(text, Mode::Strict).ok()
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::writer::to_vec;

    #[test]
    fn a_number_in_quotes_keeps_its_digits() {
        let read = |text: &str| from_text::<Quoted<Number>>(text, Mode::Strict);
        assert_eq!(to_vec(&read("\"1.50\"").unwrap()).unwrap(), b"\"1.50\"");
        for text in ["1.5", "\"\"", "\"NaN\"", "\"1 2\"", "\"\\\"1\\\"\""] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(Quoted::from(Number::from(f64::NAN)).validate().is_err());
    }

    #[test]
    fn integers_have_a_range() {
        let error = from_text::<Quoted<i32>>("\"2147483648\"", Mode::Strict).unwrap_err().to_string();
        assert_eq!(error, "expected a 32-bit integer in quotes");
        assert_eq!(*from_text::<Quoted<u64>>("\"18446744073709551615\"", Mode::Strict).unwrap(), u64::MAX);
    }

    #[test]
    fn rules_are_for_the_text() {
        let mut checker = Checker::default();
        Quoted::from(12_i64).check(&[Rule::MaxLength(1)], &mut checker);
        assert!(checker.finish().is_err());
    }
}
