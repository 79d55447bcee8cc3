//! What is told of each attempt.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::http::error::NoResponse;
use crate::http::operation::OperationInfo;

/// Is called around each attempt of each call, for metrics, logs or headers such as `traceparent`. It sees no
/// credentials and no bodies, and should be quick: the call waits.
pub trait Hooks: Send + Sync + 'static {
    /// Before an attempt. Credentials are added to the headers afterwards.
    fn before_attempt(&self, attempt: &Attempt, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// After an attempt.
    fn after_attempt(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// One sending of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// What is called.
    pub operation: &'static OperationInfo,
    /// 1 for the first attempt of a call.
    pub number: u32,
}

/// What came of an attempt.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct AttemptOutcome<'a> {
    /// The response's status and headers, or why there is no whole response.
    pub result: Result<(StatusCode, &'a HeaderMap), &'a NoResponse>,
    /// How long it took.
    pub elapsed: Duration,
    /// How long until the next attempt, if there is one.
    pub retry_in: Option<Duration>,
}

impl fmt::Debug for AttemptOutcome<'_> {
    /// Without the headers, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptOutcome")
            .field("result", &self.result.map(|(status, _)| status))
            .field("elapsed", &self.elapsed)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}
