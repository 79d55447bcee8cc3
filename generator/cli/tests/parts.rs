//! The workspace of a document with a crate for each group of operations.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod folder;

use folder::{DOCUMENT, Folder, errors, text};

/// A folder whose crate is divided, and generated.
fn divided() -> Folder {
    let folder = Folder::new();
    folder.succeeds(&[
        "init",
        "--spec",
        "api.yaml",
        "--out",
        "client",
        "--crate-per",
        "group",
        "--name",
        "shop",
    ]);
    assert!(folder.read("client/speccrate.toml").contains("crate_per = \"group\""));
    folder.succeeds(&["generate", "--crate", "client"]);
    folder
}

#[test]
fn a_workspace_is_generated_and_checked() {
    let folder = divided();
    let told = errors(&folder.succeeds(&["check", "--crate", "client"]));
    assert!(told.contains("up to date"), "{told}");
    let manifest = folder.read("client/Cargo.toml");
    for line in [
        "[workspace]",
        "things = [\"dep:shop-things\"]",
        "shop-things = { version = \"0.1.0\", path = \"crates/shop-things\", default-features = false, optional = true }",
    ] {
        assert!(manifest.contains(line), "{line} isn't in {manifest}");
    }
    let manifest = folder.read("client/crates/shop-things/Cargo.toml");
    assert!(
        manifest.contains("path = \"../shop-types\", default-features = false, features = [\"things\"]"),
        "{manifest}"
    );
    let file = "client/crates/shop-things/src/models/thing.rs";
    let model = folder.read(file);
    folder.write(file, &model.replace("pub struct", "pub  struct"));
    folder.write("client/crates/shop-things/src/own.rs", "// Mine.\n");
    folder.fails(
        &["check", "--crate", "client"],
        1,
        &[
            "shop-things/src/models/thing.rs is stale",
            "own.rs isn't a generated file, and client/crates/shop-things/src is for those alone",
        ],
    );
    // What its owner says in a manifest stays.
    folder.write(
        "client/crates/shop-things/Cargo.toml",
        &manifest.replace("0.1.0\"\nedition", "0.4.0\"\nedition"),
    );
    folder.succeeds(&["generate", "--crate", "client"]);
    assert_eq!(folder.read(file), model);
    assert!(folder.read("client/crates/shop-things/Cargo.toml").contains("version = \"0.4.0\""));
}

#[test]
fn the_crate_of_a_group_that_is_gone_goes_too() {
    let folder = divided();
    folder.write("client/crates/shop-own/Cargo.toml", "[package]\nname = \"shop-own\"\n");
    folder.write("client/crates/shop-own/src/lib.rs", "// Mine.\n");
    let others = DOCUMENT.find("  /others:").unwrap();
    let without = format!("{}{}", &DOCUMENT[..others], &DOCUMENT[DOCUMENT.find("components:").unwrap()..]);
    folder.write("api.yaml", &without);
    folder.fails(&["check", "--crate", "client"], 1, &["shop-others/Cargo.toml is no longer generated"]);
    folder.succeeds(&["generate", "--crate", "client"]);
    assert!(!folder.path().join("client/crates/shop-others").exists());
    assert_eq!(folder.read("client/crates/shop-own/src/lib.rs"), "// Mine.\n");
    let manifest = folder.read("client/Cargo.toml");
    assert!(!manifest.contains("others"), "{manifest}");
    folder.succeeds(&["check", "--crate", "client"]);
    // As one crate, nothing of the others is left but what is somebody's own.
    folder.succeeds(&["generate", "--crate", "client", "--crate-per", "document"]);
    assert!(folder.read("client/src/models/thing.rs").contains("pub struct Thing"));
    let left: Vec<_> = std::fs::read_dir(folder.path().join("client/crates")).unwrap().collect();
    assert_eq!(left.len(), 1);
    let manifest = folder.read("client/Cargo.toml");
    assert!(!manifest.contains("shop-"), "{manifest}");
    folder.succeeds(&["check", "--crate", "client", "--crate-per", "document"]);
}

