//! The client: `reqwest` with a base URL and credentials.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderValue};

use super::body::Body;
use super::error::Error;
use super::incoming::{Incoming, IncomingError};
use super::operation::{Operation, OperationInfo, build};
use super::style::encode;
use super::{Reply, Secret, SecurityScheme};
use crate::document;

/// Sends requests to one server. Cheap to clone; clones share their connections.
///
/// Redirects aren't followed, so that a credential never goes to another host.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    credentials: BTreeMap<String, Secret<String>>,
    timeout: Duration,
    response_limit: usize,
}

/// Why a client can't be made.
#[derive(Debug)]
pub struct ClientError(String);

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ClientError {}

/// Sets a [`Client`] up.
#[derive(Debug)]
#[must_use = "nothing is made until `build` is called"]
pub struct ClientBuilder {
    http: Option<reqwest::Client>,
    base_url: String,
    credentials: BTreeMap<String, Secret<String>>,
    timeout: Duration,
    response_limit: usize,
    allow_http: bool,
}

impl ClientBuilder {
    /// The URL that paths are put behind; the document's first server if none is given. See
    /// [`servers`](crate::servers) for the document's.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into().trim_end_matches('/').to_owned();
        self
    }

    /// A token for every scheme of the document that takes one.
    pub fn bearer_token(mut self, token: impl Into<Secret<String>>) -> Self {
        let token = token.into();
        for (name, scheme) in document::SECURITY_SCHEMES {
            if *scheme == SecurityScheme::Bearer {
                self.credentials.insert((*name).to_owned(), token.clone());
            }
        }
        self
    }

    /// The user's name and password for every scheme of the document that takes them (RFC 7617).
    pub fn basic(self, user: &str, password: &str) -> Self {
        use base64::Engine as _;
        let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        let names: Vec<&str> = document::SECURITY_SCHEMES
            .iter()
            .filter(|(_, scheme)| *scheme == SecurityScheme::Basic)
            .map(|(name, _)| *name)
            .collect();
        names.into_iter().fold(self, |builder, name| builder.credential(name, pair.clone()))
    }

    /// The credential for the named scheme of the document: a token, a key, or for basic authentication the
    /// encoded pair.
    pub fn credential(mut self, scheme: impl Into<String>, credential: impl Into<Secret<String>>) -> Self {
        self.credentials.insert(scheme.into(), credential.into());
        self
    }

    /// How long a call may take in all; 30 seconds if nothing is said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many bytes a response's body may have; 32 MiB if nothing is said.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Allows `http:` URLs to hosts other than this one, over which credentials can be read on the way.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// The HTTP client to send with; it should not follow redirects.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// The base URL isn't one, or isn't `https:`; or TLS can't be set up.
    pub fn build(self) -> Result<Client, ClientError> {
        let url = reqwest::Url::parse(&self.base_url)
            .map_err(|error| ClientError(format!("the base URL {:?} is no URL: {error}", self.base_url)))?;
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !local && !self.allow_http {
            let message =
                format!("the base URL {:?} isn't https: credentials could be read on the way", self.base_url);
            return Err(ClientError(message));
        }
        let http = match self.http {
            Some(http) => http,
            None => reqwest::Client::builder()
                .user_agent(document::USER_AGENT)
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .map_err(|error| ClientError(format!("the HTTP client can't be set up: {error}")))?,
        };
        Ok(Client {
            http,
            base_url: self.base_url,
            credentials: self.credentials,
            timeout: self.timeout,
            response_limit: self.response_limit,
        })
    }
}

impl Client {
    /// A client for the server at `base_url` that authenticates with `token`.
    ///
    /// # Errors
    /// See [`ClientBuilder::build`].
    pub fn new(base_url: impl Into<String>, token: impl Into<Secret<String>>) -> Result<Self, ClientError> {
        Self::builder().base_url(base_url).bearer_token(token).build()
    }

