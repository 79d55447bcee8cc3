//! Streams of items, from servers that send them in any pieces, too much, too slowly, or only in part.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Method;
use openapi_rust_runtime::{
    Error, Event, EventData, InDocument, ItemFormat, ItemStream, Json, Operation, OperationInfo, Reconnect,
    Reply, RequestWriter, StreamError, Streamed,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::document::{Document, FACTS};
use crate::operations::Client;
use crate::server::{Answer, Server, response};

macro_rules! streams {
    ($($name:ident: $item:ty, $format:expr;)*) => { $(
        struct $name;

        impl InDocument for $name {
            type Document = Document;
        }

        impl Operation for $name {
            type Output = String;
            type Error = Infallible;
            const INFO: &'static OperationInfo = &OperationInfo {
                id: stringify!($name),
                method: Method::GET,
                path: "/items",
                security: &[],
                facts: &FACTS,
            };

            fn write(&self, request: &mut RequestWriter) {
                request.path("/items");
            }

            fn read(reply: &Reply) -> Result<String, Error<Infallible>> {
                match reply.status() {
                    200 => reply.text(),
                    _ => reply.unexpected(),
                }
            }
        }

        impl Streamed for $name {
            type Item = $item;
            const FORMAT: ItemFormat = $format;
        }
    )* };
}

streams! {
    Numbers: i64, ItemFormat::events(EventData::Item).until("[DONE]");
    Events: Event, ItemFormat::events(EventData::Text);
    Objects: Json, ItemFormat::events(EventData::JsonExcept(&["note"]));
    Lines: Json, ItemFormat::LINES;
    Records: i64, ItemFormat::SEQUENCE;
}

const EVENTS: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
const LINES: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\nconnection: close\r\n\r\n";

/// A client of a server that answers each request with `head` and then `body`, `size` bytes at a time.
async fn client(head: &'static str, body: &'static [u8], size: usize) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            socket.set_nodelay(true).unwrap();
            let mut buffer = [0; 4096];
            let _ = socket.read(&mut buffer).await.unwrap();
            socket.write_all(head.as_bytes()).await.unwrap();
            for piece in body.chunks(size) {
                if socket.write_all(piece).await.is_err() {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
    });
    Client::builder().base_url(url).build().unwrap()
}

/// The items of the stream, and what went wrong, to its end.
async fn all<T: openapi_rust_runtime::StreamItem>(mut stream: ItemStream<T>) -> Vec<Result<T, String>> {
    let mut found = Vec::new();
    loop {
        match stream.try_next().await {
            Ok(None) => return found,
            Ok(Some(item)) => found.push(Ok(item)),
            Err(error) => found.push(Err(format!("{error:#}"))),
        }
    }
}

#[tokio::test]
async fn events_in_any_pieces() {
    let body = "\u{feff}: héllo\r\nid: é1\r\nevent: a\r\ndata: {\"é\":\r\ndata: 1}\r\n\r\n:\n\nevent: note\ndata: {\"no\"\n\ndata: 2\n\n";
    for size in [1, 2, 3, 7, 1000] {
        let client = client(EVENTS, body.as_bytes(), size).await;
        let found = all(client.stream_items(Objects).await.unwrap()).await;
        let found: Vec<String> =
            found.into_iter().map(|item| serde_json::to_string(&item.unwrap()).unwrap()).collect();
        let expected = [
            r#"{"event":"a","data":{"é":1},"id":"é1"}"#,
            r#"{"event":"note","data":"{\"no\"","id":"é1"}"#,
            r#"{"event":"message","data":2,"id":"é1"}"#,
        ];
        assert_eq!(found, expected, "{size}");
    }
}

