//! Cargo features for some of the alternatives of a union.

use serde::Deserialize;

/// Alternatives of a union that are compiled with a cargo feature. Those in no family are always compiled.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The feature. Several families can have the same.
    pub feature: String,
    /// The name of the union's type. Its alternatives are chosen by a property beside it (`x-discriminated-by`).
    pub union: String,
    /// The values of that property that choose the alternatives.
    pub alternatives: Vec<String>,
}
