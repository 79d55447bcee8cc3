//! Which schemas mean the same, whatever describes them and in whichever document they are.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde_json::Value;

use super::partition;
use crate::source::document::{Alternatives, Schema, SchemaId, Schemas};
use crate::source::other_files::bases;

/// The schemas of all documents by what they mean.
pub(super) struct Classes {
    class: Vec<usize>,
    /// What each schema stands for: what it refers to, if it only does that, or else itself.
    bare: Vec<SchemaId>,
    /// What takes the place of each schema.
    pub instead: Vec<Option<SchemaId>>,
}

impl Classes {
    /// Those of `schemas`, which are of several documents with these `components`.
    pub(super) fn of<'a>(
        schemas: &Schemas,
        components: impl Iterator<Item = &'a IndexMap<String, SchemaId>>,
    ) -> Self {
        let plain: Vec<Plain> = schemas.0.iter().map(|schema| plain(schema)).collect();
        let bare: Vec<SchemaId> = (0..).map(SchemaId).take(plain.len()).map(|id| bare(&plain, id)).collect();
        let mut edges: Vec<Vec<usize>> = plain
            .iter()
            .map(|plain| plain.ids.iter().map(|id| bare[id.0 as usize].0 as usize).collect())
            .collect();
        // Without a mapping, names are the tags of alternatives, and those of schemas that are based on a parent.
        let mut tags: Vec<Vec<String>> = vec![Vec::new(); plain.len()];
        let name = |id: SchemaId| schemas[bare[id.0 as usize]].name.clone().unwrap_or_default();
        for (index, schema) in schemas.0.iter().enumerate().filter(|(_, one)| one.discriminator.is_some()) {
            tags[index].extend(schema.one_of.iter().chain(&schema.any_of).map(|id| name(*id)));
        }
        let mut based: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (name, id) in components.flatten() {
            for base in bases(schemas, *id) {
                if schemas[base].discriminator.is_some() {
                    based.insert((base.0 as usize, name), id.0 as usize);
                }
            }
        }
        for ((base, name), id) in based {
            tags[base].push(name.to_owned());
            edges[base].push(bare[id].0 as usize);
        }
        let mut known: HashMap<(String, Vec<String>), usize> = HashMap::new();
        let kinds = plain.into_iter().zip(tags).map(|(plain, tags)| {
            let next = known.len();
            *known.entry((plain.text, tags)).or_insert(next)
        });
        let kinds: Vec<usize> = kinds.collect();
        let class = partition::classes(&kinds, &edges);
        let instead = vec![None; class.len()];
        Self { class, bare, instead }
    }

    /// What the schema stands for.
    pub(super) fn bare(&self, id: SchemaId) -> SchemaId {
        self.bare[id.0 as usize]
    }

    /// The class of the schema.
    pub(super) fn class(&self, id: SchemaId) -> usize {
        self.class[self.bare(id).0 as usize]
    }

    /// Whether both schemas mean the same.
    pub(super) fn are_same(&self, one: SchemaId, other: SchemaId) -> bool {
        self.class(one) == self.class(other)
    }
}

/// What a schema says itself, and the schemas that it is made of, always in the same order.
struct Plain {
    text: String,
    ids: Vec<SchemaId>,
    /// What it refers to, if it does nothing else.
    only: Option<SchemaId>,
}

fn plain(schema: &Schema) -> Plain {
    let only = schema.reference;
    let mut schema = ordered(schema);
    let ids: Vec<SchemaId> = schema.ids_mut().map(|id| std::mem::replace(id, SchemaId(0))).collect();
    let text = format!("{schema:?}");
    schema.reference = None;
    // Debug has every field, so that a new one can't be forgotten.
    let only = only.filter(|_| format!("{schema:?}") == format!("{:?}", Schema::default()));
    Plain { text, ids, only }
}

/// The schemas that `schema` is made of, in an order that doesn't depend on the document's.
pub(super) fn parts(schema: &Schema) -> Vec<SchemaId> {
    ordered(schema).ids_mut().map(|id| *id).collect()
}

/// The schema without words and place, and in an order that says nothing.
fn ordered(schema: &Schema) -> Schema {
    let mut schema =
        Schema { place: Default::default(), name: None, title: None, description: None, ..schema.clone() };
    schema.types.sort();
    schema.required.sort();
    schema.properties.sort_keys();
    if let Some(discriminator) = &mut schema.discriminator {
        discriminator.mapping.sort_keys();
    }
    if let Some(by) = &mut schema.discriminated_by
        && let Alternatives::Mapping(mapping) = &mut by.alternatives
    {
        mapping.sort_keys();
    }
    schema.values.iter_mut().for_each(Value::sort_all_objects);
    schema.values.sort_by_cached_key(Value::to_string);
    if let Some(default) = &mut schema.default {
        default.sort_all_objects();
    }
    schema.extensions.values_mut().for_each(Value::sort_all_objects);
    if let Some(unread) = &mut schema.unread {
        unread.sort_keys();
        unread.values_mut().for_each(Value::sort_all_objects);
    }
    schema
}

fn bare(plain: &[Plain], id: SchemaId) -> SchemaId {
    let (mut at, mut steps) = (id, 0);
    while let Some(next) = plain[at.0 as usize].only {
        (at, steps) = (next, steps + 1);
        // References that lead in a circle have been reported; each stands for itself.
        if steps > super::super::reader::MAX_HOPS {
            return id;
        }
    }
    at
}
