//! A crate depends on the runtime, or contains what it needs of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::Path;

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::print::SourceFile;
use openapi_generator::settings::Settings;
use openapi_generator::source::Selection;
use openapi_generator::{Package, RUNTIME, RUNTIME_VERSION, RuntimeSource, generate};

/// The crate of the golden case `case`, with its settings or others.
fn files(case: &str, settings: Option<&str>, runtime: RuntimeSource) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case);
    let mut diagnostics = Diagnostics::default();
    let settings = match settings {
        Some(text) => Settings::parse(text).unwrap(),
        None => Settings::load(&folder.join("settings.yaml"), &mut diagnostics).unwrap(),
    };
    let package = Package { runtime, ..Package::new("pets") };
    let path = folder.join("spec.yaml");
    generate(&path, &package, &Selection::default(), &settings, &mut diagnostics).unwrap()
}

fn text<'f>(files: &'f [SourceFile], path: &str) -> &'f str {
    &files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text
}

/// Lines of Rust, empty ones and comments too.
fn lines(files: &[SourceFile]) -> usize {
    files.iter().filter(|file| file.path.ends_with(".rs")).map(|file| file.text.lines().count()).sum()
}

#[test]
fn a_crate_of_one_model_is_small() {
    let library = files("embedded-models", Some("schemas: all"), RuntimeSource::Registry);
    let embedded = files("embedded-models", None, RuntimeSource::Registry);
    assert!(lines(&library) < 150, "{}", lines(&library));
    assert!(lines(&embedded) < 2000, "{}", lines(&embedded));
    let manifest = text(&embedded, "Cargo.toml");
    for absent in ["http", "tokio", "reqwest", "base64", "\nclient", RUNTIME] {
        assert!(!manifest.contains(absent), "{absent} in {manifest}");
    }
}

/// A crate's runtime has no more than its files need, in whole modules and inside them.
#[test]
fn what_a_crate_has_no_use_for_is_not_copied() {
    let models = files("embedded-models", None, RuntimeSource::Registry);
    let copied: String =
        models.iter().filter(|file| file.path.starts_with("src/runtime")).map(|file| &*file.text).collect();
    for absent in [
        "Patch<",
        "for BTreeMap<",
        "for Vec<",
        "fn unknowns",
        "fn peek_property",
        "fn patch",
        "body_setters",
        "followers",
        "enum Others",
        "Regex",
        "SECRET_NAMES",
        "Validate for crate::runtime::json::value::JsonObject",
        "FromJson for Option<T>",
    ] {
        assert!(!copied.contains(absent), "{absent}");
    }
    assert!(!models.iter().any(|file| file.path == "src/document.rs"));
    let all = files("embedded", None, RuntimeSource::Registry);
    for (path, present) in [
        ("src/runtime/model/patch.rs", "pub fn map<U>"),
        ("src/runtime/json/decode.rs", "FromJson for Vec<T>"),
        ("src/runtime/json/value.rs", "/// Any JSON object."),
        ("src/runtime/http/body_setters.rs", "get_or_insert_default"),
    ] {
        assert!(text(&all, path).contains(present), "{path}: {present}");
    }
}

/// In a browser there is another clock, and no runtime of Tokio's.
#[test]
fn what_only_some_targets_need_is_for_them_alone() {
    let manifest = |case: &str| text(&files(case, None, RuntimeSource::Registry), "Cargo.toml").to_owned();
    let with_client = manifest("embedded");
    let browser = "\n[target.'cfg(all(target_family = \"wasm\", target_os = \"unknown\"))'.dependencies]\n";
    let native =
        "\n[target.'cfg(not(all(target_family = \"wasm\", target_os = \"unknown\")))'.dependencies]\n";
    let (general, rest) = with_client.split_once(browser).unwrap_or_default();
    let (browser, native) = rest.split_once(native).unwrap_or_default();
    for (name, section) in
        [("bytes", general), ("web-time", browser), ("getrandom", browser), ("tokio", native)]
    {
        for other in [general, browser, native] {
            let is_listed = other.lines().any(|line| line.starts_with(&format!("{name} = ")));
            assert_eq!(is_listed, other == section, "{name} in {other}");
        }
    }
    assert!(!manifest("embedded-models").contains("target"));
}

#[test]
fn the_mock_has_all_that_tests_call() {
    let files = files("embedded", None, RuntimeSource::Registry);
    let mock = text(&files, "src/runtime/mock.rs");
    for name in ["on", "expect", "verify", "calls", "returns", "fails", "responds", "breaks"] {
        assert!(mock.contains(&format!("pub fn {name}")), "{name} is missing");
    }
}

