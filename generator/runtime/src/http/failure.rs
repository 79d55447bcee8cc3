//! Failures: responses that aren't successes.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::http::operation::OperationInfo;

/// The failures that the document declares for an operation.
pub trait DeclaredFailure: std::error::Error + Send + Sync + 'static {
    /// The response as it came.
    fn response(&self) -> &FailureResponse;
}

/// Where the document declares none.
impl DeclaredFailure for std::convert::Infallible {
    fn response(&self) -> &FailureResponse {
        match *self {}
    }
}

/// A declared failure and its body.
#[derive(Clone, Debug)]
pub struct Failure<T> {
    /// The response as it came.
    pub response: Box<FailureResponse>,
    /// The body, if it has the declared form.
    pub body: Option<Box<T>>,
}

/// A response as it came, and what it answers. Its body isn't printed: it may hold secrets.
#[derive(Clone)]
pub struct FailureResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The operation.
    pub operation: &'static OperationInfo,
}

impl FailureResponse {
    /// What the service says to people, if it does.
    pub fn message(&self) -> Option<String> {
        self.member(self.operation.facts.error_message)
    }

    /// What the service says to programs, if it does.
    pub fn code(&self) -> Option<String> {
        self.member(self.operation.facts.error_code)
    }

    /// The service's own id of the request, if it tells: in the document's header, or in `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        self.header(self.operation.facts.request_id_header).or_else(|| self.header(Some("x-request-id")))
    }

    /// What is left of the calls that the service allows, if it tells.
    pub fn rate_limit(&self) -> RateLimit {
        let number = |name| self.header(name).and_then(|text| text.trim().parse().ok());
        let facts = self.operation.facts;
        RateLimit {
            limit: number(facts.rate_limit_header),
            remaining: number(facts.rate_limit_remaining_header),
            reset: number(facts.rate_limit_reset_header),
        }
    }

    /// The scopes that the operation needs, on a 403 (RFC 6750, section 3.1); else none.
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

/// What is left of the calls that a service allows; `None` where it doesn't tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateLimit {
    /// Calls allowed in the window.
    pub limit: Option<u64>,
    /// Calls left in the window.
    pub remaining: Option<u64>,
    /// Unix time in seconds at which the window ends.
    pub reset: Option<u64>,
}
