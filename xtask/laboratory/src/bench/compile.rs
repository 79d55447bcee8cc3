//! What a generated crate costs its dependents: compile time, the compiler's memory, and size.

pub mod divided;
mod rebuild;

use std::path::{Path, PathBuf};
use std::process::Command;

use super::measure::{Cost, alternate, run};
use super::peers::Peer;
use super::table::{Row, Unit};
use super::{Bench, Programs, WITHOUT_FAMILIES, mebibytes, spelled_out};
use crate::corpus::families::families;
use speccrate::Failure;
use speccrate::crate_folder::manifest;
use speccrate::project::Input;

/// The name of our generator in the table.
const OURS: &str = "ours";

/// The name of our crate and of its folder.
const OUR_NAME: &str = "client-ours";

/// A generated crate.
struct Crate {
    generator: &'static str,
    /// The generator, unless it is ours.
    peer: Option<Peer>,
    /// The name of the crate and of its folder.
    name: String,
    /// The models in the crate.
    models: Models,
}

/// The models in a crate of a document with families of alternatives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Models {
    /// Including those of the families, which peers get as `oneOf`.
    WithFamilies,
    /// Only those that the unmodified document spells out.
    Without,
}

/// The crates of a document.
pub struct Crates {
    file: String,
    folder: PathBuf,
    /// Our crate first, then those of the peers whose output compiles.
    each: Vec<Crate>,
    /// The features of our crate without its families of alternatives, if it has any.
    without_families: Option<String>,
    /// The peers that have no crate, and why.
    refusals: Vec<Row>,
}

impl Crates {
    /// Generates the crates.
    pub fn generate(bench: &Bench, programs: &Programs, document: &Path) -> Result<Self, Failure> {
        let file = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = bench.folder.join("compile").join(document.file_stem().unwrap_or_default());
        std::fs::create_dir_all(&folder)?;
        run(&mut programs.generate(document, &folder.join(OUR_NAME), OUR_NAME))?;
        let without_families = without_families(document, &folder.join(OUR_NAME))?;
        let mut refusals = Vec::new();
        let each = generated(document, &folder, without_families.is_some(), &mut |peer, why| {
            refusals.push(Row::refusal(&format!("{file}'s crate"), peer, why));
        })?;
        Ok(Self { file, folder, each, without_families, refusals })
    }

    /// The rows for `cargo check`, with lines and bytes of Rust.
    pub fn checked(&self, bench: &Bench) -> Result<Vec<Row>, Failure> {
        let mut rows = self.refusals.clone();
        rows.extend(sizes(&self.folder, &self.file, &self.each)?);
        let bound = if self.file == "github.json" { 0.33 } else { 0.6 };
        rows.extend(self.timed(bench, &["check"], bound)?);
        Ok(rows)
    }

    /// The rows for `cargo build`: of the crate, and after a change of one property.
    pub fn built(&self, bench: &Bench, programs: &Programs, document: &Path) -> Result<Vec<Row>, Failure> {
        let mut rows = self.timed(bench, &["build"], 0.5)?;
        rows.extend(self.rebuilt(bench, programs, document)?);
        Ok(rows)
    }

    /// The rows for `cargo build --release`.
    pub fn released(&self, bench: &Bench) -> Result<Vec<Row>, Failure> {
        self.timed(bench, &["build", "--release"], 0.8)
    }

    /// Recompiles each crate repeatedly, with its dependencies already built.
    fn timed(&self, bench: &Bench, arguments: &[&str], bound: f64) -> Result<Vec<Row>, Failure> {
        let Self { file, folder, .. } = self;
        let whole = self.each.iter().map(|each| (each, None));
        let part =
            self.each.iter().zip(&self.without_families).map(|(ours, features)| (ours, Some(features)));
        let crates: Vec<(&Crate, Option<&String>)> = whole.chain(part).collect();
        for (each, features) in &crates {
            let code = [folder.join(&each.name).join("src/lib.rs")];
            build_dependencies(&code, &mut cargo(folder, arguments, &each.name, *features))?;
        }
        let mut contenders: Vec<Box<dyn FnMut() -> Result<Cost, Failure> + '_>> = Vec::new();
        for (each, features) in &crates {
            contenders.push(Box::new(move || {
                touch(&folder.join(&each.name).join("src/lib.rs"))?;
                run(&mut cargo(folder, arguments, &each.name, *features))
            }));
        }
        let costs = alternate(&mut contenders, bench.runs, &bench.bar)?;
        let (ours, theirs): (Vec<_>, Vec<_>) =
            crates.iter().zip(costs).partition(|((each, _), _)| each.generator == OURS);
        let mut rows = Vec::new();
        for ((whole, features), ours) in &ours {
            let models = features.map_or(whole.models, |_| Models::Without);
            let part = features.map_or_else(String::new, |_| format!(", {WITHOUT_FAMILIES}"));
            let what = format!("`cargo {}` of {file}'s crate{part}", arguments.join(" "));
            for ((peer, _), theirs) in theirs.iter().filter(|((peer, _), _)| peer.models == models) {
                rows.extend(compared(&what, ours, peer.generator, theirs, bound));
            }
        }
        Ok(rows)
    }
}

