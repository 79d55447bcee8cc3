//! Values that have the types that the settings give to their formats: read, written, checked, sent and received.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use std::net::{Ipv4Addr, SocketAddr};

use corpus_format_types::models::{Shipment, ShipmentFrom};
use corpus_format_types::runtime::{Json, Mode, Number, Patch, Quoted, RetryPolicy, Validate, decode, encode};
use corpus_format_types::runtime::paging::{Checkpoint, Found, NextUrl, Paged};
use corpus_format_types::{Client, events, shipments};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const ID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

const SHIPMENT: &str = r#"{"sent":"2026-01-31T12:00:00Z","due":"2026-02-28","closes":"18:30:00","takes":"P1DT2H","price":"1.50","weight":"9007199254740993","size":3,"ratio":"0.10","link":"https://a.example/b","label":"aGk=","from":"::1","endpoint":"10.0.0.1:80","endpoints":["[::1]:80"],"stops":["2026-01-31T13:00:00Z"],"passed":{"a":"2026-02-01"}}"#;

fn shipment() -> Shipment {
    decode::from_slice(SHIPMENT.as_bytes()).unwrap()
}

fn text(shipment: &Shipment) -> String {
    String::from_utf8(encode::to_vec(shipment).unwrap()).unwrap()
}

#[test]
fn fields_have_the_types() {
    let shipment = shipment();
    assert_eq!(shipment.sent.as_second(), 1_769_860_800);
    assert_eq!(shipment.due, Patch::Value(chrono::NaiveDate::from_ymd_opt(2026, 2, 28).unwrap()));
    assert_eq!(shipment.closes.unwrap().hour(), 18);
    assert_eq!(shipment.takes.unwrap().0.get_days(), 1);
    assert_eq!(shipment.price.mantissa(), 150);
    assert_eq!(*shipment.weight, 9_007_199_254_740_993);
    assert_eq!(shipment.ratio.as_ref().unwrap().as_f64(), 0.1);
    assert_eq!(shipment.link.as_ref().unwrap().host_str(), Some("a.example"));
    assert_eq!(shipment.label.as_deref(), Some(&b"hi"[..]));
    assert!(matches!(shipment.from, Some(ShipmentFrom::Ipv6(address)) if address.is_loopback()));
    assert_eq!(shipment.endpoint.as_ref().unwrap().port(), 80);
    assert_eq!(shipment.stops.as_ref().unwrap().len(), 1);
    assert_eq!(text(&shipment), SHIPMENT);
}

