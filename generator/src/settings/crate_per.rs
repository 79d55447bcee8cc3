//! How many crates a document becomes.

use serde::Deserialize;

/// What there is a crate for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CratePer {
    /// The document: one crate has everything.
    #[default]
    Document,
    /// Each group of operations. The types that groups share are a crate too, and one more re-exports all of them.
    Group,
}

impl CratePer {
    /// What `text` says, as the settings and `--crate-per` write it.
    pub fn named(text: &str) -> Option<Self> {
        match text {
            "document" => Some(Self::Document),
            "group" => Some(Self::Group),
            _ => None,
        }
    }
}
