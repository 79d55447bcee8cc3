//! Golden cases. Each folder of `cases/` is a test of its own and holds:
//!
//! - `spec.yaml`, the document, and perhaps `settings.yaml`, what it is generated with;
//! - `expected/`, the generated files that depend on the document, and `warnings.txt` if there are warnings;
//!   (a `Cargo.toml` is stored as `Cargo.toml.expected`: cargo leaves a folder with a manifest out of a package);
//! - perhaps `documents/`, the other documents of the client, in the order of their names;
//! - perhaps `case.yaml`, which says what the case shows and which files are enough to show it.
//!
//! `BLESS=1` rewrites `expected/` of the cases that run. `cargo xtask test` compiles every case.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use openapi_generator::Package;
use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::print::{self, SourceFile};
use openapi_generator::rust::Crate;
use openapi_generator::settings::{CratePer, Settings};
use openapi_generator::source::{self, Selection};

fn main() {
    let arguments = Arguments::from_args();
    let trials: Vec<Trial> = cases().into_iter().map(trial).collect();
    assert!(trials.len() >= 8, "only {} cases were found", trials.len());
    libtest_mimic::run(&arguments, trials).exit();
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn trial(case: PathBuf) -> Trial {
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    Trial::test(name, move || gives_what_it_gave(&case))
}

/// `case.yaml`.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Focus {
    /// What the case shows.
    shows: String,
    /// Whether the files that a new crate has beside its sources are among them.
    #[serde(default)]
    scaffold: bool,
    /// The files that are compared; all of them without a `case.yaml`.
    compared: BTreeSet<String>,
}

impl Focus {
    fn load(case: &Path) -> Result<Option<Self>, Failed> {
        let path = case.join("case.yaml");
        if !path.exists() {
            return Ok(None);
        }
        let focus: Self = serde_yaml::from_str(&std::fs::read_to_string(path)?)?;
        if focus.shows.is_empty() || focus.compared.is_empty() {
            return Err("case.yaml must say what the case shows and which files are compared".into());
        }
        Ok(Some(focus))
    }

    /// Leaves the files that are compared.
    fn apply(&self, files: &mut BTreeMap<String, String>) -> Result<(), Failed> {
        match self.compared.iter().find(|path| !files.contains_key(*path)) {
            Some(missing) => Err(format!("case.yaml names {missing}, which isn't generated").into()),
            None => {
                files.retain(|path, _| self.compared.contains(path));
                Ok(())
            }
        }
    }
}

fn gives_what_it_gave(case: &Path) -> Result<(), Failed> {
    let expected = case.join("expected");
    let focus = Focus::load(case)?;
    let mut new = generated(case)?;
    if let Some(focus) = focus {
        if focus.scaffold {
            new.extend(scaffolded(case)?);
        }
        focus.apply(&mut new)?;
    }
    if new.is_empty() {
        return Err("nothing is generated that depends on the document".into());
    }
    if std::env::var_os("BLESS").is_some() {
        bless(&expected, &new)?;
    }
    let mut old = BTreeMap::new();
    read(&expected, &expected, &mut old)?;
    if old.is_empty() {
        return Err(format!("{} is missing or empty: set BLESS=1 to write it", expected.display()).into());
    }
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differences: Vec<String> =
        paths.into_iter().filter_map(|path| difference(path, old.get(path), new.get(path))).collect();
    match differences.is_empty() {
        true => Ok(()),
        false => Err(format!("set BLESS=1 to accept:\n{}", differences.join("\n")).into()),
    }
}

fn difference(path: &str, old: Option<&String>, new: Option<&String>) -> Option<String> {
    if old == new {
        return None;
    }
    let what = match (old, new) {
        (None, _) => "isn't expected",
        (_, None) => "is no longer generated",
        _ => "differs",
    };
    let [old, new] = [old, new].map(|text| text.map_or("", String::as_str));
    let diff = similar::TextDiff::from_lines(old, new).unified_diff().to_string();
    Some(format!("{path} {what}\n{diff}"))
}

