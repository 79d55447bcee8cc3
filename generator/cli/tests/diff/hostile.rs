//! A stranger's repository: its configuration names programs, and none of them runs.
#![cfg(unix)]

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use crate::folder::{Folder, errors, text};
use crate::{OLD, new};

/// A repository whose configuration runs a program that leaves a trace wherever git would run one.
fn trapped() -> Folder {
    let folder = Folder::committed(OLD);
    folder.write("settings.yaml", "{}\n");
    folder.write(".gitattributes", "*.yaml filter=trap diff=trap\n");
    folder.commit();
    let ran = folder.path().join(".git/ran");
    folder.write("trap", &format!("#!/bin/sh\necho \"$0 $@\" >> {}\nexit 1\n", ran.display()));
    let trap = folder.path().join("trap");
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).unwrap();
    let trap = trap.display().to_string();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "gpg.program",
        "pager.diff",
    ] {
        folder.git(&["config", key, &trap]);
    }
    folder.write(".git/hooks/post-index-change", &folder.read("trap"));
    let hook = folder.path().join(".git/hooks/post-index-change");
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let _ = std::fs::remove_file(folder.path().join(".git/ran"));
    folder
}

fn assert_nothing_ran(folder: &Folder) {
    let ran = std::fs::read_to_string(folder.path().join(".git/ran"));
    assert!(ran.is_err(), "{ran:?}");
}

#[test]
fn no_program_of_the_repository_runs() {
    let folder = trapped();
    let told = text(&folder.diff(&["HEAD"]));
    assert!(told.contains("no changes"), "{told}");
    folder.write("api.yaml", &new());
    let told = text(&folder.diff(&["HEAD"]));
    assert!(told.contains("the property `size` is gone"), "{told}");
    // Where the document was renamed, its former name is looked for.
    std::fs::rename(folder.path().join("api.yaml"), folder.path().join("renamed.yaml")).unwrap();
    folder.reads(&["diff", "HEAD", "--spec", "renamed.yaml", "--crate", "crate"]);
    folder.succeeds(&["generate", "--spec", "renamed.yaml", "--out", "client", "--name", "client"]);
    folder.succeeds(&["generate", "--spec", "renamed.yaml", "--out", "client", "--name", "client"]);
    folder.succeeds(&["check", "--spec", "renamed.yaml", "--out", "client", "--name", "client"]);
    assert_nothing_ran(&folder);
}

#[test]
fn a_folder_that_looks_like_a_repository_is_none() {
    // A clone can bring one along: no `.git`, but what is in one.
    let folder = trapped();
    folder.write("api/api.yaml", OLD);
    let inner = folder.path().join("api");
    for name in ["HEAD", "config", "objects", "refs"] {
        let (from, to) = (folder.path().join(".git").join(name), inner.join(name));
        let copied = Command::new("cp").arg("-r").args([from, to]).status().unwrap();
        assert!(copied.success());
    }
    let config = folder.read("api/config").replace("bare = false", "bare = true\n\tworktree = ..");
    folder.write("api/config", &config);
    folder.reads(&["diff", "HEAD", "--spec", "api/api.yaml", "--crate", "crate"]);
    folder.succeeds(&["generate", "--spec", "api/api.yaml", "--out", "client", "--name", "client"]);
    assert_nothing_ran(&folder);
}

#[test]
fn generation_tells_what_changed_since_the_last_commit() {
    let folder = Folder::committed(OLD);
    let generate = |folder: &Folder| {
        let output =
            folder.succeeds(&["generate", "--spec", "api.yaml", "--out", "client", "--name", "client"]);
        String::from_utf8(output.stderr).unwrap().contains("since the last commit")
    };
    assert!(!generate(&folder), "nothing changed");
    folder.write("api.yaml", &OLD.replace('\n', "\r\n"));
    assert!(!generate(&folder), "only line endings differ");
    folder.write("api.yaml", &new());
    assert!(generate(&folder));
}

