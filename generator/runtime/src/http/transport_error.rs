//! Why no complete response arrived.

use std::fmt;
use std::sync::Arc;

use crate::http::cause::Cause;
use crate::http::operation::OperationInfo;

/// No complete response arrived.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    cause: Option<Arc<Cause>>,
    operation: Option<&'static OperationInfo>,
}

/// Why no complete response arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection couldn't be established. Nothing was sent.
    Connect,
    /// The TLS handshake failed, e.g. because the certificate isn't trusted. Nothing was sent.
    Tls,
    /// The connection broke before the response's headers arrived. The server may or may not have acted on
    /// the request.
    Reset,
    /// The response isn't HTTP. The server may or may not have acted on the request.
    Protocol,
    /// The connection broke in the middle of the response's body. The server has acted on the request.
    Truncated,
    /// The response's body exceeds the client's limit. The server has acted on the request.
    TooLarge,
    /// The response's body has a content coding that this client doesn't know, or that is damaged. The server has acted on
    /// the request.
    ContentCoding,
    /// A redirect that the client doesn't follow: to another host, to plain HTTP, or one too many.
    Redirect,
    /// Any other error. The server may or may not have acted on the request.
    Other,
}

impl TransportError {
    /// An error with this message, which may be empty. The message is printed, so it must not contain secrets, nor a
    /// URL, whose query may contain a key.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), cause: None, operation: None }
    }

    /// Sets what caused the error, whose messages and those of its own sources are then the sources of this one. They
    /// are printed, so they must not contain secrets either.
    #[must_use]
    pub fn caused_by(mut self, cause: &(dyn std::error::Error + 'static)) -> Self {
        self.cause = Some(Arc::new(Cause::of(cause)));
        self
    }

    /// Attaches the operation that was called.
    pub(crate) fn of(self, operation: &'static OperationInfo) -> Self {
        Self { operation: Some(operation), ..self }
    }

    /// Why no complete response arrived.
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
            TransportErrorKind::Protocol => "the response isn't HTTP",
            TransportErrorKind::Truncated => "the response broke off",
            TransportErrorKind::TooLarge => "the response is too large",
            TransportErrorKind::ContentCoding => "the response's content coding can't be undone",
            TransportErrorKind::Redirect => "a redirect that isn't followed",
            TransportErrorKind::Other => "the request failed",
        };
        f.write_str(what)?;
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
