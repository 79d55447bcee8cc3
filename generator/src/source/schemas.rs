//! Schema Objects to [`Schema`]s, with the differences between versions removed.

use serde_json::Value;

use super::at::At;
use super::document::{Schema, SchemaId, Type};
use super::faults::NO_TARGET;
use super::other_files;
use super::reader::Reader;
use crate::diagnostics::codes;
use crate::text::{Place, unescape};

/// What to do about an unknown type.
const TYPES: &str = "Use one of null, boolean, object, array, number, integer and string.";

impl<'a> Reader<'a> {
    /// The id of the schema `at`, which is read later unless it already has been.
    pub(super) fn schema(&mut self, at: At<'a>) -> SchemaId {
        self.schema_ids.id(at)
    }

    /// Reads every waiting schema, and those they lead to. This uses a list rather than recursion, since a chain of
    /// references can be as long as the document.
    pub(super) fn read_schemas(&mut self) {
        while let Some((id, at)) = self.schema_ids.next() {
            let (schema, found) = self.apart(|reader| reader.read_schema(&at));
            // A reference in place of properties, say, that leads nowhere.
            let is_missing = |code: &_| *code == codes::DANGLING_REFERENCE;
            let found = found.with_errors_as(&codes::UNTYPED, "it is ignored", is_missing);
            match found.has_errors() {
                true => self.faults.push((id, found)),
                false => self.diagnostics.extend(found),
            }
            self.schema_ids.put(id, schema);
        }
    }

    /// The schema of the member `name`.
    pub(super) fn schema_member(&mut self, at: &At<'a>, name: &str) -> Option<SchemaId> {
        at.get(name).map(|member| self.schema(member))
    }

    fn read_schema(&mut self, at: &At<'a>) -> Schema {
        let place = at.place.clone();
        match at.value {
            Value::Object(_) => {}
            // YAML reads `name:` with nothing after it as null: a property that is merely mentioned.
            Value::Null => return Schema { place, ..Schema::default() },
            Value::Bool(boolean) => return Schema { place, boolean: Some(*boolean), ..Schema::default() },
            _ => {
                self.wrong_type(&place, "a schema, which is an object or a boolean");
                return Schema { place, ..Schema::default() };
            }
        }
        self.example_of_schema(at);
        let mut schema = Schema {
            unread: self.keywords(at),
            reference: at.get("$ref").and_then(|reference| self.reference(&reference)),
            types: self.types(at),
            nullable: self.boolean(at, "nullable") && at.get("type").is_none(),
            format: self.string(at, "format"),
            properties: self.schema_map(at, "properties"),
            required: self.required(at),
            additional_properties: self.schema_member(at, "additionalProperties"),
            pattern_properties: self.schema_map(at, "patternProperties"),
            property_names: self.schema_member(at, "propertyNames"),
            prefix_items: self.schema_list(at, "prefixItems"),
            all_of: self.schema_list(at, "allOf"),
            one_of: self.schema_list(at, "oneOf"),
            any_of: self.schema_list(at, "anyOf"),
            discriminator: self.discriminator(at).map(Box::new),
            discriminated_by: self.discriminated_by(at).map(Box::new),
            limits: self.limits(at),
            title: self.string(at, "title"),
            description: self.string(at, "description"),
            default: at.value_or_null_of("default").cloned().map(Box::new),
            deprecated: self.boolean(at, "deprecated"),
            read_only: self.boolean(at, "readOnly"),
            write_only: self.boolean(at, "writeOnly"),
            content_encoding: self.string(at, "contentEncoding"),
            content_media_type: self.string(at, "contentMediaType"),
            content_schema: self.schema_member(at, "contentSchema"),
            extensions: at.extensions(),
            place,
            ..Schema::default()
        };
        self.items(at, &mut schema);
        self.values(at, &mut schema);
        schema.xml = self.xml(at, &schema);
        schema
    }

    /// The schema that `reference`, the value of a `$ref`, names. If it names none, any value is accepted.
    fn reference(&mut self, reference: &At<'a>) -> Option<SchemaId> {
        let (id, found) = self.apart(|reader| {
            let target = reader.target(reference, "schemas")?;
            reader.referred(&reference.place, target)
        });
        let consequence = "any value is accepted";
        let found = found.with_errors_as(&codes::UNTYPED, consequence, |code| NO_TARGET.contains(&code));
        self.diagnostics.extend(found);
        id
    }

