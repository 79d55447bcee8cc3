//! Every form of paging against a server on this machine, which also misbehaves.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use std::sync::{Arc, Mutex};

use corpus_paging_forms::operations;
use corpus_paging_forms::runtime::{Checkpoint, Error, NextUrl, PageError};
use corpus_paging_forms::{Client, models};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers each request, given as its target and its body, with headers and a body.
    async fn start(answer: impl Fn(&str, &str) -> (String, String) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (requests.clone(), Arc::new(answer));
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (log, answer) = (log.clone(), answer.clone());
                tokio::spawn(async move {
                    let mut text = String::new();
                    loop {
                        let mut buffer = [0; 1 << 12];
                        let is_whole = |text: &str| {
                            let (head, body) = text.split_once("\r\n\r\n")?;
                            let length = head.to_lowercase();
                            let length = length.split("content-length: ").nth(1).unwrap_or("0");
                            let length = length.lines().next()?.trim().parse::<usize>().ok()?;
                            (body.len() >= length).then_some(())
                        };
                        while is_whole(&text).is_none() {
                            let count = stream.read(&mut buffer).await.unwrap_or(0);
                            if count == 0 {
                                return;
                            }
                            text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
                        }
                        let target = text.split(' ').nth(1).unwrap().to_owned();
                        let body = text.split_once("\r\n\r\n").unwrap().1.to_owned();
                        log.lock().unwrap().push(format!("{target} {body}").trim().to_owned());
                        let (headers, body) = answer(&target, &body);
                        let response = format!(
                            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{body}",
                            body.len()
                        );
                        stream.write_all(response.as_bytes()).await.unwrap();
                        text.clear();
                    }
                });
            }
        });
        Self { url, requests }
    }

    fn client(&self) -> Client {
        Client::builder().base_url(&self.url).credential("key", "s3cret".to_owned()).build().unwrap()
    }

    /// The requests, without the key that each has.
    fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let without = |request: &String| {
            assert_eq!(request.matches("api_key=s3cret").count(), 1, "{request}");
            request.replace("?api_key=s3cret", "").replace("&api_key=s3cret", "")
        };
        requests.iter().map(without).collect()
    }
}

