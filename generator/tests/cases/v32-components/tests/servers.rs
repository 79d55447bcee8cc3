//! Servers have the names that the document gives them.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_v32_components::models::Book;
use corpus_v32_components::{books, servers};

#[test]
fn servers_have_names() {
    assert_eq!(servers::production(), "https://shelf.example");
    assert_eq!(servers::try_it_out(), "https://test.shelf.example");
    assert_eq!(servers::server_3(), "https://other.shelf.example");
    assert_eq!(servers::only_books(), "https://books.example");
}

#[test]
fn media_types_are_shared() {
    let request = books::add("A").filter(Book::new("B")).build().unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"title":"A"}"#);
    assert_eq!(request.uri().to_string(), "https://books.example/books?filter=%7B%22title%22%3A%22B%22%7D");
}
