//! Generates a document's crate, and compares it with what the document contains.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use openapi_generator::Package;
use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::print::{MANIFEST, SourceFile};
use openapi_generator::settings::{Omit, Settings};
use openapi_generator::source;

use super::count::count;
use super::documents::{selection, settings, stem, tests};
use super::families::families;
use super::row::Row;
use speccrate::{Failure, crate_folder, terminal};

/// Generates the crate `name` of the document at `path` into `folder`.
///
/// # Errors
/// Files can't be read or written.
pub fn generate(path: &Path, folder: &Path, name: String) -> Result<Row, Failure> {
    let stem = stem(path);
    let start = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let settings = settings(path, &mut diagnostics).unwrap_or_default();
    let selection = selection(path).with_settings(&settings);
    let api = source::load(path, &selection, &mut diagnostics)
        .map(|document| openapi_generator::api_of(&document, &settings, &mut diagnostics))
        .filter(|_| !diagnostics.has_errors());
    let package = Package::in_folder(&name, &folder.join(&name)).with_settings(&settings);
    let files = api.as_ref().map(|api| {
        openapi_generator::print::print(&openapi_generator::rust::Crate::new(api, package.clone()))
    });
    let files = files.transpose()?;
    let seconds = start.elapsed().as_secs_f64();
    let mut document = count(path);
    // What two documents have at one address is one operation.
    document.operations.extend(selection.others.iter().flat_map(|other| count(other).operations));
    let warned = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Warning);
    let mut row = Row {
        document: stem,
        version: document.version.clone(),
        operations: document.operations.len(),
        schemas: document.schemas.len(),
        files: files.as_ref().map_or(0, Vec::len),
        seconds,
        errors: 0,
        warned: warned.map(|diagnostic| diagnostic.code.id).collect(),
        problem: String::new(),
        name: None,
        families: Vec::new(),
        has_tests: !tests(path).is_empty(),
    };
    let (Some(files), Some(api)) = (files, api) else {
        terminal::diagnostics(&diagnostics, path, false);
        row.problem = "refused".to_owned();
        return Ok(row);
    };
    let reference = files.iter().find(|file| file.path == "REFERENCE.md");
    let listed = reference.map_or(0, |file| operations_in(&file.text));
    if listed != document.operations.len() && is_whole(&settings) {
        row.problem = format!("{listed} of {} operations", document.operations.len());
    }
    let planned: BTreeSet<&str> = api
        .models
        .iter()
        .flat_map(|model| &model.types)
        .map(|definition| &*definition.place.pointer)
        .collect();
    let is_missing = |schema: &&String| !planned.contains(schema.as_str()) && is_whole(&settings);
    if let Some(missing) = document.schemas.iter().find(is_missing) {
        row.problem = format!("{missing} is missing");
    }
    let out = folder.join(&name);
    let changes = crate_folder::compare(&out, files.into_iter().map(as_member).collect())?;
    crate_folder::apply(&out, &changes)?;
    tests_beside(path, &out)?;
    row.name = Some(name);
    row.families = families(&api);
    Ok(row)
}

/// A file as the crate of a workspace has it, which can't be one itself.
fn as_member(file: SourceFile) -> SourceFile {
    let text = file.text.replacen("\n[workspace]\n", "\n", usize::from(file.path == MANIFEST));
    SourceFile { text, ..file }
}

/// The rows of the table of operations in a `REFERENCE.md`, without the header.
fn operations_in(reference: &str) -> usize {
    let below = reference.lines().skip_while(|line| *line != "# Operations").skip(1);
    let rows = below.take_while(|line| !line.starts_with("# "));
    rows.filter(|line| line.starts_with("| ")).count().saturating_sub(2)
}

/// Whether the crate has everything that the document has: the settings can leave something out, and so can an overlay.
fn is_whole(settings: &Settings) -> bool {
    settings.omit == Omit::default()
        && settings.types.values().all(|own| own.path.is_none())
        && settings.overlay_files().next().is_none()
}

/// The dependencies of a case's tests, in addition to those of its crate.
const FOR_TESTS: &str = "[dev-dependencies]\nhttp = \"1\"\nserde_json = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\", \"net\", \"io-util\", \"time\"] }\n";

/// Copies the tests next to a case's document into the crate in `out`.
fn tests_beside(document: &Path, out: &Path) -> Result<(), Failure> {
    let folders = tests(document);
    if folders.is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(out.join("tests"))?;
    for folder in folders {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if let Some(name) = path.file_name() {
                std::fs::copy(&path, out.join("tests").join(name))?;
            }
        }
    }
    let manifest = out.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)?;
    if !text.contains(FOR_TESTS) {
        std::fs::write(&manifest, format!("{text}\n{FOR_TESTS}"))?;
    }
    Ok(())
}
