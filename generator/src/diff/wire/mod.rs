//! The comparison of two clients on the wire. Each part is destructured with all of its fields, so that a new field
//! can't be forgotten.

mod bodies;
mod constraints;
mod events;
mod index;
mod keywords;
mod matching;
mod operations;
mod pairs;
mod reach;
mod relation;
mod replaced;
mod responses;
mod service;
mod settings;
mod styles;
mod types;
mod unions;
mod values;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rules::{self, Direction, Kind, Rule, Sides};
use super::{Change, Group, Origin, Part, RustLevel};
use crate::api::{Api, Docs, Operation};
use crate::diagnostics::Place;
use crate::rust::call;
use crate::source::document::Document;
pub(super) use pairs::Pairs;
use reach::Reach;

/// Compares two clients on the wire, and then what only their documents say.
pub(super) fn compare<'a>(
    (old, old_document): (&'a Api, &Document),
    (new, new_document): (&'a Api, &Document),
    pairs: &'a Pairs<'a>,
) -> Vec<Change> {
    let reach = (Reach::new(old, &pairs.old), Reach::new(new, &pairs.new));
    let mut comparison = Comparison { old, new, pairs, reach, replaced: BTreeSet::new(), list: Vec::new() };
    comparison.api();
    comparison.keywords(old_document, new_document);
    comparison.list
}

/// A comparison under way.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    pub(super) pairs: &'a Pairs<'a>,
    /// The types that each side sends and receives.
    reach: (Reach<'a>, Reach<'a>),
    /// The types that stand for others, and have been compared with them.
    replaced: BTreeSet<(&'a str, &'a str, Vec<Direction>)>,
    list: Vec<Change>,
}

/// A part that is compared: what it is, and where.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) subject: Origin,
    /// What a sentence calls it.
    pub(super) name: String,
    pub(super) directions: Vec<Direction>,
    pub(super) old: Option<Place>,
    pub(super) new: Option<Place>,
}

impl At {
    pub(super) fn new(group: &Group, part: Part, name: impl Into<String>) -> Self {
        let subject = Origin::new(group, part);
        Self { subject, name: name.into(), directions: Vec::new(), old: None, new: None }
    }

    pub(super) fn directions(mut self, directions: &[Direction]) -> Self {
        self.directions = directions.to_vec();
        self
    }

    pub(super) fn places<'p>(
        mut self,
        old: impl Into<Option<&'p Place>>,
        new: impl Into<Option<&'p Place>>,
    ) -> Self {
        self.old = old.into().cloned();
        self.new = new.into().cloned();
        self
    }

    /// The same place with another name.
    pub(super) fn called(&self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self.clone() }
    }
}

impl<'a> Comparison<'a> {
    /// Compares everything.
    fn api(&mut self) {
        let pairs = self.pairs;
        self.service();
        for operation in &pairs.removed {
            let at = operation_at(operation).places(&operation.place, None);
            self.report(&rules::OPERATION_REMOVED, &at, Some(call(operation)), None);
        }
        for operation in &pairs.added {
            let at = operation_at(operation).places(None, &operation.place);
            self.report(&rules::OPERATION_ADDED, &at, None, Some(call(operation)));
        }
        for (old, new) in &pairs.operations {
            self.operation(old, new);
        }
        self.events();
        for (old, new) in pairs.types() {
            self.type_definition(old, new);
        }
    }

    /// Reports a change, once for each direction that the part and the kind share.
    pub(super) fn report(
        &mut self,
        kind: &'static Kind,
        at: &At,
        before: Option<String>,
        after: Option<String>,
    ) {
        self.report_with(kind, at, before, after, &[]);
    }

    /// Likewise, with arguments for the wording besides name, before and after.
    pub(super) fn report_with(
        &mut self,
        kind: &'static Kind,
        at: &At,
        before: Option<String>,
        after: Option<String>,
        more: &[(&'static str, String)],
    ) {
        let none = || "none".to_owned();
        let mut arguments: BTreeMap<&'static str, String> = more.iter().cloned().collect();
        arguments.entry("name").or_insert_with(|| at.name.clone());
        arguments.insert("before", before.clone().unwrap_or_else(none));
        arguments.insert("after", after.clone().unwrap_or_else(none));
        let directions: Vec<Option<Direction>> = match kind.sides {
            Sides::Neither(_) => vec![None],
            _ => at.directions.iter().copied().map(Some).collect(),
        };
        for rule in directions.into_iter().filter_map(|direction| Rule::of(kind, direction)) {
            self.list.push(Change {
                rule,
                wire: rule.wire(),
                subject: at.subject.clone(),
                arguments: arguments.clone(),
                before: before.clone(),
                after: after.clone(),
                old: at.old.clone(),
                new: at.new.clone(),
                rust: RustLevel::Patch,
                items: Arc::default(),
            });
        }
    }

    /// Compares descriptions.
    pub(super) fn docs(&mut self, at: &At, old: &Docs, new: &Docs) {
        let text = |docs: &Docs| {
            let parts = [docs.summary.as_str(), docs.body.as_str()];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (!parts.is_empty()).then(|| parts.join("\n\n"))
        };
        if old != new {
            self.report(&rules::DESCRIPTION_CHANGED, at, text(old), text(new));
        }
    }

    /// Compares whether a part is deprecated.
    pub(super) fn deprecation(&mut self, at: &At, old: bool, new: bool) {
        match (old, new) {
            (false, true) => self.report(&rules::DEPRECATED, at, None, None),
            (true, false) => self.report(&rules::UNDEPRECATED, at, None, None),
            _ => {}
        }
    }
}

pub(super) fn operation_at(operation: &Operation) -> At {
    At::new(&Group::operation(operation), Part::Whole, call(operation))
}
