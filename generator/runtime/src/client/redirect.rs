//! Where a redirect may lead.

use http::header::LOCATION;
use http::{Request, Response, StatusCode, Uri};

use crate::client::followed;
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// Where `response` redirects the request, if it does. Only the same scheme, host and port are allowed, so
/// that no credential goes elsewhere or over plain HTTP. A redirect that may change the method (RFC 9110,
/// section 15.4) is followed only for requests that just read.
///
/// # Errors
/// The redirect leads elsewhere.
pub(crate) fn target<A, B>(
    request: &Request<A>,
    response: &Response<B>,
) -> Result<Option<Uri>, TransportError> {
    // A `QUERY` is only changed by a 303, which leads to what a GET reads (RFC 10008, section 2.5).
    let reads = match request.method().as_str() {
        "GET" | "HEAD" => true,
        "QUERY" => response.status() != StatusCode::SEE_OTHER,
        _ => false,
    };
    let follows = match response.status() {
        StatusCode::PERMANENT_REDIRECT | StatusCode::TEMPORARY_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => reads,
        _ => false,
    };
    let location = response.headers().get(LOCATION).filter(|_| follows);
    let Some(location) = location.and_then(|location| location.to_str().ok()) else { return Ok(None) };
    let refused = |why: &str| TransportError::new(TransportErrorKind::Redirect, why);
    let to = followed::within(request.uri(), location).map_err(|why| refused(&why))?;
    to.as_str().parse().map(Some).map_err(|_| refused("it has no valid URL"))
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    fn target_of(method: Method, status: u16, location: &str) -> Result<Option<String>, String> {
        let request = Request::builder().method(method).uri("https://a.test/v2/pets?x=1").body(()).unwrap();
        let response = Response::builder().status(status).header(LOCATION, location).body(()).unwrap();
        let target = target(&request, &response);
        target.map(|uri| uri.map(|uri| uri.to_string())).map_err(|error| error.to_string())
    }

    #[test]
    fn only_the_same_origin_is_followed() {
        let get = |location| target_of(Method::GET, 302, location);
        assert_eq!(get("/v3/pets#there"), Ok(Some("https://a.test/v3/pets".to_owned())));
        assert_eq!(get("cats"), Ok(Some("https://a.test/v2/cats".to_owned())));
        assert_eq!(get("https://a.test:443/"), Ok(Some("https://a.test/".to_owned())));
        for elsewhere in
            ["https://b.test/", "//b.test/", "https://a.test:8443/", "https://a.test.b.test/", "/\\b.test"]
        {
            assert!(get(elsewhere).unwrap_err().contains("another host"), "{elsewhere}");
        }
        assert!(get("http://a.test/").unwrap_err().contains("from https: to http:"));
        assert!(get("javascript:1").is_err() && get("https://[").is_err());
    }

    #[test]
    fn a_method_is_never_changed() {
        let followed = |method, status| target_of(method, status, "/").unwrap().is_some();
        assert!(followed(Method::POST, 307) && followed(Method::PATCH, 308));
        let query = || Method::from_bytes(b"QUERY").unwrap();
        assert!(followed(query(), 302) && followed(query(), 307) && !followed(query(), 303));
        assert!(!followed(Method::POST, 302) && !followed(Method::POST, 303) && !followed(Method::GET, 304));
    }
}
