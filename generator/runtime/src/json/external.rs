//! The crates that the macros refer to, so that a crate that uses the macros needn't depend on them.

pub use serde;
pub use serde_json;
