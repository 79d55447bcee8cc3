//! Runs each example against an in-process server.
#![allow(dead_code, reason = "an example's `main` isn't called")]

#[path = "../../examples/blocking.rs"]
mod blocking;
#[path = "../../examples/client_credentials.rs"]
mod client_credentials;
#[path = "../../examples/enable_client.rs"]
mod enable_client;
#[path = "../../examples/list_all.rs"]
mod list_all;
#[path = "../../examples/modify_options.rs"]
mod modify_options;
#[path = "../../examples/own_transport.rs"]
mod own_transport;
#[path = "../../examples/rotate_keys.rs"]
mod rotate_keys;
#[path = "../../examples/update.rs"]
mod update;

use super::server::Server;
use auth0_connections::runtime::ClientCredentials;
use serde_json::{Value, json};

/// The method and target of each request, in order.
fn asked(server: &Server) -> Vec<String> {
    server.asked().iter().map(|asked| format!("{} {}", asked.method, asked.target)).collect()
}

#[test]
fn every_example_has_a_test() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let own = include_str!("examples.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(own.contains(&format!("examples/{name}")), "{name}");
        assert!(own.contains(&format!("{}::run(", name.trim_end_matches(".rs"))), "{name}");
    }
}

#[tokio::test]
async fn updates() {
    let server = Server::start(|asked| (200, asked.body.clone())).await;
    update::run(&server.client(), "con_1").await.unwrap();
    assert_eq!(asked(&server), ["PATCH /connections/con_1"]);
    assert_eq!(server.asked()[0].body, json!({ "display_name": "Staff", "realms": ["acme.com"] }));
}

#[tokio::test]
async fn modifies_options() {
    let options = json!({ "import_mode": true, "configuration": { "key": "s3cr3t" }, "new": [1] });
    let read = json!({ "id": "con_1", "strategy": "auth0", "options": options });
    let server = Server::start(move |_| (200, read.clone())).await;
    modify_options::run(&server.client(), "con_1").await.unwrap();
    assert_eq!(
        asked(&server),
        ["GET /connections/con_1", "GET /connections/con_1", "PATCH /connections/con_1"]
    );
    let mut expected = options;
    expected["disable_signup"] = json!(true);
    assert_eq!(server.asked()[2].body, json!({ "options": expected }));
}

#[tokio::test]
async fn enables_a_client() {
    let server = Server::start(|_| (204, Value::Null)).await;
    enable_client::run(&server.client(), "con_1", "app").await.unwrap();
    assert_eq!(asked(&server), ["PATCH /connections/con_1/clients"]);
    assert_eq!(server.asked()[0].body, json!([{ "client_id": "app", "status": true }]));
}

#[tokio::test]
async fn lists_all() {
    let server = Server::start(|asked| match asked.query("from") {
        None => (200, json!({ "connections": [{ "id": "con_1" }, { "id": "con_2" }], "next": "a" })),
        Some(_) => (200, json!({ "connections": [{ "id": "con_3" }] })),
    })
    .await;
    assert_eq!(list_all::run(&server.client()).await.unwrap(), 3);
    assert_eq!(asked(&server).len(), 2);
}

#[tokio::test]
async fn rotates_keys() {
    let key = json!({ "kid": "k", "cert": "c", "fingerprint": "f", "thumbprint": "t" });
    let server = Server::start(move |_| (201, key.clone())).await;
    rotate_keys::run(&server.client(), "con_1").await.unwrap();
    assert_eq!(asked(&server), ["POST /connections/con_1/keys/rotate"]);
    let server = Server::start(|_| (404, json!({}))).await;
    rotate_keys::run(&server.client(), "con_1").await.unwrap();
    let server = Server::start(|_| (400, json!({ "message": "bad" }))).await;
    let error = rotate_keys::run(&server.client(), "con_1").await.unwrap_err();
    assert!(error.to_string().contains("bad"), "{error}");
}

#[tokio::test]
async fn gets_tokens_by_client_credentials() {
    let server = Server::start(|asked| match asked.method.as_str() {
        "POST" => (200, json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 3600 })),
        _ => (200, json!({ "connections": [] })),
    })
    .await;
    let credentials = ClientCredentials::new("id", "secret");
    client_credentials::run(&server.url, credentials).await.unwrap();
    assert_eq!(asked(&server), ["POST /oauth/token/", "GET /connections?take=1"]);
}

#[test]
fn blocks() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::start(|asked| match asked.target.contains("/clients") {
        true => (200, json!({ "clients": [{ "client_id": "a" }] })),
        false => (200, json!({ "name": "n" })),
    }));
    blocking::run(server.client(), "con_1").unwrap();
    assert_eq!(asked(&server), ["GET /connections/con_1", "GET /connections/con_1/clients?take=1000"]);
}

#[tokio::test]
async fn sends_over_a_transport_of_its_own() {
    let server = Server::start(|_| (200, Value::Null)).await;
    assert_eq!(own_transport::run(&server.url, "token", "con_1").await.unwrap(), 1);
    assert_eq!(asked(&server), ["GET /connections/con_1/status"]);
}
