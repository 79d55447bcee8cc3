//! A folder in which the command runs.
#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: things.list
      tags: [things]
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
  /others:
    get: {operationId: others.list, tags: [others], responses: {'204': {description: None.}}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}, size: {type: integer}}}
";

/// An empty folder with a document.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self::holding(DOCUMENT)
    }

    /// A folder with this document instead.
    pub fn holding(document: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("api.yaml", document);
        folder
    }

    /// Likewise, in a repository without a commit.
    pub fn repository(document: &str) -> Self {
        let folder = Self::holding(document);
        folder.git(&["init", "--quiet"]);
        folder
    }

    /// Likewise, committed with a crate.
    pub fn committed(document: &str) -> Self {
        let folder = Self::repository(document);
        folder.write("crate/Cargo.toml", "[package]\nname = \"things\"\nversion = \"0.1.0\"\n");
        folder.commit();
        folder
    }

    /// Commits all that is in the folder.
    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "A document"]);
    }

    /// An empty folder with a document, described by `init`.
    pub fn described() -> Self {
        let folder = Self::new();
        folder.succeeds(&["init", "--spec", "api.yaml", "--out", "client"]);
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Runs git, as somebody.
    pub fn git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").args(who).args(arguments).current_dir(self.path()).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        run(self.path(), arguments)
    }

    /// Runs a command that must leave the folder as it was before.
    pub fn reads(&self, arguments: &[&str]) -> Output {
        self.reads_with(arguments, |_| {})
    }

    pub fn reads_with(&self, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Output {
        let before = files(self.path());
        let mut command = command(self.path(), arguments);
        // The test must not depend on a repository that the temporary folder may be in.
        command.env("GIT_CEILING_DIRECTORIES", self.path().parent().unwrap());
        change(&mut command);
        let output = command.output().unwrap();
        assert_eq!(before, files(self.path()), "nothing is written");
        output
    }

    /// Compares the document of the crate.
    pub fn diff(&self, arguments: &[&str]) -> Output {
        self.reads(&[&["diff", "--spec", "api.yaml", "--crate", "crate"], arguments].concat())
    }

    pub fn succeeds(&self, arguments: &[&str]) -> Output {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", errors(&output));
        output
    }

    /// Runs a command that must fail with this exit code and say all of `parts`.
    pub fn fails(&self, arguments: &[&str], code: i32, parts: &[&str]) {
        let output = self.run(arguments);
        let told = errors(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        for part in parts {
            assert!(told.contains(part), "{part} isn't in {told}");
        }
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_speccrate"));
    command.args(arguments).current_dir(folder).env_remove("SPECCRATE_CONFIG");
    command
}

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true if path.ends_with(".git") => {}
            true => found.extend(files(&path)),
            false => drop(found.insert(path.clone(), std::fs::read(path).unwrap())),
        }
    }
    found
}

/// One clear line, exit code 2.
pub fn refuses(output: &Output, says: &[&str]) {
    let told = errors(output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(output.stdout.is_empty());
    for part in says {
        assert!(told.contains(part), "{part} isn't in {told}");
    }
}

pub fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
