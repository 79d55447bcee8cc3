//! Headers that responses carry whether or not the document says so.

use serde::Deserialize;

/// Names of headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Headers {
    /// Calls allowed in the window.
    pub rate_limit: Option<String>,
    /// Calls left in the window.
    pub rate_limit_remaining: Option<String>,
    /// Unix time in seconds at which the window ends.
    pub rate_limit_reset: Option<String>,
    /// The service's own id of the request.
    pub request_id: Option<String>,
}
