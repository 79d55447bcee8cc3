//! Changes as they are listed: those that differ in direction alone are one entry, and entries with one cause one row.

use std::collections::{BTreeMap, BTreeSet};

use openapi_generator::diff::rules::{Area, Kind};
use openapi_generator::diff::{Change, ItemLine, Part, RustLevel, WireLevel};

use super::approvals::Approval;

/// Changes of one part that differ in direction alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry<'r> {
    pub(super) changes: Vec<&'r Change>,
    /// What they are called in the file of approvals.
    pub(super) fingerprints: Vec<String>,
    /// The approval of the first, if all of them are approved.
    pub(super) approval: Option<&'r Approval>,
    /// What follows from them.
    pub(super) consequences: Vec<&'r Change>,
}

impl<'r> Entry<'r> {
    /// The changes in order, those of one kind and part as one entry, with what follows from each.
    pub(super) fn all(
        changes: &'r [Change],
        causes: &[Option<usize>],
        fingerprints: &[String],
        told: impl Fn(&Change) -> bool,
    ) -> Vec<Self> {
        let mut entries: Vec<Self> = Vec::new();
        let mut of_change: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, change) in changes.iter().enumerate() {
            if causes[index].is_some() || !told(change) {
                continue;
            }
            let same = |entry: &Self| {
                let first = entry.first();
                std::ptr::eq(first.rule.kind(), change.rule.kind())
                    && first.subject == change.subject
                    && first.arguments == change.arguments
            };
            let near = entries.len().saturating_sub(8);
            let at = entries.iter().skip(near).rposition(same).map(|at| at + near);
            let at = at.unwrap_or_else(|| {
                entries.push(Self::default());
                entries.len() - 1
            });
            entries[at].changes.push(change);
            entries[at].fingerprints.push(fingerprints[index].clone());
            of_change.insert(index, at);
        }
        for (change, cause) in changes.iter().zip(causes) {
            if let Some(at) = cause.and_then(|cause| of_change.get(&cause)) {
                entries[*at].consequences.push(change);
            }
        }
        entries
    }

    /// Finds its approval; who approves a cause accepts what follows from it.
    pub(super) fn approve(&mut self, of: impl Fn(&Change, &str) -> Option<&'r Approval>) {
        let each = self.changes.iter().zip(&self.fingerprints);
        let found: Option<Vec<_>> = each.map(|(change, fingerprint)| of(change, fingerprint)).collect();
        self.approval = found.and_then(|found| found.first().copied());
    }

    /// The changes, and what follows from them.
    pub(super) fn everything(&self) -> impl Iterator<Item = &'r Change> {
        self.changes.iter().chain(&self.consequences).copied()
    }

    pub(super) fn first(&self) -> &'r Change {
        self.changes[0]
    }

    pub(super) fn kind(&self) -> &'static Kind {
        self.first().rule.kind()
    }

    pub(super) fn wire(&self) -> WireLevel {
        self.changes.iter().map(|change| change.wire()).max().unwrap_or(WireLevel::Compatible)
    }

    pub(super) fn rust(&self) -> RustLevel {
        self.everything().map(|change| change.rust).max().unwrap_or(RustLevel::Patch)
    }

    pub(super) fn level(&self) -> Level {
        match (self.wire(), self.rust()) {
            (WireLevel::Breaking, _) => Level::Breaking,
            (WireLevel::Risky, _) => Level::Risky,
            (_, RustLevel::Major) => Level::Major,
            _ => Level::All,
        }
    }

    /// The ids of the rules.
    pub(super) fn rules(&self) -> String {
        self.changes.iter().map(|change| change.rule.id()).collect::<Vec<_>>().join(", ")
    }

    /// The part, as the beginning of a sentence about it.
    pub(super) fn part(&self) -> String {
        match &self.first().subject.part {
            Part::Whole => String::new(),
            part => format!(", {part}"),
        }
    }
}

/// How much a change asks of its reviewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Level {
    /// What breaks the wire
    Breaking,
    /// Also what is risky on the wire
    Risky,
    /// Also what breaks Rust callers alone
    Major,
    /// Everything
    All,
}

impl Level {
    /// The levels, the worst first.
    const ORDER: [Self; 4] = [Self::Breaking, Self::Risky, Self::Major, Self::All];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaks the wire",
            Self::Risky => "Risky on the wire",
            Self::Major => "Breaks Rust callers",
            Self::All => "Other changes",
        }
    }

    /// How many rows a section may have before entries of one kind become one row.
    fn rows(self) -> usize {
        match self {
            Self::Breaking | Self::Risky | Self::Major => 16,
            Self::All => 0,
        }
    }
}

/// Entries of one level.
#[derive(Debug)]
pub(super) struct Section<'r> {
    pub(super) level: Level,
    pub(super) rows: Vec<Row<'r>>,
}

