//! Bytes to a JSON value: YAML or JSON, told apart by content.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The largest document that is read, in bytes.
pub(super) const MAX_BYTES: usize = 64 << 20;

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

/// Parses `text`.
pub(super) fn parse(text: &[u8]) -> Result<Value, SyntaxError> {
    let error = |message: String, mark, help| SyntaxError { message, mark, help };
    if text.len() > MAX_BYTES {
        let message = format!("the file has {} bytes, more than the {MAX_BYTES} that are read", text.len());
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
fn is_json(text: &str) -> bool {
    text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

type Problem = (String, Option<(usize, usize)>);

fn parse_json(text: &str) -> Result<Value, Problem> {
    let problem = |error: serde_json::Error| {
        (
            format!("the file isn't JSON: {error}"),
            Some((error.line().max(1), error.column().saturating_sub(1))),
        )
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict.deserialize(&mut deserializer).map_err(problem)?;
    deserializer.end().map_err(problem)?;
    Ok(value)
}

/// The one place that calls `serde_yaml`, which is no longer maintained.
fn parse_yaml(text: &str) -> Result<Value, Problem> {
    Strict.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let mark = error.location().map(|place| (place.line().max(1), place.column().saturating_sub(1)));
        (format!("the file isn't YAML: {error}"), mark)
    })
}

/// Builds a value, refusing what JSON can't say or says twice.
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number that JSON doesn't have"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(name) = access.next_key::<String>()? {
            let value = access.next_value_seed(Self)?;
            if name == "<<" {
                merged.push(value);
            } else if map.insert(name.clone(), value).is_some() {
                return Err(de::Error::custom(format!("the key {name:?} stands twice in one object")));
            }
        }
        merge(&mut map, merged);
        Ok(Value::Object(map))
    }
}

/// YAML's merge key: members that the map doesn't have itself.
fn merge(map: &mut Map<String, Value>, merged: Vec<Value>) {
    for value in merged {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    map.entry(name).or_insert(value);
                }
            }
            Value::Array(maps) => merge(map, maps),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_json_alike() {
        let json = parse(b"{\"a\": {\"200\": [1, 1.5, null]}}").unwrap();
        assert_eq!(parse("\u{feff}a:\r\n  200: [1, 1.5, ~]\r\n".as_bytes()).unwrap(), json);
        assert_eq!(parse(b"{a: {200: [1, 1.5, null]}}").unwrap(), json);
        assert_eq!(parse(b"b: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}").unwrap()["c"]["y"], 3);
    }

    #[test]
    fn what_is_refused() {
        for (text, expected) in [
            (&b"  \n"[..], "empty"),
            (b"a: 1\na: 2", "twice"),
            (b"{\"a\": 1, \"a\": 2}", "twice"),
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
        assert!(parse(bomb.as_bytes()).unwrap_err().message.contains("repetition limit"));
    }
}
