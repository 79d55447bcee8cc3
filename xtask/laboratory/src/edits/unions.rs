//! Edits of alternatives and their discriminators.

use serde_json::{Value, json};

use super::{Here, Kind, Role};

pub const KINDS: &[Kind] = &[
    Kind { name: "alternative added", at: Role::Schema, make: add },
    Kind { name: "alternative removed", at: Role::Schema, make: remove },
    Kind { name: "value of a mapping added", at: Role::Schema, make: map },
    Kind { name: "discriminator removed", at: Role::Schema, make: tell_apart_no_more },
    Kind { name: "union introduced", at: Role::Schema, make: introduce },
];

/// The keyword that holds the alternatives.
fn keyword(here: &Here<'_>) -> Option<&'static str> {
    ["oneOf", "anyOf"].into_iter().find(|keyword| {
        here.node.get(*keyword).and_then(Value::as_array).is_some_and(|alternatives| alternatives.len() > 1)
    })
}

fn add(here: &mut Here<'_>) -> Option<String> {
    let keyword = keyword(here)?;
    if here.node.get("discriminator").is_some() {
        return None;
    }
    let alternative = json!({
        "type": "object",
        "title": "Carrier pigeon",
        "properties": { "loft": { "type": "string" } },
        "required": ["loft"],
    });
    here.node.get_mut(keyword)?.as_array_mut()?.push(alternative);
    Some("Carrier pigeon".to_owned())
}

fn remove(here: &mut Here<'_>) -> Option<String> {
    let keyword = keyword(here)?;
    let index = here.index_of(keyword)?;
    if here.node.get("discriminator").is_some() {
        return None;
    }
    here.node.get_mut(keyword)?.as_array_mut()?.remove(index);
    Some(index.to_string())
}

fn map(here: &mut Here<'_>) -> Option<String> {
    let mapping = here.node.get_mut("discriminator")?.get_mut("mapping")?.as_object_mut()?;
    let target = mapping.values().next()?.clone();
    mapping.insert("carrier_pigeon".to_owned(), target);
    Some("carrier_pigeon".to_owned())
}

fn tell_apart_no_more(here: &mut Here<'_>) -> Option<String> {
    keyword(here)?;
    here.remove("discriminator")?;
    Some(String::new())
}

fn introduce(here: &mut Here<'_>) -> Option<String> {
    let plain = here.node.get("type")? == "string" && here.node.as_object()?.len() <= 2;
    if !plain {
        return None;
    }
    here.remove("type")?;
    here.set("oneOf", json!([{ "type": "string" }, { "type": "boolean" }]))?;
    Some("string or boolean".to_owned())
}
