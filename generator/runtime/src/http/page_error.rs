//! Why a list ended early.

use std::convert::Infallible;
use std::fmt;

use crate::http::any_error::AnyError;
use crate::http::error::Error;
use crate::http::failure::DeclaredFailure;

/// Why a list ended early.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError<E> {
    /// The call for a page failed.
    Call(Error<E>),
    /// The service returned a position that was already visited. Following it would never end. Empty if positions are
    /// URLs, which may hold secrets.
    Repeated(String),
    /// The response isn't a page of the requested kind, so the next page is unknown.
    NotAPage,
    /// The service says that another page follows, but not its position.
    NoPosition,
    /// What the service returned as the next position can't be read, or isn't of the parameter's type.
    Unreadable(String),
    /// The URL of the next page isn't requested, because it leads away from the server that the operation is sent to,
    /// or isn't one.
    Refused(String),
    /// This many pages in a row had no items, although another one follows. Resume from the stream's position to
    /// continue.
    Empty(u32),
}

impl PageError<Infallible> {
    /// Converts this error to the error type of an operation.
    pub(crate) fn widen<E>(self) -> PageError<E> {
        match self {
            Self::Call(error) => PageError::Call(error.widen()),
            Self::Repeated(position) => PageError::Repeated(position),
            Self::NotAPage => PageError::NotAPage,
            Self::NoPosition => PageError::NoPosition,
            Self::Unreadable(why) => PageError::Unreadable(why),
            Self::Refused(why) => PageError::Refused(why),
            Self::Empty(count) => PageError::Empty(count),
        }
    }
}

impl<E: fmt::Display> fmt::Display for PageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Repeated(position) if position.is_empty() => {
                f.write_str("the service returned the URL of a page that was already visited")
            }
            Self::Repeated(position) => {
                write!(f, "the service returned {position:?} as the next page, which was already visited")
            }
            Self::NotAPage => f.write_str("the response isn't a page of the requested kind"),
            Self::NoPosition => f.write_str("the service says that another page follows, but not where"),
            Self::Unreadable(why) => write!(f, "the position of the next page can't be read: {why}"),
            Self::Refused(why) => write!(f, "the URL of the next page isn't followed: {why}"),
            Self::Empty(count) => write!(f, "{count} pages in a row had no items"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for PageError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

impl<E: DeclaredFailure> From<PageError<E>> for AnyError {
    fn from(error: PageError<E>) -> Self {
        if let PageError::Call(error) = error { error.into() } else { Self::other(error) }
    }
}
