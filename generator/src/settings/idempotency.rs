//! How a service recognises a request that it has got already.

use serde::Deserialize;

/// How a service recognises a request that it has got already.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct IdempotencyKeys {
    /// The header with the key.
    pub header: String,
    /// The methods of the operations whose calls get a key by themselves. Other calls have one if the caller sets it.
    pub methods: Vec<String>,
}

impl Default for IdempotencyKeys {
    fn default() -> Self {
        Self { header: "Idempotency-Key".to_owned(), methods: vec!["POST".to_owned()] }
    }
}
