//! What the command says of files and arguments that it can't use.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod folder;

use std::process::{Command, Stdio};

use folder::{Folder, errors};

#[test]
fn files_that_are_missing_are_named() {
    let folder = Folder::new();
    folder.fails(&["generate", "--spec", "no.yaml", "--out", "a"], 2, &["there is no file no.yaml"]);
    folder.fails(&["init", "--spec", "no.yaml"], 2, &["there is no file no.yaml"]);
    let settings = ["--spec", "api.yaml", "--settings", "no.yaml", "--out", "a"];
    folder.fails(&[&["check"], &settings[..]].concat(), 2, &["there is no file no.yaml"]);
    folder.fails(&["generate", "--spec", "-", "--out", "a"], 2, &["can't be read from standard input"]);
    assert!(!folder.path().join("a").exists());
}

#[test]
fn a_comparison_says_which_side_is_missing() {
    let folder = Folder::new();
    let told = ["there is no file a.yaml and no file b.yaml", "speccrate.toml"];
    folder.fails(&["diff", "a.yaml", "b.yaml"], 2, &told);
    folder.fails(
        &["diff", "api.yaml", "b.yaml"],
        2,
        &["there is no file b.yaml, and it can't be a git revision"],
    );
    folder.fails(&["diff"], 2, &["there is no speccrate.toml here"]);
}

/// Opening one waits for somebody to write to it.
#[cfg(unix)]
#[test]
fn pipes_are_not_waited_for() {
    let folder = Folder::described();
    folder.succeeds(&["generate", "--crate", "client"]);
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        let _ = std::fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    pipe("pipe.yaml");
    folder.fails(&["check", "--spec", "pipe.yaml", "--out", "client"], 2, &["pipe.yaml: not a regular file"]);
    let settings = ["check", "--spec", "api.yaml", "--settings", "pipe.yaml", "--out", "client"];
    folder.fails(&settings, 2, &["pipe.yaml: not a regular file"]);
    folder.write(
        "refers.yaml",
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: pipe.yaml}}\n",
    );
    folder.fails(&["generate", "--spec", "refers.yaml", "--out", "a"], 1, &["pipe.yaml", "regular file"]);
    pipe("client/Cargo.toml");
    folder.fails(&["check", "--crate", "client"], 2, &["client/Cargo.toml", "not a regular file"]);
    pipe("client/speccrate.toml");
    folder.fails(&["check", "--crate", "client"], 2, &["client/speccrate.toml", "not a regular file"]);
}

/// As `speccrate check 2>&-` does, or a full disk.
#[cfg(target_os = "linux")]
#[test]
fn errors_that_nobody_can_read_end_in_their_exit_code() {
    let folder = Folder::described();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_speccrate"));
    command.args(["check", "--crate", "client"]).current_dir(folder.path());
    let status = command.stderr(Stdio::from(full)).status().unwrap();
    assert_eq!(status.code(), Some(1));
}

#[test]
fn notes_are_not_counted_if_nobody_asks() {
    let folder = Folder::new();
    folder.write(
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n\
         components: {schemas: {A: {type: string, pattern: '(?<!a)b'}}}\n",
    );
    folder.write("settings.yaml", "schemas: all\n");
    let output = folder.succeeds(&["generate", "--spec", "api.yaml", "--out", "a"]);
    assert!(errors(&output).contains(" note"), "{}", errors(&output));
    let output = folder.succeeds(&["generate", "-q", "--spec", "api.yaml", "--out", "a"]);
    assert!(!errors(&output).contains(" note"), "{}", errors(&output));
}

#[test]
fn advice_can_be_pasted_and_paths_are_straight() {
    let folder = Folder::new();
    let output = folder.succeeds(&["init", "--spec", "api.yaml", "--out", "my client", "--name", "a"]);
    assert!(errors(&output).contains("speccrate generate --crate 'my client'"), "{}", errors(&output));
    folder.write("api.yaml", "openapi: 3.1.0\n");
    let output = folder.run(&["check", "--crate", "my client"]);
    assert!(errors(&output).contains("--> api.yaml"), "{}", errors(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn init_names_the_path_that_it_cannot_use() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::new();
    folder.write("file", "");
    folder.fails(&["init", "--spec", "api.yaml", "--out", "file/client"], 2, &["can't write file/client"]);
    let name = std::ffi::OsStr::from_bytes(b"a\xff.yaml");
    std::fs::copy(folder.path().join("api.yaml"), folder.path().join(name)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_speccrate"));
    let command = command.args(["init", "--name", "a", "--spec"]).arg(name).current_dir(folder.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("isn't UTF-8"), "{}", errors(&output));
    assert!(!folder.path().join("speccrate.toml").exists());
}

#[test]
fn a_manifest_that_cannot_work_is_refused() {
    let folder = Folder::described();
    for (manifest, told) in [
        ("[workspace]\n", "client/Cargo.toml: there is no `[package]`"),
        ("[package]\nname = \"api\"\n", "client/Cargo.toml: line 1, column 1: `[package]` has no `edition`"),
        (
            "features = 1\n[package]\nname = \"api\"\nedition = \"2024\"\n",
            "client/Cargo.toml: line 1, column 12: `features` must be a table",
        ),
    ] {
        folder.write("client/Cargo.toml", manifest);
        folder.fails(&["generate", "--crate", "client"], 2, &[told]);
        folder.fails(&["check", "--crate", "client"], 2, &[told]);
        assert_eq!(folder.read("client/Cargo.toml"), manifest);
        assert!(!folder.path().join("client/src").exists());
    }
}

#[test]
fn dependencies_of_the_other_form_of_the_runtime_are_told_and_stay() {
    let folder = Folder::described();
    folder.succeeds(&["generate", "--crate", "client"]);
    let told = errors(&folder.succeeds(&["generate", "--crate", "client", "--embed-runtime"]));
    let expected = "client/Cargo.toml: the generated code doesn't use `openapi-rust-runtime`";
    assert!(told.contains(expected), "{told}");
    let told = errors(&folder.succeeds(&["generate", "--crate", "client"]));
    assert!(told.contains("the generated code doesn't use") && told.contains("`serde_json`"), "{told}");
    assert!(errors(&folder.succeeds(&["check", "--crate", "client"])).contains("`serde_json`"));
    assert!(folder.read("client/Cargo.toml").contains("serde_json ="));
}
