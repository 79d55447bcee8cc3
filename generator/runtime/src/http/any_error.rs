//! One error for all operations of a crate.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::http::error::Error;
use crate::http::failure::{DeclaredFailure, FailureResponse};
use crate::http::invalid_request::InvalidRequest;

/// Why something failed, whatever operation it was. Every error of a call converts into it, and so do those of lists,
/// streams, modifications and long-running operations, so that functions which call several operations can use `?`.
#[derive(Debug)]
#[non_exhaustive]
pub enum AnyError {
    /// A call failed.
    Call(Box<Error<AnyFailure>>),
    /// Something other than a call failed, such as finding the next page of a list.
    Other(Box<dyn StdError + Send + Sync>),
}

impl AnyError {
    pub(crate) fn other(error: impl StdError + Send + Sync + 'static) -> Self {
        Self::Other(Box::new(error))
    }

    /// Why a call failed, if one did.
    pub fn call(&self) -> Option<&Error<AnyFailure>> {
        if let Self::Call(error) = self { Some(error) } else { None }
    }

    /// The failure of type `E` that the document declares, such as `connections::GetError`, if it is one.
    pub fn failure<E: DeclaredFailure>(&self) -> Option<&E> {
        if let Error::Api(failure) = self.call()? { failure.downcast_ref() } else { None }
    }

    /// Whether the same call may succeed later. See [`Error::is_retryable`].
    pub fn is_retryable(&self) -> bool {
        self.call().is_some_and(Error::is_retryable)
    }

    /// The response, if one arrived.
    pub fn response(&self) -> Option<&FailureResponse> {
        self.call()?.response()
    }

    /// The status, if a response arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.call()?.status()
    }

    /// The request id that the service assigned, if it sent one.
    pub fn request_id(&self) -> Option<&str> {
        self.call()?.request_id()
    }

    /// The scopes that the operation requires, on a 403; otherwise empty.
    pub fn required_scopes(&self) -> Vec<&'static str> {
        self.call().map(Error::required_scopes).unwrap_or_default()
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Other(error) => error.fmt(f),
        }
    }
}

impl StdError for AnyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Other(error) => error.source(),
        }
    }
}

impl<E: DeclaredFailure> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        Self::Call(Box::new(error.map(AnyFailure::new)))
    }
}

impl From<InvalidRequest> for AnyError {
    fn from(error: InvalidRequest) -> Self {
        Self::Call(Box::new(Error::InvalidRequest(error)))
    }
}

/// A failure that the document declares, of any operation.
pub struct AnyFailure(Box<dyn DeclaredFailure>);

impl AnyFailure {
    fn new(failure: impl DeclaredFailure) -> Self {
        Self(Box::new(failure))
    }

    /// The failure as that of one operation, such as `connections::GetError`, if it is one.
    pub fn downcast_ref<E: DeclaredFailure>(&self) -> Option<&E> {
        let error: &(dyn StdError + 'static) = &*self.0;
        error.downcast_ref()
    }
}

impl DeclaredFailure for AnyFailure {
    fn response(&self) -> &FailureResponse {
        self.0.response()
    }
}

impl fmt::Debug for AnyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for AnyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for AnyFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
