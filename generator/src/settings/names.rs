//! New names for what the document names otherwise.

use indexmap::IndexMap;
use serde::Deserialize;

/// New names. Each key says what gets one; each value is the name in Rust.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    /// Types, by the schema's name in the document or the type's in Rust: `Pet`.
    pub types: IndexMap<String, String>,
    /// Fields, by the type's name and the property's in the document: `Pet.isGood`.
    pub properties: IndexMap<String, String>,
    /// Variants of enums and unions, by the type's name and the value, or the name of the alternative: `Color.RED`. A pointer
    /// leads to the value in `enum`, or to the alternative in `oneOf`, `anyOf`, `type` or a `mapping`.
    pub variants: IndexMap<String, String>,
    /// Functions of operations, by `operationId`, method and path, or path in Rust: `listPets`, `GET /pets`, `pets::list`.
    /// The new name can have modules before it: `admin::list`.
    pub operations: IndexMap<String, String>,
    /// Modules of operations, by their path in Rust or the tag: `pets`, `admin::users`. The new name is a path too; an empty
    /// one moves their operations to the module above.
    pub groups: IndexMap<String, String>,
    /// Parameters, by the operation and the parameter's name in the document: `listPets.pageSize`.
    pub parameters: IndexMap<String, String>,
}

impl Names {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        let Self { types, properties, variants, operations, groups, parameters } = self;
        [types, properties, variants, operations, groups, parameters].iter().all(|names| names.is_empty())
    }
}
