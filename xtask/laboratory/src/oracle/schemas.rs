//! Draws JSON Schemas of every form that the generator claims to support.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::dialect::Dialect;
use super::sides::{self, Side};

/// The nesting depth below which a drawn schema has only scalars and references.
const DEPTH: usize = 3;
/// The number of open objects with a tag, to extend and to form unions of.
const BASES: usize = 3;
/// Patterns, each with a matching text.
pub const PATTERNS: [(&str, &str); 5] = [
    ("^[a-z]+$", "abc"),
    ("^[A-Z]{2,4}-[0-9]+$", "ABC-12"),
    ("x", "axb"),
    ("^(on|off)$", "off"),
    ("^[^@]+@[^@]+$", "a@b"),
];
const NAMES: [&str; 16] = [
    "id",
    "name",
    "type",
    "self",
    "Self",
    "with-dash",
    "with_dash",
    "withDash",
    "2fa",
    "ünïcode",
    "$ref_",
    "a.b",
    "x/y",
    "~tilde",
    "",
    "very long name with spaces",
];

/// A document with `cases` operations, each taking or returning one drawn schema, and a few schemas they
/// share. It is OpenAPI 3.1, limited to what `dialect` can express.
pub fn document(rng: &mut Rng, dialect: Dialect, cases: usize) -> Value {
    let shared: Vec<String> = (0..(cases / 4).max(2)).map(|index| format!("Shared{index}")).collect();
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for name in &shared {
        // Objects only, so that a reference back to it from an optional property ends.
        let schema = object(&mut Draw { rng, dialect, shared: &shared }, 1);
        schemas.insert(name.clone(), schema);
    }
    for index in 0..BASES {
        schemas.insert(format!("Base{index}"), base(&mut Draw { rng, dialect, shared: &shared }, index));
    }
    for index in 0..cases {
        let name = sides::case_name(index);
        let value = schema(&mut Draw { rng, dialect, shared: &shared }, 0);
        let case = json!({ "type": "object", "properties": { "value": value }, "required": ["value"] });
        schemas.insert(name.clone(), case);
        let content = json!({ "application/json": { "schema": {
            "$ref": format!("#/components/schemas/{name}") } } });
        let mut operation = json!({
            "operationId": format!("send_case_{index}"),
            "responses": { "200": { "description": "The same" } },
        });
        for side in sides::of_case(index) {
            match side {
                Side::Request => operation["requestBody"] = json!({ "required": true, "content": content }),
                Side::Response => operation["responses"]["200"]["content"] = content.clone(),
            }
        }
        paths.insert(format!("/cases/{index}"), json!({ "post": operation }));
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Drawn", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

struct Draw<'a> {
    rng: &'a mut Rng,
    dialect: Dialect,
    shared: &'a [String],
}

impl Draw<'_> {
    fn one_in(&mut self, count: u32) -> bool {
        self.rng.u32(0..count) == 0
    }

    fn name(&mut self) -> &'static str {
        NAMES[self.rng.usize(0..NAMES.len())]
    }

    fn reference(&mut self) -> Value {
        let name = &self.shared[self.rng.usize(0..self.shared.len())];
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }
}

fn schema(draw: &mut Draw, depth: usize) -> Value {
    // OpenAPI 3.0 lacks the last two.
    let forms: [fn(&mut Draw, usize) -> Value; 19] = [
        string,
        number,
        integer,
        boolean,
        enumeration,
        any,
        string,
        type_list, // and, with room left:
        object,
        array,
        map,
        all_of,
        extension,
        tagged,
        discriminated,
        untagged,
        nullable,
        tuple,
        closed_map,
    ];
    let all = if draw.dialect == Dialect::V3_0 { forms.len() - 2 } else { forms.len() };
    let count = if depth < DEPTH { all } else { 8 };
    forms[draw.rng.usize(0..count)](draw, depth + 1)
}

fn string(draw: &mut Draw, _: usize) -> Value {
    match draw.rng.u32(0..13) {
        0 => json!({ "type": "string", "pattern": PATTERNS[draw.rng.usize(0..PATTERNS.len())].0 }),
        1 => json!({ "type": "string", "format": "date" }),
        2 => json!({ "type": "string", "format": "date-time" }),
        3 => json!({ "type": "string", "format": "uuid" }),
        4 => json!({ "type": "string", "format": "uri" }),
        5 => json!({ "type": "string", "format": "shoe-size" }),
        6 => json!({ "type": "string", "minLength": draw.rng.u32(0..3), "maxLength": draw.rng.u32(3..9) }),
        7 => json!({ "type": "string", "minLength": draw.rng.u32(1..4) }),
        8 => json!({ "type": "string", "maxLength": draw.rng.u32(0..5), "default": "" }),
        9 => json!({ "type": "string", "const": "fixed" }),
        10 => json!({ "type": "string", "contentEncoding": "base64" }),
        _ => json!({ "type": "string" }),
    }
}

