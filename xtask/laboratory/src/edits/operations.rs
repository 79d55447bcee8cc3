//! Edits of operations as a whole.

use openapi_generator::text::unescape;
use serde_json::{Value, json};

use super::{Here, Kind, Role};

pub const KINDS: &[Kind] = &[
    Kind { name: "operation added", at: Role::PathItem, make: add },
    Kind { name: "operation removed", at: Role::PathItem, make: remove },
    Kind { name: "operation renamed", at: Role::Operation, make: rename },
    Kind { name: "operation described", at: Role::Operation, make: describe },
    Kind { name: "operation summarised", at: Role::Operation, make: summarise },
    Kind { name: "operation deprecated", at: Role::Operation, make: deprecate },
    Kind { name: "scope added", at: Role::Operation, make: add_scope },
    Kind { name: "security dropped", at: Role::Operation, make: drop_security },
];

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

fn add(here: &mut Here<'_>) -> Option<String> {
    let method = METHODS.into_iter().find(|method| here.node.get(*method).is_none())?;
    let path = unescape(here.pointer.rsplit('/').next()?);
    let declared = here.node.get("parameters").is_some();
    // Path parameters must be declared, by the path item or by each operation.
    let parameters: Vec<Value> = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .filter(|_| !declared)
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let neighbour = METHODS.into_iter().find_map(|method| here.node.get(method))?;
    let mut operation = json!({
        "summary": "Ring the bell",
        "operationId": "ring_the_bell",
        "tags": neighbour.get("tags").cloned().unwrap_or_else(|| json!([])),
        "parameters": parameters,
        "responses": { "204": { "description": "Rung" } },
    });
    if let Some(security) = neighbour.get("security") {
        operation["security"] = security.clone();
    }
    here.set(method, operation)?;
    Some(method.to_owned())
}

fn remove(here: &mut Here<'_>) -> Option<String> {
    let here_are: Vec<&str> = METHODS.into_iter().filter(|method| here.node.get(*method).is_some()).collect();
    if here_are.len() < 2 {
        return None;
    }
    let method = *here.rng.choice(&here_are)?;
    here.remove(method)?;
    Some(method.to_owned())
}

fn rename(here: &mut Here<'_>) -> Option<String> {
    let id = here.node.get("operationId")?.as_str()?.to_owned();
    here.set("operationId", format!("{id}_anew"))?;
    Some(id)
}

fn describe(here: &mut Here<'_>) -> Option<String> {
    here.set("description", "What it does, told in other words.\n\nAnd when not to call it.")?;
    Some(String::new())
}

fn summarise(here: &mut Here<'_>) -> Option<String> {
    here.set("summary", "The same in other words")?;
    Some(String::new())
}

fn deprecate(here: &mut Here<'_>) -> Option<String> {
    here.set("deprecated", true)?;
    Some(String::new())
}

fn add_scope(here: &mut Here<'_>) -> Option<String> {
    let requirement = here.node.get_mut("security")?.as_array_mut()?.first_mut()?.as_object_mut()?;
    let (_, scopes) = requirement.iter_mut().next()?;
    scopes.as_array_mut()?.push(json!("read:bells"));
    Some("read:bells".to_owned())
}

fn drop_security(here: &mut Here<'_>) -> Option<String> {
    if here.node.get("security").is_none() && here.document.get("security").is_none() {
        return None;
    }
    here.set("security", json!([]))?;
    Some(String::new())
}
