//! Characters, names and the texts of scalars.

use std::borrow::Cow;

/// The namespace of `xsi:nil`.
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// The namespace of the prefix `xml`, which needs no declaration.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Whether XML allows the character (XML 1.0, production 2).
pub(super) const fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Whether the text is a name without a prefix (Namespaces in XML, production 4).
pub(super) fn is_name(text: &str) -> bool {
    let starts = |c: char| {
        matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
            | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}' | '\u{200d}' | '\u{2070}'..='\u{218f}'
            | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}')
    };
    let goes_on = |c: char| {
        starts(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
    };
    text.chars().next().is_some_and(starts) && text.chars().all(goes_on)
}

/// The text without the whitespace around it, of which XML has four kinds.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// The JSON number that the text of an XML Schema number stands for, with the same digits.
pub(super) fn number_of(text: &str) -> Option<Cow<'_, str>> {
    let text = trimmed(text);
    if is_json_number(text) {
        return Some(Cow::Borrowed(text));
    }
    // A sign, zeros in front, and a point at either end, which JSON doesn't have.
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(['e', 'E']).unwrap_or(digits.len());
    let (decimal, exponent) = digits.split_at(end);
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let zero = if whole.is_empty() || whole.starts_with(|c: char| !c.is_ascii_digit()) { "0" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    let number = format!("{sign}{zero}{whole}{point}{fraction}{exponent}");
    is_json_number(&number).then_some(Cow::Owned(number))
}

fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || whole > 1 && rest.starts_with('0') {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return digits(exponent) > 0 && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

/// The boolean that the text of an XML Schema boolean stands for.
pub(super) fn boolean_of(text: &str) -> Option<bool> {
    match trimmed(text) {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Appends the text to `out` with what would be markup, or wouldn't be read as it is, as references.
pub(super) fn push_escaped(text: &str, is_attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            // `]]>` mustn't be in a text.
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if is_attribute => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' if is_attribute => out.push_str("&#10;"),
            '\t' if is_attribute => out.push_str("&#9;"),
            c => out.push(c),
        }
    }
}

/// Appends the text to `out` as CDATA sections, of which one can't contain its own end.
pub(super) fn push_cdata(text: &str, out: &mut String) {
    // The end of a line would be read as another one.
    for (index, line) in text.split('\r').enumerate() {
        if index > 0 {
            out.push_str("&#13;");
        }
        if !line.is_empty() {
            out.push_str("<![CDATA[");
            out.push_str(&line.replace("]]>", "]]]]><![CDATA[>"));
            out.push_str("]]>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for (text, expected) in [
            ("1.50", Some("1.50")),
            (" -12\n", Some("-12")),
            ("+5", Some("5")),
            ("007", Some("7")),
            ("-00", Some("-0")),
            (".5", Some("0.5")),
            ("5.", Some("5")),
            ("01.e3", Some("1e3")),
            ("1e+3", Some("1e+3")),
            ("", None),
            (".", None),
            ("+-1", None),
            ("1 2", None),
            ("INF", None),
            ("NaN", None),
            ("0x1", None),
            ("1e", None),
            ("--1", None),
        ] {
            assert_eq!(number_of(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn names_have_no_colon_and_no_digit_first() {
        for name in ["a", "_a-1.b", "é", "日本"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["", "1a", "-a", "a b", "a:b", "a>", "{a}"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
