//! Pairs of operations that read and write the same thing, and how the service takes what is written.

use indexmap::IndexMap;
use serde::Deserialize;

/// A pair of operations. Properties are names on the wire in the body that is written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Modifying {
    /// The `operationId` of the one that reads.
    pub read: String,
    /// The `operationId` of the one that writes.
    pub write: String,
    /// What the function that does both is called.
    #[serde(default = "modify")]
    pub name: String,
    /// Properties whose value replaces the old one as a whole.
    #[serde(default)]
    pub replaced: Vec<String>,
    /// Properties whose members stay if they are left out, and are removed by null.
    #[serde(default)]
    pub merged: Vec<String>,
    /// Properties that the service resets if they are left out.
    #[serde(default)]
    pub reset: Vec<String>,
    /// What a token needs so that the service shows a property that is replaced, in a few words.
    #[serde(default)]
    pub withheld: IndexMap<String, String>,
}

fn modify() -> String {
    "modify".to_owned()
}
