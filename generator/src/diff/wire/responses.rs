//! Responses: statuses, content and headers.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::essence;
use super::matching::{by_name, matching};
use super::operations::text_of;
use super::styles::style_words;
use super::values::Slot;
use super::{At, Comparison};
use super::{Origin, Part};
use crate::api::{EventData, Framing, Items, Parameter, Response, ResponseContent};
use crate::diff::rules::{self, Direction};
use crate::rust::status_word;

/// The successes and the failures of an operation.
type Responses<'a> = (&'a [Response], &'a [Response]);

impl Comparison<'_> {
    pub(super) fn responses(&mut self, at: &At, old: Responses<'_>, new: Responses<'_>) {
        let place = |response: &Response| {
            let word = status_word(response.status);
            let at = At {
                subject: Origin::new(&at.subject.group, Part::Response(response.status)),
                ..at.called(word).directions(&[Direction::Response])
            };
            (at, Some(status_word(response.status)))
        };
        for (old, new, added, removed) in [
            (old.0, new.0, &rules::SUCCESS_ADDED, &rules::SUCCESS_REMOVED),
            (old.1, new.1, &rules::FAILURE_ADDED, &rules::FAILURE_REMOVED),
        ] {
            let responses = matching(old, new, |response| response.status);
            for (response, other) in responses.old {
                let (at, word) = place(response);
                match other {
                    Some(other) => {
                        let at = at.places(&response.place, &other.place);
                        self.response(&at, response, other);
                    }
                    None => self.report(removed, &at.places(&response.place, None), word, None),
                }
            }
            for response in responses.added {
                let (at, word) = place(response);
                self.report(added, &at.places(None, &response.place), None, word);
            }
        }
    }

    fn response(&mut self, at: &At, old: &Response, new: &Response) {
        let Response { status: _, docs, content, alternatives, headers, place: _ } = old;
        self.docs(at, docs, &new.docs);
        match (content, &new.content) {
            (Some(old_content), Some(new_content)) => {
                self.preferred(at, old_content, new, new_content);
            }
            (None, Some(new)) => {
                self.report(&rules::CONTENT_ADDED, at, None, Some(new.media_type.clone()));
            }
            (Some(old), None) => {
                self.report(&rules::CONTENT_REMOVED, at, Some(old.media_type.clone()), None);
            }
            (None, None) => {}
        }
        self.unread(at, old, new);
        let (of_old, of_new) = (by_media_type(old), by_media_type(new));
        for own in alternatives {
            let at = at.called(own.media_type.clone());
            match of_new.get(&essence(&own.media_type)) {
                Some(other) => self.response_content(&at, own, other),
                None => self.report(&rules::FORM_REMOVED, &at, Some(own.media_type.clone()), None),
            }
        }
        for own in &new.alternatives {
            if of_old.contains_key(&essence(&own.media_type)) {
                continue;
            }
            let at = at.called(own.media_type.clone());
            self.report(&rules::FORM_ADDED, &at, None, Some(own.media_type.clone()));
        }
        self.headers(at, headers, &new.headers);
    }

    /// Compares the media types that the client never asks for.
    fn unread(&mut self, at: &At, old: &Response, new: &Response) {
        // What is read on the other side is told of there.
        let (old, new) = (MediaTypes::of(old), MediaTypes::of(new));
        for name in old.unread.into_iter().filter(|name| !new.all.contains(&essence(name))) {
            let at = at.called(name.clone());
            self.report(&rules::OTHER_MEDIA_TYPE_REMOVED, &at, Some(name.clone()), None);
        }
        for name in new.unread.into_iter().filter(|name| !old.all.contains(&essence(name))) {
            let at = at.called(name.clone());
            self.report(&rules::OTHER_MEDIA_TYPE_ADDED, &at, None, Some(name.clone()));
        }
    }

    /// The contents that are asked for unless callers ask for another.
    fn preferred(
        &mut self,
        at: &At,
        old_content: &ResponseContent,
        new: &Response,
        new_content: &ResponseContent,
    ) {
        let [before, after] = [old_content, new_content].map(|content| content.media_type.clone());
        if essence(&before) != essence(&after) {
            let gone = at.called(before.clone());
            self.report(&rules::MEDIA_TYPE_REMOVED, &gone, Some(before), None);
            let fresh = at.called(after.clone());
            self.report(&rules::MEDIA_TYPE_ADDED, &fresh, None, Some(after));
        }
        let mut contents = new.contents();
        let still = contents.find(|other| essence(&other.media_type) == essence(&old_content.media_type));
        self.response_content(&at.called("the body"), old_content, still.unwrap_or(new_content));
    }

    fn response_content(&mut self, at: &At, old: &ResponseContent, new: &ResponseContent) {
        // How the bytes become a value follows from the media type and the type.
        let ResponseContent { media_type, encoding: _, ty, xml, items, others: _ } = old;
        self.media_type_parameters(at, media_type, &new.media_type);
        self.xml_root(at, xml.as_deref(), new.xml.as_deref());
        self.value(at, Slot::of(ty, &[]), Slot::of(&new.ty, &[]));
        let (Some(old), Some(new)) = (items, &new.items) else { return };
        let Items { framing, ty, end } = old;
        let (before, after) = (item_words(framing, end.as_ref()), item_words(&new.framing, new.end.as_ref()));
        if before != after {
            self.report(&rules::ITEMS_CHANGED, at, Some(before), Some(after));
        }
        if let (Some(old), Some(new)) = (ty, &new.ty) {
            self.value(&at.called("an item"), Slot::of(old, &[]), Slot::of(new, &[]));
        }
    }

    pub(super) fn headers(&mut self, at: &At, old: &[Parameter], new: &[Parameter]) {
        let place = |header: &Parameter| At {
            subject: Origin::new(&at.subject.group, Part::Header(header.wire.clone())),
            ..at.called(format!("`{}`", header.wire))
        };
        let headers = matching(old, new, |header| header.wire.to_ascii_lowercase());
        for (header, other) in headers.old {
            let Some(other) = other else {
                let at = place(header).places(&header.place, None);
                self.report(&rules::HEADER_REMOVED, &at, Some(header.wire.clone()), None);
                continue;
            };
            let at = place(header).places(&header.place, &other.place);
            self.docs(&at, &header.docs, &other.docs);
            self.deprecation(&at, header.deprecated, other.deprecated);
            match (header.required, other.required) {
                (false, true) => self.report(&rules::HEADER_BECAME_REQUIRED, &at, None, None),
                (true, false) => self.report(&rules::HEADER_BECAME_OPTIONAL, &at, None, None),
                _ => {}
            }
            if self.is_written_otherwise(header, other) {
                let (before, after) = (Some(style_words(header)), Some(style_words(other)));
                self.report(&rules::HEADER_STYLE_CHANGED, &at, before, after);
            }
            // What a header obeys isn't checked, but is promised.
            let slot = Slot { text: text_of(other), ..Slot::of(&other.ty, &other.rules) };
            self.value(&at, Slot::of(&header.ty, &header.rules), slot);
        }
        for header in headers.added {
            let at = place(header).places(None, &header.place);
            self.report(&rules::HEADER_ADDED, &at, None, Some(header.wire.clone()));
        }
    }
}

