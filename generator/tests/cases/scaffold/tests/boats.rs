//! Calls as the README's first call makes them, as a real server on this machine gets them: the written tests use a mock.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_scaffold::models::{Boat, NewBoat, Rig};
use corpus_scaffold::{Client, boats, servers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A client, and the request that its server gets, which ends with `end`. The server answers with `answer`.
async fn serve(end: &'static str, answer: String) -> (Client, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v3", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut request, mut buffer) = (String::new(), vec![0; 1 << 14]);
        while !request.ends_with(end) {
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the request ended before {end:?}: {request}");
            request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        request
    });
    (Client::builder().base_url(url).bearer_token("t").credential("key", "k").build().unwrap(), server)
}

/// A response with a JSON body.
fn json(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn the_first_call_of_the_readme() {
    let boat = r#"{"id":"b_7","name":"The good ship Gudrun","rig":"sloop","position":[54.3,10.1]}"#;
    let (client, server) = serve("\r\n\r\n", json("200 OK", boat)).await;
    let output: Boat = boats::get("b_7").send(&client).await.unwrap();
    assert_eq!(serde_json::to_string(&output).unwrap(), boat);
    let request = server.await.unwrap();
    assert!(request.starts_with("GET /v3/boats/b_7 HTTP/1.1\r\n"), "{request}");
    assert!(request.to_lowercase().contains("authorization: bearer t\r\n"), "{request}");
}

#[tokio::test]
async fn parameters_bodies_and_both_successes() {
    let (client, server) = serve("\r\n\r\n", json("200 OK", "[]")).await;
    assert_eq!(boats::list(Rig::Ketch, 2).send(&client).await.unwrap(), []);
    let request = server.await.unwrap();
    assert!(request.starts_with("GET /v3/boats?rig=ketch HTTP/1.1\r\n"), "{request}");
    assert!(request.to_lowercase().contains("x-crew: 2\r\n"), "{request}");

    let (client, server) = serve("}", "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n".to_owned()).await;
    let added = boats::add("Gudrun").body(NewBoat::new("Gudrun").length(7.5)).send(&client).await.unwrap();
    assert!(matches!(added, boats::AddOutput::Accepted), "{added:?}");
    assert!(server.await.unwrap().ends_with("\r\n\r\n{\"name\":\"Gudrun\",\"length\":7.5}"));
}

/// Of the two schemes that the README's table lists, an operation sends the one that it names.
#[tokio::test]
async fn credentials_of_an_operation() {
    let (client, server) = serve("\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n".to_owned()).await;
    boats::sink("b_7").send(&client).await.unwrap();
    let request = server.await.unwrap().to_lowercase();
    assert!(request.starts_with("delete /v3/boats/b_7 http/1.1\r\n"), "{request}");
    assert!(request.contains("x-key: k\r\n") && !request.contains("authorization"), "{request}");
}

#[test]
fn the_server_of_the_readme() {
    assert_eq!(servers::default("kiel").unwrap(), "https://kiel.example.com/v3");
}
