//! Golden cases: each folder of `cases/` has a document, what is generated from it and what it is warned of.
//! `BLESS=1` writes the latter two anew. That it compiles is `cargo xtask test`'s business.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use openapi_generator::Package;
use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::print::SourceFile;
use openapi_generator::settings::Settings;
use openapi_generator::source::Selection;

/// The generated files that depend on the document, by path.
fn generated(case: &Path) -> BTreeMap<String, String> {
    let mut diagnostics = Diagnostics::default();
    let settings = case.join("settings.yaml");
    let settings = if settings.exists() {
        Settings::load(&settings, &mut diagnostics).unwrap()
    } else {
        Settings::default()
    };
    let spec = case.join("spec.yaml");
    let files = openapi_generator::generate(
        &spec,
        &Package::new("case"),
        &Selection::default(),
        &settings,
        &mut diagnostics,
    );
    let files = files.unwrap_or_else(|| panic!("{}", diagnostics.render(&spec)));
    let wanted = |file: &SourceFile| {
        let folders = ["src/models/", "src/operations/", "src/servers"];
        let listed = folders.iter().any(|folder| file.path.starts_with(folder));
        // A list of modules says nothing new unless some are left out.
        listed && (!file.path.ends_with("mod.rs") || file.text.contains("#[cfg("))
    };
    let files = files.into_iter().filter(wanted).map(|file| (file.path, file.text));
    let mut files: BTreeMap<String, String> = files.collect();
    let warnings = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
    let warnings: String = warnings.map(|one| format!("{} {}\n", one.code, one.place.pointer)).collect();
    if !warnings.is_empty() {
        files.insert("warnings.txt".to_owned(), warnings);
    }
    files
}

fn read(folder: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            read(&path, root, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_case_gives_what_it_gave() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 8);
    let mut differences = Vec::new();
    for case in folders {
        let expected = case.join("expected");
        let new = generated(&case);
        // What emit writes for items that aren't Rust; no case is blessed with one.
        let broken =
            new.iter().find(|(_, text)| text.lines().any(|line| line.starts_with("compile_error!(")));
        assert!(broken.is_none(), "{}: {broken:?}", case.display());
        if std::env::var_os("BLESS").is_some() {
            let _ = std::fs::remove_dir_all(&expected);
            for (path, text) in &new {
                let path = expected.join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
        }
        let mut old = BTreeMap::new();
        read(&expected, &expected, &mut old);
        for path in old.keys().chain(new.keys()).collect::<std::collections::BTreeSet<_>>() {
            let text = |side: &BTreeMap<String, String>| side.get(path).cloned().unwrap_or_default();
            if text(&old) != text(&new) {
                let diff = similar::TextDiff::from_lines(&text(&old), &text(&new)).unified_diff().to_string();
                differences.push(format!("{}/{path}\n{diff}", case.display()));
            }
        }
    }
    assert!(differences.is_empty(), "set BLESS=1 to accept:\n{}", differences.join("\n"));
}
