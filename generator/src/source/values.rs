//! `enum` and `const`: the listed values, of the type that stands beside them.

use serde_json::{Number, Value};

use super::at::At;
use super::document::{Schema, Type};
use super::reader::Reader;

impl Reader<'_> {
    /// Reads the values that the schema `at` lists. Its types are already known.
    pub(super) fn values(&mut self, at: &At<'_>, schema: &mut Schema) {
        if let Some(value) = at.value_or_null_of("const") {
            schema.values = self.typed(at, "const", std::slice::from_ref(value), &schema.types);
            schema.is_const = !schema.values.is_empty();
        } else if let Some(values) = at.get("enum") {
            match values.value {
                Value::Array(values) => schema.values = self.typed(at, "enum", values, &schema.types),
                _ => self.wrong_type(&values.place, "an array"),
            }
        }
    }

    /// The values as values of `types`. What is clearly written in another form is read as what it must be; what no
    /// type admits is left out.
    fn typed(&mut self, at: &At<'_>, keyword: &str, values: &[Value], types: &[Type]) -> Vec<Value> {
        let (mut read, mut left_out) = (Vec::new(), Vec::new());
        let mut found = Vec::with_capacity(values.len());
        for value in values {
            if is_any(value, types) {
                found.push(whole(value, types));
            } else if let Some(meant) = types.iter().find_map(|kind| converted(value, *kind)) {
                read.push(format!("{value} as {meant}"));
                found.push(meant);
            } else {
                left_out.push(value.to_string());
            }
        }
        let place = at.place.child(keyword);
        let help = "Write the values in the form that `type` says, or correct `type`.";
        if !read.is_empty() {
            let message = format!("these values are read as `type` says: {}", some(&read));
            self.tolerate(&place, &message, help);
        }
        if !left_out.is_empty() {
            let message = format!("`type` admits no such values; they are ignored: {}", some(&left_out));
            let is_list = types.contains(&Type::Array) && at.get("items").is_some();
            let help = if is_list { "To list the values of items, move `enum` into `items`." } else { help };
            self.tolerate(&place, &message, help);
        }
        found
    }
}

/// The first few of many.
fn some(all: &[String]) -> String {
    const MOST: usize = 3;
    let more = all.len().saturating_sub(MOST);
    let first: Vec<String> = all.iter().take(MOST).map(|text| text.chars().take(60).collect()).collect();
    let end = if more == 0 { String::new() } else { format!(", and {more} more") };
    format!("{}{end}", first.join(", "))
}

/// Whether the value has one of the types. Null is one that schemas often leave out of `type`.
fn is_any(value: &Value, types: &[Type]) -> bool {
    let is = |kind: &Type| match (value, kind) {
        (Value::Bool(_), Type::Boolean)
        | (Value::String(_), Type::String)
        | (Value::Array(_), Type::Array)
        | (Value::Object(_), Type::Object)
        | (Value::Number(_), Type::Number) => true,
        (Value::Number(number), Type::Integer) => integer(number).is_some(),
        _ => false,
    };
    value.is_null() || types.is_empty() || types.iter().any(is)
}

/// The value, without a fraction of zero if only integers are admitted.
fn whole(value: &Value, types: &[Type]) -> Value {
    match value {
        Value::Number(number) if types.contains(&Type::Integer) && !types.contains(&Type::Number) => {
            integer(number).map_or_else(|| value.clone(), Value::Number)
        }
        _ => value.clone(),
    }
}

/// The number without a fraction, if that is zero.
fn integer(number: &Number) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !number.is_f64() {
        return Some(number.clone());
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
    Some(Number::from(float as i64))
}

/// What a value that isn't of the type must mean, if it can be of it.
fn converted(value: &Value, kind: Type) -> Option<Value> {
    match (kind, value) {
        (Type::String, Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        (Type::Integer, Value::String(text)) => {
            text.parse::<Number>().ok().and_then(|number| integer(&number)).map(Value::Number)
        }
        (Type::Number, Value::String(text)) => text.parse::<Number>().ok().map(Value::Number),
        (Type::Boolean, Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(Value::Bool(true)),
            "false" | "no" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    }
}
