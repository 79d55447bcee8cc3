//! Checks discriminated values against the schemas of their alternatives in another document.
//!
//! The operations of that document may leave such values open, since OpenAPI can't express them, although it
//! has the schemas. They are found by the names in the mapping of our document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use openapi_generator::api::Operation;
use openapi_generator::source::NOT_CHECKED;
use openapi_generator::source::document::{Document, Schema, SchemaId};
use serde_json::{Map, Value, json};

use super::exchange::Violation;
use crate::exercise::{Case, Request};
use crate::json_schema;
use speccrate::Failure;
use speccrate::drift::exceptions::Exceptions;

/// Checks alternatives against another document.
pub struct Judge<'a> {
    document: &'a Document,
    /// The component schemas of the other document.
    schemas: Map<String, Value>,
    /// The intended differences from the other document.
    exceptions: Exceptions,
    validators: BTreeMap<String, jsonschema::Validator>,
    /// The number of values checked.
    pub values: usize,
    /// The tags of the checked values.
    pub tags: BTreeSet<String>,
    /// The tags without a schema.
    pub without: BTreeSet<String>,
}

impl<'a> Judge<'a> {
    /// Checks requests made from `document` against the document at `path`.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn new(document: &'a Document, path: &Path, exceptions: Exceptions) -> Result<Self, Failure> {
        let text = std::fs::read(path)?;
        let value = openapi_generator::source::value(&text).map_err(Failure::Usage)?;
        let schemas = value["components"]["schemas"].as_object().cloned().unwrap_or_default();
        Ok(Self {
            document,
            schemas,
            exceptions,
            validators: BTreeMap::new(),
            values: 0,
            tags: BTreeSet::new(),
            without: BTreeSet::new(),
        })
    }

    /// What is wrong with the alternatives in a request, and what is wrong for a known reason: the documents
    /// differ intentionally, or the generator leaves a keyword to the server.
    ///
    /// # Errors
    /// A schema is unusable.
    pub fn judge(
        &mut self,
        operation: &Operation,
        case: &Case,
        request: &Request,
    ) -> Result<(Vec<Violation>, Vec<Violation>), Failure> {
        let (mut wrong, mut meant) = (Vec::new(), Vec::new());
        let Ok(body) = serde_json::from_str::<Value>(&request.body) else { return Ok((wrong, meant)) };
        let Some(schema) = self.body_schema(operation) else { return Ok((wrong, meant)) };
        for (wire, tag) in case.alternatives() {
            let Some(value) = body.get(wire).filter(|value| !value.is_null()) else { continue };
            let Some(name) = self.alternative(schema, wire, tag) else {
                self.without.insert(tag.to_owned());
                continue;
            };
            self.values += 1;
            self.tags.insert(tag.to_owned());
            for (violation, reason) in self.violations(&name, value, wire)? {
                match reason {
                    Some(_) => meant.push(violation),
                    None => wrong.push(violation),
                }
            }
        }
        Ok((wrong, meant))
    }

    fn body_schema(&self, operation: &Operation) -> Option<SchemaId> {
        let same = |other: &&openapi_generator::source::document::Operation| {
            (&other.method, &other.path) == (&operation.method, &operation.path)
        };
        let body = self.document.operations.iter().find(same)?.request_body.as_ref()?;
        body.content.iter().find_map(|media_type| media_type.schema)
    }

    /// The schema name, in the other document, of the alternative of `wire` for `tag`.
    fn alternative(&self, body: SchemaId, wire: &str, tag: &str) -> Option<String> {
        let id = self.seek(body, &|schema| schema.properties.get(wire).copied())?;
        let by = self.seek(id, &|schema| schema.discriminated_by.as_ref())?;
        let mapping = by.mapping(&self.document.schemas)?;
        let name = self.document.schemas[*mapping.get(tag)?].name.clone()?;
        self.schemas.contains_key(&name).then_some(name)
    }

    /// The first result of `find` in the schema or its parts.
    fn seek<T>(&self, id: SchemaId, find: &impl Fn(&'a Schema) -> Option<T>) -> Option<T> {
        let (mut seen, mut queue) = (BTreeSet::new(), vec![id]);
        while let Some(id) = queue.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema = &self.document.schemas[id];
            if let Some(found) = find(schema) {
                return Some(found);
            }
            queue.extend(schema.reference.iter().chain(&schema.all_of));
        }
        None
    }

    /// What is wrong with the value of the property `wire`, each with the known reason, if any.
    fn violations(
        &mut self,
        name: &str,
        value: &Value,
        wire: &str,
    ) -> Result<Vec<(Violation, Option<String>)>, Failure> {
        if !self.validators.contains_key(name) {
            let validator = validator(&self.schemas, name)?;
            self.validators.insert(name.to_owned(), validator);
        }
        let Some(validator) = self.validators.get(name) else { return Ok(Vec::new()) };
        let violation = |error: jsonschema::ValidationError<'_>| {
            let (path, keyword) = (error.instance_path().to_string(), error.schema_path().to_string());
            let place: Vec<&str> = path.split('/').skip(1).collect();
            let last = keyword.rsplit('/').next().unwrap_or_default();
            let left = NOT_CHECKED.contains(&last).then(|| format!("{last:?} is left to the server"));
            let exception = self.exceptions.reason(name, place.first().copied().unwrap_or_default());
            let reason = exception.map(str::to_owned).or(left);
            let location = ["request", "body", wire].into_iter().chain(place).map(str::to_owned).collect();
            // The validator's own message would quote the value.
            let because = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            let message = format!("{name} says otherwise at {keyword}{because}");
            (Violation { location, message }, reason)
        };
        Ok(validator.iter_errors(value).map(violation).collect())
    }
}

