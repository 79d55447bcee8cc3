//! Long-running operations against a server on this machine, which also misbehaves.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use corpus_long_running::runtime::{PollError, Poller, Progress, RetryPolicy};
use corpus_long_running::{Client, operations};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SECONDS: Duration = Duration::from_secs(20);

struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers each request, given as the number of those before and its line, with a status, headers and a body.
    async fn start(
        answer: impl Fn(usize, &str) -> (&'static str, String, &'static str) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        tokio::spawn(async move {
            'connections: loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut text = String::new();
                while !text.contains("\r\n\r\n") {
                    let mut buffer = [0; 1 << 12];
                    let count = stream.read(&mut buffer).await.unwrap_or(0);
                    if count == 0 {
                        continue 'connections;
                    }
                    text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
                }
                assert!(text.to_lowercase().contains("authorization: bearer s3cret"), "{text}");
                let line = text.split(" HTTP").next().unwrap().to_owned();
                let before = log.lock().unwrap().len();
                log.lock().unwrap().push(line.clone());
                let (status, headers, body) = answer(before, &line);
                let response = format!(
                    "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{body}",
                    body.len()
                );
                // A client that has reached its limit doesn't listen.
                let _ = stream.write_all(response.as_bytes()).await;
            }
        });
        Self { url, requests }
    }

    fn client(&self) -> Client {
        let builder = Client::builder().base_url(&self.url).bearer_token("s3cret");
        builder.retry(RetryPolicy::never()).build().unwrap()
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// The poller without long waits.
fn quick<O: corpus_long_running::runtime::LongRunning>(poller: Poller<O>) -> Poller<O> {
    poller.interval(Duration::from_millis(2), Duration::from_millis(5))
}

const NONE: String = String::new();

#[tokio::test]
async fn a_status_at_a_url_ends_the_work() {
    let server = Server::start(|before, _| match before {
        0 => ("202 Accepted", "operation-location: /operations/7?v=1\r\n".to_owned(), ""),
        1 => ("200 OK", NONE, r#"{"state":{"phase":"queued"}}"#),
        // It moves, and says nothing about how it is going.
        2 => ("202 Accepted", "operation-location: 8\r\n".to_owned(), ""),
        _ => ("200 OK", NONE, r#"{"state":{"phase":"done"},"pages":3}"#),
    })
    .await;
    let client = server.client();
    let mut work = quick(operations::create_report().poll(&client));
    assert_eq!(server.requests().len(), 0, "nothing is sent before it is polled");
    let report = work.wait(SECONDS).await.unwrap();
    assert_eq!(report.pages, Some(3));
    assert_eq!(
        server.requests(),
        ["POST /reports", "GET /operations/7?v=1", "GET /operations/7?v=1", "GET /operations/8"]
    );
    assert!(matches!(work.wait(SECONDS).await, Err(PollError::Ended)));
}

#[tokio::test]
async fn failed_work_is_an_error_with_what_the_service_says() {
    let server = Server::start(|before, _| match before {
        0 => ("202 Accepted", "operation-location: /operations/7\r\n".to_owned(), ""),
        _ => ("200 OK", NONE, r#"{"state":{"phase":"broken"},"pages":1}"#),
    })
    .await;
    let client = server.client();
    let error = quick(operations::create_report().poll(&client)).wait(SECONDS).await.unwrap_err();
    assert_eq!(error.to_string(), "the service says that the work has failed");
    let PollError::Failed(report) = error else { panic!() };
    assert_eq!(report.pages, Some(1));
}

#[tokio::test]
async fn the_status_code_ends_the_work() {
    let server = Server::start(|before, _| match before {
        0 | 1 => ("202 Accepted", "location: /exports\r\n".to_owned(), ""),
        _ => ("200 OK", NONE, r#"{"rows":5}"#),
    })
    .await;
    let client = server.client();
    let mut work = quick(operations::create_export().poll(&client));
    assert_eq!(work.step().await.unwrap(), Progress::Running(None));
    assert_eq!(work.step().await.unwrap(), Progress::Running(None));
    let Progress::Succeeded(export) = work.step().await.unwrap() else { panic!() };
    assert_eq!(export.rows, 5);
}

#[tokio::test]
async fn work_is_read_by_the_id_in_the_first_response() {
    let server = Server::start(|before, _| match before {
        0 => ("201 Created", NONE, r#"{"job":{"id":"a/b"},"finished":false}"#),
        1 => ("200 OK", NONE, r#"{"finished":false}"#),
        _ => ("200 OK", NONE, r#"{"finished":true,"result":9}"#),
    })
    .await;
    let client = server.client();
    let job = quick(operations::create_job(4).poll(&client)).wait(SECONDS).await.unwrap();
    assert_eq!(job.result, Some(9));
    let read = "GET /projects/4/jobs/a%2Fb";
    assert_eq!(server.requests(), ["POST /projects/4/jobs", read, read]);
}

#[tokio::test]
async fn work_that_has_ended_at_once_is_not_read() {
    let server =
        Server::start(|_, _| ("201 Created", NONE, r#"{"finished":true,"result":9}"#)).await;
    let client = server.client();
    let job = operations::create_job(4).poll(&client).wait(SECONDS).await.unwrap();
    assert_eq!((job.result, server.requests().len()), (Some(9), 1));
}

#[tokio::test]
async fn a_service_that_doesn_t_say_where_to_read_is_an_error() {
    for (body, headers) in [(r#"{"finished":false}"#, ""), ("", "x: y\r\n")] {
        let server = Server::start(move |_, _| ("202 Accepted", headers.to_owned(), body)).await;
        let client = server.client();
        let error = match body {
            "" => operations::create_report().poll(&client).wait(SECONDS).await.unwrap_err().to_string(),
            _ => operations::create_job(4).poll(&client).wait(SECONDS).await.unwrap_err().to_string(),
        };
        assert_eq!(error, "the service doesn't say where to read how the work is going");
        assert_eq!(server.requests().len(), 1, "work isn't started twice");
    }
}

#[tokio::test]
async fn the_token_never_goes_to_another_server() {
    let thief = Server::start(|_, _| ("200 OK", NONE, "{}")).await;
    for location in [thief.url.clone(), "https://127.0.0.1/".to_owned(), "//elsewhere.test/".to_owned()] {
        for is_first in [true, false] {
            let location = format!("operation-location: {location}\r\n");
            let server = Server::start(move |before, _| match before {
                0 if !is_first => ("202 Accepted", "operation-location: /operations/7\r\n".to_owned(), ""),
                _ => ("202 Accepted", location.clone(), ""),
            })
            .await;
            let client = server.client();
            let error = quick(operations::create_report().poll(&client)).wait(SECONDS).await.unwrap_err();
            assert!(matches!(error, PollError::Refused(_)), "{error:?}");
        }
    }
    assert!(thief.requests().is_empty());
}

#[tokio::test]
async fn the_limit_ends_the_polling_and_not_the_work() {
    let server = Server::start(|before, _| match before {
        0 => ("202 Accepted", "location: /exports\r\n".to_owned(), ""),
        1..20 => ("202 Accepted", NONE, ""),
        _ => ("200 OK", NONE, r#"{"rows":5}"#),
    })
    .await;
    let client = server.client();
    let mut work = operations::create_export().poll(&client);
    work = work.interval(Duration::from_millis(20), Duration::from_millis(20));
    let limit = Duration::from_millis(150);
    assert!(matches!(work.wait(limit).await, Err(PollError::Deadline(found)) if found == limit));
    assert!((2..20).contains(&server.requests().len()), "{:?}", server.requests());
    assert_eq!(work.wait(SECONDS).await.unwrap().rows, 5);
}

#[tokio::test]
async fn the_service_says_how_long_to_wait() {
    let server = Server::start(|before, _| match before {
        0 => ("202 Accepted", "location: /exports\r\nretry-after: 1\r\n".to_owned(), ""),
        // A wait of no time isn't one.
        1..4 => ("202 Accepted", "retry-after: 0\r\n".to_owned(), ""),
        4 => ("202 Accepted", "retry-after: 3600\r\n".to_owned(), ""),
        _ => ("200 OK", NONE, r#"{"rows":5}"#),
    })
    .await;
    let client = server.client();
    let started = Instant::now();
    let mut work = operations::create_export().poll(&client);
    let error = work.wait(SECONDS).await.unwrap_err();
    assert!(matches!(error, PollError::Deadline(_)), "an hour is more than the limit: {error}");
    let elapsed = started.elapsed();
    assert!((1300..10_000).contains(&elapsed.as_millis()), "{elapsed:?}");
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_failed_read_can_be_continued() {
    let server = Server::start(|before, _| match before {
        0 => ("202 Accepted", "location: /exports\r\n".to_owned(), ""),
        1 => ("503 Service Unavailable", NONE, ""),
        _ => ("200 OK", NONE, r#"{"rows":5}"#),
    })
    .await;
    let client = server.client();
    let mut work = quick(operations::create_export().poll(&client));
    assert!(matches!(work.wait(SECONDS).await, Err(PollError::Read(_))));
    assert_eq!(work.wait(SECONDS).await.unwrap().rows, 5);
    let broken = Server::start(|_, _| ("500 Internal Server Error", NONE, "")).await;
    let client = broken.client();
    let mut work = operations::create_export().poll(&client);
    assert!(matches!(work.wait(SECONDS).await, Err(PollError::Start(_))));
}

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_mock_stands_in_for_both_operations() {
    use corpus_long_running::runtime::mock::{Mock, raw};

    let mock = Mock::new();
    mock.on::<operations::CreateJob>().responds(raw(201, r#"{"job":{"id":"7"}}"#));
    mock.on::<operations::GetJob>().responds(raw(200, r#"{"finished":true,"result":9}"#));
    let client = mock.client();
    let job = quick(operations::create_job(4).poll(&client)).wait(SECONDS).await.unwrap();
    assert_eq!(job.result, Some(9));
    assert_eq!(mock.calls::<operations::GetJob>()[0], operations::get_job(4, "7"));
}

#[cfg(feature = "blocking")]
#[test]
fn work_is_awaited_without_async() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server =
        runtime.block_on(Server::start(|_, _| ("201 Created", NONE, r#"{"finished":true,"result":9}"#)));
    let client = corpus_long_running::runtime::blocking::Client::new(server.client()).unwrap();
    let job = client.wait(|client| {
        let mut work = operations::create_job(4).poll(client);
        async move { work.wait(SECONDS).await }
    });
    assert_eq!(job.unwrap().result, Some(9));
}
