//! Calls of a group in pieces, through the crate that re-exports it, against a server on this machine.
#![cfg(all(feature = "client", feature = "library"))]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::time::Duration;

use corpus_crate_per_group_pieces::models::{Atlas, Item, Job, JobState};
use corpus_crate_per_group_pieces::{Client, library};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers each request, given as its line, with a body.
async fn server(answer: fn(&str) -> &'static str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (mut text, mut buffer) = (String::new(), [0; 1 << 12]);
            while !text.contains("\r\n\r\n") {
                let count = stream.read(&mut buffer).await.unwrap();
                text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            }
            let body = answer(text.split(" HTTP").next().unwrap());
            let response = format!(
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(response.as_bytes()).await.unwrap();
        }
    });
    Client::builder().base_url(url).build().unwrap()
}

#[tokio::test]
async fn what_pieces_return_is_one_type() {
    let client = server(|line| match line {
        "GET /library/atlases/1" => r#"{"item":{"title":"a"},"sheets":[{"scale":2,"atlas":{}}]}"#,
        "GET /library" | "GET /library/scores" => r#"[{"title":"b","parts":[{"title":"c"}]}]"#,
        _ => r#"{"title":"d","pages":3}"#,
    })
    .await;
    let atlas: Atlas = library::atlases::get("1").send(&client).await.unwrap();
    assert_eq!(atlas.sheets.unwrap()[0].scale, 2);
    let mut items: Vec<Item> = library::search().send(&client).await.unwrap();
    items.extend(library::scores::list().send(&client).await.unwrap());
    items.push(library::novels::get("2").send(&client).await.unwrap());
    items.push(library::maps::replace("3", "d").send(&client).await.unwrap());
    items.extend(atlas.item);
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["b", "b", "d", "d", "a"]);
    assert!(library::poems::add("e").pages(0).build().unwrap_err().to_string().contains("pages"));
}

#[tokio::test]
async fn work_is_followed_within_a_piece() {
    let client = server(|line| match line {
        "POST /library/copies" => r#"{"id":"7","state":"busy"}"#,
        _ => r#"{"id":"7","state":"done","item":{"title":"f"}}"#,
    })
    .await;
    let work = library::copies::start().poll(&client);
    let mut work = work.interval(Duration::from_millis(2), Duration::from_millis(5));
    let job: Job = work.wait(Duration::from_secs(20)).await.unwrap();
    assert_eq!((job.state, job.item.unwrap().title.as_str()), (JobState::Done, "f"));
}
