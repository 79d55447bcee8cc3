//! The report for a pull request. What comes from the documents can't change its form: every sign that Markdown or
//! HTML could take for its own is written as a reference.

use openapi_generator::diff::{Change, Part};

use super::text::counted;
use super::{Entry, Places, Report};

/// How many changes are listed: a job's summary has an end.
const ENTRIES: usize = 400;
/// How many characters of a text of the document are shown.
const SHOWN: usize = 300;
/// How many items of the crate are listed for a change.
const ITEMS: usize = 6;

impl Report {
    /// The report in Markdown.
    pub fn markdown(&self, descriptions: bool) -> String {
        let places = self.places();
        let mut text = format!("## What {} changes\n\n", plain(&self.new.label));
        text.push_str(&match (self.wire(), self.rust()) {
            (Some(wire), Some(rust)) => format!(
                "Against {}: {}, **{}** for the wire, **{}** for Rust callers.\n",
                plain(&self.old.label),
                counted(self.changes.list.len(), "change"),
                wire.word(),
                rust.word()
            ),
            _ => format!("Nothing, against {}.\n", plain(&self.old.label)),
        });
        if let Some(version) = &self.version {
            let sign = if version.is_enough() == Some(false) { "❌ " } else { "" };
            let line = anstream::adapter::strip_str(&version.text()).to_string();
            text.push_str(&format!("\n{sign}{}.\n", plain(&line)));
        }
        let described = |change: &&Change| change.rule.id() == "description-changed";
        let told = self.changes.list.iter().filter(|change| descriptions || !described(change));
        let entries = Entry::all(told);
        let mut group = None;
        for entry in entries.iter().take(ENTRIES) {
            let subject = &entry.first().subject;
            if group != Some(&subject.group) {
                let title = plain(&subject.group.to_string());
                text.push_str(&format!(
                    "\n### {title}\n\n| wire | Rust | change | what to do |\n| --- | --- | --- | --- |\n"
                ));
                group = Some(&subject.group);
            }
            text.push_str(&self.row(entry, &places));
        }
        if entries.len() > ENTRIES {
            text.push_str(&format!(
                "\nAnd {} more: `cargo xtask diff` lists them all.\n",
                entries.len() - ENTRIES
            ));
        }
        let count = self.changes.list.iter().filter(described).count();
        if count > 0 && !descriptions {
            text.push_str(&format!("\n{}.\n", counted(count, "description changed")));
        }
        text
    }

    fn row(&self, entry: &Entry<'_>, places: &Places<'_>) -> String {
        let first = entry.first();
        let part = match &first.subject.part {
            Part::Whole => String::new(),
            part => format!("{}: ", plain(&part.to_string())),
        };
        let mut cell = format!("{part}{}", sentence(&first.message()));
        let place = first.new.as_ref().and_then(|place| places.new.get(place));
        let place = place.or_else(|| first.old.as_ref().and_then(|place| places.old.get(place)));
        if let Some((line, _)) = place {
            cell.push_str(&format!(" (line {line})"));
        }
        for item in first.items.iter().take(ITEMS) {
            let line = match (&item.before, &item.after) {
                (Some(before), Some(after)) => format!("{}: {before} → {after}", item.path),
                (Some(_), None) => format!("{} is gone", item.path),
                (None, after) => format!("{} is new: {}", item.path, after.as_deref().unwrap_or_default()),
            };
            cell.push_str(&format!("<br>• {}", plain(&line)));
        }
        if first.items.len() > ITEMS {
            cell.push_str(&format!("<br>• and {} more items", first.items.len() - ITEMS));
        }
        let actions = entry.changes.iter().map(|change| {
            let direction = change.rule.direction().filter(|_| entry.changes.len() > 1);
            let direction = direction.map(|direction| format!("{}: ", direction.word())).unwrap_or_default();
            format!("{direction}{} ({})", plain(change.rule.action()), change.rule.id())
        });
        let actions: Vec<String> = actions.collect();
        let rust = entry.changes.iter().map(|change| change.rust).max().unwrap_or(first.rust);
        format!("| {} | {} | {cell} | {} |\n", entry.wire().word(), rust.word(), actions.join("<br>"))
    }
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
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        if index == SHOWN {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push('\u{fffd}')
            }
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
