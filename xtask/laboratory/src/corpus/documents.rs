//! The documents of a folder, and what stands beside each of them: settings, other documents, tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::Settings;
use openapi_generator::source::Selection;

use speccrate::Failure;

/// The documents in `folder` whose names contain `only`: files, and `spec.yaml` in folders.
///
/// # Errors
/// The folder can't be read, or has none.
pub fn documents(folder: &Path, only: Option<&str>) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Failure::Usage(format!("{}: {error}", folder.display())))?;
    let is_document = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        [".json", ".yaml", ".yml"].iter().any(|end| name.ends_with(end))
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        // Each folder holds one document, `spec.yaml`.
        .map(|entry| if entry.path().is_dir() { entry.path().join("spec.yaml") } else { entry.path() })
        .filter(|path| path.is_file() && is_document(path))
        .filter(|path| only.is_none_or(|part| stem(path).contains(part)))
        .collect();
    found.sort();
    if found.is_empty() {
        return Err(Failure::Usage(format!("{}: no document to generate from", folder.display())));
    }
    Ok(found)
}

/// The document's name: that of its file, or of its folder if the file is `spec.yaml`.
pub fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    let named = if stem == "spec" { path.parent().and_then(Path::file_name).unwrap_or(stem) } else { stem };
    named.to_string_lossy().into_owned()
}

/// A distinct crate name for each document, also for `x.json` and `x.yaml`.
pub fn crate_names(documents: &[PathBuf]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let name = |path: &PathBuf| {
        let stem = stem(path).to_lowercase();
        let stem: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let mut name = format!("corpus-{stem}");
        while !taken.insert(name.clone()) {
            name.push_str("-again");
        }
        name
    };
    documents.iter().map(name).collect()
}

/// The settings of a document in a folder of its own: `settings.yaml` next to it.
pub fn settings(path: &Path, diagnostics: &mut Diagnostics) -> Option<Settings> {
    let settings = path.with_file_name("settings.yaml");
    let alone = path.file_stem().is_some_and(|stem| stem == "spec");
    (alone && settings.exists()).then(|| Settings::load(&settings, diagnostics))?
}

/// All of the document, and of those in `documents/` beside one that has a folder of its own.
pub fn selection(document: &Path) -> Selection {
    let folder = document.with_file_name("documents");
    if !document.ends_with("spec.yaml") || !folder.is_dir() {
        return Selection::default();
    }
    let listed = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut others: Vec<PathBuf> = listed.map(|entry| entry.path()).collect();
    others.sort();
    Selection { root: document.parent().map(Path::to_owned), others, ..Selection::default() }
}

/// The folders of tests beside a document that has a folder of its own: those of the case, and those that `--scaffold` writes.
pub fn tests(document: &Path) -> Vec<PathBuf> {
    let folders = ["tests", "expected/tests"].map(|folder| document.with_file_name(folder));
    folders.into_iter().filter(|folder| document.ends_with("spec.yaml") && folder.is_dir()).collect()
}
