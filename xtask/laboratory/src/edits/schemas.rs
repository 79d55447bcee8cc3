//! Edits of a schema's own keywords: type, format, values, constraints, text.

use serde_json::{Value, json};

use super::{Here, Kind, Role};

pub const KINDS: &[Kind] = &[
    Kind { name: "type changed", at: Role::Schema, make: change_type },
    Kind { name: "type made a list", at: Role::Schema, make: make_list },
    Kind { name: "element type changed", at: Role::Schema, make: change_items },
    Kind { name: "format added", at: Role::Schema, make: add_format },
    Kind { name: "format removed", at: Role::Schema, make: remove_format },
    Kind { name: "enum value added", at: Role::Schema, make: add_value },
    Kind { name: "enum value removed", at: Role::Schema, make: remove_value },
    Kind { name: "enum value renamed", at: Role::Schema, make: rename_value },
    Kind { name: "enum introduced", at: Role::Schema, make: introduce_enum },
    Kind { name: "enum dropped", at: Role::Schema, make: drop_enum },
    Kind { name: "constraint added", at: Role::Schema, make: add_constraint },
    Kind { name: "constraint tightened", at: Role::Schema, make: |here| move_bound(here, true) },
    Kind { name: "constraint loosened", at: Role::Schema, make: |here| move_bound(here, false) },
    Kind { name: "constraint removed", at: Role::Schema, make: remove_constraint },
    Kind { name: "schema described", at: Role::Schema, make: describe },
    Kind { name: "title given", at: Role::Schema, make: give_title },
    Kind { name: "schema deprecated", at: Role::Schema, make: deprecate },
    Kind { name: "example given", at: Role::Schema, make: give_example },
];

/// The type of a schema that consists only of one type, descriptions and constraints.
fn scalar(here: &Here<'_>) -> Option<String> {
    let kind = here.node.get("type")?.as_str()?;
    let more = ["enum", "const", "oneOf", "anyOf", "allOf", "format", "default", "pattern"];
    let plain = more.iter().all(|keyword| here.node.get(*keyword).is_none());
    (plain && ["string", "integer", "number", "boolean"].contains(&kind)).then(|| kind.to_owned())
}

fn change_type(here: &mut Here<'_>) -> Option<String> {
    let kind = scalar(here)?;
    let other = if kind == "string" { "integer" } else { "string" };
    for (keyword, _) in BOUNDS {
        here.remove(keyword);
    }
    here.set("type", other)?;
    Some(format!("{kind} to {other}"))
}

fn make_list(here: &mut Here<'_>) -> Option<String> {
    let kind = scalar(here)?;
    let description = here.remove("description");
    let items = here.node.take();
    *here.node = json!({ "type": "array", "items": items });
    if let Some(description) = description {
        here.set("description", description)?;
    }
    Some(kind)
}

fn change_items(here: &mut Here<'_>) -> Option<String> {
    let kind = here.node.get("items")?.get("type")?.as_str()?;
    let scalar = ["string", "integer", "number", "boolean"].contains(&kind);
    if !scalar || here.node["items"].get("enum").is_some() {
        return None;
    }
    let other = if kind == "string" { "integer" } else { "string" };
    let what = format!("{kind} to {other}");
    here.set("items", json!({ "type": other }))?;
    Some(what)
}

fn add_format(here: &mut Here<'_>) -> Option<String> {
    let format = match scalar(here)?.as_str() {
        "string" => *here.rng.choice(&["date-time", "date", "uuid", "password", "email"])?,
        "integer" => "int32",
        _ => return None,
    };
    here.set("format", format)?;
    Some(format.to_owned())
}

fn remove_format(here: &mut Here<'_>) -> Option<String> {
    here.remove("format")?.as_str().map(str::to_owned)
}

