//! Where our document says otherwise than the vendor's on purpose, each with the reason.

use std::path::Path;

use openapi_generator::diff::{Change, Changes};
use serde::Deserialize;

use crate::Failure;

/// The file's form: a list.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Exceptions(Vec<Exception>);

/// A difference that is meant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// What the report lists it under, such as the name of a type.
    at: String,
    /// The part of it, such as `property name`; empty for the whole.
    #[serde(default)]
    part: String,
    /// The rule, without a direction.
    rule: String,
    /// What we say; nothing if we don't say it.
    #[serde(default)]
    ours: Option<String>,
    /// What the vendor says; nothing if it doesn't say it.
    #[serde(default)]
    theirs: Option<String>,
    /// Why.
    reason: String,
}

impl Exceptions {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// It can't be read, or an entry has no reason.
    pub fn load(path: &Path) -> Result<Self, Failure> {
        let unusable = |why: String| Failure::Usage(format!("can't use {}: {why}", path.display()));
        let text = crate::text_file::read(path).map_err(|error| unusable(error.to_string()))?;
        let exceptions: Self = serde_yaml::from_str(&text).map_err(|error| unusable(error.to_string()))?;
        match exceptions.0.iter().find(|exception| exception.reason.trim().is_empty()) {
            Some(exception) => Err(unusable(format!("the exception at {} needs a reason", exception.at))),
            None => Ok(exceptions),
        }
    }

    /// Why the property of the schema `at` is otherwise, if it is on purpose.
    pub fn reason(&self, at: &str, property: &str) -> Option<&str> {
        let part = format!("property {property}");
        self.0.iter().find(|one| one.at == at && one.part == part).map(|one| one.reason.as_str())
    }

    /// Takes what is meant out of `changes`, and tells of each entry that nothing in them is like any more.
    pub fn take_out_of(&self, changes: &mut Changes) -> Vec<String> {
        let stale =
            self.0.iter().filter(|exception| !changes.list.iter().any(|change| exception.is_of(change)));
        let stale = stale.map(ToString::to_string).collect();
        changes.list.retain(|change| !self.0.iter().any(|exception| exception.is_of(change)));
        stale
    }
}

impl Exception {
    fn is_of(&self, change: &Change) -> bool {
        change.subject.group.to_string() == self.at
            && change.subject.part.to_string() == self.part
            && change.rule.kind().name == self.rule
            && change.before == self.ours
            && change.after == self.theirs
    }
}

impl std::fmt::Display for Exception {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.at, self.part, self.rule)
    }
}
