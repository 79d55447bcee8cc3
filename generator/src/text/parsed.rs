//! What parsing a text gives: a value, or what is wrong with the text.

use std::collections::BTreeSet;

use serde_json::Value;

use super::walk::Mark;

/// A parsed text.
#[derive(Debug, PartialEq)]
pub(crate) struct Parsed {
    pub value: Value,
    /// Its references to other files. They are collected while the values are built: searching all values afterwards
    /// would take a quarter of the time that parsing takes.
    pub outside: Outside,
    /// The keys that objects have twice, with the same value, and where.
    pub repeated: Vec<(String, Mark)>,
    /// How much of the budget its values take.
    pub room: usize,
}

/// References to other files, as they are written.
pub(crate) type Outside = BTreeSet<String>;

/// Why a text can't be parsed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where, if known.
    pub mark: Option<Mark>,
    /// What to do.
    pub help: &'static str,
}

/// What is wrong, and where, if known.
pub(super) type Problem = (String, Option<Mark>);

/// What is wrong with an object that has the key `name` twice, with different values.
pub(super) fn contradicted(name: &str) -> String {
    format!("the key {name:?} appears twice in the same object, with different values")
}
