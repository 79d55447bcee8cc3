//! What a neutral call is in terms of a builder: the values of its arguments and setters, by key.

use openapi_generator::api::{BodyContent, BodyEncoding, FileField, Location};
use openapi_generator::rust::{Builder, Subject};
use serde_json::{Map, Value, json};

use super::exact::Exact;
use super::suite::{Call, Given};

/// The key of the whole body.
pub const BODY: &str = "body";

/// The key of what an argument or a setter sets.
pub fn key(subject: &Subject<'_>) -> String {
    match subject {
        Subject::Parameter(parameter) => parameter_key(parameter.location, &parameter.wire),
        Subject::Property(property) => format!("property {}", property.wire),
        Subject::File(file) => file_key(file),
        Subject::Body(_) | Subject::BodyEnum(_) => BODY.to_owned(),
    }
}

/// The key of a file.
pub fn file_key(file: &FileField) -> String {
    format!("file {}", file.wire)
}

fn parameter_key(location: Location, wire: &str) -> String {
    format!("{location:?} {wire}")
}

/// The values of a call by key, each a JSON text, and the index of the body's media type.
///
/// # Errors
/// The operation has no such parameter or body.
pub fn of(builder: &Builder<'_>, call: &Call) -> Result<(Map<String, Value>, usize), String> {
    let mut values = Map::new();
    for (location, given) in [
        (Location::Path, &call.path),
        (Location::Query, &call.query),
        (Location::Querystring, &call.querystring),
        (Location::Header, &call.header),
        (Location::Cookie, &call.cookie),
    ] {
        for (name, value) in given {
            let is_it =
                builder.operation.parameters.iter().any(|parameter| {
                    parameter.location == location && parameter.wire.eq_ignore_ascii_case(name)
                });
            if !is_it {
                return Err(format!("no parameter {name:?} in {location:?}"));
            }
            values.insert(parameter_key(location, name), json!(Exact::of(value)?.to_string()));
        }
    }
    let mut content = 0;
    if let Some(given) = &call.body {
        let declared = builder.operation.body.as_ref().ok_or("no body")?;
        let is_it = |declared: &BodyContent| {
            given.media_type.as_deref().is_none_or(|name| name == declared.media_type)
        };
        content = declared.content.iter().position(is_it).ok_or("no body of that media type")?;
        let chosen = &declared.content[content];
        let files = if chosen.files.is_empty() { &declared.files } else { &chosen.files };
        body(builder, chosen, files, given, &mut values)?;
    }
    Ok((values, content))
}

fn body(
    builder: &Builder<'_>,
    content: &BodyContent,
    files: &[FileField],
    given: &Given,
    values: &mut Map<String, Value>,
) -> Result<(), String> {
    if let Some(bytes) = given.bytes() {
        let text = match (&content.encoding, &given.text) {
            (BodyEncoding::Text, Some(text)) => json!(text).to_string(),
            _ => bytes.to_string(),
        };
        values.insert(BODY.to_owned(), json!(text));
        return Ok(());
    }
    let mut value = given.value.clone().unwrap_or_default();
    if let Value::Object(members) = &mut value {
        for file in files {
            let Some(member) = members.shift_remove(&file.wire) else { continue };
            let list = if let Value::Array(list) = member { list } else { vec![member] };
            let described: Vec<Value> = list.into_iter().map(|mut file| file["$file"].take()).collect();
            values.insert(file_key(file), json!(Value::Array(described).to_string()));
        }
    }
    let has_arguments =
        builder.arguments.iter().any(|argument| matches!(argument.subject, Subject::Property(_)));
    if has_arguments {
        for argument in &builder.arguments {
            let Subject::Property(property) = argument.subject else { continue };
            if let Some(member) = value.get(&property.wire) {
                values.insert(key(&argument.subject), json!(Exact::of(member)?.to_string()));
            }
        }
    }
    values.insert(BODY.to_owned(), json!(Exact::of(&value)?.to_string()));
    Ok(())
}