fn number(draw: &mut Draw, _: usize) -> Value {
    bounded(draw, "number", "double")
}

fn integer(draw: &mut Draw, _: usize) -> Value {
    let format = if draw.one_in(2) { "int32" } else { "int64" };
    bounded(draw, "integer", format)
}

fn bounded(draw: &mut Draw, kind: &str, format: &str) -> Value {
    let mut schema = json!({ "type": kind });
    if draw.one_in(3) {
        schema["format"] = json!(format);
    }
    let low = draw.rng.i32(-20..20);
    if draw.one_in(3) {
        schema[if draw.one_in(2) { "minimum" } else { "exclusiveMinimum" }] = json!(low);
    }
    if draw.one_in(3) {
        schema[if draw.one_in(2) { "maximum" } else { "exclusiveMaximum" }] =
            json!(low + draw.rng.i32(4..30));
    }
    if draw.one_in(6) {
        schema["multipleOf"] = json!(draw.rng.u32(2..4));
    }
    schema
}

fn boolean(draw: &mut Draw, _: usize) -> Value {
    let null = draw.one_in(8) && draw.dialect == Dialect::V3_1;
    json!({ "type": if null { "null" } else { "boolean" } })
}

fn any(draw: &mut Draw, _: usize) -> Value {
    match draw.rng.u32(0..4) {
        0 => json!({}),
        1 => json!(true),
        _ => draw.reference(),
    }
}

fn enumeration(draw: &mut Draw, _: usize) -> Value {
    match draw.rng.u32(0..6) {
        0 => json!({ "type": "integer", "enum": [1, 2, 30] }),
        1 => json!({ "type": ["string", "null"], "enum": ["a", "b", null] }),
        2 => json!({ "enum": ["a", 1, true, null, { "deep": [1] }] }),
        3 => json!({ "type": "number", "enum": [0.5, 1.5, 2] }),
        4 => json!({ "type": "string", "enum": ["type", "", "a-b", "a_b", "A b", "42", "ß"] }),
        _ => json!({ "type": "string", "enum": ["one", "two", "three"] }),
    }
}

fn type_list(draw: &mut Draw, _: usize) -> Value {
    let lists = [
        json!(["string", "null"]),
        json!(["string", "integer"]),
        json!(["boolean", "number", "null"]),
        json!(["integer", "number"]),
        json!(["string", "boolean"]),
        json!(["null", "integer"]),
    ];
    json!({ "type": lists[draw.rng.usize(0..lists.len())] })
}

fn object(draw: &mut Draw, depth: usize) -> Value {
    let mut properties = Map::new();
    for _ in 0..draw.rng.usize(0..6) {
        let name = draw.name();
        // Distinct words only: names that differ only in their separators are tested elsewhere.
        let mut property = schema(draw, depth);
        if property.is_object() && draw.one_in(4) {
            property[if draw.rng.bool() { "readOnly" } else { "writeOnly" }] = json!(true);
        }
        properties.insert(name.to_owned(), property);
    }
    let required: Vec<&String> = properties.keys().filter(|_| draw.rng.bool()).collect();
    // A required reference could form a cycle without a finite instance.
    let required: Vec<&&String> =
        required.iter().filter(|name| !properties[name.as_str()].to_string().contains("$ref\"")).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "required": required });
    match (draw.rng.u32(0..8), draw.dialect) {
        (0, _) => schema["additionalProperties"] = json!(false),
        (1, _) => schema["additionalProperties"] = string(draw, depth),
        (2, _) => schema["additionalProperties"] = json!(true),
        (3, _) => schema["maxProperties"] = json!(draw.rng.u32(4..9)),
        (4, Dialect::V3_1) => {
            schema["propertyNames"] = json!({ "pattern": "^[^!]*$", "maxLength": 30 });
        }
        (5, Dialect::V3_1) => schema["patternProperties"] = json!({ "^x-": string(draw, depth) }),
        _ => {}
    }
    schema
}

fn array(draw: &mut Draw, depth: usize) -> Value {
    let mut array = json!({ "type": "array", "items": schema(draw, depth) });
    if draw.one_in(3) {
        array["minItems"] = json!(draw.rng.u32(0..3));
    }
    if draw.one_in(3) {
        array["maxItems"] = json!(draw.rng.u32(3..5));
    }
    if draw.one_in(4) {
        array["uniqueItems"] = json!(true);
    }
    array
}

