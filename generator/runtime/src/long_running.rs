//! Long-running operations: work that a service continues after it has responded, and how its end is recognised.

use std::fmt;
use std::time::Duration;

use crate::http::any_error::AnyError;
use crate::http::error::Error;
use crate::http::failure::DeclaredFailure;
use crate::http::operation::Operation;
use crate::json::writer::{self, ToJson};

/// An operation that starts work which goes on after its response.
pub trait LongRunning: Operation {
    /// The operation that reads how the work is going, and in the end its result.
    type Read: Operation<Document = Self::Document>;

    /// How the state of the work is recognised.
    const MONITOR: Monitor;

    /// The operation that reads the work which `output` is about; `None` if a header of the response says where to
    /// read, or if `output` lacks what identifies the work.
    fn reading(&self, _output: &Self::Output) -> Option<Self::Read> {
        None
    }

    /// The status of the work, if the response has it.
    fn status(_read: &<Self::Read as Operation>::Output) -> Option<String> {
        None
    }

    /// The output as that of the operation that reads, if both have the same type.
    fn result(_output: Self::Output) -> Option<<Self::Read as Operation>::Output> {
        None
    }
}

/// How the state of the work is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Monitor {
    /// The response header with the URL that tells how the work is going.
    pub location: Option<&'static str>,
    /// The statuses of work that has succeeded. If there are none, the work is going on while responses have the status
    /// 202 (RFC 9110, section 15.3.3), and has succeeded with any other success.
    pub succeeded: &'static [&'static str],
    /// The statuses of work that has failed.
    pub failed: &'static [&'static str],
}

/// The state of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Running,
    Succeeded,
    Failed,
}

impl Monitor {
    /// The state of work with this status, in a response with the status code `code`.
    pub(crate) fn state(&self, code: u16, status: Option<&str>) -> State {
        let has = |statuses: &[&str]| status.is_some_and(|status| statuses.contains(&status));
        match () {
            () if has(self.failed) => State::Failed,
            () if self.succeeded.is_empty() && code != 202 => State::Succeeded,
            () if has(self.succeeded) => State::Succeeded,
            () => State::Running,
        }
    }
}

/// A status as text: a string as it is, other values as JSON. `None` if it is absent or null.
pub fn status<T: ToJson>(value: &T) -> Option<String> {
    match writer::to_value(value).ok()? {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// Why there is no result of the work. `S` holds the failures that the document declares for the operation that starts
/// it, `R` those of the one that reads it, and `T` is what that one returns.
#[derive(Debug)]
#[non_exhaustive]
pub enum PollError<S, R, T> {
    /// The work couldn't be started.
    Start(Error<S>),
    /// Reading how the work is going failed. Polling again continues.
    Read(Error<R>),
    /// The work failed. This is what the service says about it.
    Failed(Box<T>),
    /// The work is still going on after this long. Polling again continues.
    Deadline(Duration),
    /// The service doesn't say where to read how the work is going, or the call that started it was cancelled.
    NoLocation,
    /// The URL that tells how the work is going isn't requested, because it leads away from the server that the operation
    /// is sent to, or isn't one.
    Refused(String),
    /// The result was already returned, or the work had failed.
    Ended,
}

impl<S: fmt::Display, R: fmt::Display, T> fmt::Display for PollError<S, R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => error.fmt(f),
            Self::Read(error) => error.fmt(f),
            Self::Failed(_) => f.write_str("the service says that the work has failed"),
            Self::Deadline(limit) => write!(f, "the work is still going on after {limit:?}"),
            Self::NoLocation => f.write_str("the service doesn't say where to read how the work is going"),
            Self::Refused(why) => write!(f, "the URL of the work isn't requested: {why}"),
            Self::Ended => f.write_str("the work has already ended"),
        }
    }
}

impl<S, R, T> std::error::Error for PollError<S, R, T>
where
    S: std::error::Error + 'static,
    R: std::error::Error + 'static,
    T: fmt::Debug,
{
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Start(error) => error.source(),
            Self::Read(error) => error.source(),
            _ => None,
        }
    }
}

impl<S, R, T> From<PollError<S, R, T>> for AnyError
where
    S: DeclaredFailure,
    R: DeclaredFailure,
    T: fmt::Debug + Send + Sync + 'static,
{
    fn from(error: PollError<S, R, T>) -> Self {
        match error {
            PollError::Start(error) => error.into(),
            PollError::Read(error) => error.into(),
            other => Self::other(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_told_by_the_status_or_by_the_code() {
        let by_code = Monitor { location: None, succeeded: &[], failed: &[] };
        assert_eq!(by_code.state(202, None), State::Running);
        assert_eq!(by_code.state(200, None), State::Succeeded);
        let by_status = Monitor { location: None, succeeded: &["done", "true"], failed: &["broken"] };
        for (code, status, state) in [
            (200, Some("done"), State::Succeeded),
            (202, Some("done"), State::Succeeded),
            (200, Some("broken"), State::Failed),
            (200, Some("busy"), State::Running),
            (200, None, State::Running),
        ] {
            assert_eq!(by_status.state(code, status), state, "{code} {status:?}");
        }
        assert_eq!(status(&true).as_deref(), Some("true"));
        assert_eq!(status(&"done".to_owned()).as_deref(), Some("done"));
        assert_eq!(status(&None::<String>), None);
    }
}
