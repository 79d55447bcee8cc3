//! Which part of a document is wanted, and how it is read.

use std::path::PathBuf;

use serde_json::Value;

use super::document::{Operation, Received};
use crate::diagnostics::{Diagnostics, codes};
use crate::text::{Place, glob};

/// Which operations of a document are wanted; all of them by default. An operation must match at least one entry of
/// each list that isn't empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Globs for the path template, or for the name of a webhook. `*` matches anything, including slashes.
    pub paths: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// `operationId`s.
    pub operations: Vec<String>,
    /// A folder above the document's: references may lead to files below it. By default they may lead only to files below
    /// the document's own folder.
    pub root: Option<PathBuf>,
    /// Whether to leave out operations that have errors, with a warning, instead of giving up.
    pub keep_going: bool,
}

impl Selection {
    /// Whether every operation is wanted.
    pub fn is_everything(&self) -> bool {
        self.paths.is_empty() && self.tags.is_empty() && self.operations.is_empty()
    }

    /// Whether the operation with this value, at `path`, is wanted.
    pub(super) fn wants(&self, path: &str, operation: &Value) -> bool {
        let tags = || {
            operation.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
        };
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        (self.paths.is_empty() || self.paths.iter().any(|wanted| glob::captures(wanted, path).is_some()))
            && (self.tags.is_empty() || tags().any(|tag| self.tags.iter().any(|wanted| wanted == tag)))
            && (self.operations.is_empty() || self.operations.iter().any(|wanted| wanted == id))
    }

    /// What is selected, in words.
    fn described(&self) -> String {
        let kinds = [("path", &self.paths), ("tag", &self.tags), ("operation", &self.operations)];
        let each = |(kind, wanted): (&str, &Vec<String>)| -> Option<String> {
            let wanted: Vec<String> = wanted.iter().map(|one| format!("{one:?}")).collect();
            (!wanted.is_empty()).then(|| format!("{kind} {}", wanted.join(" or ")))
        };
        kinds.into_iter().filter_map(each).collect::<Vec<_>>().join(", with ")
    }

    /// Reports a selection that selects nothing.
    pub(super) fn check(&self, selected: &[Operation], received: &[Received], diagnostics: &mut Diagnostics) {
        if selected.is_empty() && received.is_empty() && !self.is_everything() {
            let help = "Compare the selected paths, tags and operation ids with those in the document.";
            diagnostics.report(
                &codes::NOTHING_SELECTED,
                &Place::default(),
                format!("no operation matches the selection: {}", self.described()),
                help,
            );
        }
    }
}
