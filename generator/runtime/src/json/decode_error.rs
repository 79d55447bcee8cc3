//! Why JSON can't be decoded as a type.

use std::borrow::Cow;
use std::fmt;

/// The length from which a name is shortened.
const MAX_NAME: usize = 100;

/// `name`, which may come from the server, as it is shown in a message: without what could change a terminal
/// or a log, and not too long.
pub(crate) fn printable(name: &str) -> Cow<'_, str> {
    let is_harmless =
        |c: char| !c.is_control() && !matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if name.len() <= MAX_NAME && name.chars().all(is_harmless) {
        return Cow::Borrowed(name);
    }
    let mut shown = String::new();
    for c in name.chars() {
        if shown.len() >= MAX_NAME {
            shown.push('…');
            break;
        }
        if is_harmless(c) { shown.push(c) } else { shown.extend(c.escape_unicode()) }
    }
    Cow::Owned(shown)
}

/// An error from decoding JSON as a type. It names types but never the value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
        self.path = format!("{}{dot}{}", printable(name), self.path);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_short_and_harmless() {
        let most = "a".repeat(MAX_NAME);
        for harmless in ["", "a", "é\u{1f600}", most.as_str()] {
            assert_eq!(printable(harmless), harmless);
        }
        assert_eq!(printable(&(most.clone() + "b")), most.clone() + "…");
        assert_eq!(printable("a\nb"), "a\\u{a}b");
        assert_eq!(printable("\u{202e}"), "\\u{202e}");
        assert!(printable(&"\u{1b}".repeat(1000)).len() < 2 * MAX_NAME);
    }
}
