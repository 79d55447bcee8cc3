//! The contents of bodies, by media type.

use super::at::At;
use super::document::{MediaType, SchemaId};
use super::reader::{MEDIA_TYPES, Reader};
use crate::diagnostics::codes;
use crate::text::Place;

/// What to do about a media type that isn't one.
pub(super) const WRITE: &str =
    "Write a type and a subtype, such as `application/json`, or a range, such as `image/*`.";

pub(super) const MEDIA_TYPE: &[&str] = &["schema", "itemSchema", "example", "examples", "encoding"];

impl<'a> Reader<'a> {
    /// The `content` of the body `at`.
    pub(super) fn content(&mut self, at: &At<'a>) -> Vec<MediaType> {
        let mut content = Vec::new();
        for (name, media_type) in self.map(at, "content") {
            let Some(media_type) = self.media_type(media_type) else { continue };
            // YAML reads `application/json:` with nothing after it as null.
            if !media_type.value.is_null()
                && self.object_only(&media_type, "a media type", &[MEDIA_TYPE]).is_none()
            {
                continue;
            }
            let encoding = self.encodings(&media_type);
            let (prefix_encoding, item_encoding) = self.positional_encodings(&media_type);
            let schema = self.schema_member(&media_type, "schema");
            let item_schema = self.item_schema(&media_type);
            for name in self.media_type_names(&media_type.place, name) {
                content.push(MediaType {
                    place: media_type.place.clone(),
                    name,
                    schema,
                    item_schema,
                    encoding: encoding.clone(),
                    prefix_encoding: prefix_encoding.clone(),
                    item_encoding: item_encoding.clone(),
                });
            }
            self.examples(&media_type);
        }
        content
    }

    /// The media type `at`, or what it refers to (OpenAPI 3.2, 4.14).
    pub(super) fn media_type(&mut self, at: At<'a>) -> Option<At<'a>> {
        if !self.is_3_2() {
            return self.beyond_reference(at, "a media type");
        }
        let media_type = self.follow(at, MEDIA_TYPES)?;
        self.no_use(&media_type, "media types", &["description"]);
        Some(media_type)
    }

    /// The schema of each item of a sequence. OpenAPI has it since 3.2; before, it can mean only the same.
    fn item_schema(&mut self, at: &At<'a>) -> Option<SchemaId> {
        let schema = self.schema_member(at, "itemSchema")?;
        if !self.is_3_2() {
            let help = "Declare OpenAPI 3.2, where `itemSchema` is defined.";
            let message = "`itemSchema` is newer than the document's version; it is read as in OpenAPI 3.2";
            self.diagnostics.report(&codes::EARLY_ITEM_SCHEMA, &at.place.child("itemSchema"), message, help);
        }
        Some(schema)
    }

    /// The media types that `name` stands for: itself, unless it is a slip.
    fn media_type_names(&mut self, place: &Place, name: &str) -> Vec<String> {
        if is_media_type(name) {
            return vec![name.to_owned()];
        }
        let pieces: Vec<String> = name.split(',').map(|piece| piece.trim().to_owned()).collect();
        let (read, message) = if pieces.len() > 1 && pieces.iter().all(|piece| is_media_type(piece)) {
            (pieces, format!("{name:?} is a list of media types; each is read as one of its own"))
        } else if let Some(meant) = meant(name) {
            (vec![meant.to_owned()], format!("{name:?} isn't a media type; it is read as {meant}"))
        } else {
            let message = format!("{name:?} isn't a media type; the content is sent and read as bytes");
            (vec![name.to_owned()], message)
        };
        self.diagnostics.report(&codes::INVALID_MEDIA_TYPE, place, message, WRITE);
        read
    }
}

/// Whether `name` is a media type, perhaps with parameters, or a range (RFC 9110, sections 8.3.1 and 12.5.1).
pub(super) fn is_media_type(name: &str) -> bool {
    let mut parts = name.split(';').map(str::trim);
    let Some((kind, subtype)) = parts.next().and_then(|essence| essence.split_once('/')) else {
        return false;
    };
    let is_range = subtype == "*" && (kind == "*" || is_token(kind));
    let is_named = is_token(kind) && is_token(subtype) && !kind.contains('*') && !subtype.contains('*');
    let is_parameter = |part: &str| match part.split_once('=') {
        Some((name, value)) => is_token(name.trim()) && !value.trim().is_empty(),
        // A semicolon at the end is no parameter.
        None => part.is_empty(),
    };
    (is_range || is_named) && parts.all(is_parameter)
}

/// Whether `text` is a token (RFC 9110, section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// The media type that a slip must mean.
fn meant(name: &str) -> Option<&'static str> {
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "form-data" | "multipart" | "multipart-form-data" => "multipart/form-data",
        "json" => "application/json",
        "x-www-form-urlencoded" | "urlencoded" => "application/x-www-form-urlencoded",
        "octet-stream" => "application/octet-stream",
        "*" => "*/*",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_and_ranges() {
        for good in
            ["a/b", "application/vnd.x+json; charset=utf-8", "image/*", "*/*", "text/plain;", "a/b; c=\"d\""]
        {
            assert!(is_media_type(good), "{good}");
        }
        for bad in
            ["", "form-data", "*", "*/json", "a/", "/b", "a/b/c", "a/b c", "a/b; c", "a/x*", "a/b, c/d"]
        {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
