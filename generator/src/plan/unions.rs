//! `oneOf` and `anyOf`: enums with a payload for each alternative.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schemas::{Use, types};
use super::{Planner, docs};
use crate::api::{Ident, Rule, Tagging, TypeKind, TypeRef, Union, Variant, Wish, inner_key};
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
        if let ([only], None) = (&ids[..], &schema.discriminator) {
            let mut used = self.use_of(*only, want, depth + 1);
            let base = Schema { one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() };
            self.beside(&base, *only, &mut used);
            used.nullable |= nullable;
            return Some(used);
        }
        if let Some(values) = self.all_enums(&ids) {
            self.open(schema, keyword);
            self.unchecked_beside(schema, &["type", "oneOf", "anyOf"]);
            let used = self.joined_enum(schema, &values, want, named);
            return Some(Use { nullable, ..used });
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
            plain |= !matches!(format, Some("date-time" | "date" | "uuid"));
            let rules = super::rules::of(schema, &TypeRef::String, &mut self.diagnostics);
            match &mut common {
                Some(common) => common.retain(|rule| rules.contains(rule)),
                None => common = Some(rules),
            }
        }
        plain.then(|| Use { rules: common.unwrap_or_default(), ..Use::of(TypeRef::String) })
    }

    /// A union of alternatives without schema ids of their own.
    pub(super) fn plain_union(&mut self, alternatives: &[Schema], name: &str, depth: usize) -> TypeKind {
        let mut variants = Vec::new();
        for alternative in alternatives {
            let word = type_word(alternative);
            let used = self.shape(alternative, &inner_key(name, word), false, depth + 1);
            variants.push((Wish::Unknown(word.to_owned()), used, Vec::new()));
        }
        finish(variants, Tagging::Untagged)
    }

    fn union(&mut self, schema: &Schema, ids: &[SchemaId], name: &str, depth: usize) -> TypeKind {
        let tags = self.tags(schema, ids);
        let mut variants = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let tag = tags.as_ref().map(|(_, tags)| tags[index].clone()).unwrap_or_default();
            let mut word = self.variant_word(*id, &tag);
            if word.words() == "Object" && self.ground.origins.contains_key(id) {
                word = Wish::Unknown(format!("Object {}", index + 1));
            }
            let used = self.use_of(*id, &inner_key(name, word.words()), depth + 1);
            variants.push((word, used, tag));
        }
        finish(variants, tags.map_or(Tagging::Untagged, |(property, _)| Tagging::Property(property)))
    }

    /// The property that distinguishes the alternatives, and its values for each.
    fn tags(&self, schema: &Schema, ids: &[SchemaId]) -> Option<(String, Vec<Vec<String>>)> {
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
                    let listed = self.constants(*id, &discriminator.property, 0);
                    let name = self.document.schemas[target].name.clone();
                    return listed.unwrap_or_else(|| name.into_iter().collect());
                }
                mapped
            });
            let tags: Vec<Vec<String>> = tags.collect();
            return distinct(&tags).then(|| (discriminator.property.clone(), tags));
        }
        let first = self.properties_of(*ids.first()?, 0);
        for property in first {
            let tags: Option<Vec<Vec<String>>> =
                ids.iter().map(|id| self.constants(*id, &property, 0)).collect();
            if let Some(tags) = tags
                && distinct(&tags)
            {
                return Some((property, tags));
            }
        }
        None
    }

    /// The schema that the alternative refers to, or from which it was made.
    fn origin(&self, id: SchemaId) -> SchemaId {
        let target = self.document.schemas[id].reference.unwrap_or(id);
        self.ground.origins.get(&target).copied().unwrap_or(target)
    }

    /// The names of the properties that the schema declares.
    fn properties_of(&self, id: SchemaId, depth: usize) -> Vec<String> {
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

    /// The strings that the property can have, by `const` or `enum`.
    fn constants(&self, id: SchemaId, property: &str, depth: usize) -> Option<Vec<String>> {
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

    fn listed(&self, id: SchemaId, depth: usize) -> Option<Vec<String>> {
        let schema = &self.document.schemas[id];
        if let Some(target) = schema.reference.filter(|_| depth < 16) {
            return self.listed(target, depth + 1);
        }
        let strings: Option<Vec<String>> =
            schema.values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
        strings.filter(|strings| !strings.is_empty())
    }

    /// The values of the alternatives if all are enums of strings, or plain strings beside such enums: open
    /// enums take any string.
    fn all_enums(&self, ids: &[SchemaId]) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        for id in ids {
            let schema = &self.document.schemas[self.behind(*id)];
            let plain =
                types(schema) == [Type::String] && schema.format.is_none() && schema.reference.is_none();
            let listed = !schema.values.is_empty()
                && schema.values.iter().all(|value| value.is_string() || value.is_null());
            if !(plain || listed) || schema.limits.pattern.is_some() {
                return None;
            }
            values.extend(schema.values.iter().filter(|value| !value.is_null()).cloned());
        }
        (!values.is_empty()).then_some(values)
    }

    fn is_only_null(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[id];
        only_null(schema) || (schema.is_const && schema.values == [Value::Null])
    }

    fn only_constrains(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[id];
        let nested = || schema.one_of.iter().chain(&schema.any_of);
        schema.reference.is_none()
            && schema.types.is_empty()
            && schema.values.is_empty()
            && schema.items.is_none()
            && schema.properties.values().all(|id| {
                self.document.schemas[*id].types.is_empty() && self.document.schemas[*id].reference.is_none()
            })
            && (schema.properties.is_empty() || !schema.required.is_empty())
            && nested().next().is_none()
    }

    fn variant_word(&self, id: SchemaId, tag: &[String]) -> Wish {
        let schema = &self.document.schemas[id];
        let target = &self.document.schemas[self.origin(id)];
        if let Some(name) = &target.name {
            return Wish::Required(name.clone());
        }
        match (&schema.title, tag.first()) {
            (Some(title), _) if !title.trim().is_empty() => Wish::Suggested(title.clone()),
            (_, Some(tag)) if !tag.is_empty() => Wish::Suggested(tag.clone()),
            _ => Wish::Unknown(type_word(schema).to_owned()),
        }
    }
}

/// Whether null is the only type of the schema.
pub(super) fn only_null(schema: &Schema) -> bool {
    schema.types == [Type::Null]
}

fn type_word(schema: &Schema) -> &'static str {
    match types(schema)[..] {
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

/// Whether the lists are disjoint and none is empty.
fn distinct(tags: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    tags.iter().all(|tags| !tags.is_empty()) && tags.iter().flatten().all(|tag| seen.insert(tag))
}

/// Assembles the union. Alternatives of the same type become one.
fn finish(found: Vec<(Wish, Use, Vec<String>)>, tagging: Tagging) -> TypeKind {
    let mut kept: Vec<(Wish, Use, Vec<String>)> = Vec::new();
    for (wish, used, tags) in found {
        match kept.iter_mut().find(|(_, other, _)| other.ty == used.ty) {
            Some((_, same, all)) => {
                all.extend(tags);
                same.rules.retain(|rule| used.rules.contains(rule));
            }
            None => kept.push((wish, used, tags)),
        }
    }
    let variants = kept.into_iter().map(|(wish, used, tags)| Variant {
        variant: Ident::default(),
        wish,
        ty: used.ty,
        rules: used.rules,
        tags,
        feature: None,
        docs: docs::docs(None, None),
    });
    TypeKind::Union(Union { tagging, variants: variants.collect(), unknown: Ident::default() })
}
