//! What a schema is made of: its own keywords, those of its parts, and what they refer to.

use std::collections::HashSet;

use super::Composer;
use crate::source::document::{Discriminator, SchemaId, Type};

/// One of the schemas that all of a schema's values satisfy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub id: SchemaId,
    pub kind: Kind,
    /// Whether it decides if null is allowed. What stands beside null, as the other alternative, doesn't.
    pub votes: bool,
}

/// How a part is part of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The keywords that stand in it.
    Keywords,
    /// Those apart from its alternatives, of which the whole is one.
    Base,
    /// What a reference to it says.
    Target,
}

/// Alternatives, of which values satisfy one.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The alternatives other than null.
    pub ids: Vec<SchemaId>,
    pub discriminator: Option<Box<Discriminator>>,
    pub is_any_of: bool,
}

enum Step {
    Visit(SchemaId, bool),
    Emit(Part),
}

impl Composer<'_> {
    /// The parts of the schema `id`, its own keywords first. What they refer to isn't taken apart.
    pub(super) fn parts(&self, id: SchemaId) -> Vec<Part> {
        self.walk(id, false)
    }

    /// Likewise, with the parts of what they refer to instead.
    pub(super) fn all_parts(&self, id: SchemaId) -> Vec<Part> {
        self.walk(id, true)
    }

    /// Chains of references can be as long as the document, so this uses a list rather than recursion.
    fn walk(&self, root: SchemaId, through: bool) -> Vec<Part> {
        let (mut parts, mut seen) = (Vec::new(), HashSet::from([root]));
        let mut steps = self.steps(root, true, through, &seen);
        parts.push(self.own(root, true, &seen));
        while let Some(step) = steps.pop() {
            match step {
                Step::Emit(part) => parts.push(part),
                Step::Visit(id, votes) => {
                    if seen.insert(id) {
                        steps.push(Step::Emit(self.own(id, votes, &seen)));
                        steps.extend(self.steps(id, votes, through, &seen));
                    }
                }
            }
        }
        parts
    }

    fn own(&self, id: SchemaId, votes: bool, seen: &HashSet<SchemaId>) -> Part {
        let listed = self.alternatives_of(id).into_iter().any(|alternative| seen.contains(&alternative));
        let is_base = seen.len() > 1 && listed;
        Part { id, kind: if is_base { Kind::Base } else { Kind::Keywords }, votes }
    }

    /// What the schema leads to, the last one first.
    fn steps(&self, id: SchemaId, votes: bool, through: bool, seen: &HashSet<SchemaId>) -> Vec<Step> {
        let schema = self.raw(id);
        let mut steps: Vec<Step> = Vec::new();
        if let Some(target) = schema.reference {
            steps.push(match through {
                true => Step::Visit(target, votes),
                false => Step::Emit(Part { id: target, kind: Kind::Target, votes }),
            });
        }
        steps.extend(schema.all_of.iter().map(|part| Step::Visit(*part, votes)));
        if self.own(id, votes, seen).kind != Kind::Base {
            steps.extend(self.sole(id).map(|(only, beside_null)| Step::Visit(only, votes && !beside_null)));
        }
        steps.reverse();
        steps
    }

    /// The alternative of the schema that stands alone, and whether null stands beside it.
    pub(super) fn sole(&self, id: SchemaId) -> Option<(SchemaId, bool)> {
        let schema = self.raw(id);
        let sole = |ids: &[SchemaId]| {
            let mut others = ids.iter().copied().filter(|id| !self.is_only_null(*id));
            let only = others.next().filter(|only| !self.is_annotated_value(*only))?;
            others.next().is_none().then_some((only, ids.len() > 1))
        };
        sole(&schema.one_of).or_else(|| sole(&schema.any_of))
    }

    /// Whether the schema is a value with words about it, which are those of an enum's variant.
    fn is_annotated_value(&self, id: SchemaId) -> bool {
        let schema = self.raw(id);
        schema.values.len() == 1 && (schema.title.is_some() || schema.description.is_some())
    }

    /// The groups of several alternatives that the schema itself has.
    pub(super) fn groups(&self, id: SchemaId) -> Vec<Group> {
        let schema = self.raw(id);
        let mut groups = Vec::new();
        for (ids, is_any_of) in [(&schema.one_of, false), (&schema.any_of, true)] {
            let ids: Vec<SchemaId> = ids.iter().copied().filter(|id| !self.is_only_null(*id)).collect();
            if ids.len() > 1 && !ids.iter().all(|id| self.only_constrains(*id)) {
                groups.push(Group { ids, discriminator: schema.discriminator.clone(), is_any_of });
            }
        }
        groups
    }

    /// The schemas that the alternatives of the schema refer to.
    pub(super) fn alternatives_of(&self, id: SchemaId) -> Vec<SchemaId> {
        let schema = self.raw(id);
        let mapping = schema.discriminator.iter().flat_map(|discriminator| discriminator.mapping.values());
        let ids = schema.one_of.iter().chain(&schema.any_of).chain(mapping);
        ids.map(|id| self.bare(*id)).collect()
    }

    pub(super) fn is_only_null(&self, id: SchemaId) -> bool {
        let schema = self.raw(id);
        schema.types == [Type::Null] || (schema.is_const && schema.values == [serde_json::Value::Null])
    }

    /// Whether an alternative leaves the type as it is, such as one that only requires properties.
    pub(super) fn only_constrains(&self, id: SchemaId) -> bool {
        let schema = self.raw(id);
        let plain = |id: &SchemaId| self.raw(*id).types.is_empty() && self.raw(*id).reference.is_none();
        schema.reference.is_none()
            && schema.types.is_empty()
            && schema.values.is_empty()
            && schema.items.is_none()
            && schema.properties.values().all(plain)
            && (schema.properties.is_empty() || !schema.required.is_empty())
            && schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).next().is_none()
    }
}
