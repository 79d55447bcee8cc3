//! What schemas say about values, however they are split into parts: to compare our document with the
//! vendor's.

use std::path::Path;

use serde_json::{Map, Value, json};

/// The schemas of our document, by name: those of `spec/connections.yaml` and `spec/strategies/`.
pub fn ours() -> Map<String, Value> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let read =
        |path: &Path| -> Value { serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap() };
    let document = read(&spec.join("connections.yaml"));
    let mut found = document["components"]["schemas"].as_object().unwrap().clone();
    for entry in std::fs::read_dir(spec.join("strategies")).unwrap() {
        found.extend(read(&entry.unwrap().path()).as_object().unwrap().clone());
    }
    found
}

/// The schema with its references and the parts of `allOf` inlined, without descriptions and without keywords
/// that have no effect.
pub fn of(schemas: &Map<String, Value>, schema: &Value) -> Value {
    let Value::Object(own) = schema else { return schema.clone() };
    let mut whole = Map::new();
    if let Some(name) = own.get("$ref").and_then(Value::as_str).and_then(|text| text.rsplit('/').next()) {
        merge(&mut whole, of(schemas, &schemas[name]));
    }
    for part in own.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        merge(&mut whole, of(schemas, part));
    }
    let mut rest = Map::new();
    for (keyword, value) in own {
        match (keyword.as_str(), value) {
            ("$ref" | "allOf" | "description" | "example" | "title" | "x-discriminated-by", _) => {}
            ("minLength" | "minItems", value) if value == 0 => {}
            ("anyOf" | "oneOf", Value::Array(forms)) if forms.len() == 1 => {
                merge(&mut whole, of(schemas, &forms[0]));
            }
            ("anyOf" | "oneOf", Value::Array(forms)) => {
                let forms = forms.iter().map(|form| of(schemas, form)).collect();
                rest.insert(keyword.clone(), Value::Array(forms));
            }
            ("properties", Value::Object(properties)) => {
                let each = properties.iter().map(|(name, schema)| (name.clone(), of(schemas, schema)));
                rest.insert(keyword.clone(), Value::Object(each.collect()));
            }
            ("items" | "additionalProperties", schema) => {
                rest.insert(keyword.clone(), of(schemas, schema));
            }
            _ => drop(rest.insert(keyword.clone(), value.clone())),
        }
    }
    merge(&mut whole, Value::Object(rest));
    if whole.get("properties") == Some(&json!({})) {
        whole.remove("properties");
    }
    Value::Object(whole)
}

fn merge(into: &mut Map<String, Value>, from: Value) {
    let Value::Object(from) = from else { return };
    for (keyword, value) in from {
        let merged = match (into.remove(&keyword), keyword.as_str()) {
            (Some(Value::Object(mut one)), "properties") => {
                one.extend(value.as_object().cloned().into_iter().flatten());
                Value::Object(one)
            }
            (Some(Value::Array(one)), "required") => {
                let both = one.iter().chain(value.as_array().into_iter().flatten());
                let mut names: Vec<&str> = both.filter_map(Value::as_str).collect();
                names.sort_unstable();
                names.dedup();
                json!(names)
            }
            (Some(one), "minLength" | "minItems") => json!(one.as_u64().max(value.as_u64())),
            (Some(one), "maxLength" | "maxItems") => json!(one.as_u64().min(value.as_u64())),
            _ => value,
        };
        into.insert(keyword, merged);
    }
}
