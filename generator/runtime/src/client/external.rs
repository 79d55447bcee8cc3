//! Re-exports of the crates whose types are in the client's signatures, so that a crate that uses them has the same versions.

pub use ::futures_core;
#[cfg(feature = "reqwest")]
pub use ::reqwest;
pub use ::secrecy;
#[cfg(feature = "tower")]
pub use ::tower_service;
