//! Untyped JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::json::decode::FromJson;
#[cfg(feature = "unread")]
use crate::json::decode::{Mode, from_text};
use crate::json::digits::{Digits, Exact, number, show_members};
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
#[cfg(feature = "unread")]
use crate::json::unread::{Asked, Held, Unread};
use crate::json::writer::{ToJson, Writer};

/// Any JSON value.
///
/// It reads as a `serde_json::Value`, and numbers are sent back with the digits that were received: where a `Value`
/// holds only the nearest number, the digits are kept beside it until the number is changed.
///
/// Its `Debug` output redacts secrets: the values of properties whose names end in a word such as `password`,
/// `secret`, `token` or `api_key`. Printed as part of a model, it also redacts the properties that the
/// model's document declares secret. A value printed on its own belongs to no document.
#[derive(Clone, Default)]
pub struct Json(
    /// The value. A number that is set here is sent as it is set.
    pub Value,
    Option<Box<Digits>>,
);

/// Any JSON object. Its `Debug` output redacts secrets, and it keeps the digits of numbers, as [`Json`] does.
///
/// Most models have no additional properties, so an empty object allocates nothing and is the size of a pointer.
#[derive(Clone, Default)]
pub struct JsonObject {
    members: Option<Box<Members>>,
    /// What was received, as text until somebody asks for a member.
    #[cfg(feature = "unread")]
    unread: Option<Box<dyn Held<Members>>>,
}

/// The members of an object that has or had any.
#[derive(Clone, Default)]
struct Members {
    map: Map<String, Value>,
    digits: BTreeMap<String, Digits>,
}

/// The members that the text has.
#[cfg(feature = "unread")]
fn asked(text: &Unread) -> Members {
    let Json(value, digits) = from_text(&text.to_object(), Mode::Lenient).unwrap_or_default();
    let map = if let Value::Object(map) = value { map } else { Map::new() };
    let digits =
        if let Some(Digits::Within(parts)) = digits.map(|all| *all) { parts } else { BTreeMap::new() };
    Members { map, digits }
}

static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl Json {
    /// A value with the digits of its numbers.
    pub(crate) fn exact(value: Value, digits: Option<Digits>) -> Self {
        Self(value, digits.map(Box::new))
    }

    /// The items of an array, with the digits of their numbers; none if it is something else.
    pub(crate) fn to_items(&self) -> Vec<Self> {
        self.to_exact()
            .items()
            .map(|Exact(item, digits)| Self::exact(item.clone(), digits.cloned()))
            .collect()
    }

    /// The value with the digits of its numbers.
    pub(crate) fn to_exact(&self) -> Exact<'_> {
        Exact(&self.0, self.1.as_deref())
    }
}

impl JsonObject {
    /// The members with their values.
    fn read(&self) -> Option<&Members> {
        #[cfg(feature = "unread")]
        if let Some(unread) = &self.unread {
            return Some(unread.ask(asked));
        }
        self.members.as_deref()
    }

    fn read_mut(&mut self) -> &mut Members {
        #[cfg(feature = "unread")]
        if let Some(unread) = self.unread.take() {
            self.members = Some(unread.into_asked(asked));
        }
        self.members.get_or_insert_default()
    }

    /// The members with the digits of their numbers.
    pub(crate) fn exact_members(&self) -> impl Iterator<Item = (&String, Exact<'_>)> {
        self.read().into_iter().flat_map(|members| {
            members.map.iter().map(|(name, value)| (name, Exact(value, members.digits.get(name))))
        })
    }

    /// Whether the digits of any numbers are kept.
    pub(crate) fn has_digits(&self) -> bool {
        self.read().is_some_and(|members| !members.digits.is_empty())
    }

    /// The member `name`, if it has numbers that the object keeps the digits of.
    pub(crate) fn exact_member(&self, name: &str) -> Option<Exact<'_>> {
        let members = self.read()?;
        let digits = members.digits.get(name)?;
        members.map.get(name).map(|value| Exact(value, Some(digits)))
    }

    /// The member `name` with the digits of its numbers.
    pub(crate) fn member(&self, name: &str) -> Option<Json> {
        let members = self.read()?;
        let value = members.map.get(name)?;
        Some(Json::exact(value.clone(), members.digits.get(name).cloned()))
    }

    /// Sets a member, with the digits of its numbers.
    pub fn put(&mut self, name: String, value: Json) {
        let members = self.read_mut();
        match value.1 {
            Some(digits) => members.digits.insert(name.clone(), *digits),
            None => members.digits.remove(&name),
        };
        members.map.insert(name, value.0);
    }

    /// Reads the next value as the member `name`.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub(crate) fn read_member(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        #[cfg(feature = "unread")]
        if let Cow::Borrowed(name) = name
            && let Some(unread) = self.unread_mut()
            && let Some(raw) = reader.raw_without_escapes()?
        {
            unread.push(name, raw);
            return Ok(());
        }
        Json::read(reader).map(|value| self.put(name.into_owned(), value))
    }

    /// Whether no member was ever asked for or set.
    #[cfg(feature = "unread")]
    pub(crate) const fn has_no_values(&self) -> bool {
        self.members.is_none()
    }

    /// The members as text, if nobody has asked for them.
    #[cfg(feature = "unread")]
    pub(crate) fn unread(&self) -> Option<&Unread> {
        self.unread.as_ref().map(|unread| unread.text())
    }

    /// Where to add members as text, if nobody has asked for the others.
    #[cfg(feature = "unread")]
    pub(crate) fn unread_mut(&mut self) -> Option<&mut Unread> {
        if self.members.is_some() {
            return None;
        }
        self.unread.get_or_insert_with(|| Box::new(Asked::default())).text_mut()
    }
}

