//! The JSON Schema of the settings file says what the parser takes, and `docs/settings.md` says what the schema does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod page;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_generator::settings::{self, Settings};
use serde_json::{Value, json};

/// The workspace; nothing, and a word about it, where the package stands alone.
fn workspace() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if root.join("docs/settings.md").exists() {
        return Some(root);
    }
    println!("skipped: the package isn't in its workspace");
    None
}

/// `schema`, or what it refers to.
fn resolved<'s>(all: &'s Value, schema: &'s Value) -> &'s Value {
    let target = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    target.map_or(schema, |pointer| all.pointer(pointer).unwrap())
}

fn problems(text: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(text).unwrap();
    let value = if value.is_null() { json!({}) } else { value };
    let judge = jsonschema::draft202012::new(&settings::schema()).unwrap();
    judge.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_is_one() {
    let schema = settings::schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(&schema).unwrap();
}

#[test]
fn the_settings_of_this_repository_fit_the_schema() {
    let Some(root) = workspace() else { return };
    let cases = std::fs::read_dir(root.join("generator/tests/cases")).unwrap();
    let diagnostics = std::fs::read_dir(root.join("generator/tests/diagnostics")).unwrap();
    let folders = cases.chain(diagnostics).map(|entry| entry.unwrap().path());
    let files = folders.chain([root.join("spec")]).map(|folder| folder.join("settings.yaml"));
    let mut count = 0;
    for file in files.filter(|file| file.exists()) {
        let text = std::fs::read_to_string(&file).unwrap();
        match Settings::parse(&text) {
            Ok(_) => assert_eq!(problems(&text), [""; 0], "{}", file.display()),
            Err(error) => assert!(!problems(&text).is_empty(), "{}: {error}", file.display()),
        }
        count += 1;
    }
    assert!(count > 5);
}

#[test]
fn what_the_parser_refuses_the_schema_refuses() {
    for text in ["secret: [a]", "runtime: own", "secrets: a", "headers: [1]", "error: {title: A}", "[]"] {
        assert!(Settings::parse(text).is_err(), "{text}");
        assert!(!problems(text).is_empty(), "{text}");
    }
}

/// Calls `visit` with each object of fixed keys in the schema, and with a function that puts a value where it stands in
/// the settings.
fn objects(
    all: &Value,
    schema: &Value,
    place: &dyn Fn(Value) -> Value,
    visit: &mut impl FnMut(&Value, Value),
) {
    let schema = resolved(all, schema);
    for alternatives in ["anyOf", "oneOf"] {
        for alternative in schema[alternatives].as_array().into_iter().flatten() {
            objects(all, alternative, place, visit);
        }
    }
    if schema["items"].is_object() {
        objects(all, &schema["items"], &|value| place(json!([value])), visit);
    }
    if schema["additionalProperties"].is_object() {
        objects(all, &schema["additionalProperties"], &|value| place(json!({"any": value})), visit);
    }
    let Some(properties) = schema["properties"].as_object() else { return };
    assert_eq!(schema["additionalProperties"], false, "unknown keys must be refused: {schema}");
    visit(schema, place(json!({"zzz": 1})));
    for (name, property) in properties {
        objects(all, property, &|value| place(json!({name: value})), visit);
    }
}

#[test]
fn schema_and_parser_know_the_same_keys() {
    let all = settings::schema();
    let mut count = 0;
    objects(&all, &all, &|value| value, &mut |schema, unknown| {
        let error = Settings::parse(&unknown.to_string()).unwrap_err();
        let (_, keys) =
            error.split_once("the keys here are ").unwrap_or_else(|| panic!("{unknown}: {error}"));
        let keys: BTreeSet<&str> = keys.split('`').skip(1).step_by(2).collect();
        let known: BTreeSet<&str> =
            schema["properties"].as_object().unwrap().keys().map(|key| &**key).collect();
        assert_eq!(keys, known, "{unknown}");
        count += 1;
    });
    assert!(count >= 7, "{count}");
}

#[test]
fn each_setting_has_an_example_and_says_what_diff_reports() {
    for (name, setting) in settings::schema()["properties"].as_object().unwrap() {
        let description =
            setting["description"].as_str().unwrap_or_else(|| panic!("{name} has no doc comment"));
        assert!(description.contains("\n`diff`: "), "{name} doesn't say what `diff` reports");
        let examples = description.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        let examples: Vec<&str> = examples.collect();
        assert!(!examples.is_empty(), "{name} has no example");
        for example in examples {
            Settings::parse(example).unwrap_or_else(|error| panic!("{error} in\n{example}"));
            assert_eq!(problems(example), [""; 0], "{example}");
            assert!(example.contains(&format!("{name}:")), "{name} isn't in\n{example}");
        }
    }
}

#[test]
fn the_page_says_what_the_schema_does() {
    let Some(root) = workspace() else { return };
    let path = root.join("docs/settings.md");
    let old = std::fs::read_to_string(&path).unwrap();
    let (by_hand, _) = old.split_once(page::MARKER).expect("docs/settings.md has lost its marker");
    let new = format!("{by_hand}{}{}", page::MARKER, page::settings(&settings::schema()));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &new).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == new, "set BLESS=1 to rewrite docs/settings.md");
}
