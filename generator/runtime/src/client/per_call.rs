//! Options of one call, set on the operation itself.

use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Request, Uri};

use crate::client::client::Client;
use crate::client::options::CallOptions;
use crate::client::response_future::ResponseFuture;
use crate::client::retry::RetryPolicy;
use crate::facts::Facts;
use crate::http::body::Body;
use crate::http::invalid_request::InvalidRequest;
use crate::http::operation::Operation;
use crate::http::style::encode;

/// An operation with options for one call. The methods of an operation's builder that set an option return it:
///
/// ```ignore
/// let connection = connections::get(id).timeout(Duration::from_secs(5)).send(&client).await?;
/// ```
///
/// The options of the client apply where these aren't set.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until `send` is called"]
pub struct WithOptions<O> {
    operation: O,
    options: CallOptions,
}

impl<O> WithOptions<O> {
    /// `operation` without any options.
    pub fn new(operation: O) -> Self {
        Self { operation, options: CallOptions::new() }
    }

    fn set(self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        Self { operation: self.operation, options: change(self.options) }
    }

    fn own(mut self, change: impl FnOnce(&mut Own)) -> Self {
        change(self.options.own.get_or_insert_default());
        self
    }

    /// How long the call may take, including all attempts and the waits between them.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(|options| options.timeout(timeout))
    }

    /// How long one attempt may take, including reading the response.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.set(|options| options.attempt_timeout(timeout))
    }

    /// The maximum size of the response's body, in bytes.
    pub fn response_limit(self, bytes: usize) -> Self {
        self.set(|options| options.response_limit(bytes))
    }

    /// When the request is retried.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.set(|options| options.retry(policy))
    }

    /// Whether sending the request twice has the same effect as sending it once. See [`CallOptions::idempotent`].
    pub fn idempotent(self, idempotent: bool) -> Self {
        self.set(|options| options.idempotent(idempotent))
    }

    /// Whether the request is checked against the constraints of the document. See [`CallOptions::validate`].
    pub fn validate(self, validate: bool) -> Self {
        self.set(|options| options.validate(validate))
    }

    /// Sets a header, in place of what the operation or the client would send. Its value is treated as a secret: nothing
    /// prints it.
    pub fn header(self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        let (name, value) = (name.try_into().ok(), value.try_into().ok());
        self.own(|own| own.header(name, value))
    }

    /// Adds a pair to the query, behind those of the operation.
    pub fn query_pair(self, name: &str, value: &str) -> Self {
        self.own(|own| own.query_pair(name, value))
    }

    /// Sets the key by which the service recognises a request that it has got already, and so makes it safe to retry. It
    /// is sent in the header that the crate's settings name, or else in `Idempotency-Key`, with every attempt.
    pub fn idempotency_key(self, key: impl TryInto<HeaderValue>) -> Self {
        let key = key.try_into().ok();
        self.own(|own| own.idempotency_key(key))
    }
}

impl<O: Operation + Send> WithOptions<O> {
    /// Sends the request and reads the response.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub fn send<'a>(self, client: &'a Client<O::Document>) -> ResponseFuture<'a, O::Output, O::Error>
    where
        O: 'a,
    {
        let client = client.with(self.options);
        ResponseFuture::new(async move { client.send(&self.operation).await })
    }

    /// Like [`send`](Self::send), but returns the status and the headers too.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    pub fn respond<'a>(
        self,
        client: &'a Client<O::Document>,
    ) -> ResponseFuture<'a, http::Response<O::Output>, O::Error>
    where
        O: 'a,
    {
        let client = client.with(self.options);
        ResponseFuture::new(async move { client.respond(&self.operation).await })
    }

    /// Sends the request and reads the response, and blocks the thread meanwhile.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(
        self,
        client: &crate::client::blocking::Client<O::Document>,
    ) -> Result<O::Output, crate::http::error::Error<O::Error>> {
        client.with(self.options).send(&self.operation)
    }

    /// Like [`send_blocking`](Self::send_blocking), but returns the status and the headers too.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or the call failed.
    #[cfg(feature = "blocking")]
    pub fn respond_blocking(
        self,
        client: &crate::client::blocking::Client<O::Document>,
    ) -> Result<http::Response<O::Output>, crate::http::error::Error<O::Error>> {
        client.with(self.options).respond(&self.operation)
    }
}

/// What is set on an operation and not on a client. Without type parameters, so that it is compiled once.
#[derive(Clone, Default)]
pub(crate) struct Own {
    headers: HeaderMap,
    /// The further pairs of the query, as they are sent.
    query: String,
    idempotency_key: Option<HeaderValue>,
    /// What is wrong with them.
    fault: Option<&'static str>,
}

