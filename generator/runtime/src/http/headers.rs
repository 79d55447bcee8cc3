//! Reads a response's headers: style `simple` (OpenAPI 3.1, 4.8.12), or JSON.

use http::HeaderMap;

use crate::json::decode::{FromJson, Mode, from_text};
use crate::json::value::Json;

/// The header `name` decoded as a `T`; `None` if it is missing or doesn't decode. Repeated headers form one
/// list, except `Set-Cookie`: each line of that is one item (RFC 9110, section 5.3).
pub fn read<T: FromJson>(headers: &HeaderMap, name: &str, as_json: bool) -> Option<T> {
    let lines: Vec<&str> = headers.get_all(name).iter().filter_map(|line| line.to_str().ok()).collect();
    if lines.is_empty() {
        return None;
    }
    if name.eq_ignore_ascii_case("set-cookie") {
        return T::from_json(lines.into(), Mode::Strict).ok();
    }
    let text = lines.join(",");
    if as_json {
        return from_text(&text, Mode::Lenient).ok();
    }
    readings(&text).into_iter().find_map(|reading| from_text(&reading, Mode::Strict).ok())
}

/// The possible readings of a text as JSON: a string, a scalar, a list, or an object in either notation.
fn readings(text: &str) -> [String; 6] {
    let items: Vec<&str> = text.split(',').map(str::trim).collect();
    let member = |name: &str, value: &str| format!("{}:{}", quoted(name), scalar(value));
    let exploded = items.iter().filter_map(|item| item.split_once('='));
    let exploded: Vec<String> = exploded.map(|(name, value)| member(name, value)).collect();
    let flat: Vec<String> = items.as_chunks().0.iter().map(|[name, value]| member(name, value)).collect();
    let texts: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    let scalars: Vec<String> = items.iter().map(|item| scalar(item)).collect();
    [
        quoted(text),
        scalar(text),
        format!("[{}]", texts.join(",")),
        format!("[{}]", scalars.join(",")),
        format!("{{{}}}", exploded.join(",")),
        format!("{{{}}}", flat.join(",")),
    ]
}

/// A number or a boolean if it parses as one, otherwise text.
fn scalar(text: &str) -> String {
    match from_text::<Json>(text, Mode::Strict) {
        Ok(value) if value.is_number() || value.is_boolean() => text.to_owned(),
        _ => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_and_booleans_are_what_they_are_in_json() {
        for text in ["1.50", "-0", "1e400", "true", "false"] {
            assert_eq!(scalar(text), text);
        }
        for text in ["null", "[1]", "{}", "\"a\"", "01", "a", ""] {
            assert_eq!(scalar(text), quoted(text));
        }
    }

    #[test]
    fn each_by_its_type() {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("a", "7"), ("b", "true"), ("c", "x, y"), ("c", "z"), ("d", "1,2"), ("e", "{\"k\":1}")]
        {
            headers.append(name, http::HeaderValue::from_static(value));
        }
        assert_eq!(read::<i64>(&headers, "a", false), Some(7));
        assert_eq!(read::<String>(&headers, "a", false).as_deref(), Some("7"));
        assert_eq!(read::<bool>(&headers, "b", false), Some(true));
        assert_eq!(read::<i64>(&headers, "b", false), None);
        assert_eq!(read::<Vec<String>>(&headers, "c", false), Some(vec!["x".into(), "y".into(), "z".into()]));
        assert_eq!(read::<Vec<i64>>(&headers, "d", false), Some(vec![1, 2]));
        assert_eq!(
            read::<crate::json::value::JsonObject>(&headers, "e", true).map(|object| object.len()),
            Some(1)
        );
        assert_eq!(read::<i64>(&headers, "absent", false), None);
        headers.append("f", http::HeaderValue::from_static("1.10"));
        assert_eq!(read::<crate::json::number::Number>(&headers, "f", false).unwrap().to_string(), "1.10");
    }

    #[test]
    fn cookies_are_never_joined() {
        let lines = ["a=1; Expires=Sat, 28 Nov 2026 18:15:00 GMT", "b=2,3; Path=/"];
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("set-cookie", http::HeaderValue::from_static(line));
        }
        assert_eq!(read::<Vec<String>>(&headers, "set-cookie", false), Some(lines.map(str::to_owned).into()));
        assert_eq!(read::<Vec<String>>(&HeaderMap::new(), "set-cookie", false), None);
    }
}
