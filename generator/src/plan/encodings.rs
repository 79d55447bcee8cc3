//! `encoding`: how the properties of a form are written, and what of it has no effect.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Planner;
use super::media_types::{essence, is_json};
use super::schemas::is_anything;
use crate::api::PropertyEncoding;
use crate::diagnostics::codes;
use crate::source::document::{Encoding, MediaType, SchemaId, Style};
use crate::text::Place;

/// How deep compositions of schemas are searched for properties.
const MAX_DEPTH: usize = 32;

/// How each property of a form is written. The media type counts if no style is given (OpenAPI 3.1, 4.8.15.1).
pub(super) fn of_form(encodings: &IndexMap<String, Encoding>) -> Vec<PropertyEncoding> {
    let each = encodings.iter().map(|(wire, encoding)| {
        let has_style = encoding.style.is_some() || encoding.explode.is_some();
        let content_type = encoding.content_type.clone().filter(|_| !has_style);
        PropertyEncoding { content_type, ..of_property(wire, encoding) }
    });
    each.collect()
}

fn of_property(wire: &str, encoding: &Encoding) -> PropertyEncoding {
    let style = encoding.style.unwrap_or(Style::Form);
    PropertyEncoding {
        wire: wire.to_owned(),
        content_type: encoding.content_type.clone(),
        style,
        explode: encoding.explode.unwrap_or(style == Style::Form),
        allow_reserved: encoding.allow_reserved,
    }
}

impl Planner<'_> {
    /// The media types of the parts of a multipart body: what `encoding` says, or else the schema of the property
    /// (OpenAPI 3.1, 4.8.14.3).
    pub(super) fn part_encodings(&mut self, media_type: &MediaType) -> Vec<PropertyEncoding> {
        let each = media_type.encoding.iter();
        let mut encodings: Vec<PropertyEncoding> =
            each.map(|(wire, encoding)| of_property(wire, encoding)).collect();
        let object = media_type.schema.and_then(|id| self.object_of(id));
        for (wire, id) in object.iter().flat_map(|object| &object.properties) {
            let schema = &self.document.schemas[self.behind(*id)];
            let schema = schema.items.map_or(schema, |items| &self.document.schemas[self.behind(items)]);
            let encoded = schema.content_encoding.as_ref().map(|_| "application/octet-stream");
            let Some(content_type) = schema.content_media_type.as_deref().or(encoded) else { continue };
            let own = encodings.iter_mut().find(|encoding| encoding.wire == *wire);
            match own {
                Some(own) if own.content_type.is_some() => {}
                Some(own) => own.content_type = Some(content_type.to_owned()),
                None => {
                    let content_type = Some(content_type.to_owned());
                    encodings
                        .push(PropertyEncoding { content_type, ..of_property(wire, &Encoding::default()) });
                }
            }
        }
        encodings
    }

    /// Reports what the `encoding` of a body says without effect.
    pub(super) fn check_encodings(&mut self, media_type: &MediaType) {
        self.check_positional(media_type);
        if media_type.encoding.is_empty() {
            return;
        }
        let (name, place) = (&media_type.name, &media_type.place);
        let essence = essence(name);
        let multipart = essence.starts_with("multipart/");
        if !multipart && essence != "application/x-www-form-urlencoded" {
            return self.unused(&place.child("encoding"), format!("`encoding` has no effect on {name}"));
        }
        let mut names = BTreeSet::new();
        let open = media_type.schema.is_none_or(|id| self.property_names(id, &mut names, 0));
        for (wire, encoding) in &media_type.encoding {
            if !open && !names.contains(wire) {
                self.unused(&encoding.place, format!("the body has no property called {wire:?}"));
                continue;
            }
            let styled = encoding.style.is_some_and(|style| style != Style::Form)
                || encoding.explode == Some(false)
                || encoding.allow_reserved;
            if multipart && styled {
                self.unused(&encoding.place, format!("styles have no effect on the parts of {name}"));
            }
            if !multipart && let Some(header) = encoding.headers.first() {
                self.unused(&header.place, format!("{name} has no parts that could have headers"));
            }
            let is_other = |name: &String| !name.split(',').any(|item| is_json(item) || item.contains('*'));
            let content_type = encoding.content_type.as_ref().filter(|_| !multipart);
            if content_type.is_some_and(|name| is_other(name) && !name.trim().starts_with("text/")) {
                let message =
                    format!("values in {name} are written as text or JSON, whatever `contentType` says");
                self.unused(&encoding.place.child("contentType"), message);
            }
        }
    }

    /// Reports the `encoding` of a response, which nothing reads.
    pub(super) fn check_response_encodings(&mut self, media_type: &MediaType) {
        if !media_type.encoding.is_empty() {
            let place = media_type.place.child("encoding");
            self.unused(&place, "`encoding` has no effect on responses".to_owned());
        }
        for encoding in media_type.prefix_encoding.iter().chain(&media_type.item_encoding) {
            self.unused(&encoding.place, "this encoding has no effect on responses".to_owned());
        }
    }

    fn unused(&mut self, place: &Place, message: String) {
        let help = "Remove it, or correct the name of the property or of the media type.";
        self.diagnostics.report(&codes::UNUSED_ENCODING, place, message, help);
    }

    /// Adds the names of the properties that values of the schema can have. Whether they can have others of any name.
    fn property_names(&self, id: SchemaId, names: &mut BTreeSet<String>, depth: usize) -> bool {
        let schema = &self.document.schemas[id];
        if depth > MAX_DEPTH {
            return true;
        }
        names.extend(schema.properties.keys().cloned());
        let additional = schema.additional_properties.map(|id| &self.document.schemas[id]);
        let mut open = additional.is_some_and(|additional| additional.boolean != Some(false))
            || !schema.pattern_properties.is_empty()
            || is_anything(schema);
        let parts = [&schema.all_of, &schema.one_of, &schema.any_of];
        for part in schema.reference.iter().chain(parts.into_iter().flatten()) {
            // A part that says nothing of properties leaves it to the others.
            open |=
                self.property_names(*part, names, depth + 1) && !is_anything(&self.document.schemas[*part]);
        }
        open
    }
}
