//! Edits of request bodies and responses.

use serde_json::{Value, json};

use super::{Here, Kind, Role};

pub const KINDS: &[Kind] = &[
    Kind { name: "body added", at: Role::Operation, make: add_body },
    Kind { name: "body removed", at: Role::Operation, make: remove_body },
    Kind { name: "body made required", at: Role::Body, make: require },
    Kind { name: "body made optional", at: Role::Body, make: release },
    Kind { name: "body described", at: Role::Body, make: describe },
    Kind { name: "media type of a body added", at: Role::Body, make: add_media_type },
    Kind { name: "failure added", at: Role::Operation, make: add_failure },
    Kind { name: "failure removed", at: Role::Operation, make: remove_failure },
    Kind { name: "success added", at: Role::Operation, make: add_success },
    Kind { name: "response described", at: Role::Response, make: describe },
    Kind { name: "response header added", at: Role::Response, make: add_header },
    Kind { name: "content of a response removed", at: Role::Response, make: remove_content },
    Kind { name: "content of a response added", at: Role::Response, make: add_content },
];

fn add_body(here: &mut Here<'_>) -> Option<String> {
    let is_get = here.pointer.ends_with("/get") || here.pointer.ends_with("/delete");
    if is_get || here.node.get("requestBody").is_some() {
        return None;
    }
    let schema = json!({ "type": "object", "properties": { "tone": { "type": "string" } } });
    here.set("requestBody", json!({ "content": { "application/json": { "schema": schema } } }))?;
    Some(String::new())
}

fn remove_body(here: &mut Here<'_>) -> Option<String> {
    here.remove("requestBody")?;
    Some(String::new())
}

fn require(here: &mut Here<'_>) -> Option<String> {
    here.set("required", true)?;
    Some(String::new())
}

fn release(here: &mut Here<'_>) -> Option<String> {
    if here.node.get("required") != Some(&json!(true)) {
        return None;
    }
    here.set("required", false)?;
    Some(String::new())
}

fn describe(here: &mut Here<'_>) -> Option<String> {
    here.set("description", "What it holds, told in other words.")?;
    Some(String::new())
}

fn add_media_type(here: &mut Here<'_>) -> Option<String> {
    let content = here.node.get_mut("content")?.as_object_mut()?;
    let known = content.get("application/json")?.clone();
    if content.contains_key("application/x-www-form-urlencoded") {
        return None;
    }
    content.insert("application/x-www-form-urlencoded".to_owned(), known);
    Some("application/x-www-form-urlencoded".to_owned())
}

fn statuses(here: &Here<'_>, first: &str) -> Vec<String> {
    let responses = here.node.get("responses").and_then(Value::as_object);
    responses
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .filter(|name| name.starts_with(first))
        .collect()
}

fn add_failure(here: &mut Here<'_>) -> Option<String> {
    let responses = here.node.get_mut("responses")?.as_object_mut()?;
    if responses.contains_key("418") {
        return None;
    }
    responses.insert("418".to_owned(), json!({ "description": "It is a teapot." }));
    Some("418".to_owned())
}

fn remove_failure(here: &mut Here<'_>) -> Option<String> {
    let statuses = statuses(here, "4");
    let status = here.rng.choice(&statuses)?;
    here.node.get_mut("responses")?.as_object_mut()?.shift_remove(status);
    Some(status.clone())
}

fn add_success(here: &mut Here<'_>) -> Option<String> {
    let responses = here.node.get_mut("responses")?.as_object_mut()?;
    if responses.contains_key("207") || responses.contains_key("2XX") {
        return None;
    }
    let schema = json!({ "type": "object", "properties": { "tone": { "type": "string" } } });
    let response =
        json!({ "description": "Some of it", "content": { "application/json": { "schema": schema } } });
    responses.insert("207".to_owned(), response);
    Some("207".to_owned())
}

fn add_header(here: &mut Here<'_>) -> Option<String> {
    let headers = here.node.as_object_mut()?.entry("headers").or_insert_with(|| json!({}));
    let header = json!({ "description": "How long it rang.", "schema": { "type": "integer" } });
    headers.as_object_mut()?.insert("X-Bell-Seconds".to_owned(), header);
    Some("X-Bell-Seconds".to_owned())
}

fn remove_content(here: &mut Here<'_>) -> Option<String> {
    here.remove("content")?;
    Some(String::new())
}

fn add_content(here: &mut Here<'_>) -> Option<String> {
    if here.node.get("content").is_some() {
        return None;
    }
    let schema = json!({ "type": "object", "properties": { "tone": { "type": "string" } } });
    here.set("content", json!({ "application/json": { "schema": schema } }))?;
    Some("application/json".to_owned())
}
