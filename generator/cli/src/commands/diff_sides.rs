//! What is compared: each side is a file, a folder, a crate, or a revision.

use std::path::{Path, PathBuf};

use openapi_generator::source;

use super::diff::Arguments;
use crate::Failure;
use crate::config::FILE;
use crate::git::Revision;
use crate::load::{Loading, Side, Source};
use crate::project::{Input, Project};
use crate::release::TagPattern;
use crate::several;
use crate::terminal::shown;

/// Both sides.
pub(super) struct Sides {
    pub(super) old: One,
    pub(super) new: One,
}

/// A side: a document, how it is read, and the manifest of its crate.
pub(super) struct One {
    pub(super) source: Source,
    loading: Loading,
    manifest: Option<PathBuf>,
    /// How the tags of the crate's releases are called.
    pub(super) release_tags: Option<TagPattern>,
    /// Whether the manifest goes with the document, and isn't that of the working tree beside a file of any time.
    has_own_manifest: bool,
    /// Whether it is one file that an argument names, whatever documents the project has.
    is_one_file: bool,
}

impl One {
    /// Loads the document and plans a client.
    pub(super) fn load(&self) -> Result<Side, Failure> {
        self.loading.load(&self.source)
    }

    /// The crate's version.
    pub(super) fn version(&self) -> Option<semver::Version> {
        let text = self.source.text(self.manifest.as_ref()?)?;
        crate::crate_folder::manifest::version(&text)?.parse().ok()
    }

    /// The crate's name.
    pub(super) fn name(&self) -> Option<String> {
        crate::crate_folder::manifest::package_name(&self.source.text(self.manifest.as_ref()?)?)
    }

    /// The commit that the side is of; for a file, the last one.
    pub(super) fn revision(&self) -> Result<Revision, Failure> {
        Ok(match &self.source {
            Source::Revision(revision, _) => revision.clone(),
            Source::File(path) => Revision::find("HEAD", path)?,
        })
    }

    /// The side as of another revision.
    pub(super) fn at(&self, revision: Revision) -> Self {
        let (Source::File(path) | Source::Revision(_, path)) = &self.source;
        let document = revision.former(path);
        Self {
            source: Source::Revision(revision, document),
            loading: self.loading.clone(),
            manifest: self.manifest.clone(),
            release_tags: None,
            has_own_manifest: true,
            is_one_file: self.is_one_file,
        }
    }

    /// The version that the changes are made to. A file can be of any time: only a revision or a crate says which version
    /// it goes with.
    pub(super) fn version_before(&self) -> Option<semver::Version> {
        self.version().filter(|_| self.has_own_manifest)
    }
}

impl Sides {
    /// What the arguments name.
    pub(super) fn find(arguments: &Arguments) -> Result<Self, Failure> {
        let Arguments { old, new, input, .. } = arguments;
        let stands_alone = |side: &Option<String>| side.as_deref().is_some_and(stands_alone);
        let project = match input.project_if_any()? {
            None if !(stands_alone(old) && stands_alone(new)) => return Err(no_sides(arguments)),
            project => project,
        };
        let context = Context { input, project };
        let range = old.as_deref().filter(|text| new.is_none() && !Path::new(text).exists());
        if let Some((one, other)) = range.and_then(|text| text.split_once("...")) {
            return context.range(one, other);
        }
        let sides = Self {
            old: context.find(old.as_deref().unwrap_or("HEAD"))?,
            new: match new {
                Some(text) => context.find(text)?,
                None => context.working_tree(),
            },
        };
        sides.check()?;
        Ok(sides)
    }
}

impl Sides {
    /// A file can't be compared with the several documents of a client.
    fn check(&self) -> Result<(), Failure> {
        for (one, other) in [(&self.old, &self.new), (&self.new, &self.old)] {
            if one.is_one_file && !other.loading.selection.others.is_empty() {
                return Err(Failure::Usage(format!(
                    "{} is one document, and the client has several: give a folder, a crate or a revision that has all of \
                     them, or two files",
                    one.source.label()
                )));
            }
        }
        Ok(())
    }
}

/// Whether the side names its document, so that no project is needed.
fn stands_alone(side: &str) -> bool {
    Path::new(side).exists() || side.split_once(':').is_some_and(|(_, path)| !path.is_empty())
}

struct Context<'a> {
    input: &'a Input,
    project: Option<Project>,
}