    /// Sets a client up step by step.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            http: None,
            base_url: document::DEFAULT_SERVER.to_owned(),
            credentials: BTreeMap::new(),
            timeout: Duration::from_secs(30),
            response_limit: 32 << 20,
            allow_http: false,
        }
    }

    /// Sends an operation and reads the response.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or didn't succeed.
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error<O::Error>> {
        self.respond(operation).await.map(http::Response::into_body)
    }

    /// As [`send`](Self::send), but gives the status and the headers as well.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or didn't succeed.
    pub async fn respond<O: Operation>(
        &self,
        operation: &O,
    ) -> Result<http::Response<O::Output>, Error<O::Error>> {
        let request = build(operation)?;
        let reply = Reply::new(self.execute(request, &O::INFO).await?, O::INFO);
        let output = O::read(&reply)?;
        Ok(reply.into_response().map(|_| output))
    }

    /// Sends an operation and gives the body of a success as it comes, which may be longer than the limit and
    /// take longer than the timeout: that counts until the headers are there, and again for each piece.
    ///
    /// # Errors
    /// The request is invalid and wasn't sent, or didn't succeed.
    pub async fn stream<O: Operation>(&self, operation: &O) -> Result<Incoming, Error<O::Error>> {
        let request = build(operation)?;
        let within = self.timeout;
        let response = self.within_timeout(self.start(request, &O::INFO)).await?;
        if !response.status().is_success() {
            let response = self.within_timeout(self.whole(response)).await?;
            let reply = Reply::new(response, O::INFO);
            return Err(O::read(&reply).err().unwrap_or_else(|| reply.unexpected()));
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let next = move |mut response: reqwest::Response| async move {
            match tokio::time::timeout(within, response.chunk()).await {
                Ok(Ok(chunk)) => Ok(chunk.map(|chunk| (chunk, response))),
                Ok(Err(error)) => Err(IncomingError::Transport(chain(error))),
                Err(_) => Err(IncomingError::Timeout(within)),
            }
        };
        Ok(Incoming::new(status, headers, Box::pin(futures_util::stream::try_unfold(response, next))))
    }

    /// Sends a request and reads the response; the same code for every operation.
    async fn execute(
        &self,
        request: http::Request<Body>,
        info: &OperationInfo,
    ) -> Result<http::Response<Bytes>, CallError> {
        self.within_timeout(async { self.whole(self.start(request, info).await?).await }).await
    }

    async fn within_timeout<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        tokio::time::timeout(self.timeout, call).await.unwrap_or(Err(CallError::Timeout(self.timeout)))
    }

    /// Sends a request; gives the response when its headers are there.
    async fn start(
        &self,
        request: http::Request<Body>,
        info: &OperationInfo,
    ) -> Result<reqwest::Response, CallError> {
        let request = self.authenticate(request, info)?;
        self.http.execute(request).await.map_err(transport)
    }

    /// Reads the body, within the limit.
    async fn whole(&self, mut response: reqwest::Response) -> Result<http::Response<Bytes>, CallError> {
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(transport)? {
            if body.len() + chunk.len() > self.response_limit {
                let message = format!("the response has more than {} bytes", self.response_limit);
                return Err(CallError::Transport(message));
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = http::Response::new(body.freeze());
        *whole.status_mut() = response.status();
        *whole.headers_mut() = std::mem::take(response.headers_mut());
        Ok(whole)
    }

    /// Puts the request behind the base URL and adds the credentials of the first alternative that is at hand.
    fn authenticate(
        &self,
        mut request: http::Request<Body>,
        info: &OperationInfo,
    ) -> Result<reqwest::Request, CallError> {
        let mut uri = format!("{}{}", self.base_url, request.uri());
        let at_hand = |alternative: &&&[(&str, &[&str])]| {
            alternative.iter().all(|(scheme, _)| self.credentials.contains_key(*scheme))
        };
        let schemes = match info.security.iter().find(at_hand) {
            Some(schemes) => schemes,
            None if info.security.is_empty() => &[][..],
            None => {
                let names: Vec<&str> =
                    info.security.iter().copied().flatten().map(|(name, _)| *name).collect();
                let message = format!("{} needs a credential for one of: {}", info.id, names.join(", "));
                return Err(CallError::Authentication(message));
            }
        };
        for (name, _) in schemes {
            let known = document::SECURITY_SCHEMES.iter().find(|(known, _)| known == name);
            if let (Some((_, scheme)), Some(credential)) = (known, self.credentials.get(*name)) {
                add_credential(&mut request, &mut uri, *scheme, credential.expose_secret())?;
            }
        }
        let (mut parts, body) = request.into_parts();
        parts.uri = http::Uri::default();
        let url = reqwest::Url::parse(&uri)
            .map_err(|_| CallError::Transport("the request has no valid URL".into()))?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        match body.as_bytes() {
            Some(bytes) => *request.body_mut() = (!bytes.is_empty()).then(|| bytes.clone().into()),
            None => {
                if let Some(length) = body.length() {
                    request.headers_mut().insert(CONTENT_LENGTH, length.into());
                }
                *request.body_mut() = Some(reqwest::Body::wrap_stream(body.open()));
            }
        }
        Ok(request)
    }
}

fn add_credential(
    request: &mut http::Request<Body>,
    uri: &mut String,
    scheme: SecurityScheme,
    credential: &str,
) -> Result<(), CallError> {
    let header = |text: String| {
        let value = HeaderValue::from_str(&text);
        let mut value =
            value.map_err(|_| CallError::Authentication("the credential can't be in a header".into()))?;
        value.set_sensitive(true);
        Ok(value)
    };
    let headers = request.headers_mut();
    match scheme {
        SecurityScheme::Bearer => headers.insert(AUTHORIZATION, header(format!("Bearer {credential}"))?),
        SecurityScheme::Basic => headers.insert(AUTHORIZATION, header(format!("Basic {credential}"))?),
        SecurityScheme::HeaderKey(name) => {
            let name = http::HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| CallError::Authentication("the scheme's header has no valid name".into()))?;
            headers.insert(name, header(credential.to_owned())?)
        }
        SecurityScheme::CookieKey(name) => {
            let cookie = format!("{}={}", encode(name, false), encode(credential, false));
            headers.append(http::header::COOKIE, header(cookie)?);
            None
        }
        SecurityScheme::QueryKey(name) => {
            uri.push(if uri.contains('?') { '&' } else { '?' });
            uri.push_str(&format!("{}={}", encode(name, false), encode(credential, false)));
            None
        }
    };
    Ok(())
}

/// What can go wrong whatever the operation.
enum CallError {
    Authentication(String),
    Transport(String),
    Timeout(Duration),
}

impl<E> From<CallError> for Error<E> {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Authentication(message) => Self::Authentication(message),
            CallError::Transport(message) => Self::Transport(message),
            CallError::Timeout(limit) => Self::Timeout(limit),
        }
    }
}

fn transport(error: reqwest::Error) -> CallError {
    CallError::Transport(chain(error))
}

/// The whole chain of causes; never the URL, which can have a key in its query.
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut message = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        message.push_str(": ");
        message.push_str(&cause.to_string());
        source = cause.source();
    }
    message
}
