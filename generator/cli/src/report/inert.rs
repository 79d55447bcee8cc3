//! Text of a document as nothing but text: it ends no line, and no terminal or reader takes part of it for a command.

use openapi_generator::text::is_invisible;

/// The text in one line, without signs that aren't shown.
pub fn inert(text: &str) -> String {
    let sign = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() || is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    let text: String = text.chars().map(sign).collect();
    // Anywhere in a line, a runner of workflows takes this for the beginning of a command.
    text.replace("##[", "## [")
}

/// JSON that says the same, without signs that aren't shown and without commands of a runner.
pub(super) fn in_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_invisible(c) || (c.is_control() && c != '\n') {
            // Such signs can only be in strings.
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out.replace("##[", "##\\u005b")
}

/// The first `most` characters, with a sign that there are more.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_command_to_a_terminal() {
        let hostile = "a\u{1b}[31mb\r\nc\u{202e}d\u{9b}2J\u{7}\u{2028}e\u{200b}\u{fffe}";
        let text = inert(hostile);
        assert_eq!(text, "a\u{fffd}[31mb  c\u{fffd}d\u{fffd}2J\u{fffd} e\u{fffd}\u{fffd}");
        assert_eq!(inert("größer, 漢字"), "größer, 漢字");
        assert_eq!(inert("##[add-mask]a"), "## [add-mask]a");
    }

    #[test]
    fn json_says_the_same() {
        let text = "a\u{202e}\u{e0001}##[b]ü";
        let json = serde_json::Value::from(text).to_string();
        let safe = in_json(&json);
        assert_eq!(safe, "\"a\\u202e\\udb40\\udc01##\\u005bb]ü\"");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }

    #[test]
    fn long_text_is_shortened_between_characters() {
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened("äöü", 3), "äöü");
    }
}
