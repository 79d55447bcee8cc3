//! Spells out a document's discriminated alternatives as `oneOf`, so that peers, which don't know our
//! extension, also generate types for them and all compile the same models.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::edits::bundle::bundled;
use speccrate::Failure;

const EXTENSION: &str = "x-discriminated-by";

/// Writes `document` and the files that it refers to into `out`.
pub fn write(document: &Path, out: &Path) -> Result<(), Failure> {
    let mut whole = bundled(document, super::value(document)?).map_err(Failure::Usage)?;
    spell_out(&mut whole);
    save(&whole, out)
}

/// Writes `document` into `out` without the extension, as peers read it; `false` if it doesn't have it.
pub fn write_without(document: &Path, out: &Path) -> Result<bool, Failure> {
    let mut whole = super::value(document)?;
    let removed = remove(&mut whole);
    if removed {
        save(&whole, out)?;
    }
    Ok(removed)
}

/// Writes YAML if `out` is named like it, and else JSON.
fn save(document: &Value, out: &Path) -> Result<(), Failure> {
    let text = if out.extension().is_some_and(|extension| extension == "yaml") {
        serde_yaml::to_string(document).map_err(|error| Failure::Usage(error.to_string()))?
    } else {
        serde_json::to_string(document)?
    };
    Ok(std::fs::write(out, text)?)
}

/// Removes the extension everywhere, and tells whether it was there.
fn remove(node: &mut Value) -> bool {
    match node {
        Value::Object(members) => {
            let mut removed = members.shift_remove(EXTENSION).is_some();
            members.values_mut().for_each(|member| removed |= remove(member));
            removed
        }
        Value::Array(items) => {
            let mut removed = false;
            items.iter_mut().for_each(|item| removed |= remove(item));
            removed
        }
        _ => false,
    }
}

fn spell_out(node: &mut Value) {
    match node {
        Value::Object(members) => {
            if let Some(schema) =
                members.remove(EXTENSION).and_then(|by| spelled_out(members, &by["mapping"]))
            {
                *node = schema;
            } else {
                members.values_mut().for_each(spell_out);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(spell_out),
        _ => {}
    }
}

/// The schema that replaces `members`; its alternatives are those of `mapping` or of the schema it refers to.
fn spelled_out(members: &Map<String, Value>, mapping: &Value) -> Option<Value> {
    if let Value::String(like) = mapping {
        return Some(json!({ "$ref": like }));
    }
    let mut alternatives: Vec<&Value> = Vec::new();
    for reference in mapping.as_object()?.values() {
        if !alternatives.contains(&reference) {
            alternatives.push(reference);
        }
    }
    let alternatives: Vec<Value> =
        alternatives.iter().map(|reference| json!({ "$ref": reference })).collect();
    let mut schema = json!({ "oneOf": alternatives });
    if let Some(description) = members.get("description") {
        schema["description"] = description.clone();
    }
    Some(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_is_removed_wherever_it_is() {
        let mut document = json!({"a": [{"x-discriminated-by": 1, "b": 2}, {"x-discriminated-by": 3}]});
        assert!(remove(&mut document));
        assert_eq!(document, json!({"a": [{"b": 2}, {}]}));
        assert!(!remove(&mut document));
    }

    #[test]
    fn mappings_become_alternatives_each_once() {
        let mut document = json!({
            "A": {"type": "object", "description": "d", "x-discriminated-by": {
                "propertyName": "kind", "mapping": {"a": "#/B", "b": "#/C", "c": "#/B"}
            }},
            "D": {"properties": {"a": {"$ref": "#/E", "x-discriminated-by": {"mapping": "#/A"}}}},
        });
        spell_out(&mut document);
        let expected = json!({
            "A": {"description": "d", "oneOf": [{"$ref": "#/B"}, {"$ref": "#/C"}]},
            "D": {"properties": {"a": {"$ref": "#/A"}}},
        });
        assert_eq!(document, expected);
    }
}