fn settings(case: &Path, diagnostics: &mut Diagnostics) -> Result<Settings, Failed> {
    let settings = case.join("settings.yaml");
    match settings.exists() {
        true => Ok(Settings::load(&settings, diagnostics).ok_or("settings.yaml can't be read")?),
        false => Ok(Settings::default()),
    }
}

/// All of the document in the folder `case`, and the other documents in `documents/`.
fn selection(case: &Path) -> Selection {
    let listed = std::fs::read_dir(case.join("documents")).into_iter().flatten();
    let mut others: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
    others.sort();
    let root = (!others.is_empty()).then(|| case.to_owned());
    Selection { root, others, ..Selection::default() }
}

/// What a new crate has beside its sources, and its manifest. The crate is called as in `cargo xtask corpus`, which runs its
/// tests.
fn scaffolded(case: &Path) -> Result<BTreeMap<String, String>, Failed> {
    let mut diagnostics = Diagnostics::default();
    let settings = settings(case, &mut diagnostics)?;
    let (spec, selection) = (case.join("spec.yaml"), selection(case));
    let read = source::load_with_examples(&spec, &selection, &mut diagnostics);
    let (document, examples) = read.ok_or("the document can't be read")?;
    let api = openapi_generator::api_of(&document, &settings, &mut diagnostics);
    let name = case.file_name().unwrap().to_string_lossy();
    let krate = Crate::new(&api, Package::new(format!("corpus-{name}")).with_settings(&settings));
    let manifest = print::print(&krate)?.into_iter().filter(|file| file.path == print::MANIFEST);
    let scaffold = print::scaffold(&krate, &document, &examples, true);
    assert_eq!((&scaffold.unknown_licenses[..], &scaffold.untested[..]), (&[][..], &[][..]));
    Ok(scaffold.files.into_iter().chain(manifest).map(|file| (file.path, file.text)).collect())
}

/// The generated files that depend on the document, by path.
fn generated(case: &Path) -> Result<BTreeMap<String, String>, Failed> {
    let mut diagnostics = Diagnostics::default();
    let settings = settings(case, &mut diagnostics)?;
    let spec = case.join("spec.yaml");
    let files = openapi_generator::generate(
        &spec,
        &Package::new("case"),
        &selection(case),
        &settings,
        &mut diagnostics,
    );
    let files = files.map_err(|error| format!("{error}\n{}", diagnostics.render(&spec)))?;
    let wanted = |file: &SourceFile| {
        let folders = ["src/models/", "src/operations/", "src/servers", "src/webhook", "src/callbacks"];
        let listed = folders.iter().any(|folder| file.path.starts_with(folder));
        // The manifests of a workspace tell its crates apart.
        let is_divided = settings.crate_per == CratePer::Group;
        if file.path.starts_with("crates/") || (is_divided && file.path == print::MANIFEST) {
            return true;
        }
        // A list of modules says nothing new unless some are left out.
        listed && (!file.path.ends_with("mod.rs") || file.text.contains("#[cfg("))
    };
    let files = files.into_iter().filter(wanted).map(|file| (file.path, file.text));
    let mut files: BTreeMap<String, String> = files.collect();
    let warnings = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Warning);
    let warnings: String =
        warnings.map(|one| format!("{} {}{}\n", one.code, one.place.file, one.place.pointer)).collect();
    if !warnings.is_empty() {
        files.insert("warnings.txt".to_owned(), warnings);
    }
    Ok(files)
}

/// What the name of a manifest has in addition where it is stored.
const STORED: &str = ".expected";

/// How a generated file is called in `expected/`.
fn stored(path: &str) -> String {
    let is_manifest = path.rsplit('/').next() == Some(print::MANIFEST);
    if is_manifest { format!("{path}{STORED}") } else { path.to_owned() }
}

fn bless(expected: &Path, files: &BTreeMap<String, String>) -> std::io::Result<()> {
    if expected.exists() {
        std::fs::remove_dir_all(expected)?;
    }
    for (path, text) in files {
        let path = expected.join(stored(path));
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, text)?;
    }
    Ok(())
}

/// The files in `folder`, by their path from `root`.
fn read(folder: &Path, root: &Path, found: &mut BTreeMap<String, String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, root, found)?;
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let name = name.strip_suffix(STORED).unwrap_or(&name).to_owned();
            found.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
