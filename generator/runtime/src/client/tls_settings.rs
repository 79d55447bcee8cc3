//! How the client's own transport does TLS: whom it trusts, and the client's certificate.

use secrecy::SecretString;

/// How the client's default `reqwest::Client` does TLS.
#[derive(Default)]
pub(crate) struct TlsSettings {
    /// Each in PEM or DER.
    pub roots: Vec<Vec<u8>>,
    /// Whether no others are trusted.
    pub only_these: bool,
    /// The client's certificate and its private key, in PEM.
    pub identity: Option<(Vec<u8>, SecretString)>,
}

impl TlsSettings {
    pub(crate) fn is_default(&self) -> bool {
        self.roots.is_empty() && !self.only_these && self.identity.is_none()
    }
}
