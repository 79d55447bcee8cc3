//! `oneOf` and `anyOf`: enums with a payload for each alternative.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::schemas::{Use, types};
use super::variants::Tags;
use super::{Planner, docs};
use crate::api::{Ident, Rule, Tagging, TypeKind, TypeRef, Union, Variant, Wish, inner_key};
use crate::diagnostics::{Place, codes};
use crate::source::document::{Schema, SchemaId, Type};

impl Planner<'_> {
    /// What a schema with alternatives becomes; `None` if they say nothing about the type.
    pub(super) fn union_use(
        &mut self,
        schema: &Schema,
        want: &str,
        named: bool,
        depth: usize,
    ) -> Option<Use> {
        let (ids, keyword) =
            if schema.one_of.is_empty() { (&schema.any_of, "anyOf") } else { (&schema.one_of, "oneOf") };
        if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
            self.unchecked(schema, &["anyOf"]);
        }
        let ids: Vec<SchemaId> = ids.iter().copied().filter(|id| !self.is_only_null(*id)).collect();
        let had_null = ids.len() < schema.one_of.len().max(schema.any_of.len());
        if ids.is_empty() && had_null {
            let rules = vec![Rule::ListedValues(vec![Value::Null])];
            return Some(Use { nullable: true, rules, ..Use::of(TypeRef::Json) });
        }
        // Alternatives that only constrain, such as `required` in several ways, leave the type as it is.
        if ids.iter().all(|id| self.only_constrains(*id)) {
            if !ids.is_empty() {
                self.unchecked(schema, &[keyword]);
            }
            return None;
        }
        let nullable = had_null || ids.iter().any(|id| self.is_nullable(*id, 0));
        // With a discriminator it is the only child so far.
        let is_alone = ids.len() == 1 && schema.discriminator.is_none();
        let only_refers = is_alone && self.document.schemas[ids[0]].reference.is_some();
        if !only_refers && let Some(mut values) = self.listed_by_all(&ids) {
            self.add_extensions(schema, &mut values);
            self.open(schema, keyword);
            self.unchecked_beside(schema, &["type", "oneOf", "anyOf"]);
            let used = self.enum_of(schema, values, want, named);
            return Some(Use { nullable, ..used });
        }
        if is_alone {
            let mut used = self.use_of(ids[0], want, depth + 1);
            let base = Schema { one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() };
            self.beside(&base, ids[0], &mut used);
            used.nullable |= nullable;
            return Some(used);
        }
        if let Some(used) = self.texts(&ids) {
            self.unchecked(schema, &[keyword]);
            self.unchecked_beside(schema, &["type", "oneOf", "anyOf"]);
            return Some(Use { nullable, ..used });
        }
        self.open(schema, keyword);
        let fits = ids.iter().all(|id| self.fits(*id, &schema.types, 0));
        let handled = ["oneOf", "anyOf", "type"];
        self.unchecked_beside(schema, if fits { &handled } else { &handled[..2] });
        let used = self.define(schema, want, named, |planner, name| planner.union(schema, &ids, name, depth));
        Some(Use { nullable, ..used })
    }

    /// A string, if all alternatives are strings, such as a UUID or another id: a value doesn't show which one it is.
    fn texts(&mut self, ids: &[SchemaId]) -> Option<Use> {
        let document = self.document;
        let mut common: Option<Vec<Rule>> = None;
        let mut plain = false;
        for id in ids {
            let schema = &document.schemas[self.behind(*id)];
            let format = schema.format.as_deref();
            let is_text = types(schema) == [Type::String]
                && schema.values.is_empty()
                && schema.one_of.is_empty()
                && schema.any_of.is_empty()
                && schema.content_encoding.is_none()
                && !matches!(format, Some("password" | "binary" | "byte"));
            if !is_text {
                return None;
            }
            plain |= !matches!(format, Some("date-time" | "date" | "uuid")) && !self.is_given_type(schema);
            let rules = super::rules::of(schema, &TypeRef::String, &mut self.diagnostics);
            match &mut common {
                Some(common) => common.retain(|rule| rules.contains(rule)),
                None => common = Some(rules),
            }
        }
        if plain {
            for id in ids {
                let why = "any text is a value of another alternative";
                self.tell_unused_type(&document.schemas[self.behind(*id)], why);
            }
        }
        plain.then(|| Use { rules: common.unwrap_or_default(), ..Use::of(TypeRef::String) })
    }

    /// A union of the types of `schema`, alternatives without schema ids of their own.
    pub(super) fn plain_union(
        &mut self,
        schema: &Schema,
        alternatives: &[Schema],
        name: &str,
        depth: usize,
    ) -> TypeKind {
        let place = schema.place.child("type");
        let mut variants = Vec::new();
        for alternative in alternatives {
            let word = self.type_word(alternative);
            let used = self.shape(alternative, &inner_key(name, &word), false, depth + 1);
            let index = schema.types.iter().position(|kind| alternative.types == [*kind]);
            variants.push(Found {
                wish: Wish::Unknown(word.into_owned()),
                used,
                tags: Vec::new(),
                place: place.child(&index.unwrap_or_default().to_string()),
            });
        }
        finish(variants, Tagging::Untagged)
    }

    fn union(&mut self, schema: &Schema, ids: &[SchemaId], name: &str, depth: usize) -> TypeKind {
        let tags = self.tags(schema, ids);
        let joined = if tags.is_none() { self.joined(ids) } else { BTreeMap::new() };
        let is_joined = |id: &SchemaId| joined.iter().any(|(first, all)| first != id && all.contains(id));
        let ids: Vec<SchemaId> = ids.iter().copied().filter(|id| !is_joined(id)).collect();
        let mut variants = Vec::new();
        let words = self.variant_wishes(&ids, tags.as_ref(), &joined);
        for ((index, id), word) in ids.iter().enumerate().zip(words) {
            let tag = tags.as_ref().map(|(_, tags)| tags[index].clone()).unwrap_or_default();
            let want = inner_key(name, word.words());
            let used = match joined.get(id) {
                Some(all) => self.joined_enum(all, &want),
                None => self.use_of(*id, &want, depth + 1).into_expected(),
            };
            let place = self.document.schemas[*id].place.clone();
            variants.push(Found { wish: word, used, tags: tag, place });
        }
        let Some((property, _)) = tags else { return finish(variants, Tagging::Untagged) };
        let kind = self.kind_of_tag(&ids, &property);
        let default = self.default_alternative(schema, &ids).map(|index| variants[index].used.ty.clone());
        let mut union = finish(variants, Tagging::Property(property));
        if let TypeKind::Union(union) = &mut union {
            for variant in &mut union.variants {
                variant.is_default = default.as_ref() == Some(&variant.ty);
                // What has no tag keeps none.
                if let [only] = &variant.tags[..]
                    && !variant.is_default
                {
                    variant.written = Some(written(only, kind));
                }
            }
        }
        union
    }

    /// The place of the alternative that the discriminator's `defaultMapping` names.
    fn default_alternative(&mut self, schema: &Schema, ids: &[SchemaId]) -> Option<usize> {
        let default = schema.discriminator.as_ref()?.default_mapping?;
        let found = ids.iter().position(|id| *id == default || self.origin(*id) == default);
        if found.is_none() {
            let place = schema.place.child("discriminator").child("defaultMapping");
            let message =
                "this schema isn't one of the alternatives; values without a tag are preserved as unknown";
            let help = "Add it to the alternatives, or name one of them.";
            self.diagnostics.report(&codes::FOREIGN_DEFAULT_MAPPING, &place, message, help);
        }
        found
    }

    /// The type of the property that distinguishes the alternatives, in the first one that declares it.
    fn kind_of_tag(&self, ids: &[SchemaId], property: &str) -> Type {
        let kind = |id: &SchemaId| {
            let schema = &self.document.schemas[self.behind(self.declared(*id, property, 0)?)];
            let by_value = schema.values.iter().find_map(|value| match value {
                Value::Bool(_) => Some(Type::Boolean),
                Value::Number(_) => Some(Type::Number),
                Value::String(_) => Some(Type::String),
                _ => None,
            });
            by_value.or_else(|| types(schema).first().copied())
        };
        ids.iter().find_map(kind).unwrap_or(Type::String)
    }

    /// The property `name` of the schema or of what it refers to.
    fn declared(&self, id: SchemaId, name: &str, depth: usize) -> Option<SchemaId> {
        let schema = &self.document.schemas[id];
        let own = schema.properties.get(name).copied();
        own.or_else(|| self.declared(schema.reference.filter(|_| depth < 16)?, name, depth + 1))
    }

    /// The property that distinguishes the alternatives, and its values for each.
    fn tags(&self, schema: &Schema, ids: &[SchemaId]) -> Option<Tags> {
        if let Some(discriminator) = &schema.discriminator {
            let tags = ids.iter().map(|id| {
                let target = self.origin(*id);
                let mapped: Vec<String> = discriminator
                    .mapping
                    .iter()
                    .filter(|(_, mapped)| **mapped == *id || **mapped == target)
                    .map(|(value, _)| value.clone())
                    .collect();
                if mapped.is_empty() {
                    // Without a mapping the component's name is the value (OpenAPI 3.1, 4.8.25).
                    let listed = self.tags_of(*id, &discriminator.property);
                    let name = self.document.schemas[target].name.clone();
                    return listed.unwrap_or_else(|| name.into_iter().collect());
                }
                mapped
            });
            let tags: Vec<Vec<String>> = tags.collect();
            return (distinct(&tags) || differ(&tags)).then(|| (discriminator.property.clone(), tags));
        }
        let mut shared = None;
        for property in self.properties_of(*ids.first()?, 0) {
            let tags: Option<Vec<Vec<String>>> = ids.iter().map(|id| self.tags_of(*id, &property)).collect();
            let Some(tags) = tags else { continue };
            if distinct(&tags) {
                return Some((property, tags));
            }
            // Where several alternatives share a value, it narrows down which one it is, if it is always there.
            let is_required = ids.iter().all(|id| self.required_of(*id, 0).contains(&property));
            if shared.is_none() && is_required && differ(&tags) {
                shared = Some((property, tags));
            }
        }
        shared
    }

    /// The schema that the alternative refers to, or from which it was made.
    pub(super) fn origin(&self, id: SchemaId) -> SchemaId {
        let target = self.document.schemas[id].reference.unwrap_or(id);
        self.ground.origins.get(&target).copied().unwrap_or(target)
    }

    /// The names of the properties that the schema declares.
    pub(super) fn properties_of(&self, id: SchemaId, depth: usize) -> Vec<String> {
        let schema = &self.document.schemas[id];
        if depth > 16 {
            return Vec::new();
        }
        let mut found: Vec<String> = schema.properties.keys().cloned().collect();
        for part in schema.reference.iter() {
            found.extend(self.properties_of(*part, depth + 1));
        }
        found
    }

    /// The values that the property can have, as text.
    fn tags_of(&self, id: SchemaId, property: &str) -> Option<Vec<String>> {
        self.constants(id, property, 0)?.iter().map(tag).collect()
    }

    /// The values that the property can have, by `const` or `enum`.
    pub(super) fn constants(&self, id: SchemaId, property: &str, depth: usize) -> Option<Vec<Value>> {
        let schema = &self.document.schemas[id];
        if depth > 16 {
            return None;
        }
        if let Some(value) = schema.properties.get(property) {
            return self.listed(*value, 0);
        }
        schema
            .reference
            .iter()
            .chain(&schema.all_of)
            .find_map(|part| self.constants(*part, property, depth + 1))
    }

    fn listed(&self, id: SchemaId, depth: usize) -> Option<Vec<Value>> {
        let schema = &self.document.schemas[id];
        if let Some(target) = schema.reference.filter(|_| depth < 16) {
            return self.listed(target, depth + 1);
        }
        Some(schema.values.clone()).filter(|values| !values.is_empty())
    }

    pub(super) fn is_only_null(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[id];
        only_null(schema) || (schema.is_const && schema.values == [Value::Null])
    }

    pub(super) fn only_constrains(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[id];
        let nested = || schema.one_of.iter().chain(&schema.any_of);
        schema.reference.is_none()
            && schema.own_type.is_none()
            && schema.types.is_empty()
            && schema.values.is_empty()
            && schema.items.is_none()
            && schema.properties.values().all(|id| {
                self.document.schemas[*id].types.is_empty() && self.document.schemas[*id].reference.is_none()
            })
            && (schema.properties.is_empty() || !schema.required.is_empty())
            && nested().next().is_none()
    }
}

