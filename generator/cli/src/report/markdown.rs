//! The report for a pull request. What comes from the documents can't change its form: every sign that Markdown or
//! HTML could take for its own is written as a reference.

use super::entry::Row;
use super::inert::{inert, shortened};
use super::text::{counted, listed};
use super::{Places, Report, Telling};

/// How many rows are listed: a job's summary has an end.
const ROWS: usize = 400;
/// How many characters of a text of the document are shown.
const SHOWN: usize = 300;
/// How many items of the crate are listed for a row.
const ITEMS: usize = 6;
/// How many places are listed for a row.
const PLACES: usize = 8;

impl Report {
    /// The report in Markdown.
    pub fn markdown(&self, telling: Telling) -> String {
        let places = self.places();
        let mut text = format!("## What {} changes\n\n", plain(&self.new.label));
        text.push_str(&match (self.wire(), self.rust()) {
            (Some(wire), Some(rust)) => format!(
                "Against {}: {}, **{}** for the wire, **{}** for Rust callers.\n\n{}.\n",
                plain(&self.old.label),
                counted(self.changes.list.len(), "change"),
                wire.word(),
                rust.word(),
                self.counts()
            ),
            _ => format!("Nothing, against {}.\n", plain(&self.old.label)),
        });
        if let Some(version) = &self.version {
            let sign = if version.is_enough() == Some(false) { "❌ " } else { "" };
            let line = anstream::adapter::strip_str(&version.text()).to_string();
            text.push_str(&format!("\n{sign}{}.\n", plain(&line)));
        }
        for problem in self.problems() {
            text.push_str(&format!("\n❌ {}.\n", plain(&problem)));
        }
        let mut left = ROWS;
        let sections = self.sections(telling);
        for section in &sections {
            if left == 0 {
                break;
            }
            text.push_str(&format!(
                "\n### {}\n\n| wire | Rust | change | what to do |\n| --- | --- | --- | --- |\n",
                section.heading()
            ));
            for row in section.rows.iter().take(left) {
                text.push_str(&self.markdown_row(row, &places, telling.full));
            }
            left = left.saturating_sub(section.rows.len());
        }
        let rows: usize = sections.iter().map(|section| section.rows.len()).sum();
        if rows > ROWS {
            text.push_str(&format!("\nAnd {} more: `--format json` has them all.\n", rows - ROWS));
        }
        let count = self.untold_descriptions(telling);
        if count > 0 {
            text.push_str(&format!("\n{}.\n", counted(count, "description changed")));
        }
        text
    }

    fn markdown_row(&self, row: &Row<'_>, places: &Places<'_>, full: bool) -> String {
        let entry = row.first();
        let first = entry.first();
        let message = sentence(row.sentence());
        let mut cell = match row.entries.len() {
            1 => {
                format!("**{}**{}: {message}", plain(&first.subject.group.to_string()), plain(&entry.part()))
            }
            count => {
                let most = if full { usize::MAX } else { PLACES };
                format!("{count} × {}{message}<br>in {}", plain(&row.part()), cut(&listed(row, most), full))
            }
        };
        let place = places.of(first, self).filter(|_| row.entries.len() == 1);
        if let Some((_, line, _)) = place {
            cell.push_str(&format!(" (line {line})"));
        }
        if let Some(approval) = entry.approval {
            cell.push_str(&format!("<br>✓ {}", plain(&approval.words())));
        }
        for consequence in row.consequences() {
            cell.push_str(&format!("<br>with it: {}", sentence(&consequence)));
        }
        for hint in self.hints(row) {
            cell.push_str(&format!("<br>⚠ {}", sentence(&hint)));
        }
        let items = || row.items();
        let most = if row.entries.len() == 1 || full { ITEMS } else { 0 };
        for item in items().take(most) {
            let line = match (&item.before, &item.after) {
                (Some(before), Some(after)) => format!("{}: {before} → {after}", item.path),
                (Some(_), None) => format!("{} is gone", item.path),
                (None, after) => format!("{} is new: {}", item.path, after.as_deref().unwrap_or_default()),
            };
            cell.push_str(&format!("<br>• {}", plain(&line)));
        }
        if most > 0 && items().count() > most {
            cell.push_str(&format!("<br>• and {} more items", items().count() - most));
        }
        let actions = row.actions().into_iter().zip(&entry.changes);
        let actions: Vec<String> =
            actions.map(|(action, change)| format!("{} ({})", plain(&action), change.rule.id())).collect();
        let fingerprints = if row.entries.len() == 1 { &entry.fingerprints[..] } else { &[] };
        let codes = fingerprints.iter().map(|fingerprint| format!("<code>{fingerprint}</code>"));
        let actions: Vec<String> = actions.into_iter().chain(codes).collect();
        let (wire, rust) = (entry.wire().word(), entry.rust().word());
        format!("| {wire} | {rust} | {cell} | {} |\n", actions.join("<br>"))
    }
}

/// A comparison that failed.
pub(crate) fn failed(problem: &str) -> String {
    format!("## The documents can't be compared\n\n❌ {}\n", escaped(&inert(problem)))
}

/// A list of names, which is as long as it is if it is to be whole.
fn cut(list: &str, full: bool) -> String {
    if full { escaped(&inert(list)) } else { plain(list) }
}

/// A message, in which what stands between backticks is code.
pub(super) fn sentence(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(message);
    }
    let part = |(index, part): (usize, &&str)| {
        if index % 2 == 1 { format!("<code>{}</code>", plain(part)) } else { plain(part) }
    };
    parts.iter().enumerate().map(part).collect()
}

/// Text of a document as nothing but text, in one line.
pub(super) fn plain(text: &str) -> String {
    escaped(&shortened(&inert(text), SHOWN))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '!' | '~' | '\\' | '@' | '$' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    // A bare address would be a link.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_document_is_markup() {
        let hostile = "a|b\n# <img src=x> [l](https://e.example) @team **b** \u{202e}`c`\\";
        let text = plain(hostile);
        assert!(!text.contains(['|', '<', '>', '[', ']', '@', '*', '`', '\n', '\\', '\u{202e}']), "{text}");
        assert!(!text.contains("://"), "{text}");
        assert_eq!(sentence("`a_b` is <new>"), "<code>a&#95;b</code> is &#60;new&#62;");
        assert_eq!(sentence("a ` b"), "a &#96; b");
        assert_eq!(plain(&"x".repeat(1000)).chars().count(), SHOWN + 1);
    }
}
