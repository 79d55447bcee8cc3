//! Telling absent, null and a value apart.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::{ToJson, Writer};
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

/// A property that can be absent, null or a value. In a partial update (JSON Merge Patch, RFC 7396) these
/// mean keep, remove and set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Patch<T> {
    /// The property is absent.
    #[default]
    Absent,
    /// The property is present and null.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the property is absent.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is present and null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// A mutable reference to the value, if there is one.
    pub const fn value_mut(&mut self) -> Option<&mut T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// A mutable reference to the value, which is the default one if there was none.
    pub fn get_or_insert_default(&mut self) -> &mut T
    where
        T: Default,
    {
        if !matches!(self, Self::Value(_)) {
            *self = Self::Value(T::default());
        }
        match self {
            Self::Value(value) => value,
            Self::Absent | Self::Null => unreachable!("it has just been given a value"),
        }
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// Applies `change` to the value, if there is one. Leaves absent and null as they are.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Value(value) => Patch::Value(change(value)),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// Absent serializes as null, since a value can't leave out its own property: the code that writes the object
/// must skip it.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

impl<T: FromJson> FromJson for Patch<T> {
    fn kinds() -> Kinds {
        T::kinds().or(Kinds::NULL)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.null() { Ok(Self::Null) } else { T::read(reader).map(Self::Value) }
    }

    fn tag(&self) -> Option<&str> {
        self.value().and_then(FromJson::tag)
    }
}

impl<T: ToJson> ToJson for Patch<T> {
    fn write(&self, json: &mut Writer) {
        match self {
            Self::Value(value) => value.write(json),
            Self::Null | Self::Absent => json.json_text("null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}

impl<T: Validate> Validate for Patch<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        match self {
            Self::Value(value) => value.check(rules, checker),
            // Null isn't a value of `T`, whose rules leave it alone, unless no value at all is allowed.
            Self::Null => {
                for rule in rules {
                    if let Rule::ListedValues([]) = rule {
                        checker.violation("no value is allowed");
                    }
                }
            }
            Self::Absent => {}
        }
    }

    fn unknowns(&self) -> usize {
        self.value().map_or(0, Validate::unknowns)
    }
}
