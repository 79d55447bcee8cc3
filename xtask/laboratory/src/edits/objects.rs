//! Edits of an object's properties.

use serde_json::{Value, json};

use super::{Here, Kind, Role};

pub const KINDS: &[Kind] = &[
    Kind { name: "property added", at: Role::Schema, make: |here| add(here, false) },
    Kind { name: "required property added", at: Role::Schema, make: |here| add(here, true) },
    Kind { name: "object property added", at: Role::Schema, make: add_object },
    Kind { name: "property removed", at: Role::Schema, make: remove },
    Kind { name: "property renamed", at: Role::Schema, make: rename },
    Kind { name: "property described", at: Role::Schema, make: describe },
    Kind { name: "property made required", at: Role::Schema, make: require },
    Kind { name: "property made optional", at: Role::Schema, make: release },
    Kind { name: "property made nullable", at: Role::Schema, make: allow_null },
    Kind { name: "property made not nullable", at: Role::Schema, make: forbid_null },
    Kind { name: "property made read-only", at: Role::Schema, make: |here| flag(here, "readOnly") },
    Kind { name: "property made write-only", at: Role::Schema, make: |here| flag(here, "writeOnly") },
    Kind { name: "property deprecated", at: Role::Schema, make: |here| flag(here, "deprecated") },
    Kind { name: "property with a default", at: Role::Schema, make: give_default },
    Kind { name: "additional properties forbidden", at: Role::Schema, make: close },
    Kind { name: "additional properties typed", at: Role::Schema, make: type_additional },
];

/// Whether the node is a schema that declares properties.
fn is_object(here: &Here<'_>) -> bool {
    here.node.get("properties").and_then(Value::as_object).is_some_and(|properties| !properties.is_empty())
}

fn new_name(here: &Here<'_>, stem: &str) -> String {
    let taken = here.node["properties"].as_object();
    let mut name = stem.to_owned();
    while taken.is_some_and(|taken| taken.contains_key(&name)) {
        name.push_str("_again");
    }
    name
}

/// Inserts the property at a random position among the others.
fn insert(here: &mut Here<'_>, name: &str, property: Value) -> Option<()> {
    let properties = here.node.get_mut("properties")?.as_object_mut()?;
    let index = here.rng.usize(0..=properties.len());
    properties.shift_insert(index, name.to_owned(), property);
    Some(())
}

fn add(here: &mut Here<'_>, required: bool) -> Option<String> {
    if !is_object(here) {
        return None;
    }
    let name = new_name(here, "preferred_contact");
    let types = [
        json!({ "type": "string", "description": "How to reach the person.", "maxLength": 64 }),
        json!({ "type": "boolean" }),
        json!({ "type": "array", "items": { "type": "string" }, "description": "Who is told." }),
    ];
    let property = types[here.rng.usize(0..types.len())].clone();
    insert(here, &name, property)?;
    if required {
        set_required(here, &name, true);
    }
    Some(name)
}

fn add_object(here: &mut Here<'_>) -> Option<String> {
    if !is_object(here) {
        return None;
    }
    let name = new_name(here, "quiet_hours");
    let property = json!({
        "type": "object",
        "description": "When nobody is told.",
        "properties": { "from": { "type": "integer", "minimum": 0 }, "until": { "type": "integer" } },
    });
    insert(here, &name, property)?;
    Some(name)
}

/// Whether a discriminator or an enclosing union depends on this property: removing it would change the
/// union.
fn is_tag(here: &Here<'_>, name: &str) -> bool {
    let property = &here.node["properties"][name];
    let one_value = property.get("enum").and_then(Value::as_array).is_some_and(|values| values.len() == 1);
    property.get("const").is_some() || one_value
}

fn remove(here: &mut Here<'_>) -> Option<String> {
    let name = here.key_of("properties").filter(|name| !is_tag(here, name))?;
    if here.node["properties"].as_object()?.len() == 1 {
        return None;
    }
    here.node["properties"].as_object_mut()?.shift_remove(&name);
    set_required(here, &name, false);
    Some(name)
}

