//! Which document an overlay is for.

use std::path::Path;

use crate::source::overlays::file::may_be_read;
use crate::source::selection::{Overlay, Selection};
use crate::text::value;

/// The overlays of each document: those whose `extends` names its file. All others are for the first one.
pub(super) fn by_document(selection: &Selection, paths: &[&Path]) -> Vec<Vec<Overlay>> {
    let real: Vec<_> = paths.iter().map(|path| path.canonicalize().ok()).collect();
    let mut found = vec![Vec::new(); paths.len()];
    for overlay in &selection.overlays {
        let extended = || {
            if !may_be_read(overlay, selection.root.as_deref()) {
                return None;
            }
            let read = value(&crate::text::read(&overlay.path).ok()?).ok()?;
            let named = read.get("extends")?.as_str()?.split('#').next().unwrap_or_default().to_owned();
            let named = overlay.path.with_file_name(named).canonicalize().ok()?;
            real.iter().position(|path| path.as_ref() == Some(&named))
        };
        found[extended().unwrap_or(0)].push(overlay.clone());
    }
    found
}
