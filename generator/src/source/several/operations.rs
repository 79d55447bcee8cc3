//! Operations, webhooks and callbacks of several documents.

use std::collections::{BTreeMap, HashMap};

use super::equality::Classes;
use super::one::{Telling, free};
use super::places::each_place;
use crate::diagnostics::{Diagnostics, codes};
use crate::source::document::{Document, Operation, Parameter, Received, SchemaId, Server};
use crate::source::template::without_names;
use crate::text::Place;

/// Adds the operations of `document`, and the requests that its service sends, to those of `whole`, whose operations are
/// sent to the servers `default` unless they say otherwise.
pub(super) fn join(
    whole: &mut Document,
    document: &mut Document,
    default: &[Server],
    classes: &Classes,
    name: &str,
    telling: &Telling,
    diagnostics: &mut Diagnostics,
) {
    let own_servers = document.servers.clone();
    for operation in document.operations.iter_mut().filter(|operation| operation.servers.is_empty()) {
        operation.servers.clone_from(&own_servers);
    }
    callbacks(whole, document, classes, name, telling, diagnostics);
    let mut known: HashMap<(String, String), Vec<usize>> = HashMap::new();
    let mut ids: BTreeMap<String, Place> = BTreeMap::new();
    for (index, operation) in whole.operations.iter().enumerate() {
        known.entry(address(operation)).or_default().push(index);
        if let Some(id) = &operation.operation_id {
            ids.entry(id.clone()).or_insert_with(|| operation.place.clone());
        }
    }
    for mut operation in std::mem::take(&mut document.operations) {
        let asked_by = asked_by(&operation);
        let servers = |operation: &Operation| -> Vec<Server> {
            if operation.servers.is_empty() { default.to_vec() } else { operation.servers.clone() }
        };
        let there =
            known.get(&address(&operation)).into_iter().flatten().map(|index| &whole.operations[*index]);
        let rival = there.into_iter().find(|other| share_any(&servers(other), &servers(&operation)));
        if let Some(rival) = rival {
            let is_equal = rival.path == operation.path
                && meaning(rival, &whole.security, &whole.received, classes)
                    == meaning(&operation, &whole.security, &document.received, classes);
            if !is_equal {
                let message = format!(
                    "{} {} is also at {}, for the same server and with another meaning",
                    operation.method,
                    operation.path,
                    telling.told(&rival.place)
                );
                let help = "Leave one of them out with an overlay, or make them equal.";
                diagnostics.report(&codes::CONFLICTING_OPERATIONS, &operation.place, message, help);
            }
            document.received.retain(|received| !is_of(received, &asked_by));
            continue;
        }
        if operation.operation_id.is_none() && known.contains_key(&address(&operation)) {
            let words = operation.path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let method = operation.method.to_lowercase();
            let words: Vec<&str> = [name, &method].into_iter().chain(words).collect();
            let new = free(&words.join(" "), |new| ids.contains_key(new));
            tell_callbacks(document, &asked_by, &new);
            operation.operation_id = Some(new);
        } else if let Some(id) = &operation.operation_id
            && let Some(place) = ids.get(id)
        {
            // What stands before the last sign names the group, which stays.
            let (group, own) = id.split_at(id.rfind(['/', '.']).map_or(0, |last| last + 1));
            let new = free(&format!("{group}{name} {own}"), |new| ids.contains_key(new));
            let message = format!(
                "the `operationId` {id:?} is also at {}, and is read as {new:?}",
                telling.told(place)
            );
            let help = "Give one of them another `operationId`.";
            let at = operation.place.child("operationId");
            diagnostics.report(&codes::RENAMED_OPERATION, &at, message, help);
            tell_callbacks(document, &asked_by, &new);
            operation.operation_id = Some(new);
        }
        whole.operations.push(operation);
    }
    webhooks(whole, document, classes, telling, diagnostics);
}

/// Names for the callbacks that are components, unless they are those of earlier documents.
fn callbacks(
    whole: &Document,
    document: &mut Document,
    classes: &Classes,
    name: &str,
    telling: &Telling,
    diagnostics: &mut Diagnostics,
) {
    let components = |received: &Received| received.callback.as_ref()?.component.clone();
    let of = |list: &[Received], wanted: &str| -> Vec<String> {
        let own = list.iter().filter(|one| components(one).as_deref() == Some(wanted));
        let mut own: Vec<String> = own.map(|one| blank(&one.request, classes)).collect();
        own.sort();
        own.dedup();
        own
    };
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for received in &whole.received {
        if let Some(component) = components(received) {
            places.entry(component).or_insert_with(|| received.request.place.clone());
        }
    }
    let own: BTreeMap<String, Place> = document
        .received
        .iter()
        .filter_map(|received| Some((components(received)?, received.request.place.clone())))
        .collect();
    for (component, place) in own {
        let Some(known) = places.get(&component) else { continue };
        if of(&whole.received, &component) == of(&document.received, &component) {
            continue;
        }
        let new = free(&format!("{name} {component}"), |new| places.contains_key(new));
        let message = format!(
            "the callback {component:?} isn't the same as the one at {}, and is called {new:?}",
            telling.told(known)
        );
        let help = "Give it the same meaning in both documents, or another name in one of them.";
        diagnostics.report(&codes::RENAMED_CALLBACK, &place, message, help);
        let callbacks = document.received.iter_mut().filter_map(|received| received.callback.as_mut());
        for callback in callbacks.filter(|callback| callback.component.as_deref() == Some(&*component)) {
            callback.component = Some(new.clone());
        }
    }
}

