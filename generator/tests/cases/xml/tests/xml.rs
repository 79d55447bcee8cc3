//! Bodies in XML, to and from a real server.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_xml::models::{Cat, Customer, Dog, Line, Order, OrderState, Pet};
use corpus_xml::operations::{self, PlaceOrderError};
use corpus_xml::runtime::{Error, Json, Patch};
use corpus_xml::webhooks::Event;
use corpus_xml::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A server that answers one request with this; it returns the request's head and body.
async fn answers(status: &str, media_type: &str, body: &str) -> (Client, JoinHandle<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        loop {
            let mut part = vec![0; 1 << 16];
            let count = stream.read(&mut part).await.unwrap();
            request.extend_from_slice(&part[..count]);
            let text = String::from_utf8_lossy(&request).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let head = head.to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                stream.write_all(answer.as_bytes()).await.unwrap();
                stream.shutdown().await.unwrap();
                return (head, body.to_owned());
            }
        }
    });
    (Client::builder().base_url(url).build().unwrap(), server)
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

fn order() -> Order {
    let line = Line::new("a & b", 2).parts([Line::new("c", 1)]);
    let mut customer = Customer::default().name("<Ann>").anything(Json::from("x"));
    customer.labels = Some([("vip".to_owned(), 1)].into());
    let mut order = Order::new(7, [line], ["first".to_owned(), String::new()])
        .state(OrderState::Open)
        .placed("2030-01-02T03:04:05.60Z")
        .gift(false)
        .weight_null()
        .customer(customer);
    order.additional_properties.insert("more".to_owned(), "m".to_owned());
    order
}

const ORDER: &str = r#"<o:order xmlns:o="https://example.com/orders" id="7" is="open"><o:placed>2030-01-02T03:04:05.60Z</o:placed><gift>false</gift><weight xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/><order-lines><line><product>a &amp; b</product><count>2</count><line><product>c</product><count>1</count></line></line></order-lines><note>first</note><note/><customer><name>&lt;Ann&gt;</name><labels><vip>1</vip></labels><anything>x</anything></customer><more>m</more></o:order>"#;

#[tokio::test]
async fn an_order_goes_there_and_back() {
    let (client, server) = answers("201 Created", "application/xml; charset=utf-8", ORDER).await;
    let body = order();
    let placed = operations::place_order(body.id, body.lines.clone(), body.notes.clone()).body(body.clone());
    assert_eq!(placed.send(&client).await.unwrap(), body);
    let (head, sent) = server.await.unwrap();
    assert!(head.contains("content-type: application/xml"), "{head}");
    assert_eq!(sent, format!("{HEAD}{ORDER}"));
}

#[tokio::test]
async fn another_prefix_and_order_are_the_same_and_the_rest_is_kept() {
    let text = "<x:order xmlns:x='https://example.com/orders' is='lost' id='8'>\n  <note>n</note>\n  <gift>1</gift>\n  \
        <weight> 1.50 </weight><seen><![CDATA[<now>]]></seen><order-lines/></x:order>";
    let (client, server) = answers("200 OK", "text/xml", text).await;
    let order = operations::place_order(8, [], []).send(&client).await.unwrap();
    assert_eq!(order.state, Some(OrderState::Unknown("lost".to_owned())));
    assert_eq!((order.id, order.gift, order.notes.clone()), (8, Some(true), vec!["n".to_owned()]));
    let Patch::Value(weight) = &order.weight else { panic!("{order:?}") };
    assert_eq!(weight.to_string(), "1.50");
    assert_eq!(order.additional_properties["seen"], "<now>");
    assert!(server.await.unwrap().1.ends_with("<order-lines/></o:order>"));
}

#[tokio::test]
async fn what_doesn_t_fit_is_an_error_with_its_path() {
    for (text, expected) in [
        ("<order/>", "the root element is `order` instead of `order` of the namespace `https://example.com/orders`"),
        ("<o:order xmlns:o='https://example.com/orders'><order-lines/></o:order>", "id: missing"),
        (
            "<o:order xmlns:o='https://example.com/orders' id='1'><order-lines><line><product>a</product><count>many</count>\
             </line></order-lines></o:order>",
            "lines[0].count: expected a 32-bit integer",
        ),
        ("<o:order", "not XML: unfinished markup: line 1, column 1"),
    ] {
        let (client, _server) = answers("201 Created", "application/xml", text).await;
        let error = operations::place_order(1, [], []).send(&client).await.unwrap_err();
        let Error::Decode(error, _) = error else { panic!("{error}") };
        assert!(error.to_string().contains(expected), "{error} instead of {expected}");
    }
}

#[tokio::test]
async fn a_failure_has_its_body() {
    let problem = "<Problem><title>no</title></Problem>";
    let (client, _server) = answers("422 Unprocessable", "application/problem+xml", problem).await;
    let error = operations::place_order(1, [], []).send(&client).await.unwrap_err();
    let Error::Api(PlaceOrderError::Status4Xx(failure)) = error else { panic!("{error}") };
    assert_eq!(failure.body.unwrap().title.as_deref(), Some("no"));
}

#[tokio::test]
async fn nothing_is_sent_that_breaks_a_limit_or_has_no_form() {
    let (client, _server) = answers("201 Created", "application/xml", ORDER).await;
    let mut bad = order();
    bad.id = 0;
    bad.additional_properties.insert("a b".to_owned(), String::new());
    let error = operations::place_order(1, [], []).body(bad).send(&client).await.unwrap_err().to_string();
    assert!(error.contains("id: at least 1") && error.contains("a b: its name can't be that of an element"), "{error}");
}

#[tokio::test]
async fn a_list_has_a_root_of_its_own() {
    let text = format!("<orders>{ORDER}{ORDER}</orders>");
    let (client, server) = answers("200 OK", "text/xml", &text).await;
    let orders = operations::list_orders().accept_xml().send(&client).await.unwrap();
    assert_eq!(orders, [order(), order()]);
    assert!(server.await.unwrap().0.contains("accept: text/xml"));
}

#[tokio::test]
async fn alternatives_are_told_apart_by_an_attribute() {
    for (pet, expected) in [
        (Pet::from(Cat::new().lives(9)), "<pet kind=\"cat\"><lives>9</lives></pet>"),
        (
            Pet::from(Dog::new().tricks(["sit".to_owned(), "roll".to_owned()])),
            "<pet kind=\"dog\"><trick>sit</trick><trick>roll</trick></pet>",
        ),
    ] {
        let (client, server) = answers("204 No Content", "text/plain", "").await;
        operations::put_pet(pet).as_xml().send(&client).await.unwrap();
        let (head, sent) = server.await.unwrap();
        assert!(head.contains("content-type: application/xml"), "{head}");
        assert_eq!(sent, format!("{HEAD}{expected}"));
    }
}

#[test]
fn an_event_is_decoded() {
    let event = Event::parse("orderShipped", ORDER.as_bytes()).unwrap();
    assert_eq!(event, Event::OrderShipped(Box::new(order())));
    assert_eq!(Event::from_body(ORDER.as_bytes()).unwrap(), event);
    assert!(Event::from_body(b"<order/>").unwrap_err().to_string().starts_with("the root element is `order`"));
}

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_mock_answers_in_xml() {
    let mock = corpus_xml::runtime::mock::Mock::default();
    mock.on::<operations::PlaceOrder>().returns(order());
    let client = mock.client();
    assert_eq!(operations::place_order(1, [], []).send(&client).await.unwrap(), order());
}
