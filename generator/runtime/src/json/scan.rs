//! Where JSON values end, and whether text is JSON at all. Nothing is built, and nothing recurses.

use crate::json::strings::special;

/// How deeply arrays and objects may be nested, as in `serde_json`.
pub(crate) const MAX_DEPTH: usize = 128;

/// Why text isn't a value that can be read, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// The byte at which it shows.
    pub at: usize,
    /// What is wrong.
    pub what: &'static str,
}

const NOT_JSON: &str = "not JSON";
const LONE_SURROGATE: &str = "not JSON: half of a surrogate pair";
pub(crate) const TOO_DEEP: &str = "nested more than 128 levels deep";

/// The flaw of text that isn't JSON.
pub(crate) const fn not_json(at: usize) -> Flaw {
    Flaw { at, what: NOT_JSON }
}

/// The first byte at or after `at` that isn't whitespace.
pub(crate) fn token(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

/// The line and the column of a byte, counted from one, for messages.
pub(crate) fn line_and_column(text: &[u8], at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1);
    let characters = String::from_utf8_lossy(&before[start..]).chars().count();
    (lines + 1, characters + 1)
}

/// The arrays and objects around a position, at most [`MAX_DEPTH`].
#[derive(Clone, Copy)]
struct Open {
    count: usize,
    /// A bit for each level, the innermost last, that is set for an object.
    objects: u128,
}

/// The position after the value at `at`, which is `depth` levels deep. Calls `each` with the beginning and
/// the end of every array and object in it.
pub(crate) fn end_of_value(
    text: &str,
    at: usize,
    depth: usize,
    mut each: impl FnMut(usize, usize),
) -> Result<usize, Flaw> {
    let bytes = text.as_bytes();
    let mut open = Open { count: 0, objects: 0 };
    let mut starts = [0; MAX_DEPTH];
    let mut at = token(bytes, at);
    loop {
        // At the beginning of a value.
        match bytes.get(at) {
            Some(open_byte @ (b'{' | b'[')) => {
                if depth + open.count >= MAX_DEPTH {
                    return Err(Flaw { at, what: TOO_DEEP });
                }
                starts[open.count] = at;
                open.count += 1;
                open.objects = open.objects << 1 | u128::from(*open_byte == b'{');
                let close = if *open_byte == b'{' { b'}' } else { b']' };
                at = token(bytes, at + 1);
                if bytes.get(at) != Some(&close) {
                    if close == b'}' {
                        at = name(bytes, at)?;
                    }
                    continue;
                }
            }
            Some(_) => at = scalar(bytes, at)?,
            None => return Err(not_json(at)),
        }
        // At the end of a value, or at the bracket that closes an empty one.
        loop {
            if open.count == 0 {
                return Ok(at);
            }
            at = token(bytes, at);
            let is_object = open.objects & 1 == 1;
            match bytes.get(at) {
                Some(b',') => {
                    at = token(bytes, at + 1);
                    if is_object {
                        at = name(bytes, at)?;
                    }
                    break;
                }
                Some(b'}') if is_object => {}
                Some(b']') if !is_object => {}
                _ => return Err(not_json(at)),
            }
            at += 1;
            open.count -= 1;
            open.objects >>= 1;
            each(starts[open.count], at);
        }
    }
}

/// The beginning of the value after the name of a property.
fn name(bytes: &[u8], at: usize) -> Result<usize, Flaw> {
    if bytes.get(at) != Some(&b'"') {
        return Err(not_json(at));
    }
    let colon = token(bytes, end_of_string(bytes, at)?);
    if bytes.get(colon) == Some(&b':') { Ok(token(bytes, colon + 1)) } else { Err(not_json(colon)) }
}

fn scalar(bytes: &[u8], at: usize) -> Result<usize, Flaw> {
    let word = |word: &[u8]| bytes[at..].starts_with(word).then(|| at + word.len()).ok_or(not_json(at));
    match bytes.get(at) {
        Some(b'"') => end_of_string(bytes, at),
        Some(b'-' | b'0'..=b'9') => end_of_number(bytes, at),
        Some(b't') => word(b"true"),
        Some(b'f') => word(b"false"),
        Some(b'n') => word(b"null"),
        _ => Err(not_json(at)),
    }
}

