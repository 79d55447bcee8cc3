//! One side of a comparison: a document, where it comes from, and the client that is planned for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use openapi_generator::api::Api;
use openapi_generator::diagnostics::{Diagnostic, Diagnostics, Place, Severity, codes, lines};
use openapi_generator::settings::{CratePer, Settings};
use openapi_generator::source::document::Document;
use openapi_generator::source::{self, Origins, Overlay, Selection};
use serde_json::Value;
use tempfile::TempDir;

use crate::generation::Service;
use crate::git::Revision;
use crate::project::Project;
use crate::terminal::shown;
use crate::{Failure, several, terminal, without};

/// Where a document comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// A file as of a revision.
    Revision(Revision, PathBuf),
}

impl Source {
    /// What the source is called.
    pub fn label(&self) -> String {
        match self {
            Self::File(path) => shown(path),
            Self::Revision(revision, path) => match revision.inside(path) {
                Ok(inside) => format!("{}:{inside}", revision.name),
                Err(_) => format!("{}:{}", revision.name, path.display()),
            },
        }
    }

    /// The text of another file of the same revision, or on disk beside a document that is a file.
    pub fn text(&self, path: &Path) -> Option<String> {
        match self {
            Self::File(_) => crate::text_file::read(path).ok(),
            Self::Revision(revision, _) => revision.text(path),
        }
    }
}

/// A document that is loaded.
#[derive(Debug)]
pub struct Side {
    /// What the document is called.
    pub label: String,
    /// The client; nothing if the document has no operation that is asked for.
    pub api: Option<Api>,
    /// The document, if there is a client.
    pub(crate) document: Option<Document>,
    path: PathBuf,
    is_of_revision: bool,
    /// Where the text of values is that overlays have changed.
    origins: Arc<Origins>,
    copies: Copies,
}

/// Copies of a revision's files, which are there as long as the side is.
#[derive(Debug, Default)]
struct Copies {
    folders: Vec<TempDir>,
    /// What the overlays are called, by their paths.
    labels: BTreeMap<String, String>,
}

/// What of a document is compared, and with which settings.
#[derive(Clone, Debug, Default)]
pub struct Loading {
    /// The operations.
    pub selection: Selection,
    /// The settings of both sides, instead of those beside each.
    pub settings: Option<PathBuf>,
    /// The settings of both sides, each as of its own revision, instead of those beside each.
    pub settings_of_config: Option<PathBuf>,
    /// The overlays of both sides, after those of the settings.
    pub overlays: Vec<PathBuf>,
    /// The overlays of both sides, each as of its own revision, if there are none for both.
    pub overlays_of_config: Vec<PathBuf>,
    /// What there is a crate for on both sides, whatever the settings say.
    pub crate_per: Option<CratePer>,
    /// The `speccrate.toml` that names the documents of both sides, each as of its own revision.
    pub config: Option<PathBuf>,
    /// Members that are left aside wherever they stand.
    pub without: Vec<String>,
}

impl Loading {
    /// As `project` says.
    pub fn of(project: &Project) -> Self {
        Self {
            selection: project.selection.clone(),
            settings: project.settings.clone(),
            settings_of_config: project.settings_of_config.clone(),
            overlays: project.overlays.clone(),
            overlays_of_config: project.overlays_of_config.clone(),
            crate_per: project.crate_per,
            config: project.config.clone(),
            without: Vec::new(),
        }
    }

    /// Loads the document of `source` and plans a client for it; one that has errors is told of in one line.
    pub fn load(&self, source: &Source) -> Result<Side, Failure> {
        self.read(source)?.planned()
    }

