//! What is settled before anything is planned: which schemas are reachable, and what those are called that have a name.

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;

use super::Ground;
use super::reach::{self, Sides};
use crate::api::Ident;
use crate::settings::{Schemas, Settings};
use crate::source::document::{Document, Schema, SchemaId};

impl<'a> Ground<'a> {
    /// The ground for the plan of `document`.
    pub(super) fn new(document: &'a Document, settings: &'a Settings) -> Self {
        let reached = reach::reach(document, settings.schemas == Schemas::All);
        let named = named(document, &reached);
        Self { document, settings, reached, named, types: AtomicUsize::new(0) }
    }

    /// The schemas that have a name, with it.
    pub(super) fn components(&self) -> Vec<(SchemaId, &Ident)> {
        let ids = (0..).map(SchemaId);
        ids.zip(&self.named).filter_map(|(id, name)| Some((id, name.as_ref()?))).collect()
    }
}

/// The name of each schema that is reachable and that a reference can name; what it wishes for is the key.
fn named(document: &Document, reached: &[Option<Sides>]) -> Vec<Option<Ident>> {
    let reached = |id: &SchemaId| reached[id.0 as usize].is_some();
    let mut wires: Vec<Option<String>> = vec![None; document.schemas.0.len()];
    for id in (0..).map(SchemaId).take(wires.len()).filter(reached) {
        let schema = &document.schemas[id];
        if let Some(name) = &schema.name {
            wires[id.0 as usize] = Some(name.clone());
        }
        if let Some(target) = schema.reference.filter(reached) {
            wires[target.0 as usize].get_or_insert_with(|| last_words(&document.schemas[target]));
        }
    }
    // Two that are referred to where they stand can end in the same words, and they in a component's name.
    let mut count: HashMap<String, usize> = HashMap::new();
    for wire in wires.iter().flatten() {
        *count.entry(wire.clone()).or_default() += 1;
    }
    for (wire, schema) in wires.iter_mut().zip(&document.schemas.0) {
        if let Some(wire) = wire
            && count[wire] > 1
            && schema.name.is_none()
        {
            *wire = format!("{wire} {} {}", schema.place.file, schema.place.pointer);
        }
    }
    wires.into_iter().map(|wire| Some(Ident::unsettled(&wire?))).collect()
}

/// A name for a schema that is referred to where it stands, from the last two words of its pointer.
fn last_words(schema: &Schema) -> String {
    let mut words: Vec<&str> = schema
        .place
        .pointer
        .rsplit('/')
        .filter(|word| {
            !matches!(*word, "" | "schema" | "schemas" | "properties" | "items" | "content" | "components")
        })
        .take(2)
        .collect();
    words.reverse();
    words.join(" ")
}
