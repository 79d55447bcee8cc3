//! A value of the document with its place.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::text::Place;

/// Objects with at most this many members are searched linearly.
const FEW: usize = 10;

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub value: &'a Value,
    pub place: Place,
}

impl<'a> At<'a> {
    /// The member `name`, if the value is an object that has it. Null counts as absent, since YAML reads `description:`
    /// with nothing after it as null.
    pub(super) fn get(&self, name: &str) -> Option<At<'a>> {
        Some(At { value: self.value_of(name)?, place: self.place.child(name) })
    }

    /// The value of that member, for when its place isn't needed.
    pub(super) fn value_of(&self, name: &str) -> Option<&'a Value> {
        self.value_or_null_of(name).filter(|value| !value.is_null())
    }

    /// The value of that member, even if it is null.
    pub(super) fn value_or_null_of(&self, name: &str) -> Option<&'a Value> {
        let members = self.value.as_object()?;
        // Schemas are searched for dozens of members, of which each has a few: comparing is cheaper than hashing.
        if members.len() > FEW {
            members.get(name)
        } else {
            for (own, value) in members {
                if own == name {
                    return Some(value);
                }
            }
            None
        }
    }

    /// The members of an object.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a str, At<'a>)> + use<'a> {
        let place = self.place.clone();
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(name, value)| (name.as_str(), At { value, place: place.child(name) }))
    }

    /// The elements of an array.
    pub(super) fn items(&self) -> impl Iterator<Item = At<'a>> + use<'a> {
        let place = self.place.clone();
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| At { value, place: place.child(&index.to_string()) })
    }

    /// The `x-` members.
    pub(super) fn extensions(&self) -> BTreeMap<String, Value> {
        let extension =
            |(name, value): (&String, &Value)| name.starts_with("x-").then(|| (name.clone(), value.clone()));
        self.value.as_object().into_iter().flatten().filter_map(extension).collect()
    }
}
