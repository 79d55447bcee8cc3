//! The transport over `reqwest`.

use std::error::Error as StdError;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::TryStreamExt as _;
use http::header::CONTENT_LENGTH;
use secrecy::ExposeSecret as _;
use url::Url;

use crate::client::origin::{ClientError, is_this_machine};
use crate::client::reqwest_settings::ReqwestSettings;
use crate::client::tls::{HAS_TLS, NO_TLS, is_of_tls};
use crate::client::tls_settings::TlsSettings;
use crate::client::transport::{BoxFuture, ResponseBody, Transport};
use crate::http::body::Body;
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// A new `reqwest::Client` with these settings.
pub(crate) fn default_transport(settings: &ReqwestSettings) -> Result<Arc<dyn Transport>, ClientError> {
    let connect_timeout = settings.connect_timeout.unwrap_or(Duration::from_secs(10));
    let mut through_proxy = settings.tls.apply(builder(connect_timeout))?;
    if let Some(url) = &settings.proxy {
        // The error contains the URL, which may contain a password.
        let proxy = reqwest::Proxy::all(url.expose_secret())
            .map_err(|_| ClientError::new("the proxy's URL is none"))?;
        through_proxy = through_proxy.proxy(proxy);
    }
    let through_proxy = built(through_proxy)?;
    Ok(Arc::new(DefaultTransport { through_proxy, direct: OnceLock::new(), connect_timeout }))
}

fn builder(connect_timeout: Duration) -> reqwest::ClientBuilder {
    // Content codings are undone by the call, whatever the transport.
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect_timeout)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

fn built_directly(connect_timeout: Duration) -> Result<reqwest::Client, ClientError> {
    // It sends plain HTTP only, but can't be built without what TLS needs.
    built(TlsSettings::default().apply(builder(connect_timeout))?.no_proxy())
}

fn built(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, ClientError> {
    let failed = |error: reqwest::Error| {
        let causes: Vec<String> = chain(&error).map(ToString::to_string).collect();
        ClientError::new(format!("the HTTP client can't be set up: {}", causes.join(": ")))
    };
    builder.build().map_err(failed)
}

/// Sends plain HTTP to this machine directly. A proxy, be it one from the environment, would be sent the credentials in
/// clear over the network.
struct DefaultTransport {
    through_proxy: reqwest::Client,
    /// Set up for the first request that needs it: few clients ever do.
    direct: OnceLock<Result<reqwest::Client, ClientError>>,
    connect_timeout: Duration,
}

impl Transport for DefaultTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        let is_http = request.uri().scheme() == Some(&http::uri::Scheme::HTTP);
        let is_direct =
            is_http && Url::parse(&request.uri().to_string()).is_ok_and(|url| is_this_machine(&url));
        if !HAS_TLS && request.uri().scheme() == Some(&http::uri::Scheme::HTTPS) {
            let error = TransportError::new(TransportErrorKind::Tls, NO_TLS);
            return Box::pin(std::future::ready(Err(error)));
        }
        if !is_direct {
            return self.through_proxy.send(request);
        }
        match self.direct.get_or_init(|| built_directly(self.connect_timeout)) {
            Ok(direct) => direct.send(request),
            Err(error) => {
                let error = TransportError::new(TransportErrorKind::Other, error.to_string());
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

/// If this client is set up to follow redirects, `reqwest` decides which credentials it forwards: on the way
/// to another host it drops `Authorization` and `Cookie`, but no header that holds an API key.
impl Transport for reqwest::Client {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let response = self.execute(outgoing(request)?).await.map_err(|error| failure(error, false))?;
            Ok(incoming(response))
        })
    }
}

fn outgoing(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (mut parts, body) = request.into_parts();
    let body = match body.as_bytes() {
        Some(bytes) if bytes.is_empty() => None,
        Some(bytes) => Some(bytes.clone().into()),
        None => {
            if let Some(length) = body.length() {
                parts.headers.insert(CONTENT_LENGTH, length.into());
            }
            Some(reqwest::Body::wrap_stream(body.open()))
        }
    };
    let request = reqwest::Request::try_from(http::Request::from_parts(parts, reqwest::Body::default()));
    let mut request = request.map_err(|error| failure(error, false))?;
    *request.body_mut() = body;
    Ok(request)
}

fn incoming(mut response: reqwest::Response) -> http::Response<ResponseBody> {
    let mut whole = http::Response::new(());
    *whole.status_mut() = response.status();
    *whole.headers_mut() = std::mem::take(response.headers_mut());
    let bytes = response.bytes_stream().map_err(|error| failure(error, true));
    whole.map(|()| ResponseBody::stream(bytes))
}

fn failure(error: reqwest::Error, in_body: bool) -> TransportError {
    // The URL may contain a key in its query.
    let error = error.without_url();
    let kind = if error.is_redirect() {
        TransportErrorKind::Redirect
    } else if chain(&error).any(is_of_tls) && !in_body {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if chain(&error)
        .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
    {
        TransportErrorKind::Protocol
    } else if in_body {
        TransportErrorKind::Truncated
    } else if error.is_request() {
        TransportErrorKind::Reset
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind, "").caused_by(&error)
}

/// The error and its sources. An I/O error doesn't list the error it wraps as a source, so that one is added.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<io::Error>() {
        Some(error) => error.get_ref().map(|inner| inner as &(dyn StdError + 'static)),
        None => error.source(),
    })
}
