//! TLS as the builder sets it up: whom the client trusts, its own certificate, and the protocols that it offers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use openapi_rust_runtime::{Base64, Error, RetryPolicy, TransportErrorKind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{Acceptor, WebPkiClientVerifier};

use super::operations::{CallError, Client, ClientBuilder, Get};
use super::server::with_provider;

pub struct Identity {
    pub certificate: Vec<u8>,
    pub key: Vec<u8>,
}

/// An identity with a name of its own, by which some libraries look for the issuer.
pub fn identity() -> Identity {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let mut parameters = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let name = format!("test {}", COUNT.fetch_add(1, Ordering::Relaxed));
    parameters.distinguished_name.push(rcgen::DnType::CommonName, name);
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = parameters.self_signed(&key).unwrap();
    Identity { certificate: certificate.der().to_vec(), key: key.serialize_der() }
}

fn pem(kind: &str, bytes: &[u8]) -> String {
    let text = Base64::from_bytes(bytes).to_string();
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", lines.join("\n"))
}

/// A server that answers once for each connection with the protocols that the client offers, and with whether it showed
/// a certificate. If there is an `authority`, it must have issued the client's.
async fn serve(own: &Identity, authority: Option<&[u8]>) -> String {
    let builder = match authority {
        None => with_provider().with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from(authority.to_vec())).unwrap();
            let provider = Arc::new(aws_lc_rs::default_provider());
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            let verifier = verifier.build().unwrap();
            with_provider().with_client_cert_verifier(verifier)
        }
    };
    let key = PrivateKeyDer::try_from(own.key.clone()).unwrap();
    let config = builder.with_single_cert(vec![CertificateDer::from(own.certificate.clone())], key).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let config = config.clone();
            tokio::spawn(async move {
                let Ok(start) = LazyConfigAcceptor::new(Acceptor::default(), socket).await else { return };
                let offered = start.client_hello().alpn().into_iter().flatten();
                let offered: Vec<String> =
                    offered.map(|name| String::from_utf8_lossy(name).into_owned()).collect();
                let Ok(mut stream) = start.into_stream(config).await else { return };
                let shown = stream.get_ref().1.peer_certificates().map_or(0, <[_]>::len);
                let mut buffer = [0; 4096];
                let _ = stream.read(&mut buffer).await;
                let body = format!("{{\"offered\":\"{}\",\"shown\":{shown}}}", offered.join(" "));
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let _ = stream.write_all((head + &body).as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    url
}

fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).bearer_token("token").retry(RetryPolicy::never())
}

async fn answer(builder: ClientBuilder) -> Result<String, Error<CallError>> {
    let answer = builder.build().unwrap().send(&Get).await?;
    Ok(serde_json::to_string(&answer).unwrap())
}

#[tokio::test]
async fn an_own_root_is_trusted_and_http_2_is_offered() {
    let own = identity();
    let url = serve(&own, None).await;
    let error = answer(builder(&url)).await.unwrap_err();
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::Tls);
    let expected = r#"{"offered":"h2 http/1.1","shown":0}"#;
    let certificates = [own.certificate.clone(), pem("CERTIFICATE", &own.certificate).into_bytes()];
    for certificate in certificates {
        let trusting = builder(&url).root_certificates(certificate);
        assert_eq!(answer(trusting).await.unwrap(), expected);
    }
    let bundle = pem("CERTIFICATE", &identity().certificate) + &pem("CERTIFICATE", &own.certificate);
    assert_eq!(
        answer(builder(&url).root_certificates(bundle).only_root_certificates()).await.unwrap(),
        expected
    );
    let others = builder(&url).root_certificates(identity().certificate).only_root_certificates();
    assert!(matches!(answer(others).await, Err(Error::Transport(_))));
}

#[tokio::test]
async fn the_client_shows_its_certificate() {
    let (own, client) = (identity(), identity());
    let url = serve(&own, Some(&client.certificate)).await;
    let trusting = || builder(&url).root_certificates(own.certificate.clone());
    assert!(matches!(answer(trusting()).await, Err(Error::Transport(_))));
    let shown = |identity: &Identity| {
        let certificate = pem("CERTIFICATE", &identity.certificate);
        trusting().client_certificate(certificate, pem("PRIVATE KEY", &identity.key))
    };
    assert_eq!(answer(shown(&client)).await.unwrap(), r#"{"offered":"h2 http/1.1","shown":1}"#);
    assert!(matches!(answer(shown(&identity())).await, Err(Error::Transport(_))));
}

#[test]
fn what_can_not_be_read_is_an_error_without_the_key() {
    let failed = |builder: ClientBuilder| builder.build().unwrap_err().to_string();
    let builder = || builder("https://a.test");
    for certificate in ["", "nothing", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"] {
        let error = failed(builder().root_certificates(certificate));
        // Not all libraries look at it at once.
        let is_told = ["a root certificate can't be read", "invalid peer certificate"];
        assert!(is_told.iter().any(|told| error.contains(told)), "{error}");
    }
    let certificate = pem("CERTIFICATE", &identity().certificate);
    let error = failed(builder().client_certificate(certificate, "-----BEGIN PRIVATE KEY-----\ns3cr3t"));
    assert!(error.contains("its key can't be read") && !error.contains("s3cr3t"), "{error}");
    let transport = openapi_rust_runtime::transport_fn(|_| async { Ok(http::Response::new("".into())) });
    let error = failed(builder().root_certificates(identity().certificate).transport(transport));
    assert!(error.contains("the given transport's business"), "{error}");
}

#[tokio::test]
async fn a_socks_proxy_is_asked_for_the_host() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("socks5h://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut buffer = [0; 4096];
        // RFC 1928: the methods, the address, and then what goes to the host.
        let _ = socket.read(&mut buffer).await.unwrap();
        socket.write_all(&[5, 0]).await.unwrap();
        let count = socket.read(&mut buffer).await.unwrap();
        let asked = buffer[..count].to_vec();
        socket.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
        let _ = socket.read(&mut buffer).await.unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
        asked
    });
    let client = builder("http://pets.test").allow_http().proxy(proxy);
    assert_eq!(answer(client).await.unwrap(), "{}");
    let asked = served.await.unwrap();
    assert_eq!(asked, [&[5, 1, 0, 3, 9][..], b"pets.test", &[0, 80]].concat());
}
