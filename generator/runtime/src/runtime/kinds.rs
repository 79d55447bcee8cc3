//! The kinds of JSON values, by which an alternative of a union is passed over without being tried.

use serde_json::Value;

/// A set of kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// null
    pub const NULL: Self = Self(1);
    /// true and false
    pub const BOOLEAN: Self = Self(1 << 1);
    /// Numbers
    pub const NUMBER: Self = Self(1 << 2);
    /// Strings
    pub const STRING: Self = Self(1 << 3);
    /// Arrays
    pub const ARRAY: Self = Self(1 << 4);
    /// Objects
    pub const OBJECT: Self = Self(1 << 5);
    /// Every kind
    pub const ANY: Self = Self((1 << 6) - 1);

    /// What is in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have a kind in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The kind of `value`.
    pub const fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// The kind of the value that the JSON text `bytes` begins with; every kind if it isn't JSON.
    pub fn of_text(bytes: &[u8]) -> Self {
        match bytes.trim_ascii_start().first() {
            Some(b'n') => Self::NULL,
            Some(b't' | b'f') => Self::BOOLEAN,
            Some(b'-' | b'0'..=b'9') => Self::NUMBER,
            Some(b'"') => Self::STRING,
            Some(b'[') => Self::ARRAY,
            Some(b'{') => Self::OBJECT,
            _ => Self::ANY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_value_agree() {
        for text in ["null", " true", "-1", "\"a\"", "\n[1]", "{}"] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(Kinds::of_text(text.as_bytes()), Kinds::of(&value), "{text}");
        }
        assert!(Kinds::ANY.meets(Kinds::of_text(b"x")));
        assert!(!Kinds::NULL.or(Kinds::ARRAY).meets(Kinds::OBJECT));
    }
}
