//! A draft of the entry in the generated crate's changelog.

use openapi_generator::diff::{Change, Part, RustLevel, WireLevel};

use super::Report;
use super::entry::Entry;
use super::markdown::{plain, sentence};

/// The sections, in order.
const SECTIONS: &[&str] = &["Breaking", "Deprecated", "Added", "Changed"];

impl Report {
    /// The entry, in the form of a file that begins with the newest version.
    pub fn changelog(&self) -> String {
        let needed = self.version.as_ref().map(|version| {
            let needed = version.needed().unwrap_or_else(|| version.now.clone());
            needed.max(version.now.clone())
        });
        let title = needed.map_or_else(|| "Unreleased".to_owned(), |version| version.to_string());
        let mut text = format!("## {title}\n");
        let entries = self.entries(|change: &Change| !super::is_description(change));
        for section in SECTIONS {
            let mut lines: Vec<String> =
                entries.iter().filter(|entry| section_of(entry) == *section).map(line).collect();
            lines.dedup();
            if !lines.is_empty() {
                text.push_str(&format!("\n### {section}\n\n{}", lines.concat()));
            }
        }
        if entries.is_empty() {
            let what =
                if self.changes.list.is_empty() { "Nothing changed." } else { "Only descriptions changed." };
            text.push_str(&format!("\n{what}\n"));
        }
        text
    }
}

fn section_of(entry: &Entry<'_>) -> &'static str {
    let rust = entry.changes.iter().map(|change| change.rust).max();
    let first = entry.first();
    if rust == Some(RustLevel::Major) || entry.wire() == WireLevel::Breaking {
        "Breaking"
    } else if first.rule.id() == "deprecated" {
        "Deprecated"
    } else if first.before.is_none() && rust == Some(RustLevel::Minor) {
        "Added"
    } else {
        "Changed"
    }
}

fn line(entry: &Entry<'_>) -> String {
    let first = entry.first();
    let part = match &first.subject.part {
        Part::Whole => String::new(),
        part => format!(", {}", plain(&part.to_string())),
    };
    let todo = entry.changes.iter().map(|change| change.rule.action()).find(|action| *action != "Nothing.");
    let todo = todo.map(|action| format!(" {}", plain(action))).unwrap_or_default();
    format!("- {}{part}: {}.{todo}\n", plain(&first.subject.group.to_string()), sentence(&first.message()))
}
