//! The same requests written by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The properties that the document declares; others are dropped.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "decoded as a caller would, and not read")]
pub struct Connection {
    pub id: Option<String>,
    pub name: Option<String>,
    pub display_name: Option<String>,
    pub strategy: Option<String>,
    pub options: Option<Map<String, Value>>,
    pub realms: Option<Vec<String>>,
    pub enabled_clients: Option<Vec<String>>,
    pub is_domain_connection: Option<bool>,
    pub show_as_button: Option<bool>,
    pub metadata: Option<BTreeMap<String, String>>,
    pub authentication: Option<Active>,
    pub connected_accounts: Option<Active>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "decoded as a caller would, and not read")]
pub struct Active {
    pub active: bool,
}

#[derive(Serialize)]
struct Update<'a> {
    display_name: &'a str,
    realms: &'a [String],
}

#[derive(Clone)]
pub struct Client {
    pub http: reqwest::Client,
    pub base_url: String,
    pub token: String,
}

impl Client {
    pub async fn get(&self, id: &str) -> Result<Connection, reqwest::Error> {
        let request = self.http.get(format!("{}/connections/{id}", self.base_url)).bearer_auth(&self.token);
        request.send().await?.error_for_status()?.json().await
    }

    pub async fn update(
        &self,
        id: &str,
        display_name: &str,
        realms: &[String],
    ) -> Result<Connection, reqwest::Error> {
        let request = self.http.patch(format!("{}/connections/{id}", self.base_url)).bearer_auth(&self.token);
        request.json(&Update { display_name, realms }).send().await?.error_for_status()?.json().await
    }
}
