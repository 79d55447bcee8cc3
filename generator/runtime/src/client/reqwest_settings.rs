//! What the client's own transport over `reqwest` is made with.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use crate::client::fetch_transport::default_transport;
use crate::client::origin::ClientError;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use crate::client::reqwest_transport::default_transport;
use crate::client::tls_settings::TlsSettings;
use crate::client::transport::Transport;

/// The settings of the client's default `reqwest::Client`. In a browser, they are the browser's business.
#[derive(Default)]
pub(crate) struct ReqwestSettings {
    pub proxy: Option<SecretString>,
    pub connect_timeout: Option<Duration>,
    pub tls: TlsSettings,
}

impl ReqwestSettings {
    pub(crate) fn is_default(&self) -> bool {
        self.proxy.is_none() && self.connect_timeout.is_none() && self.tls.is_default()
    }

    /// The `given` transport, or else a new `reqwest::Client`.
    pub(crate) fn transport(
        self,
        given: Option<Arc<dyn Transport>>,
    ) -> Result<Arc<dyn Transport>, ClientError> {
        match given {
            None => default_transport(&self),
            Some(given) if self.is_default() => Ok(given),
            Some(_) => Err(ClientError::new(
                "proxy, connect timeout and certificates are the given transport's business",
            )),
        }
    }
}
