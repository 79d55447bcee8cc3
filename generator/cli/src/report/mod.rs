//! What changed between two documents, as it is told.

mod changelog;
mod json;
mod markdown;
mod text;
mod version;

use std::collections::BTreeMap;

use openapi_generator::Package;
use openapi_generator::api::Api;
use openapi_generator::diagnostics::Place;
use openapi_generator::diff::{Change, Changes, RustLevel, WireLevel, diff};
use openapi_generator::rust::Crate;

use crate::Failure;
use crate::load::Side;
pub use version::Version;

/// A comparison to be told.
#[derive(Debug)]
pub struct Report {
    /// The old document.
    pub old: Side,
    /// The new document.
    pub new: Side,
    /// What changed.
    pub changes: Changes,
    /// The crate's version and what is due; nothing if there is no crate.
    pub version: Option<Version>,
}

/// Compares two clients; what their packages are called doesn't matter.
fn compared(old: &Api, new: &Api) -> Changes {
    let krate = |api| Crate::new(api, Package::new("compared"));
    diff(&krate(old), &krate(new))
}

impl Report {
    /// Compares two documents.
    pub fn new(old: Side, new: Side) -> Result<Self, Failure> {
        let nothing = "no operation matches what is asked for, in either document";
        let mut changes = match (&old.api, &new.api) {
            (Some(old), Some(new)) => compared(old, new),
            (None, Some(new)) => compared(&without_operations(new), new),
            (Some(old), None) => compared(old, &without_operations(old)),
            (None, None) => return Err(Failure::Usage(nothing.to_owned())),
        };
        for change in &mut changes.list {
            change.old = change.old.as_ref().map(|place| old.origin(place));
            change.new = change.new.as_ref().map(|place| new.origin(place));
        }
        Ok(Self { old, new, changes, version: None })
    }

    /// The bump that is due; nothing if nothing changed.
    pub fn rust(&self) -> Option<RustLevel> {
        self.changes.rust()
    }

    /// The worst that the wire sees.
    pub fn wire(&self) -> Option<WireLevel> {
        self.changes.wire()
    }

    fn places(&self) -> Places<'_> {
        let list = &self.changes.list;
        Places {
            old: self.old.places(list.iter().filter_map(|change| change.old.as_ref())),
            new: self.new.places(list.iter().filter_map(|change| change.new.as_ref())),
        }
    }
}

/// The service without what it does.
fn without_operations(api: &Api) -> Api {
    Api { operations: Vec::new(), models: Vec::new(), features: Vec::new(), ..api.clone() }
}

/// The lines and columns of the changes' places.
struct Places<'r> {
    old: BTreeMap<&'r Place, (usize, usize)>,
    new: BTreeMap<&'r Place, (usize, usize)>,
}

/// Changes of one part that differ in direction alone.
struct Entry<'r> {
    changes: Vec<&'r Change>,
}

impl<'r> Entry<'r> {
    /// The changes in order, those of one kind and part as one entry.
    fn all(changes: impl Iterator<Item = &'r Change>) -> Vec<Self> {
        let mut entries: Vec<Self> = Vec::new();
        for change in changes {
            let same = |entry: &&mut Self| {
                let first = entry.first();
                std::ptr::eq(first.rule.kind(), change.rule.kind())
                    && first.subject == change.subject
                    && first.arguments == change.arguments
            };
            match entries.iter_mut().rev().take(8).find(same) {
                Some(entry) => entry.changes.push(change),
                None => entries.push(Self { changes: vec![change] }),
            }
        }
        entries
    }

    fn first(&self) -> &'r Change {
        self.changes[0]
    }

    fn wire(&self) -> WireLevel {
        self.changes.iter().map(|change| change.wire()).max().unwrap_or(WireLevel::Compatible)
    }
}
