//! What changed between two documents, as it is told.

mod causes;
mod changelog;
mod entry;
mod inert;
mod json;
mod markdown;
mod text;
mod version;

use std::collections::BTreeMap;

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::Place;
use openapi_generator::diff::{Change, Changes, RustLevel, WireLevel, diff};
use openapi_generator::rust::Crate;

use crate::Failure;
use crate::load::Side;
pub use entry::Level;
use entry::{Entry, Row, Section};
pub use version::Version;

/// A comparison to be told.
#[derive(Debug)]
pub struct Report {
    /// The old document.
    pub old: Side,
    /// The new document.
    pub new: Side,
    /// What changed.
    pub changes: Changes,
    /// The crate's version and what is due; nothing if there is no crate.
    pub version: Option<Version>,
}

/// What of a report is told, and at which length.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    /// Only changes of this level and worse ones.
    pub level: Level,
    /// Every entry and every place, however many there are.
    pub full: bool,
    /// Changed descriptions, too.
    pub descriptions: bool,
}

impl Default for Telling {
    fn default() -> Self {
        Self { level: Level::All, full: false, descriptions: false }
    }
}

/// Compares two clients; what their packages are called doesn't matter.
fn compared(old: &Api, new: &Api) -> Changes {
    let krate = |api| Crate::new(api, Package::new("compared"));
    diff(&krate(old), &krate(new))
}

impl Report {
    /// Compares two documents.
    pub fn new(old: Side, new: Side) -> Result<Self, Failure> {
        let nothing = "no operation matches what is asked for, in either document";
        let mut changes = match (&old.api, &new.api) {
            (Some(old), Some(new)) => compared(old, new),
            (None, Some(new)) => compared(&without_operations(new), new),
            (Some(old), None) => compared(old, &without_operations(old)),
            (None, None) => return Err(Failure::Usage(nothing.to_owned())),
        };
        for change in &mut changes.list {
            change.old = change.old.as_ref().map(|place| old.origin(place));
            change.new = change.new.as_ref().map(|place| new.origin(place));
        }
        Ok(Self { old, new, changes, version: None })
    }

    /// The bump that is due; nothing if nothing changed.
    pub fn rust(&self) -> Option<RustLevel> {
        self.changes.rust()
    }

    /// The worst that the wire sees.
    pub fn wire(&self) -> Option<WireLevel> {
        self.changes.wire()
    }

    /// What is to be told, by level.
    fn sections(&self, telling: Telling) -> Vec<Section<'_>> {
        let told = |change: &Change| telling.descriptions || !is_description(change);
        Section::all(self.entries(told), telling.level, telling.full)
    }

    /// The changes of one part and kind, with what follows from them.
    fn entries(&self, told: impl Fn(&Change) -> bool) -> Vec<Entry<'_>> {
        let causes = causes::causes(&self.changes.list, self.new.api.as_ref());
        Entry::all(&self.changes.list, &causes, told)
    }

    /// What is missing elsewhere because of a row.
    fn hints(&self, row: &Row<'_>) -> Vec<String> {
        let changes = row.entries.iter().map(Entry::first);
        changes.filter_map(|change| causes::missing_feature(change, self.new.api.as_ref())).collect()
    }

    /// How many descriptions changed, if they aren't listed.
    fn untold_descriptions(&self, telling: Telling) -> usize {
        match telling.descriptions {
            true => 0,
            false => self.changes.list.iter().filter(|change| is_description(change)).count(),
        }
    }

    /// How many changes there are of each level.
    fn counts(&self) -> String {
        let wire = |level| self.changes.list.iter().filter(|change| change.wire() == level).count();
        let rust = |level| self.changes.list.iter().filter(|change| change.rust == level).count();
        let wire = [WireLevel::Breaking, WireLevel::Risky, WireLevel::Compatible]
            .map(|level| format!("{} {}", wire(level), level.word()));
        let rust = [RustLevel::Major, RustLevel::Minor, RustLevel::Patch]
            .map(|level| format!("{} {}", rust(level), level.word()));
        format!("{} for the wire; {} for Rust callers", wire.join(", "), rust.join(", "))
    }

    fn places(&self) -> Places<'_> {
        let list = &self.changes.list;
        Places {
            old: self.old.places(list.iter().filter_map(|change| change.old.as_ref())),
            new: self.new.places(list.iter().filter_map(|change| change.new.as_ref())),
        }
    }
}

/// The service without what it does.
fn without_operations(api: &Api) -> Api {
    Api { operations: Vec::new(), models: Vec::new(), features: Vec::new(), ..api.clone() }
}

fn is_description(change: &Change) -> bool {
    change.rule.kind().name == "description-changed"
}

/// The lines and columns of the changes' places.
struct Places<'r> {
    old: BTreeMap<&'r Place, (usize, usize)>,
    new: BTreeMap<&'r Place, (usize, usize)>,
}

impl Places<'_> {
    /// Where a change is, in the new document if it is there: the file's name, the line and the column.
    fn of(&self, change: &Change, report: &Report) -> Option<(String, usize, usize)> {
        let at = |side: &Side, place: Option<&Place>, lines: &BTreeMap<&Place, (usize, usize)>| {
            let (line, column) = lines.get(place?)?;
            Some((side.label_of(place?), *line, *column))
        };
        at(&report.new, change.new.as_ref(), &self.new)
            .or_else(|| at(&report.old, change.old.as_ref(), &self.old))
    }
}
