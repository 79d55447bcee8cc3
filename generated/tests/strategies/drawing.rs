//! Draws options from the vendor's schemas.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Texts for the patterns of the vendor's document; the judge checks them.
const TEXTS: &[(&str, &str)] = &[
    (r"^https:\/\/.*", "https://idp.example.org/login?a=b"),
    (r"^MG[0-9a-fA-F]{32}$", "MG0123456789abcdef0123456789ABCDEF"),
    (r"^AC[0-9a-fA-F]{32}$", "AC0123456789abcdef0123456789ABCDEF"),
    (r"^[a-zA-Z0-9-:./_~]+$", "api://app-1_2~3"),
    (r"^[0-9]+$", "200"),
    (r"^\d+$", "1234567890"),
    (r"^[0-9a-fA-F]+$", "00ffAA"),
];

const DOMAIN: &str = "example.org";

/// Draws from the schemas of one document.
pub struct Drawing<'a> {
    schemas: &'a Value,
    rng: Rng,
    /// The first instance has nothing but what must be there, the second everything.
    every: Option<bool>,
}

impl<'a> Drawing<'a> {
    pub fn new(document: &'a Value, seed: u64) -> Self {
        let every = match seed {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        };
        Self { schemas: &document["components"]["schemas"], rng: Rng::with_seed(seed), every }
    }

    /// Valid options: properties of which no valid value was found are left out.
    pub fn options(&mut self, name: &str, judge: &jsonschema::Validator) -> Value {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        for _ in 0..50 {
            let mut options = self.draw(&schema, 0);
            let wrong: Vec<String> = judge
                .iter_errors(&options)
                .map(|error| error.instance_path().to_string())
                .filter_map(|path| path.split('/').nth(1).map(str::to_owned))
                .collect();
            for property in wrong {
                options.as_object_mut().unwrap().remove(&property);
            }
            if judge.is_valid(&options) {
                return options;
            }
        }
        panic!("{name}: no valid options were drawn");
    }

    /// The properties that the schema declares.
    pub fn properties(&self, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        let visit = &mut |property: &str, _: &Value| found.push(property.to_owned());
        self.each_property(&self.schemas[name], visit);
        found
    }

    /// Whether a property has several forms, or holds what has.
    pub fn is_union(&self, name: &str, property: &str) -> bool {
        let mut union = false;
        self.each_property(&self.schemas[name], &mut |other, schema| {
            union |= other == property && self.has_several_forms(schema);
        });
        union
    }

    fn has_several_forms(&self, schema: &Value) -> bool {
        let several = |keyword: &str| schema[keyword].as_array().is_some_and(|list| list.len() > 1);
        let inner = || {
            let alternatives = ["anyOf", "oneOf"].into_iter().flat_map(|keyword| schema[keyword].as_array());
            alternatives.flatten().chain([&schema["additionalProperties"], &schema["items"]])
        };
        several("anyOf")
            || several("oneOf")
            || self.target(schema).is_some_and(|target| self.has_several_forms(target))
            || inner().any(|inner| inner.is_object() && self.has_several_forms(inner))
    }

