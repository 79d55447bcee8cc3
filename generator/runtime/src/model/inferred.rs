//! Values whose type the document doesn't state.

use std::fmt;

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::value::Json;
use crate::json::writer::{ToJson, Writer};
use crate::model::object::AnyObject;
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

/// A value whose schema has no `type`, but keywords for objects or for arrays, such as `properties` or `items`. These
/// leave other values alone (JSON Schema 2020-12 core, section 10), so any is allowed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Inferred<T> {
    /// The object or array that the keywords are for.
    Expected(T),
    /// A value of another type, preserved unchanged.
    Other(Json),
}

impl<T> Inferred<T> {
    /// The object or array, if it is one.
    pub const fn expected(&self) -> Option<&T> {
        if let Self::Expected(value) = self { Some(value) } else { None }
    }

    /// A mutable reference to the object or array, if it is one.
    pub const fn expected_mut(&mut self) -> Option<&mut T> {
        if let Self::Expected(value) = self { Some(value) } else { None }
    }

    /// The object or array, if it is one.
    pub fn into_expected(self) -> Option<T> {
        if let Self::Expected(value) = self { Some(value) } else { None }
    }
}

impl<T> From<T> for Inferred<T> {
    fn from(value: T) -> Self {
        Self::Expected(value)
    }
}

impl<T> From<T> for Inferred<Box<T>> {
    fn from(value: T) -> Self {
        Self::Expected(Box::new(value))
    }
}

impl<T: Default> Default for Inferred<T> {
    fn default() -> Self {
        Self::Expected(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Inferred<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(value) => value.fmt(f),
            Self::Other(value) => value.fmt(f),
        }
    }
}

impl<T: FromJson> FromJson for Inferred<T> {
    fn kinds() -> Kinds {
        Kinds::ANY
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if T::kinds().meets(reader.kind()) {
            T::read(reader).map(Self::Expected)
        } else {
            Json::read(reader).map(Self::Other)
        }
    }

    fn null() -> Option<Self> {
        Some(Self::Other(Json::default()))
    }
}

impl<T: ToJson> ToJson for Inferred<T> {
    fn write(&self, json: &mut Writer) {
        match self {
            Self::Expected(value) => value.write(json),
            Self::Other(value) => value.write(json),
        }
    }

    fn any_object(&self) -> Option<&dyn AnyObject> {
        self.expected().and_then(ToJson::any_object)
    }
}

/// The rules are for what is expected.
impl<T: Validate> Validate for Inferred<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        if let Self::Expected(value) = self {
            value.check(rules, checker);
        }
    }

    fn unknowns(&self) -> usize {
        self.expected().map_or(1, Validate::unknowns)
    }

    fn plain_object(&self) -> Option<&dyn AnyObject> {
        self.expected().and_then(Validate::plain_object)
    }
}

impl<T: ToJson> serde::Serialize for Inferred<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::json::writer::serialize(self, serializer)
    }
}

impl<'de, T: FromJson> serde::Deserialize<'de> for Inferred<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::json::decode::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::decode::from_slice;
    use crate::json::writer::to_vec;
    use crate::prelude::*;

    #[derive(Clone, PartialEq)]
    struct Node {
        size: Inferred<Vec<i64>>,
        next: Option<Inferred<Box<Self>>>,
        additional_properties: JsonObject,
    }

    object! {
        Node {
            size: "size", required, [MaxItems(2)];
            next: "next", optional, [];
        }
        additional_properties: open [];
        rules: [];
    }

    #[test]
    fn values_of_other_types_are_preserved_wherever_they_are() {
        for text in [
            r#"{"size":[1,2]}"#,
            r#"{"size":"large","next":null}"#,
            r#"{"size":null,"next":1.50}"#,
            r#"{"size":12345678901234567890123,"next":{"size":{"a":[1]},"next":"x"}}"#,
        ] {
            let node: Node = from_slice(text.as_bytes()).unwrap();
            assert_eq!(node.validate(), Ok(()), "{text}");
            assert_eq!(to_vec(&node).unwrap(), text.as_bytes());
            assert!(node.additional_properties.is_empty(), "{text}");
        }
        assert_eq!(to_vec(&from_slice::<Inferred<Node>>(b"[1]").unwrap()).unwrap(), b"[1]");
    }

    #[test]
    fn a_value_of_another_type_counts_as_one_unknown_part() {
        let unknowns = |text: &str| from_slice::<Inferred<Node>>(text.as_bytes()).unwrap().unknowns();
        assert_eq!(unknowns(r#"{"size":[]}"#), 0);
        assert_eq!(unknowns(r#"{"size":[],"a":1,"b":2}"#), 2);
        assert_eq!(unknowns(r#"{"size":"x","a":1}"#), 2);
        assert_eq!(unknowns("[1]"), 1);
    }

    #[test]
    fn what_is_expected_must_be_valid() {
        let error = from_slice::<Inferred<Node>>(br#"{"size":["a"]}"#).unwrap_err();
        assert_eq!(error.to_string(), "size[0]: expected a 64-bit integer, got a string");
        assert!(from_slice::<Inferred<Node>>(br#"{"size":[1,2,3]}"#).unwrap().validate().is_err());
    }
}
