//! Untyped JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::json::digits::{Digits, Exact};
use crate::json::redaction::is_secret;
use crate::json::untyped::canonical;
use crate::json::writer::{ToJson, Writer, to_vec};

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
/// Most models have no additional properties, so an empty object allocates nothing and is the size of a
/// pointer.
#[derive(Clone, Default)]
pub struct JsonObject(Option<Box<Members>>);

/// The members of an object that has or had any.
#[derive(Clone, Default)]
struct Members {
    map: Map<String, Value>,
    digits: BTreeMap<String, Digits>,
}

static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl Json {
    /// A value with the digits of its numbers.
    pub(crate) fn exact(value: Value, digits: Option<Digits>) -> Self {
        Self(value, digits.map(Box::new))
    }

    /// The items of an array, with the digits of their numbers; none if it is something else.
    pub(crate) fn items(&self) -> Vec<Self> {
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
    /// The members, or `None` if the object has never had any.
    pub(crate) fn members(&self) -> Option<&Map<String, Value>> {
        self.0.as_deref().map(|members| &members.map)
    }

    /// The members with the digits of their numbers.
    pub(crate) fn exact_members(&self) -> impl Iterator<Item = (&String, Exact<'_>)> {
        self.0.iter().flat_map(|members| {
            members.map.iter().map(|(name, value)| (name, Exact(value, members.digits.get(name))))
        })
    }

    /// Whether the digits of any numbers are kept.
    pub(crate) fn has_digits(&self) -> bool {
        self.0.as_ref().is_some_and(|members| !members.digits.is_empty())
    }

    /// The member `name`, if it has numbers that the object keeps the digits of.
    pub(crate) fn exact_member(&self, name: &str) -> Option<Exact<'_>> {
        let members = self.0.as_ref()?;
        let digits = members.digits.get(name)?;
        members.map.get(name).map(|value| Exact(value, Some(digits)))
    }

    /// The member `name` with the digits of its numbers.
    pub(crate) fn member(&self, name: &str) -> Option<Json> {
        let members = self.0.as_ref()?;
        let value = members.map.get(name)?;
        Some(Json::exact(value.clone(), members.digits.get(name).cloned()))
    }

    /// Sets a member, with the digits of its numbers.
    pub fn put(&mut self, name: String, value: Json) {
        let members = self.0.get_or_insert_default();
        match value.1 {
            Some(digits) => members.digits.insert(name.clone(), *digits),
            None if members.digits.is_empty() => None,
            None => members.digits.remove(&name),
        };
        members.map.insert(name, value.0);
    }
}

/// Values are equal if their numbers are, to the last digit.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        let text = |json: &Self| to_vec(json).map(|text| canonical(&String::from_utf8_lossy(&text))).ok();
        let has_digits = self.1.is_some() || other.1.is_some();
        self.0 == other.0 && (!has_digits || text(self) == text(other))
    }
}

impl Eq for Json {}

impl Hash for Json {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Deref for Json {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl DerefMut for Json {
    fn deref_mut(&mut self) -> &mut Value {
        &mut self.0
    }
}

impl Deref for JsonObject {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        self.members().unwrap_or_else(|| &EMPTY)
    }
}

impl DerefMut for JsonObject {
    fn deref_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.0.get_or_insert_default().map
    }
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self(value.into(), None)
    }
}

impl From<JsonObject> for Json {
    fn from(object: JsonObject) -> Self {
        let Members { map, digits } = object.0.map(|members| *members).unwrap_or_default();
        Self::exact(map.into(), (!digits.is_empty()).then_some(Digits::Members(digits)))
    }
}

impl From<Map<String, Value>> for JsonObject {
    fn from(map: Map<String, Value>) -> Self {
        Self((!map.is_empty()).then(|| Box::new(Members { map, digits: BTreeMap::new() })))
    }
}

impl From<JsonObject> for Map<String, Value> {
    fn from(object: JsonObject) -> Self {
        object.0.map(|members| members.map).unwrap_or_default()
    }
}

impl PartialEq for JsonObject {
    fn eq(&self, other: &Self) -> bool {
        if self.has_digits() || other.has_digits() {
            return Json::from(self.clone()) == Json::from(other.clone());
        }
        **self == **other
    }
}

impl Eq for JsonObject {}

impl Hash for JsonObject {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let map: Map<String, Value> =
            entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        map.into()
    }
}

impl IntoIterator for JsonObject {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        Map::from(self).into_iter()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

impl ToJson for Json {
    fn write(&self, json: &mut Writer) {
        self.to_exact().write(json);
    }
}

impl ToJson for JsonObject {
    fn write(&self, json: &mut Writer) {
        json.begin_object();
        for (name, value) in self.exact_members() {
            json.name(name);
            value.write(json);
        }
        json.end_object();
    }
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Redacted(self.to_exact()).fmt(f)
    }
}

impl fmt::Debug for JsonObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_members(self.exact_members(), f)
    }
}

struct Redacted<'a>(Exact<'a>);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Exact(value, digits) = self.0;
        match value {
            Value::Array(_) => f.debug_list().entries(self.0.items().map(Redacted)).finish(),
            Value::Object(_) => fmt_members(self.0.members(), f),
            Value::Number(number) => match digits.and_then(|digits| digits.of_number(number)) {
                Some(text) => f.write_str(text),
                None => fmt::Display::fmt(number, f),
            },
            scalar => fmt::Display::fmt(scalar, f),
        }
    }
}

fn fmt_members<'a>(
    members: impl Iterator<Item = (&'a String, Exact<'a>)>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut entries = f.debug_map();
    for (name, value) in members {
        if is_secret(name) {
            entries.entry(name, &format_args!("[redacted]"));
        } else {
            entries.entry(name, &Redacted(value));
        }
    }
    entries.finish()
}