fn add_value(here: &mut Here<'_>) -> Option<String> {
    let index = here.index_of("enum")?;
    let values = here.node.get_mut("enum")?.as_array_mut()?;
    if !values.iter().all(Value::is_string) || values.iter().any(|value| value == "carrier_pigeon") {
        return None;
    }
    values.insert(index, json!("carrier_pigeon"));
    Some("carrier_pigeon".to_owned())
}

fn some_value(here: &mut Here<'_>) -> Option<usize> {
    let index = here.index_of("enum")?;
    let values = here.node["enum"].as_array()?;
    let is_default = here.node.get("default") == Some(&values[index]);
    (values.len() > 1 && values[index].is_string() && !is_default).then_some(index)
}

fn remove_value(here: &mut Here<'_>) -> Option<String> {
    let index = some_value(here)?;
    let removed = here.node.get_mut("enum")?.as_array_mut()?.remove(index);
    Some(removed.to_string())
}

fn rename_value(here: &mut Here<'_>) -> Option<String> {
    let index = some_value(here)?;
    let value = here.node["enum"][index].as_str()?.to_owned();
    here.node["enum"][index] = json!(format!("{value}_new"));
    Some(value)
}

fn introduce_enum(here: &mut Here<'_>) -> Option<String> {
    if scalar(here)? != "string" {
        return None;
    }
    here.set("enum", json!(["calm", "busy", "asleep"]))?;
    Some(String::new())
}

fn drop_enum(here: &mut Here<'_>) -> Option<String> {
    if here.node["enum"].as_array()?.len() < 2 || here.node.get("type").is_none_or(|kind| kind != "string") {
        return None;
    }
    here.remove("enum")?;
    Some(String::new())
}

/// Bounds, and whether a larger one allows more.
const BOUNDS: [(&str, bool); 8] = [
    ("maxLength", true),
    ("minLength", false),
    ("maximum", true),
    ("minimum", false),
    ("maxItems", true),
    ("minItems", false),
    ("maxProperties", true),
    ("minProperties", false),
];

fn add_constraint(here: &mut Here<'_>) -> Option<String> {
    let free = |keyword: &str| here.node.get(keyword).is_none();
    let keyword = match here.node.get("type")?.as_str()? {
        "string" if here.node.get("enum").is_none() && free("maxLength") => "maxLength",
        "integer" if free("maximum") => "maximum",
        "array" if free("maxItems") => "maxItems",
        _ => return None,
    };
    here.set(keyword, 4_000)?;
    Some(keyword.to_owned())
}

fn a_bound(here: &mut Here<'_>) -> Option<(&'static str, bool, i64)> {
    let node = &*here.node;
    let bounds =
        BOUNDS.iter().filter_map(|(keyword, up)| Some((*keyword, *up, node.get(*keyword)?.as_i64()?)));
    here.rng.choice(bounds.collect::<Vec<_>>())
}

fn move_bound(here: &mut Here<'_>, tighten: bool) -> Option<String> {
    let (keyword, up, limit) = a_bound(here)?;
    let moved = if up == tighten { limit - 1 } else { limit + 1 };
    if moved < 0 {
        return None;
    }
    here.set(keyword, moved)?;
    Some(keyword.to_owned())
}

fn remove_constraint(here: &mut Here<'_>) -> Option<String> {
    let (keyword, ..) = a_bound(here)?;
    here.remove(keyword)?;
    Some(keyword.to_owned())
}

fn describe(here: &mut Here<'_>) -> Option<String> {
    here.set("description", "What it is, told in other words.\n\nAnd a second paragraph.")?;
    Some(String::new())
}

fn give_title(here: &mut Here<'_>) -> Option<String> {
    here.set("title", "A title of its own")?;
    Some(String::new())
}

fn deprecate(here: &mut Here<'_>) -> Option<String> {
    here.set("deprecated", true)?;
    Some(String::new())
}

fn give_example(here: &mut Here<'_>) -> Option<String> {
    scalar(here)?;
    here.set("example", "for instance")?;
    Some(String::new())
}
