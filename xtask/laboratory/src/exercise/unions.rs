//! Whether a text matches only one alternative of a `oneOf`, even for a validator that ignores unknown
//! formats, as JSON Schema allows (2020-12, Validation, section 7.2.1).

use openapi_generator::source::document::{Document, Schema, SchemaId, Type};
use serde_json::{Value, json};

use super::texts;

/// The maximum length of a chain of references.
const DEPTH: usize = 40;

/// What distinguishes the alternatives for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// At most one matches it.
    Apart,
    /// Several match it, unless the validator knows a little-known format.
    ByFormat,
    /// Several match it.
    Never,
}

/// What distinguishes the alternatives of a `oneOf` if `text` is the value.
pub fn told(document: &Document, one_of: &[SchemaId], text: &str) -> Told {
    let takers =
        |unknown: bool| one_of.iter().filter(|id| takes(document, **id, text, unknown, DEPTH)).count();
    match (takers(true), takers(false)) {
        (..=1, _) => Told::Apart,
        (_, ..=1) => Told::ByFormat,
        _ => Told::Never,
    }
}

/// Whether a text matches a schema; `unknown` is the result for unknown formats.
fn takes(document: &Document, id: SchemaId, text: &str, unknown: bool, depth: usize) -> bool {
    let schema = &document.schemas[id];
    let Some(depth) = depth.checked_sub(1) else { return true };
    let nested = |id: &SchemaId| takes(document, *id, text, unknown, depth);
    let any = |ids: &[SchemaId]| ids.is_empty() || ids.iter().any(nested);
    has_keywords(schema, text, unknown)
        && schema.reference.iter().chain(&schema.all_of).all(nested)
        && any(&schema.one_of)
        && any(&schema.any_of)
}

/// Whether a text matches the schema's own keywords.
fn has_keywords(schema: &Schema, text: &str, unknown: bool) -> bool {
    let length = text.chars().count() as u64;
    schema.boolean != Some(false)
        && (schema.types.is_empty() || schema.types.contains(&Type::String))
        && (schema.values.is_empty() || schema.values.iter().any(|value| value == text))
        && schema.limits.min_length.is_none_or(|low| length >= low)
        && schema.limits.max_length.is_none_or(|high| length <= high)
        && schema.limits.pattern.as_deref().is_none_or(|pattern| texts::matches(pattern, text))
        && schema.format.as_deref().is_none_or(|format| has_format(format, text).unwrap_or(unknown))
}

/// Whether a text matches a format; `None` if JSON Schema doesn't define the format.
fn has_format(format: &str, text: &str) -> Option<bool> {
    const KNOWN: [&str; 15] = [
        "date-time",
        "date",
        "time",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "uri-template",
        "uuid",
        "json-pointer",
        "relative-json-pointer",
        "regex",
    ];
    if !KNOWN.contains(&format) {
        return None;
    }
    let schema: Value = json!({ "format": format });
    let validator = crate::json_schema::validator(&schema).ok()?;
    Some(validator.is_valid(&json!(text)))
}

#[cfg(test)]
mod tests {
    use openapi_generator::diagnostics::Diagnostics;
    use openapi_generator::source::{self, Selection};

    use super::*;

    fn document(alternatives: &str) -> Document {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{post: {{operationId: a, \
             requestBody: {{content: {{application/json: {{schema: {{oneOf: {alternatives}}}}}}}}}, \
             responses: {{'204': {{description: Done.}}}}}}}}}}\n"
        );
        let document = source::load_text(text.as_bytes(), &Selection::default(), &mut Diagnostics::default());
        document.expect("the document is valid")
    }

    #[test]
    fn formats_that_nobody_knows_tell_nothing_apart() {
        for (alternatives, text, expected) in [
            ("[{format: ipv4}, {format: ipv6}]", "192.0.2.1", Told::Apart),
            ("[{format: ipv4}, {format: cidr}]", "192.0.2.1", Told::ByFormat),
            ("[{format: ipv4}, {format: cidr}]", "192.0.2.0/24", Told::Apart),
            ("[{format: own-id}, {enum: [$end]}]", "$end", Told::ByFormat),
            ("[{format: own-id}, {enum: [$end]}]", "a", Told::Apart),
            ("[{format: own-id, pattern: '^(?!c)'}, {maxLength: 3}]", "c", Told::Apart),
            ("[{minLength: 2}, {maxLength: 3}]", "ab", Told::Never),
            ("[{type: integer}, {allOf: [{maxLength: 3}]}]", "ab", Told::Apart),
        ] {
            let document = document(alternatives);
            let union = document.schemas.0.iter().find(|schema| !schema.one_of.is_empty());
            let one_of = union.map(|schema| schema.one_of.clone()).unwrap_or_default();
            assert_eq!(told(&document, &one_of, text), expected, "{alternatives} {text}");
        }
    }
}
