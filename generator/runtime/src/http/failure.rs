//! Failures: unsuccessful responses.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::http::content_type::{self, Form};
use crate::http::operation::OperationInfo;
use crate::http::printable::printable;

/// The failures that the document declares for an operation, as an error type.
pub trait DeclaredFailure: std::error::Error + Send + Sync + 'static {
    /// The response, unmodified.
    fn response(&self) -> &FailureResponse;
}

/// Implemented for operations without declared failures.
impl DeclaredFailure for std::convert::Infallible {
    fn response(&self) -> &FailureResponse {
        match *self {}
    }
}

/// A declared failure with its decoded body. `Debug` omits the body, which may contain secrets.
#[derive(Clone)]
pub struct Failure<T> {
    /// The response, unmodified.
    pub response: Box<FailureResponse>,
    /// The decoded body; `None` if it doesn't match its schema.
    pub body: Option<Box<T>>,
}

impl<T> fmt::Debug for Failure<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure").field("response", &self.response).finish_non_exhaustive()
    }
}

/// An unmodified response and the operation that it belongs to. `Debug` omits the body, which may contain
/// secrets.
#[derive(Clone)]
pub struct FailureResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The operation that was called.
    pub operation: &'static OperationInfo,
}

impl FailureResponse {
    /// The service's human-readable error message, if the body has one.
    pub fn message(&self) -> Option<String> {
        self.member(self.operation.facts.error_message)
    }

    /// The service's machine-readable error code, if the body has one.
    pub fn code(&self) -> Option<String> {
        self.member(self.operation.facts.error_code)
    }

    /// The body as text, if it is text: its `Content-Type` is `text/plain` or the like, or is missing and the body
    /// doesn't look like JSON or markup.
    pub fn text(&self) -> Option<String> {
        let text = || content_type::text(&self.headers, &self.body).filter(|text| !text.is_empty());
        match Form::of(&self.headers) {
            Form::Text => text(),
            Form::Other if content_type::essence(&self.headers).is_none() => {
                text().filter(|text| !text.trim_start().starts_with(['{', '[', '"', '<']))
            }
            Form::Json | Form::Other => None,
        }
    }

    /// What a message says of the body: the service's own error message, or the body if it is text. JSON is never
    /// printed as a whole, even if it is declared as text: it may hold secrets.
    fn said(&self) -> Option<String> {
        let is_json = |text: &String| {
            text.trim_start().starts_with('{') || serde_json::from_str::<Vec<Value>>(text).is_ok()
        };
        self.message().or_else(|| self.text().filter(|text| !is_json(text)))
    }

    /// The request id that the service assigned, from the header that the document names or from
    /// `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        self.header(self.operation.facts.request_id_header).or_else(|| self.header(Some("x-request-id")))
    }

    /// The rate limit as the response's headers report it.
    pub fn rate_limit(&self) -> RateLimit {
        let number = |name| self.header(name).and_then(|text| text.trim().parse().ok());
        let facts = self.operation.facts;
        RateLimit {
            limit: number(facts.rate_limit_header),
            remaining: number(facts.rate_limit_remaining_header),
            reset: number(facts.rate_limit_reset_header),
        }
    }

    /// The scopes that the operation requires, on a 403 (RFC 6750, section 3.1); otherwise empty.
    pub fn required_scopes(&self) -> Vec<&'static str> {
        if self.status == StatusCode::FORBIDDEN { self.operation.scopes() } else { Vec::new() }
    }

    fn header(&self, name: Option<&str>) -> Option<&str> {
        self.headers.get(name?)?.to_str().ok()
    }

    fn member(&self, pointer: Option<&str>) -> Option<String> {
        let body: Value = serde_json::from_slice(content_type::without_mark(&self.body)).ok()?;
        match body.pointer(pointer?)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }
}

impl fmt::Debug for FailureResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FailureResponse")
            .field("status", &self.status)
            .field("operation", &self.operation.id)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for FailureResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", &self.operation.method, self.operation.path, self.status)?;
        if let Some(said) = self.said().map(|said| printable(&said)).filter(|said| !said.is_empty()) {
            write!(f, ": {said}")?;
        }
        let scopes = self.required_scopes();
        if !scopes.is_empty() {
            write!(f, "; needs the scope {}", scopes.join(" or "))?;
        }
        Ok(())
    }
}

/// A service's rate limit; a field is `None` if the service doesn't report it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateLimit {
    /// Calls allowed in the current window.
    pub limit: Option<u64>,
    /// Calls left in the current window.
    pub remaining: Option<u64>,
    /// When the window ends, as a Unix timestamp in seconds.
    pub reset: Option<u64>,
}

#[cfg(test)]
mod tests {
    use http::header::CONTENT_TYPE;

    use super::*;
    use crate::facts::Facts;

    static FACTS: Facts = Facts::new().error_message("/message");

    static INFO: &OperationInfo =
        &OperationInfo { id: "x", method: http::Method::GET, path: "/x", security: &[], facts: &FACTS };

    fn response(content_type: Option<&'static str>, body: &'static str) -> FailureResponse {
        let header = |value| (CONTENT_TYPE, http::HeaderValue::from_static(value));
        FailureResponse {
            status: StatusCode::BAD_REQUEST,
            headers: content_type.map(header).into_iter().collect(),
            body: body.into(),
            operation: INFO,
        }
    }

    #[test]
    fn a_message_or_a_text_is_printed_and_no_json() {
        let text = Some("text/plain; charset=utf-8");
        for (content_type, body, expected) in [
            (text, "no\r\nsuch\tpet\u{1b}[1m", ": no such pet[1m"),
            (text, " ", ""),
            (text, "[1] is wrong", ": [1] is wrong"),
            (text, r#"{"message":"no","token":"t"}"#, ": no"),
            (text, r#"{"token":"t"}"#, ""),
            (text, r#"{"token":"t"#, ""),
            (text, r#"["t"]"#, ""),
            (Some("application/json"), r#"{"token":"t"}"#, ""),
            (Some("application/json"), "no pet", ""),
            (Some("application/octet-stream"), "no pet", ""),
            (None, "no pet", ": no pet"),
            (None, "<p>no pet", ""),
            (None, r#"{"token":"#, ""),
            (None, "", ""),
        ] {
            let printed = response(content_type, body).to_string();
            assert_eq!(printed, format!("GET /x: 400 Bad Request{expected}"), "{content_type:?} {body}");
        }
    }
}
