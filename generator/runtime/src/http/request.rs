//! From a builder to an HTTP request.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::http::body::Body;
use crate::http::invalid_request::InvalidRequest;
use crate::http::style;
use crate::http::style::{Pair, Style};
use crate::json::value::Json;
use crate::json::writer;
use crate::model::object::Field;
use crate::model::rules::{Checker, Rule};

/// How one property of a form or multipart body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The property's name on the wire.
    pub wire: &'static str,
    /// The media type of the part in a multipart body.
    pub content_type: Option<&'static str>,
    /// The serialization style.
    pub style: Style,
    /// Whether lists and objects become a pair for each item or property.
    pub explode: bool,
    /// Whether reserved characters are left unescaped.
    pub allow_reserved: bool,
}

/// Writes a request piece by piece and collects what is wrong with it.
#[derive(Debug, Default)]
pub struct RequestWriter {
    /// The base URL, if any, and the path.
    path: String,
    /// The byte offset at which the path begins.
    start: usize,
    pub(super) query: String,
    pub(super) cookies: String,
    headers: HeaderMap,
    body: Body,
    checker: Checker,
    /// Whether only what can't be written at all is a violation.
    unchecked: bool,
}

impl RequestWriter {
    /// A request whose path is appended to `base_url`.
    pub(crate) fn behind(base_url: &str) -> Self {
        Self { path: base_url.to_owned(), start: base_url.len(), ..Self::default() }
    }

    /// Sets whether the constraints of the document are checked. What can't be written is a violation in any case.
    pub(crate) fn validate(self, validate: bool) -> Self {
        Self { unchecked: !validate, ..self }
    }

    /// Adds a literal piece of the path, unescaped.
    pub fn path(&mut self, piece: &str) {
        self.path.push_str(piece);
    }

    /// Adds a path parameter. It can't leave its segment: an empty value, `.` or `..` would change the path,
    /// and is a violation.
    pub fn path_parameter(
        &mut self,
        name: &str,
        value: &dyn Field,
        style: Style,
        explode: bool,
        rules: &[Rule],
    ) {
        self.path_escaped(name, value, style, explode, |text| style::encode(text, false), rules);
    }

    fn path_escaped(
        &mut self,
        name: &str,
        value: &dyn Field,
        style: Style,
        explode: bool,
        escape: fn(&str) -> String,
        rules: &[Rule],
    ) {
        let value = self.checked(name, value, rules);
        let written = style::inline(name, value.to_exact(), style, explode, escape);
        if matches!(written.as_str(), "" | "." | "..") {
            self.violation(name, "must not be empty, \".\" or \"..\": it is a segment of the path");
        }
        self.path.push_str(&written);
    }

    /// Adds a path parameter as JSON text.
    pub fn path_json(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) {
        let text = self.json_text(name, value, rules);
        self.path.push_str(&style::encode(&text, false));
    }

    /// Adds a path parameter whose reserved characters are sent as they are, but for those that end a segment or the path.
    pub fn path_reserved(
        &mut self,
        name: &str,
        value: &dyn Field,
        style: Style,
        explode: bool,
        rules: &[Rule],
    ) {
        self.path_escaped(name, value, style, explode, style::encode_in_path, rules);
    }

    /// Adds a query parameter, if the value is present.
    pub fn query(
        &mut self,
        name: &str,
        value: &dyn Field,
        style: Style,
        explode: bool,
        allow_reserved: bool,
        rules: &[Rule],
    ) {
        if !value.is_absent() {
            let value = self.checked(name, value, rules);
            append_pairs(
                &mut self.query,
                &style::pairs(name, value.to_exact(), style, explode),
                allow_reserved,
            );
        }
    }

    /// Adds a query parameter as JSON text, if the value is present.
    pub fn query_json(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) {
        if !value.is_absent() {
            let text = self.json_text(name, value, rules);
            append_pairs(&mut self.query, &[Pair::new(name, text)], false);
        }
    }

    /// Adds a header, if the value is present. Characters that are invalid in a header are a violation.
    pub fn header(&mut self, name: &str, value: &dyn Field, explode: bool, rules: &[Rule]) {
        if value.is_absent() {
            return;
        }
        let value = self.checked(name, value, rules);
        self.push_header(name, &style::inline(name, value.to_exact(), Style::Simple, explode, str::to_owned));
    }

    /// Adds a header as JSON text, if the value is present. What a header can't have is escaped.
    pub fn header_json(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) {
        if !value.is_absent() {
            let text = self.json_text(name, value, rules);
            self.push_header(name, &ascii(&text));
        }
    }

