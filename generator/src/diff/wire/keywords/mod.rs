//! What two documents say of the same values that neither a type nor a check of the client expresses: both documents
//! are walked side by side from what the operations and events send, and the keywords of the schemas are compared.
//!
//! The client's types and checks are compared elsewhere. This is the net below them: a keyword that differs is told
//! here unless it is told there.

mod assertions;
mod members;
mod schemas;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::bodies::essence;
use super::matching::by_name;
use super::{At, Comparison, operation_at};
use crate::api::Event;
use crate::diagnostics::Place;
use crate::diff::rules::{self, Direction};
use crate::diff::{Group, Part};
use crate::plan::status;
use crate::rust::status_word;
use crate::source::document::{Document, Location, MediaType, Operation, Parameter, Response, SchemaId};

/// Two documents that are walked side by side.
struct Walk<'c, 'a> {
    comparison: &'c mut Comparison<'a>,
    old: &'c Document,
    new: &'c Document,
    /// The names of the new client's types, by where they are defined.
    types: BTreeMap<&'a Place, &'a str>,
    /// What the comparison of the clients has told: the names of kinds of changes, with where the old value is.
    told: BTreeSet<(&'static str, Place)>,
    seen: BTreeSet<(SchemaId, SchemaId, bool)>,
    /// The schemas that wait to be compared.
    queue: Vec<(Here, SchemaId, SchemaId)>,
}

/// A value that both documents describe.
#[derive(Clone)]
struct Here {
    at: At,
    /// The places in the old document that lead here, from the part of the operation or the type that is told of.
    trail: Vec<Place>,
    /// The trail up to the type, if the value is the type's.
    outer: Vec<Place>,
    /// Whether no type of the client stands for the value, so that nothing else compares it.
    is_untyped: bool,
}

impl Here {
    fn new(at: At, trail: &[Option<Place>]) -> Self {
        let trail = trail.iter().chain([&at.old]).flatten().cloned().collect();
        Self { at, trail, outer: Vec::new(), is_untyped: false }
    }

    /// A part of the value.
    fn called(&self, name: impl Into<String>) -> Self {
        Self { at: self.at.called(name), ..self.clone() }
    }
}

impl Comparison<'_> {
    /// Compares what only the documents say.
    pub(super) fn keywords(&mut self, old: &Document, new: &Document) {
        let models = self.new.models.iter().flat_map(|model| &model.types);
        let types = models.map(|definition| (&definition.place, definition.name.as_str())).collect();
        let told = self.list.iter().filter_map(|change| {
            Some((change.rule.kind().name, change.old.clone().or_else(|| change.new.clone())?))
        });
        let told = told.collect();
        let operations = self.pairs.operations.clone();
        let mut walk =
            Walk { comparison: self, old, new, types, told, seen: BTreeSet::new(), queue: Vec::new() };
        let [of_old, of_new] = [old, new].map(|document| by_place(&document.operations));
        for (one, other) in operations {
            let (Some(from), Some(to)) = (of_old.get(&one.place), of_new.get(&other.place)) else { continue };
            walk.operation(&operation_at(other), from, to);
        }
        walk.security();
        walk.events();
        while let Some((here, old, new)) = walk.queue.pop() {
            walk.schemas(&here, old, new);
        }
    }
}

impl Walk<'_, '_> {
    fn operation(&mut self, at: &At, old: &Operation, new: &Operation) {
        let at = at.clone().places(&old.place, &new.place);
        self.certificates(&at, old, new);
        self.parameters(&at, old, new);
        if let (Some(from), Some(to)) = (&old.request_body, &new.request_body) {
            let at = part(&at, Part::Body, "the body", Direction::Request);
            self.content(&at, &from.content, &to.content);
        }
        for response in &old.responses {
            let same = new.responses.iter().find(|other| other.status == response.status);
            let Some(same) = same else { continue };
            let status = status(same);
            let at = part(&at, Part::Response(status), &status_word(status), Direction::Response);
            self.response(&at.places(&response.place, &same.place), response, same);
        }
    }

