//! `corpus`: generates a crate from each document in a folder, and compiles them in one workspace.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::print::{MANIFEST, SourceFile};
use openapi_generator::settings::{Omit, Settings};
use openapi_generator::source::{self, Selection};

use crate::corpus::compile::compile;
use crate::corpus::count::count;
use crate::workspace;
use speccrate::{Failure, crate_folder, terminal};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder of the documents, or of folders that each hold a `spec.yaml` and optionally a
    /// `settings.yaml`
    folder: PathBuf,
    /// Use only documents whose file name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Generate without compiling
    #[arg(long)]
    no_compile: bool,
    /// Compile the crates with all features instead of the default ones
    #[arg(long, conflicts_with = "no_compile")]
    all_features: bool,
    /// Treat a document's warnings as failures
    #[arg(long)]
    deny_warnings: bool,
    /// Expect a warning in a document, such as `petstore:W0056`; it is a failure if the document doesn't have it
    #[arg(long, value_name = "NAME:CODE", value_parser = expectation, requires = "deny_warnings")]
    expect: Vec<(String, String)>,
    /// Run the crates' tests and doctests too; they must not execute any text of a document
    #[arg(long, conflicts_with = "no_compile")]
    run_tests: bool,
    /// Run the tests and doctests of the crates whose documents have a folder `tests` beside them
    #[arg(long, conflicts_with_all = ["no_compile", "run_tests"])]
    own_tests: bool,
}

impl Arguments {
    /// All documents in a folder.
    pub fn of(folder: PathBuf) -> Self {
        // The expected warnings of a case are in its `expected/warnings.txt`.
        Self {
            folder,
            only: None,
            no_compile: false,
            all_features: false,
            deny_warnings: false,
            expect: Vec::new(),
            run_tests: false,
            own_tests: false,
        }
    }

    /// All documents in a folder, and all features of their crates.
    pub fn all_features_of(folder: PathBuf) -> Self {
        Self { all_features: true, ..Self::of(folder) }
    }

    /// All documents in a folder, and the tests of those that have any.
    pub fn with_tests(folder: PathBuf) -> Self {
        Self { own_tests: true, ..Self::of(folder) }
    }
}

/// A document's row in the table.
struct Row {
    document: String,
    version: String,
    operations: usize,
    schemas: usize,
    files: usize,
    seconds: f64,
    /// Problems that the compiler and its lints found.
    errors: usize,
    /// The codes of the warnings about the document.
    warned: Vec<&'static str>,
    /// What is wrong; empty if nothing.
    problem: String,
    /// The crate, unless the document was refused.
    name: Option<String>,
    /// The features that compile alternatives of unions.
    families: Vec<String>,
    /// Whether there are tests beside the document.
    has_tests: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = super::root().join("target/corpus");
    let documents = documents(arguments)?;
    let names = crate_names(&documents);
    let bar = terminal::progress(documents.len() as u64, "generating");
    let mut rows = Vec::new();
    for (path, name) in documents.iter().zip(names) {
        let mut row = bar.suspend(|| generate(path, &folder, name))?;
        if arguments.deny_warnings {
            row.deny_warnings(&arguments.expect);
        }
        rows.push(row);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let crates: Vec<String> = rows.iter().filter_map(|row| row.name.clone()).collect();
    if !arguments.no_compile && !crates.is_empty() {
        let problems = compile(&folder, &crates, arguments.all_features)?;
        for row in &mut rows {
            let count = row.name.as_ref().and_then(|name| problems.get(name));
            row.errors = count.copied().unwrap_or_default();
            if row.errors > 0 {
                row.problem = "doesn't compile without a warning".to_owned();
            }
        }
        for row in rows.iter_mut().filter(|row| row.problem.is_empty()) {
            row.alone(&folder)?;
        }
        let is_tested = |row: &&mut Row| {
            row.problem.is_empty() && (arguments.run_tests || arguments.own_tests && row.has_tests)
        };
        test(&folder, &mut rows.iter_mut().filter(is_tested).collect::<Vec<_>>())?;
    }
    print(&rows);
    let failed = rows.iter().any(|row| !row.problem.is_empty());
    if failed { Err(Failure::Failed) } else { Ok(()) }
}

fn expectation(text: &str) -> Result<(String, String), String> {
    let (name, code) = text.split_once(':').ok_or("must be a document's name, a colon and a code")?;
    Ok((name.to_owned(), code.to_owned()))
}

fn documents(arguments: &Arguments) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(&arguments.folder)
        .map_err(|error| Failure::Usage(format!("{}: {error}", arguments.folder.display())))?;
    let is_document = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        [".json", ".yaml", ".yml"].iter().any(|end| name.ends_with(end))
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        // Each folder holds one document, `spec.yaml`.
        .map(|entry| if entry.path().is_dir() { entry.path().join("spec.yaml") } else { entry.path() })
        .filter(|path| path.is_file() && is_document(path))
        .filter(|path| arguments.only.as_ref().is_none_or(|part| stem(path).contains(part)))
        .collect();
    found.sort();
    if found.is_empty() {
        return Err(Failure::Usage(format!("{}: no document to generate from", arguments.folder.display())));
    }
    Ok(found)
}

/// The document's name: that of its file, or of its folder if the file is `spec.yaml`.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    let named = if stem == "spec" { path.parent().and_then(Path::file_name).unwrap_or(stem) } else { stem };
    named.to_string_lossy().into_owned()
}

