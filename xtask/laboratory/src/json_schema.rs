//! An independent JSON Schema validator, configured in one place: which values are valid, and which are
//! equal.

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

/// A validator for `schema`, by JSON Schema 2020-12 and with formats checked.
///
/// # Errors
/// It isn't a valid schema.
pub fn validator(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true).build(schema)
}

/// Whether two values are equal by JSON Schema's rules, where `1.0` equals `1` (JSON Schema 2020-12, section
/// 4.2.2).
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|other| equal(value, other)))
        }
        _ => left == right,
    }
}
