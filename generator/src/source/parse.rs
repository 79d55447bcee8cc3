//! Bytes to a JSON value: YAML or JSON, told apart by content.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::budget::MAX_BYTES;
use super::{halves, json, yaml};

/// Why a text is no document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// The line (from 1) and the column (from 0), if they are known.
    pub mark: Option<(usize, usize)>,
    /// What to do.
    pub help: &'static str,
}

/// The bytes of the file at `path`: at most one more than [`parse`] takes, which then tells so.
pub(super) fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = std::fs::File::open(path)?;
    let length = file.metadata().map_or(0, |metadata| metadata.len()).min(MAX_BYTES as u64);
    // A text that grows as it is read is moved again and again.
    let mut text = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// What a text stands for.
#[derive(Debug, PartialEq)]
pub(super) struct Parsed {
    pub value: Value,
    /// What in it refers to other files, as far as can be told by a text without its place: looking for that in all
    /// values afterwards takes a quarter of the time of parsing them.
    pub outside: Outside,
    /// What its values take of the budget.
    pub room: usize,
}

/// References to other files, as they are written.
pub(super) type Outside = BTreeSet<String>;

/// Parses `text`, a large one on two threads.
pub(super) fn parse(mut text: Vec<u8>) -> Result<Parsed, SyntaxError> {
    let known = check(&text)?;
    let mark = text.len() - known.len();
    let cut = halves::cut(known).map(|cut| mark + cut);
    match cut.and_then(|cut| halves::joined(&mut text, cut)) {
        Some(parsed) => Ok(parsed),
        None => parse_whole(&text),
    }
}

/// Parses `text` on this thread.
pub(super) fn parse_whole(text: &[u8]) -> Result<Parsed, SyntaxError> {
    part(check(text)?).map_err(|(message, mark)| SyntaxError {
        message,
        mark,
        help: "Mend the text there; any YAML or JSON checker shows the same error.",
    })
}

/// Parses a text that is one by itself.
pub(super) fn part(text: &str) -> Result<Parsed, Problem> {
    if is_json(text) { json::parse(text) } else { yaml::parse(text) }
}

/// The text, without a byte order mark, if it is one that can be parsed.
pub(super) fn check(text: &[u8]) -> Result<&str, SyntaxError> {
    let error = |message: String, mark, help| SyntaxError { message, mark, help };
    if text.len() > MAX_BYTES {
        let message = format!("the file has more than the {MAX_BYTES} bytes that are read");
        return Err(error(message, None, "Split the document, or remove what isn't needed."));
    }
    let text = std::str::from_utf8(text).map_err(|e| {
        let line = text[..e.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        error(format!("the file isn't UTF-8: line {line}"), Some((line, 0)), "Save the document in UTF-8.")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(error("the file is empty".to_owned(), None, "Give the file of an OpenAPI document."));
    }
    Ok(text)
}

/// Whether the text begins as a JSON object does: with a brace and a quote.
pub(crate) fn is_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// What is wrong, and the line (from 1) and the column (from 0).
pub(super) type Problem = (String, Option<(usize, usize)>);

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Result<Value, SyntaxError> {
        super::parse_whole(text).map(|parsed| parsed.value)
    }

    #[test]
    fn what_leads_to_other_files_is_noticed() {
        for (text, expected) in [
            ("a: {$ref: b.yaml}", true),
            ("a: {$ref: '#/b'}", false),
            ("a: {$ref: [b.yaml]}", false),
            ("a: {ref: b.yaml}", false),
            ("a: &a {$ref: b.yaml}\nb: {<<: *a}", true),
            ("k: &k $ref\na: {*k : b.yaml}", true),
            ("discriminator: {mapping: {x: b.yaml, y: '#/y'}}", true),
            ("discriminator: {mapping: {x: Pet, y: '#/y'}}", false),
            ("x-discriminated-by: {mapping: b.yaml#/x}", true),
            ("{\"a\": [{\"$ref\": \"b.json\"}]}", true),
            ("{\"a\": [{\"\\u0024ref\": \"b.json\"}]}", true),
            ("{\"a\": [{\"$ref\": \"#/b\"}]}", false),
        ] {
            let outside = super::parse_whole(text.as_bytes()).unwrap().outside;
            assert_eq!(!outside.is_empty(), expected, "{text}");
        }
    }

    #[test]
    fn yaml_and_json_alike() {
        let json = parse(b"{\"a\": {\"200\": [1, 1.5, null]}}").unwrap();
        assert_eq!(parse("\u{feff}a:\r\n  200: [1, 1.5, ~]\r\n".as_bytes()).unwrap(), json);
        assert_eq!(parse(b"{a: {200: [1, 1.5, null]}}").unwrap(), json);
        assert_eq!(parse(b"b: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}").unwrap()["c"]["y"], 3);
        assert_eq!(parse(b"{\"<<\": {\"x\": 1}}").unwrap()["<<"]["x"], 1);
    }

    #[test]
    fn numbers_beyond_64_bits_are_the_nearest_there_is() {
        for text in ["a: 18446744073709551616", "{\"a\": 18446744073709551616}"] {
            assert_eq!(parse(text.as_bytes()).unwrap()["a"], 18_446_744_073_709_551_616.0);
        }
        assert_eq!(parse(b"a: -9223372036854775809").unwrap()["a"], -9_223_372_036_854_775_809.0);
    }

    #[test]
    fn columns_count_characters() {
        let error = parse("{\"a\": \"\u{e9}\u{e9}\" x".as_bytes()).unwrap_err();
        assert_eq!(error.mark, Some((1, 11)));
    }

    #[test]
    fn the_second_of_two_keys_is_told() {
        let text = b"a: 1\nb: {c: [{x: 1}, {x: 1}], d: {x: 1},\n   c: 3}\n";
        assert_eq!(parse(text).unwrap_err().mark, Some((3, 3)));
        assert_eq!(parse(b"a: &a 1\nb: *a\nc: 1\nb: 1").unwrap_err().mark, Some((4, 0)));
    }

    #[test]
    fn what_is_refused() {
        for (text, expected) in [
            (&b"  \n"[..], "empty"),
            (b"a: 1\na: 2", "twice"),
            (b"{\"a\": 1, \"a\": 2}", "twice"),
            (b"a: {<<: 1}", "the merge key"),
            (b"{\"a\": 1e999}", "number out of range"),
            (b"a: .nan", "doesn't have"),
            (b"a: \xff", "line 1"),
            (b"{\"a\": ", "isn't JSON"),
            (b"a: [", "isn't YAML"),
            (b"a: 1\n---\nb: 2", "more than one document"),
        ] {
            let message = parse(text).unwrap_err().message;
            assert!(message.contains(expected), "{message}");
        }
        let deep = "[".repeat(10_000);
        assert!(parse(deep.as_bytes()).is_err());
        assert!(parse(format!("{{\"a\":{deep}").as_bytes()).is_err());
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (from, to) in ('a'..'k').zip('b'..='k') {
            bomb.push_str(&format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 9].join(", ")));
        }
        assert!(parse(bomb.as_bytes()).unwrap_err().message.contains("aliases repeat"));
    }
}
