//! A draft of the entry in the generated crate's changelog.

use openapi_generator::diff::{Change, Part, RustLevel, WireLevel};

use super::entry::{Level, Row, Section};
use super::prose::{code, prose, sentence};
use super::{Report, is_description};

/// The sections, in order.
const SECTIONS: &[&str] = &["Breaking", "Deprecated", "Added", "Changed"];
/// How many places are listed for a row.
const PLACES: usize = 8;
/// How many of the things that follow are told.
const CONSEQUENCES: usize = 3;

impl Report {
    /// The entry, in the form of a file that begins with the newest version.
    pub fn changelog(&self) -> String {
        let needed = self.version.as_ref().map(|version| {
            let needed = version.needed().unwrap_or_else(|| version.now.clone());
            needed.max(version.now.clone())
        });
        let title = needed.map_or_else(|| "Unreleased".to_owned(), |version| version.to_string());
        let mut text = format!("## {title}\n");
        let entries = self.entries(|change: &Change| !is_description(change));
        let sections = Section::all(entries, Level::All, true);
        let rows = || sections.iter().flat_map(|section| &section.rows);
        for section in SECTIONS {
            let mut lines: Vec<String> = rows().filter(|row| section_of(row) == *section).map(line).collect();
            lines.dedup();
            if !lines.is_empty() {
                text.push_str(&format!("\n### {section}\n\n{}", lines.concat()));
            }
        }
        if rows().next().is_none() {
            let what =
                if self.changes.list.is_empty() { "Nothing changed." } else { "Only descriptions changed." };
            text.push_str(&format!("\n{what}\n"));
        }
        text
    }
}

fn section_of(row: &Row<'_>) -> &'static str {
    let entry = row.first();
    let first = entry.first();
    if entry.rust() == RustLevel::Major || entry.wire() == WireLevel::Breaking {
        "Breaking"
    } else if first.rule.kind().name == "deprecated" {
        "Deprecated"
    } else if first.before.is_none() && entry.rust() == RustLevel::Minor {
        "Added"
    } else {
        "Changed"
    }
}

/// Whether the message names the part.
fn is_named_in(part: &Part, message: &str) -> bool {
    let part = part.to_string();
    let name = part.rsplit_once(' ').map_or(part.as_str(), |(_, name)| name);
    message.contains(&format!("`{name}`"))
}

fn line(row: &Row<'_>) -> String {
    let entry = row.first();
    let first = entry.first();
    let subject = match row.entries.len() {
        1 => {
            let part = match &first.subject.part {
                Part::Whole => String::new(),
                part if is_named_in(part, &row.message) => String::new(),
                part => format!(", {}", prose(&part.to_string())),
            };
            format!("{}{part}", code(&first.subject.group.to_string()))
        }
        count => {
            let names = row.names().take(PLACES).map(|name| code(&name)).collect::<Vec<_>>().join(", ");
            let more = count.saturating_sub(PLACES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{names}{more}")
        }
    };
    let wire = match entry.wire() {
        WireLevel::Compatible if entry.rust() == RustLevel::Major => " (compatible on the wire)",
        WireLevel::Compatible => "",
        WireLevel::Risky => " (risky on the wire)",
        WireLevel::Breaking => " (breaks the wire)",
    };
    let todo = entry.changes.iter().map(|change| change.rule.action()).find(|action| *action != "Nothing.");
    let todo = todo.map(|action| format!(" {}", prose(action))).unwrap_or_default();
    let consequences = row.consequences();
    let with_it = match consequences.len() {
        0 => String::new(),
        count => {
            let first = consequences.iter().take(CONSEQUENCES).map(|one| sentence(one)).collect::<Vec<_>>();
            let more = count.saturating_sub(CONSEQUENCES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(" With it: {}{more}.", first.join("; "))
        }
    };
    let approved = entry.approval.map(|approval| format!(" ({})", prose(&approval.words())));
    format!("- {subject}: {}{wire}.{todo}{with_it}{}\n", sentence(&row.message), approved.unwrap_or_default())
}
