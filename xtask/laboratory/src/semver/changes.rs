//! The single changes to judge: random and hand-picked edits of real documents, and the examples of rules
//! that none of them triggers.

use fastrand::Rng;
use openapi_generator::diff::rules::{Rule, Sample};
use openapi_generator::settings::Settings;
use openapi_generator::source;
use serde_json::Value;

use crate::edits::{self, Real};
use speccrate::Failure;

/// A document before and after a single change.
pub struct Change {
    /// A description of the document and the change.
    pub name: String,
    pub old: Value,
    pub new: Value,
    pub old_settings: Settings,
    pub new_settings: Settings,
}

/// Edits that matter to callers: the kind, the path whose operations are generated, and the place.
const PICKED: &[(&str, &str, &str)] = &[
    ("property renamed", "/connections/{id}", "/components/schemas/UpdateConnectionRequestContent"),
    ("property made required", "/connections/{id}", "/components/schemas/UpdateConnectionRequestContent"),
    ("property added", "/connections/{id}", "/components/schemas/GetConnectionResponseContent"),
    ("enum value added", "/connections", "/components/schemas/ConnectionIdentityProviderEnum"),
    ("enum value removed", "/connections", "/components/schemas/ConnectionIdentityProviderEnum"),
    ("operation deprecated", "/connections/{id}", "/paths/~1connections~1{id}/get"),
    ("operation removed", "/connections/{id}", "/paths/~1connections~1{id}"),
    ("required parameter added", "/connections", "/paths/~1connections/get"),
    ("parameter removed", "/connections", "/paths/~1connections/get"),
    ("failure added", "/connections", "/paths/~1connections/get"),
    ("failure removed", "/connections", "/paths/~1connections/get"),
    ("body removed", "/connections", "/paths/~1connections/post"),
];

/// The hand-picked changes that can still be made, and those that can't.
pub fn picked(documents: &[Real]) -> (Vec<Change>, Vec<String>) {
    let Some(ours) = documents.first() else { return (Vec::new(), Vec::new()) };
    let (mut changes, mut stale) = (Vec::new(), Vec::new());
    for (kind, path, place) in PICKED {
        let part = edits::part(&ours.document, |other| other == *path);
        let known = edits::kinds().find(|known| known.name == *kind);
        // Some of the properties or values may not allow this edit.
        let mut edit = |seed| edits::edit_at(&part, known?, place, &mut Rng::with_seed(seed));
        match (0..50).find_map(&mut edit) {
            Some(edit) => changes.push(change(ours, part.clone(), edit)),
            None => stale.push(format!("{kind} at {place}")),
        }
    }
    (changes, stale)
}

/// Draws an edit of `kind` in a part of one of the documents: a path and everything it reaches, so that the
/// crate compiles in a second.
pub fn draw(documents: &[Real], kind: &edits::Kind, rng: &mut Rng) -> Option<Change> {
    const TRIES: usize = 200;
    (0..TRIES).find_map(|_| {
        let real = rng.choice(documents)?;
        let paths: Vec<&String> = real.document.get("paths")?.as_object()?.keys().collect();
        let path = (*rng.choice(&paths)?).clone();
        let part = edits::part(&real.document, |other| *other == path);
        if part.to_string().len() > MOST_BYTES {
            return None;
        }
        let edit = edits::draw(&part, kind, rng)?;
        Some(change(real, part, edit))
    })
}

/// Larger parts take too long to compile a hundred times.
const MOST_BYTES: usize = 40_000;

fn change(real: &Real, part: Value, edit: edits::Edit) -> Change {
    let what = if edit.what.is_empty() { String::new() } else { format!(" ({})", edit.what) };
    Change {
        name: format!("{} {}: {}{what}", real.name, edit.place, edit.kind),
        old: part,
        new: edit.document,
        old_settings: real.settings.clone(),
        new_settings: real.settings.clone(),
    }
}

/// The example of a rule, as whole documents.
///
/// # Errors
/// The example isn't valid YAML.
pub fn example(rule: &Rule) -> Result<Change, Failure> {
    let [old, new] = rule.samples();
    let document = |sample: &Sample| source::value(sample.document.as_bytes()).map_err(Failure::Usage);
    let settings = |sample: &Sample| Settings::parse(&sample.settings).map_err(Failure::Usage);
    Ok(Change {
        name: format!("the example of {}", rule.id()),
        old: document(&old)?,
        new: document(&new)?,
        old_settings: settings(&old)?,
        new_settings: settings(&new)?,
    })
}
