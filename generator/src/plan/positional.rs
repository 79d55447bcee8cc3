//! Multipart bodies whose parts have no names: the items of a list, in its order (OpenAPI 3.2, 4.15.5).

use super::Planner;
use super::media_types::essence;
use crate::diagnostics::codes;
use crate::source::document::{Encoding, MediaType, SchemaId, Type};

/// The media types of the first parts by position, and that of the others.
type PartTypes = (Vec<Option<String>>, Option<String>);

impl Planner<'_> {
    /// How the parts are written, if they have positions instead of names.
    pub(super) fn positional(&self, media_type: &MediaType) -> Option<PartTypes> {
        let MediaType { prefix_encoding, item_encoding, .. } = media_type;
        let is_declared = !prefix_encoding.is_empty() || item_encoding.is_some();
        if !is_declared || self.why_not_positional(media_type).is_some() {
            return None;
        }
        let content_type = |encoding: &Encoding| encoding.content_type.clone();
        let prefix = media_type.prefix_encoding.iter().map(content_type).collect();
        Some((prefix, media_type.item_encoding.as_ref().and_then(content_type)))
    }

    fn why_not_positional(&self, media_type: &MediaType) -> Option<&'static str> {
        let essence = essence(&media_type.name);
        if !essence.starts_with("multipart/") {
            return Some("only multipart bodies have parts");
        }
        if essence == "multipart/form-data" || !media_type.encoding.is_empty() {
            return Some("the parts of this body have names");
        }
        let Some(schema) = media_type.schema.map(|id| self.schema_behind(id)) else {
            return Some("the body has no `schema`");
        };
        if !schema.types.contains(&Type::Array) {
            return Some("the body isn't a list");
        }
        let mut items = schema.prefix_items.iter().zip(&media_type.prefix_encoding);
        let rest = schema.items.iter().zip(&media_type.item_encoding);
        let is_file = |(id, encoding): (&SchemaId, &Encoding)| {
            self.file_kind(*id, encoding.content_type.as_deref(), 0).is_some()
        };
        (items.any(is_file) || rest.into_iter().any(is_file)).then_some("some of the items are files")
    }

    /// Reports positional encodings that have no effect, or not their whole effect.
    pub(super) fn check_positional(&mut self, media_type: &MediaType) {
        let why_not = self.why_not_positional(media_type);
        let prefix = media_type.prefix_encoding.iter();
        for encoding in prefix.chain(&media_type.item_encoding) {
            if let Some(reason) = why_not {
                let help = "Describe the body as an object with a property for each part, or remove this.";
                let message = format!("this has no effect: {reason}");
                self.diagnostics.report(&codes::UNSUPPORTED_ENCODING, &encoding.place, message, help);
                continue;
            }
            if let Some(header) = encoding.headers.first() {
                let message =
                    format!("the header {:?} of a part can't be set, so it isn't sent", header.name);
                let help = "Headers can be set for parts that are files of an object.";
                self.diagnostics.report(&codes::UNSENT_PART_HEADER, &header.place, message, help);
            }
            if encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved {
                let message = format!("styles have no effect on the parts of {}", media_type.name);
                self.diagnostics.report(
                    &codes::UNUSED_ENCODING,
                    &encoding.place,
                    message,
                    "Remove the style.",
                );
            }
        }
    }
}
