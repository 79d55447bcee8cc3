//! Schemas that are composed of themselves: to know whether a value satisfies one, one would have to know that already.

use std::collections::HashMap;

use super::Composer;
use super::parts::{Kind, Part};
use crate::diagnostics::codes;
use crate::source::document::{Schema, SchemaId};
use crate::text::Place;

const HELP: &str = "Refer to a schema that is defined without this one.";

/// How far the walk is with a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Within,
    Left,
}

impl Composer<'_> {
    /// Breaks each circle of references and alternatives, at the schema that leads back to one before it.
    pub(super) fn break_circles(&mut self, starts: &[SchemaId]) {
        let mut states: HashMap<SchemaId, State> = HashMap::new();
        for start in starts {
            // Most schemas lead nowhere.
            if self.in_place(*start).is_empty() {
                continue;
            }
            let mut path: Vec<(SchemaId, usize)> = vec![(*start, 0)];
            while let Some((id, next)) = path.pop() {
                if states.get(&id) == Some(&State::Left) {
                    continue;
                }
                states.insert(id, State::Within);
                let Some(target) = self.in_place(id).get(next).copied() else {
                    states.insert(id, State::Left);
                    continue;
                };
                if states.get(&target) == Some(&State::Within) {
                    // The next one has taken its place then.
                    self.cut(id, target);
                    path.push((id, next));
                    continue;
                }
                path.push((id, next + 1));
                if !states.contains_key(&target) {
                    path.push((target, 0));
                }
            }
        }
    }

    /// Whether what the parts of the schema `id` refer to is in turn made of it.
    pub(super) fn is_in_circle(&self, id: SchemaId, parts: &[Part]) -> bool {
        let mut targets = parts.iter().filter(|part| part.kind == Kind::Target);
        targets.any(|target| target.id == id || self.all_parts(target.id).iter().any(|part| part.id == id))
    }

    /// Tells that the schema at `place` is made of itself and of nothing else.
    pub(super) fn tell_circle(&mut self, place: &Place) {
        let message = "the schema is composed of itself alone; any JSON value is accepted";
        self.diagnostics.report(&codes::COMPOSED_OF_ITSELF, place, message, HELP);
    }

    /// The schemas that values of the plain schema `id` satisfy themselves.
    fn in_place(&self, id: SchemaId) -> Vec<SchemaId> {
        let schema = self.plain.get(&id).unwrap_or_else(|| self.raw(id));
        if schema.discriminated_by.is_some() {
            return Vec::new();
        }
        schema.reference.iter().chain(&schema.one_of).chain(&schema.any_of).copied().collect()
    }

    /// Removes what leads from the schema `id` back to `target`.
    fn cut(&mut self, id: SchemaId, target: SchemaId) {
        let mut schema: Schema = self.plain.remove(&id).unwrap_or_else(|| self.raw(id).clone());
        if schema.reference == Some(target) {
            self.tell_circle(&schema.place);
        } else {
            let message = "an alternative of the schema is the schema itself; it is left out";
            self.diagnostics.report(&codes::COMPOSED_OF_ITSELF, &schema.place, message, HELP);
        }
        schema.reference = schema.reference.filter(|reference| *reference != target);
        schema.one_of.retain(|alternative| *alternative != target);
        schema.any_of.retain(|alternative| *alternative != target);
        self.plain.insert(id, schema);
    }
}
