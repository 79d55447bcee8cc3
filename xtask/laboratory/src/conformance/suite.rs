//! The files of JSON Schema's test suite, as schemas of an OpenAPI document.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use speccrate::Failure;

/// The keywords that name schemas by something other than a place in the document.
const NAMING: &[&str] = &["$id", "$anchor", "$dynamicRef", "$dynamicAnchor"];

/// The keywords whose values are data, in which nothing is a reference.
const DATA: &[&str] = &["const", "enum", "default", "examples"];

/// A schema and what it accepts.
pub struct Group {
    /// The file without its ending, which is the keyword it is about, such as `maxLength`.
    pub file: String,
    pub description: String,
    pub schema: Value,
    pub instances: Vec<Instance>,
}

/// A value that the schema accepts or doesn't.
#[derive(serde::Deserialize)]
pub struct Instance {
    pub description: String,
    #[serde(rename = "data")]
    pub value: Value,
    #[serde(rename = "valid")]
    pub is_valid: bool,
}

/// The groups, in the order of their files, and the number left out of each file.
#[derive(Default)]
pub struct Suite {
    pub groups: Vec<Group>,
    pub left_out: BTreeMap<String, usize>,
}

/// Reads the suite in `folder` and in its folder `format`.
pub fn read(folder: &Path) -> Result<Suite, Failure> {
    let mut suite = Suite::default();
    for (folder, prefix) in [(folder.to_owned(), ""), (folder.join("format"), "format/")] {
        let mut paths = std::fs::read_dir(&folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        for path in paths {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            suite.add(&format!("{prefix}{stem}"), &std::fs::read_to_string(&path)?)?;
        }
    }
    Ok(suite)
}

#[derive(serde::Deserialize)]
struct Written {
    description: String,
    schema: Value,
    tests: Vec<Instance>,
}

impl Suite {
    fn add(&mut self, file: &str, text: &str) -> Result<(), Failure> {
        let groups: Vec<Written> =
            serde_json::from_str(text).map_err(|error| Failure::Usage(format!("{file}: {error}")))?;
        for Written { description, schema, tests } in groups {
            if is_elsewhere(&schema) {
                *self.left_out.entry(file.to_owned()).or_default() += 1;
                continue;
            }
            self.groups.push(Group { file: file.to_owned(), description, schema, instances: tests });
        }
        Ok(())
    }
}

/// Whether the schema refers to something by other means than its place, or outside itself.
fn is_elsewhere(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, value)| match value {
            Value::String(text) => {
                NAMING.contains(&name.as_str()) || (name == "$ref" && text != "#" && !text.starts_with("#/"))
            }
            _ => !DATA.contains(&name.as_str()) && is_elsewhere(value),
        }),
        Value::Array(items) => items.iter().any(is_elsewhere),
        _ => false,
    }
}

/// An OpenAPI document that has the schema of each group as the property `value` of a body of its own, named
/// `Case0` and so on.
pub fn document<'g>(groups: impl Iterator<Item = &'g Group>) -> Value {
    let (mut schemas, mut paths) = (Map::new(), Map::new());
    for (index, group) in groups.enumerate() {
        let name = crate::oracle::case_name(index);
        let mut schema = group.schema.clone();
        move_to(&mut schema, &format!("#/components/schemas/{name}/properties/value"));
        schemas.insert(
            name.clone(),
            json!({"type": "object", "required": ["value"], "properties": {"value": schema}}),
        );
        let body = json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        paths.insert(
            format!("/{name}"),
            json!({"post": {
                "operationId": format!("send{name}"),
                "requestBody": {"required": true, "content": body},
                "responses": {"200": {"description": "The same", "content": body}},
            }}),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "The suite", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// Makes the references of a schema, which count from its root, count from `root`.
fn move_to(schema: &mut Value, root: &str) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members.iter_mut().filter(|(name, _)| !DATA.contains(&name.as_str())) {
                match value {
                    Value::String(text) if name == "$ref" => {
                        *text = format!("{root}{}", text.trim_start_matches('#'));
                    }
                    value => move_to(value, root),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_to(item, root)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_count_from_the_property() {
        let mut schema =
            json!({"items": {"$ref": "#"}, "const": {"$ref": "#/a"}, "properties": {"$ref": {}}});
        move_to(&mut schema, "#/x");
        assert_eq!(
            schema,
            json!({"items": {"$ref": "#/x"}, "const": {"$ref": "#/a"}, "properties": {"$ref": {}}})
        );
    }

    #[test]
    fn schemas_that_are_elsewhere_are_left_out() {
        assert!(is_elsewhere(&json!({"allOf": [{"$ref": "other.json"}]})));
        assert!(is_elsewhere(&json!({"$ref": "#name", "$defs": {"a": {"$anchor": "name"}}})));
        assert!(!is_elsewhere(&json!({"$ref": "#/$defs/a", "properties": {"$id": {"type": "string"}}})));
    }
}
