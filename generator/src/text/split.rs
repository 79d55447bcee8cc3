//! Splits a large text in two, to parse both halves at once. Whether it may be split at some point needs no proof
//! beforehand: both halves are objects only if a member starts there.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::budget::Budget;
use super::cut::{Cut, nearer};
use super::format::{check, is_json, part};
use super::parsed::Parsed;
use super::yaml_cut;

/// Parsing a shorter text takes no longer than waking another thread.
const WORTH_IT: usize = 32 << 10;

/// A half that is smaller than this fraction of the text isn't worth a thread of its own.
const LEAST: usize = 8;

/// Where to cut `text`; `None` if it is short or can't be cut.
pub(super) fn cut(text: &str) -> Option<Cut> {
    if text.len() < WORTH_IT {
        return None;
    }
    anywhere(text).filter(|cut| cut.at.min(text.len() - cut.at) >= text.len() / LEAST)
}

/// Where to cut the text, however short it is.
fn anywhere(text: &str) -> Option<Cut> {
    match is_json(text) {
        true => Some(Cut { at: json_cut(text)?, parents: Vec::new() }),
        false => yaml_cut::cut(text),
    }
}

/// The value of `text`, cut at `cut`; `None` if there is an error, which only the whole text reports correctly. A second
/// half that begins in a mapping gets the lines of the keys that lead there. Where it is cut, a JSON text has a comma and a
/// line break, which are temporarily replaced by the braces that the halves lack. Afterwards the text is unchanged.
pub(super) fn joined(text: &mut [u8], cut: &Cut) -> Option<Parsed> {
    let half = |half| part(check(half).ok()?).ok();
    let is_json = text[cut.at] == b',';
    let start = cut.at + usize::from(is_json);
    let between = text[cut.at..=start].to_vec();
    if is_json {
        text[cut.at..=start].copy_from_slice(b"}{");
    }
    let second = match &*cut.parents {
        [] => Cow::Borrowed(&text[start..]),
        parents => {
            let lines = parents.iter().map(|line| &text[line.clone()]);
            Cow::Owned(lines.chain([&text[start..]]).collect::<Vec<_>>().concat())
        }
    };
    let (first, other) = rayon::join(|| half(&text[..start]), || half(&second));
    text[cut.at..=start].copy_from_slice(&between);
    let (mut first, other) = (first?, other?);
    // Their marks count from the start of the half.
    if !(first.repeated.is_empty() && other.repeated.is_empty()) {
        return None;
    }
    let (Value::Object(members), Value::Object(others)) = (&mut first.value, other.value) else {
        return None;
    };
    merge(members, others, cut.parents.len())?;
    first.outside.extend(other.outside);
    first.room += other.room;
    (first.room <= Budget::of(text.len()).left()).then_some(first)
}

/// Adds `others` to `members`. The first of them goes on where the last member ends, if they are to be merged to a `depth`.
fn merge(members: &mut Map<String, Value>, others: Map<String, Value>, depth: usize) -> Option<()> {
    let mut others = others.into_iter();
    if depth > 0 {
        let ((last, value), (name, more)) = (members.iter_mut().next_back()?, others.next()?);
        let (Value::Object(value), Value::Object(more)) = (value, more) else { return None };
        if *last != name {
            return None;
        }
        merge(value, more, depth - 1)?;
    }
    others.all(|(name, value)| members.insert(name, value).is_none()).then_some(())
}

