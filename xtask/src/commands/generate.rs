//! `generate`: a document in, a crate on disk.

use std::path::{Path, PathBuf};
use std::time::Instant;

use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::emit::SourceFile;
use openapi_generator::settings::Settings;
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Selection};

use crate::{Failure, report, tree};

pub const EXAMPLES: &str = "Examples:
  cargo xtask generate
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
        let spec = self.input.spec();
        let name = match &self.name {
            Some(name) => name.clone(),
            None => package_name(&self.out()).unwrap_or_else(|| name_of(&spec)),
        };
        check_name(&name)?;
        let mut diagnostics = Diagnostics::default();
        let files =
            self.input.plan(&mut diagnostics).map(|(_, api)| openapi_generator::emit::emit(&api, &name));
        report::diagnostics(&diagnostics, &spec, self.notes);
        match files {
            Some(files) if !(self.deny_warnings && diagnostics.has_warnings()) => Ok(files),
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
    /// The document's file.
    pub fn spec(&self) -> PathBuf {
        super::resolve(&self.spec, SPEC)
    }

    /// The document and what is planned for it; problems are printed.
    pub fn load(&self) -> Result<(Document, Api), Failure> {
        let mut diagnostics = Diagnostics::default();
        let planned = self.plan(&mut diagnostics);
        report::diagnostics(&diagnostics, &self.spec(), false);
        planned.ok_or(Failure::Failed)
    }

    fn plan(&self, diagnostics: &mut Diagnostics) -> Option<(Document, Api)> {
        let spec = self.spec();
        let beside = spec.with_file_name("settings.yaml");
        let settings = match &self.settings {
            Some(path) => Settings::load(path, diagnostics),
            None if beside.exists() => Settings::load(&beside, diagnostics),
            None => Some(Settings::default()),
        }?;
        let selection = Selection {
            paths: self.paths.clone(),
            tags: self.tags.clone(),
            operations: self.operations.clone(),
        };
        let document = source::load(&spec, &selection, diagnostics)?;
        let api = openapi_generator::plan::plan(&document, &settings, diagnostics);
        (!diagnostics.has_errors()).then_some((document, api))
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let files = arguments.files()?;
    let out = arguments.out();
    let lines: usize = files.iter().map(|file| file.text.lines().count()).sum();
    let changes = tree::compare(&out, files)?;
    tree::apply(&out, &changes)?;
    anstream::eprintln!(
        "{}{}{}: {} written, {} unchanged, {} removed; {lines} lines in {:.2} s",
        report::GREEN.render(),
        out.display(),
        report::GREEN.render_reset(),
        changes.write.len(),
        changes.unchanged,
        changes.remove.len(),
        start.elapsed().as_secs_f64()
    );
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
