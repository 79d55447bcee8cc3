//! Overlays (Overlay Specification 1.0 and 1.1): changes to the document's values before anything is read from them.

mod actions;
mod changes;
pub(super) mod file;
mod merge;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::Files;
use super::selection::Selection;
use crate::diagnostics::Diagnostics;
use crate::text::{Origin, Origins, Outside, Place};
use changes::Changes;

/// Changes `files` as the overlays of `selection` say; `None` if one of them can't be applied.
pub(super) fn apply(files: &mut Files, selection: &Selection, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut changed: BTreeMap<Arc<str>, (Origin, Outside)> = BTreeMap::new();
    let mut changes = Changes::default();
    let mut all_applied = true;
    for overlay in &selection.overlays {
        let applied = file::read(overlay, files, selection.root.as_deref(), diagnostics).and_then(|read| {
            let read_actions = actions::read(&read.value, &read.place, diagnostics)?;
            let target = file::target(read_actions.extends.as_ref(), overlay, files, diagnostics);
            let (origin, outside) = changed.entry(target.clone()).or_default();
            outside.extend(read.outside);
            changes.apply(&read_actions, &target, files.value_mut(&target)?, origin, diagnostics)
        });
        all_applied &= applied.is_some();
    }
    let mut origins = Origins::default();
    for (file, (origin, outside)) in changed {
        let place = Place { file: file.clone(), pointer: "".into() };
        files.complete(&outside, &place, diagnostics);
        origins.add(file, origin);
    }
    files.origins = Arc::new(origins);
    all_applied.then_some(())
}

#[cfg(test)]
mod tests;
