//! `drift`: what the vendor's document says otherwise than ours.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_generator::source;

use crate::Failure;
use crate::changes::Report;
use crate::commands::diff::Format;
use crate::patch;
use crate::side::{Loading, Source, ours_in};

pub const EXAMPLES: &str = "Examples:
  cargo xtask drift --against vendor.yaml
  cargo xtask drift --against vendor.yaml --apply | git apply

The vendor's document is read with our settings, and restricted to our paths and those below them. Our own
extensions are left aside. Descriptions, the title and the version are no drift.

Exit codes: 0, no drift, or a patch is printed; 1, there is drift; 2, a document can't be read.";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The vendor's document
    #[arg(long, value_name = "FILE")]
    against: PathBuf,
    /// Our document
    #[arg(long, value_name = "FILE", default_value = "spec/connections.yaml")]
    spec: PathBuf,
    /// The settings; `settings.yaml` beside our document if there is one
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The form of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// An extension of ours that the vendor can't have; it is left aside
    #[arg(long = "without", value_name = "EXTENSION", default_value = "x-discriminated-by")]
    without: Vec<String>,
    /// Prints the patch that gives our document the vendor's facts: names, types and constraints
    #[arg(long)]
    apply: bool,
}

/// Text for people, and what names the document itself.
const PROSE: &[&str] = &["description-changed", "title-changed", "version-changed"];

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let spec = super::resolve(&arguments.spec, "spec/connections.yaml");
    let beside = spec.with_file_name("settings.yaml");
    let settings = arguments.settings.clone().or_else(|| beside.exists().then_some(beside));
    let (ours, theirs) = (Source::File(spec.clone()), Source::File(arguments.against.clone()));
    let loading = Loading { settings, without: arguments.without.clone(), ..Loading::default() };
    let ours = loading.load(&ours)?;
    let mut selected = loading.clone();
    selected.selection.paths = ours_in(&spec, &arguments.against)?;
    let mut report = Report::new(ours, selected.load(&theirs)?)?;
    let prose = |report: &Report| {
        report.changes.list.iter().filter(|change| PROSE.contains(&change.rule.id().as_str())).count()
    };
    let words = prose(&report);
    report.changes.list.retain(|change| !PROSE.contains(&change.rule.id().as_str()));
    if arguments.apply {
        return apply(arguments, &spec, &report);
    }
    super::diff::print(&report, arguments.format, false);
    if arguments.format != Format::Json && words > 0 {
        anstream::eprintln!("{words} texts for people differ");
    }
    if report.changes.list.is_empty() { Ok(()) } else { Err(Failure::Failed) }
}

/// Prints the patch. Nothing is written.
fn apply(arguments: &Arguments, spec: &Path, report: &Report) -> Result<(), Failure> {
    let read = |path: &Path| {
        let unreadable = |why: String| Failure::Usage(format!("{} can't be read: {why}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
        let value = source::value(text.as_bytes()).map_err(unreadable)?;
        Ok::<_, Failure>((text, value))
    };
    let ((text, ours), (_, theirs)) = (read(spec)?, read(&arguments.against)?);
    let changed = report.changes.list.iter().flat_map(|change| [&change.old, &change.new]).flatten();
    let places: BTreeSet<String> =
        changed.filter(|place| place.file.is_empty()).map(|place| place.pointer.to_string()).collect();
    let edits = patch::edits(&ours, &theirs, &places, &arguments.without);
    let mut new = text.clone();
    for edit in edits {
        match patch::edited(&new, std::slice::from_ref(&edit)) {
            Some(text) => new = text,
            None => {
                let (patch::Edit::Set(pointer, _) | patch::Edit::Remove(pointer)) = &edit;
                anstream::eprintln!("not in the patch, since it stands in one line with others: {pointer}");
            }
        }
    }
    if source::value(new.as_bytes()).is_err() {
        return Err(Failure::Usage(format!("no patch can be made of {}: edit it by hand", spec.display())));
    }
    let root = super::root();
    let path = spec.strip_prefix(&root).unwrap_or(spec).display().to_string();
    let diff = similar::TextDiff::from_lines(&text, &new);
    print!("{}", diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")));
    Ok(())
}
