//! The token never goes to another host or over plain HTTP.

use std::time::Duration;

use openapi_rust_runtime::{Error, RetryPolicy, TransportErrorKind};

use super::operations::{Get, Post};
use super::server::{Server, response};

fn redirect(location: &str) -> super::server::Answer {
    response("307 Temporary Redirect", &format!("location: {location}\r\n"), "")
}

#[tokio::test]
async fn the_same_server_is_followed_with_the_body_and_the_token() {
    let server = Server::start(true, |before, _| match before {
        0 => redirect("/elsewhere?x=1"),
        _ => response("200 OK", "", "{}"),
    })
    .await;
    server.client().redirects(1).build().unwrap().send(&Post).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[1].line(), "POST /elsewhere?x=1 HTTP/1.1");
    assert_eq!(requests[1].header("authorization"), Some("Bearer token"));
}

#[tokio::test]
async fn a_loop_ends() {
    let server = Server::start(false, |_, _| redirect("/pets/1")).await;
    let client = server.client().redirects(5).retry(RetryPolicy::new(3)).build().unwrap();
    let call = tokio::time::timeout(Duration::from_secs(10), client.send(&Get));
    let Error::Transport(error) = call.await.unwrap().unwrap_err() else { panic!() };
    assert_eq!(error.kind(), TransportErrorKind::Redirect);
    assert_eq!(error.to_string(), "GET /pets/{id}: a redirect that isn't followed: it is one after 5 others");
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn another_host_never_sees_the_token() {
    let thief = Server::start(false, |_, _| response("200 OK", "", "{}")).await;
    for tls in [false, true] {
        // Another port, another name for this machine, and plain HTTP.
        let elsewhere = thief.url.clone();
        let named = elsewhere.replace("localhost", "127.0.0.1");
        for location in [elsewhere, named] {
            let server = Server::start(tls, move |_, _| redirect(&location)).await;
            for redirects in [0, 5] {
                let client = server.client().redirects(redirects).build().unwrap();
                let error = client.send(&Get).await.unwrap_err();
                match redirects {
                    0 => assert_eq!(error.status().unwrap(), 307),
                    _ => {
                        let Error::Transport(error) = &error else { panic!("{error:?}") };
                        assert_eq!(error.kind(), TransportErrorKind::Redirect);
                    }
                }
            }
        }
    }
    assert!(thief.requests().is_empty(), "{:?}", thief.requests());
}
