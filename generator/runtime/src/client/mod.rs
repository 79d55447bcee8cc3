//! The client: a transport with a base URL, credentials, retries and time limits.

pub(crate) mod authenticate;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "blocking")]
pub mod blocking_streams;
#[cfg(feature = "brotli")]
pub(crate) mod brotli;
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) mod browser;
pub mod builder;
pub(crate) mod call;
#[allow(clippy::module_inception)]
pub mod client;
pub mod client_credentials;
pub(crate) mod codings;
pub mod download;
pub mod event_streams;
pub mod external;
#[cfg(all(feature = "reqwest", target_family = "wasm", target_os = "unknown"))]
pub(crate) mod fetch_transport;
pub(crate) mod followed;
#[cfg(feature = "gzip")]
pub(crate) mod gzip;
pub mod hooks;
pub mod item_streams;
pub(crate) mod modifying;
pub mod options;
pub mod origin;
pub mod pages;
pub mod per_call;
pub mod poller;
pub(crate) mod received;
pub mod reconnect;
pub(crate) mod redirect;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest_settings;
#[cfg(all(feature = "reqwest", not(all(target_family = "wasm", target_os = "unknown"))))]
pub(crate) mod reqwest_transport;
pub mod response_future;
pub mod retry;
pub(crate) mod retry_budget;
pub(crate) mod saved_file;
pub(crate) mod server_template;
pub(crate) mod servers;
pub mod streams;
pub(crate) mod sync;
pub(crate) mod timer;
#[cfg(all(feature = "reqwest", not(all(target_family = "wasm", target_os = "unknown"))))]
pub(crate) mod tls;
#[cfg(feature = "reqwest")]
pub(crate) mod tls_settings;
pub mod token;
#[cfg(feature = "tower")]
pub mod tower_transport;
pub(crate) mod trace;
pub mod transport;
#[cfg(feature = "zstd")]
pub(crate) mod zstd;

#[cfg(all(test, feature = "reqwest"))]
mod stream_tests;
