//! One operation in several media types, against a real server on this machine that goes by `Accept`.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::sync::{Arc, Mutex};

use corpus_json_or_stream::operations::{ReportCsvOutput, ReportOutput, ReportPdfOutput};
use corpus_json_or_stream::{Client, chat, report};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A server that answers in the media type that is asked for, and the requests that it has got.
async fn served() -> (Client, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let log = requests.clone();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = [0; 4096];
            let mut request = String::new();
            while !request.contains("\r\n\r\n") || (request.starts_with("POST") && !request.ends_with('}')) {
                let count = socket.read(&mut buffer).await.unwrap();
                request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            }
            let accept = request.lines().find_map(|line| line.strip_prefix("accept: ")).unwrap();
            let accept = accept.split(',').next().unwrap();
            let body = match accept {
                "application/json" => "{\"text\": \"whole\"}",
                "text/event-stream" => "data: {\"delta\": \"a\"}\n\ndata: {\"delta\": \"b\"}\n\ndata: [DONE]\n\n",
                "application/jsonl" => "{\"delta\": \"a\"}\n{\"delta\": \"b\"}\n",
                "text/csv" => "a,b\n",
                "application/pdf" => "%PDF",
                _ => "{\"pages\": 2}",
            };
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {accept}\r\nconnection: close\r\n\r\n");
            socket.write_all([head.as_str(), body].concat().as_bytes()).await.unwrap();
            log.lock().unwrap().push(request);
        }
    });
    (Client::builder().base_url(url).build().unwrap(), requests)
}

#[tokio::test]
async fn the_answer_comes_whole_or_in_pieces() {
    let (client, requests) = served().await;
    assert_eq!(chat("hi").send(&client).await.unwrap().text, "whole");
    let mut stream = chat("hi").stream(&client).await.unwrap();
    let mut found = String::new();
    while let Some(piece) = stream.try_next().await.unwrap() {
        found.push_str(&piece.delta);
    }
    assert_eq!(found, "ab");
    let text = chat("hi").stream_(false).accept_events().send(&client).await.unwrap();
    assert!(text.ends_with("data: [DONE]\n\n"), "{text}");
    let requests = requests.lock().unwrap();
    assert!(requests[0].ends_with("{\"prompt\":\"hi\"}"), "{}", requests[0]);
    // The settings name the property that asks for a stream.
    for request in &requests[1..] {
        assert!(request.ends_with("{\"prompt\":\"hi\",\"stream\":true}"), "{request}");
        assert!(request.contains("accept: text/event-stream, application/json\r\n"), "{request}");
    }
}

#[tokio::test]
async fn each_media_type_has_its_type() {
    let (client, _) = served().await;
    assert!(matches!(report().send(&client).await.unwrap(), ReportOutput::Ok(answer) if answer.text == "whole"));
    let csv = report().accept_csv().send(&client).await.unwrap();
    assert_eq!(csv, ReportCsvOutput::Ok("a,b\n".to_owned()));
    let pdf = report().accept_pdf().send(&client).await.unwrap();
    assert!(matches!(pdf, ReportPdfOutput::Ok(bytes) if bytes == "%PDF"));
    let mut lines = report().stream_(true).stream(&client).await.unwrap();
    assert_eq!(lines.try_next().await.unwrap().unwrap().delta, "a");
    let mut lines = report().accept_jsonl().stream(&client).await.unwrap();
    assert_eq!(lines.try_next().await.unwrap().unwrap().delta, "a");
}

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_mock_tells_the_media_types_apart() {
    use corpus_json_or_stream::models::{Answer, Piece};
    use corpus_json_or_stream::operations::{Chat, ChatEvents};
    use corpus_json_or_stream::runtime::mock::Mock;

    let mock = Mock::new();
    mock.on::<Chat>().returns(serde_json::from_str::<Answer>("{\"text\": \"whole\"}").unwrap());
    mock.on::<ChatEvents>().streams([serde_json::from_str::<Piece>("{\"delta\": \"a\"}").unwrap()]);
    let client: Client = mock.client();
    let mut stream = chat("hi").stream(&client).await.unwrap();
    assert_eq!(stream.try_next().await.unwrap().unwrap().delta, "a");
    assert_eq!(chat("hi").send(&client).await.unwrap().text, "whole");
    assert_eq!((mock.calls::<Chat>().len(), mock.calls::<ChatEvents>().len()), (1, 1));
    let error = report().accept_csv().send(&client).await.unwrap_err().to_string();
    assert!(error.contains("no answer for report: GET /report as text/csv"), "{error}");
    assert!(!chat("hi").accept_events().build().unwrap().body().as_bytes().unwrap().is_empty());
}
