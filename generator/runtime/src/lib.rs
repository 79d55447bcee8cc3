//! The runtime of the clients that `openapi-rust-generator` generates: lossless JSON, validated models,
//! requests, responses and the client itself.
//!
//! A generated crate re-exports this crate as its module `runtime`, so you rarely need to depend on it
//! directly. The runtime isn't tied to any one document: each generated crate describes its own in [`Facts`].
//! A [`Client`] is generic over its [`Document`] and sends only the operations of that document:
//!
//! ```compile_fail,E0271
//! # use openapi_rust_runtime::{Client, Document, Operation};
//! async fn send<D: Document, O: Operation>(client: &Client<D>, operation: &O) {
//!     let _ = client.send(operation).await;
//! }
//! ```
//!
//! ```
//! # use openapi_rust_runtime::{Client, Document, Operation};
//! async fn send<D: Document, O: Operation<Document = D>>(client: &Client<D>, operation: &O) {
//!     let _ = client.send(operation).await;
//! }
//! ```

// What is behind a feature is marked on docs.rs.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]
// Macros refer to the `document` module of the crate that calls them.
#![allow(clippy::crate_in_macro_def)]
// Some items that only the client uses are compiled without it too.
#![cfg_attr(any(test, not(feature = "tracing")), allow(dead_code))]

#[cfg(feature = "sources")]
pub mod dependencies;
#[cfg(feature = "http")]
mod difference;
#[cfg(all(test, feature = "models"))]
mod document;
#[cfg(all(test, feature = "models"))]
use self as runtime;
#[cfg(feature = "models")]
mod facade;
#[cfg(feature = "models")]
pub mod facts;
#[cfg(feature = "sources")]
pub mod sources;

#[cfg(feature = "client")]
#[doc(hidden)]
pub mod client;
#[cfg(feature = "http")]
#[doc(hidden)]
pub mod http;
#[cfg(feature = "models")]
#[doc(hidden)]
pub mod json;
#[cfg(feature = "http")]
pub mod long_running;
#[cfg(feature = "test-util")]
pub mod mock;
#[cfg(feature = "test-util")]
mod mock_requests;
#[cfg(feature = "test-util")]
mod mock_streams;
#[cfg(feature = "models")]
#[doc(hidden)]
pub mod model;
#[cfg(feature = "http")]
pub mod modify;
#[cfg(all(doctest, feature = "webhook-signatures"))]
mod page_tests;
#[cfg(feature = "http")]
pub mod paging;
#[cfg(feature = "models")]
#[doc(hidden)]
pub mod prelude;
#[cfg(feature = "webhook-signatures")]
mod signed;
#[cfg(feature = "webhook-signatures")]
pub mod webhooks;
#[cfg(all(test, feature = "webhook-signatures"))]
mod webhooks_tests;
#[cfg(feature = "xml")]
#[doc(hidden)]
pub mod xml;

#[cfg(feature = "models")]
pub use facade::*;
