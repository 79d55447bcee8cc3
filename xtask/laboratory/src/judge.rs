//! The independent judge of JSON Schema, set up the same wherever it is asked.

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

/// What tells whether values are valid by `schema`, in the terms of 2020-12 and with formats checked.
///
/// # Errors
/// It is no schema.
pub fn of(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true).build(schema)
}