/// Whether null is the only type of the schema.
pub(super) fn only_null(schema: &Schema) -> bool {
    schema.types == [Type::Null]
}

/// A value that distinguishes alternatives, as the runtime compares it: numbers and booleans by their text.
pub(super) fn tag(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) => Some(value.to_string()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// The tag as a value of the property that holds it.
fn written(tag: &str, kind: Type) -> Value {
    let other = match kind {
        Type::Integer | Type::Number => tag.parse::<i64>().ok().map(Value::from),
        Type::Boolean => tag.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    other.unwrap_or_else(|| tag.into())
}

/// Whether the lists are disjoint and none is empty.
pub(super) fn distinct(tags: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    tags.iter().all(|tags| !tags.is_empty()) && tags.iter().flatten().all(|tag| seen.insert(tag))
}

/// Whether none of the lists is empty and at least one differs from the others.
fn differ(tags: &[Vec<String>]) -> bool {
    tags.iter().all(|tags| !tags.is_empty()) && tags.windows(2).any(|pair| pair[0] != pair[1])
}

/// An alternative that was found in the document.
struct Found {
    wish: Wish,
    used: Use,
    tags: Vec<String>,
    place: Place,
}

/// Assembles the union. Alternatives of the same type become one.
fn finish(found: Vec<Found>, tagging: Tagging) -> TypeKind {
    let mut kept: Vec<Found> = Vec::new();
    for found in found {
        match kept.iter_mut().find(|other| other.used.ty == found.used.ty) {
            Some(same) => {
                let more: Vec<String> =
                    found.tags.into_iter().filter(|tag| !same.tags.contains(tag)).collect();
                same.tags.extend(more);
                same.used.rules.retain(|rule| found.used.rules.contains(rule));
            }
            None => kept.push(found),
        }
    }
    let variants = kept.into_iter().map(|Found { wish, used, tags, place }| Variant {
        variant: Ident::default(),
        wish,
        ty: used.ty,
        rules: used.rules,
        tags,
        written: None,
        is_default: false,
        feature: None,
        place,
        docs: docs::docs(None, None),
    });
    TypeKind::Union(Union { tagging, variants: variants.collect(), unknown: Ident::default() })
}
