//! Sends a request to Prism and reads its verdict.

use std::fmt::Write as _;
use std::time::Duration;

use openapi_generator::api::{Api, Operation, SecuritySchemeKind, Server};
use serde_json::Value;

use crate::exercise::Request;
use speccrate::Failure;

/// The header in which Prism reports violations of the document.
const VIOLATIONS: &str = "sl-violations";

/// Stands for the violations that Prism omitted.
const CUT_OFF: &str = "Prism's list of violations is cut off";

/// Sends requests to a Prism.
pub struct Sender {
    agent: ureq::Agent,
    url: String,
}

/// A response of Prism.
pub struct Exchange {
    pub response: http::Response<String>,
    /// What is wrong with the request.
    pub request_violations: Vec<Violation>,
    /// What is wrong with Prism's own response.
    pub response_violations: Vec<Violation>,
}

/// A violation of the document.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The location, e.g. `request`, `body`, `name`; empty for the request as a whole.
    pub location: Vec<String>,
    pub message: String,
}

impl Violation {
    pub fn whole(message: impl Into<String>) -> Self {
        Self { location: Vec::new(), message: message.into() }
    }

    /// Whether it stands for the violations that Prism omitted.
    pub fn is_cut_off(&self) -> bool {
        self.location.is_empty() && self.message == CUT_OFF
    }

    fn told(violation: &Value) -> Self {
        let parts = violation["location"].as_array().into_iter().flatten();
        Self {
            location: parts
                .map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
                .collect(),
            message: violation["message"].as_str().unwrap_or_default().to_owned(),
        }
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.location.is_empty() {
            write!(f, "{}: ", self.location.join("."))?;
        }
        f.write_str(&self.message)
    }
}

impl Sender {
    /// Sends to the Prism at `url`.
    pub fn new(url: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(1 << 20)
            .timeout_global(Some(Duration::from_secs(60)))
            .proxy(None)
            .build();
        Self { agent: config.new_agent(), url: url.to_owned() }
    }

    /// Sends a request and reads Prism's verdict on it.
    ///
    /// # Errors
    /// Prism doesn't respond.
    pub fn send(&self, request: &Request) -> Result<Exchange, Failure> {
        let url = format!("{}{}", self.url, request.uri);
        let headers = || request.headers.iter();
        let response = match request.method.as_str() {
            method @ ("POST" | "PUT" | "PATCH") => {
                let plain = match method {
                    "POST" => self.agent.post(url),
                    "PUT" => self.agent.put(url),
                    _ => self.agent.patch(url),
                };
                let plain = headers().fold(plain, |plain, (name, value)| plain.header(name, value));
                if request.body.is_empty() { plain.send_empty() } else { plain.send(&request.body) }
            }
            method => {
                let plain = match method {
                    "DELETE" => self.agent.delete(url),
                    "HEAD" => self.agent.head(url),
                    "OPTIONS" => self.agent.options(url),
                    "TRACE" => self.agent.trace(url),
                    _ => self.agent.get(url),
                };
                let plain = headers().fold(plain, |plain, (name, value)| plain.header(name, value));
                if request.body.is_empty() {
                    plain.call()
                } else {
                    plain.force_send_body().send(&request.body)
                }
            }
        };
        let (head, mut body) = response?.into_parts();
        let body = body.with_config().limit(64 << 20).lossy_utf8(true).read_to_string()?;
        Ok(Exchange::of(http::Response::from_parts(head, body)))
    }
}

impl Exchange {
    fn of(response: http::Response<String>) -> Self {
        let header = response.headers().get(VIOLATIONS).map(|header| {
            // Node encodes headers in ISO 8859-1.
            header.as_bytes().iter().copied().map(char::from).collect::<String>()
        });
        // The body of an error response lists them too.
        let complaint = serde_json::from_str::<Value>(response.body()).ok();
        let complaint = complaint.as_ref().and_then(|body| body["validation"].as_array());
        let (told, is_whole) = match (complaint, &header) {
            (Some(told), _) => (told.clone(), true),
            (None, Some(header)) => listed(header),
            (None, None) => (Vec::new(), true),
        };
        let (mut request_violations, mut response_violations) = (Vec::new(), Vec::new());
        for violation in &told {
            let mut violation = Violation::told(violation);
            // An error response is about the request, and omits that prefix.
            if !matches!(violation.location.first().map(String::as_str), Some("request" | "response")) {
                violation.location.insert(0, "request".to_owned());
            }
            let of_response = violation.location[0] == "response";
            let list = if of_response { &mut response_violations } else { &mut request_violations };
            list.push(violation);
        }
        // Violations of the request come first, so none of them is missing if one of the response is listed.
        // With a success, all are about the response: the mock answers a request that has violations with a
        // failure.
        if !is_whole {
            let of_response = !response_violations.is_empty() || response.status().is_success();
            let list = if of_response { &mut response_violations } else { &mut request_violations };
            list.push(Violation::whole(CUT_OFF));
        }
        // If Prism can't match a request to the document, it answers with an error of its own. If it listed
        // what is wrong with its response, it accepted the request and merely failed to write the response.
        if request_violations.is_empty() && response_violations.is_empty() && is_complaint(&response) {
            request_violations.push(Violation::whole(response.body().clone()));
        }
        Self { response, request_violations, response_violations }
    }

