//! Which component schemas become types.

use serde::Deserialize;

/// Which component schemas become types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Schemas {
    /// Those that an operation reaches.
    #[default]
    Reachable,
    /// All.
    All,
}
