//! The body of failures for which the document has none.

use indexmap::IndexMap;
use serde::Deserialize;

/// The body of a failure: an object of scalars, all of them optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ErrorBody {
    /// The type's name.
    pub title: String,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
    /// Its properties.
    pub properties: IndexMap<String, ErrorProperty>,
    /// JSON Pointer to the text for people.
    #[serde(default)]
    pub message: Option<String>,
    /// JSON Pointer to the code for programs.
    #[serde(default)]
    pub code: Option<String>,
}

/// A property of [`ErrorBody`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ErrorProperty {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ScalarKind,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
}

/// The type of a scalar property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScalarKind {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A boolean.
    Boolean,
}
