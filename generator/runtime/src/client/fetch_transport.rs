//! The transport over `reqwest` in a browser, where it sends requests with `fetch`.

use std::sync::Arc;

use futures_util::TryStreamExt as _;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, USER_AGENT};
use url::Url;

use crate::client::browser::{local, local_stream};
use crate::client::origin::ClientError;
use crate::client::reqwest_settings::ReqwestSettings;
use crate::client::transport::{BoxFuture, ResponseBody, Transport};
use crate::http::body::Body;
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// A new `reqwest::Client`, which has no settings here.
pub(crate) fn default_transport(settings: &ReqwestSettings) -> Result<Arc<dyn Transport>, ClientError> {
    if settings.is_default() {
        return Ok(Arc::new(reqwest::Client::new()));
    }
    Err(ClientError::new("proxy, connect timeout and certificates are the browser's business"))
}

/// The browser adds its own `User-Agent`, decodes content codings and follows redirects. The response of a redirect to
/// another origin is refused. On the way there, browsers drop `Authorization`, but no header that holds an API key.
impl Transport for reqwest::Client {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let response = local(fetch(self.clone(), request));
        Box::pin(async move {
            let ended = || TransportError::new(TransportErrorKind::Other, "the browser has stopped");
            response.await.unwrap_or_else(|| Err(ended()))
        })
    }
}

async fn fetch(
    client: reqwest::Client,
    request: http::Request<Body>,
) -> Result<http::Response<ResponseBody>, TransportError> {
    let (mut parts, body) = request.into_parts();
    // With this header, the service would have to allow it to pages of other origins.
    parts.headers.remove(USER_AGENT);
    // A body that is a stream is sent at once: few browsers can do otherwise.
    let bytes = match body.as_bytes() {
        Some(bytes) => bytes.clone(),
        None => {
            let whole = body.open().try_fold(bytes::BytesMut::new(), |mut whole, chunk| {
                whole.extend_from_slice(&chunk);
                std::future::ready(Ok(whole))
            });
            let failed =
                |error: std::io::Error| TransportError::new(TransportErrorKind::Other, "").caused_by(&error);
            whole.await.map_err(failed)?.freeze()
        }
    };
    let request = http::Request::from_parts(parts, bytes);
    let request = reqwest::Request::try_from(request).map_err(|error| failure(error, false))?;
    let asked = request.url().clone();
    let mut response = client.execute(request).await.map_err(|error| failure(error, false))?;
    if !is_same_origin(&asked, response.url()) {
        return Err(TransportError::new(TransportErrorKind::Redirect, "it leads to another origin"));
    }
    let mut whole = http::Response::new(());
    *whole.status_mut() = response.status();
    *whole.headers_mut() = std::mem::take(response.headers_mut());
    if whole.headers_mut().remove(CONTENT_ENCODING).is_some() {
        whole.headers_mut().remove(CONTENT_LENGTH);
    }
    let bytes = local_stream(response.bytes_stream().map_err(|error| failure(error, true)));
    Ok(whole.map(|()| ResponseBody::stream(bytes)))
}

fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin()
}

fn failure(error: reqwest::Error, in_body: bool) -> TransportError {
    let kind = match in_body {
        true => TransportErrorKind::Truncated,
        false if error.is_request() => TransportErrorKind::Reset,
        false => TransportErrorKind::Other,
    };
    // Scripts aren't told why.
    let message = match kind {
        TransportErrorKind::Reset => {
            "there was none, or the service doesn't allow calls from this page's origin"
        }
        _ => "",
    };
    // The URL may contain a key in its query.
    TransportError::new(kind, message).caused_by(&error.without_url())
}
