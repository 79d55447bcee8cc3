//! The document that the unit tests use, like the one in a generated crate.

use crate::runtime::{Facts, SecurityScheme};

pub enum Document {}

impl crate::runtime::Document for Document {
    const FACTS: &'static Facts = &FACTS;
}

pub static SECRET_NAMES: &[&str] = &["client_secret", "vault"];

pub static FACTS: Facts = Facts::new()
    .secret_names(SECRET_NAMES)
    .rate_limit_header("x-ratelimit-limit")
    .rate_limit_remaining_header("x-ratelimit-remaining")
    .rate_limit_reset_header("x-ratelimit-reset")
    .request_id_header("x-request-id")
    .error_message("/message")
    .error_code("/errorCode")
    .default_server("http://127.0.0.1")
    .servers(&["http://{host}/{stage}"])
    .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
    .security_schemes(&[
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
    ]);
