//! Reads members of objects as the types that OpenAPI requires, and reports values of other types.

use indexmap::IndexMap;
use serde_json::{Map, Number, Value};

use super::at::At;
use super::likeness::instead_of;
use super::reader::Reader;
use crate::diagnostics::codes;
use crate::text::Place;

impl<'a> Reader<'a> {
    /// Reports that the value at `place` has the wrong JSON type.
    pub(super) fn wrong_type(&mut self, place: &Place, expected: &str) {
        let help = "Correct the value; OpenAPI requires this type here.";
        self.diagnostics.report(&codes::WRONG_TYPE, place, format!("this must be {expected}"), help);
    }

    /// Reports members of the object `at` that are neither `known` nor extensions.
    pub(super) fn only(&mut self, at: &At<'_>, what: &str, known: &[&[&str]]) {
        let mut newer: Option<&[&str]> = None;
        for name in at.value.as_object().into_iter().flat_map(Map::keys).map(String::as_str) {
            if name.starts_with("x-") || known.iter().any(|known| known.contains(&name)) {
                continue;
            }
            let newer = *newer.get_or_insert_with(|| self.newer_members(what));
            if !newer.contains(&name) {
                let message = format!("unknown member {name:?} in {what}; it is ignored");
                let help = instead_of(name, known.iter().copied().chain([newer]).flatten().copied());
                self.diagnostics.report(&codes::UNKNOWN_MEMBER, &at.place.child(name), message, help);
            }
        }
    }

    /// The same for a Reference Object.
    pub(super) fn only_reference(&mut self, at: &At<'_>) {
        self.only(at, "a reference", &[&["$ref", "summary", "description"]]);
    }

    /// The same for a value that must be an object; `None` if it isn't one. Null counts as an empty object.
    pub(super) fn object_only(&mut self, at: &At<'_>, what: &str, known: &[&[&str]]) -> Option<()> {
        if !at.value.is_object() && !at.value.is_null() {
            self.wrong_type(&at.place, &format!("{what}, which is an object"));
            return None;
        }
        self.only(at, what, known);
        Some(())
    }

    /// The description of `at`, to which `entry` refers. One beside the `$ref` takes precedence.
    pub(super) fn description(&mut self, entry: &At<'_>, at: &At<'_>) -> Option<String> {
        self.string(entry, "description").or_else(|| self.string(at, "description"))
    }

    /// The summary of `at`, likewise.
    pub(super) fn summary(&mut self, entry: &At<'_>, at: &At<'_>) -> Option<String> {
        self.string(entry, "summary").or_else(|| self.string(at, "summary"))
    }

    /// The string member `name`.
    pub(super) fn string(&mut self, at: &At<'_>, name: &str) -> Option<String> {
        let member = at.value_of(name)?;
        let text = text(member);
        if text.is_none() {
            self.wrong_type(&at.place.child(name), "a string");
        }
        text
    }

    /// The boolean member `name`; `false` if it is absent.
    pub(super) fn boolean(&mut self, at: &At<'_>, name: &str) -> bool {
        self.optional_boolean(at, name).unwrap_or(false)
    }

