//! The command as it is used: in an empty folder, from other folders, and with mistakes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod folder;

use std::process::{Command, Stdio};

use folder::{DOCUMENT, Folder, errors, run, text};

#[test]
fn a_crate_is_described_generated_and_checked() {
    let folder = Folder::new();
    let told = errors(&folder.succeeds(&["init", "--spec", "api.yaml"]));
    assert!(told.contains("2 operations") && told.contains("speccrate generate"), "{told}");
    assert_eq!(
        folder.read("speccrate.toml"),
        "# What this crate is generated from. Paths are relative to this file.\nspec = \"api.yaml\"\nname = \"api\"\n"
    );
    folder.fails(&["check"], 1, &["src/lib.rs is missing", "stale"]);
    folder.succeeds(&["generate"]);
    assert!(folder.read("Cargo.toml").contains("name = \"api\""));
    let told = errors(&folder.succeeds(&["check"]));
    assert!(told.contains("up to date"), "{told}");
    assert_eq!(errors(&folder.succeeds(&["check", "--quiet"])), "");

    let model = folder.read("src/models/thing.rs");
    folder.write("src/models/thing.rs", &model.replace("pub struct", "pub  struct"));
    folder.fails(&["check"], 1, &["src/models/thing.rs is stale", "1 file in"]);
    folder.fails(&["generate", "--check", "-q"], 1, &["src/models/thing.rs"]);
    folder.succeeds(&["generate"]);
    folder.succeeds(&["generate", "--check"]);
    folder.write("src/own.rs", "// Mine.\n");
    folder.fails(&["check"], 1, &["src/own.rs isn't a generated file"]);
}