#[test]
fn the_verdicts_are_those_of_a_single_crate() {
    let folder = divided();
    folder.write("new.yaml", &DOCUMENT.replace("size: {type: integer}", "size: {type: string}"));
    let diff = |crate_per: &str| {
        let config = format!("spec = \"../api.yaml\"\nname = \"shop\"\ncrate_per = \"{crate_per}\"\n");
        folder.write("client/speccrate.toml", &config);
        text(&folder.run(&["diff", "api.yaml", "new.yaml", "--crate", "client"]))
    };
    let (one, divided) = (diff("document"), diff("group"));
    assert!(one.contains("size"), "{one}");
    assert_eq!(one, divided);
}

/// The document with `count` more operations on things.
fn with_more(count: usize) -> String {
    let operation = |number| {
        format!(
            "  /things/t{number}/it:\n    get: {{operationId: things.it{number}, tags: [things], responses: {{'204': \
             {{description: None.}}}}}}\n"
        )
    };
    let more: String = (0..count).map(operation).collect();
    DOCUMENT.replacen("paths:\n", &format!("paths:\n{more}"), 1)
}

#[test]
fn a_huge_group_is_in_pieces_as_long_as_it_is_huge() {
    let folder = divided();
    let whole = folder.read("client/Cargo.toml");
    folder.write("old.yaml", &with_more(190));
    folder.write("new.yaml", &with_more(210).replace("size: {type: integer}", "size: {type: string}"));
    let diff = |crate_per: &str| {
        let config = format!("spec = \"../api.yaml\"\nname = \"shop\"\ncrate_per = \"{crate_per}\"\n");
        folder.write("client/speccrate.toml", &config);
        text(&folder.run(&["diff", "old.yaml", "new.yaml", "--crate", "client"]))
    };
    let (one, divided) = (diff("document"), diff("group"));
    assert!(one.contains("size"), "{one}");
    assert_eq!(one, divided);

    folder.write("api.yaml", &folder.read("new.yaml"));
    folder.fails(&["check", "--crate", "client"], 1, &["shop-things-0/Cargo.toml is missing"]);
    folder.succeeds(&["generate", "--crate", "client"]);
    folder.succeeds(&["check", "--crate", "client"]);
    assert_eq!(folder.read("client/Cargo.toml"), whole);
    let pieces = || -> Vec<String> {
        let crates = std::fs::read_dir(folder.path().join("client/crates")).unwrap();
        let names = crates.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with("shop-things-")).collect()
    };
    assert!(pieces().len() >= 2, "{:?}", pieces());
    let manifest = folder.read("client/crates/shop-things/Cargo.toml");
    for piece in pieces() {
        let line =
            format!("{piece} = {{ version = \"0.1.0\", path = \"../{piece}\", default-features = false }}");
        assert!(manifest.contains(&line) && manifest.contains(&format!("{piece}/client")), "{manifest}");
    }
    assert!(
        folder
            .read("client/crates/shop-things/src/operations/things/mod.rs")
            .contains("pub use ::shop_things_0")
    );

    folder.write("api.yaml", &folder.read("old.yaml"));
    folder.succeeds(&["generate", "--crate", "client"]);
    folder.succeeds(&["check", "--crate", "client"]);
    assert_eq!(pieces(), [""; 0]);
    let manifest = folder.read("client/crates/shop-things/Cargo.toml");
    assert!(!manifest.contains("shop-things-"), "{manifest}");
    assert!(folder.path().join("client/crates/shop-things/src/operations/things/it7.rs").exists());
}

#[test]
fn mistakes_are_told() {
    let folder = Folder::new();
    let generate = ["generate", "--spec", "api.yaml", "--out", "client"];
    let fails =
        |more: &[&str], code, parts: &[&str]| folder.fails(&[&generate[..], more].concat(), code, parts);
    fails(&["--crate-per", "tag"], 2, &["must be `document` or `group`"]);
    fails(&["--crate-per", "group", "--embed-runtime"], 1, &["E0235"]);
    assert!(!folder.path().join("client").exists());
}
