//! Tests the client against a real HTTP server on this machine.

use std::time::Duration;

use auth0_connections::Client;
use auth0_connections::connections::{self, UpdateError};
use auth0_connections::runtime::{
    Body, CallOptions, ClientCredentials, Error, TransportErrorKind, transport_fn,
};
use auth0_connections::servers;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const TOKEN: &str = "marked-secret-token";

/// Answers one request with `response`, and returns the request's text.
async fn serve(response: String) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v2", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let count = stream.read(&mut buffer).await.unwrap();
            request.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&request).into_owned();
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
            let length = head.to_lowercase();
            let length = length.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            let complete =
                length.map_or(text.contains("\r\n\r\n"), |length| body.len() >= length.parse().unwrap());
            if complete || count == 0 {
                break;
            }
        }
        stream.write_all(response.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        String::from_utf8(request).unwrap()
    });
    (url, server)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
}

fn client(url: &str) -> Client {
    Client::new(url, TOKEN).unwrap()
}

#[tokio::test]
async fn an_update_is_sent_and_read() {
    let (url, server) = serve(answer("200 OK", "", r#"{"id":"con_1","display_name":"Staff","new":1}"#)).await;
    let updated = connections::update("con_1").display_name("Staff").send(&client(&url)).await.unwrap();
    assert_eq!(updated.display_name.as_deref(), Some("Staff"));
    assert_eq!(updated.additional_properties["new"], 1);
    let request = server.await.unwrap();
    assert!(request.starts_with("PATCH /api/v2/connections/con_1 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(&format!("authorization: Bearer {TOKEN}\r\n")), "{request}");
    assert!(request.contains("user-agent: auth0-connections/"), "{request}");
    assert!(request.ends_with(r#"{"display_name":"Staff"}"#), "{request}");
}

#[tokio::test]
async fn what_the_server_sent_is_sent_back_if_the_client_does_not_check_it() {
    let metadata: serde_json::Map<_, _> = (0..11).map(|index| (format!("k{index}"), "v".into())).collect();
    let stored = serde_json::json!({ "display_name": "x".repeat(129), "metadata": metadata });
    let (url, _server) = serve(answer("200 OK", "", &stored.to_string())).await;
    let read = connections::get("con_1").send(&client(&url)).await.unwrap();
    let update = connections::update("con_1").body(read);
    let (url, server) = serve(answer("200 OK", "", &stored.to_string())).await;
    let checking = client(&url);
    let error = update.clone().send(&checking).await.unwrap_err();
    let Error::InvalidRequest(invalid) = &error else { panic!("{error:?}") };
    let paths: Vec<_> = invalid.violations().0.iter().map(|violation| &*violation.path).collect();
    assert_eq!(paths, ["display_name", "metadata"], "{error}");
    let unchecked = checking.with(CallOptions::new().validate(false));
    let error = connections::update("").send(&unchecked).await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "it would be another path: {error:?}");
    update.send(&unchecked).await.unwrap();
    let request = server.await.unwrap();
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap(), stored);
}

#[tokio::test]
async fn failures_are_typed_by_status() {
    let body = r#"{"statusCode":403,"error":"Forbidden","message":"Insufficient scope","errorCode":"insufficient_scope"}"#;
    let headers = "x-ratelimit-limit: 10\r\nx-ratelimit-remaining: 9\r\nx-ratelimit-reset: 1700000000\r\n";
    let (url, _server) = serve(answer("403 Forbidden", headers, body)).await;
    let error = connections::update("con_1").show_as_button(true).send(&client(&url)).await.unwrap_err();
    let text = error.to_string();
    assert_eq!(
        text,
        "PATCH /connections/{id}: 403 Forbidden: Insufficient scope; needs the scope update:connections"
    );
    let debug = format!("{error:?}");
    assert!(debug.starts_with("Api(Forbidden(FailureResponse { status: 403, "), "{debug}");
    assert!(!debug.contains("Insufficient scope"), "{debug}");
    let Error::Api(UpdateError::Forbidden(failure)) = &error else { panic!("{error:?}") };
    assert_eq!(failure.body.as_ref().unwrap().error_code.as_deref(), Some("insufficient_scope"));
    assert_eq!(failure.response.code().as_deref(), Some("insufficient_scope"));
    assert_eq!(failure.response.rate_limit().remaining, Some(9));
    assert_eq!(failure.response.rate_limit().reset, Some(1_700_000_000));
}

#[tokio::test]
async fn what_no_one_declared_is_kept() {
    let (url, _server) = serve(answer("418 I'm a teapot", "", "<html>short and stout</html>")).await;
    let error = connections::update("con_1").show_as_button(true).send(&client(&url)).await.unwrap_err();
    assert_eq!(&error.response().unwrap().body[..], b"<html>short and stout</html>");
    let (url, _server) = serve(answer("200 OK", "", "<html>")).await;
    let error = connections::update("con_1").show_as_button(true).send(&client(&url)).await.unwrap_err();
    assert!(format!("{error:#}").contains("can't be decoded: not JSON"), "{error:#}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_no_error_shows_the_token() {
    let (url, server) = serve(answer("302 Found", "location: http://127.0.0.1:1/\r\n", "")).await;
    let client = client(&url);
    let error = connections::update("con_1").show_as_button(true).send(&client).await.unwrap_err();
    assert_eq!(error.response().unwrap().status, 302);
    server.await.unwrap();
    // Nothing listens there anymore.
    let refused = connections::update("con_1").show_as_button(true).send(&client).await.unwrap_err();
    let Error::Transport(error) = &refused else { panic!("{refused:?}") };
    assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
    for printed in [format!("{client:?}"), format!("{error:?} {error}"), format!("{refused:?} {refused}")] {
        assert!(!printed.contains(TOKEN), "{printed}");
    }
}

#[tokio::test]
async fn limits_of_time_and_size_hold() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let limit = Duration::from_millis(50);
    let slow = Client::builder().base_url(url).bearer_token(TOKEN).timeout(limit).build().unwrap();
    let error = connections::check_status("con_1").send(&slow).await.unwrap_err();
    assert!(matches!(&error, Error::Timeout(error) if error.limit() == limit), "{error:?}");
    let (url, _server) = serve(answer("200 OK", "", &"x".repeat(2000))).await;
    let small = Client::builder().base_url(url).bearer_token(TOKEN).response_limit(1000).build().unwrap();
    let error = connections::check_status("con_1").send(&small).await.unwrap_err();
    assert!(error.to_string().contains("more than 1000 bytes"), "{error}");
}

#[tokio::test]
async fn nothing_is_sent_without_a_credential_or_over_plain_http() {
    let bare = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
    let error = connections::check_status("con_1").send(&bare).await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert!(Client::new("http://example.com", TOKEN).unwrap_err().to_string().contains("isn't https"));
}

#[tokio::test]
async fn client_credentials_ask_for_what_the_document_says() {
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = asked.clone();
    let transport = transport_fn(move |request: http::Request<Body>| {
        let body = request.body().as_bytes().cloned().unwrap_or_default();
        let line = format!("{} {}", request.uri(), String::from_utf8_lossy(&body));
        let authorized =
            request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
        log.lock().unwrap().push((line, authorized));
        async { Ok(http::Response::new(r#"{"access_token":"given","expires_in":86400}"#.into())) }
    });
    let client = Client::builder()
        .base_url(servers::default("acme.eu.auth0.com").unwrap())
        .client_credentials(ClientCredentials::new("id", "secret"))
        .transport(transport)
        .build()
        .unwrap();
    connections::get("con_1").send(&client).await.unwrap();
    connections::get("con_2").send(&client).await.unwrap();
    let asked = asked.lock().unwrap();
    assert_eq!(
        asked[0].0,
        "https://acme.eu.auth0.com/oauth/token/ grant_type=client_credentials&\
         audience=https%3A%2F%2Facme.eu.auth0.com%2Fapi%2Fv2%2F&client_id=id&client_secret=secret"
    );
    assert_eq!(asked.len(), 3, "one token for both");
    assert!(asked[1..].iter().all(|(_, authorized)| authorized.as_deref() == Some("Bearer given")));
}
