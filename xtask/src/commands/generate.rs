//! `generate`: a document in, a crate on disk.

use std::path::{Path, PathBuf};
use std::time::Instant;

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::print::SourceFile;
use openapi_generator::settings::Settings;
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Selection};
use rayon::prelude::*;

use crate::changes::Report;
use crate::revision::Revision;
use crate::side::{Loading, Side, Source};
use crate::watch::Watch;
use crate::{Failure, report, tree};

pub const EXAMPLES: &str = "Examples:
  cargo xtask generate
  cargo xtask generate --watch
  cargo xtask generate --spec api.yaml --out ../api-client --name api-client
  cargo xtask generate --spec api.json --out out --name part --path '/users*' --deny-warnings";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The crate's folder
    #[arg(long, value_name = "DIR", default_value = "generated")]
    out: PathBuf,
    /// The crate's name; that of the crate in the folder if there is one, else made from the document's file name
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Fails on warnings too
    #[arg(long)]
    deny_warnings: bool,
    /// Goes on: generates anew whenever the document or its settings are saved, and prints what changed
    #[arg(long)]
    watch: bool,
    /// Prints notes too: what is generated in full, but checked less than the server does
    #[arg(long)]
    notes: bool,
}

/// What the checked-in crate is generated with.
impl Default for Arguments {
    fn default() -> Self {
        Self {
            input: Input::default(),
            out: "generated".into(),
            name: None,
            deny_warnings: false,
            watch: false,
            notes: false,
        }
    }
}

impl Arguments {
    /// The crate's folder.
    pub fn out(&self) -> PathBuf {
        super::resolve(&self.out, "generated")
    }

    /// The crate's files, in memory; problems are printed.
    pub fn files(&self) -> Result<Vec<SourceFile>, Failure> {
        self.planned().map(|(files, _)| files)
    }

    /// Likewise with what they are emitted from.
    fn planned(&self) -> Result<(Vec<SourceFile>, Api), Failure> {
        let spec = self.input.spec();
        let name = match &self.name {
            Some(name) => name.clone(),
            None => package_name(&self.out()).unwrap_or_else(|| name_of(&spec)),
        };
        check_name(&name)?;
        let mut diagnostics = Diagnostics::default();
        let planned = self.input.plan(&mut diagnostics);
        let planned = planned.map(|(document, api, settings)| {
            drop_aside(document);
            let package = Package::in_folder(name, &self.out()).with_settings(&settings);
            (openapi_generator::print::print(&api, &package), api)
        });
        report::diagnostics(&diagnostics, &spec, self.notes);
        match planned {
            Some(planned) if !(self.deny_warnings && diagnostics.has_warnings()) => Ok(planned),
            _ => Err(Failure::Failed),
        }
    }
}

/// What to generate from.
#[derive(clap::Args, Debug)]
pub struct Input {
    /// The OpenAPI document, in YAML or JSON
    #[arg(long, value_name = "FILE", default_value = "spec/connections.yaml")]
    spec: PathBuf,
    /// The settings; `settings.yaml` beside the document if there is one
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Takes only operations on paths that match, with the schemas they reach; `*` stands for any text
    #[arg(long = "path", value_name = "GLOB")]
    paths: Vec<String>,
    /// Takes only operations with this tag
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Takes only the operation with this operationId
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
}

const SPEC: &str = "spec/connections.yaml";

impl Default for Input {
    fn default() -> Self {
        let none = Vec::new;
        Self { spec: SPEC.into(), settings: None, paths: none(), tags: none(), operations: none() }
    }
}

impl Input {
    /// All of the document in the file `spec`.
    pub fn of(spec: PathBuf) -> Self {
        Self { spec, ..Self::default() }
    }

    /// The document's file.
    pub fn spec(&self) -> PathBuf {
        super::resolve(&self.spec, SPEC)
    }

    /// The document and what is planned for it; problems are printed.
    pub fn load(&self) -> Result<(Document, Api), Failure> {
        let mut diagnostics = Diagnostics::default();
        let planned = self.plan(&mut diagnostics);
        report::diagnostics(&diagnostics, &self.spec(), false);
        planned.map(|(document, api, _)| (document, api)).ok_or(Failure::Failed)
    }

    fn selection(&self) -> Selection {
        let (paths, tags, operations) = (self.paths.clone(), self.tags.clone(), self.operations.clone());
        Selection { paths, tags, operations }
    }

