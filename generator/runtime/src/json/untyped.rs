//! Reading values of any type.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::json::decimal::Decimal;
use crate::json::decode::{FromJson, Mode};
use crate::json::digits::{Digits, number};
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::value::{Json, JsonObject};

impl Reader<'_> {
    /// Reads the next value, whatever its type.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn value(&mut self) -> Result<Json, Fault> {
        let (value, digits) = self.untyped()?;
        Ok(Json::exact(value, digits))
    }

    fn untyped(&mut self) -> Result<(Value, Option<Digits>), Fault> {
        match self.kind() {
            Kinds::NULL if self.null() => Ok((Value::Null, None)),
            Kinds::BOOLEAN => Ok((self.boolean()?.into(), None)),
            Kinds::STRING => Ok((Value::String(self.string()?.into_owned()), None)),
            Kinds::NUMBER => {
                let (number, digits) = number(self.number("a number")?);
                Ok((Value::Number(number), digits))
            }
            Kinds::ARRAY => self.untyped_array(),
            Kinds::OBJECT => self.untyped_object(),
            _ => Err(self.broken()),
        }
    }

    fn untyped_array(&mut self) -> Result<(Value, Option<Digits>), Fault> {
        let (mut items, mut digits) = (Vec::new(), BTreeMap::new());
        self.array(|reader, index| {
            let (item, own) = reader.untyped()?;
            items.push(item);
            digits.extend(own.map(|own| (index, own)));
            Ok(())
        })?;
        Ok((Value::Array(items), (!digits.is_empty()).then_some(Digits::Items(digits))))
    }

    fn untyped_object(&mut self) -> Result<(Value, Option<Digits>), Fault> {
        let (mut members, mut digits) = (Map::new(), BTreeMap::new());
        self.object(|reader, name| {
            let (member, own) = reader.untyped()?;
            match own {
                Some(own) => digits.insert(name.to_string(), own),
                None if digits.is_empty() => None,
                None => digits.remove(&*name),
            };
            members.insert(name.into_owned(), member);
            Ok(())
        })?;
        Ok((Value::Object(members), (!digits.is_empty()).then_some(Digits::Members(digits))))
    }

    /// Writes the next value to `text` so that values that are equal in JSON Schema (2020-12 core, section
    /// 4.2.2) have the same text, regardless of the order of properties and of how numbers are written.
    fn canonical(&mut self, text: &mut String) -> Result<(), Fault> {
        match self.kind() {
            Kinds::NUMBER => {
                let _ = write!(text, "{}", Decimal::parse(self.number("a number")?));
            }
            Kinds::ARRAY => {
                text.push('[');
                self.array(|reader, _| {
                    reader.canonical(text)?;
                    text.push(',');
                    Ok(())
                })?;
                text.push(']');
            }
            Kinds::OBJECT => {
                let mut members = BTreeMap::new();
                self.object(|reader, name| {
                    let mut member = String::new();
                    reader.canonical(&mut member)?;
                    members.insert(name.into_owned(), member);
                    Ok(())
                })?;
                let _ = write!(text, "{members:?}");
            }
            _ => {
                let (scalar, _) = self.untyped()?;
                let _ = write!(text, "{scalar}");
            }
        }
        Ok(())
    }
}

/// The canonical text of the JSON text `text`, the same for all values that are equal in JSON Schema. Text
/// that can't be read equals itself only.
pub(crate) fn canonical(text: &str) -> String {
    let mut canonical = String::new();
    match Reader::new(text, Mode::Strict).canonical(&mut canonical) {
        Ok(()) => canonical,
        Err(_) => text.to_owned(),
    }
}

/// Whether two of the JSON texts are equal in JSON Schema.
pub(crate) fn has_duplicates(texts: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    texts.into_iter().any(|text| !seen.insert(canonical(&text)))
}

impl FromJson for Json {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let is_long = reader.kind().meets(Kinds::ARRAY.or(Kinds::OBJECT));
        if is_long && reader.attempts.takes_stand_ins() {
            return reader.stand_in().map(Self::from);
        }
        reader.value()
    }
}

impl FromJson for JsonObject {
    fn kinds() -> Kinds {
        Kinds::OBJECT
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut members = Self::default();
        reader.object(|reader, name| {
            members.put(name.into_owned(), Json::read(reader)?);
            Ok(())
        })?;
        Ok(members)
    }
}
