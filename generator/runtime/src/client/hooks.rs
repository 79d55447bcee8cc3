//! Hooks that observe each attempt.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::http::error::NoResponse;
use crate::http::operation::OperationInfo;

/// Called around each attempt of each call, for metrics, logs or headers such as `traceparent`. Hooks see
/// neither credentials nor bodies, and should be quick: the call waits for them.
pub trait Hooks: Send + Sync + 'static {
    /// Called before an attempt. Credentials are added to the headers afterwards.
    fn before_attempt(&self, attempt: &Attempt, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// Called after an attempt.
    fn after_attempt(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// One attempt to send a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation that is called.
    pub operation: &'static OperationInfo,
    /// 1 for the first attempt of a call.
    pub number: u32,
}

/// The outcome of an attempt.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct AttemptOutcome<'a> {
    /// The response's status and headers, or why no complete response arrived.
    pub result: Result<(StatusCode, &'a HeaderMap), &'a NoResponse>,
    /// How long the attempt took.
    pub elapsed: Duration,
    /// How long the client waits before the next attempt, if there is one.
    pub retry_in: Option<Duration>,
}

impl fmt::Debug for AttemptOutcome<'_> {
    /// Omits the headers, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptOutcome")
            .field("result", &self.result.map(|(status, _)| status))
            .field("elapsed", &self.elapsed)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}
