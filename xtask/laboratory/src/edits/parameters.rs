//! Edits of parameters.

use serde_json::{Value, json};

use super::{Here, Kind, Role};

pub const KINDS: &[Kind] = &[
    Kind { name: "parameter added", at: Role::Operation, make: |here| add(here, "query", false) },
    Kind { name: "required parameter added", at: Role::Operation, make: |here| add(here, "query", true) },
    Kind { name: "header parameter added", at: Role::Operation, make: |here| add(here, "header", false) },
    Kind { name: "parameter removed", at: Role::Operation, make: remove },
    Kind { name: "parameter renamed", at: Role::Parameter, make: rename },
    Kind { name: "parameter made required", at: Role::Parameter, make: require },
    Kind { name: "parameter made optional", at: Role::Parameter, make: release },
    Kind { name: "parameter described", at: Role::Parameter, make: describe },
    Kind { name: "parameter deprecated", at: Role::Parameter, make: deprecate },
    Kind { name: "parameter moved to a header", at: Role::Parameter, make: move_to_header },
    Kind { name: "parameter's style changed", at: Role::Parameter, make: change_style },
];

fn add(here: &mut Here<'_>, location: &str, required: bool) -> Option<String> {
    let parameters = here.node.as_object_mut()?.entry("parameters").or_insert_with(|| json!([]));
    let name = if location == "header" { "X-Bell-Tone" } else { "bell_tone" };
    parameters.as_array_mut()?.push(json!({
        "name": name,
        "in": location,
        "required": required,
        "description": "How high the bell rings.",
        "schema": { "type": "integer", "minimum": 1 },
    }));
    Some(name.to_owned())
}

fn remove(here: &mut Here<'_>) -> Option<String> {
    let index = here.index_of("parameters")?;
    let parameters = here.node.get_mut("parameters")?.as_array_mut()?;
    if parameters[index].get("in").is_none_or(|location| location == "path") {
        return None;
    }
    let removed = parameters.remove(index);
    removed.get("name").and_then(Value::as_str).map(str::to_owned)
}

/// Whether it is a path parameter, whose name is fixed and which is always required.
fn is_in_path(here: &Here<'_>) -> bool {
    here.node.get("in").is_none_or(|location| location == "path")
}

fn rename(here: &mut Here<'_>) -> Option<String> {
    let name = here.node.get("name")?.as_str()?.to_owned();
    if is_in_path(here) {
        return None;
    }
    here.set("name", format!("{name}_new"))?;
    Some(name)
}

fn require(here: &mut Here<'_>) -> Option<String> {
    here.set("required", true)?;
    Some(String::new())
}

fn release(here: &mut Here<'_>) -> Option<String> {
    if is_in_path(here) || here.node.get("required") != Some(&json!(true)) {
        return None;
    }
    here.remove("required")?;
    Some(String::new())
}

fn describe(here: &mut Here<'_>) -> Option<String> {
    here.set("description", "What it chooses, told in other words.")?;
    Some(String::new())
}

fn deprecate(here: &mut Here<'_>) -> Option<String> {
    here.set("deprecated", true)?;
    Some(String::new())
}

fn move_to_header(here: &mut Here<'_>) -> Option<String> {
    if here.node.get("in")? != "query"
        || here.node.get("style").is_some()
        || here.node.get("explode").is_some()
    {
        return None;
    }
    here.set("in", "header")?;
    Some(String::new())
}

fn change_style(here: &mut Here<'_>) -> Option<String> {
    let is_list = here.node.get("schema")?.get("type")? == "array";
    if !is_list || here.node.get("in")? != "query" {
        return None;
    }
    here.set("style", "pipeDelimited")?;
    here.set("explode", false);
    Some("pipeDelimited".to_owned())
}
