//! Documents drawn from bytes: mostly valid, with every form of schema, and now and then a fault.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

/// Names, also such as can't be Rust's, differ in case alone, or try to be more than names.
const NAMES: &[&str] = &[
    "a",
    "A",
    "b",
    "kind",
    "type",
    "self",
    "Self",
    "result",
    "Option",
    "Unknown",
    "additional_properties",
    "id",
    "a-b",
    "a_b",
    "aB",
    "1",
    "",
    " ",
    "é",
    "日本",
    "*/",
    "\"#",
    "a.b",
    "a/b",
    "..",
    "{",
    "}",
    "r#x",
    "\u{202e}",
    "new",
    "send",
    "build",
    "body",
    "Client",
    "std",
    "core",
    "crate",
    "String",
    "Vec",
    "mod",
    "CON",
    "x\ny",
];

/// How deep schemas are nested.
const DEPTH: usize = 6;

/// The document that `bytes` choose.
pub(crate) fn draw(bytes: &[u8]) -> Value {
    let mut u = Unstructured::new(bytes);
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
    });
    // Bytes that run out leave the rest of the document away.
    let _ = fill(&mut u, &mut document);
    define(&mut document);
    let _ = spoil(&mut u, &mut document);
    document
}

/// Defines the schemas that something refers to and nothing defines: a document that refers to nothing would be
/// refused, and so would almost all.
fn define(document: &mut Value) {
    let mut names = Vec::new();
    collect(document, &mut names);
    for name in names {
        let schema = &mut document["components"]["schemas"][name];
        if schema.is_null() {
            *schema = json!({ "type": "object", "properties": { "kind": { "type": "string" } } });
        }
    }
}

fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref")
                && let Some(name) = reference.strip_prefix("#/components/schemas/")
            {
                names.push(name.replace("~1", "/").replace("~0", "~"));
            }
            map.values().for_each(|value| collect(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

fn fill(u: &mut Unstructured<'_>, document: &mut Value) -> Result<()> {
    document["components"] = json!({ "schemas": {} });
    for _ in 0..u.int_in_range(0..=5)? {
        let name = name(u)?;
        let schema = schema(u, 0)?;
        document["components"]["schemas"][name] = schema;
    }
    document["paths"] = json!({});
    for _ in 0..u.int_in_range(0..=4)? {
        let path = format!("/{}", name(u)?.replace(['{', '}'], ""));
        let method = u.choose(&["get", "put", "post", "delete", "patch"])?;
        let operation = operation(u)?;
        document["paths"][path][*method] = operation;
    }
    Ok(())
}

/// Puts something odd somewhere, in one document of eight.
fn spoil(u: &mut Unstructured<'_>, document: &mut Value) -> Result<()> {
    if !u.ratio(1, 8)? {
        return Ok(());
    }
    let part = if u.arbitrary()? { "paths" } else { "components" };
    let Some(mut place) = document.get_mut(part) else { return Ok(()) };
    for _ in 0..u.int_in_range(1..=8)? {
        let steps = match &*place {
            Value::Object(map) => map.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        if steps == 0 {
            break;
        }
        let step = u.choose_index(steps)?;
        let next = match place {
            Value::Object(map) => map.values_mut().nth(step),
            Value::Array(items) => items.get_mut(step),
            _ => None,
        };
        let Some(next) = next else { return Ok(()) };
        place = next;
    }
    *place = scalar(u)?;
    Ok(())
}

fn name(u: &mut Unstructured<'_>) -> Result<String> {
    if u.ratio(1, 16)? {
        return Ok(u.arbitrary::<&str>()?.chars().take(40).collect());
    }
    Ok((*u.choose(NAMES)?).to_owned())
}

fn scalar(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match u.int_in_range(0..=7)? {
        0 => Value::Null,
        1 => Value::Bool(u.arbitrary()?),
        2 => json!(u.arbitrary::<i64>()?),
        3 => json!(u.arbitrary::<u64>()?),
        4 => json!(u.arbitrary::<f64>()?),
        5 => json!(name(u)?),
        6 => json!([name(u)?]),
        _ => json!({ name(u)?: u.arbitrary::<i8>()? }),
    })
}

fn reference(u: &mut Unstructured<'_>) -> Result<Value> {
    let name = name(u)?.replace('~', "~0").replace('/', "~1");
    Ok(json!({ "$ref": format!("#/components/schemas/{name}") }))
}

fn list(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let mut items = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        items.push(schema(u, depth + 1)?);
    }
    Ok(Value::Array(items))
}

fn map(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let mut members = Map::new();
    for _ in 0..u.int_in_range(0..=4)? {
        members.insert(name(u)?, schema(u, depth + 1)?);
    }
    Ok(Value::Object(members))
}

/// Any schema: a few keywords, which need not go together.
fn schema(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    if depth > DEPTH || u.ratio(1, 5)? {
        return reference(u);
    }
    if u.ratio(1, 20)? {
        return Ok(Value::Bool(u.arbitrary()?));
    }
    let mut schema = json!({});
    for _ in 0..u.int_in_range(1..=4)? {
        let (keyword, value) = keyword(u, depth)?;
        schema[keyword] = value;
    }
    Ok(schema)
}

fn keyword(u: &mut Unstructured<'_>, depth: usize) -> Result<(&'static str, Value)> {
    const TYPES: &[&str] = &["null", "boolean", "object", "array", "number", "integer", "string"];
    const FORMATS: &[&str] = &[
        "date",
        "date-time",
        "uuid",
        "byte",
        "binary",
        "int32",
        "int64",
        "uint64",
        "float",
        "password",
        "odd",
    ];
    Ok(match u.int_in_range(0..=27)? {
        0..=3 => ("type", json!(u.choose(TYPES)?)),
        4 => ("type", json!([u.choose(TYPES)?, u.choose(TYPES)?])),
        5 => ("format", json!(u.choose(FORMATS)?)),
        6..=8 => ("properties", map(u, depth)?),
        9 => ("required", json!([name(u)?, name(u)?])),
        10 | 11 => ("additionalProperties", schema(u, depth + 1)?),
        12 => ("patternProperties", map(u, depth)?),
        13 | 14 => ("items", schema(u, depth + 1)?),
        15 => ("prefixItems", list(u, depth)?),
        16 => ("allOf", list(u, depth)?),
        17 => ("oneOf", list(u, depth)?),
        18 => ("anyOf", list(u, depth)?),
        19 => ("enum", json!([scalar(u)?, scalar(u)?, scalar(u)?])),
        20 => ("const", scalar(u)?),
        21 => ("default", scalar(u)?),
        22 => ("discriminator", json!({ "propertyName": name(u)? })),
        23 => ("nullable", Value::Bool(u.arbitrary()?)),
        24 => {
            const LIMITS: &[&str] =
                &["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
            (u.choose(LIMITS)?, json!(u.int_in_range(0..=4)?))
        }
        25 => {
            const BOUNDS: &[&str] =
                &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
            (u.choose(BOUNDS)?, json!(u.arbitrary::<i64>()?))
        }
        26 => ("pattern", json!(name(u)?)),
        _ => (u.choose(&["readOnly", "writeOnly", "deprecated", "uniqueItems"])?, json!(true)),
    })
}

fn operation(u: &mut Unstructured<'_>) -> Result<Value> {
    const STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject", "simple"];
    const MEDIA: &[&str] = &[
        "application/json",
        "application/x+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
        "application/octet-stream",
        "*/*",
        "text/event-stream",
        "",
    ];
    let mut operation = json!({ "responses": {} });
    if u.ratio(1, 2)? {
        // Each has its own, or the document is refused.
        operation["operationId"] = json!(format!("{}{}", name(u)?, u.len()));
    }
    if u.ratio(1, 2)? {
        operation["tags"] = json!([name(u)?]);
    }
    let mut parameters = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        parameters.push(json!({
            "name": name(u)?,
            "in": u.choose(&["query", "header", "cookie"])?,
            "required": u.arbitrary::<bool>()?,
            "style": u.choose(STYLES)?,
            "explode": u.arbitrary::<bool>()?,
            "schema": schema(u, 2)?,
        }));
    }
    operation["parameters"] = Value::Array(parameters);
    for _ in 0..u.int_in_range(0..=2)? {
        operation["requestBody"]["content"][*u.choose(MEDIA)?] = json!({ "schema": schema(u, 1)? });
    }
    for _ in 0..u.int_in_range(0..=3)? {
        let status = u.choose(&["200", "201", "204", "2XX", "400", "404", "4XX", "default"])?;
        let mut response = json!({ "description": name(u)? });
        if u.ratio(2, 3)? {
            response["content"][*u.choose(MEDIA)?] = json!({ "schema": schema(u, 1)? });
        }
        operation["responses"][*status] = response;
    }
    Ok(operation)
}