#[test]
fn the_crate_is_found_from_any_folder() {
    let folder = Folder::described();
    folder.succeeds(&["generate", "--crate", "client"]);
    let config = folder.path().join("client/speccrate.toml");
    let elsewhere = tempfile::tempdir().unwrap();
    for (from, arguments) in [
        (folder.path().join("client"), vec!["check"]),
        (folder.path().join("client/src/models"), vec!["check"]),
        (elsewhere.path().to_owned(), vec!["check", "--config", config.to_str().unwrap()]),
        (elsewhere.path().to_owned(), vec!["check", "--crate", config.parent().unwrap().to_str().unwrap()]),
    ] {
        let output = run(&from, &arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", errors(&output));
    }
    let output = run(elsewhere.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("no speccrate.toml"), "{}", errors(&output));
    assert!(std::fs::read_dir(elsewhere.path()).unwrap().next().is_none());
}

#[test]
fn arguments_do_without_a_file() {
    let folder = Folder::new();
    folder.fails(&["generate", "--spec", "api.yaml"], 2, &["--out DIR"]);
    let arguments = ["--spec", "api.yaml", "--out", "out", "--name", "things-client", "--tag", "things"];
    folder.succeeds(&[&["generate"], &arguments[..]].concat());
    assert!(folder.read("out/Cargo.toml").contains("name = \"things-client\""));
    assert!(!folder.path().join("out/src/operations/others").exists());
    folder.succeeds(&[&["check"], &arguments[..]].concat());
    folder.fails(
        &["generate", "--spec", "api.yaml", "--out", "new", "--name", "9"],
        2,
        &["can't be a crate's name"],
    );
    assert!(!folder.path().join("new").exists());
}

#[test]
fn an_argument_overrides_the_file() {
    let folder = Folder::described();
    folder.succeeds(&["generate", "--crate", "client", "--out", "other", "--tag", "things"]);
    assert!(folder.path().join("other/src/models/thing.rs").exists());
    assert!(!folder.path().join("other/src/operations/others").exists());
    assert!(!folder.path().join("client/src").exists());
}

#[test]
fn only_the_selected_part_is_generated() {
    let folder = Folder::new();
    folder.succeeds(&["init", "api.yaml", "--out", "client", "--path", "/things*", "--name", "part"]);
    assert!(folder.read("client/speccrate.toml").contains("paths = [\"/things*\"]"));
    folder.succeeds(&["generate", "--crate", "client"]);
    assert!(folder.path().join("client/src/operations/things").exists());
    assert!(!folder.path().join("client/src/operations/others").exists());
}

#[test]
fn references_lead_to_files_below_the_root() {
    let folder = Folder::new();
    let thing = "{type: object, properties: {name: {type: string}}}";
    folder.write("shared/thing.yaml", thing);
    let document = DOCUMENT.split("components:").next().unwrap();
    folder.write("own/api.yaml", &document.replace("#/components/schemas/Thing", "../shared/thing.yaml"));
    let init = ["init", "--spec", "own/api.yaml", "--out", "client"];
    folder.fails(&init, 1, &["E0010", "`--root`"]);
    folder.succeeds(&[&init[..], &["--root", "."]].concat());
    assert!(folder.read("client/speccrate.toml").contains("root = \"..\""));
    folder.succeeds(&["generate", "--crate", "client"]);
    assert!(folder.path().join("client/src/models/thing.rs").exists());
    let arguments = ["generate", "--spec", "own/api.yaml", "--out", "other"];
    folder.fails(&arguments, 1, &["E0010"]);
    folder.succeeds(&[&arguments[..], &["--root", "."]].concat());
}

#[test]
fn operations_with_errors_are_left_out_only_if_asked() {
    let folder = Folder::new();
    let broken = "operationId: others.list, parameters: [{$ref: '#/components/parameters/Gone'}]";
    folder.write("api.yaml", &DOCUMENT.replace("operationId: others.list", broken));
    let arguments = ["generate", "--spec", "api.yaml", "--out", "out"];
    folder.fails(&arguments, 1, &["E0011", "With `--keep-going`, GET /others is left out"]);
    let going = [&arguments[..], &["--keep-going"]].concat();
    let told = errors(&folder.succeeds(&going));
    assert!(told.contains("W0055") && told.contains("GET /others is left out"), "{told}");
    assert!(folder.path().join("out/src/operations/things").exists());
    assert!(!folder.path().join("out/src/operations/others").exists());
    folder.fails(&[&going[..], &["--deny-warnings"]].concat(), 1, &["W0055"]);
    folder.succeeds(&["init", "--spec", "api.yaml", "--out", "client", "--keep-going"]);
    folder.succeeds(&["generate", "--crate", "client"]);
}

#[test]
fn init_overwrites_nothing_and_takes_no_bad_document() {
    let folder = Folder::described();
    let before = folder.read("client/speccrate.toml");
    folder.fails(
        &["init", "--spec", "api.yaml", "--out", "client"],
        2,
        &["client/speccrate.toml is there already"],
    );
    assert_eq!(folder.read("client/speccrate.toml"), before);
    folder.write("bad.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: 7\n");
    folder.fails(&["init", "--spec", "bad.yaml", "--out", "new"], 1, &["bad.yaml"]);
    folder.fails(&["init", "--spec", "none.yaml", "--out", "new"], 2, &["there is no file none.yaml"]);
    folder.fails(&["init"], 2, &["--spec"]);
    assert!(!folder.path().join("new").exists());
}

#[test]
fn mistakes_in_the_file_are_told_with_their_place() {
    let folder = Folder::described();
    for (text, told) in [
        (
            "spec = \"../api.yaml\"\nsettigns = \"s.yaml\"\n",
            "client/speccrate.toml:2:1: unknown key `settigns`; did you mean `settings`?",
        ),
        ("name = \"x\"\n", "there is no `spec`"),
        ("spec = [\n", "client/speccrate.toml:"),
        ("spec = \"../api.yaml\"\ntags = \"things\"\n", "2:8: `tags` must be a list of strings"),
    ] {
        folder.write("client/speccrate.toml", text);
        folder.fails(&["check", "--crate", "client"], 2, &[told]);
    }
    folder.fails(
        &["check", "--crate", "nowhere"],
        2,
        &["there is no nowhere/speccrate.toml", "speccrate init"],
    );
    folder.write("client/speccrate.toml", "spec = \"none.yaml\"\n");
    folder.fails(&["generate", "--crate", "client"], 2, &["there is no file client/none.yaml"]);
}

#[test]
fn two_names_of_a_crate_are_a_mistake() {
    let folder = Folder::described();
    folder.succeeds(&["generate", "--crate", "client"]);
    let manifest = folder.read("client/Cargo.toml");
    folder.write("client/Cargo.toml", &manifest.replace("name = \"api\"", "name = \"mine\""));
    folder.fails(
        &["check", "--crate", "client"],
        2,
        &["\"mine\" in Cargo.toml and \"api\" in speccrate.toml"],
    );
}

/// The file of a repository that somebody else wrote names what is read, never where is written.
#[cfg(unix)]
#[test]
fn nothing_is_written_outside_the_folder_of_the_file() {
    let folder = Folder::described();
    folder.write("client/speccrate.toml", "spec = \"../api.yaml\"\nout = \"..\"\n");
    folder.fails(&["generate", "--crate", "client"], 2, &["unknown key `out`"]);
    folder.write("client/speccrate.toml", "spec = \"../api.yaml\"\n");
    std::fs::create_dir(folder.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", folder.path().join("client/src")).unwrap();
    folder.fails(&["generate", "--crate", "client"], 2, &["is a link"]);
    assert!(std::fs::read_dir(folder.path().join("elsewhere")).unwrap().next().is_none());
}

#[test]
fn the_runtime_can_be_embedded() {
    let folder = Folder::described();
    folder.succeeds(&["generate", "--crate", "client", "--embed-runtime"]);
    assert!(folder.path().join("client/src/runtime/mod.rs").exists());
    folder.succeeds(&["check", "--crate", "client", "--embed-runtime"]);
    let hint = "add `runtime = \"embedded\"` to `speccrate.toml`, or give --embed-runtime";
    folder.fails(&["check", "--crate", "client"], 1, &[hint]);

    folder.succeeds(&["init", "--spec", "api.yaml", "--out", "whole", "--embed-runtime"]);
    assert!(folder.read("whole/speccrate.toml").contains("runtime = \"embedded\"\n"));
    folder.succeeds(&["generate", "--crate", "whole"]);
    assert!(folder.path().join("whole/src/runtime/mod.rs").exists());
    folder.succeeds(&["check", "--crate", "whole"]);
}

#[test]
fn a_diff_reads_the_settings_and_the_selection_of_the_file() {
    let folder = Folder::new();
    folder.write("own/settings.yaml", "schemas: reachable\n");
    let own = ["--settings", "own/settings.yaml"];
    folder.succeeds(
        &[&["init", "--spec", "api.yaml", "--out", "client", "--tag", "things"], &own[..]].concat(),
    );
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "--quiet", "--message", "A document"]);
    folder.write("api.yaml", &DOCUMENT.replace("  /others:", "  /changed:"));
    let told = text(&folder.succeeds(&["diff", "--crate", "client"]));
    assert!(told.contains("no changes"), "{told}");
    // The settings of the revision aren't those of the working tree.
    folder.write("own/settings.yaml", "schemas: all\n");
    folder.write(
        "api.yaml",
        &format!("{DOCUMENT}    More: {{type: object, properties: {{a: {{type: string}}}}}}\n"),
    );
    let told = text(&folder.succeeds(&["diff", "--crate", "client"]));
    assert!(told.contains("More") && told.contains("type-added"), "{told}");
}

