//! How every diagnostic is printed. Each folder of `diagnostics/` is named after a code and contains a document
//! (`openapi.yaml` or `openapi.json`, sometimes with a `settings.yaml`, a `selection.yaml`, or other documents of the same client in
//! `documents/`) and the expected output.
//! `BLESS=1` accepts new output.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_generator::Package;
use openapi_generator::diagnostics::{Diagnostics, Notes, Printing, codes};
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The code that a case is about. A folder's name may add words to it, as in `E0002-json`.
fn code(case: &Path) -> String {
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    name.split('-').next().unwrap().to_owned()
}

fn selection(case: &Path) -> Selection {
    let listed = std::fs::read_dir(case.join("documents")).into_iter().flatten();
    let mut others: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
    others.sort();
    let Ok(text) = std::fs::read(case.join("selection.yaml")) else {
        return Selection { others, ..Selection::default() };
    };
    let value = source::value(&text).unwrap();
    let tags = value["tags"].as_array().into_iter().flatten();
    Selection {
        tags: tags.map(|tag| tag.as_str().unwrap().to_owned()).collect(),
        keep_going: value["keep_going"].as_bool().unwrap_or_default(),
        others,
        ..Selection::default()
    }
}

/// What is printed for the document in the folder `case`.
fn printed(case: &Path) -> String {
    let json = case.join("openapi.json");
    let path = if json.exists() { json } else { case.join("openapi.yaml") };
    let mut diagnostics = Diagnostics::default();
    let settings = case.join("settings.yaml");
    let settings = match settings.exists() {
        true => Settings::load(&settings, &mut diagnostics),
        false => Some(Settings::default()),
    };
    if let Some(settings) = settings {
        let _ = openapi_generator::generate(
            &path,
            &Package::new("case"),
            &selection(case),
            &settings,
            &mut diagnostics,
        );
    }
    let text = diagnostics.render_as(&path, Printing { colours: false, notes: Notes::Printed });
    let text = text.replace(&format!("{}{}", case.display(), std::path::MAIN_SEPARATOR), "");
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[test]
fn every_case_prints_what_it_printed() {
    let mut differences = Vec::new();
    for case in cases() {
        let path = case.join("expected.txt");
        let new = printed(&case);
        assert!(new.contains(&format!("[{}]", code(&case))), "{}\n{new}", case.display());
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &new).unwrap();
        }
        let old = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if old != new {
            let diff = similar::TextDiff::from_lines(&old, &new).unified_diff().to_string();
            differences.push(format!("{}\n{diff}", path.display()));
        }
    }
    assert!(differences.is_empty(), "set BLESS=1 to accept:\n{}", differences.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let cases: BTreeSet<String> = cases().iter().map(|case| code(case)).collect();
    let codes: BTreeSet<String> = codes::all().map(|code| code.id.to_owned()).collect();
    assert_eq!(cases, codes);
}