/// The position after the string whose quote is at `at`.
fn end_of_string(bytes: &[u8], at: usize) -> Result<usize, Flaw> {
    let mut end = at + 1;
    loop {
        end = special(bytes, end);
        match bytes.get(end) {
            Some(b'"') => return Ok(end + 1),
            Some(b'\\') => end = end_of_escape(bytes, end)?,
            _ => return Err(not_json(end)),
        }
    }
}

/// The flaw of the escape at `at`. What has four digits can only be half of a pair.
pub(crate) fn flawed_escape(bytes: &[u8], at: usize) -> Flaw {
    let is_hexadecimal = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    let is_unit = matches!(bytes.get(at + 1..at + 6), Some([b'u', digits @ ..]) if is_hexadecimal(digits));
    Flaw { at, what: if is_unit { LONE_SURROGATE } else { NOT_JSON } }
}

fn end_of_escape(bytes: &[u8], at: usize) -> Result<usize, Flaw> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match unit(bytes, at)? {
            0xdc00..=0xdfff => Err(Flaw { at, what: LONE_SURROGATE }),
            0xd800..=0xdbff => {
                let is_pair = bytes.get(at + 6..at + 8) == Some(b"\\u")
                    && matches!(unit(bytes, at + 6)?, 0xdc00..=0xdfff);
                if is_pair { Ok(at + 12) } else { Err(Flaw { at, what: LONE_SURROGATE }) }
            }
            _ => Ok(at + 6),
        },
        _ => Err(not_json(at)),
    }
}

/// The UTF-16 unit of the escape at `at`.
fn unit(bytes: &[u8], at: usize) -> Result<u32, Flaw> {
    let digits = bytes.get(at + 2..at + 6).ok_or(not_json(at))?;
    digits.iter().try_fold(0, |unit, digit| {
        char::from(*digit).to_digit(16).map(|digit| unit << 4 | digit).ok_or(not_json(at))
    })
}

/// The position after the number at `at`.
pub(crate) fn end_of_number(bytes: &[u8], at: usize) -> Result<usize, Flaw> {
    let digits = |from: usize| {
        bytes[from..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |count| from + count)
    };
    let some = |from: usize| {
        let end = digits(from);
        if end > from { Ok(end) } else { Err(not_json(from)) }
    };
    let whole = at + usize::from(bytes.get(at) == Some(&b'-'));
    if matches!(bytes.get(whole..), Some([b'0'..=b'9', b',' | b'}' | b']', ..])) {
        return Ok(whole + 1);
    }
    let mut end = if bytes.get(whole) == Some(&b'0') { whole + 1 } else { some(whole)? };
    if bytes.get(end) == Some(&b'.') {
        end = some(end + 1)?;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'-' | b'+')));
        end = some(end + 1 + sign)?;
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::reader_tests::TEXTS;

    /// Checks that `text` is one value.
    fn check(text: &str) -> Result<(), Flaw> {
        let end = token(text.as_bytes(), end_of_value(text, 0, 0, |_, _| {})?);
        if end == text.len() { Ok(()) } else { Err(not_json(end)) }
    }

    #[test]
    fn texts_are_json_if_serde_json_says_so() {
        for text in TEXTS {
            let expected = serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(check(text).is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn a_flaw_has_its_place() {
        let flaw = |text: &str| check(text).unwrap_err();
        assert_eq!(flaw("{\"a\": [1, x]}"), Flaw { at: 10, what: NOT_JSON });
        assert_eq!(flaw("[\"a\\ud800b\"]"), Flaw { at: 3, what: LONE_SURROGATE });
        assert_eq!(flaw(&"[".repeat(129)), Flaw { at: 128, what: TOO_DEEP });
        assert_eq!(check(&("[".repeat(128) + &"]".repeat(128))), Ok(()));
        assert_eq!(line_and_column("é\né x".as_bytes(), 6), (2, 3));
    }

    #[test]
    fn every_array_and_object_in_a_value_is_told() {
        let mut seen = Vec::new();
        let text = r#" [{"a":[]},2] 3"#;
        assert_eq!(end_of_value(text, 0, 0, |start, end| seen.push(&text[start..end])), Ok(13));
        assert_eq!(seen, ["[]", r#"{"a":[]}"#, r#"[{"a":[]},2]"#]);
    }
}
