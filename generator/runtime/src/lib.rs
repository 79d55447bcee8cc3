//! The runtime of clients that `openapi-rust-generator` generates: JSON that loses nothing, models that are checked,
//! requests, responses and the client.
//!
//! A generated crate exports this one as its module `runtime`, so that few need to depend on it themselves. It knows no
//! document: what it must know of one comes as the [`Facts`] of the generated crate. A [`Client`] is typed by its
//! [`Document`] and sends the operations of that one only:
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

#![forbid(unsafe_code)]
// What only the client calls is there without it too.
#![cfg_attr(any(test, not(feature = "tracing")), allow(dead_code))]

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
#[cfg(feature = "test-util")]
pub mod mock;
#[cfg(feature = "models")]
#[doc(hidden)]
pub mod model;
#[cfg(feature = "http")]
pub mod modify;
#[cfg(feature = "http")]
pub mod paging;
#[cfg(feature = "models")]
#[doc(hidden)]
pub mod prelude;

#[cfg(feature = "models")]
pub use facade::*;
