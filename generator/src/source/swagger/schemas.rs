//! Schemas: the keywords that OpenAPI 3.0 has otherwise.

use serde_json::{Map, Value, json};

use super::node::Node;
use super::upgrade::{Kind, Upgrade};
use crate::source::at::At;
use crate::text::Place;

impl Upgrade<'_> {
    /// The schema at `at`.
    pub(super) fn schema(&mut self, at: &At<'_>) -> Node {
        let mut node = Node::kept(at);
        self.rewrite(&mut node.value, &at.place);
        node
    }

    /// Rewrites the schema `value`, which is at `place` or below. Names stay, so places do, too.
    fn rewrite(&mut self, value: &mut Value, place: &Place) {
        let Value::Object(members) = value else { return };
        if let Some(Value::String(reference)) = members.get("$ref") {
            self.refer(place, reference, Kind::Schema);
        }
        keywords(members);
        for name in ["properties", "patternProperties", "definitions"] {
            if let Some(Value::Object(schemas)) = members.get_mut(name) {
                schemas.values_mut().for_each(|schema| self.rewrite(schema, place));
            }
        }
        for name in ["items", "additionalProperties", "additionalItems", "not"] {
            match members.get_mut(name) {
                Some(Value::Array(schemas)) => {
                    schemas.iter_mut().for_each(|schema| self.rewrite(schema, place))
                }
                Some(schema) => self.rewrite(schema, place),
                None => {}
            }
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            if let Some(Value::Array(schemas)) = members.get_mut(name) {
                schemas.iter_mut().for_each(|schema| self.rewrite(schema, place));
            }
        }
    }
}

/// Rewrites the keywords of one schema.
pub(super) fn keywords(members: &mut Map<String, Value>) {
    if let Some(name) = members.get("discriminator").and_then(Value::as_str).map(str::to_owned) {
        members.insert("discriminator".to_owned(), json!({ "propertyName": name }));
    }
    if members.get("x-nullable") == Some(&Value::Bool(true)) {
        members.insert("nullable".to_owned(), Value::Bool(true));
    }
    if members.get("type").and_then(Value::as_str) == Some("file") {
        members.insert("type".to_owned(), "string".into());
        members.insert("format".to_owned(), "binary".into());
    }
}
