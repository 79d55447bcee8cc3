//! From a builder to an HTTP request.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use serde::Serialize;
use serde_json::Value;

use super::body::Body;
use super::encode::{self, ToJson};
use super::invalid_request::InvalidRequest;
use super::rules::{Checker, Rule};
use super::style::{self, Pair, Style};
use super::validate::Validate;

/// How one property of a form or multipart body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The property on the wire.
    pub wire: &'static str,
    /// The part's media type, in a multipart body.
    pub content_type: Option<&'static str>,
    /// Its style.
    pub style: Style,
    /// Whether lists and objects are several pairs.
    pub explode: bool,
    /// Whether reserved characters stay.
    pub allow_reserved: bool,
}

/// A request in the making.
#[derive(Debug, Default)]
pub struct RequestWriter {
    /// The base URL, if there is one, and the path.
    path: String,
    /// Where the path begins.
    start: usize,
    query: String,
    cookies: String,
    headers: HeaderMap,
    body: Body,
    pub(super) checker: Checker,
}

impl RequestWriter {
    /// A request whose path goes behind `base_url`.
    pub(super) fn behind(base_url: &str) -> Self {
        Self { path: base_url.to_owned(), start: base_url.len(), ..Self::default() }
    }

    /// Adds a piece of the path as it stands.
    pub fn path(&mut self, piece: &str) {
        self.path.push_str(piece);
    }

    /// Adds a path parameter, which can't leave its segment.
    ///
    /// # Errors
    /// The value is empty, `.` or `..`, which would change the path.
    pub fn path_parameter<T: Serialize + Validate>(
        &mut self,
        name: &str,
        value: &T,
        style: Style,
        explode: bool,
        rules: &[Rule],
    ) -> Result<(), InvalidRequest> {
        let value = self.checked(name, value, rules)?;
        let written = style::inline(name, &value, style, explode, |text| style::encode(text, false));
        if matches!(written.as_str(), "" | "." | "..") {
            return Err(InvalidRequest::new(
                name,
                "must not be empty, \".\" or \"..\": it is a segment of the path",
            ));
        }
        self.path.push_str(&written);
        Ok(())
    }

    /// Adds a query parameter, if there is one.
    ///
    /// # Errors
    /// The value can't be JSON.
    pub fn query<T: Serialize + Validate>(
        &mut self,
        name: &str,
        value: Option<&T>,
        style: Style,
        explode: bool,
        allow_reserved: bool,
        rules: &[Rule],
    ) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        let value = self.checked(name, value, rules)?;
        append_pairs(&mut self.query, &style::pairs(name, &value, style, explode), allow_reserved);
        Ok(())
    }

    /// Adds a query parameter as JSON text, if there is one.
    ///
    /// # Errors
    /// The value can't be JSON.
    pub fn query_json<T: Serialize + Validate>(
        &mut self,
        name: &str,
        value: Option<&T>,
        rules: &[Rule],
    ) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        let value = self.checked(name, value, rules)?;
        append_pairs(&mut self.query, &[Pair::new(name, value.to_string())], false);
        Ok(())
    }

    /// Adds a header, if there is one.
    ///
    /// # Errors
    /// The value has characters that a header can't have.
    pub fn header<T: Serialize + Validate>(
        &mut self,
        name: &str,
        value: Option<&T>,
        explode: bool,
        rules: &[Rule],
    ) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        let value = self.checked(name, value, rules)?;
        let text = style::inline(name, &value, Style::Simple, explode, str::to_owned);
        let header = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| InvalidRequest::new(name, "is not the name of a header"))?;
        let value = HeaderValue::from_str(&text)
            .map_err(|_| InvalidRequest::new(name, "has characters that a header can't have"))?;
        self.headers.append(header, value);
        Ok(())
    }

    /// Adds a cookie, if there is one.
    ///
    /// # Errors
    /// The value can't be JSON.
    pub fn cookie<T: Serialize + Validate>(
        &mut self,
        name: &str,
        value: Option<&T>,
        explode: bool,
        rules: &[Rule],
    ) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        let value = self.checked(name, value, rules)?;
        let mut pairs = String::new();
        append_pairs(&mut pairs, &style::pairs(name, &value, Style::Form, explode), false);
        if !self.cookies.is_empty() && !pairs.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(&pairs.replace('&', "; "));
        Ok(())
    }

    /// Says which media types the response may have, where it could have others.
    pub fn accept(&mut self, media_types: &'static str) {
        if let Ok(value) = HeaderValue::from_str(media_types) {
            self.headers.append(header::ACCEPT, value);
        }
    }

    /// Sets a JSON body.
    ///
    /// # Errors
    /// The value can't be JSON.
    pub fn json_body<T: ToJson + Validate>(
        &mut self,
        media_type: &'static str,
        value: &T,
        rules: &[Rule],
    ) -> Result<(), InvalidRequest> {
        value.check(rules, &mut self.checker);
        let body = encode::to_vec(value).map_err(not_json)?;
        self.set_body(if media_type.contains('*') { "application/json" } else { media_type }, body.into());
        Ok(())
    }

    /// Sets an `application/x-www-form-urlencoded` body.
    ///
    /// # Errors
    /// The value can't be JSON, or is no object: it has no fields.
    pub fn form_body<T: ToJson + Validate>(
        &mut self,
        media_type: &'static str,
        value: &T,
        encodings: &[PropertyEncoding],
        rules: &[Rule],
    ) -> Result<(), InvalidRequest> {
        value.check(rules, &mut self.checker);
        let value = encode::to_value(value).map_err(not_json)?;
        if !value.is_object() && !value.is_null() {
            return Err(InvalidRequest::new("", "only an object can be sent as a form"));
        }
        let mut body = String::new();
        for (name, value) in value.as_object().into_iter().flatten() {
            let encoding = encodings.iter().find(|encoding| encoding.wire == name);
            let pairs = match encoding {
                Some(encoding) => style::pairs(name, value, encoding.style, encoding.explode),
                // Nested objects have no form of their own: they are JSON (OpenAPI 3.1, 4.8.14.4).
                None if value.is_object() => vec![Pair::new(name, value.to_string())],
                None => style::pairs(name, value, Style::Form, true),
            };
            append_pairs(&mut body, &pairs, encoding.is_some_and(|encoding| encoding.allow_reserved));
        }
        self.set_body(media_type, body.into());
        Ok(())
    }

    /// Sets a text body.
    pub fn text_body(&mut self, media_type: &'static str, text: &str) {
        self.set_body(media_type, text.to_owned().into());
    }

    /// Sets a body of bytes.
    pub fn bytes_body(&mut self, media_type: &'static str, body: &Body) {
        let media_type = if media_type.contains('*') { "application/octet-stream" } else { media_type };
        self.set_body(media_type, body.clone());
    }

    pub(super) fn set_body(&mut self, media_type: &str, body: Body) {
        if let Ok(media_type) = HeaderValue::from_str(media_type) {
            self.headers.append(header::CONTENT_TYPE, media_type);
        }
        self.body = body;
    }

    fn checked<T: Serialize + Validate>(
        &mut self,
        name: &str,
        value: &T,
        rules: &[Rule],
    ) -> Result<Value, InvalidRequest> {
        self.checker.property(name, |checker| value.check(rules, checker));
        serde_json::to_value(value).map_err(not_json)
    }

    /// The request; its URI is relative to the server if nothing was said of one.
    ///
    /// # Errors
    /// Every constraint that was broken.
    pub fn finish(mut self, method: Method) -> Result<http::Request<Body>, InvalidRequest> {
        self.checker.finish()?;
        // Values next to each other can make what each alone can't.
        let path = self.path.get(self.start..).unwrap_or_default();
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(InvalidRequest::new("", "its path has a segment \".\" or \"..\""));
        }
        let mut uri = self.path;
        if !self.query.is_empty() {
            // A path that is told apart by its query has one already; a base URL never has.
            uri.push(if uri.contains('?') { '&' } else { '?' });
            uri.push_str(&self.query);
        }
        let mut request = http::Request::new(self.body);
        *request.uri_mut() = uri.parse().map_err(|_| InvalidRequest::new("", "its path is no URI"))?;
        *request.method_mut() = method;
        if !self.cookies.is_empty() {
            let cookies = HeaderValue::from_str(&self.cookies);
            let cookies =
                cookies.map_err(|_| InvalidRequest::new("", "a cookie has characters it can't have"))?;
            self.headers.append(header::COOKIE, cookies);
        }
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

