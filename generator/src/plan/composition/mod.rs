//! `allOf`, alternatives that stand alone, and what stands beside a reference: schemas that are composed of others
//! become plain ones, before anything is planned. None that is planned has an `allOf`.

mod alternatives;
mod circles;
mod families;
mod limits;
mod merging;
mod nullability;
mod parts;
mod references;

use std::collections::HashMap;
use std::sync::Arc;

use self::families::Families;
use super::reach;
use crate::diagnostics::{Diagnostics, codes};
use crate::source::document::{Document, Schema, SchemaId};

/// How many schemas may be made by merging others.
const MAX_MADE: usize = 20_000;

/// A document whose schemas are plain.
pub(super) struct Composed {
    /// The document. Schemas that are made by merging others follow its own.
    pub document: Document,
    /// The components that a schema is based on. Its properties are its own now, but they are types, too.
    pub bases: HashMap<SchemaId, Vec<SchemaId>>,
    /// The alternative from which each that was merged with what stands beside it was made.
    pub origins: HashMap<SchemaId, SchemaId>,
}

/// Composes the schemas that the operations reach, or those of all components.
pub(super) fn compose(document: &Document, all: bool, diagnostics: &mut Diagnostics) -> Composed {
    // To copy a large document takes as long as to compose its schemas.
    let (mut document, made) = rayon::join(|| document.clone(), || made(document, all, diagnostics));
    let schemas = &mut document.schemas.0;
    schemas.extend(made.schemas.into_iter().map(Arc::new));
    for (id, schema) in made.plain {
        schemas[id.0 as usize] = Arc::new(schema);
    }
    Composed { document, bases: made.bases, origins: made.origins }
}

/// The schemas that composing makes, and what a [`Composed`] says of them.
struct Made {
    schemas: Vec<Schema>,
    plain: HashMap<SchemaId, Schema>,
    bases: HashMap<SchemaId, Vec<SchemaId>>,
    origins: HashMap<SchemaId, SchemaId>,
}

/// Composes the schemas, beside the document.
fn made(document: &Document, all: bool, diagnostics: &mut Diagnostics) -> Made {
    let mut composer = Composer {
        document,
        made: Vec::new(),
        plain: HashMap::new(),
        merged: HashMap::new(),
        sources: HashMap::new(),
        families: Families::of(document),
        alone: HashMap::new(),
        bases: HashMap::new(),
        origins: HashMap::new(),
        is_full: false,
        diagnostics,
    };
    let composed = composer.all(reach::roots_of(document, all));
    composer.break_circles(&composed);
    let Composer { made: schemas, plain, bases, origins, .. } = composer;
    Made { schemas, plain, bases, origins }
}

