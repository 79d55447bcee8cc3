//! The requests that a mock received: how they read in messages, and how they differ from those that were expected.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;

use crate::facts::SecurityScheme;
use crate::http::operation::OperationInfo;
use crate::json::decode::from_slice;
use crate::json::redaction::hiding;
use crate::json::value::Json;

/// The credential of a mock's client.
pub(crate) const CREDENTIAL: &str = "credential-of-the-mock";

/// How a request differs from the expected one, if it does.
pub(crate) fn difference(expected: &http::Request<Bytes>, request: &http::Request<Bytes>) -> Option<String> {
    if expected.method() != request.method() {
        return Some(format!("method {}, not {}", expected.method(), request.method()));
    }
    // The base URL may have a path of its own, which comes first.
    if !request.uri().path().ends_with(expected.uri().path()) {
        return Some(format!("path {}, not {}", expected.uri().path(), request.uri().path()));
    }
    if query(expected) != query(request) {
        return Some(format!("query {:?}, not {:?}", query(expected), query(request)));
    }
    let [expected, request] = &[expected, request].map(without_boundary);
    for (name, value) in expected.headers() {
        if !request.headers().get_all(name).iter().any(|other| other == value) {
            return Some(format!("header {name}"));
        }
    }
    let (wanted, found) = (shown(expected.body()), shown(request.body()));
    let same = match (&wanted, &found) {
        (Some(wanted), Some(found)) => wanted == found,
        _ => expected.body() == request.body(),
    };
    let secret_names = info(request).map_or(&[][..], |info| info.facts.secret_names);
    (!same).then(|| hiding(secret_names, || format!("body {wanted:?}, not {found:?}")))
}

/// The request without the boundary of its parts, if it has any: each request draws one of its own.
fn without_boundary(request: &http::Request<Bytes>) -> http::Request<Bytes> {
    let mut request = request.clone();
    let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = declared.filter(|declared| declared.starts_with("multipart/"));
    let Some((essence, boundary)) = boundary.and_then(|declared| declared.split_once("; boundary=")) else {
        return request;
    };
    let Ok(essence) = http::HeaderValue::from_str(essence) else { return request };
    let (boundary, mut body) = (boundary.as_bytes().to_vec(), Vec::new());
    let mut rest = &request.body()[..];
    while let Some(at) = rest.windows(boundary.len()).position(|window| window == boundary) {
        body.extend_from_slice(&rest[..at]);
        rest = &rest[at + boundary.len()..];
    }
    body.extend_from_slice(rest);
    *request.body_mut() = body.into();
    request.headers_mut().insert(CONTENT_TYPE, essence);
    request
}

/// The operation that the request belongs to.
pub(crate) fn info(request: &http::Request<Bytes>) -> Option<&'static OperationInfo> {
    request.extensions().get::<&'static OperationInfo>().copied()
}

/// The query without the client's API key.
fn query(request: &http::Request<Bytes>) -> Vec<&str> {
    let schemes = info(request).map_or(&[][..], |info| info.facts.security_schemes);
    let key = |pair: &&str| {
        let name = pair.strip_suffix(CREDENTIAL).and_then(|rest| rest.strip_suffix('='));
        let name = name.map(|name| percent_decode_str(name).decode_utf8_lossy());
        name.is_some_and(|name| {
            schemes
                .iter()
                .any(|(_, scheme)| matches!(scheme, SecurityScheme::QueryKey(known) if *known == name))
        })
    };
    request.uri().query().into_iter().flat_map(|query| query.split('&')).filter(|pair| !key(pair)).collect()
}

/// A JSON body that prints without secrets.
fn shown(body: &Bytes) -> Option<Json> {
    from_slice(body).ok()
}

/// The request in a line, for messages.
pub(crate) fn printed(id: &str, request: &http::Request<Bytes>) -> String {
    let mut text = format!("{id}: {} {}", request.method(), request.uri().path());
    let query = query(request).join("&");
    if !query.is_empty() {
        text.push_str(&format!("?{query}"));
    }
    if let Some(body) = shown(request.body()) {
        let secret_names = info(request).map_or(&[][..], |info| info.facts.secret_names);
        text.push_str(&hiding(secret_names, || format!(" {body:?}")));
    }
    text
}
