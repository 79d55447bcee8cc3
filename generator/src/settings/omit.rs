//! What of the document is left out of the crate.

use serde::Deserialize;

/// What is left out. Each entry is a name, a glob or a JSON Pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Omit {
    /// Operations, by `operationId` or by method and path: `deletePet`, `DELETE /pets/{id}`, `* /admin/*`.
    pub operations: Vec<String>,
    /// All operations with one of these tags.
    pub tags: Vec<String>,
    /// Component schemas. Where one is used, any JSON value is; it is no longer an alternative of unions nor a part of other
    /// types.
    pub types: Vec<String>,
    /// Properties, by the component schema that declares them and their name: `Pet.internalId`. What the server sends is
    /// preserved among the additional properties.
    pub properties: Vec<String>,
}

impl Omit {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        let Self { operations, tags, types, properties } = self;
        [operations, tags, types, properties].iter().all(|entries| entries.is_empty())
    }
}
