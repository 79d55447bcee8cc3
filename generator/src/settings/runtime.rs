//! Whether a crate depends on the runtime or contains it.

use serde::Deserialize;

/// How a generated crate gets its runtime: the code that every client needs, whatever its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Runtime {
    /// It depends on the library `openapi-rust-runtime`.
    #[default]
    Library,
    /// The modules that it needs are copied into it, below `src/runtime/`.
    Embedded,
}
