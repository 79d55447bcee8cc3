//! Runs the tests of crates.

use std::path::{Path, PathBuf};

use openapi_generator::print::MANIFEST;

use super::cargo;
use super::row::Row;
use speccrate::Failure;

/// The file in the crate's folder that a hostile document's code would write if it ran. Such documents
/// contain that code wherever text is allowed.
const MARKER: &str = "ran";

/// Where a crate's marker would be.
fn marker(folder: &Path, row: &Row) -> PathBuf {
    folder.join(row.name.as_deref().unwrap_or_default()).join(MARKER)
}

/// Runs the tests and doctests of several crates: at first together, since their dependencies are then compiled once.
///
/// # Errors
/// Cargo can't be run, or a marker of an earlier run can't be removed.
pub fn test(folder: &Path, rows: &mut [&mut Row]) -> Result<(), Failure> {
    for marked in rows.iter().map(|row| marker(folder, row)).filter(|marker| marker.exists()) {
        std::fs::remove_file(marked)?;
    }
    let names: Vec<&str> = rows.iter().filter_map(|row| row.name.as_deref()).collect();
    if names.is_empty() {
        return Ok(());
    }
    let have_passed = tests_pass(folder, &names)?;
    for row in rows {
        let Some(name) = &row.name else { continue };
        if !have_passed && !tests_pass(folder, &[name])? {
            row.problem = "its tests fail".to_owned();
        } else if marker(folder, row).exists() {
            row.problem = "code of the document ran".to_owned();
        }
    }
    Ok(())
}

fn tests_pass(folder: &Path, names: &[&str]) -> Result<bool, Failure> {
    let mut arguments = vec!["test".to_owned()];
    for name in names {
        arguments.extend(["--package".to_owned(), (*name).to_owned()]);
        if std::fs::read_to_string(folder.join(name).join(MANIFEST))?.contains("\nwebhook-signatures = ") {
            arguments.extend(["--features".to_owned(), format!("{name}/webhook-signatures")]);
        }
    }
    cargo(folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
}