#[test]
fn what_is_missing_is_not_fetched() {
    let folder = trapped();
    // A clone without some objects, whose remote is a command.
    for (key, value) in [
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", &*format!("ext::{} %S", folder.path().join("trap").display())),
        ("protocol.ext.allow", "always"),
    ] {
        folder.git(&["config", key, value]);
    }
    let id = said(&folder, &["rev-parse", "HEAD:api.yaml"]);
    std::fs::remove_file(folder.path().join(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    let output = folder.diff(&["HEAD"]);
    assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
    folder.succeeds(&["generate", "--spec", "api.yaml", "--out", "client", "--name", "client"]);
    assert_nothing_ran(&folder);
}

/// What git prints.
fn said(folder: &Folder, arguments: &[&str]) -> String {
    let output = Command::new("git").args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", errors(&output));
    text(&output).trim_end().to_owned()
}

/// Writes an object as it is: git itself makes no such tree.
fn object(folder: &Folder, kind: &str, bytes: &[u8]) -> String {
    let mut git = Command::new("git");
    git.args(["hash-object", "-w", "--literally", "--stdin", "-t", kind]).current_dir(folder.path());
    let mut git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    git.stdin.take().unwrap().write_all(bytes).unwrap();
    text(&git.wait_with_output().unwrap()).trim_end().to_owned()
}

/// A tree with one entry.
fn tree(folder: &Folder, entries: &[(&str, &str, &str)]) -> String {
    let mut bytes = Vec::new();
    for (mode, name, id) in entries {
        bytes.extend(format!("{mode} {name}\0").bytes());
        bytes.extend((0..id.len()).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap()));
    }
    object(folder, "tree", &bytes)
}

#[test]
fn files_of_a_revision_stay_in_its_folder() {
    let folder = Folder::committed(OLD);
    let outside = tempfile::tempdir().unwrap();
    let absolute = outside.path().join("written.yaml");
    // Where the command puts its temporary folders.
    let temporary = outside.path().join("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let blob = said(&folder, &["rev-parse", "HEAD:api.yaml"]);
    let above = tree(&folder, &[("100644", "escaped.yaml", &blob)]);
    let roots = [
        tree(&folder, &[("40000", "..", &above), ("100644", "api.yaml", &blob)]),
        tree(&folder, &[("100644", absolute.to_str().unwrap(), &blob), ("100644", "api.yaml", &blob)]),
        tree(&folder, &[("100644", "../escaped.yaml", &blob), ("100644", "api.yaml", &blob)]),
    ];
    for root in roots {
        let who = "A <a@example.com> 0 +0000";
        let commit = format!("tree {root}\nauthor {who}\ncommitter {who}\n\nA document\n");
        let commit = object(&folder, "commit", commit.as_bytes());
        let arguments = ["diff", &commit, "--spec", "api.yaml", "--crate", "crate"];
        let output = folder.reads_with(&arguments, |command| {
            command.env("TMPDIR", &temporary);
        });
        assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
        assert!(errors(&output).contains("which leads out of its folder"), "{}", errors(&output));
        assert!(!absolute.exists());
        assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "something is left");
    }
}

#[test]
fn a_repository_of_another_user_is_not_read() {
    let folder = Folder::committed(OLD);
    let output = folder.reads_with(&["diff", "HEAD", "--spec", "api.yaml", "--crate", "crate"], |command| {
        command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    });
    assert_eq!(output.status.code(), Some(2));
    let top = folder.path().canonicalize().unwrap();
    let told = errors(&output);
    assert!(told.contains("belongs to another user"), "{told}");
    assert!(told.contains(&format!("git config --global --add safe.directory {}", top.display())), "{told}");
}

#[test]
fn a_hook_of_another_repository_can_call_the_command() {
    let (folder, other) = (Folder::committed(OLD), Folder::committed(OLD));
    folder.write("inner/api.yaml", OLD);
    folder.commit();
    let output =
        folder.reads_with(&["diff", "HEAD", "--spec", "inner/api.yaml", "--crate", "crate"], |command| {
            command.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").env("GIT_PREFIX", "inner/");
            command.env("GIT_WORK_TREE", other.path());
        });
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
}

#[test]
fn names_that_look_like_options_or_patterns_are_names() {
    let folder = Folder::repository(OLD);
    folder.write("crate/Cargo.toml", "[package]\nname = \"things\"\nversion = \"0.1.0\"\n");
    for name in ["--output=x.yaml", "-C/api.yaml", ":(top)/api.yaml", ":!x/-p.yaml", "*/[a].yaml"] {
        folder.write(name, OLD);
    }
    folder.commit();
    for name in ["--output=x.yaml", "-C/api.yaml", ":(top)/api.yaml", ":!x/-p.yaml", "*/[a].yaml"] {
        let spec = format!("--spec={name}");
        let output = folder.reads(&["diff", "HEAD", &spec, "--crate", "crate"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", errors(&output));
        folder.write(name, &new());
        let output = folder.reads(&["diff", "HEAD", &spec, "--crate", "crate"]);
        assert!(text(&output).contains("the property `size` is gone"), "{name}: {}", errors(&output));
    }
    for revision in ["--output=made", "-h", "--upload-pack=touch made"] {
        let output = folder.reads(&["diff", "--spec", "api.yaml", "--crate", "crate", "--", revision]);
        assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
    }
}
