//! Swagger 2.0: such a document is rewritten as OpenAPI 3.0 before anything is read from it. Places keep leading to its own
//! text. What isn't as Swagger says is left as it is, so that it is reported where the document is read.

mod bodies;
mod document;
mod fragments;
mod media_types;
mod node;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod security;
mod servers;
mod upgrade;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::at::At;
use super::files::Files;
use crate::diagnostics::{Diagnostics, codes};
use crate::text::{Budget, Origin, Place};
use upgrade::Upgrade;

/// Where the references of Swagger 2.0 lead in the rewritten document.
const MOVED: &[(&str, &str)] = &[
    ("/definitions/", "/components/schemas/"),
    ("/parameters/", "/components/parameters/"),
    ("/responses/", "/components/responses/"),
];

/// Rewrites the document in `files` if it is one of Swagger 2.0; `None` if it becomes too large.
pub(super) fn upgrade(files: &mut Files, diagnostics: &mut Diagnostics) -> Option<()> {
    let place = Place::default();
    let root = files.get(&place)?;
    if !is_swagger_2(root) {
        return Some(());
    }
    diagnostics.trace(files.origins.clone());
    let mut upgrade = Upgrade {
        files,
        diagnostics,
        room: Budget::of(0),
        is_full: false,
        fragments: BTreeSet::new(),
        waiting: Vec::new(),
    };
    let document = upgrade.document(&At { value: root, place: place.clone() });
    let changed = upgrade.changed_fragments();
    if upgrade.is_full {
        let message = "this document becomes too large as OpenAPI 3";
        let help = "List fewer media types in `consumes` and `produces`.";
        upgrade.report(&codes::SWAGGER_LIMIT, &place, message, help);
        return None;
    }
    let mut origins = (*files.origins).clone();
    for (fragment, node) in changed {
        let mut origin = Origin::default();
        *origin.below(&fragment.pointer) = node.origin;
        let target = files.value_mut(&fragment.file).and_then(|file| file.pointer_mut(&fragment.pointer));
        if let Some(target) = target {
            *target = node.value;
            origins.add(fragment.file.clone(), origin);
        }
    }
    if let Some(root) = files.value_mut("") {
        *root = document.value;
    }
    origins.add("".into(), document.origin);
    files.origins = Arc::new(origins);
    files.moved = MOVED;
    Some(())
}

/// Whether the document says that it is one of Swagger 2.0.
fn is_swagger_2(root: &Value) -> bool {
    let version = root.get("swagger").filter(|_| root.get("openapi").is_none());
    version.is_some_and(|version| version == "2.0" || version.as_f64() == Some(2.0))
}

#[cfg(test)]
mod tests;
