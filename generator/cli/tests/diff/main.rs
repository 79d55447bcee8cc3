//! `diff` and `drift` as they are called: what they print, how they exit, and that they write nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::{Path, PathBuf};

mod approvals;
mod browser;
mod causes;
mod day;
mod drift;
mod elsewhere;
#[path = "../folder/mod.rs"]
mod folder;
mod formats;
mod forms;
mod history;
mod hostile;
mod hostile_text;
mod pairs;
mod releases;
mod revisions;
mod rows;
mod several;
mod sides;

const OLD: &str = "openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: things.list
      tags: [things]
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}, size: {type: integer}}}
";

fn new() -> String {
    OLD.replace(", size: {type: integer}", "")
}

/// A file seen from the workspace; nothing, and a word about it, where it isn't.
fn workspace(name: &str) -> Option<PathBuf> {
    let file = root().join(name);
    if !file.exists() {
        println!("skipped: {} isn't here", file.display());
    }
    file.exists().then_some(file)
}

/// Copies the document of the checked-in crate, with its settings and other files.
fn copy_spec(to: &folder::Folder) {
    for folder in ["spec", "spec/strategies"] {
        let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        for file in entries.filter(|path| path.is_file()) {
            let name = file.strip_prefix(root().join("spec")).unwrap();
            to.write(name.to_str().unwrap(), &std::fs::read_to_string(&file).unwrap());
        }
    }
}

/// The workspace; where the package stands alone, what is asked for below it isn't there.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
