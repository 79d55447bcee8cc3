//! Walks a document's values, resolves references, and reports every problem on the way.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;

use super::at::At;
use super::document::{Examples, Operation, Received, SchemaId, Schemas};
use super::files::{Files, Unusable};
use super::schema_ids::SchemaIds;
use crate::diagnostics::{Diagnostics, codes};
use crate::text::{Place, escape, most_like};

/// The longest chain of references that is followed.
pub(super) const MAX_HOPS: usize = 64;

/// The number of dangling references of a part for which a similar name is suggested.
const MAX_SUGGESTIONS: usize = 10;

/// The members of `components`.
pub(super) const SECTIONS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
];

/// The member of `components` that OpenAPI 3.2 adds.
pub(super) const MEDIA_TYPES: &str = "mediaTypes";

/// The references that stand where OpenAPI allows none, by what they stand in place of.
pub(super) type Misplaced = IndexMap<String, IndexSet<Place>>;

/// Where members are that nothing uses, by the name of the member and what has it.
pub(super) type Unused = IndexMap<(&'static str, &'static str), IndexSet<Place>>;

/// Where the schemes are that requirements name by a URI, by where they are as a text, which is their name at first.
pub(super) type ForeignSchemes = BTreeMap<String, Place>;

/// What the walk has found so far.
pub(super) struct Reader<'a> {
    pub files: &'a Files,
    pub diagnostics: Diagnostics,
    pub schema_ids: SchemaIds<'a>,
    /// All schemas, once they are read.
    pub schemas: Schemas,
    /// The schemas of other files that something refers to.
    pub of_other_files: Vec<SchemaId>,
    /// The schemas whose mapping another one borrows, and where it says so.
    pub borrowed_mappings: Vec<(Place, SchemaId)>,
    /// The references that stand where OpenAPI allows none.
    pub misplaced: Misplaced,
    /// The security schemes of other files.
    pub foreign_schemes: ForeignSchemes,
    /// What nothing uses.
    pub unused: Unused,
    /// The requests that the service sends.
    pub received: Vec<Received>,
    /// What was reported about schemas that have errors.
    pub faults: Vec<(SchemaId, Diagnostics)>,
    /// Whether to go on without the operations that have errors.
    pub keep_going: bool,
    /// The examples, if they are wanted.
    pub found_examples: Option<Examples>,
    /// How many dangling references there were.
    suggestions: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(files: &'a Files, keep_going: bool) -> Self {
        Self {
            files,
            diagnostics: Diagnostics::default(),
            schema_ids: SchemaIds::default(),
            schemas: Schemas::default(),
            of_other_files: Vec::new(),
            borrowed_mappings: Vec::new(),
            misplaced: Misplaced::default(),
            foreign_schemes: ForeignSchemes::default(),
            unused: Unused::default(),
            received: Vec::new(),
            faults: Vec::new(),
            keep_going,
            found_examples: None,
            suggestions: 0,
        }
    }

    /// A reader for a part of the document, which reads the schemas `waiting`.
    pub(super) fn part(&self, waiting: &[(SchemaId, At<'a>)]) -> Self {
        Self {
            schema_ids: self.schema_ids.part(waiting),
            found_examples: self.found_examples.as_ref().map(|_| Examples::default()),
            ..Self::new(self.files, self.keep_going)
        }
    }

    /// Joins what the readers of parts have found, and returns the operations of all parts.
    pub(super) fn take(&mut self, mut parts: Vec<(Self, Vec<Operation>)>) -> Vec<Operation> {
        let renumbered: Vec<_> =
            parts.iter().map(|(part, _)| self.schema_ids.renumbered(&part.schema_ids)).collect();
        parts.par_iter_mut().zip(&renumbered).for_each(|((part, operations), ids)| {
            let received = part.received.iter_mut().map(|received| &mut received.request);
            ids.apply(&mut part.schema_ids, operations.iter_mut().chain(received));
        });
        let mut all = Vec::new();
        for ((part, mut operations), ids) in parts.into_iter().zip(&renumbered) {
            self.schema_ids.take(part.schema_ids, ids);
            self.of_other_files.extend(part.of_other_files.into_iter().map(|id| ids.of(id)));
            let borrowed = part.borrowed_mappings.into_iter().map(|(place, id)| (place, ids.of(id)));
            self.borrowed_mappings.extend(borrowed);
            self.diagnostics.extend(part.diagnostics);
            self.received.extend(part.received);
            self.faults.extend(part.faults.into_iter().map(|(id, found)| (ids.of(id), found)));
            for (what, places) in part.misplaced {
                self.misplaced.entry(what).or_default().extend(places);
            }
            self.foreign_schemes.extend(part.foreign_schemes);
            if let (Some(found), Some(of_part)) = (&mut self.found_examples, part.found_examples) {
                found.join(of_part);
            }
            for (what, places) in part.unused {
                self.unused.entry(what).or_default().extend(places);
            }
            all.append(&mut operations);
        }
        self.schemas = std::mem::take(&mut self.schema_ids).finish();
        all
    }

    /// What `at` refers to through any number of hops, if it is a Reference Object; otherwise `at` itself. It must be of
    /// the kind that `section` of the components contains.
    pub(super) fn follow(&mut self, at: At<'a>, section: &str) -> Option<At<'a>> {
        self.hops(at, section)?.pop()
    }

    /// `at` and, while that is a Reference Object, what it refers to. The last one isn't a Reference Object.
    pub(super) fn hops(&mut self, at: At<'a>, section: &str) -> Option<Vec<At<'a>>> {
        let start = at.place.clone();
        let mut hops = vec![at];
        while let Some(current) = hops.last() {
            let Some(reference) = current.get("$ref") else { return Some(hops) };
            if hops.len() > MAX_HOPS {
                self.circle(&start);
                return None;
            }
            // A path item adds to what it refers to.
            if section != "pathItems" {
                self.only_reference(&hops[hops.len() - 1].clone());
            }
            hops.push(self.target(&reference, section)?);
        }
        None
    }

    /// Reports that the reference at `place` leads back to itself.
    pub(super) fn circle(&mut self, place: &Place) {
        let help = "Replace one of the references with a definition.";
        let message = "the reference leads back to itself";
        self.diagnostics.report(&codes::CIRCULAR_REFERENCE, place, message, help);
    }

    /// The target of `reference`, the value of a `$ref`. It must be of the kind that `section` of the components contains.
    pub(super) fn target(&mut self, reference: &At<'_>, section: &str) -> Option<At<'a>> {
        let Some(text) = reference.value.as_str() else {
            self.wrong_type(&reference.place, "a string");
            return None;
        };
        self.target_of(&reference.place, text, section)
    }

    /// The target of the reference `text` at `place`. It may be of any kind if `section` is empty.
    pub(super) fn target_of(&mut self, place: &Place, text: &str, section: &str) -> Option<At<'a>> {
        let target = self.files.resolve(place, text);
        match self.files.why_unusable(&target) {
            Some(Unusable::Missing(reason)) => {
                let help = "Correct the reference, or add the file.";
                self.diagnostics.report(&codes::DANGLING_REFERENCE, place, reason, help);
                return None;
            }
            Some(Unusable::Unread(reason)) => {
                let help = "Refer only to files in the document's folder or below it, or name a folder above it with `--root`; nothing else is read or fetched.";
                self.diagnostics.report(&codes::FORBIDDEN_REFERENCE, place, reason, help);
                return None;
            }
            Some(Unusable::Malformed(error)) => {
                let start = Place { file: target.file, pointer: "".into() };
                let (message, help) = (&error.message, error.help);
                self.diagnostics.report_at(&codes::INVALID_SYNTAX, &start, error.mark, message, help);
                return None;
            }
            None => {}
        }
        let Some(found) = self.find(&target) else {
            let help = self.instead(text, &target);
            self.diagnostics.report(
                &codes::DANGLING_REFERENCE,
                place,
                format!("{text:?} doesn't exist"),
                help,
            );
            return None;
        };
        if section == "schemas" && component_section(&target.pointer) == Some("responses") {
            return self.schema_of_response(place, found);
        }
        let other = component_section(&target.pointer).filter(|other| *other != section);
        if let Some(other) = other.filter(|_| !section.is_empty()) {
            let message = format!(
                "expected an entry of `components/{section}`, but {text:?} is an entry of `components/{other}`"
            );
            let help = format!("Refer to an entry of `components/{section}`.");
            self.diagnostics.report(&codes::MISMATCHED_REFERENCE, place, message, help);
            return None;
        }
        Some(found)
    }

    /// The schema of the response `at`, to which a reference at `place` refers as if it were a schema.
    fn schema_of_response(&mut self, place: &Place, at: At<'a>) -> Option<At<'a>> {
        let content = at.get("content");
        if content.is_none() && at.get("$ref").is_none() {
            // It has nothing but a description, and so is a schema that accepts any value.
            let help = "Refer to an entry of `components/schemas`.";
            self.tolerate(place, "this response has no content, so any value is accepted", help);
            return Some(at);
        }
        let media_type = content.iter().flat_map(At::members).next();
        match media_type.and_then(|(_, media_type)| media_type.get("schema")) {
            Some(schema) => {
                let help = "Refer to the schema directly.";
                self.tolerate(place, "this refers to a response; the schema of its content is used", help);
                Some(schema)
            }
            None => {
                let text = format!("#{}", at.place.pointer);
                let message = format!(
                    "expected an entry of `components/schemas`, but {text:?} is an entry of `components/responses`"
                );
                let help = "Refer to an entry of `components/schemas`.";
                self.diagnostics.report(&codes::MISMATCHED_REFERENCE, place, message, help);
                None
            }
        }
    }

    /// What to do about a reference to `target`, which doesn't exist.
    fn instead(&mut self, text: &str, target: &Place) -> String {
        if !target.pointer.is_empty() && !target.pointer.starts_with('/') {
            return "Use a JSON Pointer, such as `#/components/schemas/Name`; anchors aren't supported."
                .to_owned();
        }
        // Searching all names is fine for a few typos, but not for thousands of them.
        self.suggestions += 1;
        let near = if self.suggestions > MAX_SUGGESTIONS { None } else { self.nearest(target) };
        match near.zip(text.rsplit_once('/')) {
            Some((name, (start, _))) => format!("Did you mean \"{start}/{name}\"?"),
            None => "Define it, or correct the reference.".to_owned(),
        }
    }

    /// The name beside `target` that is most similar to its own, escaped as in a pointer.
    pub(super) fn nearest(&self, target: &Place) -> Option<String> {
        let (parent, name) = target.pointer.rsplit_once('/')?;
        let parent = Place { file: target.file.clone(), pointer: parent.into() };
        let names = self.find(&parent)?.value.as_object()?.keys();
        most_like(name, names.map(String::as_str)).map(escape)
    }
}

/// The section of the components to which the entry at `pointer` belongs.
pub(super) fn component_section(pointer: &str) -> Option<&str> {
    let (section, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    let is_section = SECTIONS.contains(&section) || section == MEDIA_TYPES;
    (is_section && !name.contains('/')).then_some(section)
}
