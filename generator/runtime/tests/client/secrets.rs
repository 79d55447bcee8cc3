//! Nothing that is printed contains secrets: a marked secret goes through successes and failures of every
//! kind, and the test searches for it in everything that the client prints.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::operations::{Client, ClientBuilder};
use http::{HeaderMap, HeaderName, HeaderValue};
use openapi_rust_runtime::{
    AccessToken, Attempt, AttemptOutcome, AuthenticationError, CallOptions, ClientCredentials,
    DeclaredFailure, Hooks, Json, Operation, RetryPolicy,
};

use super::operations::{ByCookie, ByHeaderKey, ByPassword, ByQueryKey, CallError, Get, Post};
use super::server::{Answer, Server, response};

const MARK: &str = "MARKED5ECRET";

/// What was printed.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn print(&self, text: impl AsRef<str>) {
        self.0.lock().unwrap().extend_from_slice(text.as_ref().as_bytes());
        self.0.lock().unwrap().push(b'\n');
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Prints everything that hooks receive, except for the headers of responses, which the client doesn't
/// redact.
impl Hooks for Paper {
    fn before_attempt(&self, attempt: &Attempt, headers: &mut HeaderMap) {
        self.print(format!("{attempt:?} {headers:?}"));
    }

    fn after_attempt(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        self.print(format!("{attempt:?} {outcome:?}"));
    }
}

fn with_every_credential(builder: ClientBuilder) -> ClientBuilder {
    builder
        .bearer_token(format!("token-{MARK}"))
        .credential("key", format!("key-{MARK}"))
        .credential("header_key", format!("key-{MARK}"))
        .credential("cookie_key", format!("key-{MARK}"))
        .basic("user", format!("password-{MARK}"))
}

async fn print<O: Operation<Document = crate::document::Document, Error = CallError>>(
    paper: &Paper,
    client: &Client,
    operation: &O,
) {
    let Err(error) = client.send(operation).await else { return };
    paper.print(format!("{error} {error:?} {error:#?}"));
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        paper.print(format!("{cause} {cause:?}"));
        source = cause.source();
    }
    if let Some(response) = error.response() {
        paper.print(format!("{response} {response:?}"));
    }
    if let openapi_rust_runtime::Error::Api(failure) = &error {
        paper.print(format!("{failure} {:?}", failure.response()));
    }
}

async fn print_every_operation(paper: &Paper, builder: ClientBuilder) {
    let builder = with_every_credential(builder)
        .hooks(paper.clone())
        .attempt_timeout(Duration::from_millis(200))
        .retry(RetryPolicy::new(2).delays(Duration::from_millis(1), Duration::from_millis(1)));
    paper.print(format!("{builder:?}"));
    let client = builder.build().unwrap();
    paper.print(format!("{client:?} {client:#?}"));
    print(paper, &client, &Get).await;
    print(paper, &client, &Post).await;
    print(paper, &client, &ByQueryKey).await;
    print(paper, &client, &ByHeaderKey).await;
    print(paper, &client, &ByCookie).await;
    print(paper, &client, &ByPassword).await;
}

fn answers() -> Vec<Answer> {
    let bytes = |text: &str| text.as_bytes().to_vec();
    // The body of a failure may contain anything besides the service's error message.
    let secret = format!("{{\"client_secret\":\"{MARK}\"}}");
    vec![
        response("200 OK", "", "{}"),
        response("200 OK", "", &format!("{{\"client_secret\":\"{MARK}\"")),
        response("200 OK", &format!("set-cookie: {MARK}\r\n"), &format!("<{MARK}>")),
        response("401 Unauthorized", "", &secret),
        response("403 Forbidden", "", &secret),
        response("418 Teapot", &format!("x-secret: {MARK}\r\n"), &secret),
        response("429 Too Many Requests", "retry-after: 0\r\n", &secret),
        response("500 Oops", "", &secret),
        response("302 Found", &format!("location: /{MARK}\r\n"), ""),
        response("302 Found", &format!("location: http://example.com/?{MARK}\r\n"), ""),
        response("302 Found", &format!("location: https://[{MARK}\r\n"), ""),
        Answer::Close(vec![]),
        Answer::Reset(vec![]),
        Answer::Stall(vec![]),
        Answer::Close(bytes(&format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{MARK}"))),
        Answer::Close(bytes(&format!("{MARK}\r\n\r\n"))),
        Answer::Close(bytes(&format!("HTTP/1.1 200 OK\r\n{MARK} :x\r\n\r\n"))),
    ]
}

#[test]
fn nothing_that_is_printed_holds_a_secret() {
    let paper = Paper::default();
    let writer = paper.clone();
    // All levels of all crates, including `reqwest`, `hyper` and `rustls`.
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for tls in [false, true] {
            for answer in answers() {
                let server = Server::start(tls, move |_, _| answer.clone()).await;
                print_every_operation(&paper, server.client().redirects(2)).await;
                assert!(server.requests().iter().any(|request| request.head.contains(MARK)), "it was sent");
            }
        }
        let refused = Client::builder().base_url("http://127.0.0.1:1");
        print_every_operation(&paper, refused).await;
        let untrusting = Server::start(true, |_, _| response("200 OK", "", "{}")).await;
        print_every_operation(&paper, Client::builder().base_url(&untrusting.url)).await;
        print_grants(&paper).await;
    });
    print_refusals(&paper);
    print_values(&paper);
    let printed = paper.text();
    // The output includes the places where the secret would have shown.
    for expected in [
        "ClientBuilder",
        "x-api-key",
        "clientSecretNew",
        "Forbidden",
        "isn't followed",
        "http.client.request{otel.name=GET /pets/{id} otel.kind=\"client\"",
        "http.request.method=\"POST\"",
        "http.request.resend_count=1",
        "http.response.status_code=403",
        "otel.status_code=\"ERROR\"",
        "server.address=\"localhost\" server.port=",
        "url.template=\"/pets/{id}\"",
        "error.type=\"timeout\"",
        "error.type=\"500\"",
    ] {
        assert!(printed.contains(expected), "{expected} is missing");
    }
    for (index, line) in printed.lines().enumerate() {
        assert!(!line.contains(MARK), "line {index}: {line}");
        for encoded in ["dXNlcjpwYXNzd29yZC1NQVJLRUQ1RUNS", "aWQ6c2VjcmV0LU1BUktFRDVFQ1JF"] {
            assert!(!line.contains(encoded), "line {index}: {line}");
        }
    }
}