#[test]
fn codes_are_explained() {
    let folder = Folder::new();
    let listed = text(&folder.succeeds(&["explain", "--list"]));
    let code = listed.split_whitespace().next().unwrap();
    let told = text(&folder.succeeds(&["explain", &code.to_lowercase()]));
    assert!(told.starts_with(&format!("{code}: ")), "{told}");
    folder.fails(&["explain", "E9999"], 2, &["--list"]);
}

#[test]
fn completions_and_help_cover_every_command() {
    let folder = Folder::new();
    let help = text(&folder.succeeds(&["--help"]));
    for shell in ["bash", "fish", "zsh", "powershell", "elvish"] {
        let completions = text(&folder.succeeds(&["completions", shell]));
        for command in
            ["init", "generate", "check", "diff", "drift", "explain", "settings-schema", "completions"]
        {
            assert!(completions.contains(command), "{command} isn't in the completions of {shell}");
            assert!(help.contains(&format!("  {command} ")), "{command} isn't in {help}");
        }
    }
    for command in ["init", "generate", "check", "diff", "drift", "explain", "settings-schema", "completions"]
    {
        assert!(text(&folder.succeeds(&[command, "--help"])).contains("Example"), "{command}");
    }
    folder.fails(&["nonsense"], 2, &["nonsense"]);
}

