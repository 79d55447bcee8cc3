//! Which part of a document is wanted, and how it is read.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::document::{Operation, Received};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::Settings;
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
    /// The overlays that change the document before it is read, in their order.
    pub overlays: Vec<Overlay>,
    /// The documents that become one client together with the document, in their order.
    pub others: Vec<PathBuf>,
}

/// A file with an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// The file.
    pub path: PathBuf,
    /// The folder that the file must be in or below, unless it is below the [`Selection::root`]; any by default.
    pub folder: Option<PathBuf>,
    /// Where the settings name it; the default place if they don't.
    pub named: Place,
}

impl From<PathBuf> for Overlay {
    /// One that the caller names, wherever it is.
    fn from(path: PathBuf) -> Self {
        Self { path, folder: None, named: Place::default() }
    }
}

impl Selection {
    /// Whether every operation is wanted.
    pub fn is_everything(&self) -> bool {
        self.paths.is_empty() && self.tags.is_empty() && self.operations.is_empty()
    }

    /// The same with the overlays that `settings` name before its own.
    #[must_use]
    pub fn with_settings(&self, settings: &Settings) -> Self {
        let overlay = |(index, path): (usize, _)| Overlay {
            path,
            folder: settings.folder().map(Path::to_owned),
            named: settings.place(&["overlays", &index.to_string()]),
        };
        let of_settings = settings.overlay_files().enumerate().map(overlay);
        Self { overlays: of_settings.chain(self.overlays.iter().cloned()).collect(), ..self.clone() }
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