    fn parameters(&mut self, at: &At, old: &Operation, new: &Operation) {
        for parameter in &old.parameters {
            let is_same = |other: &&Parameter| {
                other.location == parameter.location
                    && (other.name == parameter.name
                        || other.location == Location::Header
                            && other.name.eq_ignore_ascii_case(&parameter.name))
            };
            let Some(same) = new.parameters.iter().find(is_same) else { continue };
            let own = Part::Parameter(same.location, same.name.clone());
            let at = part(at, own, &format!("`{}`", same.name), Direction::Request);
            let here = Here::new(at.places(&parameter.place, &same.place), &[]);
            self.written(&here, parameter, same);
            self.value(&here, parameter.schema, same.schema);
        }
    }

    fn response(&mut self, at: &At, old: &Response, new: &Response) {
        for header in &old.headers {
            let same = new.headers.iter().find(|other| other.name.eq_ignore_ascii_case(&header.name));
            let Some(same) = same else { continue };
            let at =
                part(at, Part::Header(same.name.clone()), &format!("`{}`", same.name), Direction::Response);
            let here = Here::new(at.places(&header.place, &same.place), &[]);
            self.written(&here, header, same);
            self.value(&here, header.schema, same.schema);
        }
        self.content(at, &old.content, &new.content);
        if old.links != new.links {
            let text = |links: &Option<Box<Value>>| links.as_ref().map(|links| links.to_string());
            self.comparison.report(&rules::LINKS_CHANGED, at, text(&old.links), text(&new.links));
        }
    }

    fn content(&mut self, at: &At, old: &[MediaType], new: &[MediaType]) {
        let of_new = by_name(new, |one| essence(&one.name));
        for one in old {
            let Some(same) = of_new.get(&essence(&one.name)) else { continue };
            let above = [at.old.clone()];
            let at = at.clone().places(&one.place, &same.place);
            let here = Here::new(at, &above);
            self.value(&here, one.schema, same.schema);
            self.value(&here.called("an item"), one.item_schema, same.item_schema);
            self.encodings(&here.at, one, same);
        }
    }

    fn value(&mut self, here: &Here, old: Option<SchemaId>, new: Option<SchemaId>) {
        if let (Some(old), Some(new)) = (old, new) {
            self.queue.push((here.clone(), old, new));
        }
    }

    /// What the service sends is received as a response is, and what it is answered is sent as a request is.
    fn events(&mut self) {
        let comparison = &*self.comparison;
        let mut pairs: Vec<(At, bool, Place, Place)> = Vec::new();
        for events in &comparison.old.events {
            let Some(others) = super::events::find(&comparison.new.events, events) else { continue };
            let group = Group::events(others);
            for Event { name, place, .. } in &events.events {
                let Some(same) = others.events.iter().find(|other| other.name == *name) else { continue };
                let at = At::new(&group, Part::Event(same.name.clone()), same.name.clone());
                pairs.push((at, events.are_webhooks(), place.clone(), same.place.clone()));
            }
        }
        let [old, new] = [self.old, self.new]
            .map(|document| by_place(document.received.iter().map(|received| &received.request)));
        for (at, is_webhook, from, to) in pairs {
            let (Some(from), Some(to)) = (old.get(&from), new.get(&to)) else { continue };
            let at = at.places(&from.place, &to.place);
            // That of a callback is in its address.
            if is_webhook && from.method != to.method {
                let [before, after] = [from, to].map(|one| Some(one.method.clone()));
                self.comparison.report(&rules::EVENT_ADDRESS_CHANGED, &at, before, after);
            }
            self.received_headers(&at, from, to);
            self.received_security(&at, from, to);
            if let (Some(old), Some(new)) = (&from.request_body, &to.request_body) {
                self.content(&at.clone().directions(&[Direction::Response]), &old.content, &new.content);
            }
            for answer in &from.responses {
                let Some(same) = to.responses.iter().find(|other| other.status == answer.status) else {
                    continue;
                };
                self.content(&at.clone().directions(&[Direction::Request]), &answer.content, &same.content);
            }
        }
    }
}

/// The operations by where they are.
fn by_place<'d>(operations: impl IntoIterator<Item = &'d Operation>) -> BTreeMap<&'d Place, &'d Operation> {
    operations.into_iter().map(|operation| (&operation.place, operation)).collect()
}

/// A part of what `at` is.
fn part(at: &At, part: Part, name: &str, direction: Direction) -> At {
    let mut at = at.called(name).directions(&[direction]);
    at.subject.part = part;
    at
}
