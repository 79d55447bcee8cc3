//! What the name of a media type says about its values.

/// The type and subtype, in lower case and without parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether values are JSON, by the name itself or by the suffix `+json` (RFC 6839).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence == "text/json"
}

/// Whether values are bytes rather than text; of several media types, the first decides.
pub(super) fn is_binary(media_types: &str) -> bool {
    let first = media_types.split([';', ',']).next().unwrap_or_default().trim();
    !is_json(first) && !first.starts_with("text/") && first != "application/xml"
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
    fn the_first_media_type_says_whether_values_are_bytes() {
        assert!(is_binary("image/png, text/plain") && is_binary("application/octet-stream"));
        assert!(!is_binary("text/csv, image/png") && !is_binary("application/json; charset=utf-8"));
    }
}
