//! Schema Objects to [`Schema`]s: 3.0 and 3.1 made one.

use indexmap::IndexMap;
use serde_json::{Map, Number, Value};

use super::document::{Discriminator, Schema, SchemaId, Type};
use super::reader::{At, Reader, unsigned};

/// Keywords that constrain values beyond what the generated types and checks say.
const NOT_CHECKED: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
];

impl<'a> Reader<'a, '_> {
    /// The id of the schema at `at`, which is read later if it hasn't been yet.
    pub(super) fn schema(&mut self, at: At<'a>) -> SchemaId {
        if let Some(id) = self.by_place.get(&at.place) {
            return *id;
        }
        let id = SchemaId(u32::try_from(self.schemas.0.len()).unwrap_or(u32::MAX));
        self.schemas.0.push(Schema { place: at.place.clone(), ..Schema::default() });
        self.by_place.insert(at.place.clone(), id);
        self.queue.push((id, at));
        id
    }

    /// Reads every schema that is waiting, and those they lead to. A list rather than recursion, since a chain
    /// of references can be as long as the document.
    pub(super) fn read_schemas(&mut self) {
        while let Some((id, at)) = self.queue.pop() {
            let name = self.schemas.0[id.0 as usize].name.take();
            let mut schema = self.read_schema(&at);
            schema.name = schema.name.or(name);
            self.schemas.0[id.0 as usize] = schema;
        }
    }

    /// The schema of the member `name`.
    pub(super) fn schema_member(&mut self, at: &At<'a>, name: &str) -> Option<SchemaId> {
        at.get(name).map(|member| self.schema(member))
    }

    fn read_schema(&mut self, at: &At<'a>) -> Schema {
        let place = at.place.clone();
        let map = match at.value {
            Value::Object(map) => map,
            Value::Bool(boolean) => return Schema { place, boolean: Some(*boolean), ..Schema::default() },
            _ => {
                self.wrong_type(&place, "a schema: an object or a boolean");
                return Schema { place, ..Schema::default() };
            }
        };
        let number = |name: &str| map.get(name).and_then(Value::as_number).cloned();
        let mut schema = Schema {
            reference: map.get("$ref").and_then(|reference| self.reference(at, reference)),
            types: self.types(at, map),
            nullable: map.get("nullable").and_then(Value::as_bool) == Some(true) && !map.contains_key("type"),
            format: self.string(at, "format"),
            properties: self.schema_map(at, "properties"),
            required: self.required(at, map),
            additional_properties: self.schema_member(at, "additionalProperties"),
            pattern_properties: self.schema_map(at, "patternProperties"),
            property_names: self.schema_member(at, "propertyNames"),
            prefix_items: self.schema_list(at, "prefixItems"),
            all_of: self.schema_list(at, "allOf"),
            one_of: self.schema_list(at, "oneOf"),
            any_of: self.schema_list(at, "anyOf"),
            discriminator: self.discriminator(at),
            min_length: unsigned(map, "minLength"),
            max_length: unsigned(map, "maxLength"),
            pattern: self.string(at, "pattern"),
            multiple_of: number("multipleOf"),
            min_items: unsigned(map, "minItems"),
            max_items: unsigned(map, "maxItems"),
            unique_items: self.boolean(at, "uniqueItems"),
            min_properties: unsigned(map, "minProperties"),
            max_properties: unsigned(map, "maxProperties"),
            title: self.string(at, "title"),
            description: self.string(at, "description"),
            default: map.get("default").cloned(),
            deprecated: self.boolean(at, "deprecated"),
            read_only: self.boolean(at, "readOnly"),
            write_only: self.boolean(at, "writeOnly"),
            content_encoding: self.string(at, "contentEncoding"),
            content_media_type: self.string(at, "contentMediaType"),
            extensions: at.extensions(),
            place,
            ..Schema::default()
        };
        (schema.minimum, schema.exclusive_minimum) = bounds(map, "minimum", "exclusiveMinimum");
        (schema.maximum, schema.exclusive_maximum) = bounds(map, "maximum", "exclusiveMaximum");
        self.items(at, &mut schema);
        self.values(at, map, &mut schema);
        for keyword in NOT_CHECKED.iter().filter(|keyword| map.contains_key(**keyword)) {
            let message = format!("{keyword:?} isn't checked before a request is sent");
            self.diagnostics.note("N0020", &at.place.child(keyword), message, "The server still checks it.");
        }
        schema
    }

    fn reference(&mut self, at: &At<'a>, reference: &Value) -> Option<SchemaId> {
        let target = self.target(&at.place, reference)?;
        if !target.value.is_object() && !target.value.is_boolean() {
            self.wrong_type(&at.place.child("$ref"), "a reference to a schema");
            return None;
        }
        let place = target.place.clone();
        let id = self.schema(target);
        if !place.file.is_empty() && self.schemas[id].name.is_none() {
            let stem = place.file.rsplit('/').next().unwrap_or_default();
            let stem = stem.split('.').next().unwrap_or_default();
            let name = place.pointer.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(stem);
            self.schemas.0[id.0 as usize].name = Some(name.to_owned());
            self.foreign.insert(name.to_owned(), id);
        }
        Some(id)
    }

    fn types(&mut self, at: &At<'_>, map: &Map<String, Value>) -> Vec<Type> {
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
                _ => {
                    self.wrong_type(
                        &name.place,
                        "one of null, boolean, object, array, number, integer, string",
                    );
                    continue;
                }
            };
            if !types.contains(&kind) {
                types.push(kind);
            }
        }
        if map.get("nullable").and_then(Value::as_bool) == Some(true) && !types.contains(&Type::Null) {
            types.push(Type::Null);
        }
        types
    }

    fn required(&mut self, at: &At<'_>, map: &Map<String, Value>) -> Vec<String> {
        if map.get("required").is_some_and(Value::is_boolean) {
            let message = "\"required\" is a list of property names, not a boolean; it is ignored";
            let help = "Name the property in the \"required\" list of the object that has it.";
            self.diagnostics.warning("W0021", &at.place.child("required"), message, help);
            return Vec::new();
        }
        self.strings(at, "required")
    }

    fn schema_map(&mut self, at: &At<'a>, name: &str) -> IndexMap<String, SchemaId> {
        let Some(member) = self.object(at, name) else { return IndexMap::new() };
        member.members().map(|(name, at)| (name.to_owned(), self.schema(at))).collect()
    }

    fn schema_list(&mut self, at: &At<'a>, name: &str) -> Vec<SchemaId> {
        let Some(member) = at.get(name) else { return Vec::new() };
        if !member.value.is_array() {
            self.wrong_type(&member.place, "an array of schemas");
        }
        member.items().map(|item| self.schema(item)).collect()
    }

    /// `items`; a list of schemas there is how drafts before 2020-12 wrote `prefixItems`.
    fn items(&mut self, at: &At<'a>, schema: &mut Schema) {
        let Some(items) = at.get("items") else { return };
        if items.value.is_array() {
            schema.prefix_items = self.schema_list(at, "items");
        } else {
            schema.items = Some(self.schema(items));
        }
    }

    fn values(&mut self, at: &At<'_>, map: &Map<String, Value>, schema: &mut Schema) {
        if let Some(value) = map.get("const") {
            schema.values = vec![value.clone()];
            schema.is_const = true;
        } else if let Some(values) = at.get("enum") {
            match values.value {
                Value::Array(values) => schema.values.clone_from(values),
                _ => self.wrong_type(&values.place, "an array"),
            }
        }
        schema.examples = map.get("examples").and_then(Value::as_array).cloned().unwrap_or_default();
        schema.examples.extend(map.get("example").cloned());
    }

    fn discriminator(&mut self, at: &At<'a>) -> Option<Discriminator> {
        let discriminator = self.object(at, "discriminator")?;
        let property = self.string(&discriminator, "propertyName")?;
        let mut mapping = IndexMap::new();
        for (value, target) in discriminator.get("mapping").iter().flat_map(At::members) {
            // A mapping's value is a reference or the bare name of a component.
            let name = target.value.as_str().unwrap_or_default();
            let bare = !name.contains(['#', '/']) && !name.contains('.');
            let reference = if bare { format!("#/components/schemas/{name}") } else { name.to_owned() };
            if let Some(id) = self.reference(&target, &Value::String(reference)) {
                mapping.insert(value.to_owned(), id);
            }
        }
        Some(Discriminator { property, mapping })
    }
}

/// The inclusive and the exclusive bound; 3.0 says by a boolean which of them the one number is.
fn bounds(map: &Map<String, Value>, inclusive: &str, exclusive: &str) -> (Option<Number>, Option<Number>) {
    let bound = map.get(inclusive).and_then(Value::as_number).cloned();
    match map.get(exclusive) {
        Some(Value::Bool(true)) => (None, bound),
        Some(Value::Number(number)) => (bound, Some(number.clone())),
        _ => (bound, None),
    }
}
