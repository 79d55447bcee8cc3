//! Random instances of JSON schemas. They are meant to be valid; a validator has the last word.
//!
//! `xtask/laboratory/src/oracle/` shares this file.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Characters of one to four bytes, and some that JSON escapes.
const LETTERS: [char; 9] = ['a', 'Z', ' ', 'é', '\u{1F600}', '"', '\\', '\n', '0'];

/// The most elements or characters that a value has beyond its minimum.
const MORE: usize = 6;

/// The depth down to which optional properties are drawn.
const DEPTH: usize = 6;

/// How much of the optional content is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "not every user draws all")]
pub enum Extent {
    /// Only what is required.
    Least,
    /// Any part of it.
    Random,
    /// All of it, without nulls.
    Most,
}

/// Draws instances of the schemas in one document.
pub struct Instances<'a> {
    /// The document that references point into.
    pub document: &'a Value,
    /// The random number generator.
    pub rng: Rng,
    /// How much is drawn.
    pub extent: Extent,
    /// Patterns, each with a matching text.
    pub patterns: &'a [(&'a str, &'a str)],
}

impl Instances<'_> {
    /// An instance of `schema`.
    pub fn draw(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(target) = self.target(schema) {
            return self.draw(&target, depth + 1);
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.pick(values);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return self.all_of(schema, parts, depth);
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(alternatives) = schema[keyword].as_array() {
                let chosen = self.pick(alternatives);
                return self.draw(&beside(schema, keyword, chosen), depth);
            }
        }
        match &schema["type"] {
            Value::Array(kinds) => {
                let kind = self.pick(kinds);
                self.of_type(kind.as_str().unwrap_or("null"), schema, depth)
            }
            Value::String(kind) => self.of_type(kind, schema, depth),
            _ if schema.get("properties").is_some() => self.object(schema, depth),
            _ => self.anything(),
        }
    }

    fn target(&self, schema: &Value) -> Option<Value> {
        let reference = schema.get("$ref")?.as_str()?;
        self.document.pointer(reference.trim_start_matches('#')).cloned()
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
        self.pick(&some)
    }

    /// Draws objects part by part, and merges parts that aren't objects first.
    fn all_of(&mut self, schema: &Value, parts: &[Value], depth: usize) -> Value {
        let drawn: Vec<Value> = parts.iter().map(|part| self.draw(part, depth)).collect();
        if !drawn.iter().all(Value::is_object) {
            return self.draw(&self.whole(schema), depth);
        }
        let mut object: Map<String, Value> = drawn.into_iter().filter_map(members).flatten().collect();
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name)
                && let Some(property) = self.declared(schema, name)
            {
                object.insert(name.to_owned(), self.draw(&property, depth + 1));
            }
        }
        Value::Object(object)
    }

    /// The schema merged with the parts of its `allOf`.
    fn whole(&self, schema: &Value) -> Value {
        let schema = self.target(schema).unwrap_or_else(|| schema.clone());
        let mut whole = Map::new();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            whole.extend(members(self.whole(part)).into_iter().flatten());
        }
        whole.extend(members(schema).into_iter().flatten());
        whole.remove("allOf");
        Value::Object(whole)
    }

    /// The schema of a property that the schema or a part of its `allOf` declares.
    fn declared(&self, schema: &Value, name: &str) -> Option<Value> {
        let target = self.target(schema);
        let schema = target.as_ref().unwrap_or(schema);
        let own = schema["properties"].get(name).cloned();
        let mut parts = schema["allOf"].as_array().into_iter().flatten();
        own.or_else(|| parts.find_map(|part| self.declared(part, name)))
    }

    fn text(&mut self, schema: &Value) -> String {
        if let Some(pattern) = schema["pattern"].as_str() {
            let known = self.patterns.iter().find(|(known, _)| *known == pattern);
            return known.map_or("example.org", |(_, text)| *text).to_owned();
        }
        let texts: &[&str] = match schema["format"].as_str() {
            None if schema.get("contentEncoding").is_some() => &["", "aGk=", "AAECAw=="],
            Some("date") => &["2024-02-29", "0001-01-01", "9999-12-31"],
            Some("date-time") => &[
                "2024-02-29T23:59:59Z",
                "1985-04-12T23:20:50.520Z",
                "1996-12-19T16:39:57-08:00",
                "1990-12-31t23:59:59z",
            ],
            Some("uuid") => &["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
            Some("uri") => &["https://example.org/a?b#c", "urn:x:y", "mailto:a@b"],
            Some("hostname") => &["example.org"],
            _ => {
                let count = self.count(schema, "minLength", "maxLength");
                return (0..count).map(|_| LETTERS[self.rng.usize(0..LETTERS.len())]).collect();
            }
        };
        texts[self.rng.usize(0..texts.len())].to_owned()
    }

    /// A count between two bounds of the schema.
    fn count(&mut self, schema: &Value, low: &str, high: &str) -> usize {
        let low = length(schema, low).unwrap_or(0);
        let high = length(schema, high).unwrap_or(low + 4).min(low + MORE);
        if self.extent == Extent::Least { low } else { self.rng.usize(low..=high.max(low)) }
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
        // `1.0` is an integer too (JSON Schema, section 4.2.3).
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
        if let Some(items) = schema["prefixItems"].as_array() {
            return items.iter().map(|item| self.draw(item, depth + 1)).collect();
        }
        let any = json!({});
        let item = schema.get("items").unwrap_or(&any);
        let count = self.count(schema, "minItems", "maxItems");
        let contained = schema.get("contains").map(|contained| self.draw(contained, depth + 1));
        let mut items: Vec<Value> = contained.into_iter().collect();
        // The extra iterations make up for duplicate elements.
        for _ in 0..count * MORE {
            if items.len() >= count {
                break;
            }
            let drawn = self.draw(item, depth + 1);
            if schema["uniqueItems"] != true || !items.contains(&drawn) {
                items.push(drawn);
            }
        }
        Value::Array(items)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let required = schema["required"].as_array();
        let mut object = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let must = required.is_some_and(|required| required.iter().any(|known| known == name));
            let deepest = if self.extent == Extent::Most { DEPTH * 4 } else { DEPTH };
            if must || (depth < deepest && self.wants()) {
                object.insert(name.clone(), self.draw(property, depth + 1));
            }
        }
        if let Some(pattern) = schema["patternProperties"].get("^x-")
            && self.wants()
        {
            object.insert("x-1".to_owned(), self.draw(pattern, depth + 1));
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => {}
            Some(extra @ Value::Object(_)) => {
                let least = length(schema, "minProperties").unwrap_or(0);
                for index in 0..least + usize::from(self.wants()) {
                    object.insert(format!("extra {index}"), self.draw(extra, depth + 1));
                }
            }
            _ if self.wants() => {
                object.insert("unheard_of".to_owned(), self.anything());
            }
            _ => {}
        }
        Value::Object(object)
    }

    /// Whether to draw something optional.
    fn wants(&mut self) -> bool {
        match self.extent {
            Extent::Least => false,
            Extent::Random => self.rng.bool(),
            Extent::Most => true,
        }
    }

    /// One of `values`; not null where everything is drawn.
    fn pick(&mut self, values: &[Value]) -> Value {
        let is_null = |value: &Value| value.is_null() || value == "null" || value["type"] == "null";
        let wanted = |value: &&Value| self.extent != Extent::Most || !is_null(value);
        let values: Vec<&Value> = values.iter().filter(wanted).collect();
        if values.is_empty() { Value::Null } else { values[self.rng.usize(0..values.len())].clone() }
    }
}

/// The alternative `chosen` of `keyword`, merged with its sibling keywords in `schema`. A reference is kept
/// as it is.
fn beside(schema: &Value, keyword: &str, chosen: Value) -> Value {
    if chosen.get("$ref").is_some() {
        return chosen;
    }
    let mut whole = members(schema.clone()).unwrap_or_default();
    whole.remove(keyword);
    whole.extend(members(chosen).into_iter().flatten());
    Value::Object(whole)
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