/// The comma before the member nearest to the middle that starts a line with the same indentation as the first one.
fn json_cut(text: &str) -> Option<usize> {
    let (_, rest) = text.split_once('{')?;
    let (before, _) = rest.split_once('"')?;
    if !before.contains('\n') || !before.trim().is_empty() {
        return None;
    }
    let member = format!(",{before}\"");
    let bytes = text.as_bytes();
    let middle = text.len() / 2;
    let begins = |comma: &usize| bytes[*comma..].starts_with(member.as_bytes());
    // Searching for one byte is vectorised in both directions, searching for a longer text isn't.
    let earlier = memchr::memrchr_iter(b',', &bytes[..middle]).find(begins);
    let later = memchr::memchr_iter(b',', &bytes[middle..]).map(|at| middle + at).find(begins);
    nearer(middle, earlier, later)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of `text` when it is cut, if it can be; it must equal the value of the whole.
    fn halved(text: &str) -> Option<Value> {
        let mut bytes = text.as_bytes().to_vec();
        let cut = anywhere(text)?;
        let parsed = joined(&mut bytes, &cut);
        assert_eq!(bytes, text.as_bytes());
        let (parsed, whole) = (parsed?, part(text));
        let whole = whole.unwrap_or_else(|problem| panic!("{problem:?} in\n{text}"));
        assert_eq!(parsed.value.to_string(), whole.value.to_string());
        assert_eq!(parsed.outside, whole.outside);
        Some(parsed.value)
    }

    #[test]
    fn both_halves_give_the_whole() {
        for text in [
            "{\n  \"a\": {\"$ref\": \"x.json\"},\n  \"b\": [1, 2],\n  \"c\": {\n    \"d\": 1,\n    \"e\": 2\n  }\n}\n",
            "{\r\n\t\"a\": 1,\r\n\t\"b\": {\"$ref\": \"y.json\"}\r\n}",
            "---\na: 1\nb:\n- 1\n- 2\nc: |\n  text\n\n\nd: >-\n  more\n",
            "a: &a {x: 1}\nb: [*a, *a]\nc: &a {y: 1}\nd: *a\n",
        ] {
            assert!(halved(text).is_some(), "{text}");
        }
    }

    #[test]
    fn texts_that_are_parsed_whole() {
        for text in [
            "{\"a\": 1, \"b\": 2}",
            "{\n\"a\": {\n\"x\": 1,\n\"y\": 2}}",
            "{\n\"a\": 1,\n\"b\": 2,\n\"a\": 3}",
            "{\n\"a\": 1,\n\"b\": 2,\n}",
            "a: 1\nb: 2\na: 3\n",
            "a: &a {x: 1}\nb: 2\nc: *a\n",
            "a: 'one\n\nb: two'\nc: 3\n",
            "a: 1\n...\nb: 2\n",
            "a: 1\n---\nb: 2\n",
            "--- |\nsome\nb: text\n",
            "a: [1,\nb: 2]\n",
            "a: 1\n<<: {c: 3}\nb: 2\n",
        ] {
            assert_eq!(halved(text), None, "{text}");
        }
    }

    #[test]
    fn no_cut_changes_the_value() {
        let pieces = [
            "a: 1",
            "b: {x: 1}",
            "- 1",
            "  c: 2",
            "'d",
            "e: \"f",
            "g: |",
            "",
            "--- ",
            "h: &h 1",
            "i: *h",
            "j\": [",
            "k: ]",
        ];
        let mut taken = 0;
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    for four in pieces {
                        taken += usize::from(halved(&[one, two, three, four, ""].join("\n")).is_some());
                    }
                }
            }
        }
        assert!(taken > 100, "{taken}");
    }

    /// How many of the cuts inside `text` give a value, which must be that of the whole.
    fn cuts(text: &str) -> usize {
        let (mut bytes, whole) = (text.as_bytes().to_vec(), part(text));
        let found = text.match_indices('\n').filter_map(|(middle, _)| yaml_cut::inner(text, middle));
        let values = found.filter_map(|cut| joined(&mut bytes, &cut)).inspect(|parsed| {
            let whole = whole.as_ref().unwrap_or_else(|problem| panic!("{problem:?} in\n{text}"));
            assert_eq!(parsed.value.to_string(), whole.value.to_string(), "{text}");
        });
        values.count()
    }

    #[test]
    fn a_mapping_is_cut_before_its_members() {
        for text in [
            "a:\n  b: 1\n  c: 2\nd: 3\n",
            "a: 1\nb:\n  # c\n  d:\n    /e: {}\n    /f:\n      g: |\n        h:\n          i\n\n    \"j\": []\n  k: {}\nl: 2\n",
            "a:\r\n  b:\r\n    c: 1\r\n    d: 2\r\n",
        ] {
            assert!(cuts(text) > 0, "{text}");
        }
    }

    #[test]
    fn no_cut_inside_changes_the_value() {
        let pieces = [
            "b: 1",
            "c:",
            "  d: 2",
            "  e:",
            "    f: 3",
            "    g:",
            "    - 4",
            "    h: |",
            "      i: 5",
            "    j: \"k",
            "    l\": 6",
            "   m: 7",
            "  # n",
            "    {o: 8,",
            "    p: 9}",
            "    [r]:",
            "    &s t:",
            "    u:",
            "      v",
            "    ? 'x'",
            "\ty: 11",
            "--- ",
            "    q",
        ];
        let mut taken = 0;
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    taken += cuts(&["a:\n  x:\n    y: 0", one, two, three, ""].join("\n"));
                }
            }
        }
        assert!(taken > 300, "{taken}");
    }
}