    /// The boolean member `name`.
    pub(super) fn optional_boolean(&mut self, at: &At<'_>, name: &str) -> Option<bool> {
        let member = at.value_of(name)?;
        let read = match member {
            Value::Bool(boolean) => return Some(*boolean),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" => Some(true),
                "false" | "no" => Some(false),
                _ => None,
            },
            _ => None,
        };
        match read {
            Some(read) => self.quoted(&at.place.child(name), &read.to_string()),
            None => self.wrong_type(&at.place.child(name), "a boolean"),
        }
        read
    }

    /// The number member `name`.
    pub(super) fn number(&mut self, at: &At<'_>, name: &str) -> Option<Number> {
        let member = at.value_of(name)?;
        let read = match member {
            Value::Number(number) => return Some(number.clone()),
            Value::String(text) => text.parse::<Number>().ok(),
            _ => None,
        };
        match &read {
            Some(number) => self.quoted(&at.place.child(name), &number.to_string()),
            None => self.wrong_type(&at.place.child(name), "a number"),
        }
        read
    }

    /// The member `name`, a non-negative integer. It may be written as `3.0`.
    pub(super) fn unsigned(&mut self, at: &At<'_>, name: &str) -> Option<u64> {
        let number = self.number(at, name)?;
        let whole = || {
            let float = number.as_f64()?;
            // A limit that nothing can reach is no limit, so the largest integer will do.
            (float >= 0.0 && float.fract() == 0.0).then_some(float as u64)
        };
        let read = number.as_u64().or_else(whole);
        if read.is_none() {
            self.wrong_type(&at.place.child(name), "a non-negative integer");
        }
        read
    }

    fn quoted(&mut self, place: &Place, read: &str) {
        self.tolerate(place, &format!("this string is read as `{read}`"), "Remove the quotes.");
    }

    /// Reports a mistake that has only one possible meaning.
    pub(super) fn tolerate(&mut self, place: &Place, message: &str, help: &str) {
        self.diagnostics.report(&codes::TOLERATED_MISTAKE, place, message, help);
    }

    /// The member `name`, an array of strings; empty if it is absent.
    pub(super) fn strings(&mut self, at: &At<'a>, name: &str) -> Vec<String> {
        let mut strings = Vec::new();
        for item in self.list(at, name) {
            match text(item.value) {
                Some(text) => strings.push(text),
                None => self.wrong_type(&item.place, "a string"),
            }
        }
        strings
    }

    /// The elements of the member `name`, which must be an array if it is present.
    pub(super) fn list(&mut self, at: &At<'a>, name: &str) -> Vec<At<'a>> {
        let member = at.get(name).and_then(|member| self.beyond_reference(member, &format!("`{name}`")));
        let Some(member) = member else { return Vec::new() };
        if !member.value.is_array() {
            self.wrong_type(&member.place, "an array");
        }
        member.items().filter(|item| !item.value.is_null()).collect()
    }

    /// The members of the member `name`, which must be an object if it is present, and of what it refers to.
    pub(super) fn map(&mut self, at: &At<'a>, name: &str) -> Vec<(&'a str, At<'a>)> {
        let mut objects = self.objects(at, name);
        let is_reference = |(name, member): &(&str, At<'_>)| *name == "$ref" && member.value.is_string();
        if objects.len() < 2 {
            let members = objects.pop().into_iter().flat_map(|object| object.members());
            return members.filter(|member| !is_reference(member)).collect();
        }
        let mut members = IndexMap::new();
        for (name, member) in objects.iter().flat_map(At::members).filter(|member| !is_reference(member)) {
            members.entry(name).or_insert(member);
        }
        members.into_iter().collect()
    }

    /// The member `name`, which must be an object if it is present; if it is a reference, what it refers to.
    pub(super) fn object(&mut self, at: &At<'a>, name: &str) -> Option<At<'a>> {
        let mut objects = self.objects(at, name);
        let last = objects.pop();
        objects.iter().for_each(|reference| self.only_reference(reference));
        last
    }

    /// The member `name`, which must be an object if it is present, and what it refers to, if it is a reference.
    pub(super) fn objects(&mut self, at: &At<'a>, name: &str) -> Vec<At<'a>> {
        let Some(member) = at.get(name) else { return Vec::new() };
        let mut objects = self.beyond_references(member, &format!("`{name}`"));
        objects.retain(|member| self.is_object(member));
        objects
    }

    fn is_object(&mut self, member: &At<'_>) -> bool {
        // PHP writes an empty object like this.
        if member.value.as_array().is_some_and(Vec::is_empty) {
            let help = "Write it as `{}`.";
            self.tolerate(&member.place, "this empty array is read as an empty object", help);
        } else if !member.value.is_object() {
            self.wrong_type(&member.place, "an object");
        }
        member.value.is_object()
    }

    /// The value decoded as one of `openapiv3`'s types.
    pub(super) fn leaf<T: serde::de::DeserializeOwned>(&mut self, at: &At<'_>) -> Option<T> {
        self.decoded(&at.place, texts(at.value))
    }

    /// `value`, which is at `place`, decoded as one of `openapiv3`'s types.
    pub(super) fn decoded<T: serde::de::DeserializeOwned>(
        &mut self,
        place: &Place,
        value: Value,
    ) -> Option<T> {
        match serde_json::from_value(value) {
            Ok(leaf) => Some(leaf),
            Err(error) => {
                let help = "See the OpenAPI specification for the expected form.";
                let message = format!("this object is malformed: {error}");
                self.diagnostics.report(&codes::MALFORMED_OBJECT, place, message, help);
                None
            }
        }
    }
}

/// The value with strings in place of numbers and booleans, and without nulls. The objects that are decoded as a whole
/// have no numbers or booleans, except in extensions.
pub(super) fn texts(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, member)| !member.is_null() && *name != "externalDocs")
            .map(|(name, member)| {
                let is_extension = name.starts_with("x-");
                (name.clone(), if is_extension { member.clone() } else { texts(member) })
            })
            .collect(),
        Value::Array(items) => items.iter().map(texts).collect(),
        other => text(other).map_or(Value::Null, Value::String),
    }
}

/// The text of a string, or of what YAML reads as something else, as in `title: yes` or `description: 200`.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