/// What the client reads of a response, by media type.
fn by_media_type(response: &Response) -> BTreeMap<String, &ResponseContent> {
    by_name(response.contents(), |content| essence(&content.media_type))
}

/// The media types of a response.
struct MediaTypes<'r> {
    /// Those that the client never asks for.
    unread: Vec<&'r String>,
    /// All of them, without parameters.
    all: BTreeSet<String>,
}

impl<'r> MediaTypes<'r> {
    fn of(response: &'r Response) -> Self {
        let others = response.content.iter().flat_map(|content| &content.others);
        let mut all: BTreeSet<String> = by_media_type(response).into_keys().collect();
        let unread: Vec<&String> = others.clone().filter(|name| !all.contains(&essence(name))).collect();
        all.extend(others.map(|name| essence(name)));
        Self { unread, all }
    }
}

fn item_words(framing: &Framing, end: Option<&String>) -> String {
    let items = match framing {
        Framing::Lines => "lines".to_owned(),
        Framing::Sequence => "JSON texts".to_owned(),
        Framing::Events(EventData::Item) => "the data of events".to_owned(),
        Framing::Events(EventData::Text) => "events with text".to_owned(),
        Framing::Events(EventData::Json) => "events with JSON".to_owned(),
        Framing::Events(EventData::JsonExcept(names)) => {
            format!("events with JSON, but with text for {}", names.join(", "))
        }
    };
    end.map_or_else(|| items.clone(), |end| format!("{items} until {end:?}"))
}
