//! The report as annotations of a GitHub workflow: one for each row, on the line of the document.

use super::entry::{Level, Row};
use super::inert::inert;
use super::text::{counted, headline, listed};
use super::{Places, Report, Telling};

/// How many places are listed for a row.
const PLACES: usize = 20;

impl Report {
    /// The report as workflow commands.
    pub fn github(&self, telling: Telling) -> String {
        let places = self.places();
        let mut text = String::new();
        for section in self.sections(telling) {
            for row in &section.rows {
                text.push_str(&self.annotation(row, section.level, &places));
            }
        }
        for problem in self.problems() {
            text.push_str(&command("error", &[("title", "approvals")], &problem));
        }
        let summary = match (self.wire(), self.rust()) {
            (Some(wire), Some(rust)) => format!(
                "{}: {} for the wire, {} for Rust callers\n{}",
                counted(self.changes.list.len(), "change"),
                wire.word(),
                rust.word(),
                self.counts()
            ),
            _ => "no changes".to_owned(),
        };
        text.push_str(&command("notice", &[("title", "speccrate diff")], &summary));
        if let Some(version) = &self.version {
            let kind = if version.is_enough() == Some(false) { "error" } else { "notice" };
            let line = anstream::adapter::strip_str(&version.text()).to_string();
            text.push_str(&command(kind, &[("title", "version")], &line));
        }
        text
    }

    fn annotation(&self, row: &Row<'_>, level: Level, places: &Places<'_>) -> String {
        let first = row.first();
        let kind = match level {
            _ if first.approval.is_some() => "notice",
            Level::Breaking => "error",
            Level::Risky | Level::Major => "warning",
            Level::All => "notice",
        };
        let mut message = headline(row);
        if row.entries.len() > 1 {
            message.push_str(&format!("\nin {}", listed(row, PLACES)));
        }
        for consequence in row.consequences().iter().take(PLACES) {
            message.push_str(&format!("\nwith it: {}", inert(consequence)));
        }
        for hint in self.hints(row) {
            message.push_str(&format!("\n{}", inert(&hint)));
        }
        for (action, fingerprint) in row.actions().iter().zip(&first.fingerprints) {
            message.push_str(&format!("\n{action} #{fingerprint}"));
        }
        if let Some(approval) = first.approval {
            message.push_str(&format!("\n{}", inert(&approval.words())));
        }
        let title = format!("{} for the wire, {} for Rust callers", first.wire().word(), first.rust().word());
        let (file, line, column) = places.shown(first.first(), self);
        let (line, column) = (line.to_string(), column.to_string());
        let properties = [("file", file.as_str()), ("line", &line), ("col", &column), ("title", &title)];
        command(kind, &properties, &message)
    }
}

/// A comparison that failed, as a workflow command.
pub(crate) fn failed(problem: &str) -> String {
    command("error", &[("title", "speccrate diff")], problem)
}

/// A workflow command: of its message and properties nothing can end it, or begin another.
fn command(kind: &str, properties: &[(&str, &str)], message: &str) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let properties = properties.iter().map(|(name, value)| format!("{name}={}", property(&inert(value))));
    let properties: Vec<String> = properties.collect();
    let lines: Vec<String> = message.lines().map(inert).collect();
    format!("::{kind} {}::{}\n", properties.join(","), data(&lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_document_is_a_command() {
        let text = command("error", &[("file", "a,line=1::b\n::stop")], "x\n::error::y%0A##[z]\r\u{1b}[0m");
        assert_eq!(
            text,
            "::error file=a%2Cline=1%3A%3Ab %3A%3Astop::x%0A::error::y%250A## [z] \u{fffd}[0m\n"
        );
        assert_eq!(text.lines().count(), 1);
    }
}
