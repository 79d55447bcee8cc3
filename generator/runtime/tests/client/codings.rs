//! Content codings: what requests ask for, and bodies that have codings, whole, broken and as streams.

use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use futures_util::stream;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderValue, Method};
use openapi_rust_runtime::{
    AttemptOutcome, CallOptions, Error, Hooks, InDocument, ItemFormat, Json, Operation, OperationInfo, Reply,
    RequestWriter, ResponseBody, RetryPolicy, StreamError, Streamed, TransportErrorKind, transport_fn,
};

use super::document::{Document, FACTS};
use super::operations::{CallError, Client, Get};
use super::server::{Answer, Server};

const TEXT: &str = r#"{"name":"Bella","name2":"Bella"}"#;

/// `TEXT` in the coding br.
const BR: &[u8] = &[
    27, 31, 0, 0, 4, 114, 113, 228, 207, 163, 97, 24, 89, 16, 22, 72, 87, 43, 242, 200, 36, 2, 73, 161, 248,
    230, 216, 154, 38, 200, 93, 67, 116, 60,
];

/// The lines 1 and 2, flushed, and the line 3, in the coding br.
const BR_LINES: [&[u8]; 2] = [&[139, 1, 128, 49, 10, 50, 10], &[8, 0, 8, 51, 10, 3]];

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn raw_deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoded = vec![0; zstd_safe::compress_bound(bytes.len())];
    let length = zstd_safe::compress(&mut encoded[..], bytes, 3).unwrap();
    encoded.truncate(length);
    encoded
}

/// A client of a transport that answers each request with `body` in these codings, in chunks of `size` bytes.
fn answered(codings: &'static str, body: Vec<u8>, size: usize) -> Client {
    let transport = transport_fn(move |_| {
        let chunks: Vec<_> = body.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        let mut response = http::Response::new(ResponseBody::stream(stream::iter(chunks)));
        let headers = response.headers_mut();
        headers.insert(CONTENT_LENGTH, body.len().into());
        for coding in codings.split(';') {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        std::future::ready(Ok(response))
    });
    let builder = Client::builder().base_url("https://a.test").bearer_token("token");
    builder.transport(transport).response_limit(100_000).retry(RetryPolicy::never()).build().unwrap()
}

async fn kind(codings: &'static str, body: Vec<u8>) -> (TransportErrorKind, String) {
    match answered(codings, body, 7).send(&Get).await {
        Err(Error::Transport(error)) => (error.kind(), error.to_string()),
        other => panic!("{codings}: {other:?}"),
    }
}

#[tokio::test]
async fn each_coding_in_chunks_of_any_size() {
    let text = TEXT.as_bytes();
    let members = [gzip(&text[..9]), gzip(b""), gzip(&text[9..])].concat();
    let frames = [zstd(&text[..9]), zstd(&text[9..])].concat();
    for (codings, body) in [
        ("gzip", gzip(text)),
        ("X-GZip", gzip(text)),
        ("gzip", members),
        ("deflate", zlib(text)),
        ("deflate", raw_deflate(text)),
        ("br", BR.to_vec()),
        ("zstd", zstd(text)),
        ("zstd", frames),
        ("identity", text.to_vec()),
        ("gzip, identity,,br;zstd", zstd(&stored_br(&gzip(text)))),
        ("br, gzip", gzip(BR)),
        ("gzip;gzip", gzip(&gzip(text))),
    ] {
        for size in [1, 3, 1000] {
            let response = answered(codings, body.clone(), size).respond(&Get).await;
            let response = response.unwrap_or_else(|error| panic!("{codings} by {size}: {error}"));
            let headers = response.headers();
            assert!(!headers.contains_key(CONTENT_ENCODING), "{codings}");
            assert_eq!(headers.contains_key(CONTENT_LENGTH), codings == "identity", "{codings}");
            assert_eq!(serde_json::to_string(response.body()).unwrap(), TEXT, "{codings} by {size}");
        }
    }
}

/// `bytes`, at most 256 of them, in the coding br: one block that isn't compressed (RFC 7932, section 9.2).
fn stored_br(bytes: &[u8]) -> Vec<u8> {
    // A window of 16 bits: `0`. Not the last: `0`. Four nibbles of length: `00`. Uncompressed: `1`.
    let header = ((bytes.len() as u32 - 1) << 4) | 1 << 20;
    [&header.to_le_bytes()[..3], bytes, &[3]].concat()
}

#[tokio::test]
async fn what_is_asked_for() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    let transport = transport_fn(move |request| {
        let value = request.headers().get(ACCEPT_ENCODING).map(|value| value.to_str().unwrap().to_owned());
        log.lock().unwrap().push(value.unwrap_or_default());
        std::future::ready(Ok(http::Response::new("{}".into())))
    });
    let builder = Client::builder().base_url("https://a.test").bearer_token("token");
    let client = builder.transport(transport).build().unwrap();
    client.send(&Get).await.unwrap();
    client.stream(&Get).await.unwrap();
    let with = |name, value| client.with(CallOptions::new().header(name, HeaderValue::from_static(value)));
    with(http::header::RANGE, "bytes=0-9").send(&Get).await.unwrap();
    with(ACCEPT_ENCODING, "compress").send(&Get).await.unwrap();
    let all = "zstd, br, gzip";
    assert_eq!(*asked.lock().unwrap(), [all, all, "identity", "compress"]);
}