impl Own {
    fn header(&mut self, name: Option<HeaderName>, value: Option<HeaderValue>) {
        match (name, value) {
            (Some(name), Some(mut value)) => {
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            (None, _) => self.fault = Some("a header has a name that it can't have"),
            (_, None) => self.fault = Some("a header has characters that it can't have"),
        }
    }

    fn query_pair(&mut self, name: &str, value: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.extend([&*encode(name, false), "=", &*encode(value, false)]);
    }

    fn idempotency_key(&mut self, key: Option<HeaderValue>) {
        if key.is_none() {
            self.fault = Some("the idempotency key has characters that a header can't have");
        }
        self.idempotency_key = key;
    }

    /// Adds what is set to a request.
    pub(crate) fn write(&self, request: &mut Request<Body>, facts: &Facts) -> Result<(), InvalidRequest> {
        if let Some(fault) = self.fault {
            return Err(InvalidRequest::new("", fault));
        }
        if !self.query.is_empty() {
            let uri = request.uri().to_string();
            let separator = if uri.contains('?') { '&' } else { '?' };
            let uri = format!("{uri}{separator}{}", self.query).parse::<Uri>();
            *request.uri_mut() = uri.map_err(|_| InvalidRequest::new("", "its query is too long"))?;
        }
        if let Some(key) = &self.idempotency_key {
            request.headers_mut().insert(idempotency_header(facts), key.clone());
        }
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        Ok(())
    }

    /// The names of what is set.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.headers.keys().map(HeaderName::as_str)
    }
}

/// The header with the key by which a service recognises a request that it has got already.
pub(crate) fn idempotency_header(facts: &Facts) -> HeaderName {
    let named = facts.idempotency_header.and_then(|name| HeaderName::try_from(name).ok());
    named.unwrap_or(HeaderName::from_static("idempotency-key"))
}

/// An operation with a time limit for the call.
#[doc(hidden)]
pub fn timeout<O>(operation: O, timeout: Duration) -> WithOptions<O> {
    WithOptions::new(operation).timeout(timeout)
}

/// An operation that is retried so.
#[doc(hidden)]
pub fn retry<O>(operation: O, policy: RetryPolicy) -> WithOptions<O> {
    WithOptions::new(operation).retry(policy)
}

/// An operation with a further header.
#[doc(hidden)]
pub fn header<O>(operation: O, name: &str, value: &str) -> WithOptions<O> {
    WithOptions::new(operation).header(name, value)
}

/// An operation with a further pair in the query.
#[doc(hidden)]
pub fn query_pair<O>(operation: O, name: &str, value: &str) -> WithOptions<O> {
    WithOptions::new(operation).query_pair(name, value)
}

/// An operation with an idempotency key.
#[doc(hidden)]
pub fn idempotency_key<O>(operation: O, key: &str) -> WithOptions<O> {
    WithOptions::new(operation).idempotency_key(key)
}

/// Generates the methods of a builder that send its operation, and those that set an option of one call. `$operation` is
/// the type of the operation that `$this` is made into. Each method is checked for each operation, so they are short.
#[doc(hidden)]
#[macro_export]
macro_rules! calls {
    ($this:ident => $made:expr, $operation:ty, $output:ty, $error:ty) => {
        /// Sends the request and reads the response.
        ///
        /// # Errors
        /// The request is invalid and wasn't sent, or the call failed.
        #[inline]
        pub fn send(
            $this,
            client: &$crate::client::client::Client<crate::document::Document>,
        ) -> $crate::client::response_future::ResponseFuture<'_, $output, $error> {
            client.send_boxed($made)
        }

        /// Like [`send`](Self::send), but returns the status and the headers too.
        #[inline]
        pub fn respond(
            $this,
            client: &$crate::client::client::Client<crate::document::Document>,
        ) -> $crate::client::response_future::ResponseFuture<
            '_,
            $crate::http::external::http::Response<$output>,
            $error,
        > {
            client.respond_boxed($made)
        }

        /// Like [`send`](Self::send), but blocks the thread.
        #[cfg(feature = "blocking")]
        #[inline]
        pub fn send_blocking(
            $this,
            client: &$crate::client::blocking::Client<crate::document::Document>,
        ) -> Result<$output, $crate::http::error::Error<$error>> {
            client.send(&$made)
        }

        /// Sets how long this call may take, with all its attempts.
        #[inline]
        pub fn timeout(
            $this,
            timeout: ::std::time::Duration,
        ) -> $crate::client::per_call::WithOptions<$operation> {
            $crate::client::per_call::timeout($made, timeout)
        }

        /// Sets when this call is retried.
        #[inline]
        pub fn retry(
            $this,
            policy: $crate::client::retry::RetryPolicy,
        ) -> $crate::client::per_call::WithOptions<$operation> {
            $crate::client::per_call::retry($made, policy)
        }

        /// Sets a header of this call, in place of what would be sent. Its value is treated as a secret.
        #[inline]
        pub fn header($this, name: &str, value: &str) -> $crate::client::per_call::WithOptions<$operation> {
            $crate::client::per_call::header($made, name, value)
        }

        /// Adds a pair to the query of this call.
        #[inline]
        pub fn query_pair($this, name: &str, value: &str) -> $crate::client::per_call::WithOptions<$operation> {
            $crate::client::per_call::query_pair($made, name, value)
        }

        /// Sets the key by which the service recognises this request if it is sent again, which makes it safe to retry.
        #[inline]
        pub fn idempotency_key($this, key: &str) -> $crate::client::per_call::WithOptions<$operation> {
            $crate::client::per_call::idempotency_key($made, key)
        }
    };
}
#[doc(hidden)]
pub use calls;
