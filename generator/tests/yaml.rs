//! The generator builds YAML values itself, within bounds. `serde_yaml` judges the results.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use serde_yaml::Value as Yaml;

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "expected") {
            documents(&path, found);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push(path);
        }
    }
}

/// The value with numbers as strings, so the type of a number doesn't matter.
fn plain(yaml: Yaml) -> serde_json::Value {
    match yaml {
        Yaml::Null => serde_json::Value::Null,
        Yaml::Bool(value) => value.into(),
        Yaml::Number(number) => number.as_f64().unwrap().to_string().into(),
        Yaml::String(text) => text.into(),
        Yaml::Sequence(items) => items.into_iter().map(plain).collect(),
        Yaml::Mapping(map) => map
            .into_iter()
            .map(|(name, value)| {
                let name = match name {
                    Yaml::String(name) => name,
                    other => serde_yaml::to_string(&other).unwrap().trim().to_owned(),
                };
                (name, plain(value))
            })
            .collect(),
        Yaml::Tagged(tagged) => plain(tagged.value),
    }
}

fn same_numbers(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(number) => number.as_f64().unwrap().to_string().into(),
        serde_json::Value::Array(items) => items.into_iter().map(same_numbers).collect(),
        serde_json::Value::Object(map) => {
            map.into_iter().map(|(name, value)| (name, same_numbers(value))).collect()
        }
        other => other,
    }
}

#[test]
fn documents_are_read_as_serde_yaml_reads_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut found);
    let spec = root.join("spec");
    if spec.is_dir() {
        documents(&spec, &mut found);
    } else {
        eprintln!("skipped: no ../spec");
    }
    let shared = root.join("../shared/specs");
    match std::fs::read_dir(&shared) {
        Ok(entries) => found.extend(
            entries
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|end| end == "yml" || end == "yaml")),
        ),
        Err(_) => eprintln!("skipped: no ../shared/specs"),
    }
    let mut compared = 0;
    for path in found {
        let text = std::fs::read(&path).unwrap();
        let Ok(theirs) = serde_yaml::from_slice::<Yaml>(&text) else { continue };
        let ours = openapi_generator::source::value(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(same_numbers(ours) == plain(theirs), "{} is read differently", path.display());
        compared += 1;
    }
    assert!(compared >= 12, "only {compared} documents were compared");
}
