//! Parameter serialization (OpenAPI 3.1, 4.8.12.3 and 4.8.12.4).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::json::digits::Exact;

/// The serialization style of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;name=value`
    Matrix,
    /// `.value`
    Label,
    /// `a,b`
    Simple,
    /// `name=a&name=b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[key]=value`
    DeepObject,
}

/// Everything except the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Characters that must be escaped in a query even where reserved characters are allowed.
const NOT_IN_QUERY: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'[')
    .remove(b']');

/// Percent-encodes `text`: everything but unreserved characters or, if reserved ones are allowed, only what a
/// query can't contain and isn't encoded already.
pub(crate) fn encode(text: &str, allow_reserved: bool) -> String {
    if allow_reserved {
        return encode_anew(text, NOT_IN_QUERY, |_| true);
    }
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Characters that must be escaped in a segment of a path even where reserved characters are allowed: those that aren't in
/// RFC 3986's `pchar` (section 3.3).
const NOT_IN_SEGMENT: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Characters that must be escaped in a cookie even where reserved characters are allowed (RFC 6265, section 4.1.1).
const NOT_IN_COOKIE: &AsciiSet =
    &NOT_IN_SEGMENT.add(b',').add(b';').remove(b'/').remove(b'?').remove(b'#').remove(b'[').remove(b']');

/// Percent-encodes what a segment of a path can't contain. What is encoded already stays, unless it is a dot or a slash,
/// which would make it another path.
pub(crate) fn encode_in_path(text: &str) -> String {
    encode_anew(text, NOT_IN_SEGMENT, |byte| !matches!(byte, b'.' | b'/' | b'\\'))
}

/// Percent-encodes what a cookie can't contain. What is encoded already stays.
pub(crate) fn encode_in_cookie(text: &str) -> String {
    encode_anew(text, NOT_IN_COOKIE, |_| true)
}

/// Percent-encodes the characters in `set`, but no triple that is the encoded form of a byte that `keeps` accepts (RFC
/// 6570, section 3.2.3).
fn encode_anew(text: &str, set: &'static AsciiSet, keeps: fn(u8) -> bool) -> String {
    let mut pieces = text.split('%');
    let mut encoded = utf8_percent_encode(pieces.next().unwrap_or_default(), set).to_string();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        encoded.push_str(if byte.is_some_and(keeps) { "%" } else { "%25" });
        encoded.extend(utf8_percent_encode(piece, set));
    }
    encoded
}

/// A scalar as text; anything nested as JSON.
pub(crate) fn text(value: Exact<'_>) -> String {
    match value.0 {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        _ => value.to_text(),
    }
}

/// A value in a path or a header, escaped by `escape`.
pub(crate) fn inline(
    name: &str,
    value: Exact<'_>,
    style: Style,
    explode: bool,
    escape: fn(&str) -> String,
) -> String {
    let name = if style == Style::Matrix { escape(name) } else { String::new() };
    let mut parts = Vec::new();
    match value.0 {
        Value::Array(_) => {
            for item in value.items() {
                let item = escape(&text(item));
                parts.push(if explode { named(&name, item) } else { item });
            }
        }
        Value::Object(_) => {
            for (key, value) in value.members() {
                let (key, value) = (escape(key), escape(&text(value)));
                if explode && style == Style::Matrix {
                    parts.push(named(&key, value));
                } else if explode {
                    parts.push(format!("{key}={value}"));
                } else {
                    parts.push(key);
                    parts.push(value);
                }
            }
        }
        _ => parts.push(escape(&text(value))),
    }
    let (prefix, separator) = match style {
        Style::Matrix => (";", if explode { ";" } else { "," }),
        Style::Label => (".", if explode { "." } else { "," }),
        _ => ("", ","),
    };
    let joined = parts.join(separator);
    let is_named = explode && (value.0.is_array() || value.0.is_object());
    [prefix, &if is_named { joined } else { named(&name, joined) }].concat()
}

/// `name=text`; only one of them if the other is empty.
fn named(name: &str, text: String) -> String {
    match (name, &*text) {
        ("", _) => text,
        (_, "") => name.to_owned(),
        _ => [name, "=", &text].concat(),
    }
}

/// A name-value pair of a query, form or cookie, not yet escaped. The value may have several parts, joined by
/// a separator that must not be escaped.
pub(crate) struct Pair {
    pub name: String,
    pub parts: Vec<String>,
    pub separator: &'static str,
}

impl Pair {
    pub(crate) fn new(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), parts: vec![text], separator: "" }
    }
}

