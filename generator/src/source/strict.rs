//! What a parser reads, as a JSON value.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How the message of a key that stands twice ends.
pub(super) const TWICE: &str = "stands twice in one object";

/// Builds a value, refusing what JSON can't say or says twice.
#[derive(Clone, Copy)]
pub(super) struct Strict {
    /// Whether the member `<<` is YAML's merge key; in JSON it is a member like any other.
    pub merges: bool,
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    // JSON parsers make a float of what doesn't fit 64 bits, too.
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number that JSON doesn't have"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(name) = access.next_key::<String>()? {
            let value = access.next_value_seed(self)?;
            if self.merges && name == "<<" {
                merged.push(value);
            } else if map.insert(name.clone(), value).is_some() {
                return Err(de::Error::custom(format!("the key {name:?} {TWICE}")));
            }
        }
        merge(&mut map, merged).map_err(de::Error::custom)?;
        Ok(Value::Object(map))
    }
}

/// YAML's merge key: members that the map doesn't have itself.
fn merge(map: &mut Map<String, Value>, merged: Vec<Value>) -> Result<(), &'static str> {
    for value in merged {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    map.entry(name).or_insert(value);
                }
            }
            Value::Array(maps) if maps.iter().all(Value::is_object) => merge(map, maps)?,
            _ => return Err("the merge key << takes a mapping or a list of mappings"),
        }
    }
    Ok(())
}
