//! Operations that have a server of their own, and the ways to replace it.

use std::sync::{Arc, Mutex};

use http::Method;
use openapi_rust_runtime::{
    Body, Client, ClientBuilder, Document, Error, Facts, InDocument, Operation, OperationInfo, Reply,
    RequestWriter, RetryPolicy, SecurityScheme, transport_fn,
};

enum Library {}

impl Document for Library {
    const FACTS: &'static Facts = &LIBRARY;
}

static LIBRARY: Facts = Facts::new()
    .default_server("https://api.test/v1")
    .operation_servers(&["https://scans.test/up/", "/v2", "v3", "http://plain.test", "https://{no}.test"])
    .security_schemes(&[("bearer", SecurityScheme::Bearer)]);

enum Scattered {}

impl Document for Scattered {
    const FACTS: &'static Facts = &SCATTERED;
}

static SCATTERED: Facts = Facts::new().operation_servers(&["https://scans.test"]);

/// Defines an operation at `/book`.
macro_rules! operation {
    ($name:ident in $document:ident at $server:expr) => {
        struct $name;

        impl InDocument for $name {
            type Document = $document;
        }

        impl Operation for $name {
            type Output = ();
            type Error = std::convert::Infallible;
            const INFO: &'static OperationInfo = &OperationInfo {
                id: stringify!($name),
                method: Method::GET,
                path: "/book",
                security: &[],
                facts: $document::FACTS,
            };
            const SERVER: &'static str = $server;

            fn write(&self, request: &mut RequestWriter) {
                request.path("/book");
            }

            fn read(_: &Reply) -> Result<(), Error<Self::Error>> {
                Ok(())
            }
        }
    };
}

operation!(Plain in Library at "");
operation!(Scan in Library at "https://scans.test/up/");
operation!(Rooted in Library at "/v2");
operation!(Rootless in Library at "v3");
operation!(Unsafe in Library at "http://plain.test");
operation!(Unfilled in Library at "https://{no}.test");
operation!(Alone in Scattered at "https://scans.test");
operation!(Homeless in Scattered at "");

/// A builder of a client whose requests only leave their URLs behind.
fn recording<D: Document>(urls: &Arc<Mutex<Vec<String>>>) -> ClientBuilder<D> {
    let urls = urls.clone();
    Client::<D>::builder().retry(RetryPolicy::never()).transport(transport_fn(
        move |request: http::Request<Body>| {
            urls.lock().unwrap().push(request.uri().to_string());
            async { Ok(http::Response::new("".into())) }
        },
    ))
}

/// Where the operation goes, or why it doesn't.
async fn goes<O: Operation<Output = (), Error = std::convert::Infallible>>(
    operation: O,
    configure: impl FnOnce(ClientBuilder<O::Document>) -> ClientBuilder<O::Document>,
) -> Result<String, String> {
    let urls = Arc::default();
    let client = configure(recording(&urls)).build().map_err(|error| error.to_string())?;
    client.send(&operation).await.map_err(|error| error.to_string())?;
    let url = urls.lock().unwrap().pop().unwrap();
    Ok(url)
}

#[tokio::test]
async fn an_operation_goes_to_its_own_server() {
    let to = |url: &str| Ok(url.to_owned());
    assert_eq!(goes(Plain, |builder| builder).await, to("https://api.test/v1/book"));
    assert_eq!(goes(Scan, |builder| builder).await, to("https://scans.test/up/book"));
    assert_eq!(goes(Rooted, |builder| builder).await, to("https://api.test/v2/book"));
    assert_eq!(goes(Rootless, |builder| builder).await, to("https://api.test/v3/book"));
    let moved = |builder: ClientBuilder<Library>| builder.base_url("https://eu.api.test/v1/");
    assert_eq!(goes(Plain, moved).await, to("https://eu.api.test/v1/book"));
    assert_eq!(goes(Scan, moved).await, to("https://scans.test/up/book"));
    assert_eq!(goes(Rooted, moved).await, to("https://eu.api.test/v2/book"));
}

