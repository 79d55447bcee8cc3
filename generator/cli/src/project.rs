//! What a command works on: a document, its settings and the crate's folder, by arguments or by `speccrate.toml`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::{CratePer, Runtime, Settings};
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Examples, Overlay, Selection};

use crate::config::{Config, FILE};
use crate::load::Loading;
use crate::release::TagPattern;
use crate::{Failure, terminal};

/// The environment variable that names the `speccrate.toml` to use where no argument does.
pub const CONFIG_VARIABLE: &str = "SPECCRATE_CONFIG";

/// Which document, and what of it.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Input {
    /// The OpenAPI document, in YAML or JSON; by default that of `speccrate.toml`. Several make one client, and the first
    /// gives its names
    #[arg(long = "spec", value_name = "FILE", help_heading = "Document")]
    pub specs: Vec<PathBuf>,
    /// The settings; by default those of `speccrate.toml`, or `settings.yaml` beside the document
    #[arg(long, value_name = "FILE", help_heading = "Document")]
    pub settings: Option<PathBuf>,
    /// An overlay that changes the document before it is read; several are applied in their order, after those of the
    /// settings
    #[arg(long = "overlay", value_name = "FILE", help_heading = "Document")]
    pub overlays: Vec<PathBuf>,
    /// Take only operations on matching paths, with the schemas they reach; `*` matches any text
    #[arg(long = "path", value_name = "GLOB", help_heading = "Document")]
    pub paths: Vec<String>,
    /// Take only operations with this tag
    #[arg(long = "tag", value_name = "TAG", help_heading = "Document")]
    pub tags: Vec<String>,
    /// Take only the operation with this operationId
    #[arg(long = "operation", value_name = "ID", help_heading = "Document")]
    pub operations: Vec<String>,
    /// A folder above the document's; references may lead to files below it, and not only below the document's own
    #[arg(long, value_name = "DIR", help_heading = "Document")]
    pub root: Option<PathBuf>,
    /// Leave out operations that have errors, with a warning, instead of giving up
    #[arg(long, help_heading = "Document")]
    pub keep_going: bool,
    /// The crate's folder, with its `speccrate.toml`
    #[arg(long = "crate", value_name = "DIR", conflicts_with = "config", help_heading = "Document")]
    pub folder: Option<PathBuf>,
    /// The `speccrate.toml` to use; by default that in the current folder, or the nearest one above it
    #[arg(long, value_name = "FILE", help_heading = "Document")]
    pub config: Option<PathBuf>,
}

impl Input {
    /// That of the crate in `folder`, as its `speccrate.toml` says.
    pub fn of_crate(folder: PathBuf) -> Self {
        Self { folder: Some(folder), ..Self::default() }
    }

    /// All of the document in the file `spec`.
    pub fn of(spec: PathBuf) -> Self {
        Self { specs: vec![spec], ..Self::default() }
    }

    /// What the arguments and `speccrate.toml` say together. An argument overrides the file; with `--spec`, only a file
    /// that another argument names counts.
    ///
    /// # Errors
    /// There is no document, or `speccrate.toml` has a mistake.
    pub fn project(&self) -> Result<Project, Failure> {
        let config = self.config()?;
        let project = self.with_config(config.as_ref());
        project.ok_or_else(|| {
            Failure::Usage(format!(
                "there is no {FILE} here or in a folder above: give the document with --spec FILE, the crate with \
                 --crate DIR, or write the file with `speccrate init --spec FILE`"
            ))
        })
    }

    /// Likewise where no document is needed, since the sides of a comparison are files.
    pub(crate) fn project_if_any(&self) -> Result<Option<Project>, Failure> {
        Ok(self.with_config(self.config()?.as_ref()))
    }

    /// What is compared of two files that belong to no project.
    pub(crate) fn loading(&self) -> Loading {
        Loading {
            selection: self.selection(),
            settings: self.settings.clone(),
            overlays: self.overlays.clone(),
            ..Loading::default()
        }
    }

    fn selection(&self) -> Selection {
        Selection {
            paths: self.paths.clone(),
            tags: self.tags.clone(),
            operations: self.operations.clone(),
            root: self.root.clone(),
            keep_going: self.keep_going,
            overlays: Vec::new(),
            others: self.specs.iter().skip(1).cloned().collect(),
        }
    }

