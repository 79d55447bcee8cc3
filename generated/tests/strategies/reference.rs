//! The vendor's document, which isn't part of the project.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

/// A strategy in the vendor's document.
pub struct Strategy {
    /// The value of `strategy`.
    pub name: String,
    /// The name of the schema of its options.
    pub options: String,
    /// That schema and those it refers to, as one document.
    pub document: Value,
}

impl Strategy {
    /// The validator of the options.
    pub fn judge(&self) -> jsonschema::Validator {
        let mut schema = json!({ "$ref": format!("#/components/schemas/{}", self.options) });
        schema["components"] = self.document["components"].clone();
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .unwrap()
    }
}

/// Every strategy that has its own response schema in the vendor's document; none if the document is missing.
pub fn strategies() -> Vec<Strategy> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs/auth0-management.yml");
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    let document: Value = serde_yaml::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let of = |(name, schema): (&String, &Value)| {
        name.strip_prefix("ConnectionResponseContent").filter(|rest| !rest.is_empty())?;
        let own = schema["allOf"].as_array()?.iter().find_map(|part| {
            let properties = part.get("properties")?;
            Some((properties["strategy"]["const"].as_str()?, properties["options"]["$ref"].as_str()?))
        });
        let (name, options) = own?;
        let options = options.rsplit('/').next()?.to_owned();
        let document = with_what_it_needs(schemas, &options);
        Some(Strategy { name: name.to_owned(), options, document })
    };
    schemas.iter().filter_map(of).collect()
}

fn with_what_it_needs(schemas: &Map<String, Value>, name: &str) -> Value {
    let mut found = BTreeSet::new();
    let mut queue = vec![name.to_owned()];
    while let Some(name) = queue.pop() {
        if found.insert(name.clone()) {
            references(&schemas[&name], &mut queue);
        }
    }
    let needed: Map<String, Value> =
        found.into_iter().map(|name| (name.clone(), schemas[&name].clone())).collect();
    json!({ "components": { "schemas": needed } })
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let reference = map.get("$ref").and_then(Value::as_str).and_then(|text| text.rsplit('/').next());
            found.extend(reference.map(str::to_owned));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
