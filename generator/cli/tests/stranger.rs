//! A stranger's repository: whatever its files say, and wherever its links lead, nothing is written outside the crate's folder.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::os::unix::fs::symlink;
use std::path::Path;

mod folder;

use folder::{DOCUMENT, Folder, errors};

/// The crate's folder has a link at `at`, which leads to `to` outside it. Neither `arguments` nor a second call writes there.
fn assert_nothing_behind(at: &str, to: &str, is_folder: bool, arguments: &[&str]) {
    let folder = Folder::described();
    std::fs::create_dir_all(folder.path().join("outside")).unwrap();
    let target = folder.path().join("outside").join(to);
    match is_folder {
        true => std::fs::create_dir_all(&target).unwrap(),
        false if to.ends_with("gone") => {}
        false => std::fs::write(&target, "[package]\nname = \"client\"\nversion = \"0.1.0\"\n").unwrap(),
    }
    let link = folder.path().join("client").join(at);
    std::fs::create_dir_all(link.parent().unwrap()).unwrap();
    let _ = std::fs::remove_file(&link);
    symlink(&target, &link).unwrap();
    let before = folder::files(&folder.path().join("outside"));
    for _ in 0..2 {
        let output = folder.run(arguments);
        let after = folder::files(&folder.path().join("outside"));
        assert_eq!(before, after, "{at} -> {to}: {arguments:?}: {}", errors(&output));
    }
    assert!(link.is_symlink(), "{at} is replaced");
}

#[test]
fn nothing_is_written_behind_a_link() {
    let generate: &[&str] = &["generate", "--crate", "client"];
    let embedding: &[&str] = &["generate", "--crate", "client", "--embed-runtime"];
    let parts: &[&str] = &["generate", "--crate", "client", "--crate-per", "group"];
    let init: &[&str] = &["init", "--spec", "api.yaml", "--out", "client"];
    let scaffold: &[&str] = &["generate", "--crate", "client", "--scaffold"];
    for (at, to, is_folder, arguments) in [
        ("Cargo.toml", "Cargo.toml", false, generate),
        ("Cargo.toml", "gone", false, generate),
        (".gitattributes", "gone", false, generate),
        ("src", "sources", true, generate),
        ("src/lib.rs", "lib.rs", false, generate),
        ("src/lib.rs", "gone", false, generate),
        ("src/models", "models", true, generate),
        ("src/runtime", "runtime", true, embedding),
        ("crates", "crates", true, parts),
        ("crates/client-things", "part", true, parts),
        ("crates/client-things/src", "part", true, parts),
        ("crates/client-things/Cargo.toml", "Cargo.toml", false, parts),
        ("speccrate.toml", "gone", false, init),
        ("Cargo.toml", "Cargo.toml", false, scaffold),
        ("Cargo.toml", "gone", false, scaffold),
        ("README.md", "gone", false, scaffold),
        ("tests", "tests", true, scaffold),
        (".github", "github", true, scaffold),
    ] {
        assert_nothing_behind(at, to, is_folder, arguments);
    }
}

#[test]
fn approvals_are_not_written_behind_a_link() {
    let folder = Folder::committed(DOCUMENT);
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("gone");
    symlink(&target, folder.path().join("diff-approvals.yaml")).unwrap();
    folder.write("api.yaml", &DOCUMENT.replace(", size: {type: integer}", ""));
    let arguments = ["diff", "HEAD", "--spec", "api.yaml", "--crate", "crate"];
    let told = folder::text(&folder.run(&[&arguments[..], &["--format", "json"]].concat()));
    let report: serde_json::Value = serde_json::from_str(&told).unwrap();
    let fingerprint = report["changes"][0]["fingerprint"].as_str().unwrap();
    let approve = ["--approve", fingerprint, "--reason", "It was never used", "--who", "A"];
    folder.fails(&[&arguments[..], &approve].concat(), 2, &["diff-approvals.yaml", "is a link"]);
    assert!(!target.exists());
}

/// What the settings say becomes values, names and paths inside the crate, or is refused.
#[test]
fn settings_name_no_path_and_no_key_of_a_manifest() {
    for settings in [
        "names: {types: {Thing: '../../Thing'}}",
        "names: {groups: {things: '../../things'}}",
        "names: {groups: {things: '/things'}}",
        "names: {operations: {things.list: '..::list'}}",
        "names: {types: {Thing: \"Thing;fn f(){}\"}}",
        "out: ..",
        "package: {build: build.rs}",
        "package: {readme: ../../secret}",
        "dependencies: {'x = {path = \"y\"}, z': {version: '1'}}",
        "dependencies: {'../x': {path: x}}",
        "types: {Thing: {path: 'a::B; fn f() {}'}}",
        "types: {Thing: {derive: ['Ord)] fn f() {} #[derive(Debug']}}",
        "types: {Thing: {attributes: ['a] fn f() {} #[b']}}",
        "overlays: ['../overlay.yaml']",
        "overlays: ['/etc/passwd']",
    ] {
        let folder = Folder::described();
        folder.write("settings.yaml", &format!("{settings}\n"));
        let output = folder.run(&["generate", "--crate", "client"]);
        assert_ne!(output.status.code(), Some(0), "{settings}: {}", errors(&output));
        assert!(!folder.path().join("client/src").exists(), "{settings}");
    }
}

#[test]
fn values_of_settings_stay_values() {
    let hostile = "x\"\n[build-dependencies]\nevil = \"1\"\n[package]\nbuild = \"evil.rs";
    for place in ["description", "repository", "homepage", "documentation"] {
        let folder = Folder::described();
        folder.write("settings.yaml", &format!("package: {{{place}: {hostile:?}}}\n"));
        folder.run(&["generate", "--crate", "client"]);
        assert_harmless(&folder.path().join("client/Cargo.toml"), place);
    }
    for member in ["version", "path", "git", "rev", "package"] {
        let folder = Folder::described();
        let git = if member == "rev" { "git: 'https://example.com/x', " } else { "" };
        folder.write("settings.yaml", &format!("dependencies: {{x: {{{git}{member}: {hostile:?}}}}}\n"));
        folder.run(&["generate", "--crate", "client"]);
        assert_harmless(&folder.path().join("client/Cargo.toml"), member);
    }
}

/// The manifest, if there is one, runs nothing while it is compiled.
fn assert_harmless(manifest: &Path, why: &str) {
    let Ok(text) = std::fs::read_to_string(manifest) else { return };
    let table: toml_edit::DocumentMut = text.parse().unwrap();
    assert!(!table.contains_key("build-dependencies"), "{why}: {text}");
    assert!(table["package"].get("build").is_none(), "{why}: {text}");
    assert!(table.get("patch").is_none(), "{why}: {text}");
}

/// Groups of operations are tags, which are the document's; each has a crate.
#[test]
fn crates_of_groups_are_below_the_crate() {
    let document = DOCUMENT
        .replace("tags: [things]", "tags: ['../../../escaped']")
        .replace("tags: [others]", "tags: ['/tmp/escaped']");
    let folder = Folder::holding(&document);
    folder.write("inner/api.yaml", &document);
    folder.succeeds(&["init", "--spec", "inner/api.yaml", "--out", "inner/client"]);
    let before = folder::files(folder.path());
    folder.succeeds(&["generate", "--crate", "inner/client", "--crate-per", "group"]);
    let after = folder::files(folder.path());
    let client = folder.path().join("inner/client");
    for path in after.keys().filter(|path| !before.contains_key(*path)) {
        assert!(path.starts_with(&client), "{}", path.display());
    }
}