    fn with_config(&self, config: Option<&Config>) -> Option<Project> {
        let spec = self.specs.first().cloned().or_else(|| config.map(|config| config.spec.clone()))?;
        let chosen = self.selection();
        let selection = match config {
            Some(config) => {
                let configured = config.selection.clone();
                let root = chosen.root.clone().or(configured.root.clone());
                let keep_going = chosen.keep_going || configured.keep_going;
                let others = if self.specs.is_empty() { &configured } else { &chosen }.others.clone();
                let operations = if chosen.is_everything() { configured } else { chosen };
                Selection { root, keep_going, others, ..operations }
            }
            None => chosen,
        };
        Some(Project {
            spec,
            settings: self.settings.clone(),
            settings_of_config: config.and_then(|config| config.settings.clone()),
            overlays: self.overlays.clone(),
            overlays_of_config: config.map_or_else(Vec::new, |config| config.overlays.clone()),
            selection,
            folder: self.folder.clone().or_else(|| config.map(Config::folder)),
            name: config.and_then(|config| config.name.clone()),
            embeds_runtime: config.is_some_and(|config| config.embeds_runtime),
            crate_per: config.and_then(|config| config.crate_per),
            release_tags: config.and_then(|config| config.release_tags.clone()),
            config: config.filter(|_| self.specs.is_empty()).map(|config| config.file.clone()),
        })
    }

    fn config(&self) -> Result<Option<Config>, Failure> {
        if let Some(file) = &self.config {
            return Config::load(file).map(Some);
        }
        if let Some(folder) = &self.folder {
            let file = folder.join(FILE);
            return match self.specs.is_empty() {
                false if !file.exists() => Ok(None),
                true if !file.exists() => Err(Failure::Usage(format!(
                    "there is no {}: write it with `speccrate init --spec FILE --out {}`",
                    terminal::shown(&file),
                    terminal::shown(folder)
                ))),
                _ => Config::load(&file).map(Some),
            };
        }
        if !self.specs.is_empty() {
            return Ok(None);
        }
        let named = std::env::var_os(CONFIG_VARIABLE).filter(|file| !file.is_empty());
        let file = match named {
            Some(file) => Some(PathBuf::from(file)),
            None => Config::find(&std::env::current_dir()?),
        };
        file.map(|file| Config::load(&file)).transpose()
    }
}

/// What a command works on.
#[derive(Clone, Debug)]
pub struct Project {
    /// The document.
    pub spec: PathBuf,
    /// The settings that an argument names, for every side of a comparison.
    pub settings: Option<PathBuf>,
    /// The settings that `speccrate.toml` names, as of the revision that is read.
    pub settings_of_config: Option<PathBuf>,
    /// The overlays that arguments name, for every side of a comparison.
    pub overlays: Vec<PathBuf>,
    /// The overlays that `speccrate.toml` names, as of the revision that is read, unless arguments name some.
    pub overlays_of_config: Vec<PathBuf>,
    /// The operations that are wanted.
    pub selection: Selection,
    /// The crate's folder, if it is known.
    pub folder: Option<PathBuf>,
    /// The crate's name, if `speccrate.toml` says it.
    pub name: Option<String>,
    /// Whether `speccrate.toml` says that the crate contains its runtime.
    pub embeds_runtime: bool,
    /// What there is a crate for, if an argument or `speccrate.toml` says it.
    pub crate_per: Option<CratePer>,
    /// How the tags of releases are called, if `speccrate.toml` says it.
    pub release_tags: Option<TagPattern>,
    /// The `speccrate.toml` that names the documents, if no argument does.
    pub config: Option<PathBuf>,
}

/// A document that was planned, with what it was planned from.
#[derive(Debug)]
pub struct Planned {
    /// The document.
    pub document: Document,
    /// Its settings.
    pub settings: Settings,
    /// The service that it describes.
    pub api: Api,
}

impl Planned {
    /// What is planned for `document`; nothing if there are errors.
    fn of(document: Document, settings: Settings, diagnostics: &mut Diagnostics) -> Option<Self> {
        let api = openapi_generator::api_of(&document, &settings, diagnostics);
        (!diagnostics.has_errors()).then_some(Self { document, settings, api })
    }
}

