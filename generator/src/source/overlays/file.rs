//! An overlay's file: where it may be, and which document it is for.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostics::{Diagnostics, codes};
use crate::source::at::At;
use crate::source::files::{Files, report_repeated};
use crate::source::selection::Overlay;
use crate::text::{self, Outside, Place};

/// An overlay's text, parsed.
pub(super) struct Read {
    pub place: Place,
    pub value: Value,
    /// Its references to other files, which are relative to the document that it changes.
    pub outside: Outside,
}

/// Reads the file of `overlay`.
pub(super) fn read(
    overlay: &Overlay,
    files: &Files,
    root: Option<&Path>,
    diagnostics: &mut Diagnostics,
) -> Option<Read> {
    let folder = files.folder().unwrap_or(Path::new(""));
    let place = Place { file: seen_from(folder, &overlay.path).into(), pointer: "".into() };
    let named = if overlay.named.file.is_empty() { &place } else { &overlay.named };
    let mut unreadable = |message: String, help: &str| {
        diagnostics.report(&codes::UNREADABLE_FILE, named, message, help);
    };
    let shown = overlay.path.display();
    if !may_be_read(overlay, root) && overlay.path.exists() {
        let help = "Move the overlay below the folder of the settings, name a folder above both with `--root`, or \
                        name the overlay with `--overlay`.";
        unreadable(format!("the overlay {shown} is outside the folder of the settings"), help);
        return None;
    }
    let text = text::read(&overlay.path).map_err(|error| {
        unreadable(format!("can't read the overlay {shown}: {error}"), "Check the path of the overlay.");
    });
    let parsed = text::parse(text.ok()?).map_err(|error| {
        diagnostics.report_at(&codes::INVALID_SYNTAX, &place, error.mark, error.message, error.help);
    });
    let parsed = parsed.ok()?;
    report_repeated(&parsed.repeated, &place, diagnostics);
    Some(Read { place, value: parsed.value, outside: parsed.outside })
}

/// Whether the overlay is where those that the settings name may be.
pub(crate) fn may_be_read(overlay: &Overlay, root: Option<&Path>) -> bool {
    let folders = overlay.folder.as_deref().map(|below| [Some(below), root]);
    folders.is_none_or(|folders| folders.into_iter().flatten().any(|folder| is_below(&overlay.path, folder)))
}

fn is_below(path: &Path, folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    path.canonicalize()
        .ok()
        .zip(folder.canonicalize().ok())
        .is_some_and(|(path, folder)| path.starts_with(folder))
}

/// The path of `file` as it is written relative to `folder`.
fn seen_from(folder: &Path, file: &Path) -> String {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    let is_plain = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    let path = match file.strip_prefix(folder) {
        Ok(inside) if !folder.as_os_str().is_empty() => inside.to_owned(),
        _ if file.is_relative() && is_plain(folder) => {
            folder.components().map(|_| "..").collect::<PathBuf>().join(file)
        }
        _ => std::path::absolute(file).unwrap_or_else(|_| file.to_owned()),
    };
    path.to_string_lossy().replace('\\', "/")
}

/// The file that the overlay is for: the one that `extends` names, if the document contains it, otherwise the document
/// itself.
pub(super) fn target(
    extends: Option<&At<'_>>,
    overlay: &Overlay,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Arc<str> {
    let document = Arc::from("");
    let Some((at, text)) = extends.and_then(|at| Some((at, at.value.as_str()?))) else { return document };
    let (Some(folder), false) = (files.folder(), text.contains("://")) else { return document };
    let named = overlay.path.with_file_name(text.split('#').next().unwrap_or_default()).canonicalize();
    let of_folder = folder.canonicalize().ok();
    let inside = named.ok().zip(of_folder).and_then(|(named, folder)| {
        named.strip_prefix(folder).ok().map(|inside| inside.to_string_lossy().replace('\\', "/"))
    });
    match inside {
        Some(inside) if files.name() == Some(&inside) => document,
        Some(inside) if files.value_mut(&inside).is_some() => inside.into(),
        _ => {
            let message = format!("this overlay is for {text:?}, which isn't part of the document");
            let help = "It is applied to the document nevertheless; correct `extends`, or remove it.";
            diagnostics.report(&codes::FOREIGN_OVERLAY, &at.place, message, help);
            document
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlays_are_named_as_seen_from_the_document() {
        for (folder, file, expected) in [
            (".", "o.yaml", "o.yaml"),
            ("api", "api/o.yaml", "o.yaml"),
            ("api", "client/o.yaml", "../client/o.yaml"),
            ("a/b", "o.yaml", "../../o.yaml"),
            ("/a/b", "/a/b/c/o.yaml", "c/o.yaml"),
            #[cfg(unix)]
            ("/a/b", "/c/o.yaml", "/c/o.yaml"),
        ] {
            assert_eq!(seen_from(Path::new(folder), Path::new(file)), expected);
        }
    }
}
