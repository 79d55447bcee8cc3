//! The support code of the crate: presence, secrets, JSON without a type, constraints, decoding, requests,
//! replies, errors and the client. Modules that the document doesn't call for are left out.

// Which of the rest a crate uses depends on its document as well.
#![allow(dead_code, unused_imports, unused_macros)]

mod additional;
#[cfg(feature = "client")]
mod authenticate;
mod binary;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod client_credentials;
pub mod convert;
pub mod decode;
mod decode_error;
#[cfg(feature = "test-util")]
pub mod double;
pub mod encode;
#[doc(hidden)]
pub mod enums;
mod error;
mod events;
mod failure;
#[cfg(feature = "client")]
mod file;
#[doc(hidden)]
pub mod headers;
#[cfg(feature = "client")]
mod hooks;
#[cfg(feature = "client")]
mod incoming;
#[cfg(feature = "client")]
mod incoming_events;
mod invalid_request;
mod json;
mod kinds;
mod macros;
pub mod modify;
mod multipart;
mod number;
#[doc(hidden)]
pub mod object;
#[doc(hidden)]
pub mod operation;
#[cfg(feature = "client")]
mod options;
#[cfg(feature = "client")]
mod pages;
pub mod paging;
mod patch;
pub(crate) mod prelude;
mod reader;
#[cfg(feature = "client")]
mod redirect;
mod reply;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
#[cfg(feature = "client")]
mod retry;
mod rules;
mod scalars;
mod scan;
mod secret;
#[cfg(feature = "client")]
mod server_template;
#[doc(hidden)]
pub mod setters;
#[doc(hidden)]
pub mod shape;
#[doc(hidden)]
pub mod siblings;
#[doc(hidden)]
pub mod slots;
pub(crate) mod starts;
mod style;
mod text;
#[cfg(feature = "client")]
mod token;
#[cfg(feature = "tower")]
mod tower_transport;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
mod transport;
mod transport_error;
mod tuples;
mod typed_additional;
#[doc(hidden)]
pub mod unions;
mod validate;

pub use binary::Base64;
pub use body::{Body, ByteStream};
#[cfg(feature = "client")]
pub use builder::{ClientBuilder, ClientError};
#[cfg(feature = "client")]
pub use client::Client;
#[cfg(feature = "client")]
pub use client_credentials::ClientCredentials;
pub use decode::{DecodeError, FromJson, Mode};
pub use encode::ToJson;
pub use error::{AuthenticationError, Error, NoResponse, TimeoutError};
pub use events::{Event, EventParser};
pub use failure::{DeclaredFailure, Failure, FailureResponse, RateLimit};
#[cfg(feature = "client")]
pub use hooks::{Attempt, AttemptOutcome, Hooks};
#[cfg(feature = "client")]
pub use incoming::{Incoming, IncomingError};
#[cfg(feature = "client")]
pub use incoming_events::IncomingEvents;
pub use invalid_request::InvalidRequest;
pub use json::{Json, JsonObject};
pub use kinds::Kinds;
pub use modify::{Change, Modify, ModifyError};
pub use multipart::FilePart;
pub use number::Number;
pub use operation::{Operation, OperationInfo};
#[cfg(feature = "client")]
pub use options::CallOptions;
#[cfg(feature = "client")]
pub use pages::{Items, Pages};
pub use paging::{Checkpoint, Offset, Page, PageError, PageNumber, Paged};
pub use patch::Patch;
pub use reply::Reply;
pub use request::{PropertyEncoding, RequestWriter};
#[cfg(feature = "client")]
pub use retry::RetryPolicy;
pub use rules::{Checker, Limit, Rule, Violation, Violations};
pub use secret::Secret;
pub use siblings::Untyped;
pub use style::Style;
pub use text::{Date, DateTime, Uuid};
#[cfg(feature = "client")]
pub use token::{AccessToken, TokenProvider};
#[cfg(feature = "tower")]
pub use tower_transport::{ServiceBody, ServiceTransport};
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
    /// `Authorization: Bearer`, with a token by the client credentials grant of OAuth 2.0.
    ClientCredentials {
        /// Where tokens are given; may be relative to the server.
        token_url: &'static str,
        /// Further parameters of the form.
        parameters: &'static [(&'static str, &'static str)],
    },
}

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod shape_tests;
#[cfg(test)]
mod sibling_tests;
#[cfg(all(test, feature = "reqwest"))]
mod stream_tests;