#[tokio::test]
async fn an_item_that_doesn_t_fit_is_an_error_and_the_stream_goes_on() {
    let client = client(EVENTS, b"data: 1\n\nevent: ping\ndata: {\"secret\": 2}\n\ndata: 3\n\n", 5).await;
    let mut stream = client.stream_items(Numbers).await.unwrap();
    assert!(stream.event().is_none());
    assert_eq!(stream.try_next().await.unwrap(), Some(1));
    let error = stream.try_next().await.unwrap_err();
    assert_eq!(format!("{error:#}"), "an item can't be decoded: expected a 64-bit integer, got an object");
    assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    assert!(matches!(error, StreamError::Item(item) if item.text == "{\"secret\": 2}"));
    assert_eq!(stream.event().unwrap().event, "ping");
    assert_eq!(stream.try_next().await.unwrap(), Some(3));
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert_eq!(stream.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn a_piece_that_the_settings_name_is_the_end() {
    let client = client(EVENTS, b"data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", 100).await;
    assert_eq!(all(client.stream_items(Numbers).await.unwrap()).await, [Ok(1)]);
}

#[tokio::test]
async fn lines_and_records_in_any_pieces() {
    for size in [1, 2, 3, 100] {
        let lines = client(LINES, "{\"é\": 1.50}\r\n\nnot\n{}".as_bytes(), size).await;
        let found = all(lines.stream_items(Lines).await.unwrap()).await;
        let [Ok(first), Err(error), Ok(last)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(serde_json::to_string(first).unwrap(), "{\"é\":1.50}".replace("1.50", "1.5"));
        assert!(error.starts_with("an item can't be decoded: not JSON"), "{error}");
        assert_eq!(serde_json::to_string(last).unwrap(), "{}");
        let records = client(LINES, b"\x1e1\n\x1e2\x1e3\n\x1e45", size).await;
        let found = all(records.stream_items(Records).await.unwrap()).await;
        let cut = || Err("an item can't be decoded: the text isn't finished".to_owned());
        assert_eq!(found, [Ok(1), cut(), Ok(3), cut()], "{size}");
    }
}

#[tokio::test]
async fn an_item_beyond_the_limit_ends_the_stream() {
    for size in [10, 1000] {
        let body = b"[1]\n[1, 2, 3, 4, 5, 6, 7, 8]\n[2]\n";
        let client = client(LINES, body, size).await;
        let found = all(client.stream_items(Lines).await.unwrap().item_limit(20)).await;
        let [Ok(_), Err(error)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(error, "an item has more than 20 bytes");
    }
}

#[tokio::test]
async fn a_stream_that_never_ends_its_item_is_an_error() {
    let server = Server::start(false, |_, _| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        Answer::Flood(head.as_bytes().to_vec())
    })
    .await;
    let client = server.client().build().unwrap();
    let found = all(client.stream_items(Events).await.unwrap().item_limit(1 << 20)).await;
    assert_eq!(found, [Err("an item has more than 1048576 bytes".to_owned())]);
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_an_error_without_a_last_item() {
    let server = Server::start(false, |_, _| {
        Answer::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1]\n[2".to_vec())
    })
    .await;
    let client = server.client().build().unwrap();
    let found = all(client.stream_items(Lines).await.unwrap()).await;
    assert!(matches!(&found[..], [Ok(_), Err(_)]), "{found:?}");
}

#[tokio::test]
async fn json_instead_of_events_is_an_error_with_the_response() {
    let server =
        Server::start(false, |_, _| response("200 OK", "content-type: application/json\r\n", "{}")).await;
    let client = server.client().build().unwrap();
    let error = client.stream_items(Numbers).await.unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "GET /items: 200 OK: the body can't be decoded: it is JSON, not an event stream"
    );
    assert_eq!(&error.response().unwrap().body[..], b"{}");
}

#[tokio::test]
async fn a_failure_is_an_error_of_the_call() {
    let server = Server::start(false, |_, _| response("404 Not Found", "", "")).await;
    let client = server.client().build().unwrap();
    assert_eq!(client.stream_items(Numbers).await.unwrap_err().status().unwrap().as_u16(), 404);
    assert_eq!(server.requests()[0].header("accept"), Some("text/event-stream"));
    assert_eq!(server.requests()[0].header("last-event-id"), None);
}

#[tokio::test]
async fn a_slow_consumer_slows_the_server_down() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = sent.clone();
    let line = [vec![b'1'; 1023], vec![b'\n']].concat();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await.unwrap();
        socket.write_all(LINES.as_bytes()).await.unwrap();
        while socket.write_all(&line).await.is_ok() {
            counter.fetch_add(line.len(), Ordering::Relaxed);
        }
        counter.store(usize::MAX, Ordering::Relaxed);
    });
    let client = Client::builder().base_url(url).build().unwrap();
    let mut stream = client.stream_items(Lines).await.unwrap();
    assert!(stream.try_next().await.unwrap().is_some());
    let mut before = 0;
    // The buffers of both sockets fill up, and then nothing more is sent.
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = sent.load(Ordering::Relaxed);
        if std::mem::replace(&mut before, now) == now {
            break;
        }
    }
    assert!(before < 64 << 20, "{before}");
    // The server notices that the stream is dropped.
    drop(stream);
    while sent.load(Ordering::Relaxed) != usize::MAX {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn events_are_resumed_from_the_last_one() {
    let bodies = ["retry: 10\n\nid: 1\ndata: 1\n\nid: 2\ndata: 2\n\nid: 3\ndata: 3", "", "data: 3\n\n"];
    let server = Server::start(false, move |before, _| match bodies.get(before) {
        Some(body) => Answer::Close([EVENTS, body].concat().into_bytes()),
        None => response("204 No Content", "", ""),
    })
    .await;
    let client = server.client().build().unwrap();
    let stream = client.stream_items(Numbers).await.unwrap().reconnecting(Reconnect::new().attempts(2));
    assert_eq!(all(stream).await, [Ok(1), Ok(2), Ok(3)]);
    let ids = server.requests().into_iter().map(|request| request.header("last-event-id").map(str::to_owned));
    let id = || Some("2".to_owned());
    assert_eq!(ids.collect::<Vec<_>>(), [None, id(), id(), id()]);
}

#[tokio::test]
async fn a_stream_that_can_t_be_resumed_ends() {
    let server = Server::start(false, |before, _| match before {
        0 => Answer::Close([EVENTS, "data: 1\n\n"].concat().into_bytes()),
        _ => response("403 Forbidden", "", ""),
    })
    .await;
    let client = server.client().build().unwrap();
    let soon = Reconnect::new().delay(Duration::from_millis(1));
    let stream = client.stream_items(Numbers).await.unwrap().reconnecting(soon);
    let found = all(stream).await;
    let [Ok(1), Err(error)] = &found[..] else { panic!("{found:?}") };
    assert!(error.starts_with("the stream can't be resumed: GET /items: 403"), "{error}");
    // A server that never has anything new isn't asked forever.
    let server = Server::start(false, |_, _| Answer::Close(EVENTS.as_bytes().to_vec())).await;
    let client = server.client().build().unwrap();
    let stream = client.stream_items(Numbers).await.unwrap().reconnecting(soon.attempts(3));
    assert_eq!(all(stream).await, []);
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_thread_can_wait_for_each_item() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let client = runtime.block_on(client(EVENTS, b"data: 1\n\ndata: x\n\ndata: 2\n\n", 3));
    let client = openapi_rust_runtime::blocking::Client::new(client).unwrap();
    let items = client.stream_items(Numbers).unwrap().with(|stream| stream.item_limit(10));
    let found: Vec<Option<i64>> = items.map(Result::ok).collect();
    assert_eq!(found, [Some(1), None, Some(2)]);
}