#[test]
fn what_does_not_fit_is_preserved_if_it_is_optional() {
    for (name, value) in [
        ("due", "\"tomorrow\""),
        ("closes", "\"18:30:00+01:00\""),
        ("takes", "\"a while\""),
        ("ratio", "0.1"),
        ("link", "\"/relative\""),
        ("label", "\"?\""),
        ("endpoint", "\"here\""),
        ("stops", r#"["2026-01-31T13:00:00Z","later"]"#),
        ("passed", r#"{"a":"never"}"#),
    ] {
        let text = format!(r#"{{"sent":"2026-01-31T12:00:00Z","price":"1","weight":"1","{name}":{value}}}"#);
        let shipment: Shipment = decode::from_slice(text.as_bytes()).unwrap();
        assert_eq!(shipment.additional_properties[name].to_string(), value);
        assert_eq!(self::text(&shipment), text);
        assert!(shipment.validate().unwrap_err().to_string().contains(name));
    }
    let from = r#"{"sent":"2026-01-31T12:00:00Z","price":"1","weight":"1","from":"here"}"#;
    let shipment: Shipment = decode::from_slice(from.as_bytes()).unwrap();
    assert_eq!(shipment.from, Some(ShipmentFrom::Unknown(Json::from("here"))));
}

#[test]
fn what_does_not_fit_is_an_error_with_its_path_if_it_is_required() {
    let text = SHIPMENT.replace("2026-01-31T12:00:00Z", "hunter2");
    let error = decode::from_slice::<Shipment>(text.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "sent: expected a date and time as in RFC 3339");
    let text = SHIPMENT.replace("\"9007199254740993\"", "9007199254740993");
    let error = decode::from_text::<Shipment>(&text, Mode::Lenient).unwrap_err();
    assert_eq!(error.to_string(), "weight: expected a string, got a number");
}

#[test]
fn constraints_are_for_the_text() {
    let mut shipment = shipment();
    shipment.weight = (-1).into();
    shipment.price = "1234567.1234".parse().unwrap();
    shipment.ratio = Some(Quoted::from(Number::from(f64::INFINITY)));
    shipment.endpoint = Some("10.0.0.1:8080".parse::<SocketAddr>().unwrap().into());
    let said = shipment.validate().unwrap_err().to_string();
    for problem in [
        "price: at most 10 characters, has 12",
        "weight: must match the pattern ^[0-9]+$",
        "ratio: must be a number in quotes",
        "endpoint: at most 11 characters, has 13",
    ] {
        assert!(said.contains(problem), "{said}");
    }
}

#[test]
fn a_secret_stays_one() {
    let text = SHIPMENT.replace("\"link\"", "\"secret_link\"");
    let shipment: Shipment = decode::from_slice(text.as_bytes()).unwrap();
    assert_eq!(shipment.secret_link.as_ref().unwrap().expose_secret().as_str(), "https://a.example/b");
    let shown = format!("{shipment:?}");
    assert!(shown.contains("[redacted]") && !shown.contains("a.example"), "{shown}");
}

/// Answers one request, and gives what was received.
async fn serve(headers: &'static str, body: &'static str) -> (Client, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut received = String::new();
        let length = |text: &str| {
            let (head, body) = text.split_once("\r\n\r\n")?;
            let head = head.to_lowercase();
            let length = head.split_once("content-length: ").map_or("0", |(_, rest)| rest.lines().next().unwrap());
            Some(body.len() >= length.parse().unwrap())
        };
        while length(&received) != Some(true) {
            let mut buffer = [0; 1 << 12];
            let count = stream.read(&mut buffer).await.unwrap();
            received.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
        let head = format!("connection: close\r\ncontent-type: application/json\r\ncontent-length: {}", body.len());
        let response = format!("HTTP/1.1 200 OK\r\n{head}\r\n{headers}\r\n{body}");
        stream.write_all(response.as_bytes()).await.unwrap();
        received
    });
    let client = Client::builder().base_url(&url).retry(RetryPolicy::never()).build().unwrap();
    (client, served)
}

#[tokio::test]
async fn parameters_and_headers_have_the_types() {
    let headers = "x-sent: 2026-01-31T12:00:00Z\r\nx-revision: 7\r\n";
    let (client, served) = serve(headers, SHIPMENT).await;
    let request = shipments::get(ID.parse::<uuid::Uuid>().unwrap(), 6)
        .since("2026-01-31T12:00:00Z".parse::<jiff::Timestamp>().unwrap())
        .days(["2026-02-01".parse().unwrap(), "2026-02-02".parse().unwrap()]);
    let response = client.respond(&request).await.unwrap();
    let received = served.await.unwrap();
    let line = format!("GET /shipments/{ID}?since=2026-01-31T12%3A00%3A00Z&days=2026-02-01&days=2026-02-02 ");
    assert!(received.starts_with(&line) && received.contains("x-revision: 6\r\n"), "{received}");
    let headers = shipments::GetHeaders::from(response.headers());
    assert_eq!(headers.x_sent, Some(shipment().sent));
    assert_eq!(headers.x_revision, Some(Quoted::from(7)));
}

#[tokio::test]
async fn pages_follow_positions_that_have_the_types() {
    let (client, served) = serve("", r#"{"shipments":[],"next":"9007199254740993"}"#).await;
    shipments::list().after(3).pages(&client).try_next().await.unwrap();
    assert!(served.await.unwrap().starts_with("GET /shipments?after=3 "));
    let mut next = shipments::list();
    Paged::turn_to(&mut next, Checkpoint("9007199254740993".to_owned()));
    assert_eq!(next.build().unwrap().uri().to_string(), "/shipments?after=9007199254740993");
    assert!(!<shipments::List as Paged<Checkpoint>>::accepts(&Checkpoint("none".to_owned())));
    let page: Found<jiff::Timestamp> = <events::List as Paged<NextUrl>>::found(
        decode::from_slice(br#"{"events":[],"next_page":"https://a.example/events?page=2"}"#).unwrap(),
    )
    .unwrap();
    assert!(format!("{page:?}").contains("https://a.example/events?page=2"));
}

#[tokio::test]
async fn forms_and_lists_have_the_types() {
    let (client, served) = serve("", r#"["67e55044-10b1-426f-9247-bb680e5fe0c8"]"#).await;
    let found = shipments::search(Ipv4Addr::LOCALHOST)
        .until("2026-01-31T12:00:00Z".parse::<jiff::Timestamp>().unwrap())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(found, [ID.parse::<uuid::Uuid>().unwrap()]);
    let received = served.await.unwrap();
    assert!(received.ends_with("from=127.0.0.1&until=2026-01-31T12%3A00%3A00Z"), "{received}");
}
