//! Where requests go, and with which credentials.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::sync::{Arc, Mutex};

use corpus_servers::runtime::{Body, transport_fn};
use corpus_servers::{Client, ClientBuilder, books, scans};

#[test]
fn a_built_request_names_the_server() {
    let uri = |request: http::Request<Body>| request.uri().to_string();
    assert_eq!(uri(books::list().build().unwrap()), "/books");
    assert_eq!(uri(books::add().build().unwrap()), "/books");
    assert_eq!(uri(scans::list().build().unwrap()), "https://eu.scans.example/live/scans");
    assert_eq!(uri(scans::add("scan").build().unwrap()), "https://upload.example/scans");
    assert_eq!(uri(scans::clear().build().unwrap()), "/scans");
    assert_eq!(uri(corpus_servers::status().build().unwrap()), "/health/status");
}

/// Calls every operation of a client that `configure` makes; returns the URLs that its requests went to, and whether
/// they had the key.
async fn called(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Vec<(String, bool)> {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let log = requests.clone();
    let transport = transport_fn(move |request: http::Request<Body>| {
        let has_key = request.headers().contains_key("x-key");
        log.lock().unwrap().push((request.uri().to_string(), has_key));
        async {
            let mut response = http::Response::new("".into());
            *response.status_mut() = http::StatusCode::NO_CONTENT;
            Ok(response)
        }
    });
    let client = configure(Client::builder().transport(transport).credential("key", "secret")).build().unwrap();
    books::list().send(&client).await.unwrap();
    scans::list().send(&client).await.unwrap();
    scans::add("scan").send(&client).await.unwrap();
    scans::clear().send(&client).await.unwrap();
    corpus_servers::status().send(&client).await.unwrap();
    let requests = requests.lock().unwrap();
    requests.clone()
}

fn urls(called: &[(String, bool)]) -> Vec<&str> {
    called.iter().map(|(url, _)| url.as_str()).collect()
}

#[tokio::test]
async fn operations_go_to_their_own_servers() {
    let called = called(|builder| builder).await;
    assert_eq!(
        urls(&called),
        [
            "https://api.shelf.example/v1/books",
            "https://eu.scans.example/live/scans",
            "https://upload.example/scans",
            "https://api.shelf.example/v1/scans",
            "https://api.shelf.example/health/status",
        ]
    );
    let has_key: Vec<bool> = called.iter().map(|(_, has_key)| *has_key).collect();
    assert_eq!(has_key, [true, true, true, true, false]);
}

#[tokio::test]
async fn one_server_or_all_are_replaced() {
    use corpus_servers::servers::{region_scans_example_stage, scans_example};

    let eu = region_scans_example_stage("eu", "live").unwrap();
    let us = region_scans_example_stage("us", "test").unwrap();
    let one = called(|builder| builder.base_url("https://test.example").server(eu, us)).await;
    assert_eq!(
        urls(&one),
        [
            "https://test.example/books",
            "https://us.scans.example/test/scans",
            "https://upload.example/scans",
            "https://test.example/scans",
            "https://test.example/health/status",
        ]
    );
    let all = called(|builder| builder.every_server("http://127.0.0.1:1")).await;
    assert!(all.iter().all(|(url, _)| url.starts_with("http://127.0.0.1:1/")), "{all:?}");
    assert_eq!(scans_example(), "https://scans.example");
}

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_mock_answers_every_operation() {
    let mock = corpus_servers::runtime::mock::Mock::new();
    mock.expect(&scans::add("scan")).unwrap().returns(());
    mock.expect(&corpus_servers::status()).unwrap().returns(());
    let client = mock.client();
    scans::add("scan").send(&client).await.unwrap();
    corpus_servers::status().send(&client).await.unwrap();
    mock.verify().unwrap();
    assert_eq!(mock.calls::<scans::Add>()[0], scans::add("scan"));
}
