//! One client of services on two servers, each described by a document of its own.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::sync::{Arc, Mutex};

use corpus_several_documents::invoices::GetInvoiceError;
use corpus_several_documents::models::{ErrorModel, InvoiceStatus, Money, Status};
use corpus_several_documents::orders::GetOrderError;
use corpus_several_documents::runtime::Error;
use corpus_several_documents::{Client, billing_get_health, get_health, invoices, orders, servers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A server on this machine, and the heads of the requests that it has got.
struct Server {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers requests with the status and the JSON that `answer` gives for the first line.
    async fn start(answer: fn(&str) -> (u16, &'static str)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let log = heads.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut head = Vec::new();
                let mut buffer = [0; 1024];
                while !head.ends_with(b"\r\n\r\n") {
                    match stream.read(&mut buffer).await {
                        Ok(0) | Err(_) => break,
                        Ok(count) => head.extend_from_slice(&buffer[..count]),
                    }
                }
                let head = String::from_utf8(head).unwrap().to_lowercase();
                let (status, body) = answer(head.lines().next().unwrap_or_default());
                log.lock().unwrap().push(head);
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status} Answer\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { url, heads }
    }

    /// The last request's first line and whether it has `text`.
    fn last(&self, text: &str) -> (String, bool) {
        let heads = self.heads.lock().unwrap();
        let head = heads.last().unwrap();
        (head.lines().next().unwrap().to_owned(), head.contains(text))
    }
}

/// What both documents call an error is one type.
fn message(error: &ErrorModel) -> (&str, Option<i64>) {
    (&error.message, error.detail.code)
}

#[tokio::test]
async fn each_operation_goes_to_the_server_of_its_document() {
    let orders_server = Server::start(|line| match line {
        line if line.contains("/orders/7") => {
            (200, r#"{"id":"7","status":"open","total":{"amount":"1.50","currency":"EUR"}}"#)
        }
        line if line.contains("/health") => (204, ""),
        _ => (404, r#"{"message":"no order","detail":{"code":1}}"#),
    })
    .await;
    let billing_server = Server::start(|line| match line {
        line if line.contains("/invoices/7") => {
            (200, r#"{"id":"7","status":"due","total":{"amount":"1.50","currency":"EUR"}}"#)
        }
        line if line.contains("/health") => (204, ""),
        _ => (404, r#"{"message":"no invoice","detail":{"code":2}}"#),
    })
    .await;
    let client = Client::builder()
        .allow_http()
        .base_url(format!("{}/v1", orders_server.url))
        .server(servers::billing_example_v2(), format!("{}/v2", billing_server.url))
        .credential("token", "for-orders")
        .credential("billing token", "for-billing")
        .build()
        .unwrap();

    let order = orders::get_order("7").send(&client).await.unwrap();
    let (line, has_token) = orders_server.last("for-orders");
    assert!(line.starts_with("get /v1/orders/7 ") && has_token, "{line}");
    let invoice = invoices::get_invoice("7").send(&client).await.unwrap();
    let (line, has_token) = billing_server.last("for-billing");
    assert!(line.starts_with("get /v2/invoices/7 ") && has_token, "{line}");
    // Types that only have the same name are two, and a file that both refer to is one.
    assert_eq!((order.status, invoice.status), (Status::Open, InvoiceStatus::Due));
    let total: Money = order.total;
    assert_eq!(total, invoice.total);
    assert!(orders_server.heads.lock().unwrap().iter().all(|head| !head.contains("for-billing")));
    assert!(billing_server.heads.lock().unwrap().iter().all(|head| !head.contains("for-orders")));

    let Err(Error::Api(GetOrderError::Default(failure))) = orders::get_order("8").send(&client).await else {
        panic!("a failure");
    };
    assert_eq!(message(failure.body.as_deref().unwrap()), ("no order", Some(1)));
    let Err(Error::Api(GetInvoiceError::Default(failure))) = invoices::get_invoice("8").send(&client).await
    else {
        panic!("a failure");
    };
    assert_eq!(message(failure.body.as_deref().unwrap()), ("no invoice", Some(2)));

    get_health().send(&client).await.unwrap();
    assert!(orders_server.last("").0.starts_with("get /v1/health "));
    billing_get_health().send(&client).await.unwrap();
    assert!(billing_server.last("").0.starts_with("get /v2/health "));
}
