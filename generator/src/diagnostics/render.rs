//! Problems as text for a terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::locate::locate;
use super::{Diagnostic, Diagnostics, Severity};

impl Diagnostics {
    /// All problems of the document at `path`, each with its place in the text, and a last line that counts
    /// them; with ANSI colours. Notes are only counted. Empty if there are none.
    pub fn render(&self, path: &Path) -> String {
        let told: Vec<&Diagnostic> = self.iter().filter(|d| d.severity != Severity::Note).collect();
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in told {
            by_file.entry(&diagnostic.place.file).or_default().push(diagnostic);
        }
        let mut text = String::new();
        for (file, diagnostics) in by_file {
            let path = if file.is_empty() { path.to_owned() } else { folder.join(file) };
            let source = std::fs::read(&path).unwrap_or_default();
            text.push_str(&render_file(
                &String::from_utf8_lossy(&source),
                &path.display().to_string(),
                diagnostics,
            ));
        }
        if let Some(summary) = self.summary() {
            text.push_str(&summary);
            text.push('\n');
        }
        text
    }

    /// How many problems there are, in words; nothing if there are none worth a word.
    fn summary(&self) -> Option<String> {
        let count = |severity| self.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let words = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
        let parts = words.into_iter().filter_map(|(severity, word)| match count(severity) {
            0 => None,
            1 => Some(format!("1 {word}")),
            many => Some(format!("{many} {word}s")),
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

fn render_file(source: &str, path: &str, mut diagnostics: Vec<&Diagnostic>) -> String {
    let pointers: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| &*diagnostic.place.pointer).collect();
    // What a reference or a missing member names may have no place of its own: its parent's will do.
    let ends = |pointer: &str| -> Vec<usize> {
        pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]).rev().collect()
    };
    let asked: BTreeSet<&str> =
        pointers.iter().flat_map(|pointer| ends(pointer).into_iter().map(|end| &pointer[..end])).collect();
    let found = locate(source, &asked);
    let nearest =
        |pointer: &&str| ends(pointer).into_iter().find_map(|end| found.get(&pointer[..end]).copied());
    let places: BTreeMap<&str, (usize, usize)> =
        pointers.iter().filter_map(|pointer| Some((*pointer, nearest(pointer)?))).collect();
    diagnostics
        .sort_by_key(|diagnostic| (places.get(&*diagnostic.place.pointer).copied(), (*diagnostic).clone()));
    let renderer = Renderer::styled();
    let mut text = String::new();
    for diagnostic in diagnostics {
        let (line, column) =
            diagnostic.mark.or_else(|| places.get(&*diagnostic.place.pointer).copied()).unwrap_or((1, 0));
        let excerpt = source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let start: usize = excerpt.chars().take(column).map(char::len_utf8).sum();
        let width: usize =
            excerpt[start..].chars().take_while(|c| !":,".contains(*c)).map(char::len_utf8).sum();
        let pointer =
            if diagnostic.place.pointer.is_empty() { "the document" } else { &diagnostic.place.pointer };
        let level = if diagnostic.severity == Severity::Error { Level::ERROR } else { Level::WARNING };
        let snippet = Snippet::source(excerpt)
            .line_start(line)
            .annotation(AnnotationKind::Primary.span(start..start + width).label(format!("at {pointer}")));
        let group: Group<'_> = level
            .primary_title(diagnostic.message.clone())
            .id(diagnostic.code)
            .element(snippet.path(path))
            .element(Level::HELP.message(diagnostic.help.clone()));
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text
}
