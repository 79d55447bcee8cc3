//! Tokens from the client credentials grant of OAuth 2.0 (RFC 6749, section 4.4).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::{Url, form_urlencoded};

use crate::client::codings;
use crate::client::origin::{ClientError, checked, takes_token};
use crate::client::server_template::ServerTemplate;
use crate::client::token::{AccessToken, TokenProvider};
use crate::client::transport::{BoxFuture, Transport};
use crate::facts::Facts;
use crate::facts::SecurityScheme;
use crate::http::content_type::without_mark;
use crate::http::error::{AuthenticationError, is_transient};
use crate::http::printable::printable;

/// The maximum size of the token response, in bytes.
const LIMIT: usize = 1 << 20;

/// The credentials of an OAuth 2.0 client.
///
/// The token URL and additional form parameters come from the document (`tokenUrl`, `x-form-parameters`),
/// unless they are set here. Values that begin with `/` are resolved against the client's server, and its
/// variables are filled in.
#[derive(Clone)]
#[must_use = "credentials do nothing until a client has them"]
pub struct ClientCredentials {
    id: String,
    secret: SecretString,
    in_header: bool,
    token_url: Option<String>,
    parameters: Vec<(String, String)>,
}

impl ClientCredentials {
    /// Credentials with the client's id and secret.
    pub fn new(id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            in_header: false,
            token_url: None,
            parameters: Vec::new(),
        }
    }

    /// Sets the audience that the token is for.
    pub fn audience(self, audience: impl Into<String>) -> Self {
        self.parameter("audience", audience)
    }

    /// Sets the scopes to request; by default, the server decides.
    pub fn scopes<S: AsRef<str>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        self.parameter("scope", scopes.join(" "))
    }

    /// Adds a parameter to the form. A later value for the same name replaces an earlier one.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the URL of the token endpoint.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends the id and the secret in the `Authorization` header (RFC 6749, section 2.3.1) rather than in the
    /// form.
    pub fn in_header(mut self) -> Self {
        self.in_header = true;
        self
    }

    /// A provider for each scheme of the document that these credentials apply to.
    pub(crate) fn providers(
        &self,
        base: &Url,
        transport: &Arc<dyn Transport>,
        user_agent: &HeaderValue,
        allow_http: bool,
        facts: &'static Facts,
    ) -> Result<Vec<(&'static str, Provider)>, ClientError> {
        let schemes = facts.security_schemes;
        let flow_is_declared = schemes.iter().any(|(_, scheme)| has_the_flow(scheme));
        let mut providers = Vec::new();
        for (name, scheme) in schemes {
            let stands_in = !flow_is_declared && self.token_url.is_some() && takes_token(scheme);
            if has_the_flow(scheme) || stands_in {
                let request = self.token_request(scheme, base, user_agent, allow_http, facts)?;
                let (secret, transport) = (self.secret.clone(), transport.clone());
                providers.push((*name, Provider(Arc::new(Grant { request, secret, transport }))));
            }
        }
        if providers.is_empty() {
            return Err(ClientError::new(
                "no scheme of the document has the client credentials flow: say a token URL",
            ));
        }
        Ok(providers)
    }

    /// The token request.
    fn token_request(
        &self,
        scheme: &SecurityScheme,
        base: &Url,
        user_agent: &HeaderValue,
        allow_http: bool,
        facts: &'static Facts,
    ) -> Result<Request<SecretString>, ClientError> {
        let (declared_url, declared): (_, &[(&str, &str)]) = match scheme {
            SecurityScheme::ClientCredentials { token_url, parameters } => (*token_url, parameters),
            _ => ("", &[]),
        };
        let template = ServerTemplate::of(base, facts);
        let text = self.token_url.clone().unwrap_or_else(|| template.fill(declared_url));
        let url = base.join(&text).map_err(|_| ClientError::new("the token URL is invalid"))?;
        checked(&url, "token URL", allow_http)?;
        let mut parameters: Vec<(String, String)> = vec![("grant_type".into(), "client_credentials".into())];
        let mut set = |name: &str, value: String| match parameters.iter_mut().find(|(known, _)| known == name)
        {
            Some(pair) => pair.1 = value,
            None => parameters.push((name.to_owned(), value)),
        };
        for (name, value) in declared {
            set(name, template.resolve(value));
        }
        for (name, value) in &self.parameters {
            set(name, value.clone());
        }
        let mut request = Request::new(SecretString::default());
        if self.in_header {
            request.headers_mut().insert(AUTHORIZATION, self.header()?);
        } else {
            set("client_id", self.id.clone());
            set("client_secret", self.secret.expose_secret().to_owned());
        }
        *request.body_mut() =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish().into();
        *request.method_mut() = Method::POST;
        *request.uri_mut() =
            url.as_str().parse().map_err(|_| ClientError::new("the token URL is invalid"))?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, user_agent.clone());
        Ok(request)
    }

    /// The id and the secret are form-encoded first (RFC 6749, section 2.3.1).
    fn header(&self) -> Result<HeaderValue, ClientError> {
        use base64::Engine as _;
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encoded(&self.id), encoded(self.secret.expose_secret()));
        let value = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair));
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| ClientError::new("id and secret can't be in a header"))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").field("id", &self.id).finish_non_exhaustive()
    }
}

