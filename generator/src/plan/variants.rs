//! What the alternatives of a union wish to be called.
//!
//! A name depends on what its alternative says, and on the others only where they say the same: the order of
//! alternatives has no meaning, so it shows in no name. Numbers remain for those that nothing tells apart.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::Planner;
use super::enums::scalar_words;
use super::numbering::{Taken, first_free};
use super::schemas::types;
use crate::api::Wish;
use crate::source::document::{Schema, SchemaId, Type};

/// The property whose values distinguish the alternatives, and its values for each.
pub(super) type Tags = (String, Vec<Vec<String>>);

/// Where a name comes from, the most binding first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Component,
    Title,
    Tag,
    Constant,
    SoleProperty,
    RequiredProperty,
    OwnProperty,
    Items,
    Type,
}

/// What an alternative can be called, the best name first; never empty.
type Candidates = Vec<(Source, String)>;

impl Planner<'_> {
    /// The names that the alternatives wish for, no two alike unless components are. Those of which several are
    /// `joined` are called what they are together.
    pub(super) fn variant_wishes(
        &self,
        ids: &[SchemaId],
        tags: Option<&Tags>,
        joined: &BTreeMap<SchemaId, Vec<SchemaId>>,
    ) -> Vec<Wish> {
        let constants = self.constants_by_spread(ids);
        let candidates = ids.iter().enumerate().map(|(index, id)| {
            if joined.contains_key(id) {
                return vec![(Source::Type, self.type_word(&self.document.schemas[*id]).into_owned())];
            }
            let tag = tags.and_then(|(property, tags)| Some((property.as_str(), tags[index].first()?)));
            self.candidates(*id, ids, tag, &constants)
        });
        settle(&candidates.collect::<Vec<_>>())
    }

    fn candidates(
        &self,
        id: SchemaId,
        ids: &[SchemaId],
        tag: Option<(&str, &String)>,
        constants: &[String],
    ) -> Candidates {
        let schema = &self.document.schemas[id];
        let origin = self.origin(id);
        let target = &self.document.schemas[origin];
        let mut found: Candidates = Vec::new();
        found.extend(target.name.clone().map(|name| (Source::Component, name)));
        let title = schema.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        found.extend(title.map(|title| (Source::Title, title.to_owned())));
        if let Some((property, tag)) = tag.filter(|(_, tag)| !tag.is_empty()) {
            let listed = self.constants(id, property, 0);
            let is_text = listed.is_none_or(|values| values.iter().all(Value::is_string));
            let words = if is_text { tag.clone() } else { format!("{property} {tag}") };
            found.push((Source::Tag, words));
        }
        let mut words = String::new();
        for property in constants {
            if let Some(value) = self.constant(id, property) {
                words = format!("{words} {}", constant_words(property, &value)).trim().to_owned();
                found.push((Source::Constant, words.clone()));
            }
        }
        let required = self.required_of(id, 0);
        if let [only] = &required[..] {
            found.push((Source::SoleProperty, only.clone()));
        }
        let word = self.type_word(schema);
        found.push((Source::Type, word.clone().into_owned()));
        let others = || ids.iter().filter(|other| **other != id);
        let is_own =
            |property: &&String| others().all(|other| !self.required_of(*other, 0).contains(property));
        found.extend(required.iter().find(is_own).map(|own| (Source::RequiredProperty, own.clone())));
        let is_own =
            |property: &String| others().all(|other| !self.properties_of(*other, 0).contains(property));
        let own = self.properties_of(id, 0).into_iter().find(is_own);
        found.extend(own.map(|own| (Source::OwnProperty, own)));
        if let Some(items) = schema.items.filter(|_| word == "List") {
            found.push((Source::Items, format!("{} list", self.item_words(items))));
        }
        found.push((Source::Type, title.unwrap_or(&word).to_owned()));
        found
    }

    fn item_words(&self, id: SchemaId) -> String {
        let schema = &self.document.schemas[id];
        let target = &self.document.schemas[schema.reference.unwrap_or(id)];
        let title = schema.title.clone().filter(|title| !title.trim().is_empty());
        target.name.clone().or(title).unwrap_or_else(|| self.type_word(schema).into_owned())
    }

    /// A word for what a schema is.
    pub(super) fn type_word(&self, schema: &Schema) -> Cow<'static, str> {
        self.format_word(schema).map_or_else(|| type_word(schema).into(), Cow::Owned)
    }

    /// The properties that have one value in some alternatives, those that have it in most first. What is the same
    /// in several alternatives and differs in none tells nothing apart.
    fn constants_by_spread(&self, ids: &[SchemaId]) -> Vec<String> {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for id in ids {
            for property in self.properties_of(*id, 0) {
                if let Some(value) = self.constant(*id, &property) {
                    values.entry(property).or_default().push(value.to_string());
                }
            }
        }
        let tells =
            |values: &Vec<String>| values.len() == 1 || values.iter().any(|value| *value != values[0]);
        let mut found: Vec<(usize, String)> = values
            .into_iter()
            .filter(|(_, values)| tells(values))
            .map(|(property, values)| (ids.len() - values.len().min(ids.len()), property))
            .collect();
        found.sort();
        found.into_iter().map(|(_, property)| property).collect()
    }

    /// The one value that the property can have.
    fn constant(&self, id: SchemaId, property: &str) -> Option<Value> {
        match &self.constants(id, property, 0)?[..] {
            [only] if !only.is_null() => Some(only.clone()),
            _ => None,
        }
    }

    /// The properties that the schema requires, in the document's order.
    pub(super) fn required_of(&self, id: SchemaId, depth: usize) -> Vec<String> {
        let schema = &self.document.schemas[id];
        if depth > 16 {
            return Vec::new();
        }
        let mut found = schema.required.clone();
        for part in schema.reference.iter().chain(&schema.all_of) {
            found.extend(self.required_of(*part, depth + 1));
        }
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|property| seen.insert(property.clone()));
        found
    }
}

