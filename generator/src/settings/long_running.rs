//! Operations whose work goes on after they have responded, and how its end is recognised.

use indexmap::IndexMap;
use serde::Deserialize;

/// A long-running operation. Properties are names or paths, as in `pagination`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Polling {
    /// The `operationId` of the operation that starts the work.
    pub start: String,
    /// The `operationId` of the one that reads how the work is going, and in the end its result.
    pub read: String,
    /// The header of a response with the URL to read instead of the operation's own, such as `Operation-Location`.
    #[serde(default)]
    pub location: Option<String>,
    /// For each required parameter of the operation that reads: the property of the first response with its value. Without
    /// an entry, it is the parameter of the same name that the work was started with.
    #[serde(default)]
    pub arguments: IndexMap<String, String>,
    /// The property of what is read with the status of the work. Without it, the work is going on while the response has
    /// the status code 202.
    #[serde(default)]
    pub status: Option<String>,
    /// The statuses of work that has succeeded. Booleans are written as text.
    #[serde(default)]
    pub succeeded: Vec<String>,
    /// The statuses of work that has failed. With any other status, the work is going on.
    #[serde(default)]
    pub failed: Vec<String>,
}
