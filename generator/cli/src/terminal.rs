//! What the commands print: colours and progress only on a terminal.

use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use openapi_generator::diagnostics::{Diagnostics, Notes, Printing};

use crate::Failure;

/// Errors, and lines that go.
pub const RED: Style = AnsiColor::Red.on_default().bold();
/// Success, and lines that come.
pub const GREEN: Style = AnsiColor::Green.on_default();
/// Places.
pub const CYAN: Style = AnsiColor::Cyan.on_default();
/// The end of any of these.
pub const RESET: anstyle::Reset = anstyle::Reset;

static QUIET: AtomicBool = AtomicBool::new(false);

/// Whether only errors, warnings and what was asked for are printed.
pub fn set_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

/// Whether the command is to be quiet.
pub fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints what was asked for to standard output. A reader that has seen enough, such as `head`, isn't a failure.
///
/// # Errors
/// Standard output can't be written.
pub fn print(text: impl std::fmt::Display) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Usage(format!("can't write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a line to standard error. If that can't be written, there is nobody to tell.
pub fn tell(line: impl std::fmt::Display) {
    tell_part(format_args!("{line}\n"));
}

/// Prints text that ends its own lines to standard error.
pub fn tell_part(text: impl std::fmt::Display) {
    let _ = write!(anstream::stderr().lock(), "{text}");
}

/// Prints a line about what was done to standard error, unless the command is to be quiet.
pub fn status(line: &str) {
    if !is_quiet() {
        tell(line);
    }
}

/// A number of things, in words: `1 file`, `2 files`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The path as seen from the current folder if it is in it, otherwise as it is; without detours.
pub fn shown(path: &Path) -> String {
    let plain = straight(path);
    let path = std::env::current_dir().ok().and_then(|here| plain.strip_prefix(here).ok()).unwrap_or(&plain);
    if path.as_os_str().is_empty() { ".".to_owned() } else { path.display().to_string() }
}

/// The path without `.`, and without `a/..` unless `a` is a link, which may lead elsewhere.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        let is_detour = part == Component::ParentDir
            && matches!(straight.components().next_back(), Some(Component::Normal(_)))
            && !straight.is_symlink();
        match part {
            Component::CurDir => {}
            _ if is_detour => {
                straight.pop();
            }
            _ => straight.push(part),
        }
    }
    straight
}

/// The text as an argument of a command: in quotes if a shell would take it apart.
pub fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=\\".contains(c);
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// Prints the problems of the document at `path` to standard error.
pub fn diagnostics(diagnostics: &Diagnostics, path: &Path, notes: bool) {
    let notes = match (is_quiet(), notes) {
        (true, _) => Notes::Hidden,
        (false, true) => Notes::Printed,
        (false, false) => Notes::Counted,
    };
    let printing = Printing { colours: true, notes };
    tell_part(diagnostics.render_as(&straight(path), printing));
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
        tell(format_args!("{}{line}{}", style.render(), style.render_reset()));
    }
}

/// Shows on standard error, if that is a terminal, that work which may take long goes on.
pub fn spinner(what: &'static str) -> indicatif::ProgressBar {
    if is_quiet() {
        return indicatif::ProgressBar::hidden();
    }
    let spinner = indicatif::ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

/// A bar on standard error for long work in steps; it is invisible unless that is a terminal.
pub fn progress(steps: u64, what: &'static str) -> indicatif::ProgressBar {
    let style = indicatif::ProgressStyle::with_template("{msg:12} [{bar:30}] {pos}/{len} {elapsed}");
    if is_quiet() {
        return indicatif::ProgressBar::hidden();
    }
    let bar = indicatif::ProgressBar::new(steps).with_message(what);
    match style {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_no_detours() {
        for (path, expected) in [
            ("a/../b", "b"),
            ("./a/./b", "a/b"),
            ("../a/../b", "../b"),
            ("a/..", "."),
            ("../../a", "../../a"),
        ] {
            assert_eq!(shown(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn arguments_are_quoted_if_a_shell_would_take_them_apart() {
        assert_eq!(quoted("a/b-1.yaml"), "a/b-1.yaml");
        assert_eq!(quoted("my client"), "'my client'");
        assert_eq!(quoted("a'b"), r"'a'\''b'");
    }
}
