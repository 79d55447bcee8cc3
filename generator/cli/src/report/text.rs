//! The report for a terminal.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};
use openapi_generator::diagnostics::Place;
use openapi_generator::diff::{Change, Part, RustLevel, WireLevel};

use super::{Entry, Places, Report};
use crate::load::Side;
use crate::terminal::{CYAN, GREEN, RED};

const YELLOW: Style = AnsiColor::Yellow.on_default();
const BOLD: Style = Style::new().bold();

/// How many items of the crate are listed for a change.
const ITEMS: usize = 8;

impl Report {
    /// The report for a terminal, in colours; `descriptions` lists changed ones too.
    pub fn text(&self, descriptions: bool) -> String {
        let places = self.places();
        let mut text = String::new();
        let described = |change: &&Change| change.rule.id() == "description-changed";
        let told = self.changes.list.iter().filter(|change| descriptions || !described(change));
        let mut group = None;
        for entry in Entry::all(told) {
            let subject = &entry.first().subject;
            if group != Some(&subject.group) {
                if group.is_some() {
                    text.push('\n');
                }
                text.push_str(&format!("{}\n", painted(BOLD, &subject.group.to_string())));
                group = Some(&subject.group);
            }
            self.entry(&entry, &places, &mut text);
        }
        if group.is_some() {
            text.push('\n');
        }
        let count = self.changes.list.iter().filter(described).count();
        if count > 0 && !descriptions {
            text.push_str(&format!("{}; --descriptions lists them\n", counted(count, "description changed")));
        }
        text.push_str(&self.summary());
        text
    }

    fn entry(&self, entry: &Entry<'_>, places: &Places<'_>, text: &mut String) {
        let first = entry.first();
        let part = match &first.subject.part {
            Part::Whole => String::new(),
            part => format!("{part}: "),
        };
        let rust = entry.changes.iter().map(|change| change.rust).max().unwrap_or(first.rust);
        text.push_str(&format!(
            "  {} {}  {part}{}\n",
            painted(wire_style(entry.wire()), &format!("{:10}", entry.wire().word())),
            painted(rust_style(rust), &format!("{:5}", rust.word())),
            first.message()
        ));
        let at = |side: &Side, place: Option<&Place>, lines: &BTreeMap<&Place, (usize, usize)>| {
            let (line, column) = lines.get(place?)?;
            Some(format!("{}:{line}:{column}", side.label_of(place?)))
        };
        let old = at(&self.old, first.old.as_ref(), &places.old);
        let new = at(&self.new, first.new.as_ref(), &places.new);
        let place: Vec<String> = old.into_iter().chain(new).collect();
        if !place.is_empty() {
            text.push_str(&format!("      {}\n", painted(CYAN, &place.join(" -> "))));
        }
        for change in &entry.changes {
            let direction = change.rule.direction().map(|direction| format!("{}: ", direction.word()));
            let direction = direction.filter(|_| entry.changes.len() > 1).unwrap_or_default();
            text.push_str(&format!("      [{}] {direction}{}\n", change.rule.id(), change.rule.action()));
        }
        for item in first.items.iter().take(ITEMS) {
            let line = match (&item.before, &item.after) {
                (Some(before), Some(after)) => format!("~ {}: {before} -> {after}", item.path),
                (Some(_), None) => format!("- {}", item.path),
                (None, after) => format!("+ {}: {}", item.path, after.as_deref().unwrap_or_default()),
            };
            text.push_str(&format!("      {}\n", painted(rust_style(item.level), &line)));
        }
        if first.items.len() > ITEMS {
            text.push_str(&format!("      and {} more items\n", first.items.len() - ITEMS));
        }
    }

    /// A line for each change, and the summary.
    pub fn short(&self) -> String {
        let line = |entry: &Entry<'_>| {
            let first = entry.first();
            let part = match &first.subject.part {
                Part::Whole => String::new(),
                part => format!(", {part}"),
            };
            let rust = entry.changes.iter().map(|change| change.rust).max().unwrap_or(first.rust);
            format!(
                "  {} {}  {}{part}: {}\n",
                painted(wire_style(entry.wire()), &format!("{:10}", entry.wire().word())),
                painted(rust_style(rust), &format!("{:5}", rust.word())),
                first.subject.group,
                first.message()
            )
        };
        let lines: String = Entry::all(self.changes.list.iter()).iter().map(line).collect();
        format!("{lines}{}", self.summary())
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

impl super::Version {
    /// Whether the version is what it has to be, in a line.
    pub fn text(&self) -> String {
        let due = match self.due {
            None => return format!("no bump is due; the version is {}", self.now),
            Some(level) => level.word(),
        };
        match (self.is_enough(), self.needed(), &self.before) {
            (Some(true), ..) => {
                painted(GREEN, &format!("the bump due ({due}) is there: the version is {}", self.now))
            }
            (Some(false), Some(needed), Some(before)) => painted(
                RED,
                &format!(
                    "the bump due ({due}) is missing: the version was {before}, is {}, and has to be at least {needed}",
                    self.now
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
