//! What is special about ploidy's clients. Security schemes and the media types of answers aren't in their interface: callers set headers.

use serde_json::{Value, json};
pub use tested::Client;
use tested::Error;
use tested::util::http::HeaderMap;
use tested::util::reqwest::Url;

use crate::support::{self, Answer};

/// The client of a call.
pub fn client(settings: &Value) -> Result<Client, Answer> {
    let http = support::http_client(settings, HeaderMap::new())?;
    let server = settings["server"].as_str().unwrap_or_default();
    let url = Url::parse(server).map_err(|error| json!({"error": "client", "reason": error.to_string()}))?;
    let mut client = Client::with_reqwest_client(http, url);
    for scheme in settings["credentials"].as_array().into_iter().flatten() {
        let credential = &scheme["credential"];
        let key = credential["key"].as_str();
        let (name, value) = match (scheme["in"].as_str(), key) {
            (Some("header"), Some(key)) => (scheme["name"].as_str().unwrap_or_default(), key.to_owned()),
            (Some("cookie"), Some(key)) => {
                ("cookie", format!("{}={key}", scheme["name"].as_str().unwrap_or_default()))
            }
            (_, None) => match support::authorization(credential) {
                Some(value) => ("authorization", value),
                None => return Err(support::lacking("getting tokens")),
            },
            _ => return Err(support::lacking("a key in the query")),
        };
        client = client.with_sensitive_header(name, value).map_err(|error| failed(&error))?;
    }
    Ok(client)
}

/// A failure.
pub fn failed(error: &Error) -> Answer {
    match error {
        Error::Build(error) => json!({"error": "invalid", "reason": format!("{error:?}")}),
        Error::Transport(error) => support::transport(error),
        Error::Status(status) => json!({"error": "status", "status": status.as_u16(), "bodiless": true}),
        Error::Body(error) => json!({"error": "decode", "reason": format!("{error:?}")}),
    }
}
