//! The places in a document that can be edited, and the kind of each.

use openapi_generator::diagnostics::escape;
use serde_json::Value;

/// The kind of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The document.
    Root,
    /// A path item.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A request body.
    Body,
    /// A response.
    Response,
    /// A schema.
    Schema,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Every place in the document that can be edited, in document order. References aren't followed.
pub fn sites(document: &Value) -> Vec<(String, Role)> {
    let mut found = vec![(String::new(), Role::Root)];
    for (pointer, item) in children(document, "", "paths") {
        path_item(item, &pointer, &mut found);
    }
    for (section, visit) in [
        ("parameters", parameter as fn(&Value, &str, &mut Vec<(String, Role)>)),
        ("requestBodies", body),
        ("responses", response),
        ("schemas", schema),
    ] {
        let components = document.get("components").unwrap_or(&Value::Null);
        for (pointer, node) in children(components, "/components", section) {
            visit(node, &pointer, &mut found);
        }
    }
    found
}

/// The properties or elements of `node`'s `member`, with their pointers.
pub fn children<'a>(node: &'a Value, pointer: &str, member: &str) -> Vec<(String, &'a Value)> {
    let below = |token: &str| format!("{pointer}/{member}/{}", escape(token));
    match node.get(member) {
        Some(Value::Object(members)) => members.iter().map(|(name, value)| (below(name), value)).collect(),
        Some(Value::Array(items)) => {
            items.iter().enumerate().map(|(index, value)| (below(&index.to_string()), value)).collect()
        }
        _ => Vec::new(),
    }
}

fn path_item(item: &Value, pointer: &str, found: &mut Vec<(String, Role)>) {
    found.push((pointer.to_owned(), Role::PathItem));
    for (pointer, node) in children(item, pointer, "parameters") {
        parameter(node, &pointer, found);
    }
    for method in METHODS {
        let Some(operation) = item.get(method) else { continue };
        let pointer = format!("{pointer}/{method}");
        found.push((pointer.clone(), Role::Operation));
        for (pointer, node) in children(operation, &pointer, "parameters") {
            parameter(node, &pointer, found);
        }
        if let Some(node) = operation.get("requestBody") {
            body(node, &format!("{pointer}/requestBody"), found);
        }
        for (pointer, node) in children(operation, &pointer, "responses") {
            response(node, &pointer, found);
        }
    }
}

fn is_reference(node: &Value) -> bool {
    node.get("$ref").is_some_and(Value::is_string)
}

fn parameter(node: &Value, pointer: &str, found: &mut Vec<(String, Role)>) {
    if !is_reference(node) {
        found.push((pointer.to_owned(), Role::Parameter));
        if let Some(node) = node.get("schema") {
            schema(node, &format!("{pointer}/schema"), found);
        }
    }
}

fn body(node: &Value, pointer: &str, found: &mut Vec<(String, Role)>) {
    if !is_reference(node) {
        found.push((pointer.to_owned(), Role::Body));
        content(node, pointer, found);
    }
}

fn response(node: &Value, pointer: &str, found: &mut Vec<(String, Role)>) {
    if !is_reference(node) {
        found.push((pointer.to_owned(), Role::Response));
        content(node, pointer, found);
    }
}

fn content(node: &Value, pointer: &str, found: &mut Vec<(String, Role)>) {
    for (pointer, media) in children(node, pointer, "content") {
        if let Some(node) = media.get("schema") {
            schema(node, &format!("{pointer}/schema"), found);
        }
    }
}

fn schema(node: &Value, pointer: &str, found: &mut Vec<(String, Role)>) {
    if !node.is_object() || is_reference(node) {
        return;
    }
    found.push((pointer.to_owned(), Role::Schema));
    for member in ["properties", "allOf", "oneOf", "anyOf", "prefixItems"] {
        for (pointer, node) in children(node, pointer, member) {
            schema(node, &pointer, found);
        }
    }
    for member in ["items", "additionalProperties"] {
        if let Some(below) = node.get(member) {
            schema(below, &format!("{pointer}/{member}"), found);
        }
    }
}