/// A value as the pairs of a query, form or cookie.
pub(crate) fn pairs(name: &str, value: Exact<'_>, style: Style, explode: bool) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut parts = Vec::new();
    match value.0 {
        Value::Array(_) => {
            for (index, item) in value.items().enumerate() {
                match (style, explode) {
                    (Style::DeepObject, _) => pairs.push(Pair::new(&format!("{name}[{index}]"), text(item))),
                    (_, true) => pairs.push(Pair::new(name, text(item))),
                    (_, false) => parts.push(text(item)),
                }
            }
        }
        Value::Object(_) if style == Style::DeepObject => deep(name, value, &mut pairs),
        Value::Object(_) => {
            for (key, value) in value.members() {
                if explode {
                    pairs.push(Pair::new(key, text(value)));
                } else {
                    parts.push(key.clone());
                    parts.push(text(value));
                }
            }
        }
        _ => pairs.push(Pair::new(name, text(value))),
    }
    if !parts.is_empty() {
        let separator = match style {
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            _ => ",",
        };
        pairs.push(Pair { name: name.to_owned(), parts, separator });
    }
    pairs
}

fn deep(prefix: &str, object: Exact<'_>, pairs: &mut Vec<Pair>) {
    for (key, value) in object.members() {
        let name = format!("{prefix}[{key}]");
        match value.0 {
            Value::Object(_) => deep(&name, value, pairs),
            Value::Array(_) => {
                for item in value.items() {
                    pairs.push(Pair::new(&name, text(item)));
                }
            }
            _ => pairs.push(Pair::new(&name, text(value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reserved_characters_stay_where_they_can() {
        for (text, path, cookie) in [
            ("a:b@c;d=e,f", "a:b@c;d=e,f", "a:b@c%3Bd=e%2Cf"),
            ("a/b?c#d[e]", "a%2Fb%3Fc%23d%5Be%5D", "a/b?c#d[e]"),
            ("%41%2e%2F%5c%zz%", "%41%252e%252F%255c%25zz%25", "%41%2e%2F%5c%25zz%25"),
            ("é \"", "%C3%A9%20%22", "%C3%A9%20%22"),
        ] {
            assert_eq!(encode_in_path(text), path);
            assert_eq!(encode_in_cookie(text), cookie);
        }
        // RFC 6570, section 3.2.3.
        assert_eq!(encode("a/b?c:d&e%2F%zz#", true), "a/b?c:d%26e%2F%25zz%23");
        assert_eq!(encode("a/b%2F", false), "a%2Fb%252F");
    }

    /// RFC 6570, section 3.2.1: what `;` puts in place of an empty value.
    #[test]
    fn empty_values_have_no_equals_sign_in_a_matrix() {
        let (object, list) = (json!({ "k": "", "l": "m" }), json!(["", "m"]));
        let written =
            |value: &Value, style| inline("c", Exact(value, None), style, true, |text| encode(text, false));
        assert_eq!(written(&object, Style::Matrix), ";k;l=m");
        assert_eq!(written(&list, Style::Matrix), ";c;c=m");
        assert_eq!(written(&object, Style::Label), ".k=.l=m");
        assert_eq!(written(&object, Style::Simple), "k=,l=m");
    }

    /// The table of OpenAPI 3.1, 4.8.12.4.
    #[test]
    fn every_row_of_the_style_table() {
        let escape: fn(&str) -> String = |text| encode(text, false);
        let (empty, string) = (json!(""), json!("blue"));
        let (array, object) = (json!(["blue", "black", "brown"]), json!({ "R": 100, "G": 200, "B": 150 }));
        for (style, explode, expected) in [
            (
                Style::Matrix,
                false,
                [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
            ),
            (
                Style::Matrix,
                true,
                [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
            ),
            (Style::Label, false, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
            (Style::Label, true, [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
            (Style::Simple, false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
            (Style::Simple, true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        ] {
            for (value, expected) in [&empty, &string, &array, &object].into_iter().zip(expected) {
                assert_eq!(
                    inline("color", Exact(value, None), style, explode, escape),
                    expected,
                    "{style:?} {explode}"
                );
            }
        }
        let query = |value: &Value, style, explode| {
            let pairs = pairs("color", Exact(value, None), style, explode).into_iter();
            let written = pairs.map(|Pair { name, parts, separator }| {
                let parts: Vec<String> = parts.iter().map(|part| encode(part, false)).collect();
                format!("{name}={}", parts.join(separator))
            });
            written.collect::<Vec<_>>().join("&")
        };
        for (value, style, explode, expected) in [
            (&empty, Style::Form, false, "color="),
            (&string, Style::Form, false, "color=blue"),
            (&array, Style::Form, false, "color=blue,black,brown"),
            (&object, Style::Form, false, "color=R,100,G,200,B,150"),
            (&array, Style::Form, true, "color=blue&color=black&color=brown"),
            (&object, Style::Form, true, "R=100&G=200&B=150"),
            (&array, Style::SpaceDelimited, false, "color=blue%20black%20brown"),
            (&object, Style::SpaceDelimited, false, "color=R%20100%20G%20200%20B%20150"),
            (&array, Style::PipeDelimited, false, "color=blue%7Cblack%7Cbrown"),
            (&object, Style::PipeDelimited, false, "color=R%7C100%7CG%7C200%7CB%7C150"),
            (&object, Style::DeepObject, true, "color[R]=100&color[G]=200&color[B]=150"),
        ] {
            assert_eq!(query(value, style, explode), expected);
        }
    }
}
