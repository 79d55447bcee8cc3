//! URLs that a server gives for further requests: where they may lead.

use http::Uri;
use url::Url;
use url::form_urlencoded::parse;

use crate::facts::{Facts, SecurityScheme};

/// Where `reference`, a URL in a response to a request of `from`, leads (RFC 3986, section 5). Only the same scheme,
/// host and port are allowed, so that no credential goes elsewhere or over plain HTTP.
///
/// # Errors
/// It leads elsewhere, or isn't a URL.
pub(crate) fn within(from: &Uri, reference: &str) -> Result<Url, String> {
    let from = Url::parse(&from.to_string()).map_err(|_| "its origin has no valid URL")?;
    let mut to = from.join(reference).map_err(|_| "it has no valid URL")?;
    if to.scheme() != from.scheme() {
        return Err(format!("it leads from {}: to {}:", from.scheme(), to.scheme()));
    }
    if to.origin() != from.origin() {
        return Err("it leads to another host, and credentials stay with this one".to_owned());
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err("it has a user's name or password".to_owned());
    }
    to.set_fragment(None);
    Ok(to)
}

/// Like [`within`], without the credentials that the client sends in the query: servers repeat what they were sent,
/// and the client adds its own.
///
/// # Errors
/// It leads elsewhere, or isn't a URL.
pub(crate) fn without_key(from: &Uri, reference: &str, facts: &Facts) -> Result<Uri, String> {
    let mut to = within(from, reference)?;
    let is_key = |name: &str| {
        let mut schemes = facts.security_schemes.iter();
        schemes.any(|(_, scheme)| matches!(scheme, SecurityScheme::QueryKey(key) if *key == name))
    };
    if to.query_pairs().any(|(name, _)| is_key(&name)) {
        // The other pairs stay as they are written: to decode and encode them could change them.
        let is_kept = |pair: &&str| parse(pair.as_bytes()).all(|(name, _)| !is_key(&name));
        let pairs = to.query().unwrap_or_default().split('&');
        let kept = pairs.filter(is_kept).collect::<Vec<_>>().join("&");
        to.set_query((!kept.is_empty()).then_some(&*kept));
    }
    to.as_str().parse().map_err(|_| "it has no valid URL".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    static FACTS: Facts = Facts::new().security_schemes(&[("key", SecurityScheme::QueryKey("api key"))]);

    fn next(reference: &str) -> Result<String, String> {
        let from = Uri::from_static("https://a.test/v1/pets?limit=2&x=1");
        without_key(&from, reference, &FACTS).map(|uri| uri.to_string())
    }

    #[test]
    fn references_are_resolved_against_the_request() {
        for (reference, target) in [
            ("https://a.test/v1/pets?page=2#top", "https://a.test/v1/pets?page=2"),
            ("/v2/pets?page=2", "https://a.test/v2/pets?page=2"),
            ("?page=2", "https://a.test/v1/pets?page=2"),
            ("cats?page=2", "https://a.test/v1/cats?page=2"),
            ("//a.test:443/x", "https://a.test/x"),
        ] {
            assert_eq!(next(reference), Ok(target.to_owned()));
        }
    }

    #[test]
    fn other_origins_are_refused() {
        for reference in [
            "https://b.test/",
            "//b.test/",
            "/\\b.test",
            "http://a.test/",
            "https://a.test:8443/",
            "https://a.test@b.test/",
            "https://u:p@a.test/",
            "javascript:1",
            "https://[",
        ] {
            assert!(next(reference).is_err(), "{reference}");
        }
    }

    #[test]
    fn a_repeated_key_is_left_out() {
        assert_eq!(
            next("?api+key=s&q=a%20b+c&page=2"),
            Ok("https://a.test/v1/pets?q=a%20b+c&page=2".to_owned())
        );
        assert_eq!(next("?api%20key=s"), Ok("https://a.test/v1/pets".to_owned()));
    }
}
