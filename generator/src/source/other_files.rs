//! The schemas of other files, and names that tell them apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::document::{SchemaId, Schemas};
use super::reader::Reader;

impl Reader<'_> {
    /// Adds the other files' schemas to `components`. Those whose name is taken are prefixed with their file's name.
    pub(super) fn add_schemas_of_other_files(&mut self, components: &mut IndexMap<String, SchemaId>) {
        let mut ids = std::mem::take(&mut self.of_other_files);
        ids.sort();
        ids.dedup();
        // The components themselves may stand in another file.
        let own: BTreeSet<SchemaId> = components.values().copied().collect();
        ids.retain(|id| !own.contains(id));
        let mut renamed = BTreeMap::new();
        let mut named: Vec<(SchemaId, Vec<String>)> = ids.iter().map(|id| (*id, self.names(*id))).collect();
        // All schemas that share a name get the next longer one, so their order doesn't matter.
        for length in 0..3 {
            if length == 2 {
                for (_, names) in &mut named {
                    while components.contains_key(&names[2]) {
                        names[2].push('_');
                    }
                }
            }
            let mut count: BTreeMap<String, usize> = BTreeMap::new();
            for (_, names) in &named {
                *count.entry(names[length].clone()).or_default() += 1;
            }
            named.retain(|(id, names)| {
                let name = &names[length];
                let free = count[name] == 1 && !components.contains_key(name);
                if free {
                    components.insert(name.clone(), *id);
                    if length > 0 {
                        renamed.insert(*id, names[0].clone());
                        self.schemas[*id].name = Some(name.clone());
                    }
                }
                !free
            });
        }
        map_renamed(&mut self.schemas, &renamed);
    }

    /// The possible names of a schema of another file, each longer than the one before. The last one is unique.
    fn names(&self, id: SchemaId) -> Vec<String> {
        let schema = &self.schemas[id];
        let name = schema.name.clone().unwrap_or_default();
        let file = &schema.place.file;
        let pointer = schema.place.pointer.trim_start_matches('/');
        vec![name.clone(), format!("{} {name}", stem(file)), format!("{file} {pointer}")]
    }
}

/// How many parents of a schema are looked at.
const MAX_BASES: usize = 256;

/// What a schema is based on by `allOf`, and what that is based on.
pub(super) fn bases(schemas: &Schemas, id: SchemaId) -> Vec<SchemaId> {
    let (mut found, mut waiting) = (Vec::new(), schemas[id].all_of.clone());
    while let Some(part) = waiting.pop() {
        let schema = &schemas[part];
        match schema.reference {
            None => waiting.extend(&schema.all_of),
            Some(base) if base != id && !found.contains(&base) && found.len() < MAX_BASES => {
                found.push(base);
                waiting.extend(
                    schemas[base].all_of.iter().copied().chain(schemas[base].reference.map(|_| base)),
                );
            }
            Some(_) => {}
        }
    }
    found
}

/// Keeps the tags of renamed schemas, since without a mapping the name is the tag. Their former names are given.
pub(super) fn map_renamed(schemas: &mut Schemas, renamed: &BTreeMap<SchemaId, String>) {
    if renamed.is_empty() {
        return;
    }
    let targets: Vec<Option<SchemaId>> = schemas.0.iter().map(|schema| schema.reference).collect();
    for schema in schemas.0.iter_mut().filter(|schema| schema.discriminator.is_some()).map(Arc::make_mut) {
        let Some(discriminator) = &mut schema.discriminator else { continue };
        for id in schema.one_of.iter().chain(&schema.any_of) {
            let target = targets[id.0 as usize].unwrap_or(*id);
            let Some(name) = renamed.get(&target) else { continue };
            if !discriminator.mapping.values().any(|mapped| *mapped == target) {
                discriminator.mapping.entry(name.clone()).or_insert(target);
            }
        }
    }
    // Likewise those of children, whose parents tell them apart.
    for (id, name) in renamed {
        for base in bases(schemas, *id) {
            if schemas[base].discriminator.is_none() {
                continue;
            }
            if let Some(discriminator) = &mut schemas[base].discriminator
                && !discriminator.mapping.values().any(|mapped| mapped == id)
            {
                discriminator.mapping.entry(name.clone()).or_insert(*id);
            }
        }
    }
}

/// The name of the file at `path`, without folder and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split('.').next().unwrap_or_default()
}