/// Entries that are told in one sentence.
#[derive(Debug)]
pub(super) struct Row<'r> {
    /// The sentence.
    pub(super) message: String,
    /// At least one, all of a level.
    pub(super) entries: Vec<Entry<'r>>,
    /// Whether the sentence leaves out what is different in each entry.
    pub(super) has_names_below: bool,
}

/// How many rows of a kind are worth one, whose places are listed below it.
const FEW: usize = 3;
/// How many rows fit the first screen if each is a line.
const SCREEN: usize = 34;
/// How long a value may be that is told with its place.
const SHORT: usize = 40;

impl<'r> Section<'r> {
    /// The entries by level, the worst first, and within a level by what causes them. Unless the report is to be
    /// `full`, entries of one kind are one row where there would be too many.
    pub(super) fn all(entries: Vec<Entry<'r>>, least: Level, full: bool) -> Vec<Self> {
        let mut by_level: BTreeMap<Level, Vec<Entry<'r>>> = BTreeMap::new();
        for entry in entries {
            by_level.entry(entry.level()).or_default().push(entry);
        }
        let wanted = Level::ORDER.into_iter().filter(|level| *level <= least);
        let section = |level| {
            let rows = by_cause(by_level.remove(&level)?);
            // Two of a kind are one if what there is would be longer than a screen otherwise.
            let folded = |rows| by_kind(by_kind(rows, level.rows(), FEW), SCREEN, 2);
            let mut rows = if full { rows } else { folded(rows) };
            // What is approved needs no more attention.
            rows.sort_by_key(|row| row.first().approval.is_some());
            Some(Self { level, rows })
        };
        wanted.filter_map(section).collect()
    }

    /// How many changes there are.
    pub(super) fn changes(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.entries).map(|entry| entry.everything().count()).sum()
    }
}

/// What tells one cause from another: the rules, what they say, and of which part.
type Cause = (*const Kind, WireLevel, RustLevel, String, String, Option<String>);

/// What rows that become one have in common.
type OfKind = (*const Kind, WireLevel, RustLevel, Option<String>);

/// Entries that say the same about a part of the same name are one row: it is one trait, or one decision.
fn by_cause(entries: Vec<Entry<'_>>) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut known: BTreeMap<Cause, usize> = BTreeMap::new();
    for entry in entries {
        // An item of the crate has a name of its own, but what happened to it can have happened to others, too.
        let is_item = entry.kind().area == Area::Rust;
        let message = if is_item { entry.first().message_of_many() } else { entry.first().message() };
        let part = if is_item { String::new() } else { entry.part() };
        let approved = entry.approval.map(Approval::words);
        let cause = (std::ptr::from_ref(entry.kind()), entry.wire(), entry.rust(), part, message, approved);
        match known.get(&cause) {
            Some(index) => {
                let row = &mut rows[*index];
                row.message.clone_from(&cause.4);
                row.has_names_below = is_item;
                row.entries.push(entry);
            }
            None => {
                known.insert(cause, rows.len());
                let message = entry.first().message();
                rows.push(Row { message, entries: vec![entry], has_names_below: false });
            }
        }
    }
    rows
}

