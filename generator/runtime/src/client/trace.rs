//! Support for `tracing`: a span for each attempt, following OpenTelemetry's semantic conventions for HTTP
//! clients.
//!
//! Spans omit `url.full`, since path and query may contain secrets. `url.template` is the document's path
//! template.

use std::time::Duration;

use http::Response;

use crate::client::hooks::Attempt;
use crate::client::origin::Origin;
use crate::client::received::Received;
use crate::http::error::NoResponse;

#[cfg(not(feature = "tracing"))]
pub(crate) struct Trace;

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn start(_: &Attempt, _: &Origin) -> Self {
        Self
    }

    pub(crate) fn follow<F: Future>(&self, work: F) -> F {
        work
    }

    pub(crate) fn end(&self, _: &Result<Response<Received>, NoResponse>, _: Option<Duration>) {}
}

#[cfg(feature = "tracing")]
pub(crate) struct Trace(tracing::Span);

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn start(attempt: &Attempt, origin: &Origin) -> Self {
        use tracing::field::Empty;
        let operation = attempt.operation;
        let span = tracing::info_span!(
            "http.client.request",
            otel.name = format_args!("{} {}", &operation.method, operation.path),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = operation.method.as_str(),
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            server.address = origin.host.as_str(),
            server.port = origin.port,
            url.scheme = origin.scheme.as_str(),
            url.template = operation.path,
            error.type = Empty,
        );
        if attempt.number > 1 {
            span.record("http.request.resend_count", attempt.number - 1);
        }
        Self(span)
    }

    pub(crate) fn follow<F: Future>(&self, work: F) -> impl Future<Output = F::Output> {
        tracing::Instrument::instrument(work, self.0.clone())
    }

    pub(crate) fn end(&self, outcome: &Result<Response<Received>, NoResponse>, retry_in: Option<Duration>) {
        let kind = match outcome {
            Ok(response) => {
                let status = response.status();
                self.0.record("http.response.status_code", status.as_u16());
                (status.is_client_error() || status.is_server_error()).then(|| status.as_str().to_owned())
            }
            Err(error) => Some(error_type(error)),
        };
        if let Some(kind) = kind {
            self.0.record("error.type", kind.as_str());
            self.0.record("otel.status_code", "ERROR");
        }
        if let Some(delay) = retry_in {
            tracing::debug!(parent: &self.0, delay = ?delay, "the request is sent again");
        }
    }
}

/// A span name of low cardinality.
#[cfg(feature = "tracing")]
fn error_type(error: &NoResponse) -> String {
    match error {
        NoResponse::Transport(error) => format!("{:?}", error.kind()).to_lowercase(),
        NoResponse::Timeout(_) => "timeout".to_owned(),
        NoResponse::Authentication(_) => "authentication".to_owned(),
        _ => "_OTHER".to_owned(),
    }
}
