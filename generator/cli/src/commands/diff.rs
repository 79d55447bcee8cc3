//! `diff`: what a changed document means for the wire and for Rust callers.

use std::path::PathBuf;

use clap::ValueEnum;
use openapi_generator::diff::rules::{self, Frame, Rule};
use openapi_generator::diff::{RustLevel, WireLevel};
use openapi_generator::source::Selection;

use crate::Failure;
use crate::changes::{Report, Version};
use crate::side::{Loading, Source};

pub const EXAMPLES: &str = "Examples:
  cargo xtask diff                          the last commit against the working tree
  cargo xtask diff main                     the branch main against the working tree
  cargo xtask diff v1.2 HEAD --format markdown
  cargo xtask diff old.yaml new.yaml --fail-on major
  cargo xtask diff --explain request-property-removed

Exit codes: 0, compared; 1, what --fail-on names is there; 2, a side can't be read.";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The old side: a file or a git revision; the last commit if it isn't given
    old: Option<String>,
    /// The new side: a file or a git revision; the document in the working tree if it isn't given
    new: Option<String>,
    /// The document, where a side is a revision or isn't given
    #[arg(long, value_name = "FILE", default_value = "spec/connections.yaml")]
    spec: PathBuf,
    /// The settings for both sides; those beside each document, if any, else
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The generated crate's folder, for its version
    #[arg(long = "crate", value_name = "DIR", default_value = "generated")]
    out: PathBuf,
    /// The form of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Compares only operations on paths that match, with the schemas they reach; `*` stands for any text
    #[arg(long = "path", value_name = "GLOB")]
    paths: Vec<String>,
    /// Compares only operations with this tag
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Lists changed descriptions too
    #[arg(long)]
    descriptions: bool,
    /// Drafts the entry in the generated crate's changelog instead
    #[arg(long)]
    changelog: bool,
    /// Fails (exit code 1) on a change of this level or worse, or if the version isn't the one due
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Vec<FailOn>,
    /// Explains a rule
    #[arg(long, value_name = "RULE", conflicts_with_all = ["old", "rules"])]
    explain: Option<String>,
    /// Lists all rules
    #[arg(long, conflicts_with = "old")]
    rules: bool,
}

/// The form of a report.
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

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.rules {
        list();
        return Ok(());
    }
    if let Some(id) = &arguments.explain {
        return explain(id);
    }
    let report = report(arguments)?;
    if arguments.changelog {
        print!("{}", report.changelog());
    } else {
        print(&report, arguments.format, arguments.descriptions);
    }
    let fails = arguments.fail_on.iter().any(|on| match on {
        FailOn::Breaking => report.wire() == Some(WireLevel::Breaking),
        FailOn::Major => report.rust() == Some(RustLevel::Major),
        FailOn::Any => !report.changes.list.is_empty(),
        FailOn::MissingBump => report.version.as_ref().and_then(Version::is_enough) == Some(false),
    });
    if fails { Err(Failure::Failed) } else { Ok(()) }
}

/// Prints a report in a form.
pub fn print(report: &Report, format: Format, descriptions: bool) {
    match format {
        Format::Text => anstream::print!("{}", report.text(descriptions)),
        Format::Markdown => print!("{}", report.markdown(descriptions)),
        Format::Json => print!("{}", report.json()),
    }
}

fn report(arguments: &Arguments) -> Result<Report, Failure> {
    let spec = super::resolve(&arguments.spec, "spec/connections.yaml");
    let old = Source::find(arguments.old.as_deref().unwrap_or("HEAD"), &spec)?;
    let new = match &arguments.new {
        Some(text) => Source::find(text, &spec)?,
        None => Source::File(spec.clone()),
    };
    let selection =
        Selection { paths: arguments.paths.clone(), tags: arguments.tags.clone(), operations: Vec::new() };
    let loading = Loading { selection, settings: arguments.settings.clone(), without: Vec::new() };
    let mut report = Report::new(loading.load(&old)?, loading.load(&new)?)?;
    let manifest = super::resolve(&arguments.out, "generated").join("Cargo.toml");
    let version = |source: &Source| {
        let text = source.text(&manifest)?;
        crate::manifest::version(&text)?.parse::<semver::Version>().ok()
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

fn list() {
    for rule in rules::rules() {
        println!(
            "{:48} {:10} {:10} {:5}  {}",
            rule.id(),
            rule.kind().area.word(),
            rule.wire().word(),
            rule.kind().rust.word(),
            rule.kind().wording
        );
    }
}

fn explain(id: &str) -> Result<(), Failure> {
    let Some(rule) = rules::rules().find(|rule| rule.id() == id) else {
        let near = |rule: &Rule| strsim::jaro_winkler(&rule.id(), id);
        let nearest = rules::rules().max_by(|a, b| near(a).total_cmp(&near(b)));
        let hint = nearest.map(|rule| format!("; did you mean {}?", rule.id())).unwrap_or_default();
        return Err(Failure::Usage(format!("there is no rule {id:?}{hint} --rules lists them")));
    };
    let kind = rule.kind();
    println!("{}: {}\n", rule.id(), kind.wording);
    println!("For the wire: {}. For Rust callers: at most {}.", rule.wire().word(), kind.rust.word());
    println!("\n{}\n\nWhat to do: {}", kind.explanation, rule.action());
    if let Some(why) = rule.why_one_sided() {
        println!("\nThe other direction has no such rule: {why}");
    }
    let what = match kind.example.frame {
        Frame::Schema | Frame::BothWays | Frame::ResponseSchema => "the schema of a body",
        Frame::Operation => "an operation",
        Frame::Document => "the document",
        Frame::Settings => "the settings",
        Frame::Large => "the paths of a large document",
    };
    println!("\nExample, {what}:\n- {}\n+ {}", kind.example.old, kind.example.new);
    Ok(())
}
