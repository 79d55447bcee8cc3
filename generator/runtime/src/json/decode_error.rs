//! Why JSON can't be decoded as a type.

use std::fmt;

/// An error from decoding JSON as a type. It names types but never the value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The path to the value, such as `options.scripts[3].name`. Empty for the value as a whole.
    pub path: String,
    /// What is wrong with the value.
    pub message: String,
}

impl DecodeError {
    /// Creates an error at the value itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// The same error, with its path starting at the object that holds the value as its property `name`.
    #[must_use]
    pub fn below(mut self, name: &str) -> Self {
        self.lower(name);
        self
    }

    /// Like [`below`](Self::below), but in place.
    pub(crate) fn lower(&mut self, name: &str) {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{dot}{}", self.path);
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}