pub(super) fn not_json(_: serde_json::Error) -> InvalidRequest {
    InvalidRequest::new("", "a value can't be written as JSON")
}

fn append_pairs(to: &mut String, pairs: &[Pair], allow_reserved: bool) {
    for Pair { name, parts, separator } in pairs {
        if !to.is_empty() {
            to.push('&');
        }
        to.push_str(&style::encode(name, false));
        to.push('=');
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                to.push_str(separator);
            }
            to.push_str(&style::encode(part, allow_reserved));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pieces: &[&str]) -> Result<String, InvalidRequest> {
        let mut request = RequestWriter::default();
        request.path("/pets/");
        for piece in pieces {
            request.path_parameter("id", &(*piece).to_owned(), Style::Simple, false, &[])?;
        }
        request.path("/owner");
        Ok(request.finish(Method::GET)?.uri().to_string())
    }

    #[test]
    fn a_path_parameter_stays_in_its_segment() {
        for (value, written) in [
            ("../x", "..%2Fx"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("%2e%2e", "%252e%252e"),
            ("..\\x", "..%5Cx"),
            ("\r\n", "%0D%0A"),
            ("...", "..."),
            ("é\u{202e}", "%C3%A9%E2%80%AE"),
        ] {
            assert_eq!(path(&[value]).unwrap(), format!("/pets/{written}/owner"));
        }
        for refused in [&["", "x"][..], &["."], &[".."], &[".", "."]] {
            assert!(path(refused).is_err(), "{refused:?}");
        }
    }

    #[test]
    fn a_header_can_t_end_its_line() {
        for value in ["a\r\nx-y: z", "a\0", "a\n"] {
            let mut request = RequestWriter::default();
            let error = request.header("x-a", Some(&value.to_owned()), false, &[]).unwrap_err();
            assert!(error.to_string().contains("x-a: has characters that a header can't have"), "{error}");
        }
    }

    #[test]
    fn only_an_object_has_a_form() {
        let sent = |value: Value| {
            let mut request = RequestWriter::default();
            request.path("/");
            request.form_body("application/x-www-form-urlencoded", &crate::runtime::Json(value), &[], &[])?;
            request.finish(Method::POST)
        };
        let object = sent(serde_json::json!({ "a": 1 })).unwrap();
        assert_eq!(object.body().as_bytes().unwrap(), "a=1");
        let error = sent(serde_json::json!(["a"])).unwrap_err();
        assert!(error.to_string().contains("only an object can be sent as a form"), "{error}");
    }
}
