//! What is special about openapi-generator's clients.

use reqwest::header::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::{Value, json};
use tested::apis::Error;
use tested::apis::configuration::{ApiKey, Configuration};

use crate::support::{self, Answer};

/// What makes calls.
pub type Client = Configuration;

/// The client of a call.
pub fn client(settings: &Value) -> Result<Configuration, Answer> {
    let mut configuration = Configuration::new();
    let mut headers = HeaderMap::new();
    if let Some(server) = settings["chosen"].as_str() {
        configuration.base_path = server.trim_end_matches('/').to_owned();
    }
    for scheme in settings["credentials"].as_array().into_iter().flatten() {
        let credential = &scheme["credential"];
        let part = |name: &str| credential[name].as_str().map(str::to_owned);
        if let Some(key) = part("key") {
            if configuration.api_key.is_some() {
                return Err(support::lacking("more than one key"));
            }
            configuration.api_key = Some(ApiKey { prefix: None, key });
        } else if let Some(token) = part("token") {
            match scheme["type"].as_str() {
                Some("http") => configuration.bearer_access_token = Some(token),
                _ => configuration.oauth_access_token = Some(token),
            }
        } else if let Some(user) = part("user") {
            configuration.basic_auth = Some((user, part("password")));
        } else {
            let value = support::authorization(credential).ok_or_else(|| support::lacking("getting tokens"))?;
            let value = HeaderValue::try_from(value).map_err(|_| support::lacking("such a header"))?;
            headers.insert("authorization", value);
        }
    }
    configuration.client = support::http_client(settings, headers)?;
    Ok(configuration)
}

/// A failure.
pub fn failed<T: Serialize>(error: &Error<T>) -> Answer {
    match error {
        Error::Reqwest(error) => support::transport(error),
        Error::Serde(error) => json!({"error": "decode", "reason": error.to_string()}),
        Error::Io(error) => json!({"error": "invalid", "reason": error.to_string()}),
        Error::ResponseError(response) => {
            let mut answer = json!({"error": "status", "status": response.status.as_u16()});
            if let Some(entity) = &response.entity {
                answer["value"] = json!(serde_json::to_string(entity).unwrap_or_default());
            }
            answer
        }
    }
}