/// A validator for the schema `name` and the schemas it refers to.
fn validator(schemas: &Map<String, Value>, name: &str) -> Result<jsonschema::Validator, Failure> {
    let mut needed = Map::new();
    let mut queue = vec![name.to_owned()];
    while let Some(name) = queue.pop() {
        if let Some(schema) = schemas.get(&name).filter(|_| !needed.contains_key(&name)) {
            references(schema, &mut queue);
            needed.insert(name, schema.clone());
        }
    }
    let schema = json!({
        "$ref": format!("#/components/schemas/{name}"),
        "components": { "schemas": needed },
    });
    json_schema::validator(&schema).map_err(|error| Failure::Usage(format!("{name} can't judge: {error}")))
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            found.extend(reference.and_then(|text| text.rsplit('/').next()).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use openapi_generator::diagnostics::Diagnostics;
    use openapi_generator::settings::Settings;
    use openapi_generator::source::{self, Selection};

    use super::*;

    const OURS: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /pets:
    post:
      operationId: create
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    NewPet:
      properties:
        kind: {type: string}
        care: {type: object, x-discriminated-by: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}}
    Cat: {type: object, properties: {food: {type: string}, toy: {type: string}}}
    Dog: {type: object}
";
    const THEIRS: &str = "components:
  schemas:
    NewPet: {type: object}
    Cat:
      type: object
      properties: {food: {$ref: '#/components/schemas/Food'}, toy: {enum: [mouse]}, friends: {contains: {const: dog}}}
    Food: {enum: [fish]}
";

    #[test]
    fn the_form_that_is_chosen_judges() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
            folder.path().join(name)
        };
        let mut diagnostics = Diagnostics::default();
        let document = source::load_text(OURS.as_bytes(), &Selection::default(), &mut diagnostics).unwrap();
        let api = openapi_generator::api_of(&document, &Settings::default(), &mut diagnostics);
        let meant = "[{at: Cat, part: property toy, rule: value-removed, reason: Cats have more toys.}]";
        let exceptions = Exceptions::load(&write("drift.yaml", meant)).ok().unwrap();
        let mut judge = Judge::new(&document, &write("theirs.yaml", THEIRS), exceptions).ok().unwrap();
        let mut told = |tag: &str, body: Value| {
            let values = Map::from_iter([("chosen property care".to_owned(), json!(tag))]);
            let name = "maximal".to_owned();
            let case = Case { name, call: 0, values, body: None, told_by_format: Vec::new() };
            let request = Request {
                method: "POST".to_owned(),
                uri: "/pets".to_owned(),
                headers: Vec::new(),
                body: body.to_string(),
            };
            let (wrong, meant) = judge.judge(&api.operations[0], &case, &request).ok().unwrap();
            let places = |list: Vec<Violation>| {
                list.iter().map(|one| one.location[2..].join(".")).collect::<Vec<_>>().join(" ")
            };
            (places(wrong), places(meant))
        };
        let none = || (String::new(), String::new());
        assert_eq!(told("cat", json!({ "kind": "cat", "care": { "food": "fish" } })), none());
        assert_eq!(told("cat", json!({ "kind": "cat", "care": { "food": "grass" } })).0, "care.food");
        assert_eq!(told("cat", json!({ "kind": "cat", "care": { "toy": "ball" } })).1, "care.toy");
        assert_eq!(told("cat", json!({ "kind": "cat", "care": { "friends": [] } })).1, "care.friends");
        assert_eq!(told("dog", json!({ "kind": "dog", "care": { "food": 1 } })), none());
        assert_eq!((judge.values, judge.tags.len(), judge.without.len()), (4, 1, 1));
    }
}