    /// Loads the document of `source`.
    pub fn read(&self, source: &Source) -> Result<Unplanned, Failure> {
        let label = source.label();
        let mut selection = self.selection.clone();
        let mut copies = Copies::default();
        let path = match source {
            Source::File(path) => path.clone(),
            Source::Revision(revision, path) => {
                let documents = several::former(revision, path, &selection.others, self.config.as_deref());
                let (folder, path) = several::check_out(revision, documents, &mut selection)?;
                copies.folders.push(folder);
                path
            }
        };
        let mut diagnostics = Diagnostics::default();
        let settings = self.settings(source, &path, &mut copies, &mut diagnostics)?;
        selection.overlays = self.overlays(source, &mut copies)?.into_iter().map(Overlay::from).collect();
        let document = settings.and_then(|mut settings| {
            settings.crate_per = self.crate_per.unwrap_or(settings.crate_per);
            let copy = self.without_members(&path, selection.root.as_deref())?;
            let read = copy.as_ref().map_or(&path, |(_, path)| path);
            if let Some((folder, _)) = &copy {
                selection.root = selection.root.map(|_| folder.path().to_owned());
            }
            let selection = selection.with_settings(&settings);
            Some((source::load(read, &selection, &mut diagnostics)?, settings))
        });
        let origins = document.as_ref().map(|(document, _)| document.origins.clone()).unwrap_or_default();
        let is_of_revision = matches!(source, Source::Revision(..));
        let side = Side { label, api: None, document: None, path, is_of_revision, origins, copies };
        Ok(Unplanned { document, side, diagnostics })
    }

    /// The overlays that are named outside the settings.
    fn overlays(&self, source: &Source, copies: &mut Copies) -> Result<Vec<PathBuf>, Failure> {
        match source {
            Source::Revision(revision, _) if self.overlays.is_empty() => {
                copies.take(revision, &self.overlays_of_config)
            }
            _ if self.overlays.is_empty() => Ok(self.overlays_of_config.clone()),
            _ => Ok(self.overlays.clone()),
        }
    }

