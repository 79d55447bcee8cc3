//! Which version of HTTP calls are made by, as client and server agree on while TLS is set up.

use std::convert::Infallible;
use std::future::ready;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, Version};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use openapi_rust_runtime::RetryPolicy;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::operations::{Client, Get};
use super::server::with_provider;
use super::tls::{Identity, identity};

/// What the server saw of a request, and on which connection.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    connection: usize,
    version: Version,
    host: String,
    authorization: String,
}

/// A server over TLS that speaks these protocols.
async fn serve(own: &Identity, protocols: &[&str]) -> (String, Arc<Mutex<Vec<Seen>>>) {
    let key = PrivateKeyDer::try_from(own.key.clone()).unwrap();
    let certificates = vec![CertificateDer::from(own.certificate.clone())];
    let mut config = with_provider().with_no_client_auth().with_single_cert(certificates, key).unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let log = Arc::new(Mutex::new(Vec::new()));
    let kept = log.clone();
    tokio::spawn(async move {
        for connection in 0..100 {
            let (socket, _) = listener.accept().await.unwrap();
            let (acceptor, log) = (acceptor.clone(), log.clone());
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(socket).await else { return };
                let service = service_fn(move |request| {
                    log.lock().unwrap().push(seen(connection, &request));
                    ready(Ok::<_, Infallible>(Response::new(Full::<Bytes>::from("{}"))))
                });
                // It tells the versions apart by what the client sends, whatever was agreed on.
                let server = auto::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (url, kept)
}

fn seen(connection: usize, request: &Request<Incoming>) -> Seen {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    // HTTP/2 has the host in the URL, earlier versions in a header.
    let host = request.uri().authority().map(ToString::to_string).or_else(|| header("host")).unwrap();
    let authorization = header("authorization").unwrap_or_default();
    Seen { connection, version: request.version(), host, authorization }
}

fn client(url: &str, own: &Identity) -> Client {
    let builder = Client::builder().base_url(url).bearer_token("token").retry(RetryPolicy::never());
    builder.root_certificates(own.certificate.clone()).build().unwrap()
}

#[tokio::test]
async fn calls_share_one_connection_by_http_2_if_the_server_chooses_it() {
    let own = identity();
    let (url, log) = serve(&own, &["h2", "http/1.1"]).await;
    let client = client(&url, &own);
    client.send(&Get).await.unwrap();
    let (one, other) = tokio::join!(client.send(&Get), client.send(&Get));
    one.and(other).unwrap();
    let expected = Seen {
        connection: 0,
        version: Version::HTTP_2,
        host: url.trim_start_matches("https://").to_owned(),
        authorization: "Bearer token".to_owned(),
    };
    assert_eq!(*log.lock().unwrap(), vec![expected; 3]);
}

#[tokio::test]
async fn calls_are_made_by_http_1_1_if_the_server_chooses_it_or_nothing() {
    // A server without ALPN chooses nothing.
    for protocols in [&["http/1.1"][..], &["http/1.1", "h2"], &[]] {
        let own = identity();
        let (url, log) = serve(&own, protocols).await;
        client(&url, &own).send(&Get).await.unwrap();
        let versions: Vec<Version> = log.lock().unwrap().iter().map(|seen| seen.version).collect();
        assert_eq!(versions, [Version::HTTP_11], "{protocols:?}");
    }
}
