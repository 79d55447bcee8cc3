//! Sets a client up.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::client::{Client, Settings};
use super::transport::Transport;
use super::{Secret, SecurityScheme};
use crate::document;

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
#[must_use = "nothing is made until `build` is called"]
pub struct ClientBuilder {
    transport: Option<Arc<dyn Transport>>,
    settings: Settings,
    allow_http: bool,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        let settings = Settings {
            base_url: document::DEFAULT_SERVER.to_owned(),
            credentials: BTreeMap::new(),
            timeout: Duration::from_secs(30),
            response_limit: 32 << 20,
        };
        Self { transport: None, settings, allow_http: false }
    }

    /// The URL that paths are put behind; the document's first server if none is given. See
    /// [`servers`](crate::servers) for the document's.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = url.into().trim_end_matches('/').to_owned();
        self
    }

    /// A token for every scheme of the document that takes one.
    pub fn bearer_token(mut self, token: impl Into<Secret<String>>) -> Self {
        let token = token.into();
        for (name, scheme) in document::SECURITY_SCHEMES {
            if *scheme == SecurityScheme::Bearer {
                self.settings.credentials.insert((*name).to_owned(), token.clone());
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
        self.settings.credentials.insert(scheme.into(), credential.into());
        self
    }

    /// How long a call may take in all; 30 seconds if nothing is said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// How many bytes a response's body may have; 32 MiB if nothing is said.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.settings.response_limit = bytes;
        self
    }

    /// Allows `http:` URLs to hosts other than this one, over which credentials can be read on the way.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// What requests are sent with, instead of a `reqwest::Client` of the client's own: another HTTP stack, a
    /// double, or a `reqwest::Client` that is set up otherwise, which should follow no redirects.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// The base URL isn't one, or isn't `https:`; or TLS can't be set up; or there is nothing to send with,
    /// without the feature `reqwest`.
    pub fn build(self) -> Result<Client, ClientError> {
        let url: http::Uri = self.settings.base_url.parse().map_err(|error| {
            ClientError(format!("the base URL {:?} is no URL: {error}", self.settings.base_url))
        })?;
        let local = matches!(url.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.host().is_none() || !matches!(url.scheme_str(), Some("https" | "http")) {
            let message = format!("the base URL {:?} is not absolute", self.settings.base_url);
            return Err(ClientError(message));
        }
        if url.scheme_str() == Some("http") && !local && !self.allow_http {
            let message = format!(
                "the base URL {:?} isn't https: credentials could be read on the way",
                self.settings.base_url
            );
            return Err(ClientError(message));
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        Ok(Client::from_parts(transport, self.settings))
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, ClientError> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| ClientError(format!("the HTTP client can't be set up: {error}")))?;
    Ok(Arc::new(client))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, ClientError> {
    Err(ClientError("there is no transport: give one, or turn the feature `reqwest` on".to_owned()))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("settings", &self.settings).finish_non_exhaustive()
    }
}
