//! Paging: what is requested and when, where a list ends, and where it resumes.

use super::server::{Asked, Server};
use auth0_connections::connections;
use auth0_connections::runtime::{CallOptions, Error, PageError};
use futures_util::StreamExt as _;
use serde_json::{Value, json};

fn connections(from: usize, to: usize) -> Value {
    (from..to).map(|index| json!({ "id": format!("con_{index}"), "name": format!("n{index}") })).collect()
}

/// A service with `count` connections and at most `limit` per page, in both response forms.
fn service(count: usize, limit: usize) -> impl FnMut(&Asked) -> (u16, Value) {
    move |asked| {
        let number = |name: &str| asked.query(name).map(|text| text.parse::<usize>().unwrap());
        let by_checkpoint = asked.query("from").is_some() || asked.query("take").is_some();
        let size = number(if by_checkpoint { "take" } else { "per_page" }).unwrap_or(limit).min(limit);
        if by_checkpoint {
            let start = asked.query("from").map_or(0, |from| from.trim_start_matches("at").parse().unwrap());
            let end = (start + size).min(count);
            let mut body = json!({ "connections": connections(start, end) });
            if end < count {
                body["next"] = json!(format!("at{end}"));
            }
            return (200, body);
        }
        let start = (number("page").unwrap_or(0) * size).min(count);
        let page = connections(start, (start + size).min(count));
        if asked.query("include_totals") == Some("true") {
            (200, json!({ "start": start, "limit": size, "total": count, "connections": page }))
        } else {
            (200, page)
        }
    }
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("con_{index}")).collect()
}

#[tokio::test]
async fn all_items_come_by_checkpoint() {
    let server = Server::start(service(7, 3)).await;
    let items = connections::list().name("x").items(&server.client());
    let found: Vec<String> = items.map(|item| item.unwrap().id.unwrap()).collect().await;
    assert_eq!(found, ids(7));
    let targets: Vec<String> = server.asked().into_iter().map(|asked| asked.target).collect();
    assert_eq!(
        targets,
        [
            "/connections?take=100&name=x",
            "/connections?from=at3&take=100&name=x",
            "/connections?from=at6&take=100&name=x"
        ]
    );
}

