//! Calls of groups in crates of their own, through the crate that re-exports them, against a server on this machine.
#![cfg(all(feature = "client", feature = "pets", feature = "orders"))]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use corpus_crate_per_group::models::{Line, Mood, NewPet, Price};
use corpus_crate_per_group::runtime::{Error, Operation, Untyped};
use corpus_crate_per_group::{Client, check, models, orders, pets, servers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers each request, given as its line, with a status and a body; keeps the requests.
async fn server(answer: fn(&str) -> (&'static str, &'static str)) -> (Client, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let log = requests.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (mut text, mut buffer) = (String::new(), [0; 1 << 12]);
            while !text.contains("\r\n\r\n") {
                let count = stream.read(&mut buffer).await.unwrap();
                text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            }
            let line = text.split(" HTTP").next().unwrap().to_owned();
            let (status, body) = answer(&line);
            log.lock().unwrap().push(text);
            let response = format!(
                "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(response.as_bytes()).await.unwrap();
        }
    });
    (Client::builder().base_url(url).bearer_token("s3cret").build().unwrap(), requests)
}

#[tokio::test]
async fn one_client_sends_the_operations_of_all_crates() {
    let (client, requests) = server(|line| match line {
        "GET /health" => ("200 OK", r#"{"ok":true}"#),
        "POST /pets" => ("201 Created", r#"{"kind":"dog","price":{"cents":7},"care":{"leash":true},"mood":"Order"}"#),
        _ => ("404 Not Found", r#"{"message":"There is no such thing."}"#),
    })
    .await;
    assert_eq!(check().send(&client).await.unwrap().ok, Some(true));
    let pet = pets::create("dog", Price::new(7)).send(&client).await.unwrap();
    assert_eq!(pet.mood, Some(Mood::Order));
    assert!(matches!(&pet.care, Some(models::Care::Dog(dog)) if dog.leash == Some(true)), "{:?}", pet.care);
    // What is read becomes what is written, in the crate of the group.
    assert_eq!(NewPet::from(pet).price.cents, 7);
    let failed = orders::jobs::get("1").send(&client).await.unwrap_err();
    assert!(failed.to_string().contains("404"), "{failed}");
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    for request in requests.iter() {
        let request = request.to_lowercase();
        assert!(request.contains("authorization: bearer s3cret"), "{request}");
        assert!(request.contains("user-agent: corpus-crate-per-group/"), "{request}");
    }
}

#[tokio::test]
async fn work_and_pages_are_followed_within_a_group() {
    let (client, _) = server(|line| match line {
        "POST /orders" => ("202 Accepted", r#"{"id":"7","state":"busy"}"#),
        "GET /jobs/7" => ("200 OK", r#"{"id":"7","state":"done","order":{"lines":[{"price":{"cents":2}}]}}"#),
        _ => ("200 OK", r#"{"items":[{"kind":"cow","price":{"cents":1}}],"total":2}"#),
    })
    .await;
    let work = orders::create([Line::new(Price::new(2))]).poll(&client);
    let mut work = work.interval(Duration::from_millis(2), Duration::from_millis(5));
    let job = work.wait(Duration::from_secs(20)).await.unwrap();
    assert_eq!(job.order.unwrap().lines.unwrap()[0].price.cents, 2);
    let mut items = pets::list().items(&client);
    let mut kinds = Vec::new();
    while let Some(pet) = items.try_next().await.unwrap() {
        kinds.push(pet.kind);
    }
    assert_eq!(kinds, ["cow", "cow"]);
}

#[test]
fn constraints_and_secrets_hold_across_crates() {
    let mut line = Line::new(Price::new(2));
    line.count = Some(0);
    let refused = orders::create([line]).build().unwrap_err();
    assert!(refused.to_string().contains("count"), "{refused}");
    let price: Price = serde_json::from_str(r#"{"cents":1,"gift":"hidden","owner":{"last":{"cents":2}}}"#).unwrap();
    assert!(!format!("{price:?}").contains("hidden"), "{price:?}");
    assert_eq!(servers::default("us").unwrap(), "https://us.shop.test");
    let _: fn(Error<<orders::Create as Operation>::Error>, Untyped) = |_, _| ();
}