    fn push_header(&mut self, name: &str, text: &str) {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(text)) {
            (Ok(header), Ok(value)) => {
                self.headers.append(header, value);
            }
            (Err(_), _) => self.violation(name, "isn't a valid header name"),
            (_, Err(_)) => self.violation(name, "has characters that a header can't have"),
        }
    }

    /// Sets the `Accept` header: the media types that the response may have.
    pub fn accept(&mut self, media_types: &'static str) {
        if let Ok(value) = HeaderValue::from_str(media_types) {
            self.headers.insert(header::ACCEPT, value);
        }
    }

    /// Sets a JSON body.
    pub fn json_body(&mut self, media_type: &'static str, value: &dyn Field, rules: &[Rule]) {
        self.check("", value, rules);
        match writer::to_vec(value) {
            Ok(body) if media_type.contains('*') => self.set_body("application/json", body.into()),
            Ok(body) => self.set_body(media_type, body.into()),
            Err(_) => self.not_json(""),
        }
    }

    /// Sets a text body.
    pub fn text_body(&mut self, media_type: &'static str, text: &str) {
        let media_type = if media_type.contains('*') { "text/plain; charset=utf-8" } else { media_type };
        self.set_body(media_type, text.to_owned().into());
    }

    /// Sets a body of bytes. Its own media type takes precedence over the declared one.
    pub fn bytes_body(&mut self, media_type: &'static str, body: &Body) {
        let declared = if media_type.contains('*') { "application/octet-stream" } else { media_type };
        self.set_body(body.own_media_type().unwrap_or(declared), body.clone());
    }

    pub(crate) fn set_body(&mut self, media_type: &str, body: Body) {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => {
                self.headers.append(header::CONTENT_TYPE, media_type);
            }
            Err(_) => self.violation("", "its media type has characters that a header can't have"),
        }
        self.body = body;
    }

    /// Checks the value of the parameter `name`, or of the body if the name is empty, against the document.
    pub(super) fn check(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) {
        if !self.unchecked {
            self.checker.property(name, |checker| value.check(rules, checker));
        }
    }

    /// The value of the parameter `name`, checked.
    pub(super) fn checked(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) -> Json {
        self.check(name, value, rules);
        writer::to_json(value).unwrap_or_else(|_| {
            self.not_json(name);
            Json::default()
        })
    }

    /// The value of the parameter `name` as JSON text, checked.
    pub(super) fn json_text(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) -> String {
        self.check(name, value, rules);
        let text = writer::to_vec(value).ok().and_then(|text| String::from_utf8(text).ok());
        text.unwrap_or_else(|| {
            self.not_json(name);
            String::new()
        })
    }

    /// The value of a body, checked.
    pub(crate) fn checked_body(&mut self, value: &dyn Field, rules: &[Rule]) -> Json {
        self.check("", value, rules);
        writer::to_json(value).unwrap_or_else(|_| {
            self.not_json("");
            Json::default()
        })
    }

    fn not_json(&mut self, name: &str) {
        self.violation(name, "a value can't be written as JSON");
    }

    /// Records a violation of a constraint of the document that no [`Rule`] expresses.
    pub(super) fn breach(&mut self, name: &str, message: &str) {
        if !self.unchecked {
            self.violation(name, message);
        }
    }

    /// Records a violation of the parameter `name`; an empty name means the body or the whole request.
    pub(crate) fn violation(&mut self, name: &str, message: &str) {
        self.checker.property(name, |checker| checker.violation(message));
    }

    /// Builds the request. Without a base URL, its URI is relative to the server.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn finish(mut self, method: Method) -> Result<http::Request<Body>, InvalidRequest> {
        self.checker.finish()?;
        // Adjacent values can form a dot segment that neither forms alone.
        let path = self.path.get(self.start..).unwrap_or_default();
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(InvalidRequest::new("", "its path has a segment \".\" or \"..\""));
        }
        let mut uri = self.path;
        if !self.query.is_empty() {
            // A path template may include a query, to distinguish it from others; a base URL never does.
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

/// JSON text with escapes in place of what isn't visible ASCII, which only strings contain.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for char in json.chars() {
        if matches!(char, ' '..='~') {
            text.push(char);
        } else {
            char.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}")));
        }
    }
    text
}

/// Adds pairs to a query, a form or cookies.
pub(super) fn append_pairs(to: &mut String, pairs: &[Pair], allow_reserved: bool) {
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
