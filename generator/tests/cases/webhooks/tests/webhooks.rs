//! A server that receives events, verifies their signatures, decodes and answers them; and what a sender gets from it.
#![cfg(feature = "webhook-signatures")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, deprecated, reason = "a test may fail")]

use std::time::{Duration, SystemTime};

use corpus_webhooks::models::{CustomerChangedPayload, Receipt};
use corpus_webhooks::runtime::{ToJson, encode};
use corpus_webhooks::webhooks::{self, Event, EventHeaders, SignatureError, Verifier};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// What the receiver does with a request: the status and the body of its answer.
fn received(verifier: &Verifier, headers: &HeaderMap, body: &[u8]) -> (u16, Vec<u8>) {
    if verifier.verify(headers, body).is_err() {
        return (401, Vec::new());
    }
    let Ok(event) = Event::receive(headers, body) else { return (400, Vec::new()) };
    match event {
        Event::ParcelCreated(created) if created.parcel.id == "gone" => (410, Vec::new()),
        Event::ParcelCreated(_) => (200, json(&Receipt::new(true))),
        Event::ParcelLost(lost) => (200, lost.parcel.id.clone().into_bytes()),
        Event::CustomerChanged(changed) => match *changed {
            CustomerChangedPayload::Moved(moved) => (202, moved.address.into_bytes()),
            other => (202, json(&other)),
        },
        other => (204, other.name().unwrap_or_default().as_bytes().to_vec()),
    }
}

fn json(value: &impl ToJson) -> Vec<u8> {
    encode::to_vec(value).unwrap()
}

/// A server on this machine, which answers until the test ends; its address.
async fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let verifier = webhooks::verifier("whsec_bmV4dA==").unwrap().or_secret(SECRET).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (headers, body) = read(&mut stream).await;
            let (status, body) = received(&verifier, &headers, &body);
            let head = format!("HTTP/1.1 {status} .\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&body).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    address
}

async fn read(stream: &mut TcpStream) -> (HeaderMap, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        let mut more = [0; 4096];
        let count = stream.read(&mut more).await.unwrap();
        bytes.extend_from_slice(&more[..count]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let pairs = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers: HeaderMap = pairs
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap()))
            .collect();
        let length: usize = headers["content-length"].to_str().unwrap().parse().unwrap();
        let body = &bytes[end + 4..];
        if body.len() == length || count == 0 {
            return (headers, body.to_vec());
        }
    }
}

/// Posts an event that is signed `ago`; the status and the body of the answer.
async fn post(address: &str, secret: &str, event: &str, body: &str, ago: Duration) -> (u16, String) {
    let signed = Verifier::standard(secret).unwrap().sign("msg_1", body.as_bytes(), SystemTime::now() - ago);
    let mut head = format!("POST /hook HTTP/1.1\r\nhost: {address}\r\nx-event: {event}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in &signed {
        head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

const NOW: Duration = Duration::ZERO;

#[tokio::test]
async fn events_are_verified_decoded_and_answered() {
    let address = server().await;
    let told = async |event: &str, body: &str| post(&address, SECRET, event, body, NOW).await;
    let created = r#"{"type": "parcel.created", "parcel": {"id": "p1", "weight": 2.50}}"#;
    assert_eq!(told("parcel.created", created).await, (200, r#"{"received":true}"#.to_owned()));
    assert_eq!(told("parcel.created", &created.replace("p1", "gone")).await.0, 410);
    let lost = r#"{"type": "parcel.lost", "parcel": {"id": "p2"}, "seen": {"where": "here"}}"#;
    assert_eq!(told("parcel.lost", lost).await, (200, "p2".to_owned()));
    let moved = r#"{"type": "customer.moved", "address": "There 1"}"#;
    assert_eq!(told("customer.changed", moved).await, (202, "There 1".to_owned()));
    let newer = r#"{"type":"customer.left","since":1.0}"#;
    assert_eq!(told("customer.changed", newer).await, (202, newer.to_owned()));
    assert_eq!(told("parcel.burnt", "{}").await.0, 204);
    assert_eq!(told("parcel.created", "{").await.0, 400);
}

#[tokio::test]
async fn others_are_refused() {
    let address = server().await;
    let body = r#"{"type": "parcel.burnt"}"#;
    assert_eq!(post(&address, SECRET, "parcel.burnt", body, NOW).await.0, 204);
    assert_eq!(post(&address, "whsec_bmV4dA==", "parcel.burnt", body, NOW).await.0, 204);
    assert_eq!(post(&address, "whsec_b3RoZXI=", "parcel.burnt", body, NOW).await.0, 401);
    assert_eq!(post(&address, SECRET, "parcel.burnt", body, Duration::from_secs(600)).await.0, 401);
}

#[test]
fn an_event_is_recognised_by_its_name_or_by_its_payload() {
    let body = br#"{"type": "parcel.created", "parcel": {"id": "p1"}}"#;
    let event = Event::from_body(body).unwrap();
    assert_eq!(event.name(), Some("parcel.created"));
    assert_eq!(Event::parse("parcel.created", body), Ok(event));
    assert_eq!(Event::NAMES, ["parcel.created", "parcel.lost", "customer.changed"]);
    let renamed = br#"{"type": "customer.renamed", "name": "N"}"#;
    assert!(matches!(Event::from_body(renamed), Ok(Event::CustomerChanged(_))));
    // What isn't declared, or doesn't fit, isn't lost.
    for unknown in [r#"{"type":"parcel.burnt","at":1E400}"#, r#"{"type":"parcel.created"}"#, "[1]"] {
        let Ok(Event::Unknown(value)) = Event::from_body(unknown.as_bytes()) else { panic!("{unknown}") };
        assert_eq!(json(&value), unknown.as_bytes());
    }
    let error = Event::from_body(b"{\"type\": ").unwrap_err();
    assert!(error.to_string().contains("JSON"), "{error}");
    let error = Event::receive(&HeaderMap::new(), body).unwrap_err();
    assert!(error.to_string().contains("the header X-Event is missing"), "{error}");
}

#[test]
fn headers_are_typed() {
    let mut headers = HeaderMap::new();
    headers.insert("x-attempt", HeaderValue::from_static("3"));
    let read = EventHeaders::from(&headers);
    assert_eq!((read.x_attempt, read.x_trace), (Some(3), None));
}

#[test]
fn a_request_without_a_signature_is_told_from_one_with_a_wrong_one() {
    let verifier = webhooks::verifier(SECRET).unwrap();
    let told = verifier.verify(&HeaderMap::new(), b"{}").unwrap_err();
    assert_eq!(told, SignatureError::MissingHeader("webhook-id"));
    let mut signed = verifier.sign("msg_1", b"{}", SystemTime::now());
    signed.insert("webhook-id", HeaderValue::from_static("msg_2"));
    assert_eq!(verifier.verify(&signed, b"{}"), Err(SignatureError::Mismatch));
    assert!(webhooks::verifier("whsec_?").is_err());
}
