//! Two [`Crate`]s to [`Changes`]: what changed, on the wire and for Rust callers.
//!
//! The wire is compared part by part: operations by method and path, types by where they are used, properties by
//! their name on the wire. Rust callers see the public items of the crate, which are compared as such: each item
//! that differs is listed under the change of the part that it is made from, or is a change of its own.

pub mod rules;
mod rust;
mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::Place;
use crate::rust::Crate;
pub use crate::rust::{Group, Origin, Part};
use crate::source::document::Document;
pub use rules::{Direction, Rule, RustLevel, WireLevel};

/// What changed between two documents, sorted by group, part and rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The changes.
    pub list: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What kind of change it is, and in which direction.
    pub rule: Rule,
    /// What changed.
    pub subject: Origin,
    /// The arguments of the rule's wording, by name.
    pub arguments: BTreeMap<&'static str, String>,
    /// The old value; `None` if there was none.
    pub before: Option<String>,
    /// The new value; `None` if there is none.
    pub after: Option<String>,
    /// Where it is in the old document.
    pub old: Option<Place>,
    /// Where it is in the new document.
    pub new: Option<Place>,
    /// What it means on the wire: the rule's level.
    pub wire: WireLevel,
    /// What it means for Rust callers: at most the rule's level.
    pub rust: RustLevel,
    /// The public items of the generated crate that it changes. Changes of one part share them.
    pub items: Arc<[ItemLine]>,
}

/// A public item of the generated crate that a change affects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemLine {
    /// What it means for callers.
    pub level: RustLevel,
    /// The item's path.
    pub path: String,
    /// The old signature; `None` if it is new.
    pub before: Option<String>,
    /// The new signature; `None` if it is gone.
    pub after: Option<String>,
}

impl Change {
    /// What it means on the wire.
    pub fn wire(&self) -> WireLevel {
        self.wire
    }

    /// The change in a sentence without a full stop.
    pub fn message(&self) -> String {
        self.rule.wording(&self.arguments)
    }

    /// The sentence for several changes that differ in names alone.
    pub fn message_of_many(&self) -> String {
        let mut arguments = self.arguments.clone();
        for name in ["name", "function"] {
            arguments.insert(name, rules::ANY.to_owned());
        }
        self.rule.wording(&arguments)
    }
}

impl Changes {
    /// The most severe level on the wire; `None` without changes.
    pub fn wire(&self) -> Option<WireLevel> {
        self.list.iter().map(Change::wire).max()
    }

    /// The semver bump that is due; `None` without changes.
    pub fn rust(&self) -> Option<RustLevel> {
        self.list.iter().map(|change| change.rust).max()
    }
}

/// A client that is compared with another.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The document.
    pub document: &'a Document,
    /// The crate that is made from it.
    pub krate: &'a Crate<'a>,
}

/// Compares two clients.
pub fn diff(old: Side<'_>, new: Side<'_>) -> Changes {
    let (documents, old, new) = ((old.document, new.document), old.krate, new.krate);
    let pairs = wire::Pairs::new(old.api, new.api);
    let (mut list, items) = rayon::join(
        || wire::compare((old.api, documents.0), (new.api, documents.1), &pairs),
        || rust::compare(old, new, &pairs),
    );
    rust::attribute(&mut list, items);
    list.sort_by(|a, b| key(a).cmp(&key(b)));
    Changes { list }
}

fn key(change: &Change) -> impl Ord + '_ {
    let worst = std::cmp::Reverse((change.rust, change.wire()));
    (&change.subject, worst, change.rule.id(), &change.before, &change.after)
}
