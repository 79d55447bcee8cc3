//! What a service does about responses that are streams of items.

use serde::Deserialize;

/// What the document doesn't say about responses that are streams.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Streams {
    /// The text in place of an item that ends a stream, such as `[DONE]`. Without it, a stream ends when the server closes it.
    pub end: Option<String>,
    /// The boolean property of the request body by which the server decides whether to stream: methods that stream set
    /// it. Without it, callers do.
    pub flag: Option<String>,
}
