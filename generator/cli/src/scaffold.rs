//! What a new crate has beside its generated sources: written once, and never read or changed again.

use std::collections::BTreeSet;
use std::path::Path;

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::print::{self, MANIFEST};

use crate::config::FILE;
use crate::crate_folder::{self, TreeError, manifest};
use crate::project::Project;
use crate::terminal::{GREEN, RESET};
use crate::{Failure, terminal, text_file};

/// Writes what the crate `name` in `folder` lacks of these files, and what its tests depend on.
///
/// # Errors
/// The document has errors, or a file can't be written.
pub(crate) fn write(project: &Project, name: &str, folder: &Path, embeds: bool) -> Result<(), Failure> {
    // What is wrong with the document has been told.
    let planned = project.plan_with_examples(&mut Diagnostics::default());
    let Some((planned, examples)) = planned else { return Err(Failure::Failed) };
    let krate = crate::print::crate_of(&planned.api, name, folder, &planned.settings, embeds);
    let is_configured = folder.join(FILE).exists();
    let scaffold = print::scaffold(&krate, &planned.document, &examples, is_configured);
    let mut files = scaffold.files;
    if !folder.join(MANIFEST).exists() {
        files.extend(print::print(&krate)?.into_iter().filter(|file| file.path == MANIFEST));
    }
    let written = crate_folder::write_missing(folder, &files)?;
    if written.iter().any(|path| path.starts_with("tests/")) {
        depend(folder, &scaffold.manifest)?;
    }
    terminal::status(&format!(
        "{GREEN}scaffold{RESET}: {} written{}, {} there already",
        terminal::counted(written.len(), "file"),
        if written.is_empty() { String::new() } else { format!(" ({})", written.join(", ")) },
        files.len() - written.len()
    ));
    for license in &scaffold.unknown_licenses {
        terminal::status(&format!("the text of the licence {license} isn't known here: add it to the crate"));
    }
    if !scaffold.untested.is_empty() {
        terminal::status(&format!(
            "no value can be made up for {}, so tests/operations.rs doesn't call {}",
            terminal::counted(scaffold.untested.len(), "operation"),
            scaffold.untested.join(", ")
        ));
    }
    if written.iter().any(|path| path.starts_with(".github/")) && !is_root(folder) {
        terminal::status(&format!(
            "GitHub reads workflows in the repository's own folder: move {} there",
            terminal::shown(&folder.join(".github"))
        ));
    }
    Ok(())
}

/// Adds the `lines` to the dependencies of the crate's tests.
fn depend(folder: &Path, lines: &str) -> Result<(), Failure> {
    let path = folder.join(MANIFEST);
    let old = text_file::read(&path)?;
    let wanted = format!("[dev-dependencies]\n{lines}");
    let completed = manifest::completed(&old, &wanted, &BTreeSet::new());
    let text = completed.map_err(|error| TreeError::Manifest(path.clone(), error))?;
    Ok(crate_folder::write_if_new(&path, &text)?)
}

/// Whether the folder is a repository's own, or in none.
fn is_root(folder: &Path) -> bool {
    let folder = openapi_generator::rust::resolved(folder);
    folder.ancestors().find(|folder| folder.join(".git").exists()).is_none_or(|root| root == folder)
}
