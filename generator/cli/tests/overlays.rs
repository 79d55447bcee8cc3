//! Overlays, as every command reads them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod folder;

use folder::{Folder, errors, text};

const OVERLAY: &str = "overlay: 1.0.0
info: {title: Ours, version: '1'}
actions:
  - target: $.components.schemas.Thing.properties
    update:
      colour: {type: string}
";

/// An overlay with one action.
fn action(action: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: Ours, version: '1'}}\nactions:\n  - {action}\n")
}

#[test]
fn overlays_come_from_arguments_the_file_and_the_settings() {
    let folder = Folder::new();
    folder.write("ours/colour.yaml", OVERLAY);
    folder.write("size.yaml", &action("{target: $.components.schemas.Thing.properties.size, remove: true}"));
    folder.write(
        "shape.yaml",
        &action("{target: $.components.schemas.Thing.properties, update: {shape: {type: string}}}"),
    );
    let with_overlays = |command| {
        let own = ["--overlay", "ours/colour.yaml", "--overlay", "size.yaml"];
        folder.succeeds(&[&[command, "--spec", "api.yaml", "--out", "a"][..], &own].concat());
    };
    with_overlays("generate");
    let model = folder.read("a/src/models/thing.rs");
    assert!(model.contains("colour") && !model.contains("size"), "{model}");
    folder.fails(&["check", "--spec", "api.yaml", "--out", "a"], 1, &["src/models/thing.rs is stale"]);
    with_overlays("check");

    folder.succeeds(&["init", "--spec", "api.yaml", "--out", "client", "--overlay", "ours/colour.yaml"]);
    assert!(folder.read("client/speccrate.toml").contains("overlays = [\"../ours/colour.yaml\"]"));
    folder.write("settings.yaml", "overlays: [shape.yaml]\n");
    folder.succeeds(&["generate", "--crate", "client"]);
    folder.succeeds(&["check", "--crate", "client"]);
    let model = folder.read("client/src/models/thing.rs");
    assert!(model.contains("colour") && model.contains("shape"), "{model}");
    // What an argument names takes the place of what the file names, but not of the settings.
    folder.fails(&["check", "--crate", "client", "--overlay", "size.yaml"], 1, &["+", "shape"]);
}

#[test]
fn problems_are_where_the_text_is() {
    let folder = Folder::new();
    folder.write(
        "ours/a.yaml",
        &action("{target: $.components.schemas.Thing.properties, update: {\n      colour: {type: strnig}}}"),
    );
    let arguments = ["generate", "--spec", "api.yaml", "--out", "client", "--overlay", "ours/a.yaml"];
    let told = errors(&folder.succeeds(&arguments));
    assert!(told.contains("ours/a.yaml:5:16") && told.contains("/actions/0/update/colour/type"), "{told}");
    folder.write("ours/a.yaml", &action("{target: $.none, update: {}}"));
    let told = errors(&folder.succeeds(&arguments));
    assert!(told.contains("warning[W0171]") && told.contains("ours/a.yaml:4:6"), "{told}");
    folder.fails(&[&arguments[..], &["--deny-warnings"]].concat(), 1, &["W0171"]);
    folder.fails(
        &["generate", "--spec", "api.yaml", "--out", "client", "--overlay", "none.yaml"],
        2,
        &["no file none.yaml"],
    );
    folder.write("settings/settings.yaml", "overlays: [../ours/a.yaml]\n");
    let arguments =
        ["generate", "--spec", "api.yaml", "--out", "client", "--settings", "settings/settings.yaml"];
    folder.fails(&arguments, 1, &["ours/a.yaml is outside the folder of the settings"]);
    folder.succeeds(&[&arguments[..], &["--root", "."]].concat());
}

#[test]
fn both_sides_of_a_diff_are_overlaid() {
    let folder = Folder::described();
    folder.write("old.yaml", &folder.read("api.yaml").replace("name: {type: string}, ", ""));
    folder.write("colour.yaml", OVERLAY);
    let told = text(&folder.succeeds(&["diff", "old.yaml", "api.yaml", "--overlay", "colour.yaml"]));
    assert!(told.contains("name") && !told.contains("colour"), "{told}");
    folder.write(
        "name.yaml",
        &action("{target: $.components.schemas.Thing.properties, update: {name: {type: string}}}"),
    );
    let told = text(&folder.succeeds(&["diff", "old.yaml", "api.yaml", "--overlay", "name.yaml"]));
    assert!(!told.contains("property"), "{told}");
    folder.write("client/drift.yaml", "[]");
    folder.fails(&["drift", "--crate", "client", "--against", "old.yaml"], 1, &[]);
    folder.succeeds(&["drift", "--crate", "client", "--against", "old.yaml", "--overlay", "name.yaml"]);
}

#[test]
fn overlays_are_those_of_the_revision() {
    let folder = Folder::new();
    folder.write("ours/colour.yaml", OVERLAY);
    folder.succeeds(&["init", "--spec", "api.yaml", "--out", "client", "--overlay", "ours/colour.yaml"]);
    folder.git(&["init", "-q"]);
    folder.git(&["add", "."]);
    folder.git(&["commit", "-q", "-m", "First"]);
    let told = text(&folder.succeeds(&["diff", "--crate", "client"]));
    assert!(!told.contains("colour"), "{told}");
    folder.write("ours/colour.yaml", &OVERLAY.replace("string", "integer"));
    let told = text(&folder.succeeds(&["diff", "--crate", "client"]));
    assert!(told.contains("colour") && told.contains("ours/colour.yaml:6"), "{told}");
    // Likewise for those that the settings name.
    folder.write("settings.yaml", "overlays: [ours/colour.yaml]");
    folder.write(
        "client/speccrate.toml",
        "spec = \"../api.yaml\"\nsettings = \"../settings.yaml\"\nname = \"api\"\n",
    );
    folder.git(&["add", "."]);
    folder.git(&["commit", "-q", "-m", "Second"]);
    folder.write("ours/colour.yaml", OVERLAY);
    let told = text(&folder.succeeds(&["diff", "--crate", "client"]));
    assert!(told.contains("HEAD:ours/colour.yaml:6") && told.contains(" ours/colour.yaml:6"), "{told}");
    let told = text(&folder.succeeds(&["diff", "HEAD~1", "HEAD", "--crate", "client"]));
    assert!(told.contains("\n      HEAD:ours/colour.yaml:6"), "{told}");
}
