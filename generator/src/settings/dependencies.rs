//! Crates that the generated one depends on because the settings name their types.

use serde::Deserialize;

/// Where a crate comes from, as in `Cargo.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Dependency {
    /// The version that is required, such as `"1.2"`.
    pub version: Option<String>,
    /// Its folder, relative to that of the generated crate.
    pub path: Option<String>,
    /// The URL of its git repository.
    pub git: Option<String>,
    /// The revision in that repository.
    pub rev: Option<String>,
    /// The package, if it is called otherwise than the dependency.
    pub package: Option<String>,
    /// Its features.
    pub features: Vec<String>,
    /// Whether its default features are on; `true` by default.
    pub default_features: Option<bool>,
}
