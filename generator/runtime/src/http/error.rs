//! Why a call failed.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::http::cause::{Cause, write_causes};
use crate::http::failure::{DeclaredFailure, FailureResponse};
use crate::http::invalid_request::InvalidRequest;
use crate::http::operation::OperationInfo;
use crate::http::transport_error::TransportError;
use crate::json::decode_error::DecodeError;

/// Why a call failed. `E` holds the failures that the document declares for the operation.
///
/// The message names the method, the path template, the status and the service's own error message; of a body
/// that is text, its beginning. An error holds no credentials of the client, and printing one never prints
/// another body. What caused the error is in its [`source`](StdError::source); `{:#}` prints that too.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// A failure that the document declares.
    Api(E),
    /// A status that the document doesn't declare.
    Unexpected(Box<FailureResponse>),
    /// The request breaks a constraint of the document and wasn't sent.
    InvalidRequest(InvalidRequest),
    /// No suitable credential is configured, or obtaining one failed. The request wasn't sent.
    Authentication(AuthenticationError),
    /// No complete response arrived.
    Transport(TransportError),
    /// No complete response arrived in time. The server may or may not have acted on the request.
    Timeout(TimeoutError),
    /// A successful response whose body doesn't match its schema.
    Decode(DecodeError, Box<FailureResponse>),
}

/// Why a call failed without a response.
pub type NoResponse = Error<Infallible>;

impl<E> Error<E> {
    /// Whether the same call may succeed later: the server was busy, or the server or the connection failed.
    /// This doesn't say whether a retry is safe; see [`RetryPolicy`](crate::client::retry::RetryPolicy).
    pub fn is_retryable(&self) -> bool
    where
        E: DeclaredFailure,
    {
        match self {
            Self::Api(failure) => is_transient(failure.response().status),
            Self::Unexpected(response) => is_transient(response.status),
            Self::Transport(error) => error.is_retryable(),
            Self::Authentication(error) => error.is_retryable(),
            Self::Timeout(_) => true,
            Self::InvalidRequest(_) | Self::Decode(..) => false,
        }
    }

    /// The response, if one arrived.
    pub fn response(&self) -> Option<&FailureResponse>
    where
        E: DeclaredFailure,
    {
        match self {
            Self::Api(failure) => Some(failure.response()),
            Self::Unexpected(response) | Self::Decode(_, response) => Some(response),
            _ => None,
        }
    }

    /// The status, if a response arrived.
    pub fn status(&self) -> Option<StatusCode>
    where
        E: DeclaredFailure,
    {
        self.response().map(|response| response.status)
    }

    /// The request id that the service assigned, if it sent one.
    pub fn request_id(&self) -> Option<&str>
    where
        E: DeclaredFailure,
    {
        self.response()?.request_id()
    }

    /// The scopes that the operation requires, on a 403; otherwise empty.
    pub fn required_scopes(&self) -> Vec<&'static str>
    where
        E: DeclaredFailure,
    {
        self.response().map(FailureResponse::required_scopes).unwrap_or_default()
    }
}

impl<E> Error<E> {
    /// The error with another type of declared failures.
    pub(crate) fn map<F>(self, failure: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Api(declared) => Error::Api(failure(declared)),
            Self::Unexpected(response) => Error::Unexpected(response),
            Self::InvalidRequest(error) => Error::InvalidRequest(error),
            Self::Authentication(error) => Error::Authentication(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Timeout(error) => Error::Timeout(error),
            Self::Decode(error, response) => Error::Decode(error, response),
        }
    }
}

impl NoResponse {
    /// Converts this error to the error type of an operation.
    pub(crate) fn widen<E>(self) -> Error<E> {
        self.map(|never| match never {})
    }
}

/// Whether another attempt may succeed after a response with this status.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::NOT_IMPLEMENTED | StatusCode::HTTP_VERSION_NOT_SUPPORTED => false,
        _ => status.is_server_error(),
    }
}

impl<E> From<InvalidRequest> for Error<E> {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl<E> Error<E> {
    /// What caused the error, apart from what a failure that the document declares says of itself.
    fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Authentication(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Decode(error, _) => Some(error),
            Self::Api(_) | Self::Unexpected(_) | Self::InvalidRequest(_) | Self::Timeout(_) => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(failure) => failure.fmt(f),
            Self::Unexpected(response) => write!(f, "{response} (not a declared status)"),
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Authentication(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Decode(_, response) => {
                let OperationInfo { method, path, .. } = response.operation;
                write!(f, "{method} {path}: {}: the body can't be decoded", response.status)
            }
        }?;
        write_causes(f, self.cause())
    }
}

/// What it is made of says what the error says, and isn't its source: the source is what caused that.
impl<E: StdError + 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        if let Self::Api(failure) = self { failure.source() } else { self.cause() }
    }
}

/// No complete response arrived in time.
#[derive(Clone, Debug)]
pub struct TimeoutError {
    limit: Duration,
    operation: &'static OperationInfo,
}

impl TimeoutError {
    pub(crate) fn new(operation: &'static OperationInfo, limit: Duration) -> Self {
        Self { limit, operation }
    }

    /// The time limit that was exceeded: that of the call, or of an attempt.
    pub fn limit(&self) -> Duration {
        self.limit
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OperationInfo { method, path, .. } = self.operation;
        write!(f, "{method} {path}: no response within {:?}", self.limit)
    }
}

impl StdError for TimeoutError {}

/// No suitable credential is configured, or obtaining one failed.
#[derive(Clone, Debug)]
pub struct AuthenticationError {
    message: String,
    cause: Option<Arc<Cause>>,
    retryable: bool,
    operation: Option<&'static OperationInfo>,
}

impl AuthenticationError {
    /// An error with this message. The message is printed, so it must not contain secrets.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), cause: None, retryable: false, operation: None }
    }

    /// Sets what caused the error, whose messages and those of its own sources are then the sources of this one. They
    /// are printed, so they must not contain secrets either.
    #[must_use]
    pub fn caused_by(mut self, cause: &(dyn StdError + 'static)) -> Self {
        self.cause = Some(Arc::new(Cause::of(cause)));
        self
    }

    /// Sets whether another attempt may succeed.
    #[must_use]
    pub fn retryable(mut self, retryable: bool) -> Self {
        self.retryable = retryable;
        self
    }

    /// Whether another attempt may succeed.
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// Attaches the operation that was called.
    pub(crate) fn of(self, operation: &'static OperationInfo) -> Self {
        Self { operation: Some(operation), ..self }
    }
}

impl fmt::Display for AuthenticationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(OperationInfo { method, path, .. }) = self.operation {
            write!(f, "{method} {path}: not sent: ")?;
        }
        f.write_str(&self.message)
    }
}

impl StdError for AuthenticationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
