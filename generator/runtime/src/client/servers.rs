//! Where operations are sent: the client's base URL, or a server that the document declares for some operations.

use url::{ParseError, Url};

use crate::client::origin::{ClientError, Origin, checked};
use crate::facts::Facts;
use crate::http::invalid_request::InvalidRequest;

/// A server that requests are sent to.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// The URL that paths are appended to, without a slash at its end.
    pub base_url: String,
    pub origin: Origin,
}

impl Server {
    /// The server at `url`, which is called `what` in errors and may be relative to `base`.
    fn new(url: &str, base: Option<&Url>, what: &str, allow_http: bool) -> Result<Self, ClientError> {
        if !has_whole_authority(url) {
            return Err(ClientError::new(format!("the {what} has no host, or an empty port")));
        }
        let parsed = match (Url::parse(url), base) {
            (Err(ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(url),
            (parsed, _) => parsed,
        };
        let url = parsed.map_err(|error| ClientError::new(format!("the {what} is invalid: {error}")))?;
        let origin = checked(&url, what, allow_http)?;
        if url.query().is_some() || url.fragment().is_some() {
            let message = format!("the {what} has a query or a fragment, and paths go behind it");
            return Err(ClientError::new(message));
        }
        let base_url = url.as_str().trim_end_matches('/').to_owned();
        if base_url.parse::<http::Uri>().is_err() {
            return Err(ClientError::new(format!("the {what} {base_url} has characters that it can't have")));
        }
        Ok(Self { base_url, origin })
    }

    /// The URL, to resolve others against.
    fn url(&self) -> Option<Url> {
        Url::parse(&self.base_url).ok()
    }
}

/// Whether a host follows `://`. A parser takes `https:///a` and `https://https://a` for URLs with the hosts `a` and
/// `https`, and credentials would go there.
fn has_whole_authority(url: &str) -> bool {
    url.split_once("://").is_none_or(|(_, rest)| {
        let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
        !authority.is_empty() && !authority.ends_with(':')
    })
}

/// A server, or why nothing can be sent to it. A document may declare a server that one client can't call and never
/// does, so that isn't an error until an operation needs it.
type Usable = Result<Server, ClientError>;

/// The servers of a client.
#[derive(Debug)]
pub(crate) struct Servers {
    base: Usable,
    /// The servers of operations that have their own, by their URLs in the document.
    own: Vec<(&'static str, Usable)>,
}

/// What a client's builder says about servers.
#[derive(Clone, Debug)]
pub(crate) struct ServerSettings {
    pub base_url: String,
    /// The URLs in place of those that the document declares for some operations.
    pub replaced: Vec<(String, String)>,
    /// Whether the base URL is for all operations.
    pub is_for_all: bool,
}

impl ServerSettings {
    /// The servers of a client for a document with these facts.
    pub(crate) fn servers(&self, allow_http: bool, facts: &'static Facts) -> Result<Servers, ClientError> {
        let declared = facts.operation_servers;
        if let Some((unknown, _)) =
            self.replaced.iter().find(|(url, _)| !declared.iter().any(|own| same(own, url)))
        {
            let known = if declared.is_empty() { "none".to_owned() } else { declared.join(", ") };
            let message =
                format!("no operation has the server {unknown}; the servers of operations are: {known}");
            return Err(ClientError::new(message));
        }
        let base = if self.base_url.is_empty() && !declared.is_empty() && !self.is_for_all {
            Err(ClientError::new("the document declares no server for it, and the client has no base URL"))
        } else {
            Ok(Server::new(&self.base_url, None, "base URL", allow_http)?)
        };
        let url = base.as_ref().ok().and_then(Server::url);
        let mut own = Vec::new();
        for declared in declared.iter().filter(|_| !self.is_for_all) {
            let server = |url_of_own: &str| Server::new(url_of_own, url.as_ref(), "server's URL", allow_http);
            let server = match self.replaced.iter().rfind(|(url, _)| same(url, declared)) {
                Some((_, replacement)) => Ok(server(replacement)?),
                None => server(declared),
            };
            own.push((*declared, server));
        }
        Ok(Servers { base, own })
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim_end_matches('/') == b.trim_end_matches('/')
}

impl Servers {
    /// One server, at `url`, for every operation. A relative URL is resolved against the base URL of `others`.
    pub(crate) fn only(url: &str, others: &Self, allow_http: bool) -> Result<Self, ClientError> {
        let base = Server::new(url, others.base().as_ref(), "base URL", allow_http)?;
        Ok(Self { base: Ok(base), own: Vec::new() })
    }

    /// The server for operations whose own server is `declared`, or which have none if that is empty.
    pub(crate) fn of(&self, declared: &str) -> Result<&Server, InvalidRequest> {
        let own = self.own.iter().find(|(url, _)| *url == declared).map(|(_, server)| server);
        own.unwrap_or(&self.base).as_ref().map_err(|error| InvalidRequest::new("", error.to_string()))
    }

    /// The URL that others are relative to: the base URL or, without one, that of the first other server.
    pub(crate) fn base(&self) -> Option<Url> {
        let servers = std::iter::once(&self.base).chain(self.own.iter().map(|(_, server)| server));
        servers.filter_map(|server| server.as_ref().ok()).find_map(Server::url)
    }
}
