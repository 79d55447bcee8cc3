//! The support code of the crate: presence, secrets, JSON without a type, constraints, decoding, requests,
//! replies, errors and the client. It is the same in every generated crate.

// Which of this a crate uses depends on its document.
#![allow(dead_code, unused_imports, unused_macros)]

pub mod convert;
pub mod decode;
#[doc(hidden)]
pub mod enums;
mod json;
mod macros;
#[doc(hidden)]
pub mod object;
mod patch;
pub(crate) mod prelude;
mod rules;
mod secret;
#[doc(hidden)]
pub mod setters;
mod text;
#[doc(hidden)]
pub mod unions;

pub use decode::{DecodeError, FromJson, Mode};
pub use json::{Json, JsonObject};
pub use patch::Patch;
pub use rules::{Checker, Limit, Rule, Validate, Violation, Violations, check_names};
pub use secret::Secret;
pub use text::{Base64, Date, DateTime, Number, Uuid};

#[cfg(test)]
mod model_tests;

/// How a request authenticates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityScheme {
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization: Basic`
    Basic,
    /// A key in the named header.
    HeaderKey(&'static str),
    /// A key in the named query parameter.
    QueryKey(&'static str),
    /// A key in the named cookie.
    CookieKey(&'static str),
}
