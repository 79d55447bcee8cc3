//! Schemas that are what they refer to, with other words about it.

use super::limits;
use super::nullability::common;
use super::parts::{Kind, Part};
use super::{Composer, says_nothing};
use crate::source::document::{Schema, SchemaId, Type};

/// How deep what stands beside a reference is compared with what that says.
const DEEP: usize = 4;

impl Composer<'_> {
    /// The schema `id` as a reference, if all else that its parts say is in what they refer to, or only describes it.
    pub(super) fn as_reference(&mut self, id: SchemaId, parts: &[Part]) -> Option<Schema> {
        let target = self.only_target(parts)?;
        if self.is_child(id, self.bare(target)) && self.is_parent(self.bare(target)) {
            return None;
        }
        let keywords: Vec<Part> = parts.iter().copied().filter(|part| part.kind != Kind::Target).collect();
        // A component that has keywords of its own is meant to be a type of its own.
        let is_its_own = |part: &Part| {
            let schema = self.raw(part.id);
            !schema.properties.is_empty()
                || !schema.required.is_empty()
                || schema.additional_properties.is_some()
        };
        if self.raw(id).name.is_some() && keywords.iter().any(is_its_own) {
            return None;
        }
        if !keywords.iter().all(|part| self.adds_nothing(part.id, target, 0)) {
            return None;
        }
        let limited: Vec<SchemaId> =
            keywords.iter().map(|part| part.id).filter(|id| !self.raw(*id).limits.is_empty()).collect();
        if !limited.is_empty() && !self.is_a_type(target) {
            return None;
        }
        let mut schema = self.described(id, &keywords, &[]);
        schema.reference = Some(target);
        for part in limited {
            let left = limits::merge(&mut schema.limits, &self.raw(part).limits);
            self.tell_unchecked(&schema.place, left);
        }
        self.set_null(&mut schema, id, parts, target);
        Some(schema)
    }

    /// Makes the reference nullable at its use, or says by a type that it isn't, or that no other type is allowed.
    fn set_null(&self, schema: &mut Schema, id: SchemaId, parts: &[Part], target: SchemaId) {
        // `type: [object, 'null']` around the reference is how many say `nullable`.
        let around = self.raw(id).types.contains(&Type::Null);
        if around || self.is_nullable(parts) {
            schema.nullable = true;
        } else if self.allows_null(target, 0) == Some(true) || self.is_inferred(target) {
            let types = parts.iter().map(|part| &self.raw(part.id).types);
            let mut types = types.filter(|types| !types.is_empty() && !types.contains(&Type::Null));
            schema.types = types.next_back().cloned().unwrap_or_default();
        }
    }

    /// Whether the schema has no `type`, but keywords for objects or for arrays.
    fn is_inferred(&self, id: SchemaId) -> bool {
        let is_typed = |part: &Part| !self.raw(part.id).types.is_empty();
        let types = self.types_of(id, 0);
        matches!(types.as_deref(), Some([Type::Object] | [Type::Array]))
            && !self.all_parts(id).iter().any(is_typed)
    }

    /// What the parts refer to, if it is one schema. One that another is based on is in that.
    fn only_target(&self, parts: &[Part]) -> Option<SchemaId> {
        let mut targets: Vec<SchemaId> = Vec::new();
        for part in parts.iter().filter(|part| part.kind == Kind::Target) {
            if !targets.iter().any(|target| self.same(*target, part.id)) {
                targets.push(part.id);
            }
        }
        if targets.len() < 2 {
            return targets.pop();
        }
        if targets.len() > 8 {
            return None;
        }
        let in_other = |target: &SchemaId| {
            targets.iter().any(|other| {
                other != target && self.all_parts(*other).iter().any(|part| self.same(part.id, *target))
            })
        };
        let mut left = targets.iter().copied().filter(|target| !in_other(target));
        let only = left.next()?;
        left.next().is_none().then_some(only)
    }

    /// Whether values of the schema have a type of their own, which has its own limits.
    fn is_a_type(&self, id: SchemaId) -> bool {
        self.all_parts(id).iter().any(|part| {
            let schema = self.raw(part.id);
            !schema.properties.is_empty() || !schema.values.is_empty() || !self.groups(part.id).is_empty()
        })
    }

    /// Whether values of `target` satisfy the keywords of the schema `id`, apart from limits and from what it refers to.
    pub(super) fn adds_nothing(&self, id: SchemaId, target: SchemaId, depth: usize) -> bool {
        let schema = self.raw(id);
        if depth > DEEP || schema.boolean == Some(false) {
            return false;
        }
        let rest = Schema {
            types: Vec::new(),
            required: Vec::new(),
            properties: Default::default(),
            format: None,
            limits: Default::default(),
            nullable: false,
            reference: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            additional_properties: schema
                .additional_properties
                .filter(|additional| self.raw(*additional).boolean != Some(true)),
            ..schema.clone()
        };
        let own: Vec<Type> = schema.types.iter().copied().filter(|kind| *kind != Type::Null).collect();
        let types_fit = own.is_empty()
            || self.types_of(target, 0).is_some_and(|types| common(&types, &own).len() == types.len());
        if !types_fit || !says_nothing(&rest) || !self.groups(id).is_empty() {
            return false;
        }
        if schema.required.is_empty() && schema.properties.is_empty() && schema.format.is_none() {
            return true;
        }
        let parts = self.all_parts(target);
        let has = |test: &dyn Fn(&Schema) -> bool| parts.iter().any(|part| test(self.raw(part.id)));
        let required = |name: &String| has(&|schema| schema.required.contains(name));
        let declared = |(name, own): (&String, &SchemaId)| {
            has(&|schema| {
                let other = schema.properties.get(name);
                other.is_some_and(|other| self.is_in(*own, *other, depth))
            })
        };
        let format = schema.format.as_ref();
        format.is_none_or(|format| has(&|schema| schema.format.as_ref() == Some(format)))
            && schema.required.iter().all(required)
            && schema.properties.iter().all(declared)
    }

    /// Whether `other` says all that `own` does.
    fn is_in(&self, own: SchemaId, other: SchemaId, depth: usize) -> bool {
        let schema = self.raw(own);
        let plain = schema.reference.is_none()
            && schema.all_of.is_empty()
            && schema.one_of.is_empty()
            && schema.any_of.is_empty()
            && schema.limits.is_empty();
        let null = schema.types.is_empty()
            || schema.types.contains(&Type::Null)
            || self.allows_null(other, 0) != Some(true);
        self.same(own, other) || (plain && null && self.adds_nothing(own, other, depth + 1))
    }
}