fn rename(here: &mut Here<'_>) -> Option<String> {
    let name = here.key_of("properties").filter(|name| !is_tag(here, name))?;
    let renamed = new_name(here, &format!("{name}_new"));
    let required = is_required(here, &name);
    let properties = here.node.get_mut("properties")?.as_object_mut()?;
    let index = properties.keys().position(|other| *other == name)?;
    let property = properties.shift_remove(&name)?;
    properties.shift_insert(index, renamed.clone(), property);
    set_required(here, &name, false);
    set_required(here, &renamed, required);
    Some(name)
}

/// A property that isn't a reference, so that its own schema can be edited.
fn own_property(here: &mut Here<'_>) -> Option<String> {
    let name = here.key_of("properties")?;
    let property = here.node["properties"].get(&name)?;
    (property.is_object() && property.get("$ref").is_none()).then_some(name)
}

fn describe(here: &mut Here<'_>) -> Option<String> {
    let name = own_property(here)?;
    here.node["properties"][&name]["description"] = json!("What people see of it. Told in other words.");
    Some(name)
}

fn is_required(here: &Here<'_>, name: &str) -> bool {
    here.node.get("required").and_then(Value::as_array).is_some_and(|list| list.iter().any(|n| n == name))
}

fn set_required(here: &mut Here<'_>, name: &str, required: bool) {
    let Some(members) = here.node.as_object_mut() else { return };
    let list = members.entry("required").or_insert_with(|| json!([]));
    let Some(names) = list.as_array_mut() else { return };
    names.retain(|other| other != name);
    if required {
        names.push(json!(name));
    }
    if names.is_empty() {
        members.shift_remove("required");
    }
}

fn require(here: &mut Here<'_>) -> Option<String> {
    let name = here.key_of("properties").filter(|name| !is_required(here, name))?;
    set_required(here, &name, true);
    Some(name)
}

fn release(here: &mut Here<'_>) -> Option<String> {
    let name = here.key_of("properties").filter(|name| is_required(here, name) && !is_tag(here, name))?;
    set_required(here, &name, false);
    Some(name)
}

fn allow_null(here: &mut Here<'_>) -> Option<String> {
    let name = own_property(here)?;
    let null_type = here.has_null_type();
    let property = here.node["properties"].get_mut(&name)?;
    let single = property.get("type")?.as_str()?.to_owned();
    if property.get("enum").is_some() || property.get("nullable").is_some() {
        return None;
    }
    if null_type {
        property["type"] = json!([single, "null"]);
    } else {
        property["nullable"] = json!(true);
    }
    Some(name)
}

fn forbid_null(here: &mut Here<'_>) -> Option<String> {
    let name = own_property(here)?;
    let property = here.node["properties"].get_mut(&name)?;
    if property.get("enum").is_some() {
        return None;
    }
    if property.get("nullable") == Some(&json!(true)) {
        property.as_object_mut()?.shift_remove("nullable");
        return Some(name);
    }
    let types = property.get_mut("type")?.as_array_mut()?;
    let before = types.len();
    types.retain(|kind| kind != "null");
    (types.len() < before).then_some(name)
}

fn flag(here: &mut Here<'_>, keyword: &str) -> Option<String> {
    let name = own_property(here)?;
    let property = here.node["properties"].get_mut(&name)?.as_object_mut()?;
    let others = ["readOnly", "writeOnly", "deprecated"];
    if others.iter().any(|other| property.contains_key(*other)) {
        return None;
    }
    property.insert(keyword.to_owned(), json!(true));
    Some(name)
}

fn give_default(here: &mut Here<'_>) -> Option<String> {
    let name = own_property(here)?;
    let property = here.node["properties"].get_mut(&name)?;
    if property.get("enum").is_some() || property.get("default").is_some() {
        return None;
    }
    let value = match property.get("type")?.as_str()? {
        "string" if property.get("format").is_none() => json!("none"),
        "boolean" => json!(false),
        "integer" => json!(1),
        _ => return None,
    };
    property["default"] = value;
    Some(name)
}

fn close(here: &mut Here<'_>) -> Option<String> {
    if !is_object(here) || here.node.get("additionalProperties").is_some() {
        return None;
    }
    here.set("additionalProperties", false)?;
    Some(String::new())
}

fn type_additional(here: &mut Here<'_>) -> Option<String> {
    if !is_object(here) || here.node.get("additionalProperties").is_some_and(|known| known != &json!(true)) {
        return None;
    }
    here.set("additionalProperties", json!({ "type": "string" }))?;
    Some(String::new())
}
