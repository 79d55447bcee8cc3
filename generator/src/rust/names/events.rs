//! The names of events: their enums, variants and headers.

use std::collections::{BTreeSet, HashMap};

use super::casing::pascal;
use super::table::{self, Case, Scope};
use super::types::Types;
use crate::api::{Api, Event, Events};

/// The start of the names of each event's inline types, by the event's key.
pub(super) fn owners(events: &[Events]) -> HashMap<&str, String> {
    let each = events.iter().flat_map(|events| events.events.iter().map(move |event| (events, event)));
    each.map(|(events, event)| (event.types_key.as_str(), owner(events, event))).collect()
}

fn owner(events: &Events, event: &Event) -> String {
    match (events.are_webhooks(), events.events.len()) {
        (true, _) => pascal(&event.words),
        (false, 1) => pascal(&events.words),
        (false, _) => pascal(&format!("{} {}", events.words, event.words)),
    }
}

/// Settles the names of the events of `api`.
pub(super) fn settle(api: &mut Api, types: &Types) {
    let mut taken = BTreeSet::new();
    for events in &mut api.events {
        let (end, plain) = if events.are_webhooks() {
            ("Webhook", "Event".to_owned())
        } else {
            ("Callback", pascal(&events.words))
        };
        let mut name = plain.trim_end_matches('_').to_owned();
        // A payload of the same name has to be in scope where the enum is.
        let is_taken = |name: &str| types.is_taken(name) || types.is_taken(&format!("{name}Headers"));
        while is_taken(&name) || taken.contains(&name.to_lowercase()) {
            name = if events.are_webhooks() { format!("{end}{name}") } else { format!("{name}{end}") };
        }
        taken.insert(name.to_lowercase());
        taken.insert(format!("{name}Headers").to_lowercase());
        events.type_name = table::unique(&name);
        let mut scope = Scope::default();
        let words = events.events.iter().map(|event| event.words.as_str());
        let variants = scope.take_all(words, Case::Pascal);
        for (event, variant) in events.events.iter_mut().zip(variants) {
            event.variant = variant;
        }
        events.unknown = super::members::unknown(&mut scope);
        let wires = events.headers.iter().map(|header| header.wire.as_str());
        let fields = Scope::default().take_all(wires, Case::Snake);
        events.headers.iter_mut().zip(fields).for_each(|(header, field)| header.field = field);
    }
}
