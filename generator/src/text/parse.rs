//! Bytes to a value.

use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::budget::MAX_BYTES;
use super::conflicts::conflict;
use super::format::{check, part};
use super::parsed::{Parsed, SyntaxError};
use super::split;

/// The bytes of the file at `path`: at most one more than [`parse`] accepts, which then reports it.
pub(crate) fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    // Opening a pipe waits for someone to write to it.
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    let file = std::fs::File::open(path)?;
    let length = metadata.len().min(MAX_BYTES as u64);
    // Without the right capacity the text would be moved again and again as it is read.
    let mut text = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// Parses `text`, on two threads if it is large.
pub(crate) fn parse(mut text: Vec<u8>) -> Result<Parsed, SyntaxError> {
    let known = check(&text)?;
    let mark = text.len() - known.len();
    let cut = split::cut(known);
    match cut.and_then(|cut| split::joined(&mut text[mark..], &cut)) {
        Some(parsed) => Ok(parsed),
        None => parse_whole(&text).map_err(|error| told_as_conflict(&text).unwrap_or(error)),
    }
}

/// The error in a text that somebody hasn't finished merging, which no parser could name.
fn told_as_conflict(text: &[u8]) -> Option<SyntaxError> {
    let line = conflict(text)?;
    Some(SyntaxError {
        message: "a merge has left its conflict markers here".to_owned(),
        mark: Some((line, 0)),
        help: "Finish the merge: keep what is right of each conflict, and remove the lines with the markers.",
    })
}

/// The value of a YAML or JSON text.
///
/// # Errors
/// What is wrong with the text.
pub fn value(text: &[u8]) -> Result<Value, String> {
    parse_whole(text).map(|parsed| parsed.value).map_err(|error| error.message)
}

/// Parses `text` on this thread.
fn parse_whole(text: &[u8]) -> Result<Parsed, SyntaxError> {
    part(check(text)?).map_err(|(message, mark)| SyntaxError {
        message,
        mark,
        help: "Fix the syntax here; any YAML or JSON validator reports the same error.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Result<Value, SyntaxError> {
        super::parse_whole(text).map(|parsed| parsed.value)
    }

    #[test]
    fn references_to_other_files_are_found() {
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
            ("security: [{b.yaml#/x: []}]", true),
            ("security: [{key: [b.yaml]}, {'#/x': []}]", false),
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
    fn numbers_beyond_64_bits_become_the_nearest_float() {
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
    fn a_repeated_key_must_say_the_same() {
        for text in ["a: {x: 1, y: 2}\nb: 1\na: {y: 2, x: 1}\n", "{\"a\": 1, \"b\": 1,\n\"a\": 1}"] {
            let parsed = super::parse_whole(text.as_bytes()).unwrap();
            assert_eq!(parsed.repeated, [("a".to_owned(), (if text.starts_with('{') { 2 } else { 3 }, 0))]);
            assert_eq!(parsed.value.as_object().unwrap().len(), 2);
        }
    }

    #[test]
    fn a_repeated_key_is_reported_where_it_is_repeated() {
        let text = b"a: 1\nb: {c: [{x: 1}, {x: 1}], d: {x: 1},\n   c: 3}\n";
        assert_eq!(parse(text).unwrap_err().mark, Some((3, 3)));
        assert_eq!(parse(b"a: &a 1\nb: *a\nc: 1\nb: 2").unwrap_err().mark, Some((4, 0)));
    }

    #[test]
    fn what_is_refused() {
        for (text, expected) in [
            (&b"  \n"[..], "empty"),
            (b"a: 1\na: 2", "twice"),
            (b"{\"a\": 1, \"a\": 2}", "twice"),
            (b"a: {<<: 1}", "the merge key"),
            (b"{\"a\": 1e999}", "number out of range"),
            (b"a: .nan", "can't represent"),
            (b"a: \xff", "line 1"),
            (b"{\"a\": ", "isn't valid JSON"),
            (b"a: [", "isn't valid YAML"),
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
        assert!(parse(bomb.as_bytes()).unwrap_err().message.contains("repeated by aliases"));
    }
}
