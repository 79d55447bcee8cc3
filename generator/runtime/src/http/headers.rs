//! Reads a response's headers: style `simple` (OpenAPI 3.1, 4.8.12), or JSON.

use http::HeaderMap;
use serde_json::{Map, Value};

use crate::json::decode::{FromJson, Mode};

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
        return T::from_json(serde_json::from_str(&text).ok()?, Mode::Lenient).ok();
    }
    readings(&text).into_iter().find_map(|reading| T::from_json(reading, Mode::Strict).ok())
}

/// The possible readings of a text: a string, a scalar, a list, or an object in either notation.
fn readings(text: &str) -> [Value; 6] {
    let items: Vec<&str> = text.split(',').map(str::trim).collect();
    let (mut exploded, mut flat) = (Map::new(), Map::new());
    for (name, value) in items.iter().filter_map(|item| item.split_once('=')) {
        exploded.insert(name.to_owned(), scalar(value));
    }
    for pair in items.chunks_exact(2) {
        flat.insert(pair[0].to_owned(), scalar(pair[1]));
    }
    let texts = items.iter().map(|item| Value::String((*item).to_owned())).collect();
    let scalars = items.iter().map(|item| scalar(item)).collect();
    [
        Value::String(text.to_owned()),
        scalar(text),
        Value::Array(texts),
        Value::Array(scalars),
        Value::Object(exploded),
        Value::Object(flat),
    ]
}

/// A number or a boolean if it parses as one, otherwise text.
fn scalar(text: &str) -> Value {
    match serde_json::from_str(text.trim()) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
