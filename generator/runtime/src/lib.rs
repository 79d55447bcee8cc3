//! The support code of generated crates, as a crate of its own so that it is compiled and tested.

mod document;
pub mod runtime;

/// The document's servers, as `generate` writes them.
pub mod servers {}
