//! Events: the requests that the service sends, what tells them apart and what is in them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::schedule::Part;
use super::{Ground, Kinds, Planner};
use crate::api::{ByPayload, Events, Ident, PayloadEncoding, inner_key};
use crate::diagnostics::{Diagnostics, Place, codes};
use crate::settings::Settings;
use crate::source::document::{Document, Received};
use crate::text::unescape;

/// The document without the requests that the settings leave out.
pub(super) fn wanted<'d>(mut document: Cow<'d, Document>, settings: &Settings) -> Cow<'d, Document> {
    let wanted = |received: &Received| match received.callback {
        Some(_) => settings.webhooks.callbacks,
        None => settings.webhooks.events,
    };
    if !document.received.iter().all(wanted) {
        document.to_mut().received.retain(wanted);
    }
    document
}

/// Plans all events: the webhooks, and each callback.
pub(super) fn plan(ground: &Ground<'_>, kinds: &Kinds<'_>) -> Vec<(Events, Vec<Part>)> {
    let places = places(ground.document);
    places.into_iter().map(|place| Planning { ground, kinds, parts: Vec::new() }.events(&place)).collect()
}

/// The requests that arrive at one place.
struct Arriving<'d> {
    /// The ids of the operations that ask for a callback; empty for webhooks.
    asked_by: Vec<String>,
    /// The name of the callback; empty for webhooks.
    name: String,
    /// What they are called in Rust.
    words: String,
    /// Each once: operations can share a callback.
    requests: Vec<&'d Received>,
}

fn places(document: &Document) -> Vec<Arriving<'_>> {
    let mut places: Vec<Arriving<'_>> = Vec::new();
    for received in &document.received {
        let (asked_by, name, words) = match &received.callback {
            None => (None, String::new(), "event".to_owned()),
            Some(callback) => {
                let own = format!("{} {}", callback.asked_by, received.event);
                let words = callback.component.clone().unwrap_or(own);
                (
                    Some(&callback.asked_by),
                    callback.component.as_ref().unwrap_or(&received.event).clone(),
                    words,
                )
            }
        };
        let is_it = |place: &&mut Arriving<'_>| {
            place.words == words && place.asked_by.is_empty() == asked_by.is_none()
        };
        let place = match places.iter_mut().find(is_it) {
            Some(place) => place,
            None => {
                places.push(Arriving { asked_by: Vec::new(), name, words, requests: Vec::new() });
                let last = places.len() - 1;
                &mut places[last]
            }
        };
        place.asked_by.extend(asked_by.filter(|id| !place.asked_by.contains(id)).cloned());
        let is_same = |other: &&Received| {
            other.request.place == received.request.place && other.request.path == received.request.path
        };
        if !place.requests.iter().any(is_same) {
            place.requests.push(received);
        }
    }
    places
}

/// The requests that the sender calls by one name.
pub(super) struct Named<'d> {
    pub name: String,
    pub words: String,
    pub requests: Vec<&'d Received>,
}

struct Planning<'g> {
    ground: &'g Ground<'g>,
    kinds: &'g Kinds<'g>,
    parts: Vec<Part>,
}

