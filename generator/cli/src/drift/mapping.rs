//! The schemas that `x-discriminated-by` of our document maps to, in the vendor's document too.
//!
//! Its operations don't reach them, but it has them by the same names. So its schemas get our extension where ours
//! have it. How each document cuts such a schema into named parts is its own affair: all that it refers to becomes
//! its own in both.

use std::collections::BTreeMap;
use std::sync::Arc;

use openapi_generator::diagnostics::Place;
use openapi_generator::source::document::{Alternatives, Document, Schema, SchemaId};

/// Gives `theirs` the mappings of `ours`, and makes the mapped schemas whole in both. Gives the places of ours that
/// theirs doesn't have; they lose their mapping.
pub fn carry_over(ours: &mut Document, theirs: &mut Document) -> Vec<Place> {
    let places: BTreeMap<Place, SchemaId> =
        ids(theirs).map(|id| (theirs.schemas[id].place.clone(), id)).collect();
    let mapped: Vec<SchemaId> = ids(ours).filter(|id| ours.schemas[*id].discriminated_by.is_some()).collect();
    let mut missing = Vec::new();
    for id in mapped {
        let schema = &ours.schemas[id];
        let (place, Some(mut by)) = (schema.place.clone(), schema.discriminated_by.clone()) else { continue };
        let alternatives = match &by.alternatives {
            Alternatives::Like(like) => {
                places.get(&ours.schemas[*like].place).map(|like| Alternatives::Like(*like))
            }
            Alternatives::Mapping(mapping) => {
                let named = mapping.iter().filter_map(|(tag, id)| {
                    let name = ours.schemas[*id].name.as_ref()?;
                    Some((tag.clone(), *theirs.components.get(name)?))
                });
                Some(Alternatives::Mapping(named.collect()))
            }
        };
        if let (Some(at), Some(alternatives)) = (places.get(&place), alternatives) {
            by.alternatives = alternatives;
            theirs.schemas[*at].discriminated_by = Some(by);
        } else {
            ours.schemas[id].discriminated_by = None;
            missing.push(place);
        }
    }
    make_whole(ours);
    make_whole(theirs);
    missing
}

fn ids(document: &Document) -> impl Iterator<Item = SchemaId> + use<> {
    (0..u32::try_from(document.schemas.0.len()).unwrap_or(u32::MAX)).map(SchemaId)
}

/// Has each mapping lead to copies that refer to nothing.
fn make_whole(document: &mut Document) {
    for id in ids(document) {
        let Some(by) = &document.schemas[id].discriminated_by else { continue };
        let Alternatives::Mapping(mut mapping) = by.alternatives.clone() else { continue };
        let mut copies: BTreeMap<SchemaId, SchemaId> = BTreeMap::new();
        for target in mapping.values_mut() {
            let copy = match copies.get(target) {
                Some(copy) => *copy,
                None => {
                    let copy = copy(document, *target, &mut Vec::new());
                    document.schemas[copy].name = document.schemas[*target].name.clone();
                    copy
                }
            };
            copies.insert(*target, copy);
            *target = copy;
        }
        if let Some(by) = &mut document.schemas[id].discriminated_by {
            by.alternatives = Alternatives::Mapping(mapping);
        }
    }
}

/// A copy of a schema that refers to nothing but what it is within; `open` are those it stands in, each with its copy.
fn copy(document: &mut Document, id: SchemaId, open: &mut Vec<(SchemaId, SchemaId)>) -> SchemaId {
    if let Some((_, outer)) = open.iter().find(|(original, _)| *original == id) {
        let schema = &document.schemas[id];
        let (name, place) = (schema.name.clone(), schema.place.clone());
        document.schemas[*outer].name = name;
        return add(document, Schema { place, reference: Some(*outer), ..Schema::default() });
    }
    let new = add(document, Schema::default());
    open.push((id, new));
    let mut schema = document.schemas[id].clone();
    for part in parts(&mut schema) {
        let part = copy(document, part, open);
        annotate(&mut schema, &document.schemas[part]);
        schema.all_of.push(part);
    }
    let single = [&mut schema.additional_properties, &mut schema.property_names, &mut schema.items];
    let inner = single.into_iter().flatten().chain(schema.properties.values_mut());
    let inner = inner.chain(schema.pattern_properties.values_mut()).chain(&mut schema.prefix_items);
    for id in inner.chain(&mut schema.one_of).chain(&mut schema.any_of) {
        *id = copy(document, *id, open);
    }
    open.pop();
    let place = &mut document.schemas[new];
    // It has a name by now if it holds itself.
    *place = Schema { name: place.name.take(), ..schema };
    new
}

fn add(document: &mut Document, schema: Schema) -> SchemaId {
    let id = SchemaId(u32::try_from(document.schemas.0.len()).unwrap_or(u32::MAX));
    document.schemas.0.push(Arc::new(schema));
    id
}

/// Takes out what holds for all values: what the schema refers to, the parts of `allOf`, and what is the one form.
fn parts(schema: &mut Schema) -> Vec<SchemaId> {
    let mut parts: Vec<SchemaId> = schema.reference.take().into_iter().collect();
    parts.append(&mut schema.all_of);
    for forms in [&mut schema.any_of, &mut schema.one_of] {
        if forms.len() == 1 {
            parts.append(forms);
        }
    }
    parts
}

/// Adds what a part says of the values without restricting them.
fn annotate(schema: &mut Schema, part: &Schema) {
    schema.default = schema.default.take().or_else(|| part.default.clone());
    schema.deprecated |= part.deprecated;
    schema.read_only |= part.read_only;
    schema.write_only |= part.write_only;
    for (name, value) in &part.extensions {
        schema.extensions.entry(name.clone()).or_insert_with(|| value.clone());
    }
}
