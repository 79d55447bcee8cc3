//! Tests the client against real servers on this machine, and against mocks where time or the number of
//! attempts matters.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod cancellation;
mod codings;
mod debugging;
#[path = "../../src/document.rs"]
mod document;
mod documents;
mod downloads;
mod errors;
mod faults;
mod item_streams;
mod load;
mod modifications;
mod operations;
mod per_call;
mod protocols;
mod redirects;
mod retries;
mod secrets;
mod server;
mod servers;
mod stacks;
mod tls;
mod tokens;
mod unchecked;

use openapi_rust_runtime as runtime;
