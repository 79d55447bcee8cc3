//! Why a call failed.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::decode::DecodeError;
use super::operation::OperationInfo;
use super::request::InvalidRequest;
use super::transport_error::TransportError;
use crate::document;

/// Why a call failed. `E` holds the failures that the document declares for the operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// A failure that the document declares.
    Api(E),
    /// A status that the document doesn't declare.
    Unexpected(Box<FailureResponse>),
    /// The request breaks a constraint of the document and wasn't sent.
    InvalidRequest(InvalidRequest),
    /// No credential is at hand that the operation takes; nothing was sent.
    Authentication(String),
    /// No whole response came.
    Transport(TransportError),
    /// No response within this time. Whether the server acted on the request is not known.
    Timeout(Duration),
    /// A success whose body isn't of the declared form.
    Decode(DecodeError, Box<FailureResponse>),
}

impl<E> Error<E> {
    /// The response, where one came that the document doesn't declare or that couldn't be decoded.
    pub fn response(&self) -> Option<&FailureResponse> {
        match self {
            Self::Unexpected(response) | Self::Decode(_, response) => Some(response),
            _ => None,
        }
    }
}

impl<E> From<InvalidRequest> for Error<E> {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(failure) => failure.fmt(f),
            Self::Unexpected(response) => write!(f, "{response} (not a declared status)"),
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Authentication(message) => f.write_str(message),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(limit) => write!(f, "no response within {limit:?}"),
            Self::Decode(error, response) => {
                let OperationInfo { method, path, .. } = response.operation;
                write!(f, "{method} {path}: {}: the body can't be decoded: {error}", response.status)
            }
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(failure) => Some(failure),
            Self::InvalidRequest(error) => Some(error),
            Self::Transport(error) => Some(error),
            Self::Decode(error, _) => Some(error),
            _ => None,
        }
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
        self.member(document::ERROR_MESSAGE)
    }

    /// What the service says to programs, if it does.
    pub fn code(&self) -> Option<String> {
        self.member(document::ERROR_CODE)
    }

    /// The service's own id of the request, if it tells.
    pub fn request_id(&self) -> Option<&str> {
        self.header(document::REQUEST_ID_HEADER)
    }

    /// What is left of the calls that the service allows, if it tells.
    pub fn rate_limit(&self) -> RateLimit {
        let number = |name| self.header(name).and_then(|text| text.trim().parse().ok());
        RateLimit {
            limit: number(document::RATE_LIMIT_HEADER),
            remaining: number(document::RATE_LIMIT_REMAINING_HEADER),
            reset: number(document::RATE_LIMIT_RESET_HEADER),
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
