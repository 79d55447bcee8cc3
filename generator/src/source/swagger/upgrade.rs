//! The state of a rewriting.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostics};
use crate::source::files::Files;
use crate::text::{Budget, Place};

/// A rewriting.
pub(super) struct Upgrade<'f> {
    pub files: &'f Files,
    pub diagnostics: &'f mut Diagnostics,
    /// What may still be written for the second time: Swagger says once for all operations what OpenAPI repeats.
    pub room: Budget,
    pub is_full: bool,
    /// The parts of other files that are rewritten.
    pub fragments: BTreeSet<Fragment>,
    pub waiting: Vec<Fragment>,
}

impl Upgrade<'_> {
    pub(super) fn report(
        &mut self,
        code: &'static Code,
        place: &Place,
        message: impl Into<String>,
        help: &str,
    ) {
        self.diagnostics.report(code, place, message, help);
    }

    /// Takes the room for another copy of `value`.
    pub(super) fn take(&mut self, value: &Value) {
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            if self.room.value(value.as_str().map_or(0, str::len)).is_err() {
                self.is_full = true;
                return;
            }
            match value {
                Value::Object(members) => waiting.extend(members.values()),
                Value::Array(items) => waiting.extend(items),
                _ => {}
            }
        }
    }
}

/// A part of another file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fragment {
    pub file: Arc<str>,
    pub pointer: Arc<str>,
    pub kind: Kind,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Schema,
    Response,
    Parameter,
    Body,
    PathItem,
}
