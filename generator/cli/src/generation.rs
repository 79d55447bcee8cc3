//! A crate to be generated or checked: what `generate` and `check` share.

use std::path::PathBuf;

use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::print::SourceFile;
use openapi_generator::settings::CratePer;
use openapi_generator::source::document::Document;

use crate::project::{Input, Project};
use crate::{Failure, terminal};

/// Which crate, and from what.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct CrateArguments {
    #[command(flatten)]
    pub(crate) input: Input,
    /// The folder the crate is in; by default that of `speccrate.toml`
    #[arg(long, value_name = "DIR", help_heading = "Crate")]
    pub(crate) out: Option<PathBuf>,
    /// The crate's name; by default that in its `Cargo.toml` or in `speccrate.toml`, or the document's file name
    #[arg(long, value_name = "CRATE", help_heading = "Crate")]
    pub(crate) name: Option<String>,
    /// Copy the runtime into the crate instead of depending on it
    #[arg(long, help_heading = "Crate")]
    embed_runtime: bool,
    /// Make one crate of the document, or a workspace with a crate for each group of operations
    #[arg(long, value_name = "WHAT", value_parser = crate_per, help_heading = "Crate")]
    crate_per: Option<CratePer>,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
    /// Print notes too: what is generated in full, but checked less strictly than by the server
    #[arg(long)]
    notes: bool,
}

impl CrateArguments {
    /// The crate in `folder`, as its `speccrate.toml` says.
    pub fn of_crate(folder: PathBuf) -> Self {
        Self { input: Input::of_crate(folder), ..Self::default() }
    }

    /// Settles what is generated and where.
    pub(crate) fn generation(&self) -> Result<Generation, Failure> {
        let mut project = self.input.project()?;
        project.crate_per = self.crate_per.or(project.crate_per);
        let Some(folder) = self.out.clone().or_else(|| project.folder.clone()) else {
            return Err(Failure::Usage(
                "--spec needs --out DIR, the crate's folder; or write `speccrate.toml` once with `speccrate init`"
                    .to_owned(),
            ));
        };
        project.check()?;
        let name = project.crate_name(self.name.as_deref(), &folder)?;
        let embeds = self.embed_runtime || project.embeds_runtime;
        project.embeds_runtime = embeds;
        let (deny_warnings, notes) = (self.deny_warnings, self.notes);
        Ok(Generation { project, folder, name, embeds, deny_warnings, notes })
    }
}

/// What an argument says that there is a crate for.
pub(crate) fn crate_per(text: &str) -> Result<CratePer, String> {
    CratePer::named(text).ok_or_else(|| "must be `document` or `group`".to_owned())
}

/// What was generated, in memory.
pub(crate) struct Generated {
    /// The crate's files.
    pub files: Vec<SourceFile>,
    /// The service they are for.
    pub service: Service,
}

/// A service, and the document that describes it.
#[derive(Clone)]
pub(crate) struct Service {
    /// The service.
    pub api: Api,
    /// The document.
    pub document: Document,
}

/// A crate to be generated.
pub(crate) struct Generation {
    /// The document and what of it is wanted.
    pub project: Project,
    /// The crate's folder.
    pub folder: PathBuf,
    /// Its name.
    pub name: String,
    /// Whether the crate is to contain its runtime, whatever its settings say.
    pub embeds: bool,
    deny_warnings: bool,
    notes: bool,
}

impl Generation {
    /// Generates the crate; problems are printed.
    pub fn run(&self) -> Result<Generated, Failure> {
        let spinner = terminal::spinner("generating");
        let mut diagnostics = Diagnostics::default();
        let planned = self.project.plan(&mut diagnostics).map(|planned| {
            let files =
                crate::print::print(&planned.api, &self.name, &self.folder, &planned.settings, self.embeds);
            files.map(|mut files| {
                files.push(crate::crate_folder::git_attributes());
                Generated { files, service: Service { api: planned.api, document: planned.document } }
            })
        });
        let planned = planned.transpose()?;
        spinner.finish_and_clear();
        terminal::diagnostics(&diagnostics, &self.project.spec, self.notes);
        match planned {
            Some(planned) if !(self.deny_warnings && diagnostics.has_warnings()) => Ok(planned),
            _ => Err(Failure::Failed),
        }
    }
}

/// Drops the value on another thread: to take apart what is left of a large document takes as long as a step of
/// generating from it, and nobody has to wait for it.
pub(crate) fn drop_aside<T: Send + 'static>(value: T) {
    rayon::spawn(|| drop(value));
}
