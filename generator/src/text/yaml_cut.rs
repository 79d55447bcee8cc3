//! Where a YAML text can be cut: before a member of the document, or of a mapping of mappings in it.

use std::ops::Range;

use super::cut::{Cut, nearer};

/// In how many mappings of the document a text is cut at most: deeper members are no closer to the middle of any large one.
const DEPTH: usize = 2;

/// The cut nearest to the middle.
pub(super) fn cut(text: &str) -> Option<Cut> {
    let apart =
        |line: &&str| line.trim().is_empty() || line.starts_with(['#', '%']) || line.starts_with("---");
    let first = text.lines().find(|line| !apart(line))?;
    // All keys are indented like the first one. What follows the end of a document is another document, and what `<<` merges
    // comes after all other members of a mapping.
    let is_whole = text.contains("\n...") || text.contains("<<");
    if is_whole || !first.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let middle = text.len() / 2;
    let outer = outer(text, middle).map(|at| Cut { at, parents: Vec::new() });
    [outer, inner(text, middle)].into_iter().flatten().min_by_key(|cut| cut.at.abs_diff(middle))
}

/// The start of the line nearest to the middle that starts with a key.
fn outer(text: &str, middle: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let key = |line: &usize| bytes.get(*line).is_some_and(u8::is_ascii_alphabetic);
    let earlier = memchr::memrchr_iter(b'\n', &bytes[..middle]).map(|end| end + 1).find(key);
    let later = memchr::memchr_iter(b'\n', &bytes[middle..]).map(|end| middle + end + 1).find(key);
    nearer(middle, earlier, later)
}

/// The start of the member that is in the middle, of a mapping inside others whose keys have lines of their own.
pub(super) fn inner(text: &str, middle: usize) -> Option<Cut> {
    let starts = memchr::memrchr_iter(b'\n', &text.as_bytes()[..middle]).map(|end| end + 1).chain([0]);
    // From the inside out: each line is indented less than all between it and the middle.
    let mut lines: Vec<(usize, usize)> = Vec::new();
    for (start, indentation) in starts.filter_map(|start| Some((start, indentation(&text[start..])?))) {
        if lines.last().is_none_or(|(_, inner)| indentation < *inner) {
            lines.push((start, indentation));
        }
        if indentation == 0 {
            break;
        }
    }
    lines.reverse();
    lines.truncate(DEPTH + 1);
    let (at, of_member) = lines.pop().filter(|(at, _)| !lines.is_empty() && starts_key(&text[*at..]))?;
    let inner = lines.iter().skip(1).map(|(_, indentation)| *indentation).chain([of_member]);
    let parents = lines.iter().zip(inner).map(|((start, _), inner)| parent(text, *start, inner));
    Some(Cut { at, parents: parents.collect::<Option<_>>()? })
}

/// How far the line at the start of `text` is indented; `None` if it is empty or a comment.
fn indentation(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(' ');
    (!rest.is_empty() && !rest.starts_with(['#', '\r', '\n'])).then_some(text.len() - rest.len())
}

/// Whether the line at the start of `text` may start with a key. If it started with a brace, it could be a whole mapping.
fn starts_key(text: &str) -> bool {
    let first = text.trim_start_matches(' ').bytes().next();
    first.is_some_and(|first| first.is_ascii_alphanumeric() || b"/_$\"'".contains(&first))
}

/// The line at `start` if it is a key and no more, whose value starts on a line that is indented by `inner`. If the value's
/// first member were indented differently, the whole text would have an error, which its halves don't have.
fn parent(text: &str, start: usize, inner: usize) -> Option<Range<usize>> {
    let (line, rest) = text[start..].split_once('\n')?;
    let key = line.trim().strip_suffix(':')?;
    let first = rest.split_inclusive('\n').find(|line| indentation(line).is_some())?;
    let is_of_members = starts_key(first) && indentation(first) == Some(inner);
    (!key.is_empty() && is_of_members).then_some(start..start + line.len() + 1)
}