/// A distinct crate name for each document, also for `x.json` and `x.yaml`.
fn crate_names(documents: &[PathBuf]) -> Vec<String> {
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
fn settings(path: &Path, diagnostics: &mut Diagnostics) -> Option<Settings> {
    let settings = path.with_file_name("settings.yaml");
    let alone = path.file_stem().is_some_and(|stem| stem == "spec");
    (alone && settings.exists()).then(|| Settings::load(&settings, diagnostics))?
}

/// All of the document, and of those in `documents/` beside one that has a folder of its own.
fn selection(document: &Path) -> Selection {
    let folder = document.with_file_name("documents");
    if !document.ends_with("spec.yaml") || !folder.is_dir() {
        return Selection::default();
    }
    let listed = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut others: Vec<PathBuf> = listed.map(|entry| entry.path()).collect();
    others.sort();
    Selection { root: document.parent().map(Path::to_owned), others, ..Selection::default() }
}

fn generate(path: &Path, folder: &Path, name: String) -> Result<Row, Failure> {
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

/// The features that compile alternatives of unions.
pub fn families(api: &Api) -> Vec<String> {
    let families = api.features.iter().filter(|feature| !feature.alternatives.is_empty());
    families.map(|feature| feature.name.clone()).collect()
}

/// The cargo arguments that lint the crate `name` with each of `families` alone, and with none.
pub fn alone<'a>(name: &str, families: &'a [String]) -> Vec<(&'a str, Vec<String>)> {
    let arguments = |family: &str| {
        let features = format!("client,{family}");
        let arguments = ["clippy", "--package", name, "--no-default-features", "--features", &features];
        arguments.into_iter().chain(["--", "-D", "warnings"]).map(str::to_owned).collect()
    };
    let each = families.iter().map(String::as_str).chain([""]).filter(|_| !families.is_empty());
    each.map(|family| (family, arguments(family))).collect()
}

/// The dependencies of a case's tests, in addition to those of its crate.
const FOR_TESTS: &str = "[dev-dependencies]\nhttp = \"1\"\nserde_json = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\", \"net\", \"io-util\", \"time\"] }\n";

/// The folders of tests beside a document that has a folder of its own: those of the case, and those that `--scaffold` writes.
fn tests(document: &Path) -> Vec<PathBuf> {
    let folders = ["tests", "expected/tests"].map(|folder| document.with_file_name(folder));
    folders.into_iter().filter(|folder| document.ends_with("spec.yaml") && folder.is_dir()).collect()
}

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

/// The file in the crate's folder that a hostile document's code would write if it ran. Such documents
/// contain that code wherever text is allowed.
const MARKER: &str = "ran";

impl Row {
    /// Takes each warning as a problem, except those that are expected of the document; and each of those that is
    /// missing.
    fn deny_warnings(&mut self, expected: &[(String, String)]) {
        let of_this: Vec<&str> = expected
            .iter()
            .filter(|(name, _)| *name == self.document)
            .map(|(_, code)| code.as_str())
            .collect();
        if let Some(code) = self.warned.iter().find(|code| !of_this.contains(code)) {
            self.problem = format!("the warning {code}");
        }
        if let Some(code) = of_this.iter().find(|code| !self.warned.contains(code)) {
            self.problem = format!("no warning {code}, which is expected");
        }
    }

    /// Lints the crate with each of its families alone.
    fn alone(&mut self, folder: &Path) -> Result<(), Failure> {
        for (family, arguments) in alone(self.name.as_deref().unwrap_or_default(), &self.families) {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            if !cargo(folder, &arguments)? {
                self.problem = format!("doesn't compile without a warning with {family:?} alone");
            }
        }
        Ok(())
    }

    fn marker(&self, folder: &Path) -> PathBuf {
        folder.join(self.name.as_deref().unwrap_or_default()).join(MARKER)
    }
}

/// Runs the tests and doctests of several crates: at first together, since their dependencies are then compiled once.
fn test(folder: &Path, rows: &mut [&mut Row]) -> Result<(), Failure> {
    for marker in rows.iter().map(|row| row.marker(folder)).filter(|marker| marker.exists()) {
        std::fs::remove_file(marker)?;
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
        } else if row.marker(folder).exists() {
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

fn cargo(folder: &Path, arguments: &[&str]) -> Result<bool, Failure> {
    let status = workspace::cargo_in(folder).args(arguments).env("RUSTDOCFLAGS", "-D warnings").status()?;
    Ok(status.success())
}

fn print(rows: &[Row]) {
    println!(
        "{:<28} {:>8} {:>10} {:>8} {:>6} {:>8} {:>6} {:>9}  problem",
        "document", "version", "operations", "schemas", "files", "seconds", "errors", "warnings"
    );
    for row in rows {
        let version = row.version.split(' ').next().unwrap_or_default();
        println!(
            "{:<28} {version:>8} {:>10} {:>8} {:>6} {:>8.3} {:>6} {:>9}  {}",
            row.document,
            row.operations,
            row.schemas,
            row.files,
            row.seconds,
            row.errors,
            row.warned.len(),
            row.problem
        );
    }
    for row in rows.iter().filter(|row| row.version.contains("refused")) {
        println!("{}: {}", row.document, row.version);
    }
    let failed = rows.iter().filter(|row| !row.problem.is_empty()).count();
    println!("{} passed, {failed} failed", rows.len() - failed);
}
