//! Values drawn from bytes as a JSON Schema describes them: mostly valid ones, and now and then a fault.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

/// How deep values are nested.
const DEPTH: usize = 12;

/// Draws values of the schemas in one document.
pub(crate) struct Instances<'d> {
    /// What references point into.
    pub document: &'d Value,
    /// Texts that names and strings without a form are chosen from.
    pub texts: &'d [&'d str],
}

impl Instances<'_> {
    /// A value of `schema`; one of 64 is anything at all.
    pub fn draw(&self, u: &mut Unstructured<'_>, schema: &Value, depth: usize) -> Result<Value> {
        if depth > DEPTH || rarely(u, 64)? {
            return self.anything(u);
        }
        if let Some(target) =
            schema["$ref"].as_str().and_then(|to| self.document.pointer(to.trim_start_matches('#')))
        {
            return self.draw(u, target, depth + 1);
        }
        if let Some(value) = schema.get("const") {
            return Ok(value.clone());
        }
        if let Some(values) = schema["enum"].as_array() {
            return Ok(u.choose(values)?.clone());
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(alternatives) = schema[keyword].as_array() {
                let chosen = u.choose(alternatives)?.clone();
                return self.with_own_members(u, schema, chosen, depth);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let mut whole = json!({});
            for part in parts {
                merge(&mut whole, self.draw(u, part, depth + 1)?);
            }
            return self.with_own_members(u, schema, json!({ "const": whole }), depth);
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => u.choose(kinds)?.as_str().unwrap_or("null"),
            Value::String(kind) => kind,
            _ if schema.get("properties").is_some() => "object",
            _ => return self.anything(u),
        };
        self.of_type(u, kind, schema, depth)
    }

    /// A value of `chosen`, with the members that `schema` has beside it.
    fn with_own_members(
        &self,
        u: &mut Unstructured<'_>,
        schema: &Value,
        chosen: Value,
        depth: usize,
    ) -> Result<Value> {
        let mut value = self.draw(u, &chosen, depth + 1)?;
        if value.is_object() && schema.get("properties").is_some() {
            merge(&mut value, self.of_type(u, "object", schema, depth)?);
        }
        Ok(value)
    }

    fn of_type(&self, u: &mut Unstructured<'_>, kind: &str, schema: &Value, depth: usize) -> Result<Value> {
        Ok(match kind {
            "boolean" => json!(u.arbitrary::<bool>()?),
            "integer" => json!(self.integer(u, schema)?),
            "number" if u.arbitrary()? => json!(u.arbitrary::<f64>()?),
            "number" => json!(self.integer(u, schema)?),
            "string" => json!(self.text(u, schema)?),
            "array" => {
                let mut items = Vec::new();
                let least = schema["minItems"].as_u64().unwrap_or(0).min(8);
                for _ in 0..u.int_in_range(least..=least + 3)? {
                    items.push(self.draw(u, &schema["items"], depth + 1)?);
                }
                Value::Array(items)
            }
            "object" => self.object(u, schema, depth)?,
            _ => Value::Null,
        })
    }

    fn integer(&self, u: &mut Unstructured<'_>, schema: &Value) -> Result<i64> {
        let least = schema["minimum"].as_i64();
        let most = schema["maximum"].as_i64().or(least.map(|least| least.saturating_add(9)));
        match (least, most) {
            (Some(least), Some(most)) if least <= most => u.int_in_range(least..=most),
            (None, Some(most)) => u.int_in_range(most.saturating_sub(9)..=most),
            _ => u.arbitrary(),
        }
    }

    fn text(&self, u: &mut Unstructured<'_>, schema: &Value) -> Result<String> {
        let mut text = if rarely(u, 3)? {
            let length = usize::from(u.arbitrary::<u8>()?);
            u.arbitrary::<&str>()?.chars().take(length).collect()
        } else {
            (*u.choose(self.texts)?).to_owned()
        };
        let limit = |name: &str| schema[name].as_u64().and_then(|limit| usize::try_from(limit).ok());
        let length = text.chars().count();
        if let Some(least) = limit("minLength").filter(|least| (length..200).contains(least)) {
            text.extend(std::iter::repeat_n('x', least - length));
        }
        if let Some(most) = limit("maxLength") {
            text = text.chars().take(most).collect();
        }
        Ok(text)
    }

    fn object(&self, u: &mut Unstructured<'_>, schema: &Value, depth: usize) -> Result<Value> {
        let mut members = Map::new();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_there = if required.contains(&name.as_str()) { !rarely(u, 64)? } else { rarely(u, 4)? };
            if is_there {
                members.insert(name.clone(), self.draw(u, property, depth + 1)?);
            }
        }
        if schema["additionalProperties"] != json!(false) || rarely(u, 64)? {
            for _ in 0..u.int_in_range(0..=2)? {
                let name = self.text(u, &schema["propertyNames"])?;
                members.insert(name, self.draw(u, &schema["additionalProperties"], depth + 1)?);
            }
        }
        Ok(Value::Object(members))
    }

    /// Anything, whatever a schema says.
    pub fn anything(&self, u: &mut Unstructured<'_>) -> Result<Value> {
        Ok(match u.int_in_range(0..=7)? {
            0 => Value::Null,
            1 => json!(u.arbitrary::<bool>()?),
            2 => json!(u.arbitrary::<i64>()?),
            3 => json!(u.arbitrary::<u64>()?),
            4 => json!(u.arbitrary::<f64>()?),
            5 => json!(self.text(u, &Value::Null)?),
            6 => json!([self.text(u, &Value::Null)?]),
            _ => json!({ self.text(u, &Value::Null)?: u.arbitrary::<i8>()? }),
        })
    }
}

/// Whether something happens that does so one time in `n`. It doesn't once the bytes are used up, where
/// `Unstructured::ratio` says yes: most of what is drawn from a short input would be a fault.
fn rarely(u: &mut Unstructured<'_>, n: u8) -> Result<bool> {
    Ok(!u.ratio(n - 1, n)?)
}

/// Adds the members of `more` to `value`, if both are objects.
fn merge(value: &mut Value, more: Value) {
    if let (Value::Object(value), Value::Object(more)) = (value, more) {
        value.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_from_no_bytes_is_valid() {
        let schema = json!({
            "type": "object",
            "required": ["name"],
            "properties": { "name": { "type": "string" }, "size": { "type": "integer" } },
            "additionalProperties": false,
        });
        let instances = Instances { document: &Value::Null, texts: &["a"] };
        let drawn = instances.draw(&mut Unstructured::new(&[]), &schema, 0).expect("a value");
        assert_eq!(drawn, json!({ "name": "a" }));
    }
}
