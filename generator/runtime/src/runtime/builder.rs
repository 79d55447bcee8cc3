//! Sets a client up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use super::SecurityScheme;
use super::authenticate::{Credential, Credentials};
use super::client::{Client, Core};
use super::client_credentials::ClientCredentials;
use super::hooks::Hooks;
use super::options::CallOptions;
use super::retry::{RetryBudget, RetryPolicy};
use super::token::{TokenCache, TokenProvider};
use super::transport::Transport;
use crate::document;

/// Why a client can't be made.
#[derive(Debug)]
pub struct ClientError(String);

impl ClientError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ClientError {}

/// The server, without the path.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub scheme: String,
    pub host: String,
    pub port: u16,
}

/// Sets a [`Client`] up.
#[must_use = "nothing is made until `build` is called"]
pub struct ClientBuilder {
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    reqwest: super::reqwest_transport::ReqwestSettings,
    base_url: String,
    allow_http: bool,
    credentials: Credentials,
    client_credentials: Option<ClientCredentials>,
    user_agent: Result<HeaderValue, ClientError>,
    hooks: Vec<Arc<dyn Hooks>>,
    redirects: u32,
    options: CallOptions,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            transport: None,
            #[cfg(feature = "reqwest")]
            reqwest: Default::default(),
            base_url: document::DEFAULT_SERVER.to_owned(),
            allow_http: false,
            credentials: Credentials::new(),
            client_credentials: None,
            user_agent: Ok(HeaderValue::from_static(document::USER_AGENT)),
            hooks: Vec::new(),
            redirects: 0,
            options: CallOptions::new().attempt_timeout(Duration::from_secs(30)),
        }
    }

    /// The URL that paths are put behind; the document's first server if none is given. See
    /// [`servers`](crate::servers) for the document's.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Allows `http:` URLs to hosts other than this one, over which credentials can be read on the way.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// A token for every scheme of the document that takes one.
    pub fn bearer_token(self, token: impl Into<SecretString>) -> Self {
        self.for_schemes(takes_token, &Credential::Fixed(token.into()))
    }

    /// Where to get tokens from, for every scheme of the document that takes one.
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.for_schemes(takes_token, &Credential::Token(TokenCache::new(provider)))
    }

    /// Gets tokens by the client credentials grant of OAuth 2.0 (RFC 6749, section 4.4), for every scheme of the
    /// document that has this flow; if the credentials say a token URL and none has, for every scheme that takes a
    /// token.
    pub fn client_credentials(mut self, credentials: ClientCredentials) -> Self {
        self.client_credentials = Some(credentials);
        self
    }

    /// The user's name and password for every scheme of the document that takes them (RFC 7617).
    pub fn basic(self, user: &str, password: impl Into<SecretString>) -> Self {
        use base64::Engine as _;
        let pair = SecretString::from(format!("{user}:{}", password.into().expose_secret()));
        let encoded = base64::engine::general_purpose::STANDARD.encode(pair.expose_secret());
        self.for_schemes(|scheme| *scheme == SecurityScheme::Basic, &Credential::Fixed(encoded.into()))
    }

    /// The credential for the named scheme of the document: a token, a key, or for basic authentication the
    /// encoded pair.
    pub fn credential(mut self, scheme: impl Into<String>, credential: impl Into<SecretString>) -> Self {
        self.credentials.insert(scheme.into(), Credential::Fixed(credential.into()));
        self
    }

    fn for_schemes(mut self, takes: impl Fn(&SecurityScheme) -> bool, credential: &Credential) -> Self {
        let names = document::SECURITY_SCHEMES.iter().filter(|(_, scheme)| takes(scheme));
        self.credentials.extend(names.map(|(name, _)| ((*name).to_owned(), credential.clone())));
        self
    }

    /// How long a call may take in all, with its retries; 60 seconds if nothing is said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.timeout(timeout);
        self
    }

    /// How long an attempt may take until the response is read; 30 seconds if nothing is said.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.attempt_timeout(timeout);
        self
    }

    /// How many bytes a response's body may have; 32 MiB if nothing is said.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.options = self.options.response_limit(bytes);
        self
    }

    /// How often a request is sent; up to four times if nothing is said.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options = self.options.retry(policy);
        self
    }

    /// A header of each request, unless the operation writes it itself.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.options = self.options.header(name, value);
        self
    }

    /// What is sent as `User-Agent`; the crate's name and version if nothing is said.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        self.user_agent = HeaderValue::from_str(user_agent)
            .map_err(|_| ClientError::new("the user agent has characters that a header can't have"));
        self
    }

    /// How many redirects are followed; none if nothing is said, so that a redirect is a response like any other.
    /// Only those to the same scheme, host and port are: no credential goes elsewhere.
    pub fn redirects(mut self, most: u32) -> Self {
        self.redirects = most;
        self
    }

    /// What is called around each attempt. May be said more than once.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.hooks.push(Arc::new(hooks));
        self
    }

    /// What requests are sent with, instead of a `reqwest::Client` of the client's own: another HTTP stack, a
    /// double, or a `reqwest::Client` that is set up otherwise, which should follow no redirects.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The proxy's URL, instead of what the environment says (`HTTPS_PROXY`).
    #[cfg(feature = "reqwest")]
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.reqwest.proxy = Some(url.into());
        self
    }

    /// How long making a connection may take; ten seconds if nothing is said.
    #[cfg(feature = "reqwest")]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.reqwest.connect_timeout = Some(timeout);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// The base URL isn't one, or isn't `https:`; or TLS or the proxy can't be set up; or there is nothing to send
    /// with, without the feature `reqwest`; or no scheme of the document takes the client credentials.
    pub fn build(self) -> Result<Client, ClientError> {
        let base = Url::parse(&self.base_url)
            .map_err(|error| ClientError(format!("the base URL is no URL: {error}")))?;
        let origin = checked(&base, "base URL", self.allow_http)?;
        if base.query().is_some() || base.fragment().is_some() {
            return Err(ClientError::new("the base URL has a query or a fragment, and paths go behind it"));
        }
        let base_url = base.as_str().trim_end_matches('/').to_owned();
        if base_url.parse::<http::Uri>().is_err() {
            return Err(ClientError(format!("the base URL {base_url} has characters that it can't have")));
        }
        #[cfg(feature = "reqwest")]
        let transport = self.reqwest.transport(self.transport)?;
        #[cfg(not(feature = "reqwest"))]
        let transport = self.transport.ok_or_else(|| {
            ClientError::new("there is no transport: give one, or turn the feature `reqwest` on")
        })?;
        let user_agent = self.user_agent?;
        let mut credentials = self.credentials;
        if let Some(grant) = self.client_credentials {
            for (scheme, provider) in grant.providers(&base, &transport, &user_agent, self.allow_http)? {
                credentials.insert(scheme.to_owned(), Credential::Token(TokenCache::new(provider)));
            }
        }
        let core = Core {
            transport,
            base_url,
            origin,
            credentials,
            user_agent,
            hooks: self.hooks,
            redirects: self.redirects,
            budget: RetryBudget::new(),
        };
        Ok(Client { core: Arc::new(core), options: Arc::new(self.options) })
    }
}

/// Whether a scheme is satisfied with a token.
pub(super) fn takes_token(scheme: &SecurityScheme) -> bool {
    matches!(scheme, SecurityScheme::Bearer | SecurityScheme::ClientCredentials { .. })
}

/// The origin of a URL that credentials may be sent to.
pub(super) fn checked(url: &Url, what: &str, allow_http: bool) -> Result<Origin, ClientError> {
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let (Some(host), Some(port), "https" | "http") =
        (url.host_str(), url.port_or_known_default(), url.scheme())
    else {
        return Err(ClientError(format!("the {what} is none of a web server")));
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ClientError(format!(
            "the {what} has a user's name or password, which belong to credentials"
        )));
    }
    if url.scheme() == "http" && !local && !allow_http {
        let message = format!("the {what} isn't https: credentials could be read on the way to {host}");
        return Err(ClientError(message));
    }
    Ok(Origin { scheme: url.scheme().to_owned(), host: host.to_owned(), port })
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