/// Token requests that succeed and fail.
async fn print_grants(paper: &Paper) {
    let answers = [
        response("200 OK", "", &format!("{{\"access_token\":\"given-{MARK}\",\"expires_in\":5}}")),
        response("200 OK", "", &format!("{{\"access_token\":\"two\\nlines-{MARK}\"}}")),
        response("200 OK", "", &format!("<{MARK}>")),
        response("401 Unauthorized", "", &format!("{{\"error\":\"secret-{MARK} is wrong\"}}")),
        response("500 Oops", "", MARK),
        Answer::Close(vec![]),
        Answer::Close(MARK.as_bytes().to_vec()),
    ];
    for answer in answers {
        for in_header in [false, true] {
            let answer = answer.clone();
            let server = Server::start(false, move |_, request| {
                if request.line().starts_with("POST /oauth/") {
                    answer.clone()
                } else {
                    response("401 No", "", "{}")
                }
            })
            .await;
            let credentials = ClientCredentials::new("id", format!("secret-{MARK}"));
            let credentials = if in_header { credentials.in_header() } else { credentials };
            let builder = Client::builder()
                .base_url(format!("{}/live", server.url))
                .client_credentials(credentials.clone());
            let builder =
                builder.retry(RetryPolicy::new(2).delays(Duration::from_millis(1), Duration::from_millis(1)));
            paper.print(format!("{credentials:?} {builder:?}"));
            let client = builder.build().unwrap();
            print(paper, &client, &Get).await;
            paper.print(format!("{client:?}"));
        }
    }
}

/// Options of calls, and free-form JSON with names that only their words mark as secret.
fn print_values(paper: &Paper) {
    let options =
        CallOptions::new().header(HeaderName::from_static("x-api-key"), HeaderValue::from_static(MARK));
    let client = Client::builder().base_url("https://example.com").build().unwrap();
    paper.print(format!("{options:?} {:?}", client.with(options.clone())));
    for name in ["api_secret", "accessToken", "clientSecretNew", "old-password-2"] {
        let value = format!("{{\"nested\":[{{\"{name}\":\"{MARK}\"}}]}}");
        let value: Json = serde_json::from_str(&value).unwrap();
        paper.print(format!("{value:?} {value:#?}"));
    }
}

/// Clients that can't be built, and panics.
fn print_refusals(paper: &Paper) {
    let builder = || Client::builder().base_url("https://example.com");
    for error in [
        Client::builder().base_url(format!("https://user:{MARK}@example.com")).build(),
        Client::builder().base_url(format!("https://exa mple.com/{MARK}")).build(),
        Client::builder().base_url(format!("https://example.com/?{MARK}")).build(),
        builder().user_agent(&format!("{MARK}\n")).build(),
        builder().proxy(format!("no proxy {MARK}")).build(),
        builder()
            .client_credentials(ClientCredentials::new("", "").token_url(format!("http://{MARK} ")))
            .build(),
    ] {
        let error = error.unwrap_err();
        paper.print(format!("{error} {error:?}"));
    }
    let token = AccessToken::new(format!("token-{MARK}"), None);
    paper.print(format!("{token:?} {:?}", AuthenticationError::new("no token")));
    let hook = std::panic::take_hook();
    let writer = paper.clone();
    std::panic::set_hook(Box::new(move |panic| writer.print(panic.to_string())));
    let client = with_every_credential(builder()).build().unwrap();
    let panicked = std::thread::spawn(move || panic!("{client:?} {token:?}")).join();
    assert!(panicked.is_err());
    std::panic::set_hook(hook);
}
