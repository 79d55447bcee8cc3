//! Adds credentials to a request.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use http::{HeaderMap, Uri};
use secrecy::{ExposeSecret as _, SecretString};

use crate::client::token::{AccessToken, TokenCache};
use crate::facts::SecurityScheme;
use crate::http::error::AuthenticationError;
use crate::http::operation::OperationInfo;
use crate::http::style::encode;

/// A credential for one security scheme of the document.
#[derive(Clone)]
pub(crate) enum Credential {
    /// A token, an API key or, for basic authentication, the encoded pair.
    Fixed(SecretString),
    /// A token that expires.
    Token(TokenCache),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Credentials by scheme name.
pub(crate) type Credentials = BTreeMap<String, Credential>;

/// The token that a request was sent with, and where to get another.
pub(crate) type SentToken<'a> = (&'a TokenCache, AccessToken);

/// Adds the credentials of the first security alternative of `operation` that the client can satisfy. Returns
/// the token among them that can be replaced, if any.
pub(crate) async fn authenticate<'a, B>(
    credentials: &'a Credentials,
    token_timeout: Duration,
    operation: &OperationInfo,
    request: &mut http::Request<B>,
) -> Result<Option<SentToken<'a>>, AuthenticationError> {
    let mut sent = None;
    for (name, _) in alternative(credentials, operation, request.headers())? {
        let known = scheme(operation, name);
        let (Some(scheme), Some(credential)) = (known, credentials.get(*name)) else { continue };
        match credential {
            Credential::Fixed(secret) => add(request, scheme, secret.expose_secret())?,
            Credential::Token(cache) => {
                let token = cache.token(token_timeout).await?;
                add(request, scheme, token.expose_secret())?;
                sent = Some((cache, token));
            }
        }
    }
    Ok(sent)
}

type Requirements = &'static [(&'static str, &'static [&'static str])];

fn scheme<'a>(operation: &'a OperationInfo, name: &str) -> Option<&'a SecurityScheme> {
    let found = operation.facts.security_schemes.iter().find(|(known, _)| *known == name);
    found.map(|(_, scheme)| scheme)
}

fn alternative(
    credentials: &Credentials,
    operation: &OperationInfo,
    headers: &HeaderMap,
) -> Result<Requirements, AuthenticationError> {
    let mut alternatives = operation.security.iter().copied();
    if operation.security.is_empty() {
        return Ok(&[]);
    }
    // Hooks and call options can set a value that differs between calls.
    let is_set = |name: &str| {
        headers.contains_key(AUTHORIZATION) && scheme(operation, name) == Some(&SecurityScheme::Authorization)
    };
    let at_hand = |alternative: &Requirements| {
        alternative.iter().all(|(name, _)| credentials.contains_key(*name) || is_set(name))
    };
    alternatives.find(at_hand).ok_or_else(|| {
        let names: Vec<&str> = operation.security.iter().copied().flatten().map(|(name, _)| *name).collect();
        AuthenticationError::new(format!("needs a credential for one of: {}", names.join(", ")))
    })
}

fn add<B>(
    request: &mut http::Request<B>,
    scheme: &SecurityScheme,
    credential: &str,
) -> Result<(), AuthenticationError> {
    match scheme {
        SecurityScheme::Bearer | SecurityScheme::ClientCredentials { .. } => {
            insert(request.headers_mut(), AUTHORIZATION, &["Bearer ", credential])
        }
        SecurityScheme::Basic => insert(request.headers_mut(), AUTHORIZATION, &["Basic ", credential]),
        SecurityScheme::Authorization => insert(request.headers_mut(), AUTHORIZATION, &[credential]),
        SecurityScheme::HeaderKey(name) => {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| AuthenticationError::new("the scheme's header has no valid name"))?;
            insert(request.headers_mut(), name, &[credential])
        }
        SecurityScheme::CookieKey(name) => {
            let pair = [&*encode(name, false), "=", &*encode(credential, false)].concat();
            // A request has a single `Cookie` header (RFC 6265, section 5.4).
            let earlier = request.headers().get(COOKIE).and_then(|cookies| cookies.to_str().ok());
            let cookies = earlier.map_or_else(|| pair.clone(), |earlier| format!("{earlier}; {pair}"));
            insert(request.headers_mut(), COOKIE, &[&cookies])
        }
        SecurityScheme::QueryKey(name) => {
            let before = request.uri().to_string();
            let sign = if before.contains('?') { '&' } else { '?' };
            let with_key = format!("{before}{sign}{}={}", encode(name, false), encode(credential, false));
            *request.uri_mut() = Uri::try_from(with_key)
                .map_err(|_| AuthenticationError::new("the key is too long for a URL"))?;
            Ok(())
        }
    }
}

fn insert(headers: &mut HeaderMap, name: HeaderName, parts: &[&str]) -> Result<(), AuthenticationError> {
    let mut value = HeaderValue::try_from(parts.concat())
        .map_err(|_| AuthenticationError::new("the credential has characters that a header can't have"))?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;

    static FACTS: Facts = Facts::new()
        .security_schemes(&[("digest", SecurityScheme::Authorization), ("bearer", SecurityScheme::Bearer)]);

    static SIGNED: &OperationInfo = &OperationInfo {
        id: "signed",
        method: http::Method::GET,
        path: "/",
        security: &[&[("digest", &[])]],
        facts: &FACTS,
    };

    async fn authorization(credentials: &Credentials, own: Option<&'static str>) -> Result<String, String> {
        let mut request = http::Request::new(());
        if let Some(own) = own {
            request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static(own));
        }
        authenticate(credentials, Duration::MAX, SIGNED, &mut request)
            .await
            .map_err(|error| error.to_string())?;
        Ok(request.headers()[AUTHORIZATION].to_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn an_unknown_scheme_takes_the_whole_header() {
        let value = Credential::Fixed("Digest username=\"u\"".into());
        let known = Credentials::from([("digest".to_owned(), value)]);
        assert_eq!(authorization(&known, None).await.unwrap(), "Digest username=\"u\"");
        let token = Credentials::from([("bearer".to_owned(), Credential::Fixed("token".into()))]);
        assert_eq!(authorization(&token, Some("Digest x")).await.unwrap(), "Digest x");
        assert!(authorization(&token, None).await.unwrap_err().contains("digest"));
    }
}
