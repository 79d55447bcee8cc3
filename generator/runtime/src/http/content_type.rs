//! What the `Content-Type` and the `Content-Encoding` of a response say about its body.

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use crate::http::printable::printable;

/// The form of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON, by name or by the suffix `+json` (RFC 6839).
    Json,
    /// Text.
    Text,
    /// Neither, or not said.
    Other,
}

impl Form {
    /// The form that the headers declare.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let Some(essence) = essence(headers) else { return Self::Other };
        match essence.as_str() {
            "application/json" | "text/json" => Self::Json,
            name if name.ends_with("+json") => Self::Json,
            name if name.starts_with("text/") => Self::Text,
            _ => Self::Other,
        }
    }
}

/// The type and subtype, in lower case and without parameters; `None` if the headers have none.
pub(crate) fn essence(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    (!essence.is_empty()).then_some(essence)
}

/// The content coding that the body still has, as it may be printed.
pub(crate) fn coding(headers: &HeaderMap) -> Option<String> {
    let coding = printable(headers.get(CONTENT_ENCODING)?.to_str().unwrap_or("not ASCII"));
    (!coding.is_empty() && !coding.eq_ignore_ascii_case("identity")).then_some(coding)
}

/// The body without the byte order mark that it may begin with, which a parser of JSON may ignore (RFC 8259, section 8.1).
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

/// The body as text: UTF-8, or Latin-1 if `charset` says so. `None` if it is neither, or has a content coding.
pub(crate) fn text(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    if coding(headers).is_some() {
        return None;
    }
    match std::str::from_utf8(body) {
        Ok(text) => Some(text.to_owned()),
        // The characters of Latin-1 are the first 256 of Unicode.
        Err(_) if is_latin_1(headers) => Some(body.iter().map(|byte| char::from(*byte)).collect()),
        Err(_) => None,
    }
}

fn is_latin_1(headers: &HeaderMap) -> bool {
    charset(headers).is_some_and(|name| matches!(name.as_str(), "iso-8859-1" | "latin1" | "iso_8859-1"))
}

/// The encoding of the body, in lower case, if the headers say it.
pub(crate) fn charset(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let charset = value.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charset = charset.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charset.next().map(|(_, value)| value.trim().trim_matches('"').to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(content_type: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))])
    }

    #[test]
    fn forms_by_name_and_suffix() {
        for (content_type, form) in [
            ("Application/JSON; charset=utf-8", Form::Json),
            ("application/problem+json", Form::Json),
            ("text/json", Form::Json),
            ("text/plain;charset=utf-8", Form::Text),
            ("TEXT/HTML", Form::Text),
            ("image/png", Form::Other),
            ("nonsense", Form::Other),
            ("", Form::Other),
        ] {
            assert_eq!(Form::of(&headers(content_type)), form, "{content_type}");
        }
        assert_eq!(Form::of(&HeaderMap::new()), Form::Other);
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        assert_eq!(without_mark(b"\xef\xbb\xbf{}"), b"{}");
        assert_eq!(without_mark(b"\xef\xbb{}"), b"\xef\xbb{}");
        assert_eq!(without_mark(b""), b"");
    }

    #[test]
    fn text_that_isn_t_utf_8_needs_a_charset() {
        let latin = b"na\xefve";
        assert_eq!(text(&headers("text/plain; Charset=\"ISO-8859-1\""), latin).as_deref(), Some("naïve"));
        assert_eq!(text(&headers("text/plain; charset=utf-8"), latin), None);
        assert_eq!(text(&HeaderMap::new(), "naïve".as_bytes()).as_deref(), Some("naïve"));
    }
}
