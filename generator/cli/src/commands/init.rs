//! `init`: writes `speccrate.toml`.

use std::path::{Path, PathBuf};

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::{path_between, resolved};
use openapi_generator::settings::CratePer;
use openapi_generator::source::Selection;
use toml_edit::{Array, DocumentMut, value};

use crate::config::FILE;
use crate::project::Project;
use crate::terminal::{GREEN, RESET};
use crate::{Failure, scaffold, terminal};

pub(super) const EXAMPLES: &str = "Examples:
  speccrate init --spec api.yaml                   the crate is in the current folder
  speccrate init --spec api.yaml --out client --name api-client
  speccrate init --spec orders.yaml --spec billing.yaml --out client   one client of two documents
  speccrate init --spec api.json --path '/users*'  only a part of the document
  speccrate init --spec api.yaml --scaffold        with README, changelog, licences, workflow and tests

A file that is there already is left alone.";

/// The arguments of `init`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The OpenAPI document, in YAML or JSON. Several make one client, and the first gives its names
    #[arg(long = "spec", value_name = "FILE", required_unless_present = "documents")]
    specs: Vec<PathBuf>,
    /// The same, without the name of the option
    #[arg(value_name = "FILE", conflicts_with = "specs", hide = true)]
    documents: Vec<PathBuf>,
    /// The settings; `settings.yaml` beside the document needs no mention
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// An overlay that changes the document before it is read; several are applied in their order
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// The crate's folder
    #[arg(long, visible_alias = "crate", value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// The crate's name; by default made from the document's file name
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Copy the runtime into the crate instead of depending on it
    #[arg(long)]
    embed_runtime: bool,
    /// Make one crate of the document, or a workspace with a crate for each group of operations
    #[arg(long, value_name = "WHAT", value_parser = crate::generation::crate_per)]
    crate_per: Option<CratePer>,
    /// Take only operations on matching paths, with the schemas they reach; `*` matches any text
    #[arg(long = "path", value_name = "GLOB")]
    paths: Vec<String>,
    /// Take only operations with this tag
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Take only the operation with this operationId
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// A folder above the document's; references may lead to files below it, and not only below the document's own
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Leave out operations that have errors, with a warning, instead of giving up
    #[arg(long)]
    keep_going: bool,
    /// Write `Cargo.toml`, a README, a changelog, the texts of the licences, a workflow for GitHub and a test of each
    /// operation, too. Files that are there already stay as they are
    #[arg(long)]
    scaffold: bool,
}

/// Validates the document and writes the file.
///
/// # Errors
/// The document has errors, or the file is there already.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let file = arguments.out.join(FILE);
    // A link that leads nowhere is somebody's, too.
    if std::fs::symlink_metadata(&file).is_ok() {
        return Err(Failure::Usage(format!(
            "{} is there already: edit it, or delete it first",
            terminal::shown(&file)
        )));
    }
    let project = arguments.project();
    project.check()?;
    let name = project.crate_name(arguments.name.as_deref(), &arguments.out)?;
    let mut diagnostics = Diagnostics::default();
    let planned = project.plan(&mut diagnostics);
    terminal::diagnostics(&diagnostics, &project.spec, false);
    let Some(planned) = planned else { return Err(Failure::Failed) };
    let text = arguments.text(&name)?;
    std::fs::create_dir_all(&arguments.out).map_err(cant_write(&arguments.out))?;
    std::fs::write(&file, text).map_err(cant_write(&file))?;
    let types = planned.api.models.iter().map(|model| model.types.len()).sum::<usize>();
    terminal::status(&format!(
        "{GREEN}{}{RESET}: {} and {} in {}",
        terminal::shown(&file),
        terminal::counted(planned.api.operations.len(), "operation"),
        terminal::counted(types, "type"),
        terminal::shown(&project.spec),
    ));
    if arguments.scaffold {
        scaffold::write(&project, &name, &arguments.out, arguments.embed_runtime)?;
    }
    let at = if arguments.out == Path::new(".") {
        String::new()
    } else {
        format!(" --crate {}", terminal::quoted(&terminal::shown(&arguments.out)))
    };
    terminal::status(&format!(
        "next: `speccrate generate{at}` writes the crate {name}, `speccrate check{at}` tells whether it is up to date, and \
         `speccrate diff{at}` what a change of the document means"
    ));
    Ok(())
}

