//! Where a client sends its requests, and why a client can't be built.

use std::fmt;

use url::{Host, Url};

use crate::facts::SecurityScheme;
use crate::http::any_error::AnyError;

/// Why a client can't be built.
#[derive(Debug)]
pub struct ClientError(String);

impl ClientError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ClientError {}

impl From<ClientError> for AnyError {
    fn from(error: ClientError) -> Self {
        Self::other(error)
    }
}

/// The scheme, host and port of the server.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub scheme: String,
    pub host: String,
    pub port: u16,
}

/// Whether a scheme takes a token.
pub(crate) fn takes_token(scheme: &SecurityScheme) -> bool {
    matches!(scheme, SecurityScheme::Bearer | SecurityScheme::ClientCredentials { .. })
}

/// Whether a URL leads to the machine that the client runs on.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The origin of a URL, checked to be one that credentials may be sent to.
pub(crate) fn checked(url: &Url, what: &str, allow_http: bool) -> Result<Origin, ClientError> {
    let (Some(host), Some(port), "https" | "http") =
        (url.host_str(), url.port_or_known_default(), url.scheme())
    else {
        return Err(ClientError(format!("the {what} must begin with `https://` or `http://`")));
    };
    if host.strip_suffix('.').unwrap_or(host).split('.').any(str::is_empty) {
        return Err(ClientError(format!("the {what} has a host with an empty part")));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ClientError(format!(
            "the {what} has a user's name or password, which belong to credentials"
        )));
    }
    if url.scheme() == "http" && !is_this_machine(url) && !allow_http {
        let message = format!("the {what} isn't https: credentials could be read on the way to {host}");
        return Err(ClientError(message));
    }
    Ok(Origin { scheme: url.scheme().to_owned(), host: host.to_owned(), port })
}
