//! The keywords of a schema: which are read, which say nothing about values, which aren't supported.

use serde_json::Value;

use super::at::At;
use super::limits::LIMITS;
use super::reader::Reader;
use crate::diagnostics::codes;

/// Keywords that the types, their documentation and their checks follow, beside [`LIMITS`].
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
];

/// Keywords that change nothing about what a value may be: notes, names, and places for other schemas.
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
    "xml",
];

/// Keywords that constrain values beyond what the generated checks say; the types are right without them.
pub const NOT_CHECKED: &[&str] =
    &["not", "contains", "minContains", "maxContains", "dependentRequired", "contentSchema"];

/// Keywords that can give a value properties, items or a whole form that the types then lack.
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
    /// Tells of the keywords of the schema at `at` that have no effect, or not all of it.
    pub(super) fn keywords(&mut self, at: &At<'_>) {
        for (keyword, value) in at.value.as_object().into_iter().flatten() {
            let keyword = keyword.as_str();
            let place = || at.place.child(keyword);
            // `unevaluatedProperties: false` and the like only forbid.
            let forbids = keyword.starts_with("unevaluated") && value.is_boolean();
            if NOT_CHECKED.contains(&keyword) || forbids {
                let message = format!("{keyword:?} isn't checked before a request is sent");
                self.diagnostics.report(
                    &codes::UNCHECKED_KEYWORD,
                    &place(),
                    message,
                    "The server still checks it.",
                );
            } else if NOT_SUPPORTED.contains(&keyword) && !is_idle(at, keyword) {
                let message = format!("the keyword {keyword:?} isn't supported, and is ignored");
                let help =
                    "Values keep what it describes; to have a type for it, say it with oneOf or allOf.";
                self.diagnostics.report(&codes::UNSUPPORTED_KEYWORD, &place(), message, help);
            } else if !keyword.starts_with("x-") && !is_known(keyword) {
                let message = format!("{keyword:?} is no keyword of a schema, and is ignored");
                let help = "Correct its name, or begin it with \"x-\" if it is an extension.";
                self.diagnostics.report(&codes::UNKNOWN_KEYWORD, &place(), message, help);
            }
        }
    }
}

fn is_known(keyword: &str) -> bool {
    [READ, LIMITS, ANNOTATIONS, NOT_CHECKED, NOT_SUPPORTED].iter().any(|known| known.contains(&keyword))
}

/// Whether a `then` or an `else` has no `if`, or that has neither.
fn is_idle(at: &At<'_>, keyword: &str) -> bool {
    let has = |name: &str| at.value.get(name).is_some_and(|value| *value != Value::Bool(true));
    match keyword {
        "then" | "else" => true,
        "if" => !has("then") && !has("else"),
        _ => false,
    }
}
