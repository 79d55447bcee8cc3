//! Types that several documents share, and names for those that they don't.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::equality::{Classes, parts};
use super::one::{One, Telling, free};
use crate::diagnostics::{Diagnostics, codes};
use crate::source::document::{Document, SchemaId, Schemas};
use crate::source::other_files::map_renamed;
use crate::text::Place;

/// Moves the schemas of all documents into the first one. What later documents have in common with earlier ones is
/// replaced by it, and what only has the same name gets another one.
pub(super) fn join(several: &mut [One], telling: &Telling, diagnostics: &mut Diagnostics) -> Classes {
    let mut all = Schemas::default();
    let mut starts = Vec::new();
    for One { document, .. } in several.iter_mut() {
        let start = u32::try_from(all.0.len()).unwrap_or(u32::MAX);
        starts.push(start);
        let mut own = std::mem::take(&mut document.schemas);
        for schema in &mut own.0 {
            Arc::make_mut(schema).ids_mut().for_each(|id| id.0 += start);
        }
        all.0.append(&mut own.0);
        ids_of(document, |id| id.0 += start);
    }
    let mut classes = Classes::of(&all, several.iter().map(|one| &one.document.components));
    let mut by_place: HashMap<Place, SchemaId> = HashMap::new();
    let mut renamed = BTreeMap::new();
    let Some((whole, later)) = several.split_first_mut() else { return classes };
    let components = &mut whole.document.components;
    // What each name stands for, in whichever document.
    let mut by_name: HashMap<String, Vec<SchemaId>> =
        components.iter().map(|(name, id)| (name.clone(), vec![*id])).collect();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(all.0.len(), |end| *end as usize);
        if let Some(One { document, name }) = index.checked_sub(1).and_then(|index| later.get_mut(index)) {
            for (own, id) in std::mem::take(&mut document.components) {
                let same_place = by_place.get(&all[id].place).into_iter();
                let candidates = same_place.chain(by_name.get(&own).into_iter().flatten());
                let is_earlier = |one: &&SchemaId| one.0 < *start && classes.are_same(**one, id);
                let same = candidates.into_iter().find(is_earlier).copied();
                if let Some(same) = same {
                    replace(&all, &mut classes, id, same);
                    continue;
                }
                by_name.entry(own.clone()).or_default().push(id);
                let Some(known) = components.get(&own) else {
                    components.insert(own, id);
                    continue;
                };
                let new = free(&format!("{name} {own}"), |new| components.contains_key(new));
                let message = format!(
                    "the schema {own:?} isn't the same as the one at {}, and is called {new:?}",
                    telling.told(&all[*known].place)
                );
                let help = "Give it the same meaning in both documents, or another name in one of them.";
                diagnostics.report(&codes::RENAMED_SCHEMA, &all[id].place, message, help);
                all[id].name = Some(new.clone());
                renamed.insert(id, own);
                components.insert(new, id);
            }
        }
        for id in (*start..u32::try_from(end).unwrap_or(u32::MAX)).map(SchemaId) {
            match by_place.get(&all[id].place) {
                // Shared files: whatever both lead to is one, named or not.
                Some(same) => {
                    let is_free = all[id].name.is_none() && classes.instead[id.0 as usize].is_none();
                    if is_free && same.0 < *start && classes.are_same(*same, id) {
                        classes.instead[id.0 as usize] = Some(*same);
                    }
                }
                None => {
                    let now = classes.instead[id.0 as usize].unwrap_or(id);
                    by_place.insert(all[id].place.clone(), now);
                }
            }
        }
    }
    map_renamed(&mut all, &renamed);
    several[0].document.schemas = all;
    classes
}

/// Puts the schema `same` in the place of `id`, and what is in it in the place of what is in `id`.
fn replace(all: &Schemas, classes: &mut Classes, id: SchemaId, same: SchemaId) {
    let mut waiting = vec![(id, same)];
    while let Some((id, same)) = waiting.pop() {
        let known = &mut classes.instead[id.0 as usize];
        if known.is_some() || id == same {
            continue;
        }
        *known = Some(same);
        // A reference leads to a component, which is compared by its own name.
        if classes.bare(id) != id {
            continue;
        }
        let inside = parts(&all[id]).into_iter().zip(parts(&all[classes.bare(same)]));
        waiting.extend(inside.filter(|(inner, _)| all[*inner].name.is_none()));
    }
}

/// Leaves the schemas that nothing has taken the place of.
pub(super) fn compact(whole: &mut Document, classes: &Classes) {
    let instead = &classes.instead;
    let mut new = vec![SchemaId(0); instead.len()];
    let kept = new.iter_mut().zip(instead).filter(|(_, instead)| instead.is_none());
    for (number, (id, _)) in (0..).zip(kept) {
        *id = SchemaId(number);
    }
    let last = |mut id: SchemaId| {
        while let Some(next) = instead[id.0 as usize] {
            id = next;
        }
        id
    };
    let of = |id: &mut SchemaId| *id = new[last(*id).0 as usize];
    let all = std::mem::take(&mut whole.schemas.0);
    let mut kept: Vec<_> =
        all.into_iter().zip(instead).filter(|(_, instead)| instead.is_none()).map(|(one, _)| one).collect();
    kept.iter_mut().for_each(|schema| Arc::make_mut(schema).ids_mut().for_each(of));
    whole.schemas.0 = kept;
    ids_of(whole, of);
}

/// Changes the ids in everything but the schemas.
fn ids_of(document: &mut Document, change: impl FnMut(&mut SchemaId)) {
    let received = document.received.iter_mut().map(|received| &mut received.request);
    let operations = document.operations.iter_mut().chain(received).flat_map(|operation| operation.ids_mut());
    operations.chain(document.components.values_mut()).for_each(change);
}