fn constant_words(property: &str, value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        other => format!("{property} {}", scalar_words(other)),
    }
}

/// Chooses a name for each: the best one that no other has. Where several have one, those with a less binding claim
/// take their next one; those that have none left are numbered.
fn settle(candidates: &[Candidates]) -> Vec<Wish> {
    let mut chosen = vec![0; candidates.len()];
    loop {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, own) in candidates.iter().enumerate() {
            groups.entry(key(&own[chosen[index]].1)).or_default().push(index);
        }
        let mut moved = false;
        for group in groups.values().filter(|group| group.len() > 1) {
            let source = |index: &usize| candidates[*index][chosen[*index]].0;
            let weakest = group.iter().map(source).max();
            let weak: Vec<usize> =
                group.iter().copied().filter(|index| Some(source(index)) == weakest).collect();
            for index in weak {
                if weakest != Some(Source::Component) && chosen[index] + 1 < candidates[index].len() {
                    chosen[index] += 1;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
    let names: Vec<&(Source, String)> = candidates.iter().zip(&chosen).map(|(own, at)| &own[*at]).collect();
    numbered(&names)
}

/// What two names have in common that would be one in Rust.
fn key(words: &str) -> String {
    let letters: String =
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() { words.to_owned() } else { letters }
}

fn numbered(names: &[&(Source, String)]) -> Vec<Wish> {
    let fixed = names.iter().filter(|(source, _)| *source != Source::Type);
    let mut taken: Taken = fixed.map(|(_, words)| (key(words), 1)).collect();
    let number = |(source, words): &&(Source, String)| match source {
        Source::Component => Wish::Required(words.clone()),
        Source::Type => Wish::Unknown(first_free(&mut taken, words, key, |count| format!("{words} {count}"))),
        _ => Wish::Suggested(words.clone()),
    };
    names.iter().map(number).collect()
}

/// A word for what a schema is.
fn type_word(schema: &Schema) -> &'static str {
    let mut types = types(schema);
    if types.is_empty() && schema.values.iter().all(Value::is_string) && !schema.values.is_empty() {
        types.push(Type::String);
    }
    match types[..] {
        [Type::Boolean] => "Boolean",
        [Type::Object] => "Object",
        [Type::Array] => "List",
        [Type::Number] => "Number",
        [Type::Integer] => "Integer",
        [Type::String] => match schema.format.as_deref() {
            Some("date-time") => "DateTime",
            Some("date") => "Date",
            Some("uuid") => "Uuid",
            _ if !schema.values.is_empty() => "Enum",
            _ => "String",
        },
        _ => "Alternative",
    }
}
