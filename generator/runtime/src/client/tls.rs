//! TLS of the client's own transport, as its settings say.

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
use secrecy::SecretString;

use crate::client::origin::ClientError;
use crate::client::tls_settings::TlsSettings;

/// Whether one of the features for TLS is on.
pub(crate) const HAS_TLS: bool =
    cfg!(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"));

/// What an error says if none is.
pub(crate) const NO_TLS: &str = "no TLS: turn on the feature `rustls`, `rustls-ring` or `native-tls`";

impl TlsSettings {
    #[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
    pub(crate) fn apply(
        &self,
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, ClientError> {
        if self.is_default() { Ok(builder) } else { Err(ClientError::new(NO_TLS)) }
    }

    #[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
    pub(crate) fn apply(
        &self,
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, ClientError> {
        let mut builder = backend(builder);
        let mut roots = Vec::new();
        for text in &self.roots {
            roots.extend(certificates(text)?);
        }
        if self.only_these {
            builder = builder.tls_certs_only(roots);
        } else if !roots.is_empty() {
            builder = builder.tls_certs_merge(roots);
        }
        if let Some((certificate, key)) = &self.identity {
            // The error may repeat the key.
            let identity = identity(certificate, key);
            builder = builder.identity(identity.map_err(|_| {
                ClientError::new("the client's certificate or its key can't be read: both must be PEM")
            })?);
        }
        Ok(builder)
    }
}

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
fn certificates(text: &[u8]) -> Result<Vec<reqwest::Certificate>, ClientError> {
    let is_pem = text.windows(11).any(|window| window == b"-----BEGIN ");
    let read = if is_pem {
        reqwest::Certificate::from_pem_bundle(text)
    } else {
        reqwest::Certificate::from_der(text).map(|one| vec![one])
    };
    let found = read.ok().filter(|found| !found.is_empty());
    found.ok_or_else(|| ClientError::new("a root certificate can't be read: it must be PEM or DER"))
}

#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
fn backend(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    // With `rustls`, there is a provider anyway. Without, one that the program has installed counts.
    #[cfg(not(feature = "rustls"))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    builder.tls_backend_rustls()
}

#[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-ring"))))]
fn backend(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_backend_native()
}

#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
fn identity(certificate: &[u8], key: &SecretString) -> reqwest::Result<reqwest::Identity> {
    use secrecy::ExposeSecret as _;
    reqwest::Identity::from_pem(&[certificate, b"\n", key.expose_secret().as_bytes()].concat())
}

#[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-ring"))))]
fn identity(certificate: &[u8], key: &SecretString) -> reqwest::Result<reqwest::Identity> {
    use secrecy::ExposeSecret as _;
    reqwest::Identity::from_pkcs8_pem(certificate, key.expose_secret().as_bytes())
}

/// Whether an error comes from TLS.
pub(crate) fn is_of_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    #[cfg(any(feature = "rustls", feature = "rustls-ring"))]
    if error.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if error.is::<native_tls::Error>() {
        return true;
    }
    let _ = error;
    false
}
