//! Contents that are sequences of items: what an item is, and how it is written.

use super::Planner;
use super::media_types::{Sequence, is_json, is_string, sequence};
use super::schemas::is_anything;
use crate::api::{self, EventData, Framing, Items, Rule, TypeRef, inner_key};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::Settings;
use crate::source::document::{Document, MediaType, Operation, Schema, SchemaId, Type};

/// The members of a server-sent event, where a schema describes it as an object (OpenAPI 3.2, "Server-Sent Event Streams").
const EVENT: [&str; 4] = ["event", "data", "id", "retry"];

/// How deep alternatives of events may be nested.
const MAX_DEPTH: usize = 16;

/// How many alternatives of events there may be.
const MAX_EVENTS: usize = 4096;

/// Makes the content of an event's data its schema, where that is JSON in a string (`contentSchema`): items have the
/// value, not its text.
pub(super) fn open_data(document: &mut Document) {
    let responses = document.operations.iter().flat_map(|operation| &operation.responses);
    let contents = responses.flat_map(|response| &response.content);
    let events = contents.filter(|media_type| sequence(&media_type.name) == Some(Sequence::Events));
    let items: Vec<(SchemaId, bool)> = events.filter_map(|media_type| item(document, media_type)).collect();
    for (id, of_item) in items {
        for kind in kinds_of_events(document, id, of_item).unwrap_or_default() {
            let data = document.schemas[kind].properties.get("data").copied();
            if let Some(content) = data.and_then(|data| content_of(document, data)) {
                document.schemas[kind].properties.insert("data".to_owned(), content);
            }
        }
    }
}

/// Says which of the settings for streams have no effect.
pub(super) fn check(operations: &[api::Operation], settings: &Settings, diagnostics: &mut Diagnostics) {
    let mut tell = |name: &str, lacking: &str| {
        let message = format!("`streams.{name}` in the settings has no effect: {lacking}");
        let help = "Compare it with the document, or remove the entry.";
        let place = settings.place(&["streams", name]);
        diagnostics.report(&codes::UNUSED_SETTING, &place, message, help);
    };
    if settings.streams.end.is_some() && !operations.iter().any(api::Operation::streams) {
        tell("end", "no operation streams");
    }
    if let Some(flag) = &settings.streams.flag
        && operations.iter().all(|operation| operation.stream_flag.is_none())
    {
        tell("flag", &format!("no operation that streams has the boolean property `{flag}` in its body"));
    }
}

impl Planner<'_> {
    /// The items of the content, if it is a sequence.
    pub(super) fn items(&mut self, media_type: &MediaType, owner: &str) -> Option<Items> {
        let sequence = sequence(&media_type.name)?;
        let item = item(self.document, media_type);
        let (framing, item) = match (sequence, item) {
            (Sequence::Lines, item) => (Framing::Lines, item.map(|(id, _)| id)),
            (Sequence::Records, item) => (Framing::Sequence, item.map(|(id, _)| id)),
            (Sequence::Events, None) => (Framing::Events(EventData::Text), None),
            (Sequence::Events, Some((id, of_item))) => {
                let (data, id) = self.event_data(id, of_item);
                (Framing::Events(data), id)
            }
        };
        let want = inner_key(owner, if sequence == Sequence::Events { "Event" } else { "Item" });
        let ty = match item {
            Some(id) => Some(self.use_of(id, &want, 0).with_null()),
            None if sequence == Sequence::Events => None,
            None => Some(TypeRef::Json),
        };
        Some(Items { framing, ty, end: self.settings.streams.end.clone() })
    }

    /// Says that `itemSchema` is ignored where the content isn't a sequence.
    pub(super) fn check_item_schema(&mut self, media_type: &MediaType) {
        if media_type.item_schema.is_some() && sequence(&media_type.name).is_none() {
            let message = format!("`itemSchema` is ignored: {} isn't read item by item", media_type.name);
            let help = "Use `schema`, or a sequence such as `application/jsonl`.";
            let place = media_type.place.child("itemSchema");
            self.diagnostics.report(&codes::UNUSED_ITEM_SCHEMA, &place, message, help);
        }
    }

    /// How a request's body is written item by item, and the schema of an item, if the document says that it is one.
    pub(super) fn sent_items(&self, media_type: &MediaType) -> Option<(Framing, SchemaId)> {
        let framing = match sequence(&media_type.name)? {
            Sequence::Lines => Framing::Lines,
            Sequence::Records => Framing::Sequence,
            Sequence::Events => return None,
        };
        let (id, of_item) = item(self.document, media_type)?;
        of_item.then_some((framing, id))
    }

    /// The list of items that a request's body is, and what they obey.
    pub(super) fn item_list(&mut self, media_type: &MediaType, want: &str) -> (TypeRef, Vec<Rule>) {
        let Some((_, id)) = self.sent_items(media_type) else { return (TypeRef::Body, Vec::new()) };
        let used = self.use_of(id, &inner_key(want, "Item"), 0);
        let rules = if used.rules.is_empty() { Vec::new() } else { vec![Rule::Items(used.rules.clone())] };
        (TypeRef::List(Box::new(used.with_null())), rules)
    }

    /// What the data of events is, and the schema of an item; `None` if that is an event as it is.
    fn event_data(&self, id: SchemaId, of_item: bool) -> (EventData, Option<SchemaId>) {
        let document = self.document;
        if let Some(kinds) = kinds_of_events(document, id, of_item) {
            return (data_of(document, &kinds), Some(id));
        }
        if let Some(content) = content_of(document, id) {
            return (EventData::Item, Some(content));
        }
        let schema = self.schema_behind(id);
        if is_string(schema) || is_anything(schema) {
            return (EventData::Text, None);
        }
        (EventData::Item, Some(id))
    }

    /// The boolean property of the operation's body that asks for a stream, if the settings name one.
    pub(super) fn stream_flag(&self, operation: &Operation) -> Option<String> {
        let name = self.settings.streams.flag.as_ref()?;
        let body = operation.request_body.as_ref()?;
        let json = body.content.iter().find(|media_type| is_json(&media_type.name))?;
        let flag = self.schema_of(json)?.properties.get(name)?;
        let is_flag = |schema: &Schema| {
            schema.types.contains(&Type::Boolean)
                && schema.types.iter().all(|kind| matches!(kind, Type::Boolean | Type::Null))
                && schema.values.is_empty()
        };
        is_flag(self.schema_behind(*flag)).then(|| name.clone())
    }
}

