//! What the runtime needs to know about a document.

/// What a generated crate tells the runtime about its document. Each generated crate has one, in a static.
/// Anything that isn't set is unknown.
///
/// ```ignore
/// static FACTS: Facts = Facts::new()
///     .default_server("https://api.example.com/v1")
///     .security_schemes(&[("bearer", SecurityScheme::Bearer)]);
/// ```
#[derive(Debug)]
pub struct Facts {
    pub(crate) secret_names: &'static [&'static str],
    pub(crate) rate_limit_header: Option<&'static str>,
    pub(crate) rate_limit_remaining_header: Option<&'static str>,
    pub(crate) rate_limit_reset_header: Option<&'static str>,
    pub(crate) request_id_header: Option<&'static str>,
    pub(crate) idempotency_header: Option<&'static str>,
    pub(crate) idempotency_methods: &'static [&'static str],
    pub(crate) error_message: Option<&'static str>,
    pub(crate) error_code: Option<&'static str>,
    pub(crate) default_server: &'static str,
    pub(crate) servers: &'static [&'static str],
    pub(crate) operation_servers: &'static [&'static str],
    pub(crate) user_agent: &'static str,
    pub(crate) security_schemes: &'static [(&'static str, SecurityScheme)],
}

/// A document as a type, so that a client for one document can't send the operations of another.
pub trait Document: 'static {
    /// What the runtime needs to know about this document.
    const FACTS: &'static Facts;
}

/// How a request authenticates (OpenAPI 3.1, section 4.8.27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityScheme {
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization` with another scheme, such as Digest (RFC 7616). The credential is the header's whole
    /// value.
    Authorization,
    /// An API key in the named header.
    HeaderKey(&'static str),
    /// An API key in the named query parameter.
    QueryKey(&'static str),
    /// An API key in the named cookie.
    CookieKey(&'static str),
    /// `Authorization: Bearer`, with a token from the client credentials grant (RFC 6749, section 4.4).
    ClientCredentials {
        /// The URL of the token endpoint, which may be relative to the server's URL.
        token_url: &'static str,
        /// Additional parameters of the token request.
        parameters: &'static [(&'static str, &'static str)],
    },
}

impl Facts {
    /// Creates facts with nothing set.
    pub const fn new() -> Self {
        Self {
            secret_names: &[],
            rate_limit_header: None,
            rate_limit_remaining_header: None,
            rate_limit_reset_header: None,
            request_id_header: None,
            idempotency_header: None,
            idempotency_methods: &[],
            error_message: None,
            error_code: None,
            default_server: "",
            servers: &[],
            operation_servers: &[],
            user_agent: "",
            security_schemes: &[],
        }
    }

    /// Sets the names of properties whose values are always secret, wherever they appear. Case is ignored.
    pub const fn secret_names(mut self, names: &'static [&'static str]) -> Self {
        self.secret_names = names;
        self
    }

    /// Sets the header with the number of calls allowed in the rate limit window.
    pub const fn rate_limit_header(mut self, name: &'static str) -> Self {
        self.rate_limit_header = Some(name);
        self
    }

    /// Sets the header with the number of calls left in the rate limit window.
    pub const fn rate_limit_remaining_header(mut self, name: &'static str) -> Self {
        self.rate_limit_remaining_header = Some(name);
        self
    }

    /// Sets the header with the end of the rate limit window, as Unix time in seconds.
    pub const fn rate_limit_reset_header(mut self, name: &'static str) -> Self {
        self.rate_limit_reset_header = Some(name);
        self
    }

    /// Sets the header with the service's own ID for a request.
    pub const fn request_id_header(mut self, name: &'static str) -> Self {
        self.request_id_header = Some(name);
        self
    }

    /// Sets the header with the key by which the service recognises a request that it has got already, and the methods
    /// of the requests that get such a key by themselves.
    pub const fn idempotency_keys(mut self, name: &'static str, methods: &'static [&'static str]) -> Self {
        self.idempotency_header = Some(name);
        self.idempotency_methods = methods;
        self
    }

    /// Sets the JSON Pointer (RFC 6901) to the human-readable message in the body of an error response.
    pub const fn error_message(mut self, pointer: &'static str) -> Self {
        self.error_message = Some(pointer);
        self
    }

    /// Sets the JSON Pointer (RFC 6901) to the machine-readable code in the body of an error response.
    pub const fn error_code(mut self, pointer: &'static str) -> Self {
        self.error_code = Some(pointer);
        self
    }

    /// Sets the base URL that a client uses by default.
    pub const fn default_server(mut self, url: &'static str) -> Self {
        self.default_server = url;
        self
    }

    /// Sets the URLs of the servers, with their variables in braces.
    pub const fn servers(mut self, urls: &'static [&'static str]) -> Self {
        self.servers = urls;
        self
    }

    /// Sets the URLs of the servers that the document declares for some operations only, with the defaults of
    /// their variables.
    pub const fn operation_servers(mut self, urls: &'static [&'static str]) -> Self {
        self.operation_servers = urls;
        self
    }

    /// Sets the `User-Agent` that a client sends by default: the crate's name and version.
    pub const fn user_agent(mut self, user_agent: &'static str) -> Self {
        self.user_agent = user_agent;
        self
    }

    /// Sets the security schemes, each with its name.
    pub const fn security_schemes(mut self, schemes: &'static [(&'static str, SecurityScheme)]) -> Self {
        self.security_schemes = schemes;
        self
    }
}

impl Default for Facts {
    fn default() -> Self {
        Self::new()
    }
}