impl Project {
    /// The documents, in their order.
    pub fn documents(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.spec).chain(&self.selection.others)
    }

    /// The file with the settings, if there is one.
    pub fn settings_file(&self) -> Option<PathBuf> {
        let named = self.settings.clone().or_else(|| self.settings_of_config.clone());
        let beside = self.spec.with_file_name("settings.yaml");
        named.or_else(|| beside.exists().then_some(beside))
    }

    /// The overlays that are named outside the settings.
    pub fn overlays(&self) -> &[PathBuf] {
        if self.overlays.is_empty() { &self.overlays_of_config } else { &self.overlays }
    }

    /// The files that the crate is made from, apart from those that the document refers to.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let settings = self.settings_file();
        let read = settings.as_deref().and_then(|file| Settings::load(file, &mut Diagnostics::default()));
        let of_settings = read.iter().flat_map(Settings::overlay_files).collect::<Vec<_>>();
        let documents = self.documents().cloned();
        documents.chain(settings).chain(of_settings).chain(self.overlays().iter().cloned()).collect()
    }

    /// What of the document is wanted, with its overlays.
    pub fn selection_with(&self, settings: &Settings) -> Selection {
        let overlays = self.overlays().iter().cloned().map(Overlay::from).collect();
        Selection { overlays, ..self.selection.clone() }.with_settings(settings)
    }

    /// Checks that the document, the settings and the overlays are files.
    ///
    /// # Errors
    /// One of them isn't.
    pub fn check(&self) -> Result<(), Failure> {
        if self.documents().any(|document| document == Path::new("-")) {
            return Err(Failure::Usage(
                "the document can't be read from standard input, since its references are relative to its file: \
                 save it, and give the file"
                    .to_owned(),
            ));
        }
        let overlays = self.overlays().iter().cloned();
        for path in self.documents().cloned().chain(self.settings_file()).chain(overlays) {
            crate::text_file::is_file(&path).map_err(|error| {
                let shown = terminal::shown(&path);
                Failure::Usage(match error.kind() {
                    ErrorKind::NotFound => format!("there is no file {shown}"),
                    _ => format!("can't read {shown}: {error}"),
                })
            })?;
        }
        Ok(())
    }

    /// The document and what is planned for it; problems are printed.
    ///
    /// # Errors
    /// The document or its settings are no files, or have errors.
    pub fn load(&self) -> Result<(Document, Api), Failure> {
        self.check()?;
        let mut diagnostics = Diagnostics::default();
        let planned = self.plan(&mut diagnostics);
        terminal::diagnostics(&diagnostics, &self.spec, false);
        planned.map(|planned| (planned.document, planned.api)).ok_or(Failure::Failed)
    }

    /// Reads the document and its settings and plans a client; nothing if there are errors.
    pub fn plan(&self, diagnostics: &mut Diagnostics) -> Option<Planned> {
        let settings = self.read_settings(diagnostics)?;
        let document = source::load(&self.spec, &self.selection_with(&settings), diagnostics)?;
        Planned::of(document, settings, diagnostics)
    }

    /// Likewise, with the examples of the document.
    pub fn plan_with_examples(&self, diagnostics: &mut Diagnostics) -> Option<(Planned, Examples)> {
        let settings = self.read_settings(diagnostics)?;
        let selection = self.selection_with(&settings);
        let (document, examples) = source::load_with_examples(&self.spec, &selection, diagnostics)?;
        Planned::of(document, settings, diagnostics).map(|planned| (planned, examples))
    }

    fn read_settings(&self, diagnostics: &mut Diagnostics) -> Option<Settings> {
        let mut settings = match self.settings_file() {
            Some(file) => Settings::load(&file, diagnostics)?,
            None => Settings::default(),
        };
        settings.crate_per = self.crate_per.unwrap_or(settings.crate_per);
        if self.embeds_runtime {
            settings.runtime = Runtime::Embedded;
        }
        Some(settings)
    }

    /// The name of the crate in `folder`: `given`, otherwise that in its `Cargo.toml`, in `speccrate.toml`, or one made
    /// from the document's file name.
    ///
    /// # Errors
    /// It isn't a crate name, or the two files disagree.
    pub fn crate_name(&self, given: Option<&str>, folder: &Path) -> Result<String, Failure> {
        let own = || {
            let manifest = crate::text_file::read(&folder.join("Cargo.toml")).ok()?;
            crate::crate_folder::manifest::package_name(&manifest)
        };
        let configured = self.name.as_deref().filter(|_| self.folder.as_deref() == Some(folder));
        let name = match (given, own(), configured) {
            (Some(given), ..) => given.to_owned(),
            (None, Some(own), Some(configured)) if own != configured => {
                return Err(Failure::Usage(format!(
                    "{}: the crate is called {own:?} in Cargo.toml and {configured:?} in {FILE}; change one of them",
                    terminal::shown(folder)
                )));
            }
            (None, Some(own), _) => own,
            (None, None, Some(configured)) => configured.to_owned(),
            (None, None, None) => name_of(&self.spec),
        };
        if Package::is_name(&name) {
            return Ok(name);
        }
        Err(Failure::Usage(format!(
            "{name:?} can't be a crate's name: it must begin with a letter, contain only letters, digits, `-` and `_`, \
             and not be a keyword or a crate of the standard library; use --name"
        )))
    }
}

/// The crate name that a document's file name gives.
pub fn name_of(spec: &Path) -> String {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.to_owned()
    } else {
        format!("client-{name}")
    }
}
