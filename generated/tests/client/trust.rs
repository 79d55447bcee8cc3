//! What a team that runs services relies on: secrets go nowhere else, logs stay readable, and a success is a success.

use std::sync::{Arc, Mutex};

use auth0_connections::runtime::{ClientCredentials, transport_fn};
use auth0_connections::{Client, connections, servers};
use serde_json::json;

use super::server::Server;

#[tokio::test]
async fn no_tenant_leads_the_secret_to_another_host() {
    let (mut refused, mut given) = (Vec::new(), Vec::new());
    for tenant in [
        "acme.eu.auth0.com",
        "https://acme.eu.auth0.com",
        "https://acme.eu.auth0.com/",
        "acme.eu.auth0.com/",
        "http://acme.eu.auth0.com",
        "acme.eu.auth0.com/x",
        "acme.eu.auth0.com@evil.test",
        "acme.eu.auth0.com#",
        "",
        "..",
    ] {
        let hosts = Arc::new(Mutex::new(Vec::new()));
        let log = hosts.clone();
        let transport = transport_fn(move |request| {
            log.lock().unwrap().push(request.uri().host().unwrap().to_owned());
            async { Ok(http::Response::new(r#"{"access_token":"T","token_type":"Bearer"}"#.into())) }
        });
        match servers::default(tenant) {
            Err(error) => {
                assert!(error.to_string().contains("tenantDomain"), "{error}");
                refused.push(tenant);
            }
            Ok(url) => {
                let credentials = ClientCredentials::new("id", "s3cret");
                let builder = Client::builder().base_url(url).client_credentials(credentials);
                let client = builder.transport(transport).build().unwrap();
                connections::check_status("con_1").send(&client).await.unwrap();
                assert_eq!(*hosts.lock().unwrap(), ["acme.eu.auth0.com"; 2], "{tenant}");
                given.push(tenant);
            }
        }
    }
    assert_eq!(given.len(), 4, "{given:?}");
    assert_eq!(refused.len(), 6, "{refused:?}");
}

#[tokio::test]
async fn what_the_service_says_stays_on_one_short_line() {
    let long = "x".repeat(10 << 20);
    let server = Server::start(move |asked| match asked.target.ends_with("long") {
        true => (400, json!({ "message": long })),
        false => (400, json!({ "message": "no\n2026-01-01 INFO admin logged in\u{1b}[2J\u{202e}" })),
    })
    .await;
    let client = server.client();
    for id in ["forged", "long"] {
        let error = connections::get(id).send(&client).await.unwrap_err();
        for told in [error.to_string(), format!("{error:#}"), format!("{error:?}")] {
            assert!(!told.chars().any(char::is_control) && !told.contains('\u{202e}'), "{told}");
            assert!(told.len() < 4_000, "{} bytes", told.len());
        }
    }
}

#[tokio::test]
async fn a_creation_is_a_success_whatever_2xx_it_is_answered_with() {
    for status in [200, 201, 202] {
        let created = json!({ "id": "con_1", "name": "staff", "strategy": "samlp" });
        let server = Server::start(move |_| (status, created.clone())).await;
        let created = connections::create("staff", "samlp").send(&server.client()).await.unwrap();
        assert_eq!(created.id.as_deref(), Some("con_1"), "{status}");
        assert_eq!(server.asked().len(), 1);
    }
}