fn has_the_flow(scheme: &SecurityScheme) -> bool {
    matches!(scheme, SecurityScheme::ClientCredentials { .. })
}

/// Requests tokens.
pub(crate) struct Provider(Arc<Grant>);

struct Grant {
    request: Request<SecretString>,
    secret: SecretString,
    transport: Arc<dyn Transport>,
}

impl TokenProvider for Provider {
    fn token(&self) -> BoxFuture<'static, Result<AccessToken, AuthenticationError>> {
        let grant = self.0.clone();
        Box::pin(async move { grant.ask().await })
    }
}

impl Grant {
    async fn ask(&self) -> Result<AccessToken, AuthenticationError> {
        let mut request = self.request.clone().map(|form| form.expose_secret().to_owned().into());
        codings::ask(request.headers_mut());
        let failed = |error: crate::http::transport_error::TransportError| {
            AuthenticationError::new("no token").caused_by(&error).retryable(error.is_retryable())
        };
        let response = self.transport.send(request).await.map_err(failed)?;
        let (parts, mut body) = codings::decoded(&Method::POST, response).map_err(failed)?.into_parts();
        let mut whole = BytesMut::new();
        while let Some(chunk) = body.chunk().await.map_err(failed)? {
            if whole.len() + chunk.len() > LIMIT {
                return Err(AuthenticationError::new(format!(
                    "no token: the answer has more than {LIMIT} bytes"
                )));
            }
            whole.extend_from_slice(&chunk);
        }
        let whole = whole.freeze();
        if parts.status != StatusCode::OK {
            return Err(self.refusal(parts.status, &whole));
        }
        token(&whole)
    }

    /// The server's error message (RFC 6749, section 5.2), unless it repeats the secret.
    fn refusal(&self, status: StatusCode, body: &Bytes) -> AuthenticationError {
        let answer: Value = serde_json::from_slice(without_mark(body)).unwrap_or_default();
        let mut message = format!("no token: {status}");
        for name in ["error", "error_description"] {
            let said = answer.get(name).and_then(Value::as_str);
            if let Some(said) = said.filter(|said| !said.contains(self.secret.expose_secret())) {
                message.push_str(": ");
                message.extend(said.chars().filter(|char| !char.is_control()).take(200));
            }
        }
        AuthenticationError::new(message).retryable(is_transient(status))
    }
}

/// The token in a successful response (RFC 6749, section 5.1). A missing `token_type` is taken for `Bearer`, whose value
/// is compared without regard to case.
fn token(body: &Bytes) -> Result<AccessToken, AuthenticationError> {
    let absent = || AuthenticationError::new("no token: the response has no `access_token`");
    let answer: Value = serde_json::from_slice(without_mark(body)).map_err(|_| absent())?;
    if let Some(kind) = answer.get("token_type").filter(|kind| !is_bearer(kind)) {
        let kind = printable(kind.as_str().unwrap_or("not a string"));
        return Err(AuthenticationError::new(format!(
            "no token: its type is `{kind}`, and only `Bearer` is supported"
        )));
    }
    let lifetime = answer.get("expires_in").and_then(|seconds| match seconds {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    });
    let token = answer.get("access_token").and_then(Value::as_str).filter(|token| !token.is_empty());
    Ok(AccessToken::new(token.ok_or_else(absent)?, lifetime.map(Duration::from_secs)))
}

fn is_bearer(kind: &Value) -> bool {
    kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"))
}