/// The rows for what takes `ours` and a peer's `theirs`.
fn compared(what: &str, ours: &Cost, peer: &str, theirs: &Cost, bound: f64) -> [Row; 3] {
    let row = |measure, unit, ours, theirs, bound| {
        let (what, peer) = (what.to_owned(), Some((peer.to_owned(), theirs)));
        Row { what, measure, unit, ours, peer, bound }
    };
    [
        row("time", Unit::Seconds, ours.wall, theirs.wall, Some(bound)),
        row("processor time", Unit::Seconds, ours.processor, theirs.processor, Some(bound)),
        row("memory", Unit::Mebibytes, ours.memory, theirs.memory, None),
    ]
}

/// Our crate, which exists, and those that peers generate from `document` and its families of alternatives. Tells
/// `refused` which peers have none, and why.
fn generated(
    document: &Path,
    folder: &Path,
    has_families: bool,
    refused: &mut dyn FnMut(&str, &'static str),
) -> Result<Vec<Crate>, Failure> {
    let whole = if has_families { Models::WithFamilies } else { Models::Without };
    let mut crates = vec![Crate { generator: OURS, peer: None, name: OUR_NAME.to_owned(), models: whole }];
    let mut documents = vec![(document.to_owned(), "", Models::Without)];
    if has_families {
        let out = folder.join("families.json");
        spelled_out::write(document, &out)?;
        documents.push((out, "-families", Models::WithFamilies));
    }
    for (document, suffix, models) in &documents {
        for peer in Peer::installed() {
            let name = format!("{}{suffix}", peer.crate_name());
            if peer.make_crate(document, &folder.join(&name), &name).is_ok() {
                crates.push(Crate { generator: peer.name, peer: Some(peer), name, models: *models });
            } else {
                refused(peer.name, "refused");
            }
        }
    }
    workspace(folder, crates.iter().map(|each| each.name.as_str()))?;
    let mut compiling = Vec::new();
    for each in crates {
        if each.generator == OURS || run(&mut cargo(folder, &["check"], &each.name, None)).is_ok() {
            compiling.push(each);
        } else {
            refused(each.generator, "doesn't compile");
        }
    }
    Ok(compiling)
}

/// Makes a workspace of the crates in `folder`.
fn workspace<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> std::io::Result<()> {
    let members: Vec<String> = names.map(|name| format!("{name:?}")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    std::fs::write(folder.join("Cargo.toml"), manifest)
}

/// The features of our crate in `folder` without its families of alternatives, if it has any.
fn without_families(document: &Path, folder: &Path) -> Result<Option<String>, Failure> {
    let (_, api) = Input::of(document.to_owned()).project()?.load()?;
    let families = families(&api);
    let mut features = manifest::default_features(&std::fs::read_to_string(folder.join("Cargo.toml"))?);
    features.retain(|feature| !families.contains(feature));
    Ok((!families.is_empty()).then(|| features.join(",")))
}

/// A cargo command for the crate `name`, with its default features or with only `features`.
fn cargo(folder: &Path, arguments: &[&str], name: &str, features: Option<&String>) -> Command {
    let mut command = crate::commands::cargo();
    command.args(arguments).args(["--quiet", "--package", name]).current_dir(folder);
    if let Some(features) = features {
        command.args(["--no-default-features", "--features", features]);
    }
    // All documents share one folder of built dependencies.
    command.env("CARGO_TARGET_DIR", folder.with_file_name("target")).env("CARGO_INCREMENTAL", "0");
    command
}

/// Builds dependencies: runs `build` while the crates at `paths` have no code.
fn build_dependencies(paths: &[PathBuf], build: &mut Command) -> Result<(), Failure> {
    let mut texts = Vec::new();
    for path in paths {
        texts.push(std::fs::read(path)?);
        std::fs::write(path, "")?;
    }
    let built = run(build);
    for (path, text) in paths.iter().zip(texts) {
        std::fs::write(path, text)?;
    }
    built.map(drop)
}

/// Marks a file as changed, so that its crate is recompiled.
fn touch(path: &Path) -> Result<(), Failure> {
    Ok(std::fs::File::options().append(true).open(path)?.set_modified(std::time::SystemTime::now())?)
}

/// Lines and bytes of Rust.
fn sizes(folder: &Path, file: &str, crates: &[Crate]) -> Result<Vec<Row>, Failure> {
    let mut sizes = Vec::new();
    for each in crates {
        let mut size = (0, 0);
        measure(&folder.join(&each.name).join("src"), &mut size)?;
        sizes.push(size);
    }
    let mut rows = Vec::new();
    let peers = crates.iter().zip(&sizes).skip(1).filter(|(peer, _)| peer.models == crates[0].models);
    for (peer, theirs) in peers {
        let mut row = |measure, unit, ours: f64, theirs: f64| {
            let (what, peer) = (format!("{file}'s crate"), Some((peer.generator.to_owned(), theirs)));
            rows.push(Row { what, measure, unit, ours, peer, bound: None });
        };
        row("lines", Unit::Count, sizes[0].0 as f64, theirs.0 as f64);
        row("size", Unit::Mebibytes, mebibytes(sizes[0].1), mebibytes(theirs.1));
    }
    Ok(rows)
}

fn measure(folder: &Path, size: &mut (usize, u64)) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        if path.is_dir() {
            measure(&path, size)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path)?;
            size.0 += text.lines().count();
            size.1 += text.len() as u64;
        }
    }
    Ok(())
}
