//! The reference part of `docs/settings.md`, from the JSON Schema of the settings.

use std::fmt::Write as _;

use serde_json::Value;

use super::resolved;

/// What follows in the page is written from the schema.
pub const MARKER: &str = "<!-- What follows is written from the doc comments in generator/src/settings/: set BLESS=1 and run the test `settings`. -->\n";

/// A section for each setting.
pub fn settings(all: &Value) -> String {
    let mut page = String::new();
    for (name, setting) in all["properties"].as_object().unwrap() {
        let default = resolved(all, setting).get("default").or_else(|| setting.get("default"));
        let default = default.or_else(|| all["default"].get(name)).filter(|default| !is_empty(default));
        let default = default.map_or("none".to_owned(), |default| format!("`{}`", plain(default)));
        let description = setting["description"].as_str().unwrap_or_default();
        write!(
            page,
            "\n## `{name}`\n\n{}; by default {default}.\n\n{description}\n",
            capital(&kind(all, setting))
        )
        .unwrap();
        let mut rows = String::new();
        keys(all, setting, "", &mut rows);
        if !rows.is_empty() {
            write!(page, "\n| key | type | default | what it is |\n| --- | --- | --- | --- |\n{rows}")
                .unwrap();
        }
    }
    page
}

/// A row for each key below `schema`.
fn keys(all: &Value, schema: &Value, path: &str, rows: &mut String) {
    let schema = resolved(all, schema);
    for alternatives in ["anyOf", "oneOf"] {
        for alternative in schema[alternatives].as_array().into_iter().flatten() {
            keys(all, alternative, path, rows);
        }
    }
    if schema["items"].is_object() {
        keys(all, &schema["items"], path, rows);
    }
    if schema["additionalProperties"].is_object() {
        keys(all, &schema["additionalProperties"], &format!("{path}*."), rows);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let is_required = schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        let default = match property.get("default").filter(|default| !is_empty(default)) {
            Some(default) => format!("`{}`", plain(default)),
            None if is_required => "required".to_owned(),
            None => String::new(),
        };
        let description =
            property["description"].as_str().unwrap_or_default().replace("\n\n", "<br>").replace('\n', " ");
        let kind = kind(all, property);
        writeln!(rows, "| `{path}{name}` | {kind} | {default} | {description} |").unwrap();
        keys(all, property, &format!("{path}{name}."), rows);
    }
}

/// Whether a default says nothing.
fn is_empty(default: &Value) -> bool {
    match default {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_empty),
        _ => false,
    }
}

/// A value as YAML.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The type of a value, in words.
fn kind(all: &Value, schema: &Value) -> String {
    let schema = resolved(all, schema);
    if let Some(value) = schema.get("const") {
        return format!("`{}`", value.as_str().unwrap_or_default());
    }
    if let Some(values) = schema["enum"].as_array() {
        return values
            .iter()
            .map(|value| format!("`{}`", value.as_str().unwrap_or_default()))
            .collect::<Vec<_>>()
            .join(" or ");
    }
    if let Some(alternatives) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        let some = alternatives.iter().filter(|one| one["type"] != "null");
        return some.map(|one| kind(all, one)).collect::<Vec<_>>().join(" or ");
    }
    let types = schema["type"].as_array().map_or(vec![&schema["type"]], |types| types.iter().collect());
    match types[0].as_str().unwrap_or_default() {
        "array" => format!("list of {}", kind(all, &schema["items"])),
        "object" if schema["additionalProperties"].is_object() => {
            format!("names, each with {}", kind(all, &schema["additionalProperties"]))
        }
        "object" => "keys with values".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        other => other.to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}
