//! Draws instances of a schema: valid ones, and ones that break a single constraint.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::schemas::PATTERNS;

/// Letters of one to four bytes, and those that JSON escapes.
const LETTERS: [char; 9] = ['a', 'Z', ' ', 'é', '\u{1F600}', '"', '\\', '\n', '0'];

/// Draws instances of the schemas in one document.
pub struct Instances<'a> {
    pub document: &'a Value,
    pub rng: &'a mut Rng,
}

impl Instances<'_> {
    /// An instance of `schema`; meant to be valid, which the judge has the last word on.
    pub fn draw(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.document.pointer(reference.trim_start_matches('#')).cloned();
            return self.draw(&target.unwrap_or_default(), depth + 1);
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return values[self.rng.usize(0..values.len())].clone();
        }
        if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
            let parts: Vec<Value> = parts.iter().map(|part| self.draw(part, depth)).collect();
            return Value::Object(parts.into_iter().filter_map(members).flatten().collect());
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(alternatives) = schema.get(keyword).and_then(Value::as_array) {
                let chosen = self.rng.usize(0..alternatives.len());
                return self.draw(&alternatives[chosen], depth);
            }
        }
        match schema.get("type") {
            Some(Value::Array(types)) => {
                let kind = types[self.rng.usize(0..types.len())].clone();
                self.of_type(kind.as_str().unwrap_or("null"), schema, depth)
            }
            Some(Value::String(kind)) => self.of_type(kind, schema, depth),
            _ => self.anything(),
        }
    }

    fn of_type(&mut self, kind: &str, schema: &Value, depth: usize) -> Value {
        match kind {
            "boolean" => json!(self.rng.bool()),
            "string" => json!(self.text(schema)),
            "integer" => self.integer(schema),
            "number" => self.number(schema),
            "array" => self.array(schema, depth),
            "object" => self.object(schema, depth),
            _ => Value::Null,
        }
    }

    fn anything(&mut self) -> Value {
        let some = [
            json!(null),
            json!(true),
            json!(-7),
            json!(0.25),
            json!("t"),
            json!([1, [2]]),
            json!({"a": {"b": null}}),
        ];
        some[self.rng.usize(0..some.len())].clone()
    }

    fn text(&mut self, schema: &Value) -> String {
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            return PATTERNS
                .iter()
                .find(|(known, _)| *known == pattern)
                .map_or("", |(_, text)| *text)
                .to_owned();
        }
        let pick = |rng: &mut Rng, texts: &[&str]| texts[rng.usize(0..texts.len())].to_owned();
        match schema.get("format").and_then(Value::as_str) {
            None if schema.get("contentEncoding").is_some() => pick(self.rng, &["", "aGk=", "AAECAw=="]),
            Some("date") => pick(self.rng, &["2024-02-29", "0001-01-01", "9999-12-31"]),
            Some("date-time") => pick(
                self.rng,
                &[
                    "2024-02-29T23:59:59Z",
                    "1985-04-12T23:20:50.520Z",
                    "1996-12-19T16:39:57-08:00",
                    "1990-12-31t23:59:59z",
                ],
            ),
            Some("uuid") => pick(
                self.rng,
                &["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
            ),
            Some("uri") => pick(self.rng, &["https://example.org/a?b#c", "urn:x:y", "mailto:a@b"]),
            _ => {
                let low = length(schema, "minLength").unwrap_or(0);
                let high = length(schema, "maxLength").unwrap_or(low + 4);
                (0..self.rng.usize(low..=high)).map(|_| LETTERS[self.rng.usize(0..LETTERS.len())]).collect()
            }
        }
    }

    fn range(schema: &Value) -> (i64, i64) {
        let bound = |keyword| schema.get(keyword).and_then(Value::as_i64);
        let low = bound("minimum").or(bound("exclusiveMinimum").map(|low| low + 1));
        let high = bound("maximum").or(bound("exclusiveMaximum").map(|high| high - 1));
        match (low, high) {
            (Some(low), Some(high)) => (low, high),
            (Some(low), None) => (low, low + 1_000),
            (None, Some(high)) => (high - 1_000, high),
            (None, None) => (-50_000, 50_000),
        }
    }

    fn integer(&mut self, schema: &Value) -> Value {
        let (low, high) = Self::range(schema);
        let step = schema.get("multipleOf").and_then(Value::as_i64).unwrap_or(1);
        let value = self.rng.i64(low..=high).div_euclid(step) * step;
        // `1.0` is an integer as well (JSON Schema, section 4.2.3).
        if self.rng.u32(0..8) == 0 { json!(value as f64) } else { json!(value) }
    }

    fn number(&mut self, schema: &Value) -> Value {
        let (low, high) = Self::range(schema);
        let value = self.rng.i64(low..=high);
        if schema.get("multipleOf").is_some() || self.rng.bool() {
            return self.integer(schema);
        }
        json!(value as f64 + if value < high { 0.5 } else { 0.0 })
    }

    fn array(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
            return items.iter().map(|item| self.draw(item, depth + 1)).collect();
        }
        let low = length(schema, "minItems").unwrap_or(0);
        let high = length(schema, "maxItems").unwrap_or(low + 2);
        let any = json!({});
        let item = schema.get("items").unwrap_or(&any);
        (0..self.rng.usize(low..=high)).map(|_| self.draw(item, depth + 1)).collect()
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let required = schema.get("required").and_then(Value::as_array);
        let mut object = Map::new();
        for (name, property) in properties {
            let must = required.is_some_and(|required| required.iter().any(|known| known == name));
            if must || (depth < 6 && self.rng.bool()) {
                object.insert(name.clone(), self.draw(property, depth + 1));
            }
        }
        if schema.get("patternProperties").is_some() && self.rng.bool() {
            let pattern = schema["patternProperties"]["^x-"].clone();
            object.insert("x-1".to_owned(), self.draw(&pattern, depth + 1));
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => {}
            Some(extra @ Value::Object(_)) => {
                for index in 0..length(schema, "minProperties").unwrap_or(0) + self.rng.usize(0..2) {
                    object.insert(format!("extra {index}"), self.draw(extra, depth + 1));
                }
            }
            _ if self.rng.bool() => {
                object.insert("unheard_of".to_owned(), self.anything());
            }
            _ => {}
        }
        Value::Object(object)
    }
}

fn length(schema: &Value, keyword: &str) -> Option<usize> {
    schema.get(keyword).and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok())
}

fn members(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
