//! Breaks single constraints of a valid instance.

use openapi_generator::diagnostics::escape;
use serde_json::{Value, json};

/// An instance that breaks one constraint.
pub struct Break {
    /// The keyword and the place in the instance, as a JSON Pointer.
    pub what: String,
    pub instance: Value,
}

/// Every single break of `instance` that the generated types or their `validate` claim to detect. Nothing
/// inside a union is broken: by design, an instance that matches no alternative is kept as an unknown one,
/// and so is an unknown value of an enum.
pub fn breaks(document: &Value, schema: &Value, instance: &Value) -> Vec<Break> {
    let mut found = Vec::new();
    collect(document, schema, instance, "", &mut |pointer, what, value| {
        let mut broken = instance.clone();
        if let Some(place) = broken.pointer_mut(pointer) {
            *place = value;
            found.push(Break { what: format!("{what} at {pointer:?}"), instance: broken });
        }
    });
    found
}

fn collect(
    document: &Value,
    schema: &Value,
    value: &Value,
    pointer: &str,
    found: &mut impl FnMut(&str, &'static str, Value),
) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        if let Some(target) = document.pointer(reference.trim_start_matches('#')) {
            collect(document, target, value, pointer, found);
        }
        return;
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        for part in parts {
            collect(document, part, value, pointer, found);
        }
        return;
    }
    if ["oneOf", "anyOf", "enum", "const"].iter().any(|keyword| schema.get(keyword).is_some()) {
        return;
    }
    match value {
        Value::String(text) if text.is_ascii() => string(schema, text, pointer, found),
        Value::Number(_) => number(schema, pointer, found),
        Value::Array(items) => array(document, schema, items, pointer, found),
        Value::Object(members) => object(document, schema, members, pointer, found),
        _ => {}
    }
}

fn string(schema: &Value, text: &str, pointer: &str, found: &mut impl FnMut(&str, &'static str, Value)) {
    if let Some(limit) = schema.get("maxLength").and_then(Value::as_u64) {
        let long = "x".repeat(usize::try_from(limit).unwrap_or(0) + 1);
        found(pointer, "maxLength", json!(long));
    }
    if let Some(limit @ 1..) = schema.get("minLength").and_then(Value::as_u64) {
        let short: String = text.chars().take(usize::try_from(limit).unwrap_or(1) - 1).collect();
        found(pointer, "minLength", json!(short));
    }
    if schema.get("pattern").is_some() {
        found(pointer, "pattern", json!("no \u{e9} fit @@"));
    }
}

fn number(schema: &Value, pointer: &str, found: &mut impl FnMut(&str, &'static str, Value)) {
    let bound = |keyword| schema.get(keyword).and_then(Value::as_i64);
    for (keyword, broken) in [
        ("minimum", bound("minimum").map(|limit| limit - 1)),
        ("maximum", bound("maximum").map(|limit| limit + 1)),
        ("exclusiveMinimum", bound("exclusiveMinimum")),
        ("exclusiveMaximum", bound("exclusiveMaximum")),
        ("multipleOf", bound("multipleOf").map(|step| step * 2 + 1)),
    ] {
        if let Some(broken) = broken {
            found(pointer, keyword, json!(broken));
        }
    }
    if schema.get("type").and_then(Value::as_str) == Some("integer") && schema.get("format").is_some() {
        found(pointer, "type", json!(0.5));
    }
}

fn array(
    document: &Value,
    schema: &Value,
    items: &[Value],
    pointer: &str,
    found: &mut impl FnMut(&str, &'static str, Value),
) {
    let below = |index: usize| format!("{pointer}/{index}");
    if let Some(schemas) = schema.get("prefixItems").and_then(Value::as_array) {
        for (index, (schema, item)) in schemas.iter().zip(items).enumerate() {
            collect(document, schema, item, &below(index), found);
        }
        return;
    }
    let Some(item_schema) = schema.get("items") else { return };
    for (index, item) in items.iter().enumerate() {
        collect(document, item_schema, item, &below(index), found);
    }
    let Some(first) = items.first() else { return };
    if let Some(limit) = schema.get("maxItems").and_then(Value::as_u64) {
        found(pointer, "maxItems", json!(vec![first; usize::try_from(limit).unwrap_or(0) + 1]));
    }
    if let Some(1..) = schema.get("minItems").and_then(Value::as_u64) {
        found(pointer, "minItems", json!([]));
    }
    if schema.get("uniqueItems").is_some() {
        found(pointer, "uniqueItems", json!([first, first]));
    }
}

fn object(
    document: &Value,
    schema: &Value,
    members: &serde_json::Map<String, Value>,
    pointer: &str,
    found: &mut impl FnMut(&str, &'static str, Value),
) {
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, value) in members {
        let below = format!("{pointer}/{}", escape(name));
        let described = properties.and_then(|properties| properties.get(name));
        let extra = schema.get("additionalProperties").filter(|extra| extra.is_object());
        if let Some(schema) = described.or(extra.filter(|_| schema.get("patternProperties").is_none())) {
            collect(document, schema, value, &below, found);
        }
    }
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        let mut fewer = members.clone();
        fewer.shift_remove(name.as_str().unwrap_or_default());
        found(pointer, "required", Value::Object(fewer));
    }
    if let Some(limit) = schema.get("maxProperties").and_then(Value::as_u64) {
        let mut more = members.clone();
        let value = members.values().next().cloned().unwrap_or(Value::Null);
        for index in 0..=limit {
            more.insert(format!("more {index}"), value.clone());
        }
        found(pointer, "maxProperties", Value::Object(more));
    }
    let patterns = schema.get("patternProperties").is_some();
    if schema.get("propertyNames").is_some() || (patterns && schema["additionalProperties"] == json!(false)) {
        let mut more = members.clone();
        more.insert("!".to_owned(), members.values().next().cloned().unwrap_or(Value::Null));
        found(pointer, "names", Value::Object(more));
    }
    if schema.get("minProperties").is_some() && properties.is_none() {
        found(pointer, "minProperties", json!({}));
    }
}
