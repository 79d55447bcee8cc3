//! Why no whole response came.

use std::fmt;

use crate::http::operation::OperationInfo;

/// No whole response came.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    operation: Option<&'static OperationInfo>,
}

/// What kept a response from coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made. Nothing was sent.
    Connect,
    /// No TLS connection could be made, e.g. since the certificate isn't trusted. Nothing was sent.
    Tls,
    /// The connection broke before the response's headers were there. Whether the server acted on the request
    /// is not known.
    Reset,
    /// The connection broke within the response's body. The server has acted on the request.
    Truncated,
    /// The response's body has more bytes than the client's limit. The server has acted on the request.
    TooLarge,
    /// A redirect that isn't followed: to another host, to plain HTTP, or one too many.
    Redirect,
    /// Something else. Whether the server acted on the request is not known.
    Other,
}

impl TransportError {
    /// An error that `message` explains. It is printed, so it must hold no secrets; nor may it hold a URL, in
    /// whose query there may be a key.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), operation: None }
    }

    /// The same error as one of a call of `operation`.
    pub(crate) fn of(self, operation: &'static OperationInfo) -> Self {
        Self { operation: Some(operation), ..self }
    }

    /// What kept the response from coming.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether another attempt may succeed.
    pub fn is_retryable(&self) -> bool {
        use TransportErrorKind::{Connect, Reset, Truncated};
        matches!(self.kind, Connect | Reset | Truncated)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(OperationInfo { method, path, .. }) = self.operation {
            write!(f, "{method} {path}: ")?;
        }
        let what = match self.kind {
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Tls => "no TLS connection",
            TransportErrorKind::Reset => "the connection broke",
            TransportErrorKind::Truncated => "the response broke off",
            TransportErrorKind::TooLarge => "the response is too large",
            TransportErrorKind::Redirect => "a redirect that isn't followed",
            TransportErrorKind::Other => "the request failed",
        };
        write!(f, "{what}: {}", self.message)
    }
}

impl std::error::Error for TransportError {}
