//! The crates that macros name, so that a crate that uses the macros needn't depend on them.

pub use serde;
pub use serde_json;
