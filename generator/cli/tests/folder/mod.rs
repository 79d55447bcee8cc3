//! A folder in which the command runs.
#![allow(dead_code, reason = "each test uses a part")]

use std::path::Path;
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
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("api.yaml", DOCUMENT);
        folder
    }

    /// Likewise, described by `init`.
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

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_speccrate"));
    command.args(arguments).current_dir(folder).env_remove("SPECCRATE_CONFIG");
    command.output().unwrap()
}

pub fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