#[test]
fn what_is_piped_has_no_colours() {
    let folder = Folder::described();
    let output = folder.run(&["check", "--crate", "client"]);
    assert!(!errors(&output).contains('\u{1b}'));
}

/// As `speccrate diff --rules | head -1` does.
#[test]
fn a_reader_may_stop_early() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_speccrate"));
    let mut child =
        command.args(["diff", "--rules"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), errors(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_scaffold_is_written_once_and_is_its_owners() {
    let folder = Folder::new();
    folder.write("settings.yaml", "package: {license: MIT OR 0BSD, authors: [Ada]}\n");
    let told = errors(&folder.succeeds(&["init", "--spec", "api.yaml", "--scaffold"]));
    assert!(told.contains("7 files written") && told.contains("licence 0BSD isn't known"), "{told}");
    assert!(folder.read("Cargo.toml").contains("license = \"MIT OR 0BSD\""));
    assert!(folder.read("Cargo.toml").contains("[dev-dependencies]\nserde_json = \"1\"\ntokio = "));
    assert!(folder.read("LICENSE-MIT").contains("Copyright (c) Ada\n"));
    assert!(folder.read(".github/workflows/ci.yml").contains("run: speccrate check"));
    assert!(folder.read("tests/operations.rs").contains("use api::runtime::mock::"));
    folder.succeeds(&["generate"]);
    folder.succeeds(&["check"]);

    folder.write("README.md", "Mine.");
    std::fs::remove_file(folder.path().join("CHANGELOG.md")).unwrap();
    folder.succeeds(&["check"]);
    let told = errors(&folder.succeeds(&["generate", "--scaffold"]));
    assert!(told.contains("1 file written (CHANGELOG.md), 5 there already"), "{told}");
    assert_eq!(folder.read("README.md"), "Mine.");
    folder.fails(&["generate", "--scaffold", "--check"], 2, &["--check"]);
}

#[test]
fn what_the_settings_say_about_a_crate_is_added_to_its_manifest() {
    let folder = Folder::new();
    folder.succeeds(&["init", "--spec", "api.yaml"]);
    folder.succeeds(&["generate"]);
    folder.write("settings.yaml", "package: {license: MIT, homepage: 'https://example.com'}\n");
    folder.fails(&["check"], 1, &["Cargo.toml is stale"]);
    folder.succeeds(&["generate"]);
    folder.succeeds(&["check"]);
    let manifest = folder.read("Cargo.toml").replace("license = \"MIT\"", "license = \"0BSD\"");
    folder.write("Cargo.toml", &manifest);
    folder.succeeds(&["check"]);
    folder.write("settings.yaml", "package: {license: mine}\n");
    folder.fails(&["generate"], 1, &["E0245", "settings.yaml:1"]);
}

#[cfg(unix)]
#[test]
fn no_scaffold_is_written_behind_a_link() {
    let (folder, other) = (Folder::new(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(other.path(), folder.path().join(".github")).unwrap();
    folder.fails(&["init", "--spec", "api.yaml", "--scaffold"], 2, &["link"]);
    assert!(std::fs::read_dir(other.path()).unwrap().next().is_none());
}
