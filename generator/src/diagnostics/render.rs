//! Diagnostics as text for a terminal.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};

use super::codes::{self, Code};
use super::report::{Diagnostic, Diagnostics};
use super::severity::Severity;
use crate::text::{is_invisible, nearest};

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Printing {
    /// Whether to use ANSI colours.
    pub colours: bool,
    /// What becomes of the notes.
    pub notes: Notes,
}

/// What becomes of notes when diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    /// The last line counts them.
    #[default]
    Counted,
    /// They are printed and counted.
    Printed,
    /// Nothing tells of them.
    Hidden,
}

impl Diagnostics {
    /// The errors and warnings of the document at `path`, each with its place in the text, followed by a line that
    /// counts them and the notes. Empty if there are none.
    pub fn render(&self, path: &Path) -> String {
        self.render_as(path, Printing::default())
    }

    /// The same, printed as `printing` says.
    pub fn render_as(&self, path: &Path, printing: Printing) -> String {
        let folder = path.parent().unwrap_or(Path::new(""));
        self.render_with(printing, |file| {
            let inside = || if file.is_empty() { path.to_owned() } else { folder.join(file) };
            let path = self.file(file).map_or_else(inside, Path::to_owned);
            (path.display().to_string(), std::fs::read(&path).unwrap_or_default())
        })
    }

    /// The same for a document that isn't in a file.
    pub fn render_text(&self, text: &[u8], printing: Printing) -> String {
        self.render_with(printing, |file| match self.file(file) {
            Some(path) => (path.display().to_string(), std::fs::read(path).unwrap_or_default()),
            None => ("the document".to_owned(), text.to_owned()),
        })
    }

    /// The same. `read` gives the path and the bytes of each file.
    fn render_with(&self, printing: Printing, read: impl Fn(&str) -> (String, Vec<u8>)) -> String {
        let renderer = if printing.colours { Renderer::styled() } else { Renderer::plain() };
        let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in
            self.iter().filter(|d| printing.notes == Notes::Printed || d.severity() != Severity::Note)
        {
            by_file.entry(&diagnostic.place.file).or_default().push(diagnostic);
        }
        let mut text = String::new();
        for (file, diagnostics) in by_file {
            let (path, source) = read(file);
            let source = String::from_utf8_lossy(&source);
            let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
            text.push_str(&render_file(&renderer, source, &one_line(&path), diagnostics));
        }
        if let Some(summary) = self.summary(printing.notes) {
            text.push_str(&summary);
            text.push('\n');
        }
        text
    }

