//! The client's builder.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use crate::client::authenticate::{Credential, Credentials};
use crate::client::client::{Calling, Client, Core};
use crate::client::client_credentials::ClientCredentials;
use crate::client::hooks::Hooks;
use crate::client::options::CallOptions;
use crate::client::origin::{ClientError, takes_token};
#[cfg(feature = "reqwest")]
use crate::client::reqwest_settings::ReqwestSettings;
use crate::client::retry::RetryPolicy;
use crate::client::retry_budget::RetryBudget;
use crate::client::servers::ServerSettings;
use crate::client::token::{TokenCache, TokenProvider};
use crate::client::transport::Transport;
use crate::facts::SecurityScheme;
use crate::facts::{Document, Facts};

/// Builds a [`Client`].
#[must_use = "nothing is made until `build` is called"]
pub struct ClientBuilder<D> {
    document: PhantomData<fn() -> D>,
    facts: &'static Facts,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    reqwest: ReqwestSettings,
    servers: ServerSettings,
    allow_http: bool,
    credentials: Credentials,
    client_credentials: Option<ClientCredentials>,
    user_agent: Result<HeaderValue, ClientError>,
    hooks: Vec<Arc<dyn Hooks>>,
    redirects: u32,
    token_timeout: Duration,
    options: CallOptions,
}

impl<D: Document> ClientBuilder<D> {
    pub(crate) fn new() -> Self {
        let facts = D::FACTS;
        Self {
            document: PhantomData,
            facts,
            transport: None,
            #[cfg(feature = "reqwest")]
            reqwest: Default::default(),
            servers: ServerSettings {
                base_url: facts.default_server.to_owned(),
                replaced: Vec::new(),
                is_for_all: false,
            },
            allow_http: false,
            credentials: Credentials::new(),
            client_credentials: None,
            user_agent: HeaderValue::from_str(facts.user_agent)
                .map_err(|_| ClientError::new("the user agent has characters that a header can't have")),
            hooks: Vec::new(),
            redirects: 0,
            token_timeout: Duration::from_secs(30),
            options: CallOptions::new().attempt_timeout(Duration::from_secs(30)),
        }
    }

