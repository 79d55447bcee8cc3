//! URLs of servers with variables (OpenAPI 3.1, section 4.8.5).

use std::fmt;

/// Why a value can't stand for a variable in a server's URL. It prints the variable's name, and not the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidServerVariable {
    name: &'static str,
    reason: &'static str,
}

impl InvalidServerVariable {
    /// The variable's name in the document.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for InvalidServerVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server's variable `{}` {}", self.name, self.reason)
    }
}

impl std::error::Error for InvalidServerVariable {}

const SCHEME: &str = "must be `https` or `http`";
const HOST: &str = "must be a host name, such as `api.example.com`, or a part of one";
const PORT: &str = "must be a port: a number from 1 to 65535";
const ORIGIN: &str = "must begin with `https://`, `http://` or `/` and have no query, fragment or user name";
const OTHER_SCHEME: &str = "has another scheme than the server's URL";
const PATH: &str = "must be a path without `..`, query and fragment";

/// The URL that `template` gives with these values for its variables. A value can't reach beyond its place: one for a
/// host can't add a path, nor one for a path another host. A variable that is the whole authority can be given with the
/// scheme too, as `https://api.example.com` in `https://{host}/v2`.
///
/// # Errors
/// A value is empty or has characters that its place in the URL can't have.
pub fn server_url(
    template: &'static str,
    values: &[(&'static str, &str)],
) -> Result<String, InvalidServerVariable> {
    let mut url = String::new();
    let mut rest = template;
    while let Some((literal, (name, after))) =
        rest.split_once('{').and_then(|(literal, after)| Some((literal, after.split_once('}')?)))
    {
        url.push_str(literal);
        rest = after;
        let Some((name, value)) = values.iter().find(|(known, _)| *known == name) else {
            url.push_str(&format!("{{{name}}}"));
            continue;
        };
        let refused = |reason| InvalidServerVariable { name, reason };
        let place = Place::of(&url, after);
        url.push_str(place.part(value, &url).map_err(refused)?);
        // What the parts make together: `a.` and `.b` are valid, and `a..b` isn't.
        let until_variable = after.split('{').next().unwrap_or_default();
        place.check_whole(&[&*url, until_variable].concat()).map_err(refused)?;
    }
    url.push_str(rest);
    Ok(url)
}

/// Where in a URL a variable is.
#[derive(Clone, Copy)]
enum Place {
    Scheme,
    /// The beginning, up to a path.
    Origin,
    /// Everything between `://` and the path.
    Authority,
    Host,
    Port,
    Path,
}

impl Place {
    /// The place between the text `before` and the text `after`.
    fn of(before: &str, after: &str) -> Self {
        if before.is_empty() {
            return if after.starts_with("://") { Self::Scheme } else { Self::Origin };
        }
        match authority(before) {
            Some(authority) if authority.is_empty() && (after.is_empty() || after.starts_with('/')) => {
                Self::Authority
            }
            Some(authority) if authority.ends_with(':') => Self::Port,
            Some(_) => Self::Host,
            None => Self::Path,
        }
    }

    /// The part of the URL that `value` is, after the text `before`.
    fn part<'v>(self, value: &'v str, before: &str) -> Result<&'v str, &'static str> {
        match self {
            Self::Scheme => matches!(value, "https" | "http").then_some(value).ok_or(SCHEME),
            Self::Port => value.parse::<u16>().is_ok_and(|port| port > 0).then_some(value).ok_or(PORT),
            Self::Host => value.bytes().all(is_of_host).then_some(value).ok_or(HOST),
            Self::Path => is_path(value).then_some(value).ok_or(PATH),
            Self::Origin if value.starts_with('/') && !value.starts_with("//") => {
                is_path(value).then_some(value).ok_or(PATH)
            }
            Self::Origin => {
                let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
                let (authority, path) = split(rest.ok_or(ORIGIN)?);
                (is_authority(authority) && is_path(path)).then_some(value).ok_or(ORIGIN)
            }
            Self::Authority => {
                let scheme = before.trim_end_matches("://");
                let authority = match value.split_once("://") {
                    Some((given, authority)) if given.eq_ignore_ascii_case(scheme) => authority,
                    Some(_) => return Err(OTHER_SCHEME),
                    None => value,
                };
                let authority = authority.strip_suffix('/').unwrap_or(authority);
                is_authority(authority).then_some(authority).ok_or(HOST)
            }
        }
    }

    /// Checks the URL up to the next variable.
    fn check_whole(self, url: &str) -> Result<(), &'static str> {
        match self {
            Self::Host => {
                let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
                let (authority, path) = split(rest);
                // The host may go on with the next variable.
                let known = if path.is_empty() { authority.trim_end_matches(['.', ':']) } else { authority };
                is_authority(known).then_some(()).ok_or(HOST)
            }
            Self::Path | Self::Origin => {
                is_path(url.split_once("://").map_or(url, |(_, rest)| split(rest).1))
                    .then_some(())
                    .ok_or(PATH)
            }
            Self::Scheme | Self::Authority | Self::Port => Ok(()),
        }
    }
}

/// The unfinished authority that `url` ends in, if it ends in one.
fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    (!rest.contains('/')).then_some(rest)
}

/// The authority and the path.
fn split(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find('/').unwrap_or(rest.len()))
}

fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// Whether a text is a host, which may be an IPv6 address in brackets, with or without a port.
fn is_authority(text: &str) -> bool {
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    if let Some((address, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let is_address = address.parse::<std::net::Ipv6Addr>().is_ok();
        return is_address && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port));
    }
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    let labels_are_there = host.split('.').all(|label| !label.is_empty());
    labels_are_there && host.bytes().all(is_of_host) && port.is_none_or(is_port)
}

/// Whether a text is of the characters of a path (RFC 3986, section 3.3), and leads nowhere up.
fn is_path(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%".contains(&byte);
    let is_dots = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    };
    text.bytes().all(is_allowed) && !text.split('/').any(is_dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(template: &'static str, values: &[&str]) -> Result<String, &'static str> {
        let values: Vec<_> = ["a", "b"].into_iter().zip(values.iter().copied()).collect();
        server_url(template, &values).map_err(|error| error.reason)
    }

    #[test]
    fn values_that_fit_their_place() {
        for (template, values, expected) in [
            ("https://{a}/v2", &["acme.test"][..], "https://acme.test/v2"),
            ("https://{a}/v2", &["https://acme.test"], "https://acme.test/v2"),
            ("https://{a}/v2", &["HTTPS://acme.test/"], "https://acme.test/v2"),
            ("https://{a}", &["localhost:8443"], "https://localhost:8443"),
            ("https://{a}", &["[::1]:1"], "https://[::1]:1"),
            ("https://{a}.acme.test", &["eu"], "https://eu.acme.test"),
            ("https://{a}.acme.test", &["eu.west"], "https://eu.west.acme.test"),
            ("https://api{a}.acme.test", &[""], "https://api.acme.test"),
            ("https://api{a}.acme.test", &[".eu"], "https://api.eu.acme.test"),
            ("https://{a}{b}", &["x.", "test"], "https://x.test"),
            ("{a}://acme.test", &["http"], "http://acme.test"),
            ("https://acme.test:{a}/x", &["8443"], "https://acme.test:8443/x"),
            ("https://{a}:{b}", &["acme.test", "8443"], "https://acme.test:8443"),
            ("https://acme.test/{a}", &["api/v1"], "https://acme.test/api/v1"),
            ("https://acme.test/{a}", &[""], "https://acme.test/"),
            ("{a}/v1", &["https://acme.test:1/x"], "https://acme.test:1/x/v1"),
            ("{a}/v1", &["/x"], "/x/v1"),
            ("/{a}", &["v1"], "/v1"),
            ("https://{a}/{c}", &["acme.test"], "https://acme.test/{c}"),
        ] {
            assert_eq!(url(template, values).as_deref(), Ok(expected), "{template} {values:?}");
        }
    }

    #[test]
    fn no_value_leads_to_another_host() {
        for host in [
            "", ".", "..", "a..b", ".a", "a.", "a/b", "a@b", "a?b", "a#b", "a\\b", "a b", "a\n", "é", "a%2eb",
        ] {
            assert_eq!(url("https://{a}/v2", &[host]), Err(HOST), "{host:?}");
            assert_eq!(url("https://{a}.acme.test", &[host]), Err(HOST), "{host:?}");
        }
        for host in ["https:/a", "https:", "a:", "a:0", "a:x", "a:1:2", "[a]", "[::1", "[::1]x", "u:p@a"] {
            assert_eq!(url("https://{a}", &[host]), Err(HOST), "{host:?}");
        }
        assert_eq!(url("https://{a}/v2", &["http://acme.test"]), Err(OTHER_SCHEME));
        assert_eq!(url("https://{a}/v2", &["https://acme.test/x"]), Err(HOST));
        assert_eq!(url("https://{a}/v2", &["https://u:p@acme.test"]), Err(HOST));
        assert_eq!(url("https://{a}.acme.test", &["https://eu"]), Err(HOST));
        assert_eq!(url("https://x{a}", &[":1"]), Err(HOST));
        for path in ["..", "a/../b", "%2E%2e", ".", "a?b", "a#b", "a\\b", "a b"] {
            assert_eq!(url("https://acme.test/{a}", &[path]), Err(PATH), "{path:?}");
        }
        assert_eq!(url("https://acme.test/.{a}", &["."]), Err(PATH));
        for origin in
            ["acme.test", "ftp://acme.test", "https://", "//acme.test", "https://a@b", "https://a?b"]
        {
            assert_eq!(url("{a}/v1", &[origin]), Err(ORIGIN), "{origin:?}");
        }
        assert_eq!(url("{a}/v1", &["https://a/.."]), Err(ORIGIN));
        assert_eq!(url("{a}://acme.test", &["https://x.test/?"]), Err(SCHEME));
        for port in ["", "0", "65536", "1/", "-1"] {
            assert_eq!(url("https://acme.test:{a}", &[port]), Err(PORT), "{port:?}");
        }
    }

    #[test]
    fn an_error_names_the_variable_and_not_the_value() {
        let error = server_url("https://{host}", &[("host", "a\nb")]).unwrap_err();
        assert_eq!(error.name(), "host");
        let message =
            "the server's variable `host` must be a host name, such as `api.example.com`, or a part of one";
        assert_eq!(error.to_string(), message);
    }
}
