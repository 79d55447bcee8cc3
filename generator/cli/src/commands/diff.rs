//! `diff`: what a changed document means for the wire and for Rust callers.

use std::path::PathBuf;

use clap::ValueEnum;
use openapi_generator::diff::rules::{self, Frame, Rule};
use openapi_generator::diff::{RustLevel, WireLevel};

use crate::commands::diff_approvals::ApprovalsFile;
use crate::commands::diff_sides::{One, Sides};
use crate::git::Revision;
use crate::load::Source;
use crate::project::Input;
use crate::release::{self, Release, TagPattern};
use crate::report::{self, inert};
use crate::report::{Date, Level, Report, Telling, Version};
use crate::terminal::{RED, RESET};
use crate::{Failure, terminal};

pub(super) const EXAMPLES: &str = "Examples:
  speccrate diff                         the last commit and the working tree
  speccrate diff main                    the branch main and the working tree
  speccrate diff main...HEAD             what a branch changes
  speccrate diff v1.2 HEAD --format markdown
  speccrate diff old.yaml new.yaml --fail-on major
  speccrate diff old-client client       two crates with their speccrate.toml
  speccrate diff --approve 3f2a9c0b1d4e5f60 --reason 'Nobody sends it.'
  speccrate diff --explain request-property-removed

Exit codes: 0, compared; 1, there is what --fail-on names, or an approval that has ended or matches nothing; 2, a side can't be read.";

/// The arguments of `diff`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The old side: a file, a folder, or a git revision such as `main`, `main:api.yaml` or `main...HEAD`; by default the
    /// last commit
    pub(super) old: Option<String>,
    /// The new side: likewise; by default the document in the working tree
    pub(super) new: Option<String>,
    #[command(flatten)]
    pub(super) input: Input,
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
    /// The file of approvals; by default `diff-approvals.yaml` beside the new document
    #[arg(long, value_name = "FILE")]
    pub(super) approvals: Option<PathBuf>,
    /// Add the change with this fingerprint to the file of approvals, instead of reporting
    #[arg(long, value_name = "FINGERPRINT", requires = "reason")]
    pub(super) approve: Vec<String>,
    /// Why the change is approved
    #[arg(long, requires = "approve")]
    pub(super) reason: Option<String>,
    /// Who approves it; by default the name that git knows
    #[arg(long, requires = "approve")]
    pub(super) who: Option<String>,
    /// The last day on which the approval counts, such as 2030-12-31
    #[arg(long, value_name = "DATE", requires = "approve")]
    pub(super) until: Option<Date>,
    /// Draft the entry in the crate's changelog instead
    #[arg(long)]
    changelog: bool,
    /// Fail (exit code 1) on a change of this level or worse, or if the version isn't the one due
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Vec<FailOn>,
    /// Count the bump that is due from the last release, whose tag is called like this, with `*` in place of the version, as
    /// in `v*`; by default `release_tags` of `speccrate.toml`
    #[arg(long, value_name = "TAG", conflicts_with = "index")]
    release_tags: Option<TagPattern>,
    /// Count it from the last version in this file: the crate's in a copy of the registry's index
    #[arg(long, value_name = "FILE")]
    index: Option<PathBuf>,
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
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's XML, for test reports
    Junit,
    /// A page that stands alone
    Html,
}

impl Format {
    /// A comparison that failed, for those who see only the report.
    fn failed(self, problem: &str) -> Option<String> {
        match self {
            Self::Text | Self::Json => None,
            Self::Markdown => Some(report::failed::markdown(problem)),
            Self::Github => Some(report::failed::github(problem)),
            Self::Sarif => Some(report::failed::sarif(problem)),
            Self::Junit => Some(report::failed::junit(problem)),
            Self::Html => Some(report::failed::html(problem)),
        }
    }
}

/// What makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A change that breaks the wire and isn't approved
    Breaking,
    /// A change that breaks Rust callers and isn't approved
    Major,
    /// Any change that isn't approved
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
    let result = compare(arguments);
    if let Err(Failure::Usage(problem)) = &result
        && let Some(text) = arguments.format.failed(problem)
    {
        terminal::print(text)?;
    }
    result
}

fn compare(arguments: &Arguments) -> Result<(), Failure> {
    let (mut report, since, source) = report(arguments)?;
    let approvals = ApprovalsFile::find(arguments, &source)?;
    if !arguments.approve.is_empty() {
        return approvals.add(&report, arguments);
    }
    let Input { paths, tags, operations, .. } = &arguments.input;
    let is_part = !(paths.is_empty() && tags.is_empty() && operations.is_empty());
    report.review(approvals.approvals()?, is_part);
    let due = match since {
        Some(mut since) => {
            since.review(approvals.approvals()?, true);
            since.rust()
        }
        None => report.rust(),
    };
    if let Some(version) = &mut report.version {
        version.due = due;
    }
    if arguments.changelog {
        terminal::print(report.changelog())?;
    } else {
        let telling =
            Telling { level: arguments.level, full: arguments.full, descriptions: arguments.descriptions };
        print(&report, arguments.format, telling)?;
    }
    let problems = report.problems();
    for problem in &problems {
        terminal::tell(format_args!("{RED}error{RESET}: {}: {}", approvals.label, inert(problem)));
    }
    let open = report.unapproved();
    let fails = !problems.is_empty()
        || arguments.fail_on.iter().any(|on| match on {
            FailOn::Breaking => open.is_some_and(|(wire, _)| wire == WireLevel::Breaking),
            FailOn::Major => open.is_some_and(|(_, rust)| rust == RustLevel::Major),
            FailOn::Any => open.is_some(),
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
        Format::Github => report.github(telling),
        Format::Sarif => report.sarif(telling),
        Format::Junit => report.junit(telling),
        Format::Html => report.html(telling),
    })
}

/// The comparison, what has changed since the last release if that is another matter, and where the new document is.
fn report(arguments: &Arguments) -> Result<(Report, Option<Report>, Source), Failure> {
    let Sides { old, new } = Sides::find(arguments)?;
    let mut report = Report::new(old.load()?, new.load()?)?;
    let Some(now) = new.version() else {
        if arguments.release_tags.is_some() || arguments.index.is_some() {
            let problem = "there is no version to compare with that of the last release: say with --crate where the crate is";
            return Err(Failure::Usage(problem.to_owned()));
        }
        return Ok((report, None, new.source));
    };
    let (release, since) = match last_release(arguments, &new, &now)? {
        Some((release, Some(tagged))) => {
            let since = Report::new(new.at(tagged).load()?, new.load()?)?;
            (Some(release), Some(since))
        }
        Some((release, None)) => (Some(release), None),
        None => (None, None),
    };
    report.version = Some(Version { before: old.version_before(), now, due: None, release });
    Ok((report, since, new.source))
}

/// The last release that the arguments or `speccrate.toml` ask for, and its commit if that is known.
fn last_release(
    arguments: &Arguments,
    new: &One,
    now: &semver::Version,
) -> Result<Option<(Release, Option<Revision>)>, Failure> {
    if let Some(index) = &arguments.index {
        return Ok(Some((release::from_index(index, new.name().as_deref(), now)?, None)));
    }
    let pattern = arguments.release_tags.as_ref().or(new.release_tags.as_ref());
    pattern.map(|pattern| pattern.last(&new.revision()?)).transpose()
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
