//! Facts of a document, as `generate` writes them; these serve the tests.

#[cfg(feature = "client")]
use crate::runtime::SecurityScheme;

pub(crate) const SECRET_NAMES: &[&str] = &["client_secret"];
pub(crate) const RATE_LIMIT_HEADER: Option<&str> = Some("x-ratelimit-limit");
pub(crate) const RATE_LIMIT_REMAINING_HEADER: Option<&str> = Some("x-ratelimit-remaining");
pub(crate) const RATE_LIMIT_RESET_HEADER: Option<&str> = Some("x-ratelimit-reset");
pub(crate) const REQUEST_ID_HEADER: Option<&str> = Some("x-request-id");
pub(crate) const ERROR_MESSAGE: Option<&str> = Some("/message");
pub(crate) const ERROR_CODE: Option<&str> = Some("/errorCode");
#[cfg(feature = "client")]
pub(crate) const DEFAULT_SERVER: &str = "http://127.0.0.1";
#[cfg(feature = "client")]
pub(crate) const SERVERS: &[&str] = &["http://{host}/{stage}"];
#[cfg(feature = "client")]
pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
#[cfg(feature = "client")]
pub(crate) const SECURITY_SCHEMES: &[(&str, SecurityScheme)] = &[
    ("bearer", SecurityScheme::Bearer),
    ("key", SecurityScheme::QueryKey("api_key")),
    (
        "grant",
        SecurityScheme::ClientCredentials {
            token_url: "/oauth/{stage}",
            parameters: &[("audience", "/v1/")],
        },
    ),
    ("header_key", SecurityScheme::HeaderKey("x-api-key")),
    ("cookie_key", SecurityScheme::CookieKey("session")),
    ("basic", SecurityScheme::Basic),
];