    fn plan(&self, diagnostics: &mut Diagnostics) -> Option<(Document, Api, Settings)> {
        let spec = self.spec();
        let beside = spec.with_file_name("settings.yaml");
        let settings = match &self.settings {
            Some(path) => Settings::load(path, diagnostics),
            None if beside.exists() => Settings::load(&beside, diagnostics),
            None => Some(Settings::default()),
        }?;
        let document = source::load(&spec, &self.selection(), diagnostics)?;
        let api = openapi_generator::plan::plan(&document, &settings, diagnostics);
        (!diagnostics.has_errors()).then_some((document, api, settings))
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    // On one of the pool's threads: one that waits for these would keep memory of its own.
    let before = rayon::scope(|_| once(arguments));
    if !arguments.watch {
        bump(&arguments.input, before?);
        return Ok(());
    }
    watch(arguments, before.ok())
}

/// Generates the crate and tells what is different.
fn once(arguments: &Arguments) -> Result<Api, Failure> {
    let start = Instant::now();
    let (files, api) = arguments.planned()?;
    let out = arguments.out();
    let lines: usize = files.par_iter().map(|file| tree::lines(&file.text)).sum();
    let changes = tree::compare(&out, files)?;
    tree::apply(&out, &changes)?;
    let (added, removed) = changes.lines();
    anstream::eprintln!(
        "{}{}{}: {} written, {} unchanged, {} removed; {lines} lines (+{added} -{removed}) in {:.2} s",
        report::GREEN.render(),
        out.display(),
        report::GREEN.render_reset(),
        changes.write.len(),
        changes.unchanged,
        changes.remove.len(),
        start.elapsed().as_secs_f64()
    );
    drop_aside(changes);
    Ok(api)
}

/// Drops the value on another thread: taking apart what is left of a large document takes as long as a step of
/// generating from it, and nobody has to wait for it.
fn drop_aside<T: Send + 'static>(value: T) {
    rayon::spawn(|| drop(value));
}

/// Tells which bump is due since the last commit, if the document is in one and differs from it.
fn bump(input: &Input, api: Api) {
    let spec = &input.spec();
    if Revision::is_last(spec, "settings.yaml") {
        return drop_aside(api);
    }
    let Ok(revision) = Revision::find("HEAD", spec) else { return };
    let old = Source::Revision(revision, spec.to_owned());
    let loading =
        Loading { selection: input.selection(), settings: input.settings.clone(), without: Vec::new() };
    let Ok(old) = loading.load(&old) else { return };
    let new = Side::planned(spec.display().to_string(), spec.to_owned(), api);
    if let Ok(report) = Report::new(old, new) {
        anstream::eprint!("since the last commit: {}", report.summary());
    }
}

/// Generates anew whenever something is saved, until the command is stopped. A document with errors changes nothing.
fn watch(arguments: &Arguments, mut before: Option<Api>) -> Result<(), Failure> {
    let spec = arguments.input.spec();
    let settings = arguments.input.settings.as_deref();
    let files: Vec<&Path> = std::iter::once(spec.as_path()).chain(settings).collect();
    let watch = Watch::begin(&files)?;
    anstream::eprintln!("watching {}; stop with Ctrl-C", spec.display());
    while watch.wait() {
        let api = match once(arguments) {
            Ok(api) => api,
            Err(Failure::Failed) => continue,
            Err(Failure::Usage(message)) => {
                anstream::eprintln!("{}error{}: {message}", report::RED.render(), report::RED.render_reset());
                continue;
            }
        };
        if let Some(old) = before.replace(api.clone()) {
            let side = |api| Side::planned(spec.display().to_string(), spec.clone(), api);
            let report = Report::new(side(old), side(api))?;
            anstream::eprint!("{}", report.short());
        }
    }
    Ok(())
}

/// The name in the `Cargo.toml` of the crate in `folder`.
fn package_name(folder: &Path) -> Option<String> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    crate::manifest::package_name(&manifest)
}

fn name_of(spec: &Path) -> String {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.to_owned()
    } else {
        format!("client-{name}")
    }
}

fn check_name(name: &str) -> Result<(), Failure> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(letters) {
        return Ok(());
    }
    let message = format!(
        "{name:?} is no crate name: letters, digits, '-' and '_', beginning with a letter; use --name"
    );
    Err(Failure::Usage(message))
}
