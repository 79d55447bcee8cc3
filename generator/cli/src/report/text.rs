//! The report for a terminal: counts first, then what breaks, then what is risky, then the rest.

use anstyle::{AnsiColor, Style};
use openapi_generator::diff::{RustLevel, WireLevel};

use super::entry::{Entry, Row, Section};
use super::inert::inert;
use super::{Places, Report, Telling};
use crate::release::Release;
use crate::terminal::{CYAN, GREEN, RED};

const YELLOW: Style = AnsiColor::Yellow.on_default();
const BOLD: Style = Style::new().bold();

/// How many items of the crate are listed for a change.
const ITEMS: usize = 8;
/// How many places are listed for a row.
const PLACES: usize = 6;
/// How many kinds of consequences are told of a row in short.
const CONSEQUENCES: usize = 3;
/// How many rows a report may have in which each is told in detail.
const DETAILED: usize = 12;
/// How many lines the first section may have, or each of its rows is one: what breaks is on the first screen.
const SCREEN: usize = 34;
/// How many places are then listed for a row.
const FEW_PLACES: usize = 3;

/// How much is told of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    /// What to do, and which items of the crate change.
    Detailed,
    /// What has changed, where, and what follows.
    Short,
    /// What has changed, and where.
    Line,
}

impl Report {
    /// The report for a terminal, in colours.
    pub fn text(&self, telling: Telling) -> String {
        let places = self.places();
        let sections = self.sections(telling);
        let rows: usize = sections.iter().map(|section| section.rows.len()).sum();
        let told = |row: &Row<'_>, length| self.row(row, &places, length, telling.full);
        let fits = |length| {
            let first = sections.first().into_iter().flat_map(|section| &section.rows);
            first.map(|row| told(row, length).lines().count()).sum::<usize>() <= SCREEN
        };
        let detailed = telling.full || rows <= DETAILED && fits(Length::Detailed);
        let length = if detailed { Length::Detailed } else { Length::Short };
        let of_first = if detailed || fits(length) { length } else { Length::Line };
        let mut text = self.summary();
        if !self.changes.list.is_empty() {
            text.push_str(&format!("{}\n", self.counts()));
        }
        for (index, section) in sections.iter().enumerate() {
            text.push_str(&format!("\n{}\n", painted(BOLD, &section.heading())));
            for row in &section.rows {
                text.push_str(&told(row, if index == 0 { of_first } else { length }));
            }
        }
        let mut notes = Vec::new();
        let count = self.untold_descriptions(telling);
        if count > 0 {
            notes.push(format!("{}; --descriptions lists them", counted(count, "description changed")));
        }
        if !detailed {
            notes.push("--full tells each place, what to do, and which items of the crate change".to_owned());
        }
        if !notes.is_empty() {
            text.push_str(&format!("\n{}\n", notes.join("\n")));
        }
        text
    }

    fn row(&self, row: &Row<'_>, places: &Places<'_>, length: Length, full: bool) -> String {
        let detailed = length == Length::Detailed;
        let first = row.first();
        let at = |entry: &Entry<'_>| match places.of(entry.first(), self) {
            Some((file, line, column)) => format!("{file}:{line}:{column}"),
            None => String::new(),
        };
        let one = row.entries.len() == 1;
        let place = if one { at(first) } else { String::new() };
        let mut text = format!("  {} {}", levels(first), headline(row));
        if length == Length::Line {
            if !one {
                text.push_str(&format!(": {}", listed(row, FEW_PLACES)));
            }
            text.push_str(&format!("  [{}]", first.rules()));
            if let Some(approval) = first.approval {
                text.push_str(&format!("  {}", painted(GREEN, &inert(&approval.words()))));
            }
            return text + "\n";
        }
        if !detailed {
            text.push_str(&format!("  [{}]", first.rules()));
            if one {
                text.push_str(&format!("  #{}", first.fingerprints.join(" #")));
            }
            if !place.is_empty() {
                text.push_str(&format!("  {}", painted(CYAN, &place)));
            }
        }
        text.push('\n');
        if !one && full {
            for (name, entry) in row.names().zip(&row.entries) {
                let fingerprints = entry.fingerprints.join(" #");
                text.push_str(&format!(
                    "      {}  #{fingerprints}  {}\n",
                    inert(&name),
                    painted(CYAN, &at(entry))
                ));
            }
        } else if !one {
            text.push_str(&format!("      {}\n", listed(row, PLACES)));
        }
        if let Some(approval) = first.approval {
            text.push_str(&format!("      {}\n", painted(GREEN, &inert(&approval.words()))));
        }
        let with_items = detailed && (one || full);
        let consequences = if with_items { row.consequences_besides_items() } else { row.consequences() };
        let most = if detailed { usize::MAX } else { CONSEQUENCES };
        if !consequences.is_empty() {
            text.push_str(&format!("      with it: {}\n", inert(&listed_of(&consequences, most))));
        }
        for hint in self.hints(row) {
            text.push_str(&format!("      {}\n", painted(YELLOW, &inert(&hint))));
        }
        if !detailed {
            return text;
        }
        if !place.is_empty() {
            let old = first.first().old.as_ref().zip(first.first().new.as_ref());
            let old = old.and_then(|(old, _)| Some((self.old.label_of(old), places.old.get(old)?)));
            let old = old.map(|(file, (line, column))| format!("{file}:{line}:{column} -> "));
            text.push_str(&format!(
                "      {}\n",
                painted(CYAN, &format!("{}{place}", old.unwrap_or_default()))
            ));
        }
        for ((change, action), fingerprint) in
            first.changes.iter().zip(row.actions()).zip(&first.fingerprints)
        {
            let fingerprint = if one { format!("  #{fingerprint}") } else { String::new() };
            text.push_str(&format!("      [{}] {action}{fingerprint}\n", change.rule.id()));
        }
        if !with_items {
            // The list of names says enough.
            return text;
        }
        let items = || row.items();
        let shown = if full { usize::MAX } else { ITEMS };
        for item in items().take(shown) {
            let line = match (&item.before, &item.after) {
                (Some(before), Some(after)) => format!("~ {}: {before} -> {after}", item.path),
                (Some(_), None) => format!("- {}", item.path),
                (None, after) => format!("+ {}: {}", item.path, after.as_deref().unwrap_or_default()),
            };
            text.push_str(&format!("      {}\n", painted(rust_style(item.level), &inert(&line))));
        }
        let more = items().count().saturating_sub(shown);
        if more > 0 {
            text.push_str(&format!("      and {more} more\n"));
        }
        text
    }

    /// A line for each row, and the summary.
    pub fn short(&self) -> String {
        let telling = Telling { descriptions: true, ..Telling::default() };
        let mut text = String::new();
        for row in self.sections(telling).iter().flat_map(|section| &section.rows) {
            text.push_str(&format!("  {} {}\n", levels(row.first()), headline(row)));
        }
        text + &self.summary()
    }

    /// What it all comes to, in a line or two.
    pub fn summary(&self) -> String {
        let list = &self.changes.list;
        let mut text = match (self.wire(), self.rust()) {
            (Some(wire), Some(rust)) => format!(
                "{}: {} for the wire, {} for Rust callers\n",
                counted(list.len(), "change"),
                painted(wire_style(wire), wire.word()),
                painted(rust_style(rust), rust.word())
            ),
            _ => "no changes\n".to_owned(),
        };
        if let Some(version) = &self.version {
            text.push_str(&version.text());
            text.push('\n');
        }
        text
    }
}

