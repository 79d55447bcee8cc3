//! Multipart bodies as they are on the wire.
#![cfg(feature = "test-util")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_parts::models::SendAlbumBodyIndex;
use corpus_parts::operations::{self, SendAlbum, SendScan};
use corpus_parts::runtime::mock::Mock;
use corpus_parts::runtime::{Body, FilePart, RetryPolicy, transport_fn};
use corpus_parts::Client;

fn album() -> SendAlbum {
    operations::send_album("July", FilePart::from("cover").header("X-Width", "640"))
}

/// The parts of a body in memory, without the blank lines and boundaries around them.
fn parts(request: &http::Request<Body>) -> Vec<String> {
    let media_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
    let text = text.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    text.split(&format!("--{boundary}\r\n")).skip(1).map(|part| part.trim_end().replace("\r\n", "|")).collect()
}

#[test]
fn each_part_has_its_name_media_type_and_headers() {
    let request = album()
        .notes("# July")
        .index(SendAlbumBodyIndex::default().page(3))
        .ratings(vec![4, 5])
        .thumbnail("Z2lm")
        .back(FilePart::new("back \"1\".png", "back"))
        .pages(FilePart::new("1.jpg", "page").header("X-Number", "1"))
        .pages(FilePart::from("page").media_type("image/webp").header("x-number", "2").header("X-More", "m"))
        .extra("extra")
        .either("either")
        .sheet("<sheet/>")
        .build()
        .unwrap();
    let head = "Content-Disposition: form-data; name=";
    assert_eq!(
        parts(&request),
        [
            format!("{head}\"title\"|Content-Type: text/html||July"),
            format!("{head}\"notes\"|Content-Type: text/markdown||# July"),
            format!("{head}\"index\"|Content-Type: application/json||{{\"page\":3}}"),
            format!("{head}\"ratings\"|Content-Type: text/plain||4"),
            format!("{head}\"ratings\"|Content-Type: text/plain||5"),
            format!("{head}\"thumbnail\"|Content-Type: image/gif||Z2lm"),
            format!("{head}\"cover\"; filename=\"cover\"|Content-Type: image/png|X-Width: 640||cover"),
            format!("{head}\"back\"; filename=\"back %221%22.png\"|Content-Type: application/octet-stream||back"),
            format!("{head}\"pages\"; filename=\"1.jpg\"|Content-Type: image/jpeg|X-Number: 1||page"),
            format!("{head}\"pages\"; filename=\"pages\"|Content-Type: image/webp|x-number: 2|X-More: m||page"),
            format!("{head}\"extra\"; filename=\"extra\"|Content-Type: application/octet-stream||extra"),
            format!("{head}\"either\"; filename=\"either\"|Content-Type: application/octet-stream||either"),
            format!("{head}\"sheet\"; filename=\"sheet\"|Content-Type: application/xml||<sheet/>"),
        ]
    );
}

#[test]
fn what_the_document_requires_of_a_part_is_checked() {
    let error = operations::send_album("July", "cover").pages("page").build().unwrap_err().to_string();
    assert!(error.contains("cover: the part needs the header X-Width"), "{error}");
    assert!(error.contains("pages: the part needs the header X-Number"), "{error}");
}

#[test]
fn a_body_that_is_a_file_is_the_part_file() {
    let request = operations::send_scan("scan").build().unwrap();
    let expected =
        "Content-Disposition: form-data; name=\"file\"; filename=\"file\"|Content-Type: application/octet-stream||scan";
    assert_eq!(parts(&request), [expected]);
    let request = operations::send_scans().file("1").file("2").build().unwrap();
    assert_eq!(parts(&request).len(), 2);
}

#[test]
fn a_property_of_a_form_can_be_json() {
    let request = operations::send_form().tags(vec!["a".to_owned(), "b".to_owned()]).build().unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), "tags=%5B%22a%22%2C%22b%22%5D");
}

#[tokio::test]
async fn each_attempt_has_a_boundary_of_its_own() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let transport = transport_fn(move |request: http::Request<Body>| {
        let _ = sender.send(request.headers()["content-type"].to_str().unwrap().to_owned());
        let mut response = http::Response::new("".into());
        *response.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
        async { Ok(response) }
    });
    let delay = std::time::Duration::from_millis(1);
    let retry = RetryPolicy::new(3).delays(delay, delay);
    let client = Client::builder().base_url("https://x.test").transport(transport).retry(retry).build().unwrap();
    operations::send_scan("scan").send(&client).await.unwrap_err();
    let mut seen = std::collections::BTreeSet::new();
    while let Ok(media_type) = receiver.try_recv() {
        seen.insert(media_type);
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[tokio::test]
async fn a_mock_compares_bodies_whatever_their_boundaries() {
    let mock = Mock::new();
    mock.expect(&operations::send_scan("scan")).unwrap().returns(());
    operations::send_scan("scan").send(&mock.client()).await.unwrap();
    mock.verify().unwrap();
    assert_eq!(mock.calls::<SendScan>(), [operations::send_scan("scan")]);
    assert_ne!(mock.calls::<SendScan>(), [operations::send_scan("other")]);
}