    /// The settings for the document of `source`, which is at `path`.
    fn settings(
        &self,
        source: &Source,
        path: &Path,
        copies: &mut Copies,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Settings>, Failure> {
        let beside = path.with_file_name("settings.yaml");
        Ok(match (&self.settings, &self.settings_of_config, source) {
            (Some(given), ..) => Settings::load(given, diagnostics),
            (None, Some(configured), Source::File(_)) => Settings::load(configured, diagnostics),
            (None, Some(configured), Source::Revision(revision, _)) => match revision.text(configured) {
                Some(text) => {
                    let place = || format!("{}:{}", revision.name, terminal::shown(configured));
                    let unusable =
                        |error| Failure::Usage(format!("can't use the settings in {}: {error}", place()));
                    let mut settings = Settings::parse(&text).map_err(unusable)?;
                    let named: Vec<PathBuf> =
                        settings.overlays.iter().map(|overlay| configured.with_file_name(overlay)).collect();
                    settings.overlays = copies.take(revision, &named)?;
                    Some(settings)
                }
                // They came later than the document, or stand outside the repository.
                None => Some(Settings::default()),
            },
            (None, None, _) if beside.exists() => Settings::load(&beside, diagnostics),
            (None, None, _) => Some(Settings::default()),
        })
    }
}

impl Copies {
    /// Copies `files` as of `revision`, each to a folder of its own. Those that came later are left out.
    fn take(&mut self, revision: &Revision, files: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        let mut copies = Vec::new();
        for file in files {
            let Some(text) = revision.text(file) else { continue };
            let folder = tempfile::tempdir()?;
            let copy = folder.path().join(file.file_name().unwrap_or_default());
            std::fs::write(&copy, text)?;
            let label = format!("{}:{}", revision.name, revision.inside(file)?);
            self.labels.insert(copy.display().to_string(), label);
            self.folders.push(folder);
            copies.push(copy);
        }
        Ok(copies)
    }
}

/// A document for which no client is planned yet.
#[derive(Debug)]
pub struct Unplanned {
    /// The document and its settings; nothing if they can't be read.
    pub document: Option<(Document, Settings)>,
    side: Side,
    diagnostics: Diagnostics,
}

impl Unplanned {
    /// Plans a client; what is wrong with the document is told in one line.
    pub fn planned(self) -> Result<Side, Failure> {
        let Self { document, side, mut diagnostics } = self;
        let (document, settings) = document.unzip();
        let api = document
            .as_ref()
            .zip(settings)
            .map(|(document, settings)| openapi_generator::api_of(document, &settings, &mut diagnostics));
        // The other side, or another revision, may have what an entry of the settings is for.
        let is_error = |diagnostic: &&Diagnostic| {
            diagnostic.severity() == Severity::Error && *diagnostic.code != codes::UNMATCHED_SETTING
        };
        let errors = || diagnostics.iter().filter(is_error);
        let api = match errors().next() {
            None => api,
            // Nothing is selected.
            Some(first) if *first.code == codes::NOTHING_SELECTED && errors().count() == 1 => None,
            Some(first) => {
                let count = errors().count();
                return Err(Failure::Usage(does_not_load(&side, first, count)));
            }
        };
        Ok(Side { document: document.filter(|_| api.is_some()), api, ..side })
    }
}

impl Loading {
    /// A copy of the document, and of what is in its folder or in `root` and below, without the members that are left
    /// aside; none if there are none, and nothing if the document can't be read, which is told where it is loaded.
    #[allow(clippy::option_option, reason = "no copy is needed, or none can be made")]
    fn without_members(&self, path: &Path, root: Option<&Path>) -> Option<Option<(TempDir, PathBuf)>> {
        if self.without.is_empty() {
            return Some(None);
        }
        let Ok(mut value) =
            std::fs::read(path).map_err(|_| ()).and_then(|text| source::value(&text).map_err(|_| ()))
        else {
            return Some(None);
        };
        if !without::remove(&mut value, &self.without) {
            return Some(None);
        }
        let copied = tempfile::tempdir().ok()?;
        let (path, root) = (path.canonicalize().ok()?, root.and_then(|root| root.canonicalize().ok()));
        let folder = root.as_deref().filter(|root| path.starts_with(root)).or(path.parent())?;
        without::copy_documents(folder, copied.path()).ok()?;
        let copy = copied.path().join(path.strip_prefix(folder).ok()?);
        std::fs::write(&copy, value.to_string()).ok()?;
        Some(Some((copied, copy)))
    }
}

/// The paths of the document in the file `theirs` that `ours` has operations on, whatever their parameters are called,
/// and those below one of them.
pub(crate) fn ours_in(ours: &Document, theirs: &Path) -> Result<Vec<String>, Failure> {
    let unreadable = |why: &str| Failure::Usage(format!("can't read {}: {why}", theirs.display()));
    let text = std::fs::read(theirs).map_err(|error| unreadable(&error.to_string()))?;
    let value = source::value(&text).map_err(|error| unreadable(&error))?;
    let pieces = |path: &str| -> Vec<String> {
        let piece = |piece: &str| if piece.starts_with('{') { "{}".to_owned() } else { piece.to_owned() };
        path.split('/').map(piece).collect()
    };
    // A webhook is selected by its name, as an operation is by its path.
    let webhooks = ours.received.iter().filter(|received| received.callback.is_none());
    let webhooks: Vec<String> = webhooks.map(|received| received.event.clone()).collect();
    let ours: Vec<Vec<String>> = ours.operations.iter().map(|operation| pieces(&operation.path)).collect();
    let theirs = value.get("paths").and_then(Value::as_object);
    let theirs = theirs.into_iter().flat_map(|paths| paths.keys());
    let paths = theirs.filter(|path| ours.iter().any(|own| pieces(path).starts_with(own))).cloned();
    Ok(paths.chain(webhooks).collect())
}

fn does_not_load(side: &Side, first: &Diagnostic, count: usize) -> String {
    // What the settings cause isn't in a file of the document.
    let is_here = first.place.file.is_empty() || side.path_of(&first.place.file).is_file();
    let file = if is_here { first.place.clone() } else { Place::default() };
    let (path, label) = (side.path_of(&file.file), side.label_of(&file));
    let text = crate::text_file::read(&path).unwrap_or_default();
    let mark = first.mark.map(|(line, column)| (line, column + 1));
    let pointer: &str = &first.place.pointer;
    let place = mark.or_else(|| lines(&text, [pointer]).get(pointer).copied()).filter(|_| is_here);
    let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
    // What is read from a revision is in a temporary folder, whose name says nothing.
    let folder = |path: &Path| {
        path.parent().map(|folder| format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR))
    };
    let mut message = first.message.replace(&path.display().to_string(), &label).replace('\n', " ");
    if let Some(folder) = folder(&path) {
        message = message.replace(&folder, "");
    }
    format!("{label}{place} doesn't load: {message} [{}]{more}", first.code)
}

