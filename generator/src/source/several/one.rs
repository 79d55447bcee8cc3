//! A document among several, and how what is in it is told from what is in others.

use std::sync::Arc;

use crate::source::document::Document;
use crate::text::{Origins, Place};

/// A document that was read, with the name that tells what is in it from what is in others.
pub(super) struct One {
    pub document: Document,
    pub name: String,
}

/// How places are told.
pub(super) struct Telling {
    /// What the first document's file is called.
    pub first: String,
    pub origins: Arc<Origins>,
}

impl Telling {
    /// The place in words.
    pub(super) fn told(&self, place: &Place) -> String {
        let place = self.origins.of(place);
        let file = if place.file.is_empty() { &*self.first } else { &place.file };
        format!("{file}#{}", place.pointer)
    }
}

/// `name`, or else it with the first number that makes it free.
pub(super) fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}