    /// Whether Prism gave a response, rather than failing to write it.
    pub fn is_given(&self) -> bool {
        !(self.request_violations.is_empty()
            && self.response.status().is_server_error()
            && is_complaint(&self.response))
    }
}

/// The violations that a header lists, and whether the list is complete. A long list may be cut off anywhere.
fn listed(header: &str) -> (Vec<Value>, bool) {
    if let Ok(violations) = serde_json::from_str(header) {
        return (violations, true);
    }
    let mut rest = header.split_once('[').map_or("", |(_, rest)| rest);
    let mut violations = Vec::new();
    loop {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter();
        let Some(Ok(violation)) = values.next() else { return (violations, false) };
        violations.push(violation);
        rest = rest[values.byte_offset()..].trim_start_matches(',');
    }
}

/// Whether a response is Prism's own rather than one that the document declares.
fn is_complaint(response: &http::Response<String>) -> bool {
    let text = response.body();
    text.contains("https://stoplight.io/prism/errors#") || text.contains("\"code\":\"invalid_json\"")
}

/// Turns the URI of an operation that has a server of its own into one of the mock, which stands in for all servers.
pub fn leave_server(request: &mut Request, operation: &Operation) {
    let server = operation.servers.first().map(Server::default_url).unwrap_or_default();
    if let Some(path) = request.uri.strip_prefix(server.trim_end_matches('/')) {
        request.uri = path.to_owned();
    }
}

/// Adds credentials for the operation's first security alternative.
pub fn authenticate(request: &mut Request, operation: &Operation, api: &Api) {
    let Some(alternative) = operation.security.first() else { return };
    for requirement in alternative {
        let scheme = api.security_schemes.iter().find(|scheme| scheme.wire == requirement.scheme);
        let Some(scheme) = scheme else { continue };
        let mut header = |name: &str, value: &str| request.headers.push((name.to_owned(), value.to_owned()));
        match &scheme.kind {
            SecuritySchemeKind::Bearer | SecuritySchemeKind::ClientCredentials { .. } => {
                header("authorization", "Bearer token");
            }
            SecuritySchemeKind::Basic => header("authorization", "Basic dXNlcjpwYXNzd29yZA=="),
            SecuritySchemeKind::Authorization(scheme) => header("authorization", &format!("{scheme} value")),
            SecuritySchemeKind::HeaderKey(name) => header(name, "key"),
            SecuritySchemeKind::CookieKey(name) => header("cookie", &format!("{name}=key")),
            SecuritySchemeKind::QueryKey(name) => {
                let separator = if request.uri.contains('?') { '&' } else { '?' };
                let _ = write!(request.uri, "{separator}{name}=key");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(status: u16, violations: &str, body: &str) -> Exchange {
        let response = http::Response::builder().status(status).header(VIOLATIONS, violations);
        Exchange::of(response.body(body.to_owned()).unwrap())
    }

    #[test]
    fn a_list_that_is_cut_off_is_read_as_far_as_it_goes() {
        let request = r#"{"location":["request","body","a"],"message":"is wrong"}"#;
        let response = r#"{"location":["response","body"],"message":"is wrong"}"#;
        let read = |status: u16, list: &str| {
            let exchange = exchange(status, &format!("Too many violations! [{list}"), "");
            (exchange.request_violations.len(), exchange.response_violations.len())
        };
        assert_eq!(read(422, &format!(r#"{request},{request},{{"loc"#)), (3, 0));
        assert_eq!(read(500, &format!(r#"{response},{{"loc"#)), (0, 2));
        assert_eq!(read(422, &format!(r#"{request},{response},{{"loc"#)), (1, 2));
        assert_eq!(read(422, r#"{"loc"#), (1, 0));
        assert_eq!(read(200, r#"{"loc"#), (0, 1));
    }

    #[test]
    fn a_response_that_prism_can_t_write_says_nothing_of_the_request() {
        let problem = r#"{"type":"https://stoplight.io/prism/errors#NO_COMPLEX_OBJECT_TEXT"}"#;
        let response = r#"[{"location":["response","body"],"message":"is wrong"}]"#;
        let failed = exchange(500, response, problem);
        assert!(failed.request_violations.is_empty() && !failed.is_given());
        let refused = exchange(500, "[]", problem);
        assert!(!refused.request_violations.is_empty() && refused.is_given());
    }
}
