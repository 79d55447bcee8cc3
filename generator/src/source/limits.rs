//! Reads the keywords of a schema that limit values: their size, and what they must match.

use serde_json::{Map, Number, Value};

use super::at::At;
use super::document::{LimitKeywords, Limits};
use super::reader::Reader;
use crate::diagnostics::codes;

/// The keywords that [`Limits`] are read from.
pub(super) const LIMITS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

impl Reader<'_> {
    /// The limits of the schema `at`.
    pub(super) fn limits(&mut self, at: &At<'_>) -> Limits {
        let mut limits = Limits::default();
        let names = at.value.as_object().into_iter().flat_map(Map::keys).map(String::as_str);
        let mut named = names.filter(|name| LIMITS.contains(name)).peekable();
        if named.peek().is_none() {
            return limits;
        }
        if at.value.get("$ref").is_some() && self.is_3_0() {
            for name in named {
                let message = format!("`{name}` beside `$ref` isn't checked: it counts since OpenAPI 3.1");
                let help = "Put the reference into an `allOf`.";
                self.diagnostics.report(&codes::UNCHECKED_KEYWORD, &at.place.child(name), message, help);
            }
            return limits;
        }
        let (minimum, exclusive_minimum) = self.bounds(at, "minimum", "exclusiveMinimum");
        let (maximum, exclusive_maximum) = self.bounds(at, "maximum", "exclusiveMaximum");
        *limits = LimitKeywords {
            min_length: self.unsigned(at, "minLength"),
            max_length: self.unsigned(at, "maxLength"),
            pattern: self.string(at, "pattern"),
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of: self.number(at, "multipleOf"),
            min_items: self.unsigned(at, "minItems"),
            max_items: self.unsigned(at, "maxItems"),
            unique_items: self.boolean(at, "uniqueItems"),
            min_properties: self.unsigned(at, "minProperties"),
            max_properties: self.unsigned(at, "maxProperties"),
        };
        limits
    }

    /// The inclusive and the exclusive bound. In 3.0 a boolean says which of them the only number is.
    fn bounds(&mut self, at: &At<'_>, inclusive: &str, exclusive: &str) -> (Option<Number>, Option<Number>) {
        let bound = self.number(at, inclusive);
        let is_number = |text: &str| text.parse::<Number>().is_ok();
        match at.value_or_null_of(exclusive) {
            None => (bound, None),
            Some(Value::Number(_)) => (bound, self.number(at, exclusive)),
            Some(Value::String(text)) if is_number(text) => (bound, self.number(at, exclusive)),
            Some(_) if self.boolean(at, exclusive) => (None, bound),
            Some(_) => (bound, None),
        }
    }
}