/// What stands inside of items is told apart by what the document calls for. The crate `embedded-parts` is compiled, and its
/// tests run.
#[test]
fn rules_unions_and_secrets_are_where_a_document_has_them() {
    let runtime = |case: &str| -> String {
        let files = files(case, None, RuntimeSource::Registry);
        files.iter().filter(|file| file.path.starts_with("src/runtime")).map(|file| &*file.text).collect()
    };
    let (models, parts) = (runtime("embedded-models"), runtime("embedded-parts"));
    for part in [
        "MultipleOf(Limit)",
        "Rule::Pattern(pattern)",
        "fn is_multiple_of",
        "fn has_duplicates",
        "attempts: Attempts::default()",
        "fn kinds()",
        "struct Hidden",
        "struct Restored",
        "fn check_stack",
    ] {
        assert!(parts.contains(part) && !models.contains(part), "{part}");
    }
    assert!(models.contains("    MinLength(u64),\n}"));
    assert!(models.contains("            Rule::MinLength(limit) if count < limit => {"));
    for text in [models, parts] {
        assert!(!text.contains("cfg(feature"));
    }
}

/// Whoever depends on the crate reads what it exports, and nobody what it doesn't.
#[test]
fn documentation_is_copied_with_what_callers_can_name() {
    let models = files("embedded-models", None, RuntimeSource::Registry);
    assert!(text(&models, "src/runtime/model/rules.rs").contains("/// `minLength`, in characters."));
    assert!(text(&models, "src/runtime/json/decode.rs").contains("//! Decoding JSON"));
    assert!(!text(&models, "src/runtime/model/slots.rs").contains("///"));
}

#[test]
fn a_crate_depends_on_the_runtime_as_its_package_says() {
    let manifest = |runtime| text(&files("wire", Some(""), runtime), "Cargo.toml").to_owned();
    let registry = format!("{RUNTIME} = {{ version = \"{RUNTIME_VERSION}\", default-features = false");
    let path = format!("{RUNTIME} = {{ version = \"{RUNTIME_VERSION}\", path = \"../a b\", default-features");
    assert!(manifest(RuntimeSource::Registry).contains(&registry));
    assert!(manifest(RuntimeSource::Path("../a b".to_owned())).contains(&path));
    for file in files("wire", Some(""), RuntimeSource::Registry) {
        assert!(!file.path.starts_with("src/runtime"), "{}", file.path);
    }
}

#[test]
fn everything_but_the_runtime_is_the_same_in_both_forms() {
    let of = |runtime| files("wire", Some(""), runtime);
    let rest = |files: Vec<SourceFile>| -> Vec<SourceFile> {
        let own = ["src/runtime/", "src/lib.rs", "Cargo.toml"];
        files.into_iter().filter(|file| !own.iter().any(|start| file.path.starts_with(start))).collect()
    };
    assert_eq!(rest(of(RuntimeSource::Registry)), rest(of(RuntimeSource::Embedded)));
}

#[test]
fn every_path_inside_an_embedded_runtime_leads_somewhere() {
    let files = files("embedded", None, RuntimeSource::Registry);
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut count = 0;
    for file in files.iter().filter(|file| file.path.starts_with("src/runtime/")) {
        assert!(!file.text.contains("macro_export"), "{}", file.path);
        for (at, start) in file.text.match_indices("crate::") {
            let path = &file.text[at + start.len()..];
            let mut parts = path.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
            let parts: Vec<&str> =
                parts.next().unwrap().split("::").filter(|part| !part.is_empty()).collect();
            if parts[0] == "document" {
                continue;
            }
            assert_eq!(parts[0], "runtime", "{}: {}", file.path, path.lines().next().unwrap());
            let found = (1..=parts.len().min(3)).any(|length| {
                let module = format!("src/{}", parts[..length].join("/"));
                length > 1
                    && [format!("{module}.rs"), format!("{module}/mod.rs")]
                        .iter()
                        .any(|path| paths.contains(&**path))
            });
            // Arms of macros that this crate doesn't take.
            let is_in_vain = ["discriminated", "followers"].iter().any(|name| parts.get(2) == Some(name));
            assert!(found || is_in_vain, "{}: crate::{}", file.path, parts.join("::"));
            count += 1;
        }
    }
    assert!(count > 400, "{count} paths");
}
