//! A peer's crates of a document, and the programs that call them. What the peer refuses, or generates code of that doesn't
//! compile, is left out until the rest is a crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::compile::{self, Compiled, Fault};
use super::document::Document;
use super::source::{Body, Function};
use super::{NotRun, Peer};
use speccrate::Failure;

const SUPPORT: &str = include_str!("../../../programs/wire/peers/support.rs");

/// What was made of an operation, or why nothing was.
#[derive(Clone, Debug)]
pub enum Found {
    /// The program that calls its function, and how that takes the body.
    Program(PathBuf, Body),
    Not(NotRun),
}

/// Makes the crates and programs of a document.
pub struct Builder<'a> {
    pub peer: &'a Peer,
    /// A folder that is the peer's.
    pub folder: PathBuf,
    pub document: &'a Document,
    found: BTreeMap<String, Found>,
    count: usize,
    /// Whether the peer doesn't read the document's version of OpenAPI, and is told another.
    as_earlier: bool,
}

/// A crate and the program that calls it.
struct Piece {
    name: String,
    folder: PathBuf,
    functions: Vec<Function>,
}

impl<'a> Builder<'a> {
    pub fn new(peer: &'a Peer, folder: PathBuf, document: &'a Document) -> Self {
        Self { peer, folder, document, found: BTreeMap::new(), count: 0, as_earlier: false }
    }

    /// Makes the crates and programs; returns what became of each operation.
    ///
    /// # Errors
    /// A file can't be written, or cargo can't be run.
    pub fn all(mut self) -> Result<BTreeMap<String, Found>, Failure> {
        let ids = self.document.operations.iter().map(|operation| operation.id.clone()).collect();
        self.settle(ids)?;
        Ok(self.found)
    }

    /// Makes a crate of `ids`, or of as many of them as can be.
    fn settle(&mut self, ids: Vec<String>) -> Result<(), Failure> {
        if ids.is_empty() {
            return Ok(());
        }
        let piece = match self.generate(&ids) {
            Ok(piece) => piece,
            Err(_) if self.document.is_late() && !self.as_earlier => {
                self.as_earlier = true;
                return self.settle(ids);
            }
            Err(reason) => return self.without(ids, &|| NotRun::refused("the document is refused", &reason)),
        };
        let mut stubs: BTreeMap<usize, String> = BTreeMap::new();
        loop {
            self.write(&piece, &stubs)?;
            let faults = match compile::build(&self.folder, &format!("calls-{}", piece.name))? {
                Compiled::Whole => break,
                Compiled::Faults(faults) => faults,
                Compiled::Not(reason) => {
                    return self.without(ids, &|| NotRun::refused("the crate isn't one", &reason));
                }
            };
            let before = stubs.len();
            for fault in &faults {
                if let Some(index) = caller(&piece, fault) {
                    stubs.entry(index).or_insert_with(|| fault.message.clone());
                }
            }
            if stubs.len() == before {
                return self.without_faulty(ids, &piece, &faults);
            }
        }
        let program = self.folder.join(format!("target/debug/calls-{}", piece.name));
        for id in ids {
            let index = piece.functions.iter().position(|function| function.operation == id);
            let found = match index.map(|index| (index, stubs.get(&index))) {
                None => Found::Not(NotRun::inexpressible("there is no function for the operation")),
                Some((_, Some(reason))) => Found::Not(NotRun::caller(reason)),
                Some((index, None)) => Found::Program(program.clone(), piece.functions[index].body),
            };
            self.found.insert(id, found);
        }
        Ok(())
    }

    /// Leaves out the operations whose functions don't compile; if those aren't known, tries each half.
    fn without_faulty(&mut self, ids: Vec<String>, piece: &Piece, faults: &[Fault]) -> Result<(), Failure> {
        let reason = faults.first().map(|fault| fault.message.clone()).unwrap_or_default();
        let mut faulty: BTreeMap<&str, &str> = BTreeMap::new();
        for fault in faults {
            let inside = |function: &&Function| {
                function.file.ends_with(fault.file.strip_prefix(&self.folder).unwrap_or(&fault.file))
                    && (function.lines.0..=function.lines.1).contains(&fault.line)
            };
            if let Some(function) = piece.functions.iter().find(inside) {
                faulty.entry(&function.operation).or_insert(&fault.message);
            }
        }
        if faulty.is_empty() || faulty.len() == ids.len() {
            return self.without(ids, &|| NotRun::refused("what is generated doesn't compile", &reason));
        }
        for (id, reason) in &faulty {
            let not = NotRun::refused("what is generated doesn't compile", reason);
            self.found.insert((*id).to_owned(), Found::Not(not));
        }
        let rest = ids.iter().filter(|id| !faulty.contains_key(id.as_str())).cloned().collect();
        self.settle(rest)
    }

