//! Bodies as files: saved whole or not at all, resumed where the server offers it, and sent with progress.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use openapi_rust_runtime::{
    Body, DownloadError, Error, InDocument, Json, Operation, OperationInfo, Reconnect, Reply, RequestWriter,
    RetryPolicy, SaveError, StreamError, Transferred, TransportErrorKind,
};

use super::document::{Document, FACTS};
use super::operations::{CallError, Client, Get};
use super::server::{Answer, Request, Server, response};

/// A folder that is removed at the end, with a file that was there before.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("openapi-rust-downloads-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("file"), "old").unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("file")
    }

    /// The content of the one file.
    fn content(&self) -> Vec<u8> {
        let names: Vec<_> =
            std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["file"]);
        std::fs::read(self.file()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

fn content() -> Vec<u8> {
    (0..300_000_u32).map(|number| (number % 251) as u8).collect()
}

const WHOLE: &str =
    "HTTP/1.1 200 OK\r\naccept-ranges: bytes\r\netag: \"a\"\r\ncontent-length: 300000\r\n\r\n";

fn part(from: usize, tag: &str) -> String {
    let length = 300_000 - from;
    format!(
        "HTTP/1.1 206 Partial Content\r\netag: {tag}\r\ncontent-range: bytes {from}-299999/300000\r\n\
         content-length: {length}\r\n\r\n"
    )
}

fn bytes(head: &str, body: &[u8]) -> Vec<u8> {
    [head.as_bytes(), body].concat()
}

async fn client(handler: impl Fn(usize, &Request) -> Answer + Send + Sync + 'static) -> (Server, Client) {
    let server = Server::start(false, handler).await;
    let client =
        server.client().retry(RetryPolicy::never()).timeout(Duration::from_secs(20)).build().unwrap();
    (server, client)
}

fn quickly(attempts: u32) -> Reconnect {
    Reconnect::new().attempts(attempts).delay(Duration::from_millis(1))
}

fn kind(error: &DownloadError<CallError>) -> TransportErrorKind {
    match error {
        DownloadError::Save(SaveError::Stream(StreamError::Transport(error))) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_body_is_saved_with_progress() {
    let folder = Folder::new("saved");
    let (_server, client) = client(|_, _| Answer::Send(bytes(WHOLE, &content()))).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let download = client.download(Get).on_progress(move |so_far| log.lock().unwrap().push(so_far));
    assert_eq!(download.save_to(folder.file()).await.unwrap(), 300_000);
    assert_eq!(folder.content(), content());
    {
        let seen = seen.lock().unwrap();
        assert!(seen.iter().all(|so_far| so_far.total == Some(300_000)));
        assert!(seen.windows(2).all(|pair| pair[0].bytes < pair[1].bytes));
        assert_eq!(seen.last().unwrap().bytes, 300_000);
    }
    let (log, body) = (seen.clone(), client.stream(&Get).await.unwrap());
    seen.lock().unwrap().clear();
    let saved = body.on_progress(move |so_far| log.lock().unwrap().push(so_far)).save_to(folder.file()).await;
    assert_eq!(saved.unwrap(), 300_000);
    assert_eq!(seen.lock().unwrap().last().unwrap().bytes, 300_000);
}

#[tokio::test]
async fn nothing_is_left_of_a_failure() {
    let folder = Folder::new("failed");
    let (server, client) = client(|_, _| Answer::Close(bytes(WHOLE, &content()[..299_999]))).await;
    let error = client.download(Get).save_to(folder.file()).await.unwrap_err();
    assert_eq!(kind(&error), TransportErrorKind::Truncated);
    assert!(client.stream(&Get).await.unwrap().save_to(folder.file()).await.is_err());
    assert_eq!(folder.content(), b"old");
    for path in [folder.0.join("no/file"), Path::new("/").to_owned()] {
        let error = client.download(Get).save_to(path).await.unwrap_err();
        assert!(matches!(error, DownloadError::Save(SaveError::File(_))), "{error:?}");
    }
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn nothing_is_left_of_a_download_that_is_dropped() {
    let folder = Folder::new("dropped");
    let (_server, client) = client(|_, _| Answer::Stall(bytes(WHOLE, &content()[..299_999]))).await;
    let download = client.download(Get).save_to(folder.file());
    assert!(tokio::time::timeout(Duration::from_millis(300), download).await.is_err());
    assert_eq!(folder.content(), b"old");
}

#[tokio::test]
async fn a_failure_is_the_error_of_the_operation() {
    let folder = Folder::new("refused");
    let (_server, client) = client(|_, _| response("403 Forbidden", "", "{}")).await;
    let error = client.download(Get).save_to(folder.file()).await.unwrap_err();
    assert!(matches!(error, DownloadError::Call(Error::Api(CallError::Forbidden(_)))), "{error:?}");
    assert_eq!(folder.content(), b"old");
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke_off() {
    let folder = Folder::new("resumed");
    let (server, client) = client(|number, _| match number {
        0 => Answer::Close(bytes(WHOLE, &content()[..100_000])),
        1 => Answer::Close(bytes("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", b"")),
        2 => Answer::Close(bytes(&part(100_000, "\"a\""), &content()[100_000..250_000])),
        _ => Answer::Send(bytes(&part(250_000, "\"a\""), &content()[250_000..])),
    })
    .await;
    let size = client.download(Get).resuming(quickly(2)).save_to(folder.file()).await.unwrap();
    assert_eq!((size, folder.content()), (300_000, content()));
    let requests = server.requests();
    let asked: Vec<_> =
        requests.iter().map(|request| (request.header("range"), request.header("if-range"))).collect();
    let tag = Some("\"a\"");
    assert_eq!(
        asked,
        [
            (None, None),
            (Some("bytes=100000-"), tag),
            (Some("bytes=100000-"), tag),
            (Some("bytes=250000-"), tag)
        ]
    );
    assert!(requests.iter().all(|request| request.header("accept-encoding") == Some("identity")));
}

#[tokio::test]
async fn a_file_that_has_changed_is_downloaded_from_the_beginning() {
    let folder = Folder::new("changed");
    let (_server, client) = client(|number, _| match number {
        0 => Answer::Close(bytes(WHOLE, &content()[..100_000])),
        _ => Answer::Send(bytes("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n", b"new")),
    })
    .await;
    assert_eq!(client.download(Get).resuming(quickly(2)).save_to(folder.file()).await.unwrap(), 3);
    assert_eq!(folder.content(), b"new");
}

#[tokio::test]
async fn a_part_that_does_not_fit_is_an_error() {
    for part in
        [part(99_999, "\"a\""), part(100_000, "\"b\""), part(100_000, "\"a\"").replace("/300000", "/400000")]
    {
        let folder = Folder::new("misfit");
        let (_server, client) = client(move |number, _| match number {
            0 => Answer::Close(bytes(WHOLE, &content()[..100_000])),
            _ => Answer::Send(bytes(&part, &content()[100_000..])),
        })
        .await;
        let error = client.download(Get).resuming(quickly(2)).save_to(folder.file()).await.unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Protocol);
        assert_eq!(folder.content(), b"old");
    }
}

#[tokio::test]
async fn attempts_end_and_are_only_made_where_they_can_succeed() {
    for (head, requests) in [
        (WHOLE.to_owned(), 4),
        (WHOLE.replace("accept-ranges: bytes\r\n", ""), 1),
        (WHOLE.replace("bytes", "none"), 1),
        (WHOLE.replace("\"a\"", "W/\"a\""), 1),
        (WHOLE.replace("etag: \"a\"\r\n", ""), 1),
    ] {
        let folder = Folder::new("attempts");
        let (server, client) = client(move |_, _| Answer::Close(bytes(&head, &content()[..100_000]))).await;
        let error = client.download(Get).resuming(quickly(3)).save_to(folder.file()).await.unwrap_err();
        assert_eq!(kind(&error), TransportErrorKind::Truncated);
        assert_eq!(server.requests().len(), requests);
        assert_eq!(folder.content(), b"old");
    }
}

struct Upload(Body);

impl InDocument for Upload {
    type Document = Document;
}

impl Operation for Upload {
    type Output = Json;
    type Error = CallError;
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "Upload",
        method: http::Method::PUT,
        path: "/files",
        security: &[],
        facts: &FACTS,
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("/files");
        request.bytes_body("application/octet-stream", &self.0);
    }

    fn read(reply: &Reply) -> Result<Json, Error<CallError>> {
        if reply.status() == 200 { reply.json() } else { reply.unexpected() }
    }
}

#[tokio::test]
async fn an_upload_reports_its_progress_in_each_attempt() {
    let folder = Folder::new("upload");
    std::fs::write(folder.file(), content()).unwrap();
    let server = Server::start(false, |number, _| match number {
        0 => response("503 Busy", "", ""),
        _ => response("200 OK", "", "{}"),
    })
    .await;
    let policy = RetryPolicy::new(2).delays(Duration::from_millis(1), Duration::from_millis(1));
    let client = server.client().retry(policy).build().unwrap();
    for body in [Body::file(folder.file()).unwrap(), Body::from(content())] {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        let body = body
            .media_type("image/png")
            .on_progress(move |so_far: Transferred| log.lock().unwrap().push(so_far));
        assert_eq!(body.length(), Some(300_000));
        client.send(&Upload(body)).await.unwrap();
        let seen = seen.lock().unwrap();
        assert!(seen.len() > 4 && seen.iter().all(|so_far| so_far.total == Some(300_000)), "{seen:?}");
        assert_eq!(seen.last().unwrap().bytes, 300_000);
    }
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.body == content()));
    assert!(requests.iter().all(|request| request.header("content-length") == Some("300000")));
    assert!(requests.iter().all(|request| request.header("content-type") == Some("image/png")));
}