#[tokio::test]
async fn broken_codings_are_errors() {
    use TransportErrorKind::{ContentCoding, Truncated};
    let text = TEXT.as_bytes();
    for (codings, body) in
        [("gzip", gzip(text)), ("deflate", zlib(text)), ("br", BR.to_vec()), ("zstd", zstd(text))]
    {
        for length in [1, 5, body.len() - 1] {
            let (found, message) = kind(codings, body[..length].to_vec()).await;
            assert_eq!(found, Truncated, "{codings}: {message}");
        }
        let (found, message) = kind(codings, [&body[..], b"more"].concat()).await;
        assert_eq!(found, ContentCoding, "{codings}: {message}");
        let (found, message) = kind(codings, TEXT.replace("Bella", "\u{1}").into_bytes()).await;
        assert_eq!(found, ContentCoding, "{codings}: {message}");
    }
    let mut checksum = gzip(text);
    let at = checksum.len() - 5;
    checksum[at] ^= 1;
    assert_eq!(kind("gzip", checksum).await.0, ContentCoding);
    // A frame of zstd whose window is of 16 MiB.
    let wide = [0x28, 0xb5, 0x2f, 0xfd, 0, 14 << 3, 1, 0, 0].to_vec();
    assert_eq!(kind("zstd", wide).await.0, ContentCoding);
    for (codings, said) in [
        ("compress", "compress isn't known"),
        ("gzip, aes128gcm", "aes128gcm isn't known"),
        ("gzip,gzip,gzip,gzip,gzip", "more than 4"),
    ] {
        let (found, message) = kind(codings, gzip(text)).await;
        assert!(found == ContentCoding && message.contains(said), "{message}");
    }
}

/// A part can't be decoded by itself. What the server calls its coding is printed on one line.
#[tokio::test]
async fn a_part_with_a_coding_is_an_error() {
    let transport = transport_fn(move |_| {
        let mut response = http::Response::new(ResponseBody::from(Bytes::from_static(b"x")));
        *response.status_mut() = http::StatusCode::PARTIAL_CONTENT;
        let coding = HeaderValue::from_bytes(b"gz\tip, br").unwrap();
        response.headers_mut().insert(CONTENT_ENCODING, coding);
        std::future::ready(Ok(response))
    });
    let builder = Client::builder().base_url("https://a.test").bearer_token("token").transport(transport);
    let error = builder.retry(RetryPolicy::never()).build().unwrap().send(&Get).await.unwrap_err();
    let message = format!("{error} {error:?}");
    assert!(message.contains("a part of a body can't be decoded (gz ip, br)"), "{message}");
}

#[tokio::test]
async fn the_limit_is_on_what_is_decoded() {
    let spaces = |count| [b"{", &vec![b' '; count][..], b"}"].concat();
    for (codings, encode) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("zstd", zstd)] {
        assert!(answered(codings, encode(&spaces(99_998)), 1 << 20).send(&Get).await.is_ok());
        let (found, message) = kind(codings, encode(&spaces(99_999))).await;
        assert_eq!(found, TransportErrorKind::TooLarge, "{message}");
        let bomb = encode(&spaces(4 << 20));
        assert_eq!(kind(codings, bomb.clone()).await.0, TransportErrorKind::TooLarge);
        assert_eq!(kind("gzip, gzip", gzip(&gzip(&spaces(4 << 20)))).await.0, TransportErrorKind::TooLarge);
    }
}

