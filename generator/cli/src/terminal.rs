//! What the commands print: colours only on a terminal.

use std::path::Path;

use anstyle::{AnsiColor, Style};
use openapi_generator::diagnostics::{Diagnostics, Printing};

/// Errors, and lines that go.
pub const RED: Style = AnsiColor::Red.on_default().bold();
/// Success, and lines that come.
pub const GREEN: Style = AnsiColor::Green.on_default();
/// Places.
pub const CYAN: Style = AnsiColor::Cyan.on_default();

/// Prints the problems of the document at `path` to standard error.
pub fn diagnostics(diagnostics: &Diagnostics, path: &Path, notes: bool) {
    let printing = Printing { colours: true, notes };
    anstream::eprint!("{}", diagnostics.render_as(path, printing));
}

/// Prints a unified diff of a file to standard error.
pub fn diff(path: &str, old: &str, new: &str) {
    let diff = similar::TextDiff::from_lines(old, new);
    let text =
        diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    for line in text.lines() {
        let style = match line.as_bytes().first() {
            Some(b'-') => RED,
            Some(b'+') => GREEN,
            Some(b'@') => CYAN,
            _ => Style::new(),
        };
        anstream::eprintln!("{}{line}{}", style.render(), style.render_reset());
    }
}

/// A bar for long work on standard error, which is nothing unless that is a terminal.
pub fn progress(steps: u64, what: &'static str) -> indicatif::ProgressBar {
    let style = indicatif::ProgressStyle::with_template("{msg:12} [{bar:30}] {pos}/{len} {elapsed}");
    let bar = indicatif::ProgressBar::new(steps).with_message(what);
    match style {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    }
}
