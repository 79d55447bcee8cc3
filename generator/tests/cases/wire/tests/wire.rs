//! Generated builders and the client, seen from the wire: the OpenAPI table of styles row by row, and bodies, streams
//! and headers against a real server on this machine.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::time::Duration;

use corpus_wire::models::Rgb;
use corpus_wire::operations::{self, upload};
use corpus_wire::runtime::{Body, FilePart, InvalidRequest};
use corpus_wire::{Client, models};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn colours() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).to_vec()
}

fn rgb() -> Rgb {
    Rgb::default().r(100).g(200).b(150)
}

fn uri(request: Result<http::Request<Body>, InvalidRequest>) -> String {
    request.unwrap().uri().to_string()
}

#[test]
fn parameters_with_content_are_json() {
    let json = r#"{"R":100,"G":200,"B":150}"#;
    let encoded = "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D";
    let request = operations::json(rgb(), "").q(vec!["a,b".to_owned()]).x_h(rgb()).x_s("é, \"x\"");
    let request = request.c(rgb()).d(1).t("{}").build().unwrap();
    let expected = format!("/json/{encoded}/%22%22?q=%5B%22a%2Cb%22%5D&t=%7B%7D");
    assert_eq!(request.uri().to_string(), expected);
    assert_eq!(request.headers()["x-h"], json);
    assert_eq!(request.headers()["x-s"], r#""\u00e9, \"x\"""#);
    assert_eq!(request.headers()["cookie"], format!("c={encoded}; d=1"));
}

#[test]
fn path_styles() {
    use operations::{label, label_exploded, matrix, matrix_exploded, simple, simple_exploded};
    for (built, expected) in [
        (
            matrix("blue", colours(), rgb()).build(),
            "/matrix/;s=blue/;a=blue,black,brown/;o=R,100,G,200,B,150",
        ),
        (
            matrix_exploded("blue", colours(), rgb()).build(),
            "/matrix_exploded/;s=blue/;a=blue;a=black;a=brown/;R=100;G=200;B=150",
        ),
        (matrix("", Vec::new(), Rgb::default()).build(), "/matrix/;s/;a/;o"),
        (matrix_exploded("", Vec::new(), Rgb::default()).build(), "/matrix_exploded/;s/;/;"),
        (label("blue", colours(), rgb()).build(), "/label/.blue/.blue,black,brown/.R,100,G,200,B,150"),
        (
            label_exploded("blue", colours(), rgb()).build(),
            "/label_exploded/.blue/.blue.black.brown/.R=100.G=200.B=150",
        ),
        (simple("blue", colours(), rgb()).build(), "/simple/blue/blue,black,brown/R,100,G,200,B,150"),
        (
            simple_exploded("blue", colours(), rgb()).build(),
            "/simple_exploded/blue/blue,black,brown/R=100,G=200,B=150",
        ),
        (
            simple("a/b?c#d e,f%", vec!["/".to_owned(), ",".to_owned()], rgb()).build(),
            "/simple/a%2Fb%3Fc%23d%20e%2Cf%25/%2F,%2C/R,100,G,200,B,150",
        ),
    ] {
        assert_eq!(uri(built), expected);
    }
    // An empty segment, or one of dots, would be another path.
    for built in [
        simple("", colours(), rgb()).build(),
        simple("blue", Vec::new(), rgb()).build(),
        simple("blue", colours(), Rgb::default()).build(),
        simple_exploded("blue", Vec::new(), rgb()).build(),
        simple_exploded("blue", colours(), Rgb::default()).build(),
        label("", colours(), rgb()).build(),
        label("blue", Vec::new(), rgb()).build(),
        label("blue", colours(), Rgb::default()).build(),
        label_exploded("blue", Vec::new(), rgb()).build(),
        label_exploded("blue", colours(), Rgb::default()).build(),
    ] {
        assert!(built.is_err(), "{built:?}");
    }
}

#[test]
fn query_styles() {
    use operations::{deep, form, form_exploded, pipe, pipe_exploded, reserved, space, space_exploded};
    for (built, expected) in [
        (form().build(), "/form"),
        (form().e("").build(), "/form?e="),
        (form().s("blue").build(), "/form?s=blue"),
        (form().a(colours()).build(), "/form?a=blue,black,brown"),
        (form().o(rgb()).build(), "/form?o=R,100,G,200,B,150"),
        (form_exploded().e("").s("blue").build(), "/form_exploded?e=&s=blue"),
        (form_exploded().a(colours()).build(), "/form_exploded?a=blue&a=black&a=brown"),
        (form_exploded().o(rgb()).build(), "/form_exploded?R=100&G=200&B=150"),
        (space().a(colours()).build(), "/space?a=blue%20black%20brown"),
        (space().o(rgb()).build(), "/space?o=R%20100%20G%20200%20B%20150"),
        (pipe().a(colours()).build(), "/pipe?a=blue%7Cblack%7Cbrown"),
        (pipe().o(rgb()).build(), "/pipe?o=R%7C100%7CG%7C200%7CB%7C150"),
        // With `explode`, these two separate nothing: it is as with `form`.
        (space_exploded().a(colours()).build(), "/space_exploded?a=blue&a=black&a=brown"),
        (space_exploded().o(rgb()).build(), "/space_exploded?R=100&G=200&B=150"),
        (pipe_exploded().a(colours()).build(), "/pipe_exploded?a=blue&a=black&a=brown"),
        (pipe_exploded().o(rgb()).build(), "/pipe_exploded?R=100&G=200&B=150"),
        // RFC 6570 holds an empty list for undefined.
        (form().a(Vec::new()).o(Rgb::default()).build(), "/form"),
        (form_exploded().a(Vec::new()).o(Rgb::default()).build(), "/form_exploded"),
        (space().a(Vec::new()).o(Rgb::default()).build(), "/space"),
        (space_exploded().a(Vec::new()).o(Rgb::default()).build(), "/space_exploded"),
        (pipe().a(Vec::new()).o(Rgb::default()).build(), "/pipe"),
        (pipe_exploded().a(Vec::new()).o(Rgb::default()).build(), "/pipe_exploded"),
        (deep().o(Rgb::default()).build(), "/deep"),
        (deep().o(rgb()).build(), "/deep?o%5BR%5D=100&o%5BG%5D=200&o%5BB%5D=150"),
        (form().s("a&b=c d/é").build(), "/form?s=a%26b%3Dc%20d%2F%C3%A9"),
        (
            reserved().kept("a/b?c:d@e&f#g").encoded("a/b").build(),
            "/reserved?kept=a/b?c:d@e%26f%23g&encoded=a%2Fb",
        ),
        (
            reserved().json(rgb()).build(),
            "/reserved?json=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        ),
    ] {
        assert_eq!(uri(built), expected);
    }
}

#[test]
fn what_the_path_has_in_its_query() {
    assert_eq!(uri(operations::fixed().build()), "/a%20b?kind=list");
    assert_eq!(uri(operations::fixed().page(2).build()), "/a%20b?kind=list&page=2");
    assert_eq!(uri(operations::stop().action("Stop").build()), "/?Action=Stop");
}

#[test]
fn header_and_cookie_styles() {
    let header =
        |request: &http::Request<Body>, name: &str| request.headers()[name].to_str().unwrap().to_owned();
    let plain = operations::fields().x_s("blue").x_a(colours()).x_o(rgb());
    let plain = plain.s("a b;c").a(colours()).o(rgb()).build().unwrap();
    assert_eq!(header(&plain, "x-s"), "blue");
    assert_eq!(header(&plain, "x-a"), "blue,black,brown");
    assert_eq!(header(&plain, "x-o"), "R,100,G,200,B,150");
    assert_eq!(header(&plain, "cookie"), "s=a%20b%3Bc; a=blue,black,brown; o=R,100,G,200,B,150");
    let exploded = operations::fields_exploded().x_s("blue").x_a(colours()).x_o(rgb());
    let exploded = exploded.s("blue").a(colours()).o(rgb()).build().unwrap();
    assert_eq!(header(&exploded, "x-a"), "blue,black,brown");
    assert_eq!(header(&exploded, "x-o"), "R=100,G=200,B=150");
    assert_eq!(header(&exploded, "cookie"), "s=blue; a=blue; a=black; a=brown; R=100; G=200; B=150");
    // A field says that it is there; a cookie has no such form.
    let empty = operations::fields().x_s("").x_a(Vec::new()).x_o(Rgb::default());
    let empty = empty.s("").a(Vec::new()).o(Rgb::default()).build().unwrap();
    assert_eq!((&*header(&empty, "x-s"), &*header(&empty, "x-a"), &*header(&empty, "x-o")), ("", "", ""));
    assert_eq!(header(&empty, "cookie"), "s=");
}

/// Answers one request with `pieces`, a pause before each but the first; gives the request once its body has ended
/// with `end`.
async fn serve(end: &'static str, pieces: Vec<&'static str>) -> (Client, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        while !request.ends_with(end.as_bytes()) {
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the request ended before {end:?}");
            request.extend_from_slice(&buffer[..count]);
        }
        for piece in pieces {
            stream.write_all(piece.as_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        String::from_utf8(request).unwrap()
    });
    (Client::builder().base_url(url).build().unwrap(), server)
}

const DONE: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const CREATED: &str = "HTTP/1.1 201 Created\r\nx-position: 3\r\nlocation: /files/7\r\ncontent-type: application/json\r\n\
     content-length: 7\r\n\r\n{\"R\":1}";

/// What stands in `request` between the two.
fn part<'a>(request: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = request.split_once(start).unwrap_or_else(|| panic!("{start:?} is not in {request}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end:?} is not in {rest}")).0
}

#[tokio::test]
async fn a_file_beside_json_is_a_part_and_the_response_has_its_headers() {
    let (client, server) = serve("--\r\n", vec![CREATED]).await;
    let body = operations::UploadMultipart::new(models::UploadForm::new("July"), "a,b\n")
        .more(FilePart::new("b.txt", "more").media_type("text/plain"));
    let operation = upload(body);
    let response = client.respond(&operation).await.unwrap();
    let headers = operations::UploadHeaders::from(response.headers());
    assert_eq!((headers.x_position, headers.location.as_deref()), (Some(3), Some("/files/7")));
    assert_eq!(response.into_body().r, Some(1));
    let request = server.await.unwrap();
    assert!(request.starts_with("POST /files HTTP/1.1\r\n"), "{request}");
    let boundary = part(&request, "multipart/form-data; boundary=", "\r\n");
    assert_eq!(request.matches(&format!("--{boundary}")).count(), 4);
    let title = part(&request, "name=\"title\"", &format!("\r\n--{boundary}"));
    assert!(title.ends_with("\r\n\r\nJuly"), "{title}");
    let file = part(&request, "name=\"file\"", &format!("\r\n--{boundary}"));
    assert!(file.contains("Content-Type: text/csv") && file.ends_with("\r\n\r\na,b\n"), "{file}");
    let more = part(&request, "name=\"more\"", &format!("\r\n--{boundary}"));
    assert!(more.contains("filename=\"b.txt\"") && more.ends_with("\r\n\r\nmore"), "{more}");
}

#[tokio::test]
async fn the_same_operation_takes_json() {
    let (client, server) = serve("}", vec![CREATED]).await;
    assert_eq!(upload(rgb()).send(&client).await.unwrap().r, Some(1));
    let request = server.await.unwrap();
    assert!(request.to_lowercase().contains("content-type: application/json\r\n"), "{request}");
    assert!(request.ends_with(r#"{"R":100,"G":200,"B":150}"#), "{request}");
}

#[tokio::test]
async fn of_several_forms_the_one_that_can_be_read_is_asked_for() {
    let (client, server) = serve("\r\n\r\n", vec![CREATED]).await;
    // The document declares 200, the server answers 201 with what that has.
    assert_eq!(operations::choose().send(&client).await.unwrap().r, Some(1));
    let request = server.await.unwrap();
    assert!(request.to_lowercase().contains("accept: application/json\r\n"), "{request}");
}

#[tokio::test]
async fn what_breaks_a_limit_beside_a_file_is_refused() {
    let body = operations::UploadMultipart::new(models::UploadForm::new("much too long"), "a");
    let error = upload(body).build().unwrap_err();
    let expected = "POST /files: the request is not valid: title: at most 10 characters, has 13";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_file_from_the_disk_is_streamed() {
    let path = std::env::temp_dir().join(format!("wire-{}.csv", std::process::id()));
    std::fs::write(&path, "x,y\n".repeat(50_000)).unwrap();
    let (client, server) = serve("--\r\n", vec![DONE]).await;
    operations::replace("August", FilePart::open(&path).unwrap()).send(&client).await.unwrap();
    let request = server.await.unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(request.matches("x,y\n").count(), 50_000);
}

#[tokio::test]
async fn bytes_come_in_pieces() {
    let pieces = vec!["HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n", "abc", "def"];
    let (client, server) = serve("raw", pieces).await;
    let mut incoming = client.stream(&operations::echo("raw")).await.unwrap();
    let mut found = Vec::new();
    while let Some(chunk) = incoming.chunk().await.unwrap() {
        found.extend_from_slice(&chunk);
    }
    assert_eq!(found, b"abcdef");
    let request = server.await.unwrap().to_lowercase();
    assert!(request.contains("content-type: application/octet-stream"), "{request}");
}

#[tokio::test]
async fn events_come_one_by_one() {
    let pieces = vec![
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n",
        "id: 1\ndata: a\n",
        "\nevent: end\ndata: b\ndata: c\n\n",
    ];
    let (client, _server) = serve("\r\n\r\n", pieces).await;
    let mut events = client.stream(&operations::follow()).await.unwrap().events();
    let mut found = Vec::new();
    while let Some(event) = events.next().await.unwrap() {
        found.push((event.event, event.data));
    }
    let expected =
        [("message", "a"), ("end", "b\nc")].map(|(event, data)| (event.to_owned(), data.to_owned()));
    assert_eq!(found, expected);
}