#[tokio::test]
async fn input_without_output_is_stopped_by_the_time_limit() {
    let empty = Bytes::from(gzip(b""));
    let transport = transport_fn(move |_| {
        let empty = empty.clone();
        let chunks = stream::repeat_with(move || Ok(empty.clone()));
        let mut response = http::Response::new(ResponseBody::stream(chunks));
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        std::future::ready(Ok(response))
    });
    let builder = Client::builder().base_url("https://a.test").bearer_token("token").transport(transport);
    let client = builder.timeout(Duration::from_millis(50)).retry(RetryPolicy::never()).build().unwrap();
    assert!(matches!(client.send(&Get).await, Err(Error::Timeout(_))));
}

#[tokio::test]
async fn responses_without_a_body_are_left_alone() {
    struct Head;
    impl InDocument for Head {
        type Document = Document;
    }
    impl Operation for Head {
        type Output = ();
        type Error = CallError;
        const INFO: &'static OperationInfo = &OperationInfo {
            id: "Head",
            method: Method::HEAD,
            path: "/pets/{id}",
            security: &[],
            facts: &FACTS,
        };
        fn write(&self, request: &mut RequestWriter) {
            request.path("/pets/1");
        }
        fn read(reply: &Reply) -> Result<(), Error<CallError>> {
            reply.nothing(())
        }
    }
    let server = Server::start(false, |_, request| {
        let (status, length) =
            if request.line().starts_with("HEAD") { ("200 OK", 50) } else { ("204 No Content", 0) };
        let length = if length > 0 { format!("content-length: {length}\r\n") } else { String::new() };
        Answer::Send(format!("HTTP/1.1 {status}\r\ncontent-encoding: gzip\r\n{length}\r\n").into_bytes())
    })
    .await;
    let client = server.client().build().unwrap();
    let head = client.respond(&Head).await.unwrap();
    assert_eq!(head.headers()[CONTENT_ENCODING], "gzip");
    assert_eq!(head.headers()[CONTENT_LENGTH], "50");
    assert!(matches!(client.send(&Get).await, Err(Error::Unexpected(response)) if response.status == 204));
    assert_eq!(server.requests()[0].header("accept-encoding"), Some("zstd, br, gzip"));
    // A body that isn't there has no end either.
    let empty = answered("gzip", Vec::new(), 1).send(&Get).await;
    assert_eq!(serde_json::to_string(&empty.unwrap()).unwrap(), "null");
}