impl Section<'_> {
    /// The level, and how much of it there is.
    pub(super) fn heading(&self) -> String {
        let (changes, rows) = (self.changes(), self.rows.len());
        let rows = if rows < changes { format!(" in {}", counted(rows, "row")) } else { String::new() };
        format!("{}: {}{rows}", self.level.title(), counted(changes, "change"))
    }
}

/// A row in a line, without its levels.
pub(super) fn headline(row: &Row<'_>) -> String {
    let first = row.first();
    let text = match row.entries.len() {
        1 => format!("{}{}: {}", first.first().subject.group, first.part(), row.sentence()),
        count => format!("{count} × {}{}", row.part(), row.sentence()),
    };
    inert(&text)
}

/// The first names of a row's entries, and how many more there are.
pub(super) fn listed(row: &Row<'_>, most: usize) -> String {
    inert(&listed_of(&row.names().collect::<Vec<_>>(), most))
}

fn listed_of(names: &[String], most: usize) -> String {
    let more = names.len().saturating_sub(most);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", names[..names.len().min(most)].join("; "))
}

fn levels(entry: &Entry<'_>) -> String {
    let (wire, rust) = (entry.wire(), entry.rust());
    let wire = painted(wire_style(wire), &format!("{:10}", wire.word()));
    format!("{wire} {} ", painted(rust_style(rust), &format!("{:5}", rust.word())))
}

impl super::Version {
    /// Whether the version is what it has to be, in a line.
    pub fn text(&self) -> String {
        let now = &self.now;
        let (was, since) = match &self.release {
            Some(Release { version: None, source, .. }) => {
                return format!(
                    "nothing has been released ({source}), so no bump is due; the version is {now}"
                );
            }
            Some(release) => ("at the last release was", format!(" ({})", release.source)),
            None => ("was", String::new()),
        };
        let (is_enough, needed) = (self.is_enough(), self.needed());
        let due = match (self.due, is_enough, &needed) {
            (None, Some(false), Some(needed)) => {
                return painted(RED, &format!("the version is {now}, and {was} {needed}{since}"));
            }
            (None, ..) => return format!("no bump is due; the version is {now}"),
            (Some(level), ..) => level.word(),
        };
        match (is_enough, needed, self.base()) {
            (Some(true), ..) => {
                painted(GREEN, &format!("the bump due ({due}) is there: the version is {now}"))
            }
            (Some(false), Some(needed), Some(base)) => painted(
                RED,
                &format!(
                    "the bump due ({due}) is missing: the version {was} {base}{since}, is {now}, and has to be at least \
                     {needed}"
                ),
            ),
            _ => format!("a {due} bump is due; the version is {}, and what it was isn't known", self.now),
        }
    }
}

pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        return format!("1 {what}");
    }
    match what.split_once(' ') {
        Some((noun, rest)) => format!("{count} {noun}s {rest}"),
        None => format!("{count} {what}s"),
    }
}

fn painted(style: Style, text: &str) -> String {
    format!("{}{text}{}", style.render(), style.render_reset())
}

fn wire_style(level: WireLevel) -> Style {
    match level {
        WireLevel::Breaking => RED,
        WireLevel::Risky => YELLOW,
        WireLevel::Compatible => GREEN,
    }
}

fn rust_style(level: RustLevel) -> Style {
    match level {
        RustLevel::Major => RED,
        RustLevel::Minor => YELLOW,
        RustLevel::Patch => GREEN,
    }
}
