//! `diff`: what a changed document means for the wire and for Rust callers.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use openapi_generator::diff::rules::{self, Frame, Rule};
use openapi_generator::diff::{RustLevel, WireLevel};

use crate::load::{Loading, Source};
use crate::project::Input;
use crate::report::{Level, Report, Telling, Version};
use crate::{Failure, terminal};

pub(super) const EXAMPLES: &str = "Examples:
  speccrate diff                         the last commit and the working tree
  speccrate diff main                    the branch main and the working tree
  speccrate diff v1.2 HEAD --format markdown
  speccrate diff old.yaml new.yaml --fail-on major
  speccrate diff --explain request-property-removed

Exit codes: 0, compared; 1, there is what --fail-on names; 2, a side can't be read.";

/// The arguments of `diff`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The old side: a file or a git revision; by default the last commit
    old: Option<String>,
    /// The new side: a file or a git revision; by default the document in the working tree
    new: Option<String>,
    #[command(flatten)]
    input: Input,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// List changed descriptions too
    #[arg(long)]
    descriptions: bool,
    /// List only changes of this level and worse ones
    #[arg(long, value_enum, default_value = "all")]
    level: Level,
    /// List every place of a change, what to do, and which items of the crate change
    #[arg(long)]
    full: bool,
    /// Draft the entry in the crate's changelog instead
    #[arg(long)]
    changelog: bool,
    /// Fail (exit code 1) on a change of this level or worse, or if the version isn't the one due
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Vec<FailOn>,
    /// Explain a rule
    #[arg(long, value_name = "RULE", conflicts_with_all = ["old", "rules"])]
    explain: Option<String>,
    /// List all rules
    #[arg(long, conflicts_with = "old")]
    rules: bool,
}

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    #[default]
    Text,
    /// For a pull request
    Markdown,
    /// For programs
    Json,
}

/// What makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A change that breaks the wire
    Breaking,
    /// A change that breaks Rust callers
    Major,
    /// Any change
    Any,
    /// A version that is less than the one due
    MissingBump,
}

/// Compares two versions of a document.
///
/// # Errors
/// A side can't be read, or there is what `--fail-on` names.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.rules {
        return list();
    }
    if let Some(id) = &arguments.explain {
        return explain(id);
    }
    let report = report(arguments)?;
    if arguments.changelog {
        terminal::print(report.changelog())?;
    } else {
        let telling =
            Telling { level: arguments.level, full: arguments.full, descriptions: arguments.descriptions };
        print(&report, arguments.format, telling)?;
    }
    let fails = arguments.fail_on.iter().any(|on| match on {
        FailOn::Breaking => report.wire() == Some(WireLevel::Breaking),
        FailOn::Major => report.rust() == Some(RustLevel::Major),
        FailOn::Any => !report.changes.list.is_empty(),
        FailOn::MissingBump => report.version.as_ref().and_then(Version::is_enough) == Some(false),
    });
    if fails { Err(Failure::Failed) } else { Ok(()) }
}

/// Prints a report in a format.
pub(super) fn print(report: &Report, format: Format, telling: Telling) -> Result<(), Failure> {
    terminal::print(match format {
        Format::Text => report.text(telling),
        Format::Markdown => report.markdown(telling),
        Format::Json => report.json(),
    })
}

fn report(arguments: &Arguments) -> Result<Report, Failure> {
    let is_file = |side: &Option<String>| side.as_deref().is_some_and(|side| Path::new(side).is_file());
    let project = match arguments.input.project_if_any()? {
        None if !(is_file(&arguments.old) && is_file(&arguments.new)) => return Err(no_sides(arguments)),
        project => project,
    };
    let (loading, spec, folder) = match &project {
        Some(project) => (Loading::of(project), project.spec.clone(), project.folder.clone()),
        None => (arguments.input.loading(), PathBuf::new(), None),
    };
    let old = Source::find(arguments.old.as_deref().unwrap_or("HEAD"), &spec)?;
    let new = match &arguments.new {
        Some(text) => Source::find(text, &spec)?,
        None => Source::File(spec.clone()),
    };
    let mut report = Report::new(loading.load(&old)?, loading.load(&new)?)?;
    let manifest = folder.map(|folder| folder.join("Cargo.toml"));
    let version = |source: &Source| {
        let text = source.text(manifest.as_ref()?)?;
        crate::crate_folder::manifest::version(&text)?.parse::<semver::Version>().ok()
    };
    // A file can be of any time: only a revision says which version it goes with.
    let before = match &old {
        Source::Revision(..) => version(&old),
        Source::File(_) => None,
    };
    let due = report.rust();
    report.version = version(&new).map(|now| Version { before, now, due });
    Ok(report)
}

/// Why nothing can be compared where no document is known.
fn no_sides(arguments: &Arguments) -> Failure {
    let sides = [&arguments.old, &arguments.new].into_iter().flatten();
    let missing: Vec<String> =
        sides.filter(|side| !Path::new(side).is_file()).map(|side| format!("no file {side}")).collect();
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

fn list() -> Result<(), Failure> {
    let line = |rule: Rule| {
        let (kind, wire) = (rule.kind(), rule.wire().word());
        let (area, rust) = (kind.area.word(), kind.rust.word());
        format!("{:48} {area:10} {wire:10} {rust:5}  {}\n", rule.id(), kind.wording)
    };
    terminal::print(rules::rules().map(line).collect::<String>())
}

fn explain(id: &str) -> Result<(), Failure> {
    let Some(rule) = rules::rules().find(|rule| rule.id() == id) else {
        let near = |rule: &Rule| strsim::jaro_winkler(&rule.id(), id);
        let nearest = rules::rules().max_by(|a, b| near(a).total_cmp(&near(b)));
        let hint = nearest.map(|rule| format!("; did you mean {}?", rule.id())).unwrap_or_default();
        return Err(Failure::Usage(format!("there is no rule {id:?}{hint} `--rules` lists them")));
    };
    let kind = rule.kind();
    let other = rule
        .why_one_sided()
        .map_or_else(String::new, |why| format!("The other direction has no such rule: {why}\n\n"));
    let what = match kind.example.frame {
        Frame::Schema | Frame::BothWays | Frame::ResponseSchema => "the schema of a body",
        Frame::Operation => "an operation",
        Frame::Document => "the document",
        Frame::Settings => "the settings",
        Frame::Large => "the paths of a large document",
    };
    terminal::print(format_args!(
        "{}: {}\n\nFor the wire: {}. For Rust callers: at most {}.\n\n{}\n\nWhat to do: {}\n\n{other}Example, \
         {what}:\n- {}\n+ {}\n",
        rule.id(),
        kind.wording,
        rule.wire().word(),
        kind.rust.word(),
        kind.explanation,
        rule.action(),
        kind.example.old,
        kind.example.new
    ))
}
