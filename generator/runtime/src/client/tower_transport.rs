//! A `tower::Service` as a transport.

use std::fmt::Display;
use std::future::poll_fn;
use std::io;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use http::{Request, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyDataStream, BodyExt as _, Full, StreamBody};
use tower_service::Service;

use crate::client::transport::{BoxFuture, ResponseBody, Transport};
use crate::http::body::Body;
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// The body of the requests that a service receives.
pub type ServiceBody = UnsyncBoxBody<Bytes, io::Error>;

/// Sends requests with a `tower::Service`, such as a stack of layers around a client of `hyper-util`. The service is
/// cloned for each request, so cloning it should be cheap.
#[derive(Clone, Debug)]
pub struct ServiceTransport<S>(pub S);

impl<S, B> Transport for ServiceTransport<S>
where
    S: Service<Request<ServiceBody>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Display,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Display,
{
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let failed = |error: S::Error| TransportError::new(TransportErrorKind::Other, error.to_string());
            poll_fn(|context| service.poll_ready(context)).await.map_err(failed)?;
            let response = service.call(request.map(service_body)).await.map_err(failed)?;
            let broken =
                |error: B::Error| TransportError::new(TransportErrorKind::Truncated, error.to_string());
            Ok(response.map(|body| ResponseBody::stream(BodyDataStream::new(body).map_err(broken))))
        })
    }
}

fn service_body(body: Body) -> ServiceBody {
    match body.as_bytes() {
        Some(bytes) => Full::new(bytes.clone()).map_err(|never| match never {}).boxed_unsync(),
        None => StreamBody::new(body.open().map_ok(http_body::Frame::data)).boxed_unsync(),
    }
}