fn tuple(draw: &mut Draw, depth: usize) -> Value {
    let items: Vec<Value> = (0..draw.rng.usize(1..4)).map(|_| schema(draw, depth)).collect();
    json!({ "type": "array", "prefixItems": items, "items": false, "minItems": items.len() })
}

fn map(draw: &mut Draw, depth: usize) -> Value {
    let mut map = json!({ "type": "object", "additionalProperties": schema(draw, depth) });
    if draw.one_in(3) {
        map["maxProperties"] = json!(draw.rng.u32(1..4));
    }
    if draw.one_in(4) {
        map["minProperties"] = json!(1);
    }
    map
}

/// A map whose keys match a pattern.
fn closed_map(draw: &mut Draw, depth: usize) -> Value {
    let values = schema(draw, depth);
    json!({ "type": "object", "patternProperties": { "^x-": values }, "additionalProperties": false })
}

fn all_of(draw: &mut Draw, depth: usize) -> Value {
    let first = open(object(draw, depth));
    let mut second = open(object(draw, depth));
    // Properties that both declare must agree: conflicts are tested elsewhere.
    if let (Some(known), Some(properties)) =
        (first["properties"].as_object(), second["properties"].as_object_mut())
    {
        properties.retain(|name, _| !known.contains_key(name));
        let kept: Vec<Value> = properties.keys().map(|name| json!(name)).collect();
        if let Some(required) = second["required"].as_array_mut() {
            required.retain(|name| kept.contains(name));
        }
    }
    json!({ "allOf": [first, second] })
}

fn open(mut object: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        for keyword in ["additionalProperties", "patternProperties", "propertyNames", "maxProperties"] {
            members.remove(keyword);
        }
    }
    object
}

/// Alternatives distinguished by a property with a single value, with or without a discriminator.
fn tagged(draw: &mut Draw, depth: usize) -> Value {
    let alternatives: Vec<Value> = (0..draw.rng.usize(2..4))
        .map(|index| {
            let mut alternative = open(object(draw, depth));
            let tag = format!("kind-{index}");
            alternative["properties"]["kind"] = if draw.rng.bool() {
                json!({ "const": tag })
            } else {
                json!({ "type": "string", "enum": [tag] })
            };
            if let Some(required) = alternative["required"].as_array_mut() {
                required.push(json!("kind"));
            }
            alternative
        })
        .collect();
    json!({ if draw.rng.bool() { "oneOf" } else { "anyOf" }: alternatives })
}

fn untagged(draw: &mut Draw, depth: usize) -> Value {
    let count = draw.rng.usize(2..4);
    let alternatives: Vec<Value> = (0..count).map(|_| schema(draw, depth)).collect();
    json!({ if draw.rng.bool() { "oneOf" } else { "anyOf" }: alternatives })
}

/// An object that extends a component.
fn extension(draw: &mut Draw, depth: usize) -> Value {
    let base = draw.rng.usize(0..BASES);
    let mut own = open(object(draw, depth));
    if let Some(properties) = own["properties"].as_object_mut() {
        properties.retain(|name, _| name != "tag" && !name.starts_with("base"));
    }
    json!({ "allOf": [{ "$ref": format!("#/components/schemas/Base{base}") }, own] })
}

/// Components distinguished by a discriminator, with and without a mapping.
fn discriminated(draw: &mut Draw, _: usize) -> Value {
    let reference = |index: usize| json!({ "$ref": format!("#/components/schemas/Base{index}") });
    let mut discriminator = json!({ "propertyName": "tag" });
    if draw.rng.bool() {
        discriminator["mapping"] = json!({ "tag-0": reference(0)["$ref"], "tag-1": "Base1" });
    }
    let mut schema = json!({ "oneOf": [reference(0), reference(1)], "discriminator": discriminator });
    if draw.one_in(3) {
        schema["oneOf"].as_array_mut().into_iter().for_each(|list| list.push(json!({ "type": "null" })));
    }
    schema
}

/// An open object whose tag has a single value.
fn base(draw: &mut Draw, index: usize) -> Value {
    let tag = format!("tag-{index}");
    let value = schema(draw, DEPTH);
    json!({
        "type": "object",
        "properties": { "tag": { "type": "string", "enum": [tag] }, format!("base {index}"): value },
        "required": ["tag"],
    })
}

fn nullable(draw: &mut Draw, depth: usize) -> Value {
    json!({ "anyOf": [schema(draw, depth), { "type": "null" }] })
}
