//! The keywords of a schema: those that are read, those that say nothing about values, those that aren't supported.

use serde_json::{Map, Value};

use super::at::At;
use super::likeness::instead_of;
use super::limits::LIMITS;
use super::reader::Reader;
use crate::diagnostics::codes;

/// The keywords that determine the types, their documentation and their checks, in addition to [`LIMITS`].
const READ: &[&str] = &[
    "$ref",
    "type",
    "nullable",
    "format",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "items",
    "additionalItems",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "xml",
];

/// The keywords that don't constrain values: comments, names, and places for other schemas.
const ANNOTATIONS: &[&str] = &[
    "$schema",
    "$id",
    "id",
    "$comment",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$defs",
    "definitions",
    "externalDocs",
];

/// The keywords that constrain values in ways that the generated code doesn't check. The types are right without them.
pub const NOT_CHECKED: &[&str] = &["not", "contains", "minContains", "maxContains", "dependentRequired"];

/// The keywords that can add properties, items or whole shapes that the types then lack.
const NOT_SUPPORTED: &[&str] = &[
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "unevaluatedProperties",
    "unevaluatedItems",
    "$dynamicRef",
    "$recursiveRef",
];

impl Reader<'_> {
    /// Reports the keywords of the schema `at` that have no effect, or not their full effect, and returns them.
    pub(super) fn keywords(&mut self, at: &At<'_>) -> Option<Box<Map<String, Value>>> {
        let mut unread: Option<Box<Map<String, Value>>> = None;
        for (keyword, value) in at.value.as_object().into_iter().flatten() {
            let keyword = keyword.as_str();
            let place = || at.place.child(keyword);
            // `unevaluatedProperties: false` and the like only forbid values.
            let forbids = keyword.starts_with("unevaluated") && value.is_boolean();
            if !is_read(keyword) {
                unread.get_or_insert_default().insert(keyword.to_owned(), value.clone());
            }
            if NOT_CHECKED.contains(&keyword) || forbids {
                let message = format!("`{keyword}` isn't checked before requests are sent");
                self.diagnostics.report(
                    &codes::UNCHECKED_KEYWORD,
                    &place(),
                    message,
                    "The server still enforces it.",
                );
            } else if NOT_SUPPORTED.contains(&keyword) && !is_idle(at, keyword) {
                let message = match conditional(at, keyword) {
                    Some(parts) => format!("the keywords {parts} aren't supported and are ignored"),
                    None => format!("the keyword `{keyword}` isn't supported and is ignored"),
                };
                let help =
                    "Values preserve what it describes; for generated types, use `oneOf` or `allOf` instead.";
                self.diagnostics.report(&codes::UNSUPPORTED_KEYWORD, &place(), message, help);
            } else if !keyword.starts_with("x-") && !is_known(keyword) {
                let message = format!("unknown keyword {keyword:?}; it is ignored");
                let help = instead_of(keyword, known());
                self.diagnostics.report(&codes::UNKNOWN_KEYWORD, &place(), message, help);
            }
        }
        unread
    }
}

/// The keywords that belong to an `if`.
fn conditional(at: &At<'_>, keyword: &str) -> Option<&'static str> {
    let has = |name: &str| at.value.get(name).is_some();
    Some(match (keyword, has("then"), has("else")) {
        ("if", true, true) => "`if`, `then` and `else`",
        ("if", true, false) => "`if` and `then`",
        ("if", false, true) => "`if` and `else`",
        _ => return None,
    })
}

fn known() -> impl Iterator<Item = &'static str> {
    [READ, LIMITS, ANNOTATIONS, NOT_CHECKED, NOT_SUPPORTED].into_iter().flatten().copied()
}

/// Whether the keyword is read, or says nothing about values.
fn is_read(keyword: &str) -> bool {
    keyword.starts_with("x-") || [READ, LIMITS, ANNOTATIONS].into_iter().any(|known| known.contains(&keyword))
}

fn is_known(keyword: &str) -> bool {
    known().any(|known| known == keyword)
}

/// Whether the keyword has no effect: an `if` without `then` and `else`. The latter two are reported with `if`.
fn is_idle(at: &At<'_>, keyword: &str) -> bool {
    let has = |name: &str| at.value.get(name).is_some_and(|value| *value != Value::Bool(true));
    match keyword {
        "then" | "else" => true,
        "if" => !has("then") && !has("else"),
        _ => false,
    }
}
