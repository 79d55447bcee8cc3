//! Tests the models and the requests that are built from them. Nothing is sent.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

#[cfg(feature = "enterprise")]
mod conveniences;
mod limits;
mod lossless;
#[cfg(all(feature = "database", feature = "enterprise", feature = "passwordless", feature = "social"))]
mod options;
#[cfg(feature = "database")]
mod update;
