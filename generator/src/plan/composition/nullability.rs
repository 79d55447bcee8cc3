//! Which types the values of a schema have, and whether null is one of them, before it is plain.

use super::Composer;
use super::parts::{Kind, Part};
use crate::plan::schemas::types;
use crate::source::document::{Schema, SchemaId, Type};

/// How far a chain of references is followed.
const FAR: usize = 16;

impl Composer<'_> {
    /// Whether null satisfies all parts. A part that says nothing of types has no say.
    pub(super) fn is_nullable(&self, parts: &[Part]) -> bool {
        // 3.0's `nullable` without a type is meant for the whole.
        let declared = |part: &Part| part.kind != Kind::Target && self.raw(part.id).nullable;
        if parts.iter().any(declared) {
            return true;
        }
        let votes: Vec<bool> = parts.iter().filter_map(|part| self.vote(part)).collect();
        !votes.is_empty() && votes.iter().all(|vote| *vote)
    }

    fn vote(&self, part: &Part) -> Option<bool> {
        let vote = match part.kind {
            Kind::Target => self.allows_null(part.id, 0),
            Kind::Keywords | Kind::Base => self.keywords_allow_null(part.id, part.kind == Kind::Base, 0),
        };
        vote.filter(|_| part.votes)
    }

    /// Whether the schema allows null; `None` if it says nothing of types.
    pub(super) fn allows_null(&self, id: SchemaId, depth: usize) -> Option<bool> {
        if depth > FAR {
            return None;
        }
        let schema = self.raw(id);
        if schema.nullable {
            return Some(true);
        }
        let parts = schema.reference.iter().chain(&schema.all_of);
        let parts = parts.filter_map(|part| self.allows_null(*part, depth + 1));
        let own = self.keywords_allow_null(id, false, depth);
        own.into_iter().chain(parts).reduce(|one, other| one && other)
    }

    fn keywords_allow_null(&self, id: SchemaId, is_base: bool, depth: usize) -> Option<bool> {
        let schema = self.raw(id);
        if schema.nullable {
            return Some(true);
        }
        let listed = schema.values.iter().any(serde_json::Value::is_null);
        if !schema.types.is_empty() {
            return Some(listed || schema.types.contains(&Type::Null));
        }
        if !schema.values.is_empty() {
            return Some(listed);
        }
        let alternatives: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        if is_base || alternatives.is_empty() {
            return None;
        }
        let votes = alternatives.iter().map(|id| match self.is_only_null(*id) {
            true => Some(true),
            false => self.allows_null(*id, depth + 1),
        });
        let votes: Vec<Option<bool>> = votes.collect();
        if votes.contains(&Some(true)) {
            return Some(true);
        }
        // The only alternative has its own say.
        let several = alternatives.len() > 1 && votes.iter().any(Option::is_some);
        several.then_some(false)
    }

    /// The types other than null that a value can have; `None` if it can be anything.
    pub(super) fn types_of(&self, id: SchemaId, depth: usize) -> Option<Vec<Type>> {
        if depth > FAR {
            return None;
        }
        let schema = self.raw(id);
        let own = types(schema);
        if !own.is_empty() || !schema.types.is_empty() {
            return Some(own);
        }
        let part = schema.reference.iter().chain(&schema.all_of);
        if let Some(found) = part.clone().find_map(|part| self.types_of(*part, depth + 1)) {
            return Some(found);
        }
        if let Some(found) = types_of_values(schema) {
            return Some(found);
        }
        let alternatives: Vec<SchemaId> = match schema.one_of.is_empty() {
            true => schema.any_of.clone(),
            false => schema.one_of.clone(),
        };
        let mut found = Vec::new();
        for alternative in &alternatives {
            found.extend(self.types_of(*alternative, depth + 1)?);
        }
        (!alternatives.is_empty()).then_some(found)
    }
}

fn types_of_values(schema: &Schema) -> Option<Vec<Type>> {
    if schema.values.is_empty() {
        return None;
    }
    let kinds = schema.values.iter().filter(|value| !value.is_null()).map(|value| match value {
        serde_json::Value::Bool(_) => Type::Boolean,
        serde_json::Value::Number(number) if number.is_f64() => Type::Number,
        serde_json::Value::Number(_) => Type::Integer,
        serde_json::Value::String(_) => Type::String,
        serde_json::Value::Array(_) => Type::Array,
        _ => Type::Object,
    });
    let mut kinds: Vec<Type> = kinds.collect();
    kinds.dedup();
    Some(kinds)
}

/// The types that both lists have; integers are numbers.
pub(super) fn common(one: &[Type], other: &[Type]) -> Vec<Type> {
    let in_other = |kind: &Type| match kind {
        Type::Integer => other.contains(&Type::Integer) || other.contains(&Type::Number),
        kind => other.contains(kind),
    };
    let mut both: Vec<Type> = one.iter().copied().filter(in_other).collect();
    if one.contains(&Type::Number) && other.contains(&Type::Integer) && !both.contains(&Type::Integer) {
        both.push(Type::Integer);
    }
    both
}
