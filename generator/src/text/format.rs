//! Whether a text is JSON or YAML, which its content decides.

use super::budget::MAX_BYTES;
use super::parsed::{Parsed, Problem, SyntaxError};
use super::{json, yaml};

/// Parses a text that is complete by itself.
pub(super) fn part(text: &str) -> Result<Parsed, Problem> {
    if is_json(text) { json::parse(text) } else { yaml::parse(text) }
}

/// The text without its byte order mark, if it isn't too large, empty or in another encoding.
pub(super) fn check(text: &[u8]) -> Result<&str, SyntaxError> {
    let error = |message: String, mark, help| SyntaxError { message, mark, help };
    if text.len() > MAX_BYTES {
        let message = format!("the file is larger than {MAX_BYTES} bytes");
        return Err(error(message, None, "Split the document, or remove what you don't need."));
    }
    let text = std::str::from_utf8(text).map_err(|e| {
        let line = text[..e.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        error(format!("line {line} isn't valid UTF-8"), Some((line, 0)), "Save the document as UTF-8.")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(error("the file is empty".to_owned(), None, "Provide an OpenAPI document."));
    }
    Ok(text)
}

/// Whether the text starts like a JSON object, with a brace and a quote.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}