/// As few rows as `most`, if rows of one kind together make so few, where there are at least `few`; the kind with the most rows
/// comes first.
fn by_kind(rows: Vec<Row<'_>>, most: usize, few: usize) -> Vec<Row<'_>> {
    let mut counts: BTreeMap<OfKind, usize> = BTreeMap::new();
    for row in &rows {
        *counts.entry(row.kind()).or_default() += 1;
    }
    let mut folded: Vec<_> = counts.into_iter().filter(|(_, count)| *count >= few).collect();
    // Those of one count are in the order in which they are met, which doesn't depend on addresses.
    folded.sort_by_key(|(kind, count)| {
        (std::cmp::Reverse(*count), rows.iter().position(|row| row.kind() == *kind))
    });
    let mut left = rows.len();
    let needed = folded.iter().take_while(|(_, count)| {
        let needed = left > most;
        left = if needed { left + 1 - count } else { left };
        needed
    });
    let needed: Vec<_> = needed.map(|(kind, _)| kind.clone()).collect();
    let mut out: Vec<Row<'_>> = Vec::new();
    let mut at: BTreeMap<_, usize> = BTreeMap::new();
    for row in rows {
        let kind = row.kind();
        match at.get(&kind) {
            Some(index) => {
                let first: &mut Row<'_> = &mut out[*index];
                first.message = row.first().kind().sentence();
                first.has_names_below = true;
                first.entries.extend(row.entries);
            }
            None if needed.contains(&kind) => {
                at.insert(kind, out.len());
                out.push(row);
            }
            None => out.push(row),
        }
    }
    out
}

impl<'r> Row<'r> {
    pub(super) fn first(&self) -> &Entry<'r> {
        &self.entries[0]
    }

    fn kind(&self) -> OfKind {
        let first = self.first();
        (std::ptr::from_ref(first.kind()), first.wire(), first.rust(), first.approval.map(Approval::words))
    }

    /// What each entry is called in a list below the sentence.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.entries.iter().map(|entry| {
            let first = entry.first();
            match first.arguments.get("function").or_else(|| first.arguments.get("name")) {
                Some(item) if self.has_names_below && entry.kind().area == Area::Rust => item.clone(),
                _ if self.has_names_below => {
                    let place = format!("{}{}", first.subject.group, entry.part());
                    let more = values(first).or_else(|| name_beside(&place, first)).unwrap_or_default();
                    format!("{place}{more}")
                }
                _ => first.subject.group.to_string(),
            }
        })
    }

    /// What the sentence is about, unless it is in the list below.
    pub(super) fn part(&self) -> String {
        let part = &self.first().first().subject.part;
        match part {
            Part::Whole => String::new(),
            _ if self.has_names_below => String::new(),
            part => format!("{part}: "),
        }
    }

    /// The sentence without what stands before it anyway.
    pub(super) fn sentence(&self) -> &str {
        let subject = &self.first().first().subject;
        let name = match &subject.part {
            Part::Whole => format!("{}: ", subject.group),
            Part::Property(name) | Part::Parameter(_, name) | Part::Header(name) => format!("`{name}`: "),
            _ => return &self.message,
        };
        self.message.strip_prefix(&name).filter(|_| !self.has_names_below).unwrap_or(&self.message)
    }

    /// What to do, for each direction if there are several.
    pub(super) fn actions(&self) -> Vec<String> {
        let changes = &self.first().changes;
        let action = |change: &&Change| {
            let direction = change.rule.direction().filter(|_| changes.len() > 1);
            let direction = direction.map(|direction| format!("{}: ", direction.word())).unwrap_or_default();
            format!("{direction}{}", change.rule.action())
        };
        changes.iter().map(action).collect()
    }

    /// What follows, without what the items below say anyway.
    pub(super) fn consequences_besides_items(&self) -> Vec<String> {
        self.consequences_of(|change, count| count > 1 || change.rule.kind().area != Area::Rust)
    }

    /// The items of the crate that it changes, without those that are but compiled with other features.
    pub(super) fn items(&self) -> impl Iterator<Item = &'r ItemLine> {
        let changes = self
            .entries
            .iter()
            .flat_map(|entry| std::iter::once(entry.first()).chain(entry.consequences.iter().copied()));
        let mut known = BTreeSet::new();
        // Changes of one part share their items.
        let each = changes.filter(move |change| !is_gate(change) && known.insert(change.items.as_ptr()));
        each.flat_map(|change| change.items.iter())
    }

    /// What follows, each with how often.
    pub(super) fn consequences(&self) -> Vec<String> {
        self.consequences_of(|_, _| true)
    }

    fn consequences_of(&self, told: impl Fn(&Change, usize) -> bool) -> Vec<String> {
        let mut counts: Vec<(String, &Change, usize)> = Vec::new();
        let mut known: BTreeMap<(*const Kind, Option<String>), usize> = BTreeMap::new();
        let several = self.entries.len() > 1;
        for change in self.entries.iter().flat_map(|entry| &entry.consequences) {
            let kind = change.rule.kind();
            let message = if is_gate(change) { change.message_of_many() } else { change.message() };
            // What follows in many places is told by kind, if it isn't the same everywhere.
            let own = (!several).then(|| message.clone());
            let at = *known.entry((std::ptr::from_ref(kind), own)).or_insert_with(|| {
                counts.push((message.clone(), change, 0));
                counts.len() - 1
            });
            counts[at].2 += 1;
            if counts[at].0 != message {
                counts[at].0 = kind.sentence();
            }
        }
        let counted = |(message, _, count)| if count > 1 { format!("{count} × {message}") } else { message };
        counts.into_iter().filter(|(_, change, count)| told(change, *count)).map(counted).collect()
    }
}

/// The old value and the new one of a change whose sentence has both, if they are short.
fn values(change: &Change) -> Option<String> {
    let (before, after) = change.before.as_ref().zip(change.after.as_ref())?;
    let wording = change.rule.kind().wording;
    let has_both = wording.contains("{before}") && wording.contains("{after}");
    let is_short = |text: &String| text.chars().count() <= SHORT;
    let is_name = change.subject.part == Part::Whole && change.subject.group.to_string() == *after;
    match has_both && is_short(before) && is_short(after) {
        true if is_name => Some(format!(" (was {before})")),
        true => Some(format!(" ({before} → {after})")),
        false => None,
    }
}

/// The name in the sentence, such as that of a media type, unless the `place` has it.
fn name_beside(place: &str, change: &Change) -> Option<String> {
    let name = change.arguments.get("name").filter(|_| change.rule.kind().wording.contains("{name}"))?;
    let is_told = place.contains(name.trim_matches('`'));
    (!is_told && name.chars().count() <= SHORT).then(|| format!(" ({name})"))
}

fn is_gate(change: &Change) -> bool {
    change.rule.kind().name.starts_with("gate-")
}