#[tokio::test]
async fn a_failure_is_decoded_too() {
    let body = gzip(br#"{"message":"Not yours"}"#);
    let answer = [
        b"HTTP/1.1 403 Forbidden\r\ncontent-encoding: gzip\r\n".to_vec(),
        format!("content-length: {}\r\n\r\n", body.len()).into_bytes(),
        body,
    ]
    .concat();
    let server = Server::start(false, move |_, _| Answer::Send(answer.clone())).await;
    let error = server.client().build().unwrap().send(&Get).await.unwrap_err();
    assert!(error.to_string().contains("Not yours"), "{error}");
}

#[tokio::test]
async fn a_coding_that_the_caller_asks_for_is_left_to_the_caller() {
    let own = CallOptions::new().header(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    let client = answered("gzip", gzip(TEXT.as_bytes()), 10).with(own);
    let error = client.send(&Get).await.unwrap_err();
    assert!(format!("{error:#}").contains("it has the content coding gzip"), "{error:#}");
    let mut body = client.stream(&Get).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = body.chunk().await.unwrap() {
        bytes.extend_from_slice(&chunk);
    }
    assert_eq!(bytes, gzip(TEXT.as_bytes()));
    let error = client.stream_items(Lines).await.unwrap_err();
    assert!(error.to_string().contains("gzip was asked for by the caller"), "{error}");
    let mut events = client.stream(&Get).await.unwrap().events();
    assert!(matches!(events.next().await, Err(StreamError::Transport(_))));
}

struct Lines;

impl InDocument for Lines {
    type Document = Document;
}

impl Operation for Lines {
    type Output = Json;
    type Error = CallError;
    const INFO: &'static OperationInfo = Get::INFO;

    fn write(&self, request: &mut RequestWriter) {
        request.path("/lines");
    }

    fn read(reply: &Reply) -> Result<Json, Error<CallError>> {
        reply.json()
    }
}

impl Streamed for Lines {
    type Item = i64;
    const FORMAT: ItemFormat = ItemFormat::LINES;
}

#[tokio::test]
async fn items_are_decoded_as_they_arrive() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"1\n2\n").unwrap();
    encoder.flush().unwrap();
    let first = std::mem::take(encoder.get_mut());
    encoder.write_all(b"3\n").unwrap();
    let by_gzip = [first, encoder.finish().unwrap()];
    let by_zstd = [zstd(b"1\n2\n"), zstd(b"3\n")];
    for (coding, parts) in [("gzip", by_gzip), ("br", BR_LINES.map(<[u8]>::to_vec)), ("zstd", by_zstd)] {
        let (sender, receiver) = tokio::sync::mpsc::unbounded_channel::<Bytes>();
        let receiver = Arc::new(tokio::sync::Mutex::new(receiver));
        let transport = transport_fn(move |_| {
            let receiver = receiver.clone();
            let next = |receiver: Arc<tokio::sync::Mutex<tokio::sync::mpsc::UnboundedReceiver<Bytes>>>| async move {
                let chunk = receiver.lock().await.recv().await;
                chunk.map(|chunk| (Ok(chunk), receiver))
            };
            let mut response = http::Response::new(ResponseBody::stream(stream::unfold(receiver, next)));
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
            std::future::ready(Ok(response))
        });
        let builder = Client::builder().base_url("https://a.test").bearer_token("token");
        let client = builder.transport(transport).timeout(Duration::from_secs(5)).build().unwrap();
        let [first, second] = parts.map(Bytes::from);
        sender.send(first).unwrap();
        let mut items = client.stream_items(Lines).await.unwrap();
        assert_eq!(items.try_next().await.unwrap(), Some(1), "{coding}");
        assert_eq!(items.try_next().await.unwrap(), Some(2), "{coding}");
        sender.send(second).unwrap();
        assert_eq!(items.try_next().await.unwrap(), Some(3), "{coding}");
        drop(sender);
        assert_eq!(items.try_next().await.unwrap(), None, "{coding}");
    }
}

#[tokio::test]
async fn a_token_may_have_a_coding() {
    let token = gzip(br#"{"access_token":"t","token_type":"Bearer"}"#);
    let transport = transport_fn(move |request| {
        let is_token = request.uri().path().starts_with("/oauth");
        assert!(request.headers().contains_key(ACCEPT_ENCODING));
        assert!(is_token || request.headers()["authorization"] == "Bearer t");
        let mut response = http::Response::new(if is_token { token.clone().into() } else { "{}".into() });
        if is_token {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        std::future::ready(Ok(response))
    });
    let credentials = openapi_rust_runtime::ClientCredentials::new("id", "secret");
    let builder = Client::builder().base_url("https://a.test/v1").transport(transport);
    builder.client_credentials(credentials).build().unwrap().send(&Get).await.unwrap();
}

#[tokio::test]
async fn hooks_see_the_response_without_its_coding() {
    #[derive(Clone, Default)]
    struct Seen(Arc<Mutex<usize>>);
    impl Hooks for Seen {
        fn after_attempt(&self, _: &openapi_rust_runtime::Attempt, outcome: &AttemptOutcome<'_>) {
            let (_, headers) = outcome.result.unwrap();
            assert!(!headers.contains_key(CONTENT_ENCODING));
            *self.0.lock().unwrap() += 1;
        }
    }
    let seen = Seen::default();
    let answer = [
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: {}\r\n\r\n", BR.len()).as_bytes(),
        BR,
    ]
    .concat();
    let server = Server::start(true, move |_, _| Answer::Send(answer.clone())).await;
    server.client().hooks(seen.clone()).build().unwrap().send(&Get).await.unwrap();
    assert_eq!(*seen.0.lock().unwrap(), 1);
}