impl Context<'_> {
    fn spec(&self) -> PathBuf {
        self.project.as_ref().map_or_else(PathBuf::new, |project| project.spec.clone())
    }

    /// A side that is read as the project says.
    fn of_project(&self, source: Source) -> One {
        let folder = self.project.as_ref().and_then(|project| project.folder.clone());
        One {
            has_own_manifest: matches!(source, Source::Revision(..)),
            source,
            loading: self.project.as_ref().map_or_else(|| self.input.loading(), Loading::of),
            manifest: folder.map(|folder| folder.join("Cargo.toml")),
            release_tags: self.project.as_ref().and_then(|project| project.release_tags.clone()),
            is_one_file: false,
        }
    }

    /// A file that an argument names.
    fn one_file(&self, source: Source) -> One {
        let mut one = self.of_project(source);
        one.loading.selection.others.clear();
        one.loading.config = None;
        One { is_one_file: true, ..one }
    }

    /// The documents of the project that are in another folder.
    fn in_folder(&self, folder: &Path, first: PathBuf) -> Result<One, Failure> {
        let mut one = self.of_project(Source::File(first));
        one.loading.selection.others = several::in_folder(folder, &one.loading.selection.others)?;
        Ok(one)
    }

    fn working_tree(&self) -> One {
        self.of_project(Source::File(self.spec()))
    }

    /// What `text` names.
    fn find(&self, text: &str) -> Result<One, Failure> {
        let path = Path::new(text);
        if path.is_dir() {
            return self.folder(path);
        }
        if path.is_file() {
            return Ok(self.one_file(Source::File(path.to_owned())));
        }
        let (name, inside) = match text.split_once(':') {
            Some((name, inside)) if !inside.is_empty() => (name, Some(inside)),
            _ => (text, None),
        };
        let here = Path::new("document");
        let spec = self.spec();
        let revision = Revision::find(name, if inside.is_some() { here } else { &spec })?;
        let document = match inside {
            // As git reads it: from the repository's folder, unless it says otherwise.
            Some(inside) if inside.starts_with("./") || inside.starts_with("../") => PathBuf::from(inside),
            Some(inside) => revision.top().join(inside),
            None => revision.former(&spec),
        };
        let source = Source::Revision(revision, document);
        Ok(if inside.is_some() { self.one_file(source) } else { self.of_project(source) })
    }

    /// What has changed on `other` since it left `one`; without `other` in the working tree.
    fn range(&self, one: &str, other: &str) -> Result<Sides, Failure> {
        let spec = self.spec();
        let base = Revision::merge_base(one, if other.is_empty() { "HEAD" } else { other }, &spec)?;
        let document = base.former(&spec);
        let new = if other.is_empty() { self.working_tree() } else { self.find(other)? };
        Ok(Sides { old: self.of_project(Source::Revision(base, document)), new })
    }

    /// A crate, or else the folder of a document.
    fn folder(&self, folder: &Path) -> Result<One, Failure> {
        if folder.join(FILE).is_file() {
            let project = Input::of_crate(folder.to_owned()).project()?;
            return Ok(One {
                source: Source::File(project.spec.clone()),
                loading: Loading::of(&project),
                manifest: Some(folder.join("Cargo.toml")),
                release_tags: project.release_tags.clone(),
                has_own_manifest: true,
                is_one_file: false,
            });
        }
        let spec = self.spec();
        if let Some(name) = spec.file_name()
            && folder.join(name).is_file()
        {
            return self.in_folder(folder, folder.join(name));
        }
        let documents = documents_in(folder)?;
        match &documents[..] {
            [document] => Ok(self.one_file(Source::File(document.clone()))),
            [] => Err(Failure::Usage(format!(
                "there is neither a {FILE} nor an OpenAPI document in {}",
                shown(folder)
            ))),
            _ => {
                let names: Vec<String> = documents.iter().map(|document| shown(document)).collect();
                Err(Failure::Usage(format!("which document is meant: {}?", names.join(" or "))))
            }
        }
    }
}

/// The files in a folder that say which version of OpenAPI they have.
fn documents_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_text =
            path.extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|one| end == *one));
        if !(is_text && path.is_file()) {
            continue;
        }
        let value = std::fs::read(&path).ok().and_then(|text| source::value(&text).ok());
        if value.is_some_and(|value| ["openapi", "swagger"].iter().any(|key| value.get(key).is_some())) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Why nothing can be compared where no document is known.
fn no_sides(arguments: &Arguments) -> Failure {
    let sides = [&arguments.old, &arguments.new].into_iter().flatten();
    let missing: Vec<String> =
        sides.filter(|side| !stands_alone(side)).map(|side| format!("no file {side}")).collect();
    let problem = match arguments.input.project() {
        Err(Failure::Usage(problem)) => problem,
        _ => String::new(),
    };
    match missing[..] {
        [] => Failure::Usage(problem),
        _ => Failure::Usage(format!(
            "there is {}, and it can't be a git revision of a document, since {}",
            missing.join(" and "),
            problem.replacen("there is", "there is also", 1)
        )),
    }
}
