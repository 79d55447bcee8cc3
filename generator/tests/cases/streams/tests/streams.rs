//! Streams of typed items from a real server on this machine.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_streams::models::{FollowJobEvent, LogEvent, LogEvent::Unknown, Tick};
use corpus_streams::runtime::{ItemStream, StreamError, StreamItem};
use corpus_streams::{Client, array, follow_job, lines, log, raw, records, send_ticks, ticks};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A client of a server that answers one request with `body`, a byte at a time.
async fn client(media_type: &'static str, body: &'static str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await.unwrap();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\nconnection: close\r\n\r\n");
        socket.write_all(head.as_bytes()).await.unwrap();
        for byte in body.as_bytes() {
            socket.write_all(&[*byte]).await.unwrap();
        }
    });
    Client::builder().base_url(url).build().unwrap()
}

async fn all<T: StreamItem>(mut stream: ItemStream<T>) -> Vec<Result<T, StreamError>> {
    let mut found = Vec::new();
    loop {
        match stream.try_next().await {
            Ok(None) => return found,
            Ok(Some(item)) => found.push(Ok(item)),
            Err(error) => found.push(Err(error)),
        }
    }
}

#[tokio::test]
async fn the_data_of_events_is_typed_and_what_does_not_fit_is_told() {
    let body = "data: {\"n\": 1, \"new\": true}\n\ndata: {\"text\": \"x\"}\n\ndata: {\ndata: \"n\": 2}\n\ndata: [DONE]\n\n";
    let client = client("text/event-stream", body).await;
    let found = all(ticks().stream(&client).await.unwrap()).await;
    let [Ok(first), Err(StreamError::Item(item)), Ok(last)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((first.n, last.n), (1, 2));
    assert!(first.additional_properties.contains_key("new"));
    assert_eq!(item.text, "{\"text\": \"x\"}");
}

#[tokio::test]
async fn events_without_a_schema_are_as_they_are() {
    let client = client("text/event-stream", "event: a\nid: 7\ndata: b\n\n").await;
    let found = all(raw().stream(&client).await.unwrap()).await;
    let [Ok(event)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((event.event.as_str(), event.data.as_str(), event.id.as_str()), ("a", "b", "7"));
}

#[tokio::test]
async fn the_types_of_events_are_variants() {
    let body = "event: added\ndata: {\"n\": 1}\n\nevent: closed\ndata: {\"n\": 2}\n\nevent: more\ndata: x\n\n";
    let client = client("text/event-stream", body).await;
    let found = all(log().stream(&client).await.unwrap()).await;
    let [Ok(LogEvent::Added(added)), Ok(LogEvent::Closed(closed)), Ok(Unknown(more))] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!((added.data.n, closed.data.as_str()), (1, "{\"n\": 2}"));
    assert_eq!(serde_json::to_string(more).unwrap(), r#"{"event":"more","data":"x"}"#);
}

#[tokio::test]
async fn json_in_the_data_is_read_by_its_content_schema() {
    let body = "event: progress\nid: 1\ndata: {\"n\": 5}\n\nevent: note\nretry: 9\ndata: {\n\n";
    let client = client("text/event-stream", body).await;
    let mut stream = follow_job("j").stream(&client).await.unwrap();
    let Some(FollowJobEvent::Progress(progress)) = stream.try_next().await.unwrap() else { panic!() };
    assert_eq!((progress.data.n, progress.id.as_deref()), (5, Some("1")));
    assert_eq!(stream.last_event_id(), "1");
    let Some(FollowJobEvent::Note(note)) = stream.try_next().await.unwrap() else { panic!() };
    assert_eq!((note.data.as_str(), note.retry), ("{", Some(9)));
}

#[tokio::test]
async fn lines_and_records_are_typed() {
    let each = client("application/x-ndjson", "{\"n\": 1}\n\n{\"n\": 2}").await;
    let found = all(lines().stream(&each).await.unwrap()).await;
    assert!(matches!(&found[..], [Ok(first), Ok(last)] if (first.n, last.n) == (1, 2)), "{found:?}");
    let each = client("application/jsonl", "{\"n\": 1}\r\n[DONE]\r\n{\"n\": 2}").await;
    let found = all(array().stream(&each).await.unwrap()).await;
    assert!(matches!(&found[..], [Ok(only)] if only.n == 1), "{found:?}");
    let each = client("application/geo+json-seq", "\u{1e}{\"at\": 1}\n\u{1e}{\"at\": 2}\n").await;
    let found = all(records().stream(&each).await.unwrap()).await;
    assert!(matches!(&found[..], [Ok(first), Ok(last)] if (first.at, last.at) == (1, 2)), "{found:?}");
}

#[test]
fn items_are_sent_one_by_one() {
    let request = send_ticks(vec![Tick::new(1), Tick::new(2).text("a\nb")]).build().unwrap();
    assert_eq!(request.headers()["content-type"], "application/jsonl");
    let body = request.body().as_bytes().unwrap();
    assert_eq!(std::str::from_utf8(body).unwrap(), "{\"n\":1}\n{\"n\":2,\"text\":\"a\\nb\"}\n");
}

#[cfg(feature = "blocking")]
#[test]
fn a_thread_can_take_the_items() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let listening = runtime.block_on(async { std::net::TcpListener::bind("127.0.0.1:0").unwrap() });
    let url = format!("http://{}", listening.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut socket, _) = listening.accept().unwrap();
        let _ = socket.read(&mut [0; 4096]).unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"n\": 1}\n{\"n\": 2}\n").unwrap();
    });
    let client = Client::builder().base_url(url).build().unwrap();
    let client = corpus_streams::runtime::blocking::Client::new(client).unwrap();
    let items = client.stream_items(lines()).unwrap();
    assert_eq!(items.map(|item| item.unwrap().n).collect::<Vec<_>>(), [1, 2]);
}

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_mock_streams_typed_items() {
    use corpus_streams::models::Closed;
    use corpus_streams::operations::{Lines, Log, Ticks};
    use corpus_streams::runtime::mock::Mock;

    let mock = Mock::new();
    mock.on::<Ticks>().streams([Tick::new(1), Tick::new(2)]);
    let closed: Closed = serde_json::from_str(r#"{"event": "closed", "data": "bye"}"#).unwrap();
    mock.on::<Log>().streams([LogEvent::from(closed)]);
    mock.on::<Lines>().streams([Tick::new(3)]);
    let client: Client = mock.client();
    let found = all(ticks().stream(&client).await.unwrap()).await;
    assert!(matches!(&found[..], [Ok(first), Ok(last)] if (first.n, last.n) == (1, 2)), "{found:?}");
    let found = all(log().stream(&client).await.unwrap()).await;
    assert!(matches!(&found[..], [Ok(LogEvent::Closed(closed))] if closed.data == "bye"), "{found:?}");
    let found = all(lines().stream(&client).await.unwrap()).await;
    assert!(matches!(&found[..], [Ok(only)] if only.n == 3), "{found:?}");
    mock.verify().unwrap();
}
