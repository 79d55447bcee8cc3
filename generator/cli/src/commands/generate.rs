//! `generate`: a document in, a crate on disk.

use std::thread::JoinHandle;
use std::time::Instant;

use rayon::prelude::*;

use crate::generation::{CrateArguments, Generated, Generation, Service, drop_aside};
use crate::git::Revision;
use crate::load::{Loading, Side, Source};
use crate::project::Project;
use crate::report::Report;
use crate::terminal::{GREEN, RESET};
use crate::{Failure, crate_folder, scaffold, terminal};

pub(super) const EXAMPLES: &str = "Examples:
  speccrate generate                 the crate whose speccrate.toml is here or above
  speccrate generate --crate client --watch
  speccrate generate --check         fail if the crate is stale; the same as `speccrate check`
  speccrate generate --spec api.yaml --out ../api-client --name api-client
  speccrate generate --spec orders.yaml --spec billing.yaml --out client   one client of two documents
  speccrate generate --scaffold      with README, changelog, licences, workflow and tests, where there are none
  speccrate generate --spec api.json --out part --path '/users*' --deny-warnings";

/// The arguments of `generate`.
#[derive(clap::Args, Debug, Default)]
pub struct Arguments {
    #[command(flatten)]
    generation: CrateArguments,
    /// Write nothing; fail if the crate is stale
    #[arg(long)]
    check: bool,
    /// Write a README, a changelog, the texts of the licences, a workflow for GitHub and a test of each operation, too. Files
    /// that are there already stay as they are
    #[arg(long, conflicts_with = "check")]
    scaffold: bool,
    /// Keep running: generate again whenever the document or its settings are saved, and print what changed
    #[cfg(feature = "watch")]
    #[arg(long, conflicts_with = "check")]
    watch: bool,
}

/// Generates a crate.
///
/// # Errors
/// The document has errors, or the crate can't be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let generation = arguments.generation.generation()?;
    if arguments.check {
        return super::check::check(&generation);
    }
    // Git is asked meanwhile.
    let asked = asked_git(&generation.project);
    // On one of the pool's threads: one that waits for these would keep memory of its own.
    let before = rayon::scope(|_| once(&generation));
    if arguments.scaffold && before.is_ok() {
        scaffold::write(&generation.project, &generation.name, &generation.folder, generation.embeds)?;
    }
    #[cfg(feature = "watch")]
    if arguments.watch {
        return watch(&generation, before.ok());
    }
    let service = before?;
    match asked.map(JoinHandle::join) {
        Some(Ok(true)) | None => drop_aside(service),
        _ => bump(&generation.project, service),
    }
    Ok(())
}

/// Asks git whether the document is as in the last commit; nothing if nobody wants to know.
fn asked_git(project: &Project) -> Option<JoinHandle<bool>> {
    let project = project.clone();
    (!terminal::is_quiet())
        .then(|| std::thread::spawn(move || Revision::is_last(&project.spec, &project.inputs())))
}

/// Generates the crate and says what is different.
fn once(generation: &Generation) -> Result<Service, Failure> {
    let start = Instant::now();
    let Generated { files, service } = generation.run()?;
    let lines: usize = files.par_iter().map(|file| crate_folder::lines(&file.text)).sum();
    let changes = crate_folder::compare(&generation.folder, files)?;
    crate_folder::apply(&generation.folder, &changes)?;
    for path in &changes.stray {
        terminal::status(&format!(
            "{} isn't a generated file: `check` fails until it is moved",
            terminal::shown(path)
        ));
    }
    super::tell_left_over(&generation.folder, &changes);
    let (added, removed) = changes.lines();
    terminal::status(&format!(
        "{GREEN}{}{RESET}: {} written, {} unchanged, {} removed; {lines} lines (+{added} -{removed}) in {:.2} s",
        terminal::shown(&generation.folder),
        changes.write.len(),
        changes.unchanged,
        changes.remove.len(),
        start.elapsed().as_secs_f64()
    ));
    drop_aside(changes);
    Ok(service)
}

/// Says which bump is due since the last commit, if the document is in one.
fn bump(project: &Project, service: Service) {
    let Ok(revision) = Revision::find("HEAD", &project.spec) else { return };
    let old = Source::Revision(revision, project.spec.clone());
    let Ok(old) = Loading::of(project).load(&old) else { return };
    let new = Side::planned(terminal::shown(&project.spec), project.spec.clone(), service);
    if let Ok(report) = Report::new(old, new) {
        terminal::tell_part(format_args!("since the last commit: {}", report.summary()));
    }
}

/// Generates again whenever something is saved, until the command is stopped. A document with errors changes nothing.
#[cfg(feature = "watch")]
fn watch(generation: &Generation, mut before: Option<Service>) -> Result<(), Failure> {
    let spec = &generation.project.spec;
    let watch = crate::watch::Watch::begin(&generation.project.inputs())?;
    terminal::status(&format!("watching {}; stop with Ctrl-C", terminal::shown(spec)));
    while watch.wait() {
        let service = match once(generation) {
            Ok(service) => service,
            Err(failure) => {
                failure.print();
                continue;
            }
        };
        if let Some(old) = before.replace(service.clone()) {
            let side = |service| Side::planned(terminal::shown(spec), spec.clone(), service);
            let report = Report::new(side(old), side(service))?;
            terminal::tell_part(report.short());
        }
    }
    Ok(())
}
