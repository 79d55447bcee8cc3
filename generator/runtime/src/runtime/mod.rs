//! The support code of the crate: presence, secrets, JSON without a type, constraints, decoding, requests,
//! replies, errors and the client. It is the same in every generated crate.

// Which of this a crate uses depends on its document.
#![allow(dead_code, unused_imports, unused_macros)]

mod access;
mod additional;
mod body;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod client;
pub mod convert;
pub mod decode;
#[doc(hidden)]
pub mod enums;
mod error;
mod events;
#[cfg(feature = "client")]
mod file;
#[doc(hidden)]
pub mod headers;
#[cfg(feature = "client")]
mod incoming;
mod json;
mod kinds;
mod macros;
mod multipart;
#[doc(hidden)]
pub mod object;
#[doc(hidden)]
pub mod operation;
mod patch;
pub(crate) mod prelude;
mod reply;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod rules;
mod secret;
#[doc(hidden)]
pub mod setters;
#[doc(hidden)]
pub mod siblings;
mod style;
mod text;
#[cfg(feature = "client")]
mod transport;
mod transport_error;
#[doc(hidden)]
pub mod unions;
mod validate;

pub use body::{Body, ByteStream, FilePart};
#[cfg(feature = "client")]
pub use builder::{ClientBuilder, ClientError};
#[cfg(feature = "client")]
pub use client::Client;
pub use decode::{DecodeError, FromJson, Mode};
pub use error::{Error, Failure, FailureResponse, RateLimit};
pub use events::{Event, EventParser};
#[cfg(feature = "client")]
pub use incoming::{Incoming, IncomingError, IncomingEvents};
pub use json::{Json, JsonObject};
pub use kinds::Kinds;
pub use operation::{Operation, OperationInfo};
pub use patch::Patch;
pub use reply::Reply;
pub use request::{InvalidRequest, PropertyEncoding, RequestWriter};
pub use rules::{Checker, Limit, Rule, Violation, Violations};
pub use secret::Secret;
pub use siblings::Untyped;
pub use style::Style;
pub use text::{Base64, Date, DateTime, Number, Uuid};
#[cfg(feature = "client")]
pub use transport::{BoxFuture, ResponseBody, Transport, transport_fn};
pub use transport_error::{TransportError, TransportErrorKind};
pub use validate::{Validate, check_names};

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

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod sibling_tests;
#[cfg(all(test, feature = "reqwest"))]
mod stream_tests;
