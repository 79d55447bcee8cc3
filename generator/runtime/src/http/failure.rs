//! Failures: unsuccessful responses.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::http::operation::OperationInfo;

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

/// A declared failure with its decoded body.
#[derive(Clone, Debug)]
pub struct Failure<T> {
    /// The response, unmodified.
    pub response: Box<FailureResponse>,
    /// The decoded body; `None` if it doesn't match its schema.
    pub body: Option<Box<T>>,
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
        let body: Value = serde_json::from_slice(&self.body).ok()?;
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
        write!(f, "{} {}: {}", self.operation.method, self.operation.path, self.status)?;
        if let Some(message) = self.message() {
            write!(f, ": {message}")?;
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
