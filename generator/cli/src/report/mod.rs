//! What changed between two documents, as it is told.

mod approvals;
mod causes;
mod changelog;
mod date;
mod entry;
mod fingerprint;
mod github;
mod html;
mod inert;
mod json;
mod junit;
mod markdown;
mod mates;
mod places;
mod prose;
mod sarif;
mod text;
mod version;

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diff::{self, Change, Changes, Origin, RustLevel, WireLevel};
use openapi_generator::rust::Crate;
use openapi_generator::source::document::Document;

use crate::Failure;
use crate::load::Side;
pub use approvals::{Approvals, FILE as APPROVALS_FILE};
pub use date::Date;
pub use entry::Level;
use entry::{Entry, Row, Section};
pub use inert::inert;
use places::Places;
pub use version::Version;

/// How a comparison that failed is told, in each format that is read elsewhere than on a terminal.
pub(crate) mod failed {
    pub(crate) use super::github::failed as github;
    pub(crate) use super::html::failed as html;
    pub(crate) use super::junit::failed as junit;
    pub(crate) use super::markdown::failed as markdown;
    pub(crate) use super::sarif::failed as sarif;
}

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
    approvals: Approvals,
    /// Whether only a part of the documents is compared, so that an approval may be of another part.
    is_part: bool,
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
fn compared(old: (&Document, &Api), new: (&Document, &Api)) -> Changes {
    let [old_crate, new_crate] = [old.1, new.1].map(|api| Crate::new(api, Package::new("compared")));
    diff::diff(
        diff::Side { document: old.0, krate: &old_crate },
        diff::Side { document: new.0, krate: &new_crate },
    )
}

impl Report {
    /// Compares two documents.
    pub fn new(old: Side, new: Side) -> Result<Self, Failure> {
        let nothing = "no operation matches what is asked for, in either document";
        let mut changes = match (old.client(), new.client()) {
            (Some(old), Some(new)) => compared(old, new),
            (None, Some(new)) => compared((new.0, &without_operations(new.1)), new),
            (Some(old), None) => compared(old, (old.0, &without_operations(old.1))),
            (None, None) => return Err(Failure::Usage(nothing.to_owned())),
        };
        for change in &mut changes.list {
            change.old = change.old.as_ref().map(|place| old.origin(place));
            change.new = change.new.as_ref().map(|place| new.origin(place));
        }
        Ok(Self { old, new, changes, version: None, approvals: Approvals::default(), is_part: false })
    }

    /// Judges the changes as the file of approvals says. If only a part of the documents is compared, an approval may be of
    /// another part.
    pub fn review(&mut self, approvals: Approvals, is_part: bool) {
        self.is_part = is_part;
        approvals.judge(&mut self.changes.list);
        self.approvals = approvals;
    }

    /// What is wrong with the approvals: some have ended, or approve what isn't there.
    pub fn problems(&self) -> Vec<String> {
        let changes = &self.changes.list;
        let fingerprints = fingerprint::fingerprints(changes);
        self.approvals.problems(changes, &fingerprints, Date::today(), self.is_part)
    }

    /// The worst levels that nobody has approved.
    pub fn unapproved(&self) -> Option<(WireLevel, RustLevel)> {
        let entries = self.entries(|_| true);
        let open = || entries.iter().filter(|entry| entry.approval.is_none());
        Some((open().map(Entry::wire).max()?, open().map(Entry::rust).max()?))
    }

    /// The text of the file of approvals with one more for each fingerprint.
    ///
    /// # Errors
    /// No change has the fingerprint, or the file can't be added to.
    pub fn approve(
        &self,
        text: &str,
        wanted: &[String],
        reason: &str,
        who: &str,
        until: Option<Date>,
    ) -> Result<String, String> {
        let changes = &self.changes.list;
        let fingerprints = fingerprint::fingerprints(changes);
        let find = |wanted: &String| {
            let at = fingerprints.iter().position(|fingerprint| fingerprint == wanted);
            let change = at.map(|at| &changes[at]);
            let change = change.ok_or_else(|| format!("no change has the fingerprint {wanted}"))?;
            let Origin { group, part } = &change.subject;
            let part = part.to_string();
            let part = if part.is_empty() { part } else { format!(", {part}") };
            Ok((
                wanted.clone(),
                inert(&format!("{group}{part}: {} ({})", change.message(), change.rule.id())),
            ))
        };
        let named = wanted.iter().map(find).collect::<Result<Vec<_>, String>>()?;
        approvals::with(text, &named, reason, who, until)
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
        let changes = &self.changes.list;
        let (fingerprints, today) = (fingerprint::fingerprints(changes), Date::today());
        let mut entries = Entry::all(changes, &causes, &fingerprints, told);
        for entry in &mut entries {
            entry.approve(|change, fingerprint| self.approvals.of(change, fingerprint, today));
        }
        entries
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
        let entries = self.entries(|_| true);
        let approved = entries.iter().filter(|entry| entry.approval.is_some());
        let approved: usize = approved.map(|entry| entry.everything().count()).sum();
        let approved = if approved > 0 { format!("; {approved} approved") } else { String::new() };
        format!("{} for the wire; {} for Rust callers{approved}", wire.join(", "), rust.join(", "))
    }

    fn places(&self) -> Places<'_> {
        Places::of_report(self)
    }
}

/// The service without what it does.
fn without_operations(api: &Api) -> Api {
    Api { operations: Vec::new(), models: Vec::new(), features: Vec::new(), ..api.clone() }
}

fn is_description(change: &Change) -> bool {
    change.rule.kind().name == "description-changed"
}
