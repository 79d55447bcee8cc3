//! A client that is slow to read.

use std::time::Duration;

use auth0_connections::runtime::{Body, BoxFuture, ResponseBody, Transport, TransportError};
use futures_util::stream::try_unfold;

/// Waits before it reads each piece of a response.
pub struct SlowReader(reqwest::Client);

const PAUSE: Duration = Duration::from_millis(10);

impl SlowReader {
    /// A client that trusts this certificate alone.
    pub fn new(certificate: &[u8]) -> Self {
        let client = reqwest::Client::builder()
            .tls_backend_rustls()
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_only([reqwest::Certificate::from_der(certificate).unwrap()]);
        Self(client.build().unwrap())
    }
}

impl Transport for SlowReader {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let response = Transport::send(&self.0, request).await?;
            Ok(response.map(|body| {
                ResponseBody::stream(try_unfold(body, async |mut body| {
                    tokio::time::sleep(PAUSE).await;
                    Ok(body.chunk().await?.map(|piece| (piece, body)))
                }))
            }))
        })
    }
}