/// The value of a query parameter, or of a number in JSON.
fn number(text: &str, name: &str) -> Option<usize> {
    let at = text.find(name)? + name.len();
    let digits: String = text[at..].chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The numbers from `from` to 7, at most `most` of them, as JSON; and the number that follows.
fn rows(from: usize, most: usize) -> (String, Option<usize>) {
    let end = (from + most).min(7);
    let rows: Vec<String> = (from..end).map(|row| row.to_string()).collect();
    (format!("[{}]", rows.join(",")), (end < 7).then_some(end))
}

macro_rules! all {
    ($items:expr) => {{
        let mut items = $items;
        let mut all = Vec::new();
        while let Some(item) = items.try_next().await.unwrap() {
            all.push(item);
        }
        all
    }};
}

const ALL: [i64; 7] = [0, 1, 2, 3, 4, 5, 6];

#[tokio::test]
async fn checkpoints_in_objects_of_the_response() {
    let server = Server::start(|target, _| {
        let (rows, next) = rows(number(target, "cursor=c").unwrap_or(0), 3);
        let next = next.map_or("null".to_owned(), |next| format!("\"c{next}\""));
        (String::new(), format!(r#"{{"data":{{"items":{rows}}},"meta":{{"next_cursor":{next}}}}}"#))
    })
    .await;
    assert_eq!(all!(operations::nested().items(&server.client())), ALL);
    assert_eq!(
        server.requests(),
        ["/v1/nested?limit=2", "/v1/nested?cursor=c3&limit=2", "/v1/nested?cursor=c6&limit=2"]
    );
    let resumed = operations::nested().items(&server.client()).starting_at(Checkpoint("c6".to_owned()));
    assert_eq!(all!(resumed), [6]);
    let absent = Server::start(|_, _| (String::new(), r#"{"data":null}"#.to_owned())).await;
    assert_eq!(all!(operations::nested().items(&absent.client())), [0; 0]);
}

#[tokio::test]
async fn checkpoints_that_are_numbers_until_a_flag_ends_them() {
    let server = Server::start(|target, _| {
        let (rows, next) = rows(number(target, "since=").unwrap_or(0), 3);
        let (more, last) = (next.is_some(), next.unwrap_or(7));
        (String::new(), format!(r#"{{"last_seen":{last},"has_more":{more},"events":{rows}}}"#))
    })
    .await;
    assert_eq!(all!(operations::events().items(&server.client())), ALL);
    assert_eq!(server.requests(), ["/v1/events", "/v1/events?since=3", "/v1/events?since=6"]);
    assert_eq!(all!(operations::events().since(6).items(&server.client())), [6]);
}

#[tokio::test]
async fn checkpoints_in_the_body() {
    let server = Server::start(|_, body| {
        let (rows, next) = rows(number(body, "\"after\":\"c").unwrap_or(0), 4);
        let next = next.map_or("null".to_owned(), |next| format!("\"c{next}\""));
        (String::new(), format!(r#"{{"hits":{rows},"page":{{"after":{next}}}}}"#))
    })
    .await;
    assert_eq!(all!(operations::search().text("x").items(&server.client())), ALL);
    let turn = models::Turn::default().after("c4".to_owned());
    assert_eq!(all!(operations::search().page(turn).items(&server.client())), [4, 5, 6]);
    assert_eq!(
        server.requests(),
        [
            r#"/v1/search {"text":"x","page":{"size":2}}"#,
            r#"/v1/search {"text":"x","page":{"after":"c4","size":2}}"#,
            r#"/v1/search {"page":{"after":"c4","size":2}}"#,
        ]
    );
}

#[tokio::test]
async fn offsets_in_the_body() {
    let server = Server::start(|_, body| {
        let (rows, _) = rows(number(body, "\"skip\":").unwrap_or(0), 5);
        (String::new(), format!(r#"{{"found":7,"rows":{rows}}}"#))
    })
    .await;
    let windows = || operations::windows("n", models::WindowsBodyWindow::default());
    assert_eq!(all!(windows().items(&server.client())), ALL);
    assert_eq!(
        server.requests(),
        [r#"/v1/windows {"name":"n","window":{"skip":0}}"#, r#"/v1/windows {"name":"n","window":{"skip":5}}"#]
    );
}

#[tokio::test]
async fn the_next_page_in_a_header() {
    let server = Server::start(|target, _| {
        let (rows, next) = rows(number(target, "chapter=").unwrap_or(0), 3);
        (format!("x-next-page: {}\r\n", next.map_or(String::new(), |next| next.to_string())), rows)
    })
    .await;
    assert_eq!(all!(operations::chapters().items(&server.client())), ALL);
    assert_eq!(server.requests(), ["/v1/chapters", "/v1/chapters?chapter=3", "/v1/chapters?chapter=6"]);
}

#[tokio::test]
async fn the_last_item_is_the_checkpoint() {
    let server = Server::start(|target, _| {
        let from = number(target, "starting_after=c").map_or(0, |last| last + 1);
        let rows: Vec<String> = (from..(from + 3).min(7)).map(|row| format!(r#"{{"id":"c{row}"}}"#)).collect();
        (String::new(), format!(r#"{{"has_more":{},"data":[{}]}}"#, from + 3 < 7, rows.join(",")))
    })
    .await;
    let charges = all!(operations::charges().items(&server.client()));
    assert_eq!(charges.iter().map(|charge| charge.id.as_str()).collect::<Vec<_>>().join(" "), "c0 c1 c2 c3 c4 c5 c6");
    assert_eq!(
        server.requests(),
        ["/v1/charges", "/v1/charges?starting_after=c2", "/v1/charges?starting_after=c5"]
    );
}

#[tokio::test]
async fn page_numbers_end_by_the_number_of_pages() {
    let server = Server::start(|target, _| {
        let (rows, _) = rows((number(target, "page_no=").unwrap() - 1) * 3, 3);
        (String::new(), format!(r#"{{"page_count":3,"rows":{rows}}}"#))
    })
    .await;
    assert_eq!(all!(operations::numbered().items(&server.client())), ALL);
    assert_eq!(
        server.requests(),
        ["/v1/numbered?page_no=1", "/v1/numbered?page_no=2", "/v1/numbered?page_no=3"]
    );
}

#[tokio::test]
async fn offsets_that_begin_at_one_end_with_the_total() {
    let server = Server::start(|target, _| {
        let (rows, _) = rows(number(target, "start_index=").unwrap() - 1, 3);
        (String::new(), format!(r#"{{"total_results":7,"schemas":["x"],"resources":{rows}}}"#))
    })
    .await;
    assert_eq!(all!(operations::indexed().items(&server.client())), ALL);
    assert_eq!(
        server.requests(),
        [
            "/v1/indexed?start_index=1&count=3",
            "/v1/indexed?start_index=4&count=3",
            "/v1/indexed?start_index=7&count=3"
        ]
    );
}

/// A server that gives URLs of further pages, relative ones and ones that repeat the key.
async fn urls(in_header: bool) -> Server {
    Server::start(move |target, _| {
        let (rows, next) = rows(number(target, "at=").unwrap_or(0), 3);
        let next = match next {
            None => None,
            Some(3) => Some("/v1/more?filter=a%20b+c&api_key=s3cret&at=3".to_owned()),
            Some(next) => Some(format!("more?at={next}#top")),
        };
        if in_header {
            let next = next.map_or(String::new(), |next| format!(", <{next}>; title=\"a, b\"; rel=\"last next\""));
            return (format!("link: <x>; rel=prev{next}\r\n"), rows);
        }
        let next = next.map_or("null".to_owned(), |next| format!("{next:?}"));
        (String::new(), format!(r#"{{"links":{{"next":{next}}},"rows":{rows}}}"#))
    })
    .await
}

#[tokio::test]
async fn urls_of_further_pages_are_followed_with_the_key_once() {
    let in_body = urls(false).await;
    assert_eq!(all!(operations::linked().filter("a b").items(&in_body.client())), ALL);
    let in_header = urls(true).await;
    assert_eq!(all!(operations::headed().filter("a b").items(&in_header.client())), ALL);
    for (server, first) in [(in_body, "links"), (in_header, "headers")] {
        let first = format!("/v1/{first}?filter=a%20b");
        assert_eq!(server.requests(), [&*first, "/v1/more?filter=a%20b+c&at=3", "/v1/more?at=6"]);
    }
}

#[tokio::test]
async fn a_list_by_url_resumes_where_a_page_says() {
    let server = urls(true).await;
    let client = server.client();
    let first = operations::headed().pages(&client).try_next().await.unwrap().unwrap();
    let next = first.next.unwrap();
    assert!(!next.0.contains("s3cret"), "{next:?}");
    assert_eq!(all!(operations::headed().items(&client).starting_at(next)), [3, 4, 5, 6]);
    let elsewhere = NextUrl("https://elsewhere.test/v1/more".to_owned());
    let refused = operations::headed().pages(&client).starting_at(elsewhere).try_next().await;
    let Err(PageError::Call(Error::InvalidRequest(error))) = refused else { panic!("{refused:?}") };
    assert!(error.to_string().contains("it leads from http: to https:"), "{error}");
}

#[tokio::test]
async fn the_key_never_goes_to_another_server() {
    let thief = Server::start(|_, _| (String::new(), "[]".to_owned())).await;
    for target in [thief.url.clone(), thief.url.replace("http:", ""), "https://127.0.0.1/".to_owned()] {
        let link = format!("link: <{target}/more>; rel=next\r\n");
        let server = Server::start(move |_, _| (link.clone(), "[1]".to_owned())).await;
        let client = server.client();
        let mut items = operations::headed().items(&client);
        assert_eq!(items.try_next().await.unwrap(), Some(1), "the page itself is there");
        let error = items.try_next().await.unwrap_err();
        assert!(matches!(error, PageError::Refused(_)), "{error:?}");
        assert!(error.to_string().starts_with("the URL of the next page isn't followed: it leads "), "{error}");
        assert!(items.try_next().await.unwrap().is_none(), "the stream has ended");
    }
    assert!(thief.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_server_that_repeats_itself_is_left() {
    let server = Server::start(|_, _| {
        let body = r#"{"data":{"items":[1]},"meta":{"next_cursor":"again"}}"#;
        (String::new(), body.to_owned())
    })
    .await;
    let client = server.client();
    let mut pages = operations::nested().pages(&client);
    assert!(pages.try_next().await.unwrap().is_some() && pages.try_next().await.unwrap().is_some());
    let error = pages.try_next().await.unwrap_err();
    assert!(matches!(&error, PageError::Repeated(position) if position == "again"), "{error:?}");
    assert_eq!(server.requests().len(), 2);

    let server = Server::start(|_, _| ("link: </v1/headers?page=1>; rel=next\r\n".to_owned(), "[1]".to_owned())).await;
    let client = server.client();
    let mut pages = operations::headed().pages(&client);
    assert!(pages.try_next().await.unwrap().is_some() && pages.try_next().await.unwrap().is_some());
    let error = pages.try_next().await.unwrap_err();
    assert!(matches!(error, PageError::Repeated(_)), "{error:?}");
}

#[tokio::test]
async fn a_server_that_never_has_an_item_is_left() {
    let server = Server::start(|target, _| {
        let next = number(target, "since=").unwrap_or(0) + 1;
        (String::new(), format!(r#"{{"last_seen":{next},"has_more":true,"events":[]}}"#))
    })
    .await;
    let client = server.client();
    let mut pages = operations::events().pages(&client);
    let error = loop {
        if let Err(error) = pages.try_next().await {
            break error;
        }
    };
    assert!(matches!(error, PageError::Empty(1000)), "{error:?}");
    assert_eq!(server.requests().len(), 1000);
    assert_eq!(pages.position(), Some(&Checkpoint("1000".to_owned())), "the list can be resumed");
}

#[tokio::test]
async fn positions_that_can_t_be_read_are_errors_and_not_the_end() {
    for (headers, problem) in [
        ("link: </more; rel=next\r\n", "the `Link` header: a `<` without `>`"),
        ("link: </more>; rel=\"next\r\n", "the `Link` header: a quote without an end"),
    ] {
        let server = Server::start(move |_, _| (headers.to_owned(), "[1]".to_owned())).await;
        let client = server.client();
        let mut items = operations::headed().items(&client);
        assert_eq!(items.try_next().await.unwrap(), Some(1));
        let error = items.try_next().await.unwrap_err().to_string();
        assert_eq!(error, format!("the position of the next page can't be read: {problem}"));
    }
    let server = Server::start(|_, _| ("x-next-page: last\r\n".to_owned(), "[1]".to_owned())).await;
    let client = server.client();
    let mut items = operations::chapters().items(&client);
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    assert!(matches!(items.try_next().await, Err(PageError::Unreadable(_))));
}

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_mock_gives_pages_with_their_headers() {
    use corpus_paging_forms::runtime::mock::{Mock, json};

    let mock = Mock::new();
    let mut first = json(200, &[1, 2]);
    first.headers_mut().insert("link", "<?page=2>; rel=next".parse().unwrap());
    mock.on::<operations::Headed>().responds(first);
    mock.on::<operations::Headed>().returns(vec![3]);
    assert_eq!(all!(operations::headed().filter("x").items(&mock.client())), [1, 2, 3]);
    let calls = mock.calls::<operations::Headed>();
    assert_eq!(calls[0], operations::headed().filter("x"));
    assert!(calls[1].request().uri().to_string().starts_with("https://mock.invalid/headers?page=2"), "{calls:?}");
}

#[cfg(feature = "blocking")]
#[test]
fn lists_are_iterators_without_async() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(urls(true));
    let client = corpus_paging_forms::runtime::blocking::Client::new(server.client()).unwrap();
    let items: Result<Vec<i64>, _> = client.iter(|client| operations::headed().items(client)).collect();
    assert_eq!(items.unwrap(), ALL);
}
