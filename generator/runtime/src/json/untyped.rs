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

/// A value and the digits in it.
type Exactly = (Value, Option<Digits>);

/// An array or object that is being read, with the digits in it. An object has the name of the next value.
enum Open {
    Array(Vec<Value>, BTreeMap<usize, Digits>),
    Object(Map<String, Value>, BTreeMap<String, Digits>, Option<String>),
}

impl Open {
    const fn end(&self) -> u8 {
        if let Self::Array(..) = self { b']' } else { b'}' }
    }

    fn put(&mut self, (value, own): Exactly) {
        match self {
            Self::Array(items, digits) => {
                digits.extend(own.map(|own| (items.len(), own)));
                items.push(value);
            }
            Self::Object(members, digits, name) => {
                let name = name.take().unwrap_or_default();
                match own {
                    Some(own) => digits.insert(name.clone(), own),
                    None if digits.is_empty() => None,
                    None => digits.remove(&name),
                };
                members.insert(name, value);
            }
        }
    }

    fn close(self) -> Exactly {
        match self {
            Self::Array(items, digits) => {
                (Value::Array(items), (!digits.is_empty()).then_some(Digits::Items(digits)))
            }
            Self::Object(members, digits, _) => {
                (Value::Object(members), (!digits.is_empty()).then_some(Digits::Members(digits)))
            }
        }
    }
}

impl Reader<'_> {
    /// Reads the next value, whatever its type.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn value(&mut self) -> Result<Json, Fault> {
        let (value, digits) = self.untyped()?;
        Ok(Json::exact(value, digits))
    }

    /// Reads a value without recursion, so that its depth takes none of the stack.
    fn untyped(&mut self) -> Result<Exactly, Fault> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let mut done = match self.kind() {
                Kinds::ARRAY => {
                    self.enter(b'[', "an array")?;
                    open.push(Open::Array(Vec::new(), BTreeMap::new()));
                    None
                }
                Kinds::OBJECT => {
                    self.enter(b'{', "an object")?;
                    open.push(Open::Object(Map::new(), BTreeMap::new(), None));
                    None
                }
                _ => Some(self.untyped_scalar()?),
            };
            loop {
                let Some(inner) = open.last_mut() else { return done.ok_or_else(|| self.broken()) };
                let is_first = done.is_none();
                if let Some(value) = done.take() {
                    inner.put(value);
                }
                if self.next(inner.end(), is_first)? {
                    if let Open::Object(_, _, name) = inner {
                        *name = Some(self.name()?.into_owned());
                    }
                    break;
                }
                done = open.pop().map(Open::close);
            }
        }
    }

    fn untyped_scalar(&mut self) -> Result<Exactly, Fault> {
        match self.kind() {
            Kinds::NULL if self.null() => Ok((Value::Null, None)),
            Kinds::BOOLEAN => Ok((self.boolean()?.into(), None)),
            Kinds::STRING => Ok((Value::String(self.string()?.into_owned()), None)),
            Kinds::NUMBER => {
                let text = self.number("a number")?;
                let nearest = self.nearest.found.get(&(self.place().at() - text.len()));
                let (number, digits) = nearest.map_or_else(
                    || number(text),
                    |nearest| (nearest.clone(), Some(Digits::Nearest(nearest.clone(), text.into()))),
                );
                Ok((Value::Number(number), digits))
            }
            _ => Err(self.broken()),
        }
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