/// The schema of an item, and whether the document means it as such: `schema` describes all items as an array (OpenAPI
/// 3.2, "Sequential Media Types"), or else it is the only schema that there is.
fn item(document: &Document, media_type: &MediaType) -> Option<(SchemaId, bool)> {
    if let Some(id) = media_type.item_schema {
        return Some((id, true));
    }
    let id = media_type.schema?;
    let schema = &document.schemas[behind(document, id)];
    match schema.items {
        Some(items) if schema.types.is_empty() || schema.types == [Type::Array] => Some((items, true)),
        _ => Some((id, false)),
    }
}

/// The schemas of the kinds of events, if the schema `id` describes events as objects. Where it isn't plainly meant for
/// items, it must have both the type and the data, since an object may well have a property `data` or `id`.
fn kinds_of_events(document: &Document, id: SchemaId, of_item: bool) -> Option<Vec<SchemaId>> {
    let mut kinds = Vec::new();
    let mut waiting = vec![(id, 0)];
    while let Some((id, depth)) = waiting.pop() {
        let id = behind(document, id);
        let schema = &document.schemas[id];
        if depth > MAX_DEPTH || kinds.len() > MAX_EVENTS {
            return None;
        }
        let alternatives = schema.one_of.iter().chain(&schema.any_of);
        let alternatives: Vec<_> = alternatives.rev().map(|id| (*id, depth + 1)).collect();
        if !alternatives.is_empty() {
            waiting.extend(alternatives);
            continue;
        }
        let has = |name: &str| schema.properties.contains_key(name);
        let is_told = if of_item { has("event") || has("data") } else { has("event") && has("data") };
        if !is_told || !schema.properties.keys().all(|name| EVENT.contains(&name.as_str())) {
            return None;
        }
        kinds.push(id);
    }
    Some(kinds)
}

/// What the data of events of these kinds is.
fn data_of(document: &Document, kinds: &[SchemaId]) -> EventData {
    let is_text = |kind: &&SchemaId| {
        let data = document.schemas[**kind].properties.get("data");
        data.is_none_or(|data| {
            let schema = &document.schemas[behind(document, *data)];
            is_string(schema) || is_anything(schema)
        })
    };
    let (text, json): (Vec<&SchemaId>, Vec<&SchemaId>) = kinds.iter().partition(is_text);
    if json.is_empty() {
        return EventData::Text;
    }
    if text.is_empty() {
        return EventData::Json;
    }
    let names = text.into_iter().filter_map(|kind| {
        let name = document.schemas[*kind].properties.get("event")?;
        let values = &document.schemas[behind(document, *name)].values;
        Some(values.iter().filter_map(|value| value.as_str().map(str::to_owned)))
    });
    EventData::JsonExcept(names.flatten().collect())
}

/// The schema of the JSON in a string, if the schema `id` says so. What is a string itself stays text.
fn content_of(document: &Document, id: SchemaId) -> Option<SchemaId> {
    let schema = &document.schemas[behind(document, id)];
    let content = schema.content_schema?;
    let is_json = schema.content_media_type.as_deref().is_none_or(is_json);
    let held = &document.schemas[behind(document, content)];
    let is_value = is_json && schema.content_encoding.is_none() && !is_string(held) && !is_anything(held);
    is_value.then_some(content)
}

/// The schema that `id` finally refers to.
fn behind(document: &Document, mut id: SchemaId) -> SchemaId {
    for _ in 0..MAX_DEPTH {
        match document.schemas[id].reference {
            Some(target) => id = target,
            None => break,
        }
    }
    id
}