#[tokio::test]
async fn a_server_is_replaced_alone_or_with_all_others() {
    let to = |url: &str| Ok(url.to_owned());
    let one = |builder: ClientBuilder<Library>| builder.server("https://scans.test/up", "https://eu.test/up");
    assert_eq!(goes(Scan, one).await, to("https://eu.test/up/book"));
    assert_eq!(goes(Plain, one).await, to("https://api.test/v1/book"));
    let all = |builder: ClientBuilder<Library>| builder.every_server("http://127.0.0.1:1");
    assert_eq!(goes(Plain, all).await, to("http://127.0.0.1:1/book"));
    assert_eq!(goes(Scan, all).await, to("http://127.0.0.1:1/book"));
    assert_eq!(goes(Rooted, all).await, to("http://127.0.0.1:1/book"));
    assert_eq!(goes(Unsafe, all).await, to("http://127.0.0.1:1/book"));
    assert_eq!(
        goes(Homeless, |builder| builder.every_server("https://a.test")).await,
        to("https://a.test/book")
    );
}

#[tokio::test]
async fn some_calls_go_elsewhere() {
    let urls = Arc::default();
    let client = recording::<Library>(&urls).build().unwrap();
    let elsewhere = client.at("https://eu.scans.test/up").unwrap();
    elsewhere.send(&Scan).await.unwrap();
    elsewhere.send(&Plain).await.unwrap();
    client.at("/v9").unwrap().send(&Plain).await.unwrap();
    client.send(&Scan).await.unwrap();
    let expected = [
        "https://eu.scans.test/up/book",
        "https://eu.scans.test/up/book",
        "https://api.test/v9/book",
        "https://scans.test/up/book",
    ];
    assert_eq!(*urls.lock().unwrap(), expected);
    let refused = client.at("http://elsewhere.test").unwrap_err().to_string();
    assert!(refused.contains("isn't https"), "{refused}");
}

#[tokio::test]
async fn a_server_that_can_t_be_called_concerns_its_own_operations_only() {
    let refused = goes(Unsafe, |builder| builder).await.unwrap_err();
    assert!(refused.starts_with("GET /book: ") && refused.contains("isn't https"), "{refused}");
    assert_eq!(goes(Unsafe, ClientBuilder::allow_http).await.unwrap(), "http://plain.test/book");
    let unfilled = goes(Unfilled, |builder| builder).await.unwrap_err();
    assert!(unfilled.contains("the server's URL https://{no}.test has characters"), "{unfilled}");
    assert_eq!(goes(Alone, |builder| builder).await.unwrap(), "https://scans.test/book");
    let homeless = goes(Homeless, |builder| builder).await.unwrap_err();
    assert!(homeless.contains("the client has no base URL"), "{homeless}");
}

#[tokio::test]
async fn only_declared_servers_can_be_replaced() {
    let unknown = |builder: ClientBuilder<Scattered>| builder.server("https://scan.test", "https://a.test");
    assert_eq!(
        goes(Alone, unknown).await.unwrap_err(),
        "no operation has the server https://scan.test; the servers of operations are: https://scans.test"
    );
    let invalid =
        |builder: ClientBuilder<Scattered>| builder.server("https://scans.test", "https://a.test?b");
    assert!(goes(Alone, invalid).await.unwrap_err().contains("has a query"));
}

#[test]
fn a_built_request_names_the_server() {
    fn uri<O: Operation>(operation: &O) -> Result<String, String> {
        let built = openapi_rust_runtime::http::operation::build(operation);
        built.map(|request| request.uri().to_string()).map_err(|error| error.to_string())
    }
    assert_eq!(uri(&Plain).unwrap(), "/book");
    assert_eq!(uri(&Scan).unwrap(), "https://scans.test/up/book");
    assert_eq!((uri(&Rooted).unwrap(), uri(&Rootless).unwrap()), ("/v2/book".into(), "/v3/book".into()));
    assert!(uri(&Unfilled).unwrap_err().contains("no URI"));
}
