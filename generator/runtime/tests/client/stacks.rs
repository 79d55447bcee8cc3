//! Other ways to send: a `tower` service, a custom `reqwest::Client`, a proxy, the blocking client.

use std::convert::Infallible;
use std::future::Ready;
use std::task::{Context, Poll};

use super::operations::Client;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use openapi_rust_runtime::{ServiceBody, ServiceTransport, blocking};
use tower_service::Service;

use super::operations::{Get, Post};
use super::server::{Server, response};

/// A service that answers with the path.
#[derive(Clone)]
struct Echo;

impl Service<Request<ServiceBody>> for Echo {
    type Response = Response<Full<bytes::Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<ServiceBody>) -> Self::Future {
        let path = format!("{{\"path\":\"{}\"}}", request.uri().path());
        std::future::ready(Ok(Response::new(Full::new(path.into()))))
    }
}

#[tokio::test]
async fn a_tower_service() {
    let builder = Client::builder().base_url("https://a.test/v1").bearer_token("token");
    let client = builder.transport(ServiceTransport(Echo)).build().unwrap();
    assert_eq!(client.send(&Get).await.unwrap()["path"], "/v1/pets/1");
}

#[tokio::test]
async fn a_body_for_a_service_has_its_length_and_can_be_a_stream() {
    use openapi_rust_runtime::{Body, Transport as _};
    #[derive(Clone)]
    struct Collect;
    impl Service<Request<ServiceBody>> for Collect {
        type Response = Response<Full<bytes::Bytes>>;
        type Error = std::io::Error;
        type Future = openapi_rust_runtime::BoxFuture<'static, Result<Self::Response, Self::Error>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request<ServiceBody>) -> Self::Future {
            Box::pin(
                async move { Ok(Response::new(Full::new(request.into_body().collect().await?.to_bytes()))) },
            )
        }
    }
    let pieces = || -> openapi_rust_runtime::ByteStream {
        Box::pin(futures_util::stream::iter([Ok(bytes::Bytes::from("ab")), Ok(bytes::Bytes::from("c"))]))
    };
    for body in [Body::from("abc"), Body::stream(None, pieces)] {
        let response = ServiceTransport(Collect).send(Request::new(body)).await.unwrap();
        assert_eq!(response.into_body().chunk().await.unwrap().unwrap(), "abc");
    }
}

#[test]
fn without_async() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(false, |_, request| match request.line() {
        line if line.starts_with("GET") => response("200 OK", "x-left: 3\r\n", "{\"a\":1}"),
        _ => response("418 Teapot", "", ""),
    }));
    let client = blocking::Client::new(server.client().build().unwrap()).unwrap();
    assert_eq!(client.send(&Get).unwrap()["a"], 1);
    assert_eq!(client.respond(&Get).unwrap().headers()["x-left"], "3");
    assert_eq!(client.send(&Post).unwrap_err().status().unwrap(), 418);
    let chunk = client.wait(async |client| client.stream(&Get).await.unwrap().chunk().await.unwrap());
    assert_eq!(chunk.unwrap(), "{\"a\":1}");
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.send(&Get).is_ok())
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
    // The last clone may be dropped where async code runs.
    runtime.block_on(async move { drop(client) });
}

#[tokio::test]
async fn a_reqwest_client_of_one_s_own() {
    let server = Server::start(false, |_, _| response("200 OK", "", "{}")).await;
    let mine = reqwest::Client::builder().connection_verbose(true).build().unwrap();
    let client = server.client().transport(mine).build().unwrap();
    for _ in 0..5 {
        client.send(&Get).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (5, 1));
    let both = server.client().transport(reqwest::Client::new()).proxy("http://127.0.0.1:1").build();
    assert!(both.unwrap_err().to_string().contains("transport's business"));
}

#[tokio::test]
async fn through_a_proxy() {
    let proxy = Server::start(false, |_, _| response("200 OK", "", "{}")).await;
    let builder = Client::builder().base_url("http://pets.example").allow_http().bearer_token("token");
    let client = builder.proxy(proxy.url.replace("http://", "http://user:password@")).build().unwrap();
    client.send(&Get).await.unwrap();
    let request = &proxy.requests()[0];
    assert_eq!(request.line(), "GET http://pets.example/pets/1 HTTP/1.1");
    assert_eq!(request.header("proxy-authorization"), Some("Basic dXNlcjpwYXNzd29yZA=="));
}

#[tokio::test]
async fn plain_http_to_this_machine_does_not_go_through_a_proxy() {
    let answer = || Server::start(false, |_, _| response("200 OK", "", "{}"));
    let (server, proxy) = (answer().await, answer().await);
    server.client().proxy(&*proxy.url).build().unwrap().send(&Get).await.unwrap();
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}