    fn each_property(&self, schema: &Value, visit: &mut impl FnMut(&str, &Value)) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            visit(name, property);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.each_property(self.target(part).unwrap_or(part), visit);
        }
    }

    fn target(&self, schema: &Value) -> Option<&'a Value> {
        let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
        self.schemas.get(name)
    }

    fn draw(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(target) = self.target(schema) {
            return self.draw(target, depth);
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.pick_value(values);
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(alternatives) = schema[keyword].as_array() {
                let mut whole = schema.clone();
                let mut chosen = self.pick(alternatives).clone();
                whole.as_object_mut().unwrap().remove(keyword);
                if self.target(&chosen).is_none() {
                    whole.as_object_mut().unwrap().extend(members(chosen).into_iter().flatten());
                    chosen = whole;
                }
                return self.draw(&chosen, depth);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let drawn: Vec<Value> = parts.iter().map(|part| self.draw(part, depth)).collect();
            if !drawn.iter().all(Value::is_object) {
                return self.scalar(&self.whole(schema));
            }
            let mut object: Map<String, Value> = drawn.into_iter().filter_map(members).flatten().collect();
            self.add_required(schema, &mut object, depth);
            return Value::Object(object);
        }
        match &schema["type"] {
            Value::Array(kinds) => {
                let kind = self.pick_value(kinds);
                let mut one = schema.clone();
                one["type"] = kind;
                self.draw(&one, depth)
            }
            kind if kind == "object" || schema.get("properties").is_some() => self.object(schema, depth),
            kind if kind == "array" => self.array(schema, depth),
            _ => self.scalar(schema),
        }
    }

    /// Draws what a schema requires whose parts declare it.
    fn add_required(&mut self, schema: &Value, object: &mut Map<String, Value>, depth: usize) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let mut declared = None;
            self.each_property(schema, &mut |other, property| {
                if other == name {
                    declared = Some(property.clone());
                }
            });
            if !object.contains_key(name)
                && let Some(property) = declared
            {
                object.insert(name.to_owned(), self.draw(&property, depth + 1));
            }
        }
    }

    /// The parts of a scalar's `allOf` as one schema.
    fn whole(&self, schema: &Value) -> Value {
        let mut whole = Map::new();
        let target = self.target(schema).unwrap_or(schema);
        for part in target["allOf"].as_array().into_iter().flatten() {
            whole.extend(members(self.whole(part)).into_iter().flatten());
        }
        whole.extend(target.as_object().cloned().into_iter().flatten());
        whole.remove("allOf");
        Value::Object(whole)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut object = Map::new();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let wanted = self.every.unwrap_or_else(|| self.rng.bool());
            if wanted || required.contains(&name.as_str()) {
                object.insert(name.clone(), self.draw(property, depth + 1));
            }
        }
        if self.every != Some(false) {
            match &schema["additionalProperties"] {
                Value::Bool(true) => {
                    drop(object.insert("unheard_of".to_owned(), json!({ "a": [null, 1.5] })))
                }
                extra @ Value::Object(_) => {
                    drop(object.insert("entry".to_owned(), self.draw(extra, depth + 1)))
                }
                _ => {}
            }
        }
        Value::Object(object)
    }

    fn array(&mut self, schema: &Value, depth: usize) -> Value {
        if schema.get("contains").is_some() {
            return json!(["openid", "email"]);
        }
        let low = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
        let high = usize::try_from(schema["maxItems"].as_u64().unwrap_or(3)).unwrap().min(low + 3);
        let count = self.rng.usize(low..=high);
        let mut items: Vec<Value> = (0..count).map(|_| self.draw(&schema["items"], depth + 1)).collect();
        if schema["uniqueItems"] == true {
            items.dedup();
        }
        Value::Array(items)
    }

    fn scalar(&mut self, schema: &Value) -> Value {
        match schema["type"].as_str() {
            Some("boolean") => json!(self.rng.bool()),
            Some("null") => Value::Null,
            Some("integer" | "number") => {
                let low = schema["minimum"].as_i64().unwrap_or(0);
                let high = schema["maximum"].as_i64().unwrap_or(low + 100);
                json!(self.rng.i64(low..=high))
            }
            Some("string") => json!(self.text(schema)),
            _ => json!({ "free": [true, "form", null] }),
        }
    }

    fn text(&mut self, schema: &Value) -> String {
        if let Some(pattern) = schema["pattern"].as_str() {
            let known = TEXTS.iter().find(|(known, _)| *known == pattern);
            return known.map_or(DOMAIN, |(_, text)| text).to_owned();
        }
        let low = usize::try_from(schema["minLength"].as_u64().unwrap_or(0)).unwrap();
        let high = usize::try_from(schema["maxLength"].as_u64().unwrap_or(40)).unwrap();
        let text = match schema["format"].as_str() {
            Some("uri") => "https://example.org/a?b#c",
            Some("uuid") => "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            Some("date-time") => "2024-02-29T23:59:59Z",
            Some("hostname") => DOMAIN,
            _ => {
                let letters: Vec<char> = "aZ é\u{1F600}\"\\\n0".chars().collect();
                let length = self.rng.usize(low..=high.min(low + 6));
                return (0..length).map(|_| letters[self.rng.usize(0..letters.len())]).collect();
            }
        };
        text.to_owned()
    }

    /// One of `values`; not null where everything is wanted.
    fn pick_value(&mut self, values: &[Value]) -> Value {
        let is_null = |value: &Value| value.is_null() || value == "null";
        let wanted = |value: &&Value| self.every != Some(true) || !is_null(value);
        let values: Vec<Value> = values.iter().filter(wanted).cloned().collect();
        self.pick(&values).clone()
    }

    fn pick<'v>(&mut self, values: &'v [Value]) -> &'v Value {
        &values[self.rng.usize(0..values.len())]
    }
}

fn members(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
