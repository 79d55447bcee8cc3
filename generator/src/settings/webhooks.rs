//! The requests that the service sends: which are wanted, how they are told apart and how they are signed.

use serde::Deserialize;

/// What the document doesn't say about webhooks and callbacks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Webhooks {
    /// Whether there are types for webhooks.
    pub events: bool,
    /// Whether there are types for callbacks.
    pub callbacks: bool,
    /// JSON Pointer, within the operation of a webhook, to what the sender calls the event; by default that is the
    /// webhook's name.
    pub name: Option<String>,
    /// The header that names the event.
    pub header: Option<String>,
    /// The property of the payload that names the event.
    pub property: Option<String>,
    /// How webhooks are signed.
    pub signature: Option<SignatureSettings>,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self { events: true, callbacks: true, name: None, header: None, property: None, signature: None }
    }
}

/// How webhooks are signed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureSettings {
    /// The scheme.
    pub scheme: SignatureScheme,
    /// The header with the signature.
    #[serde(default)]
    pub header: Option<String>,
    /// What stands before the signature in its header, such as `sha256=`.
    #[serde(default)]
    pub prefix: Option<String>,
    /// How the signature is written.
    #[serde(default)]
    pub encoding: SignatureEncoding,
    /// The hash function.
    #[serde(default)]
    pub hash: SignatureHash,
    /// What is signed, with `{timestamp}` and `{body}`; the body alone by default.
    #[serde(default)]
    pub content: Option<String>,
    /// The header with the timestamp.
    #[serde(default)]
    pub timestamp_header: Option<String>,
    /// The keys of timestamp and signatures, if the header has pairs such as `t=1,v1=ab`.
    #[serde(default)]
    pub fields: Option<SignatureFields>,
}

/// The keys of the pairs in a signature's header.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureFields {
    /// That of the timestamp.
    pub timestamp: String,
    /// That of the signatures.
    pub signature: String,
}

/// A scheme of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignatureScheme {
    /// That of Standard Webhooks.
    Standard,
    /// An HMAC in a header.
    Hmac,
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignatureEncoding {
    /// In hexadecimal digits.
    #[default]
    Hex,
    /// In base64.
    Base64,
}

/// The hash function of an HMAC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignatureHash {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-512.
    Sha512,
}