impl<'g> Planning<'g> {
    fn planner(&self) -> Planner<'g> {
        Planner::new(self.ground, self.kinds)
    }

    fn events(mut self, arriving: &Arriving<'_>) -> (Events, Vec<Part>) {
        let is_callback = !arriving.asked_by.is_empty();
        let key = inner_key(
            "",
            &format!("{} {}", if is_callback { "callback" } else { "webhook" }, arriving.words),
        );
        let header = self.header(arriving);
        let named = self.named(arriving, header.as_deref());
        let (by_payload, tags) = self.planner().recognised(&named);
        let mut events = Vec::new();
        for (named, tags) in named.iter().zip(tags) {
            let types_key = inner_key(&key, &named.words);
            let mut planner = self.planner();
            let mut event = planner.event(named, types_key.clone(), is_callback);
            event.tags = tags;
            events.push(event);
            self.parts.push(planner.part(types_key));
        }
        let mut planner = self.planner();
        let headers = planner.event_headers(&arriving.requests, &key);
        self.parts.push(planner.part(key));
        let by_payload = match (by_payload, &events[..]) {
            (ByPayload::No, [only]) => {
                let encoding = only.payload.as_ref().map(|payload| payload.encoding);
                let is_decoded = matches!(encoding, Some(PayloadEncoding::Json | PayloadEncoding::Xml));
                if is_decoded { ByPayload::Only } else { ByPayload::No }
            }
            (other, _) => other,
        };
        let events = Events {
            asked_by: arriving.asked_by.clone(),
            name: arriving.name.clone(),
            words: arriving.words.clone(),
            type_name: Ident::default(),
            header,
            by_payload,
            headers,
            events,
            unknown: Ident::default(),
        };
        (events, self.parts)
    }

    /// The header that names the event: as the settings say, or one that has other constants in each.
    fn header(&self, arriving: &Arriving<'_>) -> Option<String> {
        let settings = &self.ground.settings.webhooks;
        if settings.header.is_some() || settings.property.is_some() || !arriving.asked_by.is_empty() {
            return settings.header.clone().filter(|_| arriving.asked_by.is_empty());
        }
        let first = arriving.requests.first()?;
        let parameters = first.request.parameters.iter();
        let names = parameters.map(|parameter| &parameter.name);
        let mut names = names.filter(|name| {
            let constants = arriving.requests.iter().map(|received| self.constant(received, name));
            let constants: Option<Vec<String>> = constants.collect();
            constants.is_some_and(|all| all.len() > 1 && all.iter().collect::<BTreeSet<_>>().len() > 1)
        });
        names.next().cloned()
    }

    /// The only value that the header of the request can have.
    fn constant(&self, received: &Received, header: &str) -> Option<String> {
        let mut headers = received.request.parameters.iter();
        let found = headers.find(|parameter| {
            parameter.location == crate::api::Location::Header && parameter.name.eq_ignore_ascii_case(header)
        })?;
        match &self.ground.document.schemas[self.planner().behind(found.schema?)].values[..] {
            [only] => only.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// The requests by what the sender calls them.
    fn named<'d>(&self, arriving: &Arriving<'d>, header: Option<&str>) -> Vec<Named<'d>> {
        let mut all: Vec<Named<'d>> = Vec::new();
        for received in &arriving.requests {
            let (name, words) = if arriving.asked_by.is_empty() {
                let name = self.name(received, header);
                (name.clone(), name)
            } else {
                callback_name(received, arriving.requests.len() == 1)
            };
            match all.iter_mut().find(|named| named.name == name) {
                Some(named) => named.requests.push(received),
                None => all.push(Named { name, words, requests: vec![received] }),
            }
        }
        all
    }

    fn name(&self, received: &Received, header: Option<&str>) -> String {
        let settings = &self.ground.settings.webhooks;
        let set = settings.name.as_deref().and_then(|pointer| pointed_at(received, pointer));
        let constant = || header.and_then(|header| self.constant(received, header));
        set.or_else(constant).unwrap_or_else(|| received.event.clone())
    }
}

/// What a callback's request is called, and its words.
fn callback_name(received: &Received, is_alone: bool) -> (String, String) {
    let request = &received.request;
    let address = format!("{} {}", request.method, request.path);
    match &request.operation_id {
        Some(id) => (id.clone(), id.clone()),
        None if is_alone => (address, received.event.clone()),
        None => (address.clone(), address.to_lowercase()),
    }
}

/// The text at `pointer` in an extension of the webhook's operation.
fn pointed_at(received: &Received, pointer: &str) -> Option<String> {
    let request = &received.request;
    let rest = pointer.strip_prefix('/')?;
    let (first, rest) = rest.split_once('/').map_or((rest, ""), |(first, rest)| (first, rest));
    let first = unescape(first);
    match (first.as_str(), rest) {
        ("operationId", "") => request.operation_id.clone(),
        ("summary", "") => request.summary.clone(),
        ("tags", index) => request.tags.get(index.parse::<usize>().ok()?).cloned(),
        (name, "") => request.extensions.get(name)?.as_str().map(str::to_owned),
        (name, rest) => {
            request.extensions.get(name)?.pointer(&format!("/{rest}"))?.as_str().map(str::to_owned)
        }
    }
}

/// Reports settings that the events don't bear out.
pub(super) fn check(
    events: &[Events],
    document: &Document,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let settings = &settings.webhooks;
    let webhooks = || document.received.iter().filter(|received| received.callback.is_none());
    let is_set = [&settings.name, &settings.header, &settings.property].iter().any(|one| one.is_some());
    let mut problems = Vec::new();
    if (is_set || settings.signature.is_some()) && !events.iter().any(Events::are_webhooks) {
        problems.push("there are no webhooks that it could be about".to_owned());
    } else if let Some(pointer) = &settings.name
        && !webhooks().any(|received| pointed_at(received, pointer).is_some())
    {
        problems.push(format!("no webhook has text at {pointer:?}"));
    }
    for problem in problems {
        let message = format!("`webhooks` in the settings is invalid: {problem}");
        let help = "Correct the entry, or remove it.";
        diagnostics.report(&codes::INVALID_WEBHOOK_SETTING, &Place::default(), message, help);
    }
}
