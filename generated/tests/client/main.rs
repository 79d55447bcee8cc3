//! Tests the client: against a real HTTP server in this process, and against the crate's own mock.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod calls;
#[cfg(feature = "test-util")]
mod errors;
#[cfg(all(feature = "blocking", feature = "database"))]
mod examples;
#[cfg(feature = "test-util")]
mod mock;
#[cfg(feature = "database")]
mod modify;
#[cfg(feature = "enterprise")]
mod operations;
mod pages;
#[cfg(all(feature = "blocking", feature = "test-util"))]
mod per_call;
mod server;
mod trust;