    /// Tries each half of `ids`, down to single operations, which are then left out.
    fn without(&mut self, ids: Vec<String>, reason: &dyn Fn() -> NotRun) -> Result<(), Failure> {
        if let [only] = &ids[..] {
            self.found.insert(only.clone(), Found::Not(reason()));
            return Ok(());
        }
        let (left, right) = ids.split_at(ids.len() / 2);
        self.settle(left.to_vec())?;
        self.settle(right.to_vec())
    }

    /// The crate of `ids`, or the reason why there is none.
    fn generate(&mut self, ids: &[String]) -> Result<Piece, String> {
        let stem = self.document.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_whole = ids.len() == self.document.operations.len() && !self.as_earlier;
        self.count += 1;
        let name = if is_whole { stem } else { format!("{stem}-{}", self.count) };
        let folder = self.folder.join(format!("client-{name}"));
        let mut input = self.document.path.clone();
        let told = |error: &dyn std::fmt::Display| error.to_string();
        if !is_whole {
            input = self.folder.join(format!("{name}.json"));
            let text = serde_json::to_string_pretty(&self.document.reduced(ids, self.as_earlier))
                .map_err(|error| told(&error))?;
            std::fs::write(&input, text).map_err(|error| told(&error))?;
        }
        let why = |failure: Failure| match failure {
            Failure::Usage(reason) => reason,
            Failure::Failed => "it failed".to_owned(),
        };
        self.peer.generator.make_crate(&input, &folder, &format!("client-{name}")).map_err(why)?;
        let functions = (self.peer.read)(&folder, self.document).map_err(why)?;
        Ok(Piece { name, folder, functions })
    }

    /// Writes the program of `piece`. The callers in `stubs` say only why they can't be compiled.
    fn write(&self, piece: &Piece, stubs: &BTreeMap<usize, String>) -> Result<(), Failure> {
        let (client, driver) = (format!("client-{}", piece.name), format!("calls-{}", piece.name));
        let folder = self.folder.join(&driver);
        std::fs::create_dir_all(folder.join("src"))?;
        let mut main = String::from("#![allow(warnings)]\n\nmod peer;\nmod support;\n");
        let mut arms = String::new();
        for (index, function) in piece.functions.iter().enumerate() {
            let path = folder.join(format!("src/call_{index}.rs"));
            if stubs.contains_key(&index) {
                let _ = std::fs::remove_file(path);
                continue;
            }
            std::fs::write(path, &function.caller)?;
            let _ = writeln!(main, "mod call_{index};");
            let _ =
                writeln!(arms, "        {:?} => call_{index}::call(call, client).await,", function.operation);
        }
        let _ = write!(
            main,
            "\nfn main() {{\n    support::run(peer::client, make);\n}}\n\n\
             async fn make(call: support::Call, client: peer::Client) -> (support::Call, support::Answer) {{\n    \
             let operation = call.operation.clone();\n    match operation.as_str() {{\n{arms}        \
             _ => (call, support::lacking(\"a function for the operation\")),\n    }}\n}}\n"
        );
        let manifest = format!(
            "[package]\nname = {driver:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
             tested = {{ package = {client:?}, path = {:?}, default-features = false }}\n{DEPENDENCIES}",
            piece.folder.display().to_string()
        );
        let workspace = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{client:?}, {driver:?}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        for (path, text) in [
            (self.folder.join("Cargo.toml"), workspace.as_str()),
            (folder.join("Cargo.toml"), manifest.as_str()),
            (folder.join("src/main.rs"), main.as_str()),
            (folder.join("src/support.rs"), SUPPORT),
            (folder.join("src/peer.rs"), self.peer.special),
        ] {
            speccrate::crate_folder::write_if_new(&path, text)?;
        }
        Ok(())
    }
}

/// What the programs need beside the crate that they call.
const DEPENDENCIES: &str = "\
    base64 = \"0.22\"\n\
    reqwest = { version = \"0.13\", default-features = false, features = [\"gzip\", \"json\", \"multipart\", \"stream\"] }\n\
    serde = \"1\"\nserde_json = { version = \"1\", features = [\"preserve_order\"] }\ntempfile = \"3\"\n\
    tokio = { version = \"1\", features = [\"rt-multi-thread\", \"time\", \"net\"] }\n";

/// The number of the caller that a fault is in.
fn caller(piece: &Piece, fault: &Fault) -> Option<usize> {
    let folder = format!("calls-{}/src", piece.name);
    let is_ours = fault.file.parent().is_some_and(|parent: &Path| parent.ends_with(&folder));
    let number = fault.file.file_stem()?.to_str()?.strip_prefix("call_")?.parse().ok()?;
    is_ours.then_some(number)
}
