//! Calls to operations as two overlays have made them, as a real server on this machine gets them.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_overlays::models::{Author, Book};
use corpus_overlays::{Client, books, operations, servers};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A client, and the head of the request that its server gets. The server answers with the JSON `body`.
async fn serve(body: &'static str) -> (Client, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut request, mut buffer) = (String::new(), vec![0; 1 << 14]);
        while !request.ends_with("\r\n\r\n") {
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the request ended early: {request}");
            request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
        let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
        request
    });
    (Client::builder().base_url(url).build().unwrap(), server)
}

/// The first overlay names the operation, gives `pages` its type and adds `author`; the second one makes `page` an integer and
/// adds `size`.
#[tokio::test]
async fn an_updated_operation() {
    let (client, server) = serve(r#"[{"title":"Emma","pages":474,"author":{"name":"Jane"}},{"title":"Ulysses"}]"#).await;
    let list: Vec<Book> = books::list_books().page(2).size(10).send(&client).await.unwrap();
    let pages: Vec<Option<i64>> = list.iter().map(|book| book.pages).collect();
    assert_eq!(pages, [Some(474), None]);
    assert_eq!(list[0].author, Some(Author::new("Jane")));
    assert!(server.await.unwrap().starts_with("GET /books?page=2&size=10 HTTP/1.1\r\n"));
}

/// In the document `pages` is a string, a book needs no title, and there is no author, who needs a name.
#[tokio::test]
async fn what_the_document_says_is_replaced() {
    let (client, server) = serve(r#"[{"pages":474}]"#).await;
    assert!(books::list_books().send(&client).await.is_err());
    server.await.unwrap();

    let (client, server) = serve(r#"[{"title":"Emma","author":{}}]"#).await;
    let list = books::list_books().send(&client).await.unwrap();
    assert_eq!((&list[0].author, &list[0].additional_properties["author"]), (&None, &json!({})));
    server.await.unwrap();
    assert_eq!(serde_json::to_value(Book::new("Emma").pages(474)).unwrap(), json!({"title": "Emma", "pages": 474}));
}

/// The second overlay copies the parameters of the books to the shelves.
#[tokio::test]
async fn a_copied_list_of_parameters() {
    let (client, server) = serve(r#"["fiction"]"#).await;
    assert_eq!(operations::list_shelves().page(3).send(&client).await.unwrap(), ["fiction"]);
    assert!(server.await.unwrap().starts_with("GET /shelves?page=3 HTTP/1.1\r\n"));
}

#[test]
fn servers_stay_as_they_are() {
    assert_eq!(servers::default(), "https://library.example");
}