/// Adds the webhooks, and the callbacks of operations that were added.
fn webhooks(
    whole: &mut Document,
    document: &mut Document,
    classes: &Classes,
    telling: &Telling,
    diagnostics: &mut Diagnostics,
) {
    let webhooks_first = whole.received.iter().take_while(|received| received.callback.is_none()).count();
    let mut added = webhooks_first;
    for received in std::mem::take(&mut document.received) {
        if received.callback.is_some() {
            whole.received.push(received);
            continue;
        }
        let is_rival = |other: &&Received| {
            other.event == received.event && other.request.method == received.request.method
        };
        match whole.received[..added].iter().find(is_rival) {
            Some(rival) if blank(&rival.request, classes) == blank(&received.request, classes) => {}
            Some(rival) => {
                let message = format!(
                    "the webhook {:?} is also at {}, with another meaning",
                    received.event,
                    telling.told(&rival.request.place)
                );
                let help = "Leave one of them out with an overlay, or make them equal.";
                diagnostics.report(&codes::CONFLICTING_OPERATIONS, &received.request.place, message, help);
            }
            None => {
                whole.received.insert(added, received);
                added += 1;
            }
        }
    }
}

/// What an operation's callbacks call it.
fn asked_by(operation: &Operation) -> String {
    let address = || format!("{} {}", operation.method, operation.path);
    operation.operation_id.clone().unwrap_or_else(address)
}

/// Tells the callbacks that the operation which asks for them is called `new`.
fn tell_callbacks(document: &mut Document, asked_by: &str, new: &str) {
    let own = document.received.iter_mut().filter(|received| is_of(received, asked_by));
    own.filter_map(|received| received.callback.as_mut())
        .for_each(|callback| new.clone_into(&mut callback.asked_by));
}

fn is_of(received: &Received, asked_by: &str) -> bool {
    received.callback.as_ref().is_some_and(|callback| callback.asked_by == asked_by)
}

fn address(operation: &Operation) -> (String, String) {
    (operation.method.clone(), without_names(&operation.path))
}

/// Whether a request to the one can be a request to the other. Without any servers, the caller says where to send it.
fn share_any(some: &[Server], others: &[Server]) -> bool {
    let is_same = |one: &Server, other: &Server| {
        one.declared.url == other.declared.url && one.declared.variables == other.declared.variables
    };
    some.is_empty()
        || others.is_empty()
        || some.iter().any(|one| others.iter().any(|other| is_same(one, other)))
}

/// What an operation and its callbacks mean, as a text that is the same for those that mean the same.
fn meaning(
    operation: &Operation,
    default: &[crate::source::document::SecurityRequirement],
    received: &[Received],
    classes: &Classes,
) -> String {
    let mut own = operation.clone();
    own.security.get_or_insert_with(|| default.to_vec());
    let mut text = blank(&own, classes);
    let asked_by = asked_by(operation);
    for received in received.iter().filter(|received| is_of(received, &asked_by)) {
        text.push_str(&received.event);
        text.push_str(&blank(&received.request, classes));
    }
    text
}

/// Likewise for a request: all of it but its place, its words and where it is sent.
fn blank(operation: &Operation, classes: &Classes) -> String {
    let mut operation = Operation {
        operation_id: None,
        summary: None,
        description: None,
        tags: Vec::new(),
        servers: Vec::new(),
        ..operation.clone()
    };
    each_place(&mut operation, &mut |place| *place = Place::default());
    let silence = |parameter: &mut Parameter| parameter.description = None;
    operation.parameters.iter_mut().for_each(silence);
    operation.parameters.sort_by(|a, b| (a.location, &a.name).cmp(&(b.location, &b.name)));
    if let Some(body) = &mut operation.request_body {
        body.description = None;
    }
    for response in &mut operation.responses {
        response.summary = None;
        response.description.clear();
        response.headers.iter_mut().for_each(silence);
    }
    operation.ids_mut().for_each(|id| *id = SchemaId(u32::try_from(classes.class(*id)).unwrap_or(u32::MAX)));
    format!("{operation:?}")
}