    /// How many diagnostics of each severity there are; `None` if there are none at all.
    fn summary(&self, notes: Notes) -> Option<String> {
        let is_counted = |severity| severity != Severity::Note || notes != Notes::Hidden;
        let count = |severity| self.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        let parts = severities.into_iter().filter(|severity| is_counted(*severity)).filter_map(|severity| {
            match (count(severity), severity.word()) {
                (0, _) => None,
                (1, word) => Some(format!("1 {word}")),
                (many, word) => Some(format!("{many} {word}s")),
            }
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

fn render_file(renderer: &Renderer, source: &str, path: &str, mut diagnostics: Vec<&Diagnostic>) -> String {
    // A missing member has no place of its own.
    let places = nearest(source, diagnostics.iter().map(|diagnostic| &*diagnostic.place.pointer));
    diagnostics
        .sort_by_key(|diagnostic| (places.get(&*diagnostic.place.pointer).copied(), (*diagnostic).clone()));
    let lines: Vec<&str> = source.lines().collect();
    let mut text = String::new();
    for (index, diagnostic) in diagnostics.into_iter().enumerate() {
        let (line, column) =
            diagnostic.mark.or_else(|| places.get(&*diagnostic.place.pointer).copied()).unwrap_or((1, 0));
        if index >= IN_FULL {
            let word = diagnostic.severity().word();
            let (code, message) = (diagnostic.code, one_line(&diagnostic.message));
            text.push_str(&format!("{path}:{line}:{}: {word}[{code}]: {message}\n", column + 1));
            continue;
        }
        let (excerpt, span) = excerpt(lines.get(line.saturating_sub(1)).unwrap_or(&""), column);
        let label = match &*diagnostic.place.pointer {
            _ if diagnostic.mark.is_some() => "here".to_owned(),
            "" => "at the top of the document".to_owned(),
            pointer => format!("at {}", shorten(&one_line(pointer), SHOWN)),
        };
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let shown = excerpt[..span.start].chars().count();
        let snippet = Snippet::source(excerpt)
            .line_start(line)
            .path(path)
            .annotation(AnnotationKind::Primary.span(span).label(label));
        let title = level.primary_title(one_line(&diagnostic.message)).id(diagnostic.code.id);
        let is_elsewhere = diagnostic.place.pointer.is_empty() && ELSEWHERE.contains(&diagnostic.code);
        let group = if is_elsewhere { Group::with_title(title) } else { title.element(snippet) };
        let group = group.element(Level::HELP.message(one_line(&diagnostic.help)));
        // The renderer counts columns within the excerpt of the line.
        let (shown, meant) =
            (format!("{path}:{line}:{}", shown + 1), format!("{path}:{line}:{}", column + 1));
        text.push_str(&renderer.render(&[group]).replacen(&shown, &meant, 1));
        text.push_str("\n\n");
    }
    text
}

/// The codes of problems with a file, the settings or the selection. Without a pointer nothing in the text causes them.
const ELSEWHERE: &[&Code] = &[
    &codes::UNREADABLE_FILE,
    &codes::INVALID_SETTINGS,
    &codes::NOTHING_SELECTED,
    &codes::UNUSED_SETTING,
    &codes::INVALID_FEATURE,
];

/// How many diagnostics of a file are printed in full. The others take one line each.
const IN_FULL: usize = 100;

/// How many characters of a line or a pointer are shown: a whole document may be on one line.
const SHOWN: usize = 160;

/// The part of `line` around `column`, and the range of the word at `column` within it.
fn excerpt(line: &str, column: usize) -> (String, Range<usize>) {
    let start = if line.chars().nth(SHOWN).is_some() { column.saturating_sub(SHOWN / 3) } else { 0 };
    let mut text = if start > 0 { "…".to_owned() } else { String::new() };
    let mut span = None;
    let mut ended = false;
    let mut characters = line.chars().enumerate().skip(start);
    for (index, c) in characters.by_ref().take(SHOWN) {
        if index == column {
            span = Some(text.len()..text.len());
        }
        ended |= index >= column && ":,".contains(c);
        text.push(visible(c));
        if let Some(span) = &mut span
            && !ended
            && !c.is_whitespace()
        {
            span.end = text.len();
        }
    }
    if characters.next().is_some() {
        text.push('…');
    }
    let end = text.len();
    (text, span.unwrap_or(end..end))
}

/// `text` on one line, without characters that would change how a terminal shows it.
fn one_line(text: &str) -> String {
    let text: String = text.replace('\n', "␊").chars().map(visible).collect();
    // A message can contain a name that is as long as the document.
    shorten(&normalize_untrusted_str(&text), 4 * SHOWN)
}

/// The character, or a sign for one that isn't seen. The renderer has signs for those of ASCII.
fn visible(c: char) -> char {
    if is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c }
}

/// `text` without its middle if it has more than `limit` characters.
fn shorten(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let start: String = text.chars().take(limit / 2).collect();
    let end: String = text.chars().skip(length - limit / 2).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_around_the_column() {
        assert_eq!(excerpt("a: b c, d", 3), ("a: b c, d".to_owned(), 3..6));
        assert_eq!(excerpt("ab", 7), ("ab".to_owned(), 2..2));
        let (text, span) = excerpt(&format!("{}x{}", "é".repeat(1000), "y".repeat(1000)), 1000);
        assert_eq!(text.chars().count(), SHOWN + 2);
        assert!(text[span].starts_with("xyy"));
        assert_eq!(one_line("a\n\u{1b}[31m\u{202e}\u{9b}2J"), "a␊␛[31m��2J");
        assert_eq!(excerpt("a\u{9b}2J: b", 0), ("a�2J: b".to_owned(), 0..6));
        assert_eq!(shorten(&"z".repeat(1000), SHOWN).chars().count(), SHOWN + 1);
    }
}