    /// Sets the URL that the paths of operations are appended to; by default, the document's first server.
    ///
    /// Operations for which the document declares a server of their own still go there; their documentation
    /// says so. Use [`server`](Self::server) to replace one of those servers, [`every_server`](Self::every_server)
    /// to send all operations to one URL, or [`Client::at`] to do so for some calls.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.servers.base_url = url.into();
        self
    }

    /// Sets the URL of the operations whose own server is `declared`, the URL that their documentation
    /// names. The base URL remains the same.
    pub fn server(mut self, declared: impl Into<String>, url: impl Into<String>) -> Self {
        self.servers.replaced.push((declared.into(), url.into()));
        self
    }

    /// Sets the base URL of all operations, whatever servers the document declares for them: for example, that
    /// of a mock server.
    pub fn every_server(mut self, url: impl Into<String>) -> Self {
        self.servers.is_for_all = true;
        self.base_url(url)
    }

    /// Allows `http:` URLs to hosts other than this machine. Anyone on the network path can then read the
    /// credentials.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Sets a token for every scheme of the document that takes one.
    pub fn bearer_token(self, token: impl Into<SecretString>) -> Self {
        self.for_schemes(takes_token, &Credential::Fixed(token.into()))
    }

    /// Sets a source of tokens for every scheme of the document that takes one.
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.for_schemes(takes_token, &Credential::Token(TokenCache::new(provider)))
    }

    /// Gets tokens with the client credentials grant of OAuth 2.0 (RFC 6749, section 4.4), for every scheme
    /// of the document that declares this flow. If none does and the credentials specify a token URL, the
    /// tokens are used for every scheme that takes a token.
    pub fn client_credentials(mut self, credentials: ClientCredentials) -> Self {
        self.client_credentials = Some(credentials);
        self
    }

    /// Sets a user name and a password for every scheme of the document with basic authentication (RFC 7617).
    pub fn basic(self, user: &str, password: impl Into<SecretString>) -> Self {
        use base64::Engine as _;
        let pair = SecretString::from(format!("{user}:{}", password.into().expose_secret()));
        let encoded = base64::engine::general_purpose::STANDARD.encode(pair.expose_secret());
        self.for_schemes(|scheme| *scheme == SecurityScheme::Basic, &Credential::Fixed(encoded.into()))
    }

    /// Sets the credential for one scheme of the document, by its name: a token, an API key, the encoded pair
    /// for basic authentication or, for an HTTP scheme that this client doesn't know, such as Digest, the whole
    /// value of the `Authorization` header.
    pub fn credential(mut self, scheme: impl Into<String>, credential: impl Into<SecretString>) -> Self {
        self.credentials.insert(scheme.into(), Credential::Fixed(credential.into()));
        self
    }

    fn for_schemes(mut self, takes: impl Fn(&SecurityScheme) -> bool, credential: &Credential) -> Self {
        let names = self.facts.security_schemes.iter().filter(|(_, scheme)| takes(scheme));
        self.credentials.extend(names.map(|(name, _)| ((*name).to_owned(), credential.clone())));
        self
    }

    /// Sets how long a call may take, retries included; 60 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.timeout(timeout);
        self
    }

    /// Sets how long one attempt may take, including reading the response; 30 seconds by default.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.attempt_timeout(timeout);
        self
    }

    /// Sets how long it may take to obtain a token; 30 seconds by default. This time counts towards a call's timeout,
    /// but not towards that of an attempt.
    pub fn token_timeout(mut self, timeout: Duration) -> Self {
        self.token_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response's body, in bytes; 32 MiB by default.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.options = self.options.response_limit(bytes);
        self
    }

    /// Sets when a request is retried; by default, a call makes up to four attempts.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options = self.options.retry(policy);
        self
    }

    /// Sets whether requests are checked against the constraints of the document; they are by default. See
    /// [`CallOptions::validate`].
    pub fn validate(mut self, validate: bool) -> Self {
        self.options = self.options.validate(validate);
        self
    }

    /// Adds a header to every request, unless the operation sets that header itself.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.options = self.options.header(name, value);
        self
    }

    /// Sets the `User-Agent` header; by default, the name and version of the generated crate.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        self.user_agent = HeaderValue::from_str(user_agent)
            .map_err(|_| ClientError::new("the user agent has characters that a header can't have"));
        self
    }

    /// Sets how many redirects a call follows. By default it follows none: a redirect is a response like any
    /// other. Only redirects to the same scheme, host and port are followed, so credentials never go
    /// elsewhere.
    pub fn redirects(mut self, most: u32) -> Self {
        self.redirects = most;
        self
    }

    /// Adds hooks, which are called around each attempt. Can be called more than once.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.hooks.push(Arc::new(hooks));
        self
    }

    /// Sets the transport that sends requests, instead of the default `reqwest::Client`: another HTTP stack,
    /// a mock, or a `reqwest::Client` with other settings, which should not follow redirects.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the URL of a proxy, instead of the one in the environment (`HTTPS_PROXY`). With the feature `socks`, its
    /// scheme can be `socks5:` or `socks5h:`.
    #[cfg(feature = "reqwest")]
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.reqwest.proxy = Some(url.into());
        self
    }

    /// Sets how long connecting may take; 10 seconds by default.
    #[cfg(feature = "reqwest")]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.reqwest.connect_timeout = Some(timeout);
        self
    }

    /// Trusts these certificates of authorities, beside those that the platform trusts. They are in PEM, one or more, or
    /// one in DER. Can be called more than once.
    #[cfg(feature = "reqwest")]
    pub fn root_certificates(mut self, certificates: impl Into<Vec<u8>>) -> Self {
        self.reqwest.tls.roots.push(certificates.into());
        self
    }

    /// Trusts no other certificates of authorities than those of [`root_certificates`](Self::root_certificates).
    #[cfg(feature = "reqwest")]
    pub fn only_root_certificates(mut self) -> Self {
        self.reqwest.tls.only_these = true;
        self
    }

    /// Sets the client's own certificate, followed by those between it and the authority, and its private key (PKCS #8).
    /// Both are in PEM.
    #[cfg(feature = "reqwest")]
    pub fn client_certificate(
        mut self,
        certificate: impl Into<Vec<u8>>,
        key: impl Into<SecretString>,
    ) -> Self {
        self.reqwest.tls.identity = Some((certificate.into(), key.into()));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// The base URL is invalid or isn't `https:`, no operation has a server that was replaced, TLS, a certificate or the proxy can't be set up, no transport is given and
    /// the feature `reqwest` is disabled, or no scheme of the document accepts the client credentials.
    pub fn build(self) -> Result<Client<D>, ClientError> {
        let servers = self.servers.servers(self.allow_http, self.facts)?;
        #[cfg(feature = "reqwest")]
        let transport = self.reqwest.transport(self.transport)?;
        #[cfg(not(feature = "reqwest"))]
        let transport = self.transport.ok_or_else(|| {
            ClientError::new("there is no transport: give one, or turn the feature `reqwest` on")
        })?;
        let user_agent = self.user_agent?;
        let mut credentials = self.credentials;
        if let Some(grant) = self.client_credentials {
            let base = servers.base().ok_or_else(|| ClientError::new("the client has no base URL"))?;
            for (scheme, provider) in
                grant.providers(&base, &transport, &user_agent, self.allow_http, self.facts)?
            {
                credentials.insert(scheme.to_owned(), Credential::Token(TokenCache::new(provider)));
            }
        }
        let core = Core {
            facts: self.facts,
            transport,
            allow_http: self.allow_http,
            credentials,
            user_agent,
            hooks: self.hooks,
            redirects: self.redirects,
            token_timeout: self.token_timeout,
            budget: RetryBudget::new(),
        };
        Ok(Client::of(Calling {
            core: Arc::new(core),
            servers: Arc::new(servers),
            options: Arc::new(self.options),
        }))
    }
}

impl<D> fmt::Debug for ClientBuilder<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
