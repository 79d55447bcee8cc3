//! Re-exports of the crates that macros and generated code use, so that a generated crate needn't depend on
//! them.

pub use ::http;
pub use bytes;