    /// The schema at `target`, to which something at `place` refers.
    pub(super) fn referred(&mut self, place: &Place, target: At<'a>) -> Option<SchemaId> {
        if !target.value.is_object() && !target.value.is_boolean() {
            self.wrong_type(place, "a reference to a schema");
            return None;
        }
        let place = target.place.clone();
        let id = self.schema(target);
        let name = || match place.pointer.rsplit('/').next() {
            Some(last) if !last.is_empty() => unescape(last),
            _ => other_files::stem(&place.file).to_owned(),
        };
        if !place.file.is_empty() && self.schema_ids.name(id, name) {
            self.of_other_files.push(id);
        }
        Some(id)
    }

    fn types(&mut self, at: &At<'_>) -> Vec<Type> {
        let mut types = Vec::new();
        let Some(member) = at.get("type") else { return types };
        let names = if member.value.is_array() { member.items().collect() } else { vec![member] };
        for name in names {
            let kind = match name.value.as_str() {
                Some("null") => Type::Null,
                Some("boolean") => Type::Boolean,
                Some("object") => Type::Object,
                Some("array") => Type::Array,
                Some("number") => Type::Number,
                Some("integer") => Type::Integer,
                Some("string" | "file") => Type::String,
                Some("any") => continue,
                Some(other) => {
                    let Some((word, kind)) = spelled_otherwise(other) else {
                        let message = format!("unknown type {other:?}; any value is accepted");
                        self.diagnostics.report(&codes::UNKNOWN_TYPE, &name.place, message, TYPES);
                        continue;
                    };
                    let message = format!("unknown type {other:?}; it is read as {word:?}");
                    self.tolerate(&name.place, &message, TYPES);
                    kind
                }
                None if name.value.is_null() => {
                    let help = "Put it in quotes: `\"null\"`.";
                    self.tolerate(&name.place, "this null is read as the type \"null\"", help);
                    Type::Null
                }
                None if name.value.is_object() => {
                    let message = "this isn't a type; any value is accepted";
                    self.diagnostics.report(&codes::UNKNOWN_TYPE, &name.place, message, TYPES);
                    continue;
                }
                None => {
                    self.wrong_type(
                        &name.place,
                        "one of null, boolean, object, array, number, integer and string",
                    );
                    continue;
                }
            };
            if !types.contains(&kind) {
                types.push(kind);
            }
        }
        if self.boolean(at, "nullable") && !types.contains(&Type::Null) {
            types.push(Type::Null);
        }
        types
    }

    fn required(&mut self, at: &At<'a>) -> Vec<String> {
        if at.value_of("required").is_some_and(Value::is_boolean) {
            let message = "`required` is a list of property names, not a boolean; it is ignored";
            let help = "List the property in `required` of the object that has it.";
            self.diagnostics.report(&codes::BOOLEAN_REQUIRED, &at.place.child("required"), message, help);
            return Vec::new();
        }
        self.strings(at, "required")
    }

    fn schema_map<M: Default + FromIterator<(String, SchemaId)>>(&mut self, at: &At<'a>, name: &str) -> M {
        self.map(at, name).into_iter().map(|(name, at)| (name.to_owned(), self.schema(at))).collect()
    }

    fn schema_list(&mut self, at: &At<'a>, name: &str) -> Vec<SchemaId> {
        let Some(member) = at.get(name) else { return Vec::new() };
        if member.value.is_object() {
            let help = "Write it as an array.";
            self.tolerate(&member.place, "this schema is read as an array with one schema", help);
            return vec![self.schema(member)];
        }
        if !member.value.is_array() {
            self.wrong_type(&member.place, "an array of schemas");
        }
        member.items().map(|item| self.schema(item)).collect()
    }

    /// `items`. A list of schemas is how drafts before 2020-12 wrote `prefixItems`.
    fn items(&mut self, at: &At<'a>, schema: &mut Schema) {
        let Some(items) = at.get("items") else { return };
        if items.value.is_array() {
            schema.prefix_items = self.schema_list(at, "items");
            schema.items = self.schema_member(at, "additionalItems");
        } else {
            schema.items = Some(self.schema(items));
        }
    }
}

/// The type that an unknown name clearly stands for, if any.
fn spelled_otherwise(name: &str) -> Option<(&'static str, Type)> {
    Some(match name.to_ascii_lowercase().as_str() {
        "null" => ("null", Type::Null),
        "bool" | "boolean" => ("boolean", Type::Boolean),
        "dict" | "map" | "object" => ("object", Type::Object),
        "list" | "array" => ("array", Type::Array),
        "double" | "float" | "decimal" | "number" => ("number", Type::Number),
        "int" | "int32" | "int64" | "long" | "integer" => ("integer", Type::Integer),
        "date" | "date-time" | "datetime" | "str" | "text" | "uuid" | "string" => ("string", Type::String),
        _ => return None,
    })
}
