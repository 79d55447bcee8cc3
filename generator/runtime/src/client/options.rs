//! Options that can differ from call to call.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::client::per_call::Own;
use crate::client::retry::RetryPolicy;

/// Limits, retries and headers of calls. To set them for some calls only, use
/// [`Client::with`](crate::client::client::Client::with):
///
/// ```ignore
/// let patient = client.with(CallOptions::new().timeout(Duration::from_secs(300)));
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing until a client has them"]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) response_limit: Option<usize>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotent: Option<bool>,
    pub(crate) validate: Option<bool>,
    pub(crate) headers: HeaderMap,
    /// What is set on an operation.
    pub(crate) own: Option<Box<Own>>,
}

impl CallOptions {
    /// No options: the client's own apply.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long a call may take, including all attempts and the waits between them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long one attempt may take, including reading the response.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// The maximum size of a response's body, in bytes.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = Some(bytes);
        self
    }

    /// When a request is retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Whether sending a request twice has the same effect as sending it once. By default, this depends on
    /// the method (RFC 9110, section 9.2.2).
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }

    /// Whether requests are checked against the constraints of the document, such as limits, patterns and required
    /// properties; they are by default. Without this check, a value that the server sent can be sent back even if it
    /// breaks one. What can't be sent at all, such as an empty segment of the path, is an error in any case.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = Some(validate);
        self
    }

    /// Adds a header to every request, unless the operation sets that header itself.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// These options, with unset ones taken from `base`.
    pub(crate) fn over(self, base: &Self) -> Self {
        let mut headers = base.headers.clone();
        headers.extend(self.headers);
        Self {
            timeout: self.timeout.or(base.timeout),
            attempt_timeout: self.attempt_timeout.or(base.attempt_timeout),
            response_limit: self.response_limit.or(base.response_limit),
            retry: self.retry.or_else(|| base.retry.clone()),
            idempotent: self.idempotent.or(base.idempotent),
            validate: self.validate.or(base.validate),
            headers,
            own: self.own,
        }
    }
}

/// Prints the names of the headers: their values may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { timeout, attempt_timeout, response_limit, retry, idempotent, validate, headers, own } =
            self;
        let own = own.iter().flat_map(|own| own.names());
        f.debug_struct("CallOptions")
            .field("timeout", timeout)
            .field("attempt_timeout", attempt_timeout)
            .field("response_limit", response_limit)
            .field("retry", retry)
            .field("idempotent", idempotent)
            .field("validate", validate)
            .field("headers", &headers.keys().map(HeaderName::as_str).chain(own).collect::<Vec<_>>())
            .finish()
    }
}
