//! Bytes to a JSON value: YAML or JSON, told apart by content.

use std::io::Read;
use std::path::Path;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::budget::{Budget, MAX_BYTES};
use super::strict::Strict;
use super::yaml;

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
    let mut text = Vec::new();
    std::fs::File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// What a text stands for.
#[derive(Debug)]
pub(super) struct Parsed {
    pub value: Value,
    /// Whether something in it refers to another file, as far as can be told by a text without its place: looking for
    /// that in all values afterwards takes a quarter of the time of parsing them.
    pub leads_out: bool,
}

/// Parses `text`.
pub(super) fn parse(text: &[u8]) -> Result<Parsed, SyntaxError> {
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
    if is_json(text) { parse_json(text) } else { parse_yaml(text) }.map_err(|(message, mark)| {
        error(message, mark, "Mend the text there; any YAML or JSON checker shows the same error.")
    })
}

/// Whether the text begins as a JSON object does: with a brace and a quote.
pub(crate) fn is_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// What is wrong, and the line (from 1) and the column (from 0).
pub(super) type Problem = (String, Option<(usize, usize)>);

fn parse_json(text: &str) -> Result<Parsed, Problem> {
    let problem = |error: serde_json::Error| {
        let line = error.line().max(1);
        // serde_json counts columns in bytes.
        let before = text.lines().nth(line - 1).unwrap_or_default().as_bytes();
        let before = before.get(..error.column().saturating_sub(1)).unwrap_or(before);
        let column = String::from_utf8_lossy(before).chars().count();
        let message = error.to_string();
        let end = message.rfind(" at line ").unwrap_or(message.len());
        (format!("the file isn't JSON: {}", &message[..end]), Some((line, column)))
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut leads_out = false;
    let strict = Strict { budget: &mut Budget::of(text.len()), leads_out: &mut leads_out };
    let value = strict.deserialize(&mut deserializer).map_err(problem)?;
    deserializer.end().map_err(problem)?;
    Ok(Parsed { value, leads_out })
}

fn parse_yaml(text: &str) -> Result<Parsed, Problem> {
    yaml::parse(text).map_err(|(message, mark)| (format!("the file isn't YAML: {message}"), mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Result<Value, SyntaxError> {
        super::parse(text).map(|parsed| parsed.value)
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
            assert_eq!(super::parse(text.as_bytes()).unwrap().leads_out, expected, "{text}");
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
