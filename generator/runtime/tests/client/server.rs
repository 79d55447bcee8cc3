//! A server that does what a test tells it to, with or without TLS.

use std::sync::{Arc, Mutex};

use super::operations::{Client, ClientBuilder};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ConfigBuilder, ServerConfig, WantsVerifier};

/// What the server does with a request.
#[derive(Clone)]
pub enum Answer {
    /// Writes this and keeps the connection open.
    Send(Vec<u8>),
    /// Writes this and closes the connection.
    Close(Vec<u8>),
    /// Writes this and resets the connection.
    Reset(Vec<u8>),
    /// Writes this, then stalls.
    Stall(Vec<u8>),
    /// Writes this, then endless chunks.
    Flood(Vec<u8>),
}

/// A response with a `Content-Length`.
pub fn response(status: &str, headers: &str, body: &str) -> Answer {
    let text = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len());
    Answer::Send(text.into_bytes())
}

#[derive(Clone, Debug)]
pub struct Request {
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        pairs.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

type Handler = Arc<dyn Fn(usize, &Request) -> Answer + Send + Sync>;

/// A server; it stops with the test's runtime.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    connections: Arc<Mutex<usize>>,
    certificate: Option<Vec<u8>>,
}

impl Server {
    /// Answers requests with the result of `handler`, which receives the number of earlier requests.
    pub async fn start(
        tls: bool,
        handler: impl Fn(usize, &Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (certificate, acceptor) = match tls {
            true => {
                let (certificate, acceptor) = acceptor();
                (Some(certificate), Some(acceptor))
            }
            false => (None, None),
        };
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let (log, count) = (requests.clone(), connections.clone());
        let handler: Handler = Arc::new(handler);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                *count.lock().unwrap() += 1;
                let (handler, log, acceptor) = (handler.clone(), log.clone(), acceptor.clone());
                tokio::spawn(async move {
                    match acceptor {
                        None => converse(stream, |stream| stream, &handler, &log).await,
                        Some(acceptor) => {
                            let Ok(stream) = acceptor.accept(stream).await else { return };
                            converse(stream, |stream| stream.into_inner().0, &handler, &log).await;
                        }
                    }
                });
            }
        });
        let url = format!("{}://localhost:{port}", if tls { "https" } else { "http" });
        Self { url, requests, connections, certificate }
    }

    /// A builder for a client that trusts this server.
    pub fn client(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(&self.url).bearer_token("token");
        match &self.certificate {
            None => builder,
            Some(certificate) => builder.transport(
                reqwest::Client::builder()
                    .tls_backend_rustls()
                    .redirect(reqwest::redirect::Policy::none())
                    .tls_certs_only([reqwest::Certificate::from_der(certificate).unwrap()])
                    .build()
                    .unwrap(),
            ),
        }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

/// The provider is named, since several are compiled.
pub fn with_provider() -> ConfigBuilder<ServerConfig, WantsVerifier> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap()
}

fn acceptor() -> (Vec<u8>, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config =
        with_provider().with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
    (certificate.to_vec(), TlsAcceptor::from(Arc::new(config)))
}

/// Reads requests and answers them, one after another.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    socket: impl Fn(S) -> TcpStream,
    handler: &Handler,
    log: &Mutex<Vec<Request>>,
) {
    while let Some(request) = read(&mut stream).await {
        let before = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        let answer = handler(before, &request);
        let (Answer::Send(bytes)
        | Answer::Close(bytes)
        | Answer::Reset(bytes)
        | Answer::Stall(bytes)
        | Answer::Flood(bytes)) = &answer;
        if stream.write_all(bytes).await.is_err() || stream.flush().await.is_err() {
            return;
        }
        match answer {
            Answer::Send(_) => {}
            // Without TLS's `close_notify`.
            Answer::Close(_) => return,
            Answer::Reset(_) => {
                let socket = socket(stream);
                // The client has to read what was written before the reset discards it.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                socket.set_zero_linger().unwrap();
                return;
            }
            Answer::Stall(_) => std::future::pending().await,
            Answer::Flood(_) => {
                let chunk = [b"1000\r\n".as_slice(), &[b'x'; 0x1000], b"\r\n"].concat();
                while stream.write_all(&chunk).await.is_ok() {}
                return;
            }
        }
    }
}

async fn read<S: AsyncRead + Unpin>(stream: &mut S) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let request = Request { head, body: bytes[end + 4..].to_vec() };
            let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
            if request.body.len() >= length {
                return Some(request);
            }
        }
        match stream.read(&mut buffer).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
    }
}