impl Side {
    /// A document that has been planned.
    pub(crate) fn planned(label: String, path: PathBuf, service: Service) -> Self {
        let Service { api, document } = service;
        let origins = document.origins.clone();
        Self {
            label,
            api: Some(api),
            document: Some(document),
            path,
            is_of_revision: false,
            origins,
            copies: Copies::default(),
        }
    }

    /// The document and its client; nothing if it has no operation that is asked for.
    pub(crate) fn client(&self) -> Option<(&Document, &Api)> {
        self.document.as_ref().zip(self.api.as_ref())
    }

    /// Where the text of what is at `place` is.
    pub fn origin(&self, place: &Place) -> Place {
        self.origins.of(place)
    }

    /// What the file of `place` is called.
    pub fn label_of(&self, place: &Place) -> String {
        if place.file.is_empty() {
            return self.label.clone();
        }
        if let Some(label) = self.copies.labels.get(&*place.file) {
            return label.clone();
        }
        // The copies of a revision's documents are as far from each other as the documents.
        if self.is_of_revision && !Path::new(&*place.file).is_absolute() {
            return several::beside(&self.label, &place.file);
        }
        // An overlay can be anywhere.
        if place.file.starts_with("../") || Path::new(&*place.file).is_absolute() {
            return shown(&self.path_of(&place.file));
        }
        let folder = self.label.rfind(['/', ':', '\\']).map_or("", |end| &self.label[..=end]);
        format!("{folder}{}", place.file)
    }

    /// The file of `place` as the repository calls it, or else as it is seen from the current folder.
    pub fn repository_path(&self, place: &Place) -> String {
        if self.is_of_revision {
            let label = self.label_of(place);
            return label.split_once(':').map_or(label.clone(), |(_, inside)| inside.to_owned());
        }
        let path = self.path_of(&place.file);
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        let top = real.ancestors().skip(1).find(|folder| folder.join(".git").exists());
        match top.and_then(|top| real.strip_prefix(top).ok()) {
            Some(inside) => inside.to_string_lossy().replace('\\', "/"),
            None => shown(&path),
        }
    }

    /// The path of `file`, which is relative to the document's folder.
    fn path_of(&self, file: &str) -> PathBuf {
        if file.is_empty() { self.path.clone() } else { self.path.with_file_name(file) }
    }

    /// The line and column of each place, from 1, and the file it is in, relative to the document's folder.
    pub fn places<'p>(&self, places: impl Iterator<Item = &'p Place>) -> BTreeMap<&'p Place, (usize, usize)> {
        let mut by_file: BTreeMap<&str, Vec<&'p Place>> = BTreeMap::new();
        for place in places {
            by_file.entry(&place.file).or_default().push(place);
        }
        let mut found = BTreeMap::new();
        for (file, places) in by_file {
            let Ok(text) = crate::text_file::read(&self.path_of(file)) else { continue };
            let marks = lines(&text, places.iter().map(|place| &*place.pointer));
            found.extend(places.into_iter().filter_map(|place| Some((place, *marks.get(&*place.pointer)?))));
        }
        found
    }
}
