//! The schemas of a document: the ids they have, and which wait to be read.

use foldhash::HashMap;

use super::document::{Operation, Schema, SchemaId, Schemas};
use super::reader::At;

/// The schemas that a walk has met. A walk beside another has a registry of its own, which the other takes when both
/// are through.
#[derive(Default)]
pub(super) struct Registry<'a> {
    /// The schema that is read from the value at each address: hashing pointers would take longer than reading.
    by_address: HashMap<usize, SchemaId>,
    /// How many schemas are left to the other walk; their ids are below those of this one's.
    left: usize,
    /// Where the values of this walk's are.
    addresses: Vec<usize>,
    /// This walk's; one that waits is none yet.
    read: Vec<Option<Box<Schema>>>,
    names: HashMap<SchemaId, String>,
    /// Those that wait to be read.
    queue: Vec<(SchemaId, At<'a>)>,
}

impl<'a> Registry<'a> {
    /// That of a walk beside this one, which leaves to it what it has met.
    pub(super) fn beside(&self) -> Self {
        Self { by_address: self.by_address.clone(), left: self.left + self.read.len(), ..Self::default() }
    }

    /// The id of the schema at `at`, which waits if it is new.
    pub(super) fn id(&mut self, at: At<'a>) -> SchemaId {
        let (id, is_new) = self.id_of(std::ptr::from_ref(at.value).addr());
        if is_new {
            self.queue.push((id, at));
        }
        id
    }

    fn id_of(&mut self, address: usize) -> (SchemaId, bool) {
        let new = SchemaId(u32::try_from(self.left + self.read.len()).unwrap_or(u32::MAX));
        let id = *self.by_address.entry(address).or_insert(new);
        if id == new {
            self.addresses.push(address);
            self.read.push(None);
        }
        (id, id == new)
    }

    /// Gives the schema a name if it has none; whether it had none.
    pub(super) fn name(&mut self, id: SchemaId, name: impl FnOnce() -> String) -> bool {
        let is_new = !self.names.contains_key(&id);
        if is_new {
            self.names.insert(id, name());
        }
        is_new
    }

    /// One that waits.
    pub(super) fn next(&mut self) -> Option<(SchemaId, At<'a>)> {
        self.queue.pop()
    }

    /// Takes in the schema `id`, which is read now.
    pub(super) fn put(&mut self, id: SchemaId, schema: Schema) {
        self.read[id.0 as usize - self.left] = Some(Box::new(schema));
    }

    /// Takes the schemas of a walk beside this one; gives the ids they have now.
    pub(super) fn take(&mut self, beside: Self) -> Renumbered {
        let ids = beside.addresses.iter().map(|address| self.id_of(*address).0).collect();
        let renumbered = Renumbered { from: beside.left, ids };
        for (id, schema) in renumbered.ids.iter().zip(beside.read) {
            // What both have read is the same.
            let slot = &mut self.read[id.0 as usize - self.left];
            if let (None, Some(mut schema)) = (&slot, schema) {
                schema.ids_mut().for_each(|id| renumbered.renumber(id));
                *slot = Some(schema);
            }
        }
        for (mut id, name) in beside.names {
            renumbered.renumber(&mut id);
            self.name(id, || name);
        }
        renumbered
    }

    /// All schemas, each at its id.
    pub(super) fn finish(self) -> Schemas {
        let mut schemas = Schemas(self.read.into_iter().map(Option::unwrap_or_default).collect());
        for (id, name) in self.names {
            schemas.0[id.0 as usize].name = Some(name);
        }
        schemas
    }
}

/// The ids that schemas have which another walk met.
pub(super) struct Renumbered {
    /// The first of the ids that they had there.
    from: usize,
    ids: Vec<SchemaId>,
}

impl Renumbered {
    /// Makes an id of the other walk one of this.
    pub(super) fn renumber(&self, id: &mut SchemaId) {
        if let Some(index) = (id.0 as usize).checked_sub(self.from) {
            *id = self.ids[index];
        }
    }
}

impl Schema {
    /// Every schema that it refers to or is made of.
    fn ids_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let one =
            [&mut self.reference, &mut self.additional_properties, &mut self.property_names, &mut self.items];
        let lists = [&mut self.prefix_items, &mut self.all_of, &mut self.one_of, &mut self.any_of];
        let mapping = self.discriminator.iter_mut().flat_map(|by| by.mapping.values_mut());
        let alternatives = self.discriminated_by.iter_mut().flat_map(|by| by.alternatives.ids_mut());
        let properties = self.properties.values_mut().chain(self.pattern_properties.values_mut());
        let one = one.into_iter().flatten();
        one.chain(lists.into_iter().flatten()).chain(properties).chain(mapping).chain(alternatives)
    }
}

impl Operation {
    /// The schemas of its parameters and contents.
    pub(super) fn ids_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let Self { parameters, request_body, responses, .. } = self;
        let bodies = request_body.iter_mut().flat_map(|body| &mut body.content);
        let sent = parameters.iter_mut().filter_map(|parameter| parameter.schema.as_mut());
        let received = responses.iter_mut().flat_map(|response| {
            let headers = response.headers.iter_mut().filter_map(|header| header.schema.as_mut());
            headers.chain(response.content.iter_mut().filter_map(|content| content.schema.as_mut()))
        });
        sent.chain(bodies.filter_map(|content| content.schema.as_mut())).chain(received)
    }
}
