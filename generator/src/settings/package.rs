//! What the crate's `Cargo.toml` says about the crate.

use serde::Deserialize;

/// What the crate's `Cargo.toml` says about the crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    /// What the crate is, in a line.
    pub description: Option<String>,
    /// The licence, as an SPDX expression: `MIT OR Apache-2.0`.
    pub license: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The URL of the repository.
    pub repository: Option<String>,
    /// The URL of the home page, if it isn't the repository.
    pub homepage: Option<String>,
    /// The URL of the documentation, if it isn't on docs.rs.
    pub documentation: Option<String>,
    /// At most five words to be found by, of at most 20 characters each.
    pub keywords: Vec<String>,
    /// At most five categories of crates.io: `api-bindings`.
    pub categories: Vec<String>,
    /// The oldest version of Rust that the crate is for; by default the oldest that compiles generated code.
    pub rust_version: Option<String>,
    /// Whether the crate may be published; `true` by default.
    pub publish: Option<bool>,
}
