//! Methods beyond those of OpenAPI 3.1, against a real server on this machine.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_v32_methods::runtime::Operation;
use corpus_v32_methods::{Client, m_search_notes_by_id, notes, purge_notes_by_id, shared};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A server that answers the first request with a failure and the others with `answer`, and gives their first lines.
async fn server(answer: &'static str, count: usize) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let mut lines = Vec::new();
        while lines.len() < count {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 4096];
            let mut read = 0;
            let text = loop {
                read += socket.read(&mut buffer[read..]).await.unwrap();
                let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
                let body = text.contains("content-length: 12") && !text.ends_with('}');
                if text.contains("\r\n\r\n") && !body {
                    break text;
                }
            };
            let first = text.lines().next().unwrap().to_owned();
            lines.push(format!("{first} {}", text.rsplit("\r\n").next().unwrap()).trim_end().to_owned());
            let status = if lines.len() == 1 && count > 1 { "503 Busy" } else { answer };
            let head = "content-type: application/json\r\nconnection: close";
            let body = if status.starts_with("200") { "[\"a\"]" } else { "" };
            let text = format!("HTTP/1.1 {status}\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            socket.write_all(text.as_bytes()).await.unwrap();
        }
        lines
    });
    (url, asked)
}

#[tokio::test]
async fn a_query_has_a_body_and_may_be_sent_twice() {
    let (url, asked) = server("200 OK", 2).await;
    let client = Client::builder().base_url(url).build().unwrap();
    let found = notes::find("7").text("x").send(&client).await.unwrap();
    assert_eq!(found, ["a"]);
    assert_eq!(asked.await.unwrap(), [r#"QUERY /notes/7 HTTP/1.1 {"text":"x"}"#; 2]);
}

#[tokio::test]
async fn a_method_is_sent_as_it_is_written() {
    let (url, asked) = server("204 Done", 1).await;
    let client = Client::builder().base_url(url).build().unwrap();
    purge_notes_by_id("7").send(&client).await.unwrap();
    assert_eq!(asked.await.unwrap(), ["purge /notes/7 HTTP/1.1"]);
}

#[tokio::test]
async fn what_a_method_does_is_unknown_so_it_is_sent_once() {
    let (url, asked) = server("503 Busy", 1).await;
    let client = Client::builder().base_url(url).build().unwrap();
    let error = notes::copy("7", "/notes/8").send(&client).await.unwrap_err();
    assert!(error.to_string().starts_with("COPY /notes/{id}: 503"), "{error}");
    assert_eq!(asked.await.unwrap(), ["COPY /notes/7 HTTP/1.1"]);
}

#[test]
fn methods_without_a_constant_are_text() {
    assert_eq!(notes::get("7").build().unwrap().method(), http::Method::GET);
    assert_eq!(m_search_notes_by_id("7").build().unwrap().method(), "M-SEARCH|*");
    assert_eq!(shared::lock().build().unwrap().method(), "LOCK");
    assert_eq!(shared::unlock().build().unwrap().method(), "UNLOCK");
    assert_eq!(<shared::Lock as Operation>::INFO.id, "shared.lock");
}