/// Values are equal if their numbers are, to the last digit.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 && self.to_exact().is_same_with(other.1.as_deref())
    }
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self(value.into(), None)
    }
}

impl From<JsonObject> for Json {
    fn from(mut object: JsonObject) -> Self {
        let members = std::mem::take(object.read_mut());
        Self::exact(members.map.into(), Digits::within(members.digits))
    }
}

impl From<Map<String, Value>> for JsonObject {
    fn from(map: Map<String, Value>) -> Self {
        let mut object = Self::default();
        *object = map;
        object
    }
}

impl From<JsonObject> for Map<String, Value> {
    fn from(mut object: JsonObject) -> Self {
        std::mem::take(&mut object.read_mut().map)
    }
}

impl PartialEq for JsonObject {
    fn eq(&self, other: &Self) -> bool {
        #[cfg(feature = "unread")]
        if self.unread().is_some() && self.unread() == other.unread() {
            return true;
        }
        let has_digits = self.has_digits() || other.has_digits();
        if has_digits { Json::from(self.clone()) == other.clone().into() } else { **self == **other }
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let entries = entries.into_iter().map(|(name, value)| (name.into(), value.into()));
        entries.collect::<Map<String, Value>>().into()
    }
}

impl IntoIterator for JsonObject {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        Map::from(self).into_iter()
    }
}

macro_rules! as_inside {
    ($($name:ident: $inside:ty, $own:ident => $shared:expr, $unique:expr;)*) => { $(
        impl Deref for $name {
            type Target = $inside;

            fn deref(&$own) -> &$inside {
                $shared
            }
        }

        impl DerefMut for $name {
            fn deref_mut(&mut $own) -> &mut $inside {
                $unique
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state);
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                (**self).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$inside>::deserialize(deserializer).map(Self::from)
            }
        }
    )* };
}
as_inside! {
    Json: Value, self => &self.0, &mut self.0;
    JsonObject: Map<String, Value>, self => self.read().map_or(&EMPTY, |inside| &inside.map), &mut self.read_mut().map;
}

impl ToJson for Json {
    fn write(&self, json: &mut Writer) {
        self.to_exact().write(json);
    }
}

impl ToJson for JsonObject {
    fn write(&self, json: &mut Writer) {
        #[cfg(feature = "unread")]
        if let Some(text) = self.unread() {
            return text.write(json);
        }
        json.object(|json| json.members(self.exact_members()));
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_exact().fmt(f)
    }
}

impl fmt::Debug for JsonObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show_members(self.exact_members(), f)
    }
}

/// An array or object that is being read.
struct Open {
    /// The bracket that it ends with.
    end: u8,
    /// The names of an object's members.
    names: Vec<String>,
    values: Vec<Value>,
    digits: BTreeMap<String, Digits>,
}

impl Open {
    fn put(&mut self, Json(value, own): Json) {
        if own.is_some() || !self.digits.is_empty() {
            let name = self.names.last().cloned().unwrap_or_else(|| self.values.len().to_string());
            match own {
                Some(own) => self.digits.insert(name, *own),
                None => self.digits.remove(&name),
            };
        }
        self.values.push(value);
    }

    fn close(self) -> Json {
        let value = match self.end {
            b']' => self.values.into(),
            _ => self.names.into_iter().zip(self.values).collect::<Map<String, Value>>().into(),
        };
        Json::exact(value, Digits::within(self.digits))
    }
}

impl Reader<'_> {
    /// Reads the next value, whatever its type. There is no recursion, so that its depth takes none of the stack.
    ///
    /// # Errors
    /// The text isn't JSON.
    pub fn value(&mut self) -> Result<Json, Fault> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let mut done = match self.peek() {
                Some(start @ (b'[' | b'{')) => {
                    self.enter(start, "")?;
                    let end = if start == b'[' { b']' } else { b'}' };
                    open.push(Open { end, names: vec![], values: vec![], digits: BTreeMap::new() });
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
                if self.next(inner.end, is_first)? {
                    if inner.end == b'}' {
                        inner.names.push(self.name()?.into_owned());
                    }
                    break;
                }
                done = open.pop().map(Open::close);
            }
        }
    }

    fn untyped_scalar(&mut self) -> Result<Json, Fault> {
        match self.peek() {
            Some(b't' | b'f') => Ok(self.boolean()?.into()),
            Some(b'"') => Ok(self.string()?.into_owned().into()),
            Some(b'-' | b'0'..=b'9') => {
                let text = self.number("a number")?;
                #[cfg(feature = "nearest")]
                if let Some(nearest) = self.nearest.found.get(&(self.at - text.len())) {
                    let digits = Digits::Nearest(nearest.clone(), text.into());
                    return Ok(Json::exact(nearest.clone().into(), Some(digits)));
                }
                let (number, digits) = number(text);
                Ok(Json::exact(number.into(), digits))
            }
            _ if self.null() => Ok(Json::default()),
            _ => Err(self.broken()),
        }
    }
}

impl FromJson for Json {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        #[cfg(feature = "unions")]
        if let Some(stand_in) = reader.stand_in()? {
            return Ok(stand_in.into());
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
        reader.read_object(|reader| members.read_member(reader.name()?, reader)).map(|()| members)
    }
}