#[tokio::test]
async fn all_items_come_by_number_with_and_without_totals() {
    let server = Server::start(service(6, 3)).await;
    let client = server.client();
    let mut items = connections::list().per_page(3).items_by_page(&client);
    let mut found = Vec::new();
    while let Some(item) = items.try_next().await.unwrap() {
        found.push(item.id.unwrap());
    }
    assert_eq!(found, ids(6));
    assert_eq!(server.asked().len(), 2, "the total tells that the second page is the last");

    // Without totals, pages are plain lists and only an empty page is the last: the service may return fewer
    // items than requested.
    let items = connections::list().include_totals(false).items_by_page(&client);
    let found: Vec<_> = items.map(|item| item.unwrap().id.unwrap()).collect().await;
    assert_eq!(found, ids(6));
    let asked = server.asked();
    assert_eq!(asked.len(), 5);
    assert_eq!(asked[4].target, "/connections?per_page=100&page=2&include_totals=false");
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted() {
    let server = Server::start(service(100, 2)).await;
    let mut items = connections::list().items(&server.client());
    assert_eq!(server.asked().len(), 0);
    for wanted in [1, 1, 2, 2, 3] {
        items.try_next().await.unwrap().unwrap();
        assert_eq!(server.asked().len(), wanted);
    }
}

#[tokio::test]
async fn a_page_tells_where_it_stands_and_where_to_go_on() {
    let server = Server::start(service(5, 2)).await;
    let client = server.client();
    let mut pages = connections::list().pages(&client);
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!((first.items.len(), first.position, first.total), (2, None, None));
    let next = first.next.unwrap();
    let mut resumed = connections::list().from(next.clone()).pages(&client);
    let second = resumed.try_next().await.unwrap().unwrap();
    assert_eq!(second.items[0].id.as_deref(), Some("con_2"));
    assert_eq!(second.position, Some(next));
    let third = resumed.try_next().await.unwrap().unwrap();
    assert_eq!((third.items.len(), &third.next), (1, &None));
    assert!(resumed.try_next().await.unwrap().is_none());
    assert!(resumed.try_next().await.unwrap().is_none());
    assert_eq!(server.asked().len(), 3);

    let mut pages = connections::list().per_page(2).page(1).pages_by_page(&client);
    let second = pages.try_next().await.unwrap().unwrap();
    assert_eq!((second.items[0].id.as_deref(), second.total), (Some("con_2"), Some(5)));
    assert_eq!((second.position.map(i64::from), second.next.map(i64::from)), (Some(1), Some(2)));
}

#[tokio::test]
async fn items_tell_the_page_they_are_from() {
    let server = Server::start(service(5, 2)).await;
    let client = server.client();
    let mut items = connections::list().items(&client);
    for _ in 0..3 {
        items.try_next().await.unwrap().unwrap();
    }
    let position = items.position().unwrap().clone();
    let again = connections::list().from(position).items(&client).map(|item| item.unwrap().id.unwrap());
    assert_eq!(again.collect::<Vec<_>>().await, ["con_2", "con_3", "con_4"]);
}

#[tokio::test]
async fn a_repeated_checkpoint_ends_the_list_with_an_error() {
    // a, b, c, a, ...
    let server = Server::start(|asked| {
        let next = match asked.query("from") {
            None => "a",
            Some("a") => "b",
            Some("b") => "c",
            _ => "a",
        };
        (200, json!({ "connections": connections(0, 1), "next": next }))
    })
    .await;
    let mut pages = connections::list().pages(&server.client());
    for _ in 0..4 {
        pages.try_next().await.unwrap().unwrap();
    }
    let error = pages.try_next().await.unwrap_err();
    assert!(matches!(&error, PageError::Repeated(checkpoint) if checkpoint == "a"), "{error:?}");
    assert!(error.to_string().contains("\"a\""), "{error}");
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn pages_that_do_not_advance_end_the_list_with_an_error() {
    let server = Server::start(|_| {
        (200, json!({ "start": 0, "limit": 2, "total": 9, "connections": connections(0, 2) }))
    })
    .await;
    let mut pages = connections::list().pages_by_page(&server.client());
    pages.try_next().await.unwrap().unwrap();
    pages.try_next().await.unwrap().unwrap();
    assert!(matches!(pages.try_next().await, Err(PageError::Repeated(_))));
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn a_last_page_is_one_whatever_alternative_it_is_read_as() {
    for last in [
        json!({ "connections": connections(1, 2) }),
        json!({ "connections": connections(1, 2), "next": null }),
        json!({ "connections": connections(1, 2), "next": "" }),
        json!({ "connections": [] }),
        json!({ "connections": connections(1, 2), "next": null, "brand_new": true }),
    ] {
        let size = last["connections"].as_array().unwrap().len();
        let answer = last.clone();
        let server = Server::start(move |asked| match asked.query("from") {
            None => (200, json!({ "connections": connections(0, 1), "next": "a" })),
            Some(_) => (200, answer.clone()),
        })
        .await;
        let items = connections::list().items(&server.client());
        let found: Vec<_> = items.map(|item| item.unwrap().id.unwrap()).collect().await;
        assert_eq!(found, ids(1 + size), "{last}");
        assert_eq!(server.asked().len(), 2, "{last}");
    }
}

#[tokio::test]
async fn an_empty_page_is_not_the_last_by_checkpoint() {
    let server = Server::start(|asked| match asked.query("from") {
        None => (200, json!({ "connections": [], "next": "a" })),
        Some(_) => (200, json!({ "connections": connections(0, 1) })),
    })
    .await;
    let found: Vec<_> = connections::list().items(&server.client()).collect().await;
    assert_eq!((found.len(), server.asked().len()), (1, 2));
}

#[tokio::test]
async fn another_form_than_was_asked_for_is_an_error() {
    // Each may be the first of many pages, and doesn't say where the next checkpoint is.
    for answer in [
        connections(0, 2),
        json!({ "start": 0, "limit": 2, "total": 9, "connections": connections(0, 2) }),
        json!({ "start": 0, "connections": connections(0, 2) }),
        json!("no page"),
    ] {
        let body = answer.clone();
        let server = Server::start(move |_| (200, body.clone())).await;
        let mut items = connections::list().items(&server.client());
        let error = items.try_next().await.unwrap_err();
        assert!(matches!(error, PageError::NotAPage), "{answer}: {error:?}");
        assert!(items.try_next().await.unwrap().is_none());
    }
    let server = Server::start(|_| (200, json!({ "connections": connections(0, 2), "next": "a" }))).await;
    let error = connections::list().items_by_page(&server.client()).try_next().await.unwrap_err();
    assert!(matches!(error, PageError::NotAPage), "{error:?}");
}

#[tokio::test]
async fn a_failed_call_ends_the_list_and_tells_where_to_go_on() {
    let server = Server::start(|asked| match asked.query("from") {
        None => (200, json!({ "connections": connections(0, 1), "next": "a" })),
        Some(_) => (403, json!({ "message": "no more" })),
    })
    .await;
    let mut items = connections::list().items(&server.client());
    items.try_next().await.unwrap().unwrap();
    let error = items.try_next().await.unwrap_err();
    assert!(matches!(&error, PageError::Call(Error::Api(connections::ListError::Forbidden(_)))), "{error:?}");
    assert!(error.to_string().contains("no more"), "{error}");
    assert_eq!(items.position().unwrap().to_string(), "a");
    assert!(items.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_call_that_was_given_up_on_goes_on() {
    let server = Server::start(service(3, 2)).await;
    let mut items = connections::list().items(&server.client());
    // Polled once, so that the call has started, then dropped.
    tokio::select! {
        biased;
        _ = items.try_next() => panic!("answered at once"),
        () = std::future::ready(()) => {}
    }
    let found: Vec<_> = items.map(|item| item.unwrap().id.unwrap()).collect().await;
    assert_eq!(found, ids(3));
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn lists_below_a_connection_page_too() {
    let server = Server::start(|asked| match asked.query("from") {
        None => (200, json!({ "clients": [{ "client_id": "a" }], "next": "b" })),
        Some(_) => (200, json!({ "clients": [{ "client_id": "b" }] })),
    })
    .await;
    let items = connections::clients::get("con_1").take(1).items(&server.client());
    let found: Vec<_> = items.map(|item| item.unwrap().client_id).collect().await;
    assert_eq!(found, ["a", "b"]);
    assert_eq!(server.asked()[1].target, "/connections/con_1/clients?take=1&from=b");
}

#[tokio::test]
async fn each_page_is_requested_unchecked_if_the_client_says_so() {
    let server = Server::start(service(250, 200)).await;
    let list = || connections::list().take(200);
    let error = list().items(&server.client()).next().await.unwrap().unwrap_err();
    assert!(matches!(error, PageError::Call(Error::InvalidRequest(_))), "{error:?}");
    let unchecked = server.client().with(CallOptions::new().validate(false));
    assert_eq!(list().items(&unchecked).count().await, 250);
    assert_eq!(server.asked().len(), 2);
}
