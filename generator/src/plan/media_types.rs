//! What the name of a media type, and the schema of a body, say about its bytes.

use crate::source::document::{Schema, Type};

/// The type and subtype, in lower case and without parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether values are JSON, by the name itself or by the suffix `+json` (RFC 6839).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence == "text/json"
}

/// How the items of a sequence follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequence {
    /// Server-sent events (WHATWG HTML, section 9.2).
    Events,
    /// JSON Lines, also known as NDJSON.
    Lines,
    /// A JSON text sequence (RFC 7464).
    Records,
}

/// The sequence that the content is, if it is one, by name or by suffix (RFC 8091).
pub(super) fn sequence(media_type: &str) -> Option<Sequence> {
    let essence = essence(media_type);
    if essence == "text/event-stream" {
        return Some(Sequence::Events);
    }
    let (_, subtype) = essence.split_once('/')?;
    let word = subtype.rsplit('+').next().unwrap_or(subtype);
    match word.strip_prefix("x-").unwrap_or(word) {
        "jsonl" | "ndjson" | "jsonlines" | "json-lines" | "json-l" => Some(Sequence::Lines),
        "json-seq" => Some(Sequence::Records),
        _ => None,
    }
}

/// Whether values are bytes rather than text; of several media types, the first decides.
pub(super) fn is_binary(media_types: &str) -> bool {
    let first = media_types.split([';', ',']).next().unwrap_or_default().trim();
    !is_json(first) && !first.starts_with("text/") && first != "application/xml"
}

/// Whether values are XML.
pub(super) fn is_xml(media_types: &str) -> bool {
    let first = essence(media_types.split(',').next().unwrap_or_default());
    matches!(first.as_str(), "application/xml" | "text/xml") || first.ends_with("+xml")
}

/// Whether the name stands for JSON as well as for others.
pub(super) fn is_range(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "application/*")
}

/// Whether a body with this schema is bytes: a string in binary.
pub(super) fn is_file(schema: &Schema) -> bool {
    let media_type = schema.content_media_type.as_deref().filter(|_| schema.content_encoding.is_none());
    is_string(schema) && (schema.format.as_deref() == Some("binary") || media_type.is_some_and(is_binary))
        || schema.types.is_empty() && schema.format.as_deref() == Some("binary")
}

/// Whether all values of the schema are strings, or null.
pub(super) fn is_string(schema: &Schema) -> bool {
    match schema.types[..] {
        [] => {
            !schema.values.is_empty()
                && schema.values.iter().all(|value| value.is_string() || value.is_null())
        }
        _ => {
            schema.types.contains(&Type::String)
                && schema.types.iter().all(|ty| matches!(ty, Type::String | Type::Null))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_name_or_suffix() {
        for json in
            ["application/json", "Application/JSON; charset=utf-8", "application/problem+json", "text/json"]
        {
            assert!(is_json(json), "{json}");
        }
        for other in ["application/jsonl", "application/x-ndjson", "text/plain", "*/*"] {
            assert!(!is_json(other), "{other}");
        }
    }

    #[test]
    fn sequences_are_told_by_name_or_suffix() {
        for (media_type, expected) in [
            ("Text/Event-Stream; charset=utf-8", Some(Sequence::Events)),
            ("application/jsonl", Some(Sequence::Lines)),
            ("application/x-ndjson", Some(Sequence::Lines)),
            ("application/x-jsonlines", Some(Sequence::Lines)),
            ("application/json-seq", Some(Sequence::Records)),
            ("application/geo+json-seq", Some(Sequence::Records)),
            ("application/json", None),
            ("text/plain", None),
        ] {
            assert_eq!(sequence(media_type), expected, "{media_type}");
        }
    }

    #[test]
    fn the_first_media_type_says_whether_values_are_bytes() {
        assert!(is_binary("image/png, text/plain") && is_binary("application/octet-stream"));
        assert!(!is_binary("text/csv, image/png") && !is_binary("application/json; charset=utf-8"));
    }
}
