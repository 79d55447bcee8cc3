//! `drift`: what the vendor's document says otherwise than ours.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_generator::diff::Change;
use openapi_generator::source::{self, DISCRIMINATED_BY, Origins};

use crate::commands::diff::Format;
use crate::drift::exceptions::Exceptions;
use crate::drift::{mapping, patch};
use crate::load::{Loading, Source, ours_in};
use crate::project::Input;
use crate::report::{Report, Telling};
use crate::{Failure, terminal};

pub(super) const EXAMPLES: &str = "Examples:
  speccrate drift --against vendor.yaml
  speccrate drift --against vendor.yaml --apply | git apply
  speccrate drift --against orders.yaml --against billing.yaml   where ours are two documents, too

The vendor's document is read with our settings and overlays, and restricted to our paths and those below them. The schemas that
x-discriminated-by of ours maps to are compared with those that the vendor has by the same names. Descriptions, the
title and the version are no drift, and neither is what the file of exceptions names. An exception that has become
needless fails.

Exit codes: 0, no drift, or a patch is printed; 1, there is drift; 2, a document can't be read.";

/// The arguments of `drift`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The vendor's document; several become one, as ours do
    #[arg(long, value_name = "FILE", required = true)]
    against: Vec<PathBuf>,
    #[command(flatten)]
    input: Input,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// List every place of a difference, and which items of the crate it changes
    #[arg(long)]
    full: bool,
    /// What our document says otherwise on purpose; by default `drift.yaml` beside our document
    #[arg(long, value_name = "FILE")]
    exceptions: Option<PathBuf>,
    /// Ignore this extension of ours, which the vendor can't have
    #[arg(long = "without", value_name = "EXTENSION")]
    without: Vec<String>,
    /// Print a patch that gives our document the vendor's facts: names, types and constraints
    #[arg(long)]
    apply: bool,
}

/// Text for people, and what names the document itself.
const PROSE: &[&str] = &["description-changed", "title-changed", "version-changed"];

/// Compares our document with the vendor's.
///
/// # Errors
/// There is drift, or a document can't be read.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let project = arguments.input.project()?;
    let spec = &project.spec;
    let beside = spec.with_file_name("drift.yaml");
    let exceptions = arguments.exceptions.clone().or_else(|| beside.exists().then_some(beside));
    let exceptions = exceptions.map(|path| Exceptions::load(&path)).transpose()?.unwrap_or_default();
    if !arguments.without.is_empty() && !project.selection.others.is_empty() {
        return Err(Failure::Usage(
            "--without works on one document, and ours are several: compare each with --spec FILE".to_owned(),
        ));
    }
    let Some((vendor, others)) = arguments.against.split_first() else {
        return Err(Failure::Usage("give the vendor's document with --against FILE".to_owned()));
    };
    let (ours, theirs) = (Source::File(spec.clone()), Source::File(vendor.clone()));
    // The vendor's document is read with our settings.
    let settings = project.settings_file();
    let loading = Loading {
        selection: project.selection.clone(),
        settings,
        without: arguments.without.clone(),
        overlays: project.overlays().to_vec(),
        ..Loading::default()
    };
    let mut ours = loading.read(&ours)?;
    let mut selected = loading.clone();
    selected.selection.others = others.to_vec();
    if let Some((ours, _)) = &ours.document {
        let paths = arguments.against.iter().map(|theirs| ours_in(ours, theirs));
        selected.selection.paths = paths.collect::<Result<Vec<_>, _>>()?.concat();
        if *ours.origins != Origins::default() {
            // Overlays may add paths to the vendor's document, too.
            selected.selection.paths.extend(ours.operations.iter().map(|operation| operation.path.clone()));
        }
    }
    let mut theirs = selected.read(&theirs)?;
    if let (Some((ours, _)), Some((theirs, _))) = (&mut ours.document, &mut theirs.document) {
        for place in mapping::carry_over(ours, theirs) {
            terminal::tell(format_args!(
                "not compared, since the vendor has no schema there: what {} maps to",
                place.pointer
            ));
        }
    }
    let mut report = Report::new(ours.planned()?, theirs.planned()?)?;
    let prose = |report: &Report| {
        report.changes.list.iter().filter(|change| PROSE.contains(&change.rule.id().as_str())).count()
    };
    let words = prose(&report);
    report.changes.list.retain(|change| !PROSE.contains(&change.rule.id().as_str()));
    let stale = exceptions.take_out_of(&mut report.changes);
    if arguments.apply {
        return apply(arguments, spec, vendor, &report);
    }
    let telling = Telling { full: arguments.full, ..Telling::default() };
    super::diff::print(&report, arguments.format, telling)?;
    if arguments.format != Format::Json && words > 0 {
        terminal::status(&format!("{words} texts for people differ"));
    }
    for exception in &stale {
        terminal::tell(format_args!("this exception is needless, take it out: {exception}"));
    }
    if report.changes.list.is_empty() && stale.is_empty() { Ok(()) } else { Err(Failure::Failed) }
}

/// Prints the patch. Nothing is written.
fn apply(arguments: &Arguments, spec: &Path, vendor: &Path, report: &Report) -> Result<(), Failure> {
    let read = |path: &Path| {
        let unreadable = |why: String| Failure::Usage(format!("{} can't be read: {why}", path.display()));
        let text = crate::text_file::read(path).map_err(|error| unreadable(error.to_string()))?;
        let value = source::value(text.as_bytes()).map_err(unreadable)?;
        Ok::<_, Failure>((text, value))
    };
    let ((text, ours), (_, theirs)) = (read(spec)?, read(vendor)?);
    if ours.get("swagger").is_some() != theirs.get("swagger").is_some() {
        let problem =
            "no patch leads from Swagger 2.0 to OpenAPI 3 or back: convert one of the documents first";
        return Err(Failure::Usage(problem.to_owned()));
    }
    // What stands in another file of ours has another place in the vendor's document.
    let (elsewhere, here): (Vec<&Change>, _) = report.changes.list.iter().partition(|change| {
        [&change.old, &change.new].into_iter().flatten().any(|place| !place.file.is_empty())
    });
    for place in elsewhere.iter().filter_map(|change| change.old.as_ref()).collect::<BTreeSet<_>>() {
        terminal::tell(format_args!(
            "not in the patch, since it stands in {}: {}",
            place.file, place.pointer
        ));
    }
    let changed = here.iter().flat_map(|change| [&change.old, &change.new]).flatten();
    let places: BTreeSet<String> = changed.map(|place| place.pointer.to_string()).collect();
    let own: Vec<String> = arguments.without.iter().cloned().chain([DISCRIMINATED_BY.to_owned()]).collect();
    let edits = patch::edits(&ours, &theirs, &places, &own);
    let mut new = text.clone();
    for edit in edits {
        match patch::edited(&new, std::slice::from_ref(&edit)) {
            Some(text) => new = text,
            None => {
                let (patch::Edit::Set(pointer, _) | patch::Edit::Remove(pointer)) = &edit;
                terminal::tell(format_args!(
                    "not in the patch, since it stands in one line with others: {pointer}"
                ));
            }
        }
    }
    if source::value(new.as_bytes()).is_err() {
        return Err(Failure::Usage(format!("no patch can be made of {}: edit it by hand", spec.display())));
    }
    let path = terminal::shown(spec);
    let diff = similar::TextDiff::from_lines(&text, &new);
    terminal::print(diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")))
}
