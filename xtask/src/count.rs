//! What a document says of itself, counted on its bare JSON value: the generator's own reading takes no part.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

/// What is in a document.
#[derive(Debug, Default)]
pub struct Counted {
    /// `openapi` or `swagger`.
    pub version: String,
    /// How many operations there are.
    pub operations: usize,
    /// Pointers of the component schemas that they reach.
    pub schemas: BTreeSet<String>,
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Members that hold data rather than schemas, or lead to what a client doesn't call.
const NOT_FOLLOWED: &[&str] = &["callbacks", "links", "example", "examples", "default", "enum", "const"];

/// An extension whose mapping leads to schemas too.
const DISCRIMINATED_BY: &str = "x-discriminated-by";

/// Counts what is in the document at `path`.
pub fn count(path: &Path) -> Counted {
    let text = std::fs::read(path).unwrap_or_default();
    let yaml = || serde_yaml::from_slice(&text).ok().map(json);
    let Some(document) = serde_json::from_slice(&text).ok().or_else(yaml) else { return Counted::default() };
    let version = document.get("openapi").or_else(|| document.get("swagger"));
    let version = version.map(|version| version.as_str().map_or_else(|| version.to_string(), str::to_owned));
    let mut counted = Counted { version: version.unwrap_or_default(), ..Counted::default() };
    let mut references = Vec::new();
    for (_, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for method in METHODS {
            if let Some(operation) = item.get(*method) {
                counted.operations += 1;
                collect(&document, operation, false, &mut references);
            }
        }
        collect(&document, item.get("parameters").unwrap_or(&Value::Null), false, &mut references);
    }
    let mut seen = BTreeSet::new();
    while let Some(reference) = references.pop() {
        let Some(pointer) = reference.strip_prefix('#') else { continue };
        if seen.insert(pointer.to_owned()) {
            collect(&document, document.pointer(pointer).unwrap_or(&Value::Null), false, &mut references);
        }
    }
    let is_schema = |pointer: &String| {
        pointer.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
    };
    counted.schemas = seen.into_iter().filter(is_schema).collect();
    counted
}

/// YAML as JSON: keys become texts, what JSON hasn't got becomes null.
fn json(yaml: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match yaml {
        Yaml::Mapping(map) => {
            let key = |key: Yaml| match key {
                Yaml::String(key) => key,
                other => json(other).to_string(),
            };
            map.into_iter().map(|(name, value)| (key(name), json(value))).collect()
        }
        Yaml::Sequence(items) => items.into_iter().map(json).collect(),
        Yaml::Tagged(tagged) => json(tagged.value),
        scalar => serde_json::to_value(scalar).unwrap_or_default(),
    }
}

/// Collects the references in `value`, a part of `document`; the names in `properties` are no keywords.
fn collect(document: &Value, value: &Value, names: bool, references: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            // The alternatives that it maps to stand for what it is beside: each repeats that.
            let chosen = map.get(DISCRIMINATED_BY).filter(|_| !names);
            references.extend(
                chosen.and_then(|chosen| chosen.get("mapping")).into_iter().flat_map(targets(document)),
            );
            for (name, member) in map {
                if !names && (NOT_FOLLOWED.contains(&name.as_str()) || name.starts_with("x-")) {
                    continue;
                }
                if !names && name == "$ref" && chosen.is_none() {
                    references.extend(member.as_str().map(str::to_owned));
                }
                if !names && name == "mapping" {
                    references.extend(targets(document)(member));
                }
                let names = !names && matches!(name.as_str(), "properties" | "patternProperties");
                collect(document, member, names, references);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(document, item, false, references)),
        _ => {}
    }
}

/// What a mapping leads to: references, and names of schemas that there are.
fn targets(document: &Value) -> impl Fn(&Value) -> Vec<String> + '_ {
    let target = |target: &str| {
        if target.contains('/') {
            return Some(target.to_owned());
        }
        let named = format!("/components/schemas/{target}");
        document.pointer(&named).map(|_| format!("#{named}"))
    };
    move |mapping| match mapping {
        Value::Object(mapping) => mapping.values().filter_map(Value::as_str).filter_map(target).collect(),
        Value::String(one) => target(one).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn operations_and_what_they_reach() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("api.yaml");
        let text = "openapi: 3.1.0
paths:
  /a:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: {$ref: '#/components/schemas/D'}}}}}}
components:
  schemas:
    A: {properties: {default: {$ref: '#/components/schemas/B'}}}
    B: {type: string}
    C: {type: string}
    D: {type: string}
";
        std::fs::write(&path, text).unwrap();
        let counted = super::count(&path);
        assert_eq!((counted.operations, counted.schemas.len()), (1, 2));
    }
}
