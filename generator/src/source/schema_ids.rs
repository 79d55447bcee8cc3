//! The ids of a document's schemas, and which of them wait to be read. A document is read in parts, each by a walk
//! that has ids of its own until they are joined.

use std::sync::Arc;

use foldhash::HashMap;

use super::at::At;
use super::document::{Discriminator, Encoding, MediaType, Operation, Schema, SchemaId, Schemas};

/// The schemas that a walk has found.
#[derive(Default)]
pub(super) struct SchemaIds<'a> {
    /// The schema of the value at each address. Hashing JSON Pointers would take longer than reading.
    by_address: HashMap<usize, SchemaId>,
    /// How many schemas the whole walk had found before this part of it started. Their ids are below this part's.
    before: usize,
    /// The addresses of the values of this walk's schemas.
    addresses: Vec<usize>,
    /// This walk's schemas; `None` for those that wait.
    read: Vec<Option<Arc<Schema>>>,
    /// The schemas that were found before and that this walk has read.
    read_of_before: Vec<(SchemaId, Arc<Schema>)>,
    names: HashMap<SchemaId, String>,
    /// The schemas that wait to be read.
    queue: Vec<(SchemaId, At<'a>)>,
}

impl<'a> SchemaIds<'a> {
    /// The ids for a part of the walk, which reads the schemas `waiting`.
    pub(super) fn part(&self, waiting: &[(SchemaId, At<'a>)]) -> Self {
        let (by_address, queue) = (self.by_address.clone(), waiting.to_vec());
        Self { by_address, queue, before: self.before + self.read.len(), ..Self::default() }
    }

    /// The id of the schema `at`, which waits to be read if it is new.
    pub(super) fn id(&mut self, at: At<'a>) -> SchemaId {
        let (id, is_new) = self.id_of(std::ptr::from_ref(at.value).addr());
        if is_new {
            self.queue.push((id, at));
        }
        id
    }

    fn id_of(&mut self, address: usize) -> (SchemaId, bool) {
        let new = SchemaId(u32::try_from(self.before + self.read.len()).unwrap_or(u32::MAX));
        let id = *self.by_address.entry(address).or_insert(new);
        if id == new {
            self.addresses.push(address);
            self.read.push(None);
        }
        (id, id == new)
    }

    /// Names the schema unless it has a name. Returns whether it had none.
    pub(super) fn name(&mut self, id: SchemaId, name: impl FnOnce() -> String) -> bool {
        let is_new = !self.names.contains_key(&id);
        if is_new {
            self.names.insert(id, name());
        }
        is_new
    }

    /// A schema that waits.
    pub(super) fn next(&mut self) -> Option<(SchemaId, At<'a>)> {
        self.queue.pop()
    }

    /// Removes all schemas that wait, so that others read them.
    pub(super) fn leave(&mut self) -> Vec<(SchemaId, At<'a>)> {
        std::mem::take(&mut self.queue)
    }

    /// Adds the schema `id`, which has been read.
    pub(super) fn put(&mut self, id: SchemaId, schema: Schema) {
        let schema = Arc::new(schema);
        match (id.0 as usize).checked_sub(self.before) {
            Some(own) => self.read[own] = Some(schema),
            None => self.read_of_before.push((id, schema)),
        }
    }

    /// Assigns ids to the schemas that `part` has found.
    pub(super) fn renumbered(&mut self, part: &Self) -> Renumbered {
        self.by_address.reserve(part.addresses.len());
        let ids = part.addresses.iter().map(|address| self.id_of(*address).0);
        Renumbered { from: part.before, ids: ids.collect() }
    }

    /// Adds the schemas of a part, whose ids have been replaced by those of the whole.
    pub(super) fn take(&mut self, part: Self, renumbered: &Renumbered) {
        let ids = renumbered.ids.iter().copied();
        let read = ids.zip(part.read).filter_map(|(id, schema)| Some((id, schema?)));
        for (id, schema) in read.chain(part.read_of_before) {
            // If several parts have read a schema, the results are equal.
            self.read[id.0 as usize - self.before].get_or_insert(schema);
        }
        for (id, name) in part.names {
            self.name(renumbered.of(id), || name);
        }
    }

    /// All schemas, each at its id.
    pub(super) fn finish(self) -> Schemas {
        let mut schemas = Schemas(self.read.into_iter().map(Option::unwrap_or_default).collect());
        for (id, name) in self.names {
            schemas[id].name = Some(name);
        }
        schemas
    }
}

/// The ids in the whole of the schemas that a part of the walk has found.
pub(super) struct Renumbered {
    /// The first of their ids in the part.
    from: usize,
    ids: Vec<SchemaId>,
}

impl Renumbered {
    /// The id of the schema that has the id `id` in the part.
    pub(super) fn of(&self, id: SchemaId) -> SchemaId {
        (id.0 as usize).checked_sub(self.from).map_or(id, |index| self.ids[index])
    }

    /// Replaces the ids in what a part has read.
    pub(super) fn apply<'o>(
        &self,
        schema_ids: &mut SchemaIds<'_>,
        operations: impl Iterator<Item = &'o mut Operation>,
    ) {
        let schemas = schema_ids.read.iter_mut().flatten();
        let schemas = schemas.chain(schema_ids.read_of_before.iter_mut().map(|(_, schema)| schema));
        let ids = schemas.flat_map(|schema| Arc::make_mut(schema).ids_mut());
        ids.for_each(|id| *id = self.of(*id));
        operations.flat_map(Operation::ids_mut).for_each(|id| *id = self.of(*id));
    }
}

impl Schema {
    /// Every schema that it refers to or is made of.
    pub(super) fn ids_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let one = [
            &mut self.reference,
            &mut self.additional_properties,
            &mut self.property_names,
            &mut self.items,
            &mut self.content_schema,
        ];
        let lists = [&mut self.prefix_items, &mut self.all_of, &mut self.one_of, &mut self.any_of];
        let mapping = self.discriminator.iter_mut().flat_map(|by| {
            let Discriminator { property: _, mapping, default_mapping } = &mut **by;
            mapping.values_mut().chain(default_mapping)
        });
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
        let sent = parameters.iter_mut().flat_map(|parameter| {
            let encodings = parameter.encoding.values_mut().flat_map(Encoding::ids_mut);
            parameter.schema.iter_mut().chain(encodings)
        });
        let received = responses.iter_mut().flat_map(|response| {
            let headers = response.headers.iter_mut().filter_map(|header| header.schema.as_mut());
            headers.chain(response.content.iter_mut().flat_map(MediaType::ids_mut))
        });
        sent.chain(bodies.flat_map(MediaType::ids_mut)).chain(received)
    }
}

impl MediaType {
    /// The schemas of the content, of its items and of the headers of its parts.
    fn ids_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let Self { place: _, name: _, schema, item_schema, encoding, prefix_encoding, item_encoding } = self;
        let encodings = encoding.values_mut().chain(prefix_encoding).chain(item_encoding);
        schema.iter_mut().chain(item_schema).chain(encodings.flat_map(Encoding::ids_mut))
    }
}

impl Encoding {
    /// The schemas of its headers.
    fn ids_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        self.headers.iter_mut().filter_map(|header| header.schema.as_mut())
    }
}
