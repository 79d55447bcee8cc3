//! Translates a drawn document to OpenAPI 3.0. Schemas are drawn and judged as JSON Schema 2020-12, so that
//! the translation is independent of how the generator reads 3.0.

use serde_json::{Map, Value, json};

/// The OpenAPI version of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// 3.0: `nullable`, boolean exclusive limits, one type per schema.
    V3_0,
    /// 3.1: unmodified JSON Schema 2020-12.
    V3_1,
}

impl Dialect {
    /// Translates `document` from 3.1 to this dialect.
    pub fn write(self, document: &Value) -> Value {
        let mut written = document.clone();
        if self == Self::V3_0 {
            written["openapi"] = json!("3.0.3");
            if let Some(schemas) = written["components"]["schemas"].as_object_mut() {
                schemas.values_mut().for_each(|schema| *schema = older(schema));
            }
        }
        written
    }
}

/// `schema` with the keywords of 3.0.
fn older(schema: &Value) -> Value {
    // `true` allows anything; `false` is drawn only for `additionalProperties`.
    let Some(members) = schema.as_object() else { return json!({}) };
    let mut older = Map::new();
    for (keyword, value) in members {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                let properties = properties.iter().map(|(name, schema)| (name.clone(), self::older(schema)));
                older.insert(keyword.clone(), Value::Object(properties.collect()));
            }
            ("items", _) | ("additionalProperties", Value::Object(_)) => {
                older.insert(keyword.clone(), self::older(value));
            }
            ("allOf", Value::Array(parts)) => {
                older.insert(keyword.clone(), parts.iter().map(self::older).collect());
            }
            ("oneOf" | "anyOf", Value::Array(alternatives)) => one_of(keyword, alternatives, &mut older),
            ("type", Value::Array(types)) => type_list(types, &mut older),
            ("const", _) => {
                older.insert("enum".to_owned(), json!([value]));
            }
            ("exclusiveMinimum", _) => {
                older.insert("minimum".to_owned(), value.clone());
                older.insert(keyword.clone(), json!(true));
            }
            ("exclusiveMaximum", _) => {
                older.insert("maximum".to_owned(), value.clone());
                older.insert(keyword.clone(), json!(true));
            }
            ("contentEncoding", _) => {
                older.insert("format".to_owned(), json!("byte"));
            }
            _ => {
                older.insert(keyword.clone(), value.clone());
            }
        }
    }
    // OpenAPI 3.0 ignores the siblings of a reference.
    if older.len() > 1
        && let Some(reference) = older.remove("$ref")
    {
        older.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
    Value::Object(older)
}

/// Alternatives, with null expressed by `nullable`.
fn one_of(keyword: &str, alternatives: &[Value], older: &mut Map<String, Value>) {
    let null = json!({ "type": "null" });
    let rest: Vec<Value> = alternatives.iter().filter(|one| **one != null).map(self::older).collect();
    if rest.len() == alternatives.len() {
        older.insert(keyword.to_owned(), Value::Array(rest));
        return;
    }
    match &rest[..] {
        [Value::Object(only)] if only.contains_key("type") => {
            older.extend(only.clone());
            if let Some(values) = older.get_mut("enum").and_then(Value::as_array_mut)
                && !values.contains(&Value::Null)
            {
                values.push(Value::Null);
            }
        }
        [Value::Object(only)] if only.contains_key("$ref") => {
            older.insert("allOf".to_owned(), Value::Array(rest));
        }
        _ => {
            older.insert(keyword.to_owned(), Value::Array(rest));
        }
    }
    older.insert("nullable".to_owned(), json!(true));
}

fn type_list(types: &[Value], older: &mut Map<String, Value>) {
    let rest: Vec<&Value> = types.iter().filter(|kind| **kind != "null").collect();
    let nullable = rest.len() < types.len();
    if let [only] = rest[..] {
        older.insert("type".to_owned(), only.clone());
        if nullable {
            older.insert("nullable".to_owned(), json!(true));
        }
        return;
    }
    let mut alternatives: Vec<Value> = rest.iter().map(|kind| json!({ "type": kind })).collect();
    if nullable {
        alternatives[0]["nullable"] = json!(true);
    }
    older.insert("anyOf".to_owned(), Value::Array(alternatives));
}
