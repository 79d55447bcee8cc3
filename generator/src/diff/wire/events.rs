//! Events: what the service sends. It arrives like a response does, and has the rules of one.

use super::bodies::essence;
use super::values::Slot;
use super::{At, Comparison};
use crate::api::{Answer, ByPayload, Event, Events, Payload};
use crate::diff::rules::{self, Direction};
use crate::diff::{Group, Part};
use crate::rust::status_word;

impl Comparison<'_> {
    pub(super) fn events(&mut self) {
        let (old, new) = (&self.old.events, &self.new.events);
        for events in old {
            match find(new, events) {
                Some(other) => self.same_events(events, other),
                None => self.gone_and_fresh(&events.events, &[], &Group::events(events)),
            }
        }
        for events in new.iter().filter(|events| find(old, events).is_none()) {
            self.gone_and_fresh(&[], &events.events, &Group::events(events));
        }
    }

    fn same_events(&mut self, old: &Events, new: &Events) {
        let Events {
            // Which operations ask for a callback shows in these.
            asked_by: _,
            name: _,
            words: _,
            // Names in Rust are compared with the crate's items.
            type_name: _,
            header,
            by_payload,
            headers,
            events,
            unknown: _,
        } = old;
        let group = Group::events(new);
        let whole = At::new(&group, Part::Whole, group.to_string()).directions(&[Direction::Response]);
        let words = |header: &Option<String>, by_payload: &ByPayload| {
            let by_header = header.as_ref().map(|header| format!("by the header {header}"));
            let by_payload = match by_payload {
                ByPayload::Property(property) => Some(format!("by the property {property}")),
                ByPayload::No | ByPayload::Only => None,
            };
            let words: Vec<String> = by_header.into_iter().chain(by_payload).collect();
            if words.is_empty() { "by name".to_owned() } else { words.join(" or ") }
        };
        let (before, after) = (words(header, by_payload), words(&new.header, &new.by_payload));
        if before != after {
            self.report(&rules::EVENT_RECOGNITION_CHANGED, &whole, Some(before), Some(after));
        }
        self.headers(&whole, headers, &new.headers);
        self.gone_and_fresh(events, &new.events, &group);
        for event in events {
            let same = new.events.iter().find(|other| other.name == event.name);
            same.into_iter().for_each(|other| self.event(&group, event, other));
        }
    }

    fn gone_and_fresh(&mut self, old: &[Event], new: &[Event], group: &Group) {
        let at = |event: &Event| At::new(group, Part::Event(event.name.clone()), event.name.clone());
        let has = |list: &[Event], event: &Event| list.iter().any(|other| other.name == event.name);
        for event in old.iter().filter(|event| !has(new, event)) {
            let at = at(event).places(&event.place, None);
            self.report(&rules::EVENT_REMOVED, &at, Some(event.name.clone()), None);
        }
        for event in new.iter().filter(|event| !has(old, event)) {
            let at = at(event).places(None, &event.place);
            self.report(&rules::EVENT_ADDED, &at, None, Some(event.name.clone()));
        }
    }

    fn event(&mut self, group: &Group, old: &Event, new: &Event) {
        let Event {
            variant: _,
            words: _,
            types_key: _,
            name: _,
            tags,
            addresses,
            docs,
            deprecated,
            payload,
            answers,
            place,
        } = old;
        let at = At::new(group, Part::Event(new.name.clone()), new.name.clone()).places(place, &new.place);
        self.docs(&at, docs, &new.docs);
        self.deprecation(&at, *deprecated, new.deprecated);
        let words =
            |list: &[String], none: &str| if list.is_empty() { none.to_owned() } else { list.join(", ") };
        let both_have_tags = !tags.is_empty() && !new.tags.is_empty();
        if both_have_tags && *tags != new.tags {
            let words = |tags: &[String]| Some(format!("by {}", tags.join(", ")));
            self.report(&rules::EVENT_RECOGNITION_CHANGED, &at, words(tags), words(&new.tags));
        }
        let (before, after) = (words(addresses, "none"), words(&new.addresses, "none"));
        if before != after {
            self.report(&rules::EVENT_ADDRESS_CHANGED, &at, Some(before), Some(after));
        }
        self.payload(&at.clone().directions(&[Direction::Response]), payload.as_ref(), new.payload.as_ref());
        self.answers(&at.directions(&[Direction::Request]), answers, &new.answers);
    }

    fn payload(&mut self, at: &At, old: Option<&Payload>, new: Option<&Payload>) {
        let words = |payload: Option<&Payload>| {
            // How the bytes become a value follows from the media type.
            payload.map(|Payload { media_type, encoding: _, ty: _, xml: _ }| essence(media_type))
        };
        let (before, after) = (words(old), words(new));
        if before != after {
            let none = || Some("none".to_owned());
            self.report(&rules::EVENT_PAYLOAD_CHANGED, at, before.or_else(none), after.or_else(none));
        } else if let (Some(old), Some(new)) = (old, new) {
            let at = at.called("the payload");
            self.xml_root(&at, old.xml.as_deref(), new.xml.as_deref());
            self.value(&at, Slot::of(&old.ty, &[]), Slot::of(&new.ty, &[]));
        }
    }

    fn answers(&mut self, at: &At, old: &[Answer], new: &[Answer]) {
        let words = |answers: &[Answer]| {
            let each = answers.iter().map(|Answer { status, docs: _, media_type, ty: _, headers }| {
                let content = media_type.as_ref().map(|media_type| format!(" in {media_type}"));
                let headers: String = headers.iter().map(|header| format!(" with {header}")).collect();
                format!("{}{}{headers}", status_word(*status), content.unwrap_or_default())
            });
            let words: Vec<String> = each.collect();
            if words.is_empty() { "anything".to_owned() } else { words.join(", ") }
        };
        let (before, after) = (words(old), words(new));
        if before != after {
            self.report(&rules::EVENT_ANSWERS_CHANGED, at, Some(before), Some(after));
        }
        for answer in old {
            let Some(other) = new.iter().find(|other| other.status == answer.status) else { continue };
            let at = at.called(status_word(answer.status));
            self.docs(&at, &answer.docs, &other.docs);
            if let (Some(old), Some(new)) = (&answer.ty, &other.ty) {
                self.value(&at.called("the answer"), Slot::of(old, &[]), Slot::of(new, &[]));
            }
        }
    }
}

/// The events of the list that stand for the same.
pub(super) fn find<'a>(list: &'a [Events], events: &Events) -> Option<&'a Events> {
    let is_same =
        |other: &&Events| (other.are_webhooks(), &other.words) == (events.are_webhooks(), &events.words);
    list.iter().find(is_same)
}
