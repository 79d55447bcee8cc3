//! The report as a page that stands alone: no script, no style or picture from elsewhere, and nothing of a document is
//! markup.

use super::entry::Row;
use super::inert::inert;
use super::text::{counted, headline, listed};
use super::{Places, Report, Telling};

/// How many places are listed beside a row; all of them are below it.
const PLACES: usize = 8;

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;\
color:#1b1f24;background:#fff}table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #d0d7de;\
padding:.4rem .6rem;text-align:left;vertical-align:top}code,li{font-family:ui-monospace,monospace;font-size:13px;\
overflow-wrap:anywhere}.breaking,.major{color:#b42318;font-weight:600}.risky,.minor{color:#9a6700}\
.compatible,.patch{color:#1a7f37}.note{color:#57606a}.approved{color:#1a7f37}.hint{color:#9a6700}";

impl Report {
    /// The report as a page.
    pub fn html(&self, telling: Telling) -> String {
        let places = self.places();
        let mut body = format!("<p>Against {}: ", escaped(&self.old.label));
        match (self.wire(), self.rust()) {
            (Some(wire), Some(rust)) => body.push_str(&format!(
                "{}, <span class=\"{wire}\">{wire}</span> for the wire, <span class=\"{rust}\">{rust}</span> for Rust \
                 callers.</p>\n<p>{}.</p>\n",
                counted(self.changes.list.len(), "change"),
                escaped(&self.counts()),
                wire = wire.word(),
                rust = rust.word(),
            )),
            _ => body.push_str("nothing changed.</p>\n"),
        }
        if let Some(version) = &self.version {
            let line = anstream::adapter::strip_str(&version.text()).to_string();
            let class = if version.is_enough() == Some(false) { "breaking" } else { "note" };
            body.push_str(&format!("<p class=\"{class}\">{}.</p>\n", escaped(&line)));
        }
        for problem in self.problems() {
            body.push_str(&format!("<p class=\"breaking\">{}.</p>\n", escaped(&problem)));
        }
        for section in self.sections(telling) {
            body.push_str(&format!("<h2>{}</h2>\n<table>\n", escaped(&section.heading())));
            body.push_str("<tr><th>wire</th><th>Rust</th><th>change</th><th>what to do</th></tr>\n");
            for row in &section.rows {
                body.push_str(&self.html_row(row, &places));
            }
            body.push_str("</table>\n");
        }
        let count = self.untold_descriptions(telling);
        if count > 0 {
            body.push_str(&format!("<p class=\"note\">{}.</p>\n", counted(count, "description changed")));
        }
        page(&format!("What {} changes", self.new.label), &body)
    }

    fn html_row(&self, row: &Row<'_>, places: &Places<'_>) -> String {
        let first = row.first();
        let mut cell = escaped(&headline(row));
        if row.entries.len() > 1 {
            cell.push_str(&format!("<br>in {}", escaped(&listed(row, PLACES))));
        }
        for consequence in row.consequences() {
            cell.push_str(&format!("<br>with it: {}", escaped(&consequence)));
        }
        for hint in self.hints(row) {
            cell.push_str(&format!("<br><span class=\"hint\">{}</span>", escaped(&hint)));
        }
        if let Some(approval) = first.approval {
            cell.push_str(&format!("<br><span class=\"approved\">{}</span>", escaped(&approval.words())));
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
        let rules: Vec<String> = first.changes.iter().map(|change| change.rule.id()).collect();
        let actions = row.actions().into_iter().zip(rules);
        let actions: Vec<String> =
            actions.map(|(action, rule)| format!("{} <code>{rule}</code>", escaped(&action))).collect();
        format!(
            "<tr><td class=\"{wire}\">{wire}</td><td class=\"{rust}\">{rust}</td><td>{cell}<details><summary>places and \
             items</summary><ul>{list}</ul></details></td><td>{}</td></tr>\n",
            actions.join("<br>"),
            wire = first.wire().word(),
            rust = first.rust().word(),
        )
    }
}

/// A comparison that failed, as a page.
pub(crate) fn failed(problem: &str) -> String {
    page("The documents can't be compared", &format!("<p class=\"breaking\">{}</p>\n", escaped(problem)))
}

fn page(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta \
         name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
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
            // XML has no such characters.
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
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
    }
}
