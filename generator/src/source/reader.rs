//! Walks a document's values, resolving references, and notes every problem on the way.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::document::{SchemaId, Schemas};
use super::files::Files;
use crate::diagnostics::{Diagnostics, Place};

/// How many references may lead from one to the next.
const MAX_HOPS: usize = 64;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub value: &'a Value,
    pub place: Place,
}

impl<'a> At<'a> {
    /// The member `name`, if the value is an object that has it.
    pub(super) fn get(&self, name: &str) -> Option<At<'a>> {
        Some(At { value: self.value.get(name)?, place: self.place.child(name) })
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
    pub(super) fn extensions(&self) -> IndexMap<String, Value> {
        let extension =
            |(name, value): (&String, &Value)| name.starts_with("x-").then(|| (name.clone(), value.clone()));
        self.value.as_object().into_iter().flatten().filter_map(extension).collect()
    }
}

/// What the walk has found so far.
pub(super) struct Reader<'a, 'd> {
    pub files: &'a Files,
    pub diagnostics: &'d mut Diagnostics,
    pub schemas: Schemas,
    /// Schemas that have an id but haven't been read yet.
    pub queue: Vec<(SchemaId, At<'a>)>,
    pub by_place: HashMap<Place, SchemaId>,
    /// Schemas of other files that are referred to, by name.
    pub foreign: IndexMap<String, SchemaId>,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(files: &'a Files, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            files,
            diagnostics,
            schemas: Schemas::default(),
            queue: Vec::new(),
            by_place: HashMap::new(),
            foreign: IndexMap::new(),
        }
    }

    /// What `at` refers to, if it is a Reference Object, through any number of hops; else `at` itself.
    pub(super) fn follow(&mut self, at: At<'a>) -> Option<At<'a>> {
        let mut current = at.clone();
        for _ in 0..MAX_HOPS {
            let Some(reference) = current.value.get("$ref") else { return Some(current) };
            current = self.target(&current.place, reference)?;
        }
        let help = "Let one of the references stand for something of its own.";
        self.diagnostics.error("E0012", &at.place, "the reference leads back to itself", help);
        None
    }

    /// What the `$ref` with the value `reference` in the object at `place` means.
    pub(super) fn target(&mut self, place: &Place, reference: &Value) -> Option<At<'a>> {
        let place = place.child("$ref");
        let Some(text) = reference.as_str() else {
            self.wrong_type(&place, "a string");
            return None;
        };
        let target = Files::resolve(&place, text);
        if let Some(reason) = self.files.why_unusable(&target) {
            let help = "Refer to files in or below the document's folder; nothing else is read or fetched.";
            self.diagnostics.error("E0010", &place, reason, help);
            return None;
        }
        match self.files.get(&target) {
            Some(value) => Some(At { value, place: target }),
            None => {
                let help = "Define what it names, or correct the name.";
                self.diagnostics.error("E0011", &place, format!("nothing is at {text:?}"), help);
                None
            }
        }
    }

    /// Notes that the value at `place` has the wrong JSON type.
    pub(super) fn wrong_type(&mut self, place: &Place, expected: &str) {
        let message = format!("this must be {expected}");
        self.diagnostics.error(
            "E0005",
            place,
            message,
            "Correct the value; OpenAPI gives this member that type.",
        );
    }

    /// The string member `name`.
    pub(super) fn string(&mut self, at: &At<'_>, name: &str) -> Option<String> {
        let member = at.get(name)?;
        let text = match member.value {
            Value::String(text) => Some(text.clone()),
            // YAML reads `description: 200` and `title: yes` as something else.
            Value::Number(_) | Value::Bool(_) => Some(member.value.to_string()),
            _ => None,
        };
        if text.is_none() && !member.value.is_null() {
            self.wrong_type(&member.place, "a string");
        }
        text
    }

    /// The boolean member `name`; false if it is absent.
    pub(super) fn boolean(&mut self, at: &At<'_>, name: &str) -> bool {
        let Some(member) = at.get(name) else { return false };
        member.value.as_bool().unwrap_or_else(|| {
            self.wrong_type(&member.place, "a boolean");
            false
        })
    }

    /// The member `name`, an array of strings; empty if it is absent.
    pub(super) fn strings(&mut self, at: &At<'_>, name: &str) -> Vec<String> {
        let Some(member) = at.get(name) else { return Vec::new() };
        if !member.value.is_array() {
            self.wrong_type(&member.place, "an array of strings");
        }
        let mut strings = Vec::new();
        for item in member.items() {
            match item.value.as_str() {
                Some(text) => strings.push(text.to_owned()),
                None => self.wrong_type(&item.place, "a string"),
            }
        }
        strings
    }

    /// The elements of the member `name`, which must be an array if it is there.
    pub(super) fn list<'b>(&mut self, at: &At<'b>, name: &str) -> Vec<At<'b>> {
        let Some(member) = at.get(name) else { return Vec::new() };
        if !member.value.is_array() {
            self.wrong_type(&member.place, "an array");
        }
        member.items().collect()
    }

    /// The members of the member `name`, which must be an object if it is there.
    pub(super) fn map<'b>(&mut self, at: &At<'b>, name: &str) -> Vec<(&'b str, At<'b>)> {
        self.object(at, name).iter().flat_map(At::members).collect()
    }

    /// The member `name` as an object, or nothing.
    pub(super) fn object<'b>(&mut self, at: &At<'b>, name: &str) -> Option<At<'b>> {
        let member = at.get(name)?;
        if member.value.is_object() {
            return Some(member);
        }
        self.wrong_type(&member.place, "an object");
        None
    }

    /// The member `name` decoded as one of `openapiv3`'s types.
    pub(super) fn leaf<T: serde::de::DeserializeOwned>(&mut self, at: &At<'_>) -> Option<T> {
        match serde_json::from_value(at.value.clone()) {
            Ok(leaf) => Some(leaf),
            Err(error) => {
                let help = "Correct it; the OpenAPI specification shows its form.";
                self.diagnostics.error(
                    "E0006",
                    &at.place,
                    format!("this object is malformed: {error}"),
                    help,
                );
                None
            }
        }
    }
}

/// The object's member as an unsigned integer, also where it is written `3.0`.
pub(super) fn unsigned(map: &Map<String, Value>, name: &str) -> Option<u64> {
    let number = map.get(name)?;
    number.as_u64().or_else(|| {
        let float = number.as_f64()?;
        (float >= 0.0 && float.fract() == 0.0 && float <= 9e15).then_some(float as u64)
    })
}
