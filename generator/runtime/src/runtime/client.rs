//! The client: a transport with a base URL and credentials.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{AUTHORIZATION, HeaderValue, USER_AGENT};

use super::body::Body;
use super::builder::ClientBuilder;
use super::error::Error;
use super::incoming::{Incoming, IncomingError};
use super::operation::{Operation, OperationInfo, build};
use super::style::encode;
use super::transport::{ResponseBody, Transport};
use super::transport_error::{TransportError, TransportErrorKind};
use super::{Reply, Secret, SecurityScheme};
use crate::document;

/// Sends requests to one server. Cheap to clone; clones share their connections.
///
/// Redirects aren't followed, so that a credential never goes to another host.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    settings: Arc<Settings>,
}

/// What a client is set to.
#[derive(Debug)]
pub(super) struct Settings {
    pub base_url: String,
    pub credentials: BTreeMap<String, Secret<String>>,
    pub timeout: Duration,
    pub response_limit: usize,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for the server at `base_url` that authenticates with `token`.
    ///
    /// # Errors
    /// See [`ClientBuilder::build`].
    #[cfg(feature = "reqwest")]
    pub fn new(
        base_url: impl Into<String>,
        token: impl Into<Secret<String>>,
    ) -> Result<Self, super::ClientError> {
        Self::builder().base_url(base_url).bearer_token(token).build()
    }

    /// Sets a client up step by step.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    pub(super) fn from_parts(transport: Arc<dyn Transport>, settings: Settings) -> Self {
        Self { transport, settings: Arc::new(settings) }
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
        let reply = Reply::new(self.execute(request, O::INFO).await?, O::INFO);
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
        let within = self.settings.timeout;
        let response = self.within_timeout(self.start(request, O::INFO)).await?;
        if !response.status().is_success() {
            let response = self.within_timeout(self.whole(response)).await?;
            let reply = Reply::new(response, O::INFO);
            return Err(O::read(&reply).err().unwrap_or_else(|| reply.unexpected()));
        }
        let (parts, body) = response.into_parts();
        let next = move |mut body: ResponseBody| async move {
            match tokio::time::timeout(within, body.chunk()).await {
                Ok(Ok(chunk)) => Ok(chunk.map(|chunk| (chunk, body))),
                Ok(Err(error)) => Err(IncomingError::Transport(error)),
                Err(_) => Err(IncomingError::Timeout(within)),
            }
        };
        let chunks = futures_util::stream::try_unfold(body, next);
        Ok(Incoming::new(parts.status, parts.headers, Box::pin(chunks)))
    }

    /// Sends a request and reads the response; the same code for every operation.
    async fn execute(
        &self,
        request: http::Request<Body>,
        info: &'static OperationInfo,
    ) -> Result<http::Response<Bytes>, CallError> {
        self.within_timeout(async { self.whole(self.start(request, info).await?).await }).await
    }

    async fn within_timeout<T>(
        &self,
        call: impl Future<Output = Result<T, CallError>>,
    ) -> Result<T, CallError> {
        tokio::time::timeout(self.settings.timeout, call)
            .await
            .unwrap_or(Err(CallError::Timeout(self.settings.timeout)))
    }

    /// Sends a request; gives the response when its headers are there.
    async fn start(
        &self,
        request: http::Request<Body>,
        info: &'static OperationInfo,
    ) -> Result<http::Response<ResponseBody>, CallError> {
        let mut request = self.authenticate(request, info)?;
        let agent = HeaderValue::from_static(document::USER_AGENT);
        request.headers_mut().entry(USER_AGENT).or_insert(agent);
        let sent = self.transport.send(request).await;
        sent.map_err(|error| CallError::Transport(error.of(info)))
    }

    /// Reads the body, within the limit.
    async fn whole(
        &self,
        response: http::Response<ResponseBody>,
    ) -> Result<http::Response<Bytes>, CallError> {
        let (parts, mut body) = response.into_parts();
        let mut whole = BytesMut::new();
        while let Some(chunk) = body.chunk().await.map_err(CallError::Transport)? {
            if whole.len() + chunk.len() > self.settings.response_limit {
                let message = format!("more than {} bytes", self.settings.response_limit);
                return Err(CallError::Transport(TransportError::new(TransportErrorKind::TooLarge, message)));
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(http::Response::from_parts(parts, whole.freeze()))
    }

    /// Puts the request behind the base URL and adds the credentials of the first alternative that is at hand.
    fn authenticate(
        &self,
        mut request: http::Request<Body>,
        info: &OperationInfo,
    ) -> Result<http::Request<Body>, CallError> {
        let mut uri = format!("{}{}", self.settings.base_url, request.uri());
        let at_hand = |alternative: &&&[(&str, &[&str])]| {
            alternative.iter().all(|(scheme, _)| self.settings.credentials.contains_key(*scheme))
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
            if let (Some((_, scheme)), Some(credential)) = (known, self.settings.credentials.get(*name)) {
                add_credential(&mut request, &mut uri, *scheme, credential.expose_secret())?;
            }
        }
        *request.uri_mut() = uri.parse().map_err(|_| {
            CallError::Transport(TransportError::new(
                TransportErrorKind::Other,
                "the request has no valid URL",
            ))
        })?;
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
    Transport(TransportError),
    Timeout(Duration),
}

impl<E> From<CallError> for Error<E> {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Authentication(message) => Self::Authentication(message),
            CallError::Transport(error) => Self::Transport(error),
            CallError::Timeout(limit) => Self::Timeout(limit),
        }
    }
}
