//! Why JSON doesn't fit a type.

use std::fmt;

/// JSON that isn't of the form its type asks for. It says types, never the value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// Where in the JSON, e.g. `options.scripts[3].name`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl DecodeError {
    /// An error at the value itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// The same error seen from the object that has the value as its property `name`.
    #[must_use]
    pub fn below(mut self, name: &str) -> Self {
        self.lower(name);
        self
    }

    /// As [`below`](Self::below), in place.
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
