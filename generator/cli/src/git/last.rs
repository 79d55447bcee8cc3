//! Whether files are as in the last commit. Git is asked for their texts only: to compare files itself, it would run what the
//! repository's configuration names.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::command::command;

/// Whether `files` are as in the last commit of the repository at `top`, but for line endings, or in none.
pub(super) fn are_last(top: &Path, files: &[PathBuf]) -> io::Result<bool> {
    let mut texts = Vec::new();
    let mut asked = String::new();
    for file in files {
        let real = file.canonicalize()?;
        let Some(inside) = real.strip_prefix(top).ok().and_then(Path::to_str) else { return Ok(false) };
        // A line is a question.
        if inside.contains('\n') {
            return Ok(false);
        }
        let inside = if cfg!(windows) { inside.replace('\\', "/") } else { inside.to_owned() };
        let _ = writeln!(asked, "HEAD:{inside}");
        texts.push(std::fs::read(real)?);
    }
    let mut command = command();
    command.arg("-C").arg(top).args(["cat-file", "--batch"]);
    let mut git = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let Some(mut input) = git.stdin.take() else { return Ok(false) };
    // Git answers while it is asked, and stops when nobody reads: so another thread asks.
    let asks = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let output = git.wait_with_output()?;
    let is_asked = asks.join().is_ok_and(|asked| asked.is_ok());
    let mut rest = &output.stdout[..];
    let mut are_same = texts.iter().map(|text| match answer(&mut rest) {
        Some(Answer::Text(committed)) => without_returns(committed).eq(without_returns(text)),
        Some(Answer::Missing) => true,
        None => false,
    });
    Ok(is_asked && output.status.success() && are_same.all(|is_same| is_same))
}

/// What `git cat-file --batch` says about a file.
enum Answer<'o> {
    Text(&'o [u8]),
    Missing,
}

/// The next answer in `output`.
fn answer<'o>(output: &mut &'o [u8]) -> Option<Answer<'o>> {
    let end = memchr::memchr(b'\n', output)?;
    let (head, rest) = (std::str::from_utf8(&output[..end]).ok()?, &output[end + 1..]);
    if head.ends_with(" missing") {
        *output = rest;
        return Some(Answer::Missing);
    }
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let text = rest.get(..size)?;
    *output = rest.get(size.checked_add(1)?..)?;
    Some(Answer::Text(text))
}

fn without_returns(text: &[u8]) -> impl Iterator<Item = &u8> {
    text.iter().filter(|byte| **byte != b'\r')
}
