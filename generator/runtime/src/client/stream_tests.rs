//! Streamed request and response bodies, against a real server on this machine.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::document::Document;
use crate::prelude::*;

type Client = crate::client::client::Client<Document>;
use crate::http::events::Event;

struct Upload(FilePart);

impl crate::http::operation::InDocument for Upload {
    type Document = Document;
}

impl Operation for Upload {
    type Output = String;
    type Error = std::convert::Infallible;
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "upload",
        method: http::Method::POST,
        path: "/files",
        security: &[],
        facts: &crate::document::FACTS,
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("/files");
        let files = std::slice::from_ref(&self.0);
        request.multipart_body("multipart/form-data", &None::<Json>, &[], &[("file", files)], &[]);
    }

    fn read(reply: &Reply) -> Result<String, Error<Self::Error>> {
        match reply.status() {
            200 => reply.text(),
            _ => reply.unexpected(),
        }
    }
}

/// Answers one request with `pieces`, pausing before each but the first, and returns the request.
async fn serve(pieces: Vec<&'static str>, pause: Duration) -> (Client, tokio::task::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        while !request.ends_with(b"--\r\n") {
            let count = stream.read(&mut buffer).await.unwrap();
            request.extend_from_slice(&buffer[..count]);
        }
        for piece in pieces {
            if stream.write_all(piece.as_bytes()).await.is_err() {
                break;
            }
            tokio::time::sleep(pause).await;
        }
        request
    });
    (Client::builder().base_url(url).timeout(Duration::from_millis(700)).build().unwrap(), server)
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|window| *window == needle).count()
}

#[tokio::test]
async fn a_file_is_streamed_with_its_length() {
    let path = std::env::temp_dir().join(format!("openapi-rust-runtime-{}.bin", std::process::id()));
    std::fs::write(&path, vec![0xAB_u8; 300_000]).unwrap();
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    let (client, server) = serve(vec![answer], Duration::ZERO).await;
    let upload = Upload(FilePart::open(&path).unwrap().media_type("image/png"));
    assert_eq!(client.send(&upload).await.unwrap(), "ok");
    // A stream can be reopened.
    assert!(upload.0.body.as_bytes().is_none());
    let request = server.await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let head = request.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let text = String::from_utf8_lossy(&request[..head]).to_lowercase();
    assert!(text.contains(&format!("content-length: {}", request.len() - head - 4)), "{text}");
    assert_eq!(count(&request, &[0xAB; 64]), 300_000 - 63);
    assert_eq!(count(&request, b"Content-Type: image/png"), 1);
    assert_eq!(count(&request, b"; filename=\"openapi-rust-runtime-"), 1);
}

#[tokio::test]
async fn events_come_as_they_are_sent_and_beyond_the_timeout() {
    let pieces = vec![
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n",
        "data: a\n",
        "\nevent: b\ndata: b",
        "\n\n: end\n\n",
    ];
    let (client, _server) = serve(pieces, Duration::from_millis(300)).await;
    let mut events = client.stream(&Upload(FilePart::from("x"))).await.unwrap().events();
    let mut found = Vec::new();
    while let Some(Event { event, data, .. }) = events.next().await.unwrap() {
        found.push((event, data));
    }
    assert_eq!(found, [("message".to_owned(), "a".to_owned()), ("b".to_owned(), "b".to_owned())]);
}

#[tokio::test]
async fn a_stream_that_goes_silent_ends_in_an_error() {
    let pieces = vec!["HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", "abc", "never"];
    let (client, _server) = serve(pieces, Duration::from_secs(5)).await;
    let mut incoming = client.stream(&Upload(FilePart::from("x"))).await.unwrap();
    let error = incoming.chunk().await.unwrap_err();
    assert_eq!(error.to_string(), "nothing came for 700ms");
}

#[tokio::test]
async fn a_failure_is_read_whole() {
    let answer = "HTTP/1.1 418 Teapot\r\nx-id: 7\r\ncontent-length: 5\r\n\r\nshort";
    let (client, _server) = serve(vec![answer], Duration::ZERO).await;
    let error = client.stream(&Upload(FilePart::from("x"))).await.unwrap_err();
    assert_eq!(&error.response().unwrap().body[..], b"short");
}

#[tokio::test]
async fn headers_come_with_the_output() {
    let answer = "HTTP/1.1 200 OK\r\nx-left: 3\r\ncontent-length: 2\r\n\r\nok";
    let (client, _server) = serve(vec![answer], Duration::ZERO).await;
    let response = client.respond(&Upload(FilePart::from("x"))).await.unwrap();
    assert_eq!(crate::http::headers::read::<i64>(response.headers(), "x-left", false), Some(3));
    assert_eq!(response.into_body(), "ok");
}
