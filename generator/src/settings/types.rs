//! What becomes of types.

use serde::Deserialize;

/// What becomes of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct TypeSettings {
    /// A type of your own that stands in for it, by its path. Nothing is generated for the schema, nor for what only it
    /// needs.
    pub path: Option<String>,
    /// What else it derives, by path. `Clone`, `Debug`, `PartialEq`, `Eq`, `Hash`, `Serialize` and `Deserialize` are there
    /// anyway.
    pub derive: Vec<String>,
    /// Attributes that stand before it, without `#[` and `]`.
    pub attributes: Vec<String>,
}