impl Arguments {
    fn project(&self) -> Project {
        let mut documents = self.specs.iter().chain(&self.documents).cloned();
        Project {
            spec: documents.next().unwrap_or_default(),
            settings: self.settings.clone(),
            settings_of_config: None,
            overlays: self.overlays.clone(),
            overlays_of_config: Vec::new(),
            selection: Selection {
                paths: self.paths.clone(),
                tags: self.tags.clone(),
                operations: self.operations.clone(),
                root: self.root.clone(),
                keep_going: self.keep_going,
                overlays: Vec::new(),
                others: documents.collect(),
            },
            folder: Some(self.out.clone()),
            name: None,
            embeds_runtime: self.embed_runtime,
            crate_per: self.crate_per,
            release_tags: None,
            config: None,
        }
    }

    /// The text of the file.
    fn text(&self, name: &str) -> Result<String, Failure> {
        let project = self.project();
        let mut file = DocumentMut::new();
        let documents = project.documents().map(|document| from_folder(&self.out, document));
        let documents = documents.collect::<Result<Vec<_>, _>>()?;
        file["spec"] = match &documents[..] {
            [document] => value(document),
            several => value(several.iter().collect::<Array>()),
        };
        if let Some(settings) = &self.settings {
            file["settings"] = value(from_folder(&self.out, settings)?);
        }
        let overlays = self.overlays.iter().map(|overlay| from_folder(&self.out, overlay));
        let overlays = overlays.collect::<Result<Vec<_>, _>>()?;
        file["name"] = value(name);
        if self.embed_runtime {
            file["runtime"] = value("embedded");
        }
        if self.crate_per == Some(CratePer::Group) {
            file["crate_per"] = value("group");
        }
        let lists = [
            ("overlays", &overlays),
            ("paths", &self.paths),
            ("tags", &self.tags),
            ("operations", &self.operations),
        ];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            file[key] = value(list.iter().collect::<Array>());
        }
        if let Some(root) = &self.root {
            file["root"] = value(from_folder(&self.out, root)?);
        }
        if self.keep_going {
            file["keep_going"] = value(true);
        }
        Ok(format!("# What this crate is generated from. Paths are relative to this file.\n{file}"))
    }
}

fn cant_write(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let shown = terminal::shown(path);
    move |error| Failure::Usage(format!("can't write {shown}: {error}"))
}

/// The path of `file` as seen from `folder`: relative if they have a folder in common other than the root.
fn from_folder(folder: &Path, file: &Path) -> Result<String, Failure> {
    let path = path_between(&resolved(folder), &resolved(file));
    let path = if path.as_os_str().is_empty() { PathBuf::from(".") } else { path };
    let text = path.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
    text.ok_or_else(|| {
        Failure::Usage(format!(
            "the path {} isn't UTF-8, so {FILE} can't contain it: rename the file",
            terminal::shown(&path)
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_only_below_a_common_folder() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert_eq!(from_folder(&at("a/b"), &at("a/api.yaml")).ok().as_deref(), Some("../api.yaml"));
        assert_eq!(from_folder(&at("a"), &at("a/api.yaml")).ok().as_deref(), Some("api.yaml"));
        assert_eq!(from_folder(&at("a"), &at("a")).ok().as_deref(), Some("."));
        #[cfg(unix)]
        assert_eq!(
            from_folder(Path::new("/no/such"), Path::new("/other/api.yaml")).ok().as_deref(),
            Some("/other/api.yaml")
        );
    }
}
