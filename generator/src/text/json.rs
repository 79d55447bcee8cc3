//! JSON to a value.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::budget::Budget;
use super::json_marks;
use super::parsed::{Outside, Parsed, Problem, contradicted};
use super::references::{outside, refers};

/// The value of a JSON text.
pub(super) fn parse(text: &str) -> Result<Parsed, Problem> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let (mut budget, mut outside) = (Budget::of(text.len()), Outside::new());
    let room = budget.left();
    let mut repeats = false;
    let strict = Strict { budget: &mut budget, outside: &mut outside, repeats: &mut repeats };
    let value = strict.deserialize(&mut deserializer);
    let value = value.and_then(|value| deserializer.end().map(|()| value)).map_err(|e| problem(text, &e))?;
    let repeated = if repeats { json_marks::repeated(text) } else { Vec::new() };
    Ok(Parsed { value, outside, repeated, room: budget.since(room) })
}

fn problem(text: &str, error: &serde_json::Error) -> Problem {
    let line = error.line().max(1);
    // serde_json counts columns in bytes.
    let before = text.lines().nth(line - 1).unwrap_or_default().as_bytes();
    let before = before.get(..error.column().saturating_sub(1)).unwrap_or(before);
    let column = String::from_utf8_lossy(before).chars().count();
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    (format!("the file isn't valid JSON: {}", &message[..end]), Some((line, column)))
}

/// Builds a value. Rejects keys with several values, and numbers that JSON can't represent.
struct Strict<'b> {
    /// What is left for values.
    budget: &'b mut Budget,
    /// The references to other files.
    outside: &'b mut Outside,
    /// Whether an object has a key twice, with the same value.
    repeats: &'b mut bool,
}

impl Strict<'_> {
    /// The same for a part of the value.
    fn part(&mut self) -> Strict<'_> {
        Strict { budget: self.budget, outside: self.outside, repeats: self.repeats }
    }

    fn take<E: de::Error>(&mut self, text: usize) -> Result<(), E> {
        self.budget.value(text).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: de::Error>(mut self, value: bool) -> Result<Value, E> {
        self.take(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(mut self, value: i64) -> Result<Value, E> {
        self.take(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: de::Error>(mut self, value: u64) -> Result<Value, E> {
        self.take(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(mut self, value: f64) -> Result<Value, E> {
        self.take(0)?;
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("JSON can't represent this number"))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(mut self, value: String) -> Result<Value, E> {
        self.take(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E: de::Error>(mut self) -> Result<Value, E> {
        self.take(0)?;
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut access: A) -> Result<Value, A::Error> {
        self.take(0)?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self.part())? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Value, A::Error> {
        self.take(0)?;
        let mut map = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            self.take::<A::Error>(name.len())?;
            let value = access.next_value_seed(self.part())?;
            if refers(&name) {
                self.outside.extend(outside(&name, &value).map(str::to_owned));
            }
            if map.get(&name).is_some_and(|first| *first != value) {
                return Err(de::Error::custom(contradicted(&name)));
            }
            *self.repeats |= map.insert(name, value).is_some();
        }
        Ok(Value::Object(map))
    }
}