struct Composer<'a> {
    document: &'a Document,
    /// The schemas that are made here, with the schemas that they are made of as `allOf`.
    made: Vec<Schema>,
    /// The plain schemas, where they differ from what the document says.
    plain: HashMap<SchemaId, Schema>,
    /// The schema that was made of each set of schemas.
    merged: HashMap<Vec<SchemaId>, SchemaId>,
    /// The schemas of which each of those was made.
    sources: HashMap<SchemaId, Vec<SchemaId>>,
    families: Families,
    /// The properties of a parent without its children, by the parent, where a value can be just that.
    alone: HashMap<SchemaId, SchemaId>,
    bases: HashMap<SchemaId, Vec<SchemaId>>,
    origins: HashMap<SchemaId, SchemaId>,
    /// Whether no more schemas are made, which has been told.
    is_full: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Composer<'_> {
    /// Composes the schemas `queue` and those that they lead to. Returns all of them.
    fn all(&mut self, mut queue: Vec<SchemaId>) -> Vec<SchemaId> {
        let mut composed = Vec::new();
        let mut seen = vec![false; self.document.schemas.0.len()];
        queue.reverse();
        while let Some(id) = queue.pop() {
            let index = id.0 as usize;
            // Composing makes more schemas.
            if index >= seen.len() {
                seen.resize(index + 1, false);
            }
            if std::mem::replace(&mut seen[index], true) {
                continue;
            }
            composed.push(id);
            self.compose(id);
            let schema = self.plain.get(&id).unwrap_or_else(|| self.raw(id));
            queue.extend(reach::edges(schema));
            queue.extend(self.bases.get(&id).into_iter().flatten().copied());
        }
        composed
    }

    /// The schema `id` as the document has it, or as it was made.
    fn raw(&self, id: SchemaId) -> &Schema {
        let own = self.document.schemas.0.len();
        match (id.0 as usize).checked_sub(own) {
            Some(made) => &self.made[made],
            None => &self.document.schemas[id],
        }
    }

    fn make(&mut self, schema: Schema) -> SchemaId {
        let id = self.document.schemas.0.len() + self.made.len();
        self.made.push(schema);
        SchemaId(u32::try_from(id).unwrap_or(u32::MAX))
    }

    /// A schema that says what all of `ids` say; where they describe it differently, the last one's words hold.
    fn meet(&mut self, ids: &[SchemaId]) -> Option<SchemaId> {
        let mut all: Vec<SchemaId> = Vec::new();
        for id in ids {
            match self.sources.get(id) {
                Some(sources) => all.extend(sources),
                None => all.push(*id),
            }
        }
        // The last of equals stays.
        let mut distinct: Vec<SchemaId> = Vec::new();
        for id in all.iter().rev() {
            if !distinct.iter().any(|other| self.same(*other, *id)) {
                distinct.insert(0, *id);
            }
        }
        let last = *distinct.last()?;
        let speaking = distinct.iter().copied().filter(|id| !self.is_empty(*id));
        let speaking: Vec<SchemaId> = speaking.collect();
        let all = if speaking.is_empty() { vec![last] } else { speaking };
        let last = *all.last()?;
        if all.len() == 1 {
            return Some(last);
        }
        let mut key = all.clone();
        key.sort_unstable();
        if let Some(known) = self.merged.get(&key) {
            return Some(*known);
        }
        let place = self.raw(last).place.clone();
        if self.made.len() >= MAX_MADE {
            if !std::mem::replace(&mut self.is_full, true) {
                let message = format!("merging the parts of `allOf` gives more than {MAX_MADE} schemas");
                let help = "Give the inner schemas names in `components/schemas` and refer to them.";
                self.diagnostics.report(&codes::TOO_MANY_TYPES, &place, message, help);
            }
            return Some(last);
        }
        let id = self.make(Schema { place, all_of: all.clone(), ..Schema::default() });
        self.merged.insert(key, id);
        self.sources.insert(id, all);
        Some(id)
    }

    /// Whether two schemas are one, or refer to one.
    fn same(&self, one: SchemaId, other: SchemaId) -> bool {
        one == other || self.bare(one) == self.bare(other)
    }

    /// Whether the schema says nothing, not even in words.
    fn is_empty(&self, id: SchemaId) -> bool {
        let schema = self.raw(id);
        schema.reference.is_none()
            && !schema.nullable
            && schema.limits.is_empty()
            && says_nothing(schema)
            && is_silent(schema)
    }

    /// What the schema refers to, if it is nothing but a reference.
    fn bare(&self, mut id: SchemaId) -> SchemaId {
        for _ in 0..64 {
            let schema = self.raw(id);
            match schema.reference {
                Some(target) if self.only_refers(schema) => id = target,
                _ => return id,
            }
        }
        id
    }

    fn only_refers(&self, schema: &Schema) -> bool {
        !schema.nullable && schema.limits.is_empty() && says_nothing(schema)
    }

    /// Makes the schema plain.
    fn compose(&mut self, id: SchemaId) {
        let schema = self.raw(id);
        if schema.discriminated_by.is_some() {
            return;
        }
        if let Some(parent) = self.as_parent(id) {
            self.plain.insert(id, parent);
            return;
        }
        if !self.is_composed(id) {
            return;
        }
        let parts = self.parts(id);
        let in_circle = self.is_in_circle(id, &parts);
        let reference = if in_circle { None } else { self.as_reference(id, &parts) };
        let plain = reference.unwrap_or_else(|| {
            let whole = self.whole(id, &parts);
            self.merge(id, &parts, &whole)
        });
        if in_circle && says_nothing(&plain) {
            self.tell_circle(&plain.place);
        }
        self.plain.insert(id, plain);
    }

    /// Whether the schema isn't plain.
    fn is_composed(&self, id: SchemaId) -> bool {
        let schema = self.raw(id);
        if schema.reference.is_none()
            && [&schema.all_of, &schema.one_of, &schema.any_of].into_iter().all(Vec::is_empty)
        {
            return false;
        }
        let beside = schema.reference.is_some() && !self.only_refers(schema);
        // One listed value is an enum, whose value has the words.
        let sole = self.sole(id).filter(|(only, _)| self.raw(*only).values.is_empty());
        let alternatives = self.groups(id).len() + usize::from(sole.is_some());
        !schema.all_of.is_empty()
            || beside
            || sole.is_some()
            || alternatives > 1
            || (alternatives > 0 && !schema.properties.is_empty())
    }
}

/// Whether the schema allows every value, apart from its limits and from what it refers to.
fn says_nothing(schema: &Schema) -> bool {
    schema.boolean != Some(false)
        && schema.types.is_empty()
        && schema.values.is_empty()
        && schema.format.is_none()
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional_properties.is_none()
        && schema.pattern_properties.is_empty()
        && schema.property_names.is_none()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.discriminated_by.is_none()
        && schema.content_encoding.is_none()
        && schema.content_media_type.is_none()
        && schema.content_schema.is_none()
}

/// Whether the schema doesn't even describe its values.
fn is_silent(schema: &Schema) -> bool {
    schema.title.is_none()
        && schema.description.is_none()
        && schema.default.is_none()
        && !(schema.deprecated || schema.read_only || schema.write_only)
}
