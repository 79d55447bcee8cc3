//! The report as a page that stands alone: no script, no style or picture from elsewhere, and nothing of a document is
//! markup.

use super::entry::Row;
use super::inert::inert;
use super::text::{counted, listed};
use super::{Places, Report, Telling};

/// How many places are listed beside a row; all of them are below it.
const PLACES: usize = 8;

/// How the page looks, in light and dark and in narrow windows.
const STYLE: &str = include_str!("page.css");

/// What a browser may do with the page: nothing but show it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Report {
    /// The report as a page.
    pub fn html(&self, telling: Telling) -> String {
        let places = self.places();
        let mut body = format!("<p class=\"note\">Against {}</p>\n", escaped(&self.old.label));
        match (self.wire(), self.rust()) {
            (Some(wire), Some(rust)) => body.push_str(&format!(
                "<p>{}: {} for the wire, {} for Rust callers</p>\n<p class=\"note\">{}</p>\n",
                counted(self.changes.list.len(), "change"),
                level(wire.word()),
                level(rust.word()),
                escaped(&self.counts()),
            )),
            _ => body.push_str("<p>Nothing changed.</p>\n"),
        }
        if let Some(version) = &self.version {
            let line = anstream::adapter::strip_str(&version.text()).to_string();
            let class = if version.is_enough() == Some(false) { "breaking" } else { "note" };
            body.push_str(&format!("<p class=\"{class}\">{}</p>\n", escaped(&line)));
        }
        for problem in self.problems() {
            body.push_str(&format!("<p class=\"breaking\">{}</p>\n", escaped(&problem)));
        }
        for section in self.sections(telling) {
            body.push_str(&format!(
                "<section><details open><summary><h2>{}</h2></summary>\n<table>\n<tr><th scope=\"col\">wire</th><th \
                 scope=\"col\">Rust</th><th scope=\"col\">change</th><th scope=\"col\">what to do</th></tr>\n",
                escaped(&section.heading())
            ));
            for row in &section.rows {
                body.push_str(&self.html_row(row, &places));
            }
            body.push_str("</table>\n</details></section>\n");
        }
        let count = self.untold_descriptions(telling);
        if count > 0 {
            body.push_str(&format!("<p class=\"note\">{}</p>\n", counted(count, "description changed")));
        }
        page(&format!("What {} changes", self.new.label), &body)
    }

    fn html_row(&self, row: &Row<'_>, places: &Places<'_>) -> String {
        let first = row.first();
        let message = sentence(row.sentence());
        let mut cell = match row.entries.len() {
            1 => format!(
                "<strong>{}</strong> {}{message}",
                escaped(&first.first().subject.group.to_string()),
                escaped(&row.part())
            ),
            count => format!(
                "<strong>{count} ×</strong> {}{message}<br>in {}",
                escaped(&row.part()),
                escaped(&listed(row, PLACES))
            ),
        };
        for consequence in row.consequences() {
            cell.push_str(&format!("<br>with it: {}", sentence(&consequence)));
        }
        for hint in self.hints(row) {
            cell.push_str(&format!("<br><span class=\"hint\">{}</span>", sentence(&hint)));
        }
        if let Some(approval) = first.approval {
            cell.push_str(&format!("<br><span class=\"approved\">✓ {}</span>", escaped(&approval.words())));
        }
        let mut list = String::new();
        for (name, entry) in row.names().zip(&row.entries) {
            let place = places.of(entry.first(), self);
            let place =
                place.map(|(file, line, column)| format!(" {file}:{line}:{column}")).unwrap_or_default();
            let text = format!("{name}{place} #{}", entry.fingerprints.join(" #"));
            list.push_str(&format!("<li>{}</li>", escaped(&text)));
        }
        for item in row.items() {
            let line = match (&item.before, &item.after) {
                (Some(before), Some(after)) => format!("{}: {before} → {after}", item.path),
                (Some(_), None) => format!("{} is gone", item.path),
                (None, after) => format!("{} is new: {}", item.path, after.as_deref().unwrap_or_default()),
            };
            list.push_str(&format!("<li class=\"{}\">{}</li>", item.level.word(), escaped(&line)));
        }
        let rules = first.changes.iter().map(|change| change.rule.id());
        let action = |(action, rule): (String, String)| {
            format!("{}<br><span class=\"rule\">{rule}</span>", sentence(&action))
        };
        let actions: Vec<String> = row.actions().into_iter().zip(rules).map(action).collect();
        format!(
            "<tr><td><span class=\"label\">wire </span>{}</td><td><span class=\"label\">Rust </span>{}</td>\
             <td>{cell}<details><summary>places and items</summary><ul>{list}</ul></details></td><td>{}</td></tr>\n",
            level(first.wire().word()),
            level(first.rust().word()),
            actions.join("<br>"),
        )
    }
}

/// The name of a level in its colour.
fn level(word: &str) -> String {
    format!("<span class=\"level {word}\">{word}</span>")
}

/// A message, in which what stands between backticks is code.
fn sentence(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(message);
    }
    let part = |(index, part): (usize, &&str)| {
        if index % 2 == 1 { format!("<code>{}</code>", escaped(part)) } else { escaped(part) }
    };
    parts.iter().enumerate().map(part).collect()
}

/// A comparison that failed, as a page.
pub(crate) fn failed(problem: &str) -> String {
    page("The documents can't be compared", &format!("<p class=\"breaking\">{}</p>\n", escaped(problem)))
}

fn page(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Text as text in HTML or XML, also in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in inert(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_document_is_markup() {
        let hostile = "</title><script>a('b')</script>\" onload=\"x\u{1b}\n&amp;\u{fffe}";
        let text = escaped(hostile);
        assert!(!text.contains(['<', '>', '"', '\'', '\n', '\u{1b}', '\u{fffe}']), "{text}");
        assert!(text.contains("&amp;amp;"));
        assert!(!page(hostile, "").contains("<script>"));
        assert_eq!(sentence("`<b>` is &"), "<code>&lt;b&gt;</code> is &amp;");
        assert_eq!(sentence("a ` <"), "a ` &lt;");
    }
}
