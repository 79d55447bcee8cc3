//! How parameters are written (OpenAPI 3.1, 4.8.12.3 and 4.8.12.4).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

/// The style of a parameter.
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

/// All but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What can't stand in a query even where reserved characters are allowed.
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

/// `text` with everything escaped that isn't unreserved, or that can't stand in a query.
pub(super) fn encode(text: &str, allow_reserved: bool) -> String {
    utf8_percent_encode(text, if allow_reserved { NOT_IN_QUERY } else { RESERVED }).to_string()
}

/// A scalar as text; JSON for anything nested.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A value in a path or a header, escaped by `escape`.
pub(super) fn inline(
    name: &str,
    value: &Value,
    style: Style,
    explode: bool,
    escape: impl Fn(&str) -> String,
) -> String {
    let scalar = |value: &Value| escape(&text(value));
    let prefix = match style {
        Style::Matrix => ";",
        Style::Label => ".",
        _ => "",
    };
    let named =
        |text: String| if text.is_empty() { escape(name) } else { format!("{}={text}", escape(name)) };
    let separator = match (style, explode) {
        (Style::Matrix, true) => ";",
        (Style::Label, true) => ".",
        _ => ",",
    };
    let parts: Vec<String> = match value {
        Value::Array(items) if style == Style::Matrix && explode => {
            items.iter().map(|item| named(scalar(item))).collect()
        }
        Value::Array(items) => items.iter().map(scalar).collect(),
        Value::Object(map) if explode => {
            map.iter().map(|(key, value)| format!("{}={}", escape(key), scalar(value))).collect()
        }
        Value::Object(map) => map.iter().flat_map(|(key, value)| [escape(key), scalar(value)]).collect(),
        other => vec![scalar(other)],
    };
    let joined = parts.join(separator);
    match style {
        Style::Matrix if !explode || !(value.is_array() || value.is_object()) => {
            format!("{prefix}{}", named(joined))
        }
        _ => format!("{prefix}{joined}"),
    }
}

/// A value as the pairs of a query, form or cookie, not yet escaped. The second of a pair may hold a
/// separator that must not be escaped: it is the third.
pub(super) fn pairs(
    name: &str,
    value: &Value,
    style: Style,
    explode: bool,
) -> Vec<(String, Vec<String>, &'static str)> {
    let one = |name: String, value: &Value| (name, vec![text(value)], "");
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    match value {
        Value::Array(items) if style == Style::DeepObject => {
            items.iter().enumerate().map(|(index, item)| one(format!("{name}[{index}]"), item)).collect()
        }
        Value::Array(items) if explode => items.iter().map(|item| one(name.to_owned(), item)).collect(),
        Value::Array(items) if items.is_empty() => Vec::new(),
        Value::Array(items) => vec![(name.to_owned(), items.iter().map(text).collect(), separator)],
        Value::Object(map) if style == Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(name, map, &mut pairs);
            pairs
        }
        Value::Object(map) if explode => map.iter().map(|(key, value)| one(key.clone(), value)).collect(),
        Value::Object(map) if map.is_empty() => Vec::new(),
        Value::Object(map) => {
            let parts = map.iter().flat_map(|(key, value)| [key.clone(), text(value)]).collect();
            vec![(name.to_owned(), parts, separator)]
        }
        other => vec![one(name.to_owned(), other)],
    }
}

fn deep(prefix: &str, map: &Map<String, Value>, pairs: &mut Vec<(String, Vec<String>, &'static str)>) {
    for (key, value) in map {
        let name = format!("{prefix}[{key}]");
        match value {
            Value::Object(inner) => deep(&name, inner, pairs),
            Value::Array(items) => {
                pairs.extend(items.iter().map(|item| (name.clone(), vec![text(item)], "")))
            }
            other => pairs.push((name, vec![text(other)], "")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The table of OpenAPI 3.1, 4.8.12.4.
    #[test]
    fn every_row_of_the_style_table() {
        let escape = |text: &str| encode(text, false);
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
                assert_eq!(inline("color", value, style, explode, escape), expected, "{style:?} {explode}");
            }
        }
        let query = |value: &Value, style, explode| {
            let pairs = pairs("color", value, style, explode).into_iter();
            let written = pairs.map(|(name, parts, separator)| {
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
            (&array, Style::PipeDelimited, false, "color=blue|black|brown"),
            (&object, Style::PipeDelimited, false, "color=R|100|G|200|B|150"),
            (&object, Style::DeepObject, true, "color[R]=100&color[G]=200&color[B]=150"),
        ] {
            assert_eq!(query(value, style, explode), expected);
        }
    }
}
