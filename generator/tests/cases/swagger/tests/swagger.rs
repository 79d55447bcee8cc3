//! Calls to operations of a Swagger 2.0 document, as a real server on this machine gets them.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_swagger::models::{Plant, Tree};
use corpus_swagger::operations::{self, plants};
use corpus_swagger::runtime::FilePart;
use corpus_swagger::{Client, servers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A client, and what the server gets until `end`. The server answers with `answer`.
async fn serve(end: &'static str, answer: String) -> (Client, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v2", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut request, mut buffer) = (String::new(), vec![0; 1 << 16]);
        while !request.ends_with(end) {
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the request ended before {end:?}");
            request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        request
    });
    let client = Client::builder().every_server(url).credential("key", "k").basic("me", "pass");
    (client.build().unwrap(), server)
}

/// A response.
fn answer(status: &str, more: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{more}content-length: {}\r\n\r\n{body}", body.len())
}

const JSON: &str = "content-type: application/json\r\n";

#[tokio::test]
async fn parameters_and_keys() {
    let elm = "[{\"kind\":\"Tree\",\"name\":\"Elm\",\"height\":12.5,\"x\":1}]";
    let list = answer("200 OK", &format!("{JSON}x-total: 1\r\n"), elm);
    let (client, server) = serve("\r\n\r\n", list).await;
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let list = plants::list_plants()
        .limit(5)
        .ids(vec![1, 2])
        .colours(words("red blue"))
        .words(words("a b"))
        .sizes(words("s m"))
        .x_beds(words("x y"));
    let response = client.respond(&list).await.unwrap();
    assert_eq!(plants::ListPlantsHeaders::from(response.headers()).x_total, Some(1));
    assert!(matches!(&response.body()[..], [Plant::Tree(tree)] if tree.name == "Elm"));
    let request = server.await.unwrap();
    let line = "GET /v2/plants?limit=5&ids=1,2&colours=red&colours=blue&words=a%20b&sizes=s%7Cm HTTP/1.1\r\n";
    assert!(request.starts_with(line), "{request}");
    let request = request.to_lowercase();
    assert!(request.contains("x-beds: x,y\r\n") && request.contains("x-garden-key: k\r\n"), "{request}");
}

#[tokio::test]
async fn bodies() {
    let added = answer("201 Created", JSON, "{\"kind\":\"Tree\",\"name\":\"Elm\"}");
    let (client, server) = serve("}", added).await;
    plants::add_plant(Tree::new("Elm")).send(&client).await.unwrap();
    let request = server.await.unwrap();
    assert!(request.starts_with("POST /v2/plants HTTP/1.1\r\n"), "{request}");
    assert!(request.to_lowercase().contains("content-type: application/json\r\n"), "{request}");
    assert!(request.contains("\r\n\r\n{\"kind\":\"Tree\",\"name\":\"Elm\"}"), "{request}");

    let (client, server) = serve("a,b\n", answer("202 Accepted", "", "")).await;
    operations::import_plants().body("a,b\n").send(&client).await.unwrap();
    assert!(server.await.unwrap().to_lowercase().contains("content-type: text/csv\r\n"));
}

#[tokio::test]
async fn forms() {
    let (client, server) = serve("note=tall%21", answer("204 No Content", "", "")).await;
    let beds = vec!["1".to_owned(), "2".to_owned()];
    plants::describe_plant(7, "Elm & Co").beds(beds).note("tall!").send(&client).await.unwrap();
    let request = server.await.unwrap();
    assert!(request.starts_with("POST /v2/plants/7 HTTP/1.1\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\nname=Elm%20%26%20Co&beds=1,2&note=tall%21"), "{request}");

    let picture = answer("200 OK", "content-type: image/png\r\n", "PNG");
    let (client, server) = serve("--\r\n", picture).await;
    let photo = FilePart::new("elm.png", "pixels");
    let small = plants::photograph_plant(7, photo).note("tall").send(&client).await.unwrap();
    assert_eq!(&small[..], b"PNG");
    let request = server.await.unwrap();
    assert!(request.to_lowercase().contains("content-type: multipart/form-data; boundary="), "{request}");
    assert!(request.contains("name=\"photo\"; filename=\"elm.png\"") && request.contains("pixels"), "{request}");
    assert!(request.contains("name=\"note\"") && request.contains("\r\n\r\ntall\r\n"), "{request}");
}

#[test]
fn servers_are_made_of_host_and_base_path() {
    assert_eq!(servers::default(), "https://garden.example/v2");
}
