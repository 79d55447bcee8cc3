//! The crates that macros and generated code name, so that a generated crate needn't depend on them.

pub use ::http;
pub use bytes;
