//! Merging the parts of a schema, property by property.

use indexmap::IndexMap;
use serde_json::Value;

use super::nullability::common;
use super::parts::{Group, Kind, Part};
use super::{Composer, limits};
use crate::diagnostics::codes;
use crate::source::document::{Schema, SchemaId, Type};

/// The schemas that the parts have for each place in a value, the most specific one last.
#[derive(Default)]
struct Places {
    properties: IndexMap<String, Vec<SchemaId>>,
    patterns: IndexMap<String, Vec<SchemaId>>,
    /// Whether a part that allows no additional properties lacks a pattern of another.
    is_closed_apart: bool,
    names: Vec<SchemaId>,
    additional: Vec<SchemaId>,
    items: Vec<SchemaId>,
    prefix: Vec<Vec<SchemaId>>,
}

impl Composer<'_> {
    /// The parts from which the schema `id` is made: `parts`, and those of what they refer to.
    pub(super) fn whole(&mut self, id: SchemaId, parts: &[Part]) -> Vec<Part> {
        let targets: Vec<SchemaId> =
            parts.iter().filter(|part| part.kind == Kind::Target).map(|part| part.id).collect();
        if targets.is_empty() {
            return parts.to_vec();
        }
        let bases: Vec<SchemaId> =
            targets.into_iter().filter(|base| !self.is_parent(self.bare(*base))).collect();
        self.bases.insert(id, bases);
        self.all_parts(id)
    }

    /// The schema `id` as one that says what all `parts` say.
    pub(super) fn merge(&mut self, id: SchemaId, near: &[Part], parts: &[Part]) -> Schema {
        let mut schema = self.described(id, near, parts);
        let (schemas, place) = (self.keywords(parts), self.raw(id).place.clone());
        let nullable = self.is_nullable(parts);
        let mut told = Told::default();
        types(&mut schema, &schemas, nullable, &mut told);
        values(&mut schema, &schemas, nullable, &mut told);
        formats(&mut schema, &schemas, &mut told);
        for part in &schemas {
            told.left.extend(limits::merge(&mut schema.limits, &part.limits));
            required(&mut schema, part);
            let fill = |own: &mut Option<String>, other: &Option<String>| {
                if own.is_none() {
                    own.clone_from(other);
                }
            };
            fill(&mut schema.content_encoding, &part.content_encoding);
            fill(&mut schema.content_media_type, &part.content_media_type);
            schema.content_schema = schema.content_schema.or(part.content_schema);
            if part.boolean == Some(false) {
                schema.boolean = Some(false);
            }
        }
        if limits::exclude_all(&schema.limits) {
            told.contradictions.push("exclude all values by their limits");
        }
        self.tell(&place, told);
        self.tell_lost_alternatives(&place, parts);
        let places = self.places(&schemas);
        self.fill(&mut schema, places);
        let groups = self.groups_of(parts);
        self.with_alternatives(id, schema, groups)
    }

    fn tell(&mut self, place: &crate::text::Place, told: Told) {
        for what in told.contradictions {
            let message = format!("the parts of `allOf` {what}; the first one is used");
            let help = "No value can satisfy all parts; correct one of them.";
            self.diagnostics.report(&codes::CONTRADICTORY_ALL_OF, place, message, help);
        }
        self.tell_unchecked(place, told.left);
    }

    /// Says which alternatives of the parts leave no trace: those that only limit, and null alone.
    fn tell_lost_alternatives(&mut self, place: &crate::text::Place, parts: &[Part]) {
        for keyword in ["oneOf", "anyOf"] {
            let is_lost = |part: &Part| {
                let schema = self.raw(part.id);
                let ids = if keyword == "oneOf" { &schema.one_of } else { &schema.any_of };
                !ids.is_empty() && ids.iter().all(|id| self.is_only_null(*id) || self.only_constrains(*id))
            };
            if parts.iter().any(is_lost) {
                let message = format!("`{keyword}` isn't checked before requests are sent");
                let help = "The server still enforces it.";
                self.diagnostics.report(&codes::UNCHECKED_KEYWORD, place, message, help);
            }
        }
    }

    /// Says which keywords several parts have in a way that can't be one.
    pub(super) fn tell_unchecked(&mut self, place: &crate::text::Place, keywords: Vec<&str>) {
        for keyword in keywords {
            let message = format!(
                "of several parts with a `{keyword}`, only the first one's is checked before requests are sent"
            );
            self.diagnostics.report(
                &codes::UNCHECKED_KEYWORD,
                place,
                message,
                "The server still enforces it.",
            );
        }
    }

    /// The keywords of each part, without alternatives.
    fn keywords(&self, parts: &[Part]) -> Vec<Schema> {
        parts.iter().map(|part| self.raw(part.id).clone()).collect()
    }

    /// What the parts say in words. `near` ones are nearer to the schema than the rest, and the last ones of them than
    /// the first, but nothing is nearer than its own.
    pub(super) fn described(&self, id: SchemaId, near: &[Part], parts: &[Part]) -> Schema {
        let raw = self.raw(id);
        let is_near = |part: &Part| near.iter().any(|other| other.id == part.id);
        let far = parts.iter().filter(|part| !is_near(part));
        let words = near.iter().rev().chain(far);
        let words: Vec<&Schema> = words
            .filter(|part| part.kind != Kind::Target && part.id != id)
            .map(|part| self.raw(part.id))
            .collect();
        let words = || std::iter::once(raw).chain(words.iter().copied());
        let mut schema = Schema { place: raw.place.clone(), name: raw.name.clone(), ..Schema::default() };
        if let Some(words) = words().find(|words| words.title.is_some() || words.description.is_some()) {
            schema.title.clone_from(&words.title);
            schema.description.clone_from(&words.description);
        }
        schema.default = words().find_map(|words| words.default.clone());
        schema.discriminated_by = words().find_map(|words| words.discriminated_by.clone());
        // What a named part is called in XML isn't what the whole is called.
        let mut unnamed = std::iter::once(raw).chain(words().skip(1).filter(|part| part.name.is_none()));
        schema.xml = unnamed.find_map(|words| words.xml.clone());
        for words in words() {
            schema.deprecated |= words.deprecated;
            schema.read_only |= words.read_only;
            schema.write_only |= words.write_only;
            for (name, value) in &words.extensions {
                schema.extensions.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        schema
    }

    fn places(&self, schemas: &[Schema]) -> Places {
        let mut places = Places::default();
        for schema in schemas {
            for name in schema.properties.keys() {
                places.properties.entry(name.clone()).or_default();
            }
        }
        // The schema's own keywords are first, and the most specific.
        let own = usize::from(!schemas.is_empty());
        let longest = schemas.iter().map(|schema| schema.prefix_items.len()).max().unwrap_or_default();
        places.prefix = vec![Vec::new(); longest];
        for schema in schemas[own..].iter().chain(&schemas[..own]) {
            for (name, id) in &schema.properties {
                places.properties.entry(name.clone()).or_default().push(*id);
            }
            for (pattern, id) in &schema.pattern_properties {
                places.patterns.entry(pattern.clone()).or_default().push(*id);
            }
            places.names.extend(schema.property_names);
            places.additional.extend(schema.additional_properties);
            places.items.extend(schema.items);
            for (index, place) in places.prefix.iter_mut().enumerate() {
                place.extend(schema.prefix_items.get(index).copied().or(schema.items));
            }
        }
        let is_closed = |schema: &&Schema| {
            schema.additional_properties.is_some_and(|id| self.raw(id).boolean == Some(false))
        };
        let has_all = |schema: &Schema| {
            places.patterns.keys().all(|pattern| schema.pattern_properties.contains_key(pattern))
        };
        places.is_closed_apart = schemas.iter().filter(is_closed).any(|schema| !has_all(schema));
        places
    }

    fn fill(&mut self, schema: &mut Schema, places: Places) {
        for (name, ids) in places.properties {
            if let Some(id) = self.meet(&ids) {
                schema.properties.insert(name, id);
            }
        }
        for (pattern, ids) in places.patterns {
            if let Some(id) = self.meet(&ids) {
                schema.pattern_properties.insert(pattern, id);
            }
        }
        schema.property_names = self.meet(&places.names);
        // `additionalProperties: false` of a part forbids its siblings' properties, which is never meant.
        let closed = places.additional.iter().find(|id| self.raw(**id).boolean == Some(false)).copied();
        schema.additional_properties = closed.or_else(|| self.meet(&places.additional));
        if places.is_closed_apart {
            let message =
                "`additionalProperties` of one part isn't checked for names that have a pattern in another";
            let help = "The server still enforces it.";
            self.diagnostics.report(&codes::UNCHECKED_KEYWORD, &schema.place, message, help);
        }
        schema.items = self.meet(&places.items);
        schema.prefix_items = places.prefix.iter().filter_map(|ids| self.meet(ids)).collect();
    }

    fn groups_of(&self, parts: &[Part]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let with_their_own = parts.iter().filter(|part| part.kind == Kind::Keywords);
        for group in with_their_own.flat_map(|part| self.groups(part.id)) {
            let bare = |group: &Group| group.ids.iter().map(|id| self.bare(*id)).collect::<Vec<_>>();
            if !groups.iter().any(|other| bare(other) == bare(&group)) {
                groups.push(group);
            }
        }
        groups
    }
}

/// What there is to say about a merge.
#[derive(Default)]
struct Told {
    contradictions: Vec<&'static str>,
    /// Keywords of which only the first is checked.
    left: Vec<&'static str>,
}

fn types(into: &mut Schema, parts: &[Schema], nullable: bool, told: &mut Told) {
    let is_null = |kind: &Type| *kind == Type::Null;
    let mut found: Option<Vec<Type>> = None;
    for part in parts.iter().filter(|part| !part.types.is_empty()) {
        let own: Vec<Type> = part.types.iter().copied().filter(|kind| !is_null(kind)).collect();
        match &found {
            None => found = Some(own),
            Some(before) => {
                let both = common(before, &own);
                if !both.is_empty() || nullable {
                    found = Some(both);
                } else if !before.is_empty() && !own.is_empty() {
                    told.contradictions.push("require different types");
                }
            }
        }
    }
    into.types = found.unwrap_or_default();
    let typed = parts.iter().any(|part| !part.types.is_empty());
    match nullable {
        true if typed => into.types.push(Type::Null),
        true => into.nullable = true,
        false => {}
    }
}

fn values(into: &mut Schema, parts: &[Schema], nullable: bool, told: &mut Told) {
    for part in parts.iter().filter(|part| !part.values.is_empty()) {
        if into.values.is_empty() {
            into.values.clone_from(&part.values);
            into.is_const = part.is_const;
            continue;
        }
        let kept: Vec<bool> = into.values.iter().map(|value| part.values.contains(value)).collect();
        if !kept.contains(&true) {
            told.contradictions.push("list different values");
            continue;
        }
        retain(into, &kept);
        into.is_const |= part.is_const;
    }
    let fits = |value: &Value| match value {
        Value::Null => nullable,
        value => into.types.is_empty() || into.types.iter().any(|kind| is_of(value, *kind)),
    };
    let kept: Vec<bool> = into.values.iter().map(fits).collect();
    if kept.contains(&true) {
        retain(into, &kept);
    } else if !kept.is_empty() {
        told.contradictions.push("list values of another type");
        into.types.clear();
    }
}

/// Keeps the values, and what the extensions say about each of them.
fn retain(into: &mut Schema, kept: &[bool]) {
    let count = into.values.len();
    let retain = |list: &mut Vec<Value>| {
        let mut kept = kept.iter();
        list.retain(|_| kept.next().copied().unwrap_or_default());
    };
    let lists = into.extensions.iter_mut().filter(|(name, _)| name.starts_with("x-enum"));
    for list in lists.filter_map(|(_, value)| value.as_array_mut()).filter(|list| list.len() == count) {
        retain(list);
    }
    retain(&mut into.values);
}

fn is_of(value: &Value, kind: Type) -> bool {
    match kind {
        Type::Null => value.is_null(),
        Type::Boolean => value.is_boolean(),
        Type::Object => value.is_object(),
        Type::Array => value.is_array(),
        Type::Number => value.is_number(),
        Type::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Type::String => value.is_string(),
    }
}

/// The formats that give values a type of their own.
const TYPED: &[&str] = &[
    "date-time",
    "date",
    "uuid",
    "byte",
    "binary",
    "password",
    "int32",
    "int64",
    "uint64",
    "float",
    "double",
];

fn formats(into: &mut Schema, parts: &[Schema], told: &mut Told) {
    for format in parts.iter().filter_map(|part| part.format.as_ref()) {
        let narrower = match into.format.as_deref() {
            None => true,
            Some(own) if own == format => false,
            Some("int64") if format == "int32" => true,
            Some("double") if format == "float" => true,
            Some("int32") if format == "int64" => false,
            Some("float") if format == "double" => false,
            Some(own) if TYPED.contains(&own) && TYPED.contains(&format.as_str()) => {
                told.contradictions.push("have different formats");
                false
            }
            Some(own) => !TYPED.contains(&own) && TYPED.contains(&format.as_str()),
        };
        if narrower {
            into.format = Some(format.clone());
        }
    }
}

fn required(into: &mut Schema, part: &Schema) {
    for name in &part.required {
        if !into.required.contains(name) {
            into.required.push(name.clone());
        }
    }
}
