//! A server with TLS that hands out tokens, refuses those that have expired, answers late, and mishandles one request in
//! twenty.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

use super::account::{Account, REFUSED};
use crate::server::{CONNECTION, Connection, FAULTS, answer, misbehave, read};

/// How long a token is valid.
const LIFETIME: Duration = Duration::from_secs(2);

/// One token in so many is refused when half of its time is over.
const REVOKED: usize = 8;

/// One request in so many is mishandled.
const EVERY: usize = 20;

/// The connection whose answer is long.
pub const LARGE: &str = "con_0000000000000002";

/// How long it is: more than the sockets hold, so that the server waits for a slow reader.
const LARGE_SIZE: usize = 128 * 1024;

impl Connection for TlsStream<TcpStream> {
    fn socket(&self) -> &TcpStream {
        self.get_ref().0
    }
}

pub struct Server {
    pub url: String,
    /// The certificate that it shows, in DER.
    pub certificate: Vec<u8>,
    accepting: JoinHandle<()>,
}

impl Server {
    pub fn start(account: Arc<Account>) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_send_buffer_size(16 * 1024).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1024).unwrap();
        let url = format!("https://{}/api/v2", listener.local_addr().unwrap());
        let (certificate, acceptor) = acceptor();
        let answers = Arc::new(Answers::new());
        let accepting = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let open = Open::new(account.clone());
                let (acceptor, answers) = (acceptor.clone(), answers.clone());
                tokio::spawn(async move {
                    stream.set_nodelay(true).unwrap();
                    // A call may be given up in the middle of the handshake.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        converse(stream, &open.0, &answers).await;
                    }
                });
            }
        });
        Self { url, certificate, accepting }
    }

    /// Accepts no more connections. Those that are open stay so until the client closes them.
    pub async fn stop(self) {
        self.accepting.abort();
        let _ = self.accepting.await;
    }
}

fn acceptor() -> (Vec<u8>, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    // The provider is named, since several may be compiled.
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    (certificate.to_vec(), TlsAcceptor::from(Arc::new(config)))
}

/// Counts a connection for as long as it is open.
struct Open(Arc<Account>);

impl Open {
    fn new(account: Arc<Account>) -> Self {
        account.connections.fetch_add(1, Ordering::Relaxed);
        account.open.fetch_add(1, Ordering::SeqCst);
        Self(account)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What the server answers when nothing is wrong, and the tokens that it knows by their text alone.
struct Answers {
    start: Instant,
    given: AtomicUsize,
    right: Vec<u8>,
    large: Vec<u8>,
}

impl Answers {
    fn new() -> Self {
        let padded = CONNECTION.replacen('{', &format!(r#"{{"padding":"{}","#, "x".repeat(LARGE_SIZE)), 1);
        Self {
            start: Instant::now(),
            given: AtomicUsize::new(0),
            right: answer("200 OK", "", CONNECTION),
            large: answer("200 OK", "", &padded),
        }
    }

    fn token(&self) -> Vec<u8> {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        let lifetime = if number % REVOKED == REVOKED - 1 { LIFETIME / 2 } else { LIFETIME };
        let until = (self.start.elapsed() + lifetime).as_millis();
        let seconds = LIFETIME.as_secs();
        let body =
            format!(r#"{{"access_token":"{number}.{until}","token_type":"Bearer","expires_in":{seconds}}}"#);
        answer("200 OK", "", &body)
    }

    fn accepts(&self, token: &str) -> bool {
        let until = token.split_once('.').and_then(|(_, until)| until.parse::<u128>().ok());
        until.is_some_and(|until| self.start.elapsed().as_millis() < until)
    }
}

async fn converse(mut stream: impl Connection, account: &Account, answers: &Answers) {
    let mut buffer = Vec::with_capacity(4096);
    while let Some(length) = read(&mut stream, &mut buffer).await {
        let request = Request::new(&buffer[..length]);
        buffer.drain(..length);
        let goes_on = match request {
            Request::Token => {
                account.tokens.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(20)).await;
                write(&mut stream, &answers.token()).await
            }
            Request::Call { call, token, is_large } => {
                let number = account.arrived(&call);
                let is_accepted = answers.accepts(&token);
                // As long as a call over a network takes.
                tokio::time::sleep(Duration::from_millis(fastrand::u64(50..150))).await;
                if !is_accepted {
                    account.done[REFUSED].fetch_add(1, Ordering::Relaxed);
                    write(&mut stream, &answer("401 Unauthorized", "", "{}")).await
                } else if number.is_multiple_of(EVERY) {
                    let index = number / EVERY % FAULTS.len();
                    account.done[index].fetch_add(1, Ordering::Relaxed);
                    misbehave(&mut stream, FAULTS[index], "1").await
                } else {
                    write(&mut stream, if is_large { &answers.large } else { &answers.right }).await
                }
            }
        };
        if !goes_on {
            return;
        }
    }
}

/// Whether the connection stays open.
async fn write(stream: &mut impl Connection, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok() && stream.flush().await.is_ok()
}

enum Request {
    Token,
    Call { call: String, token: String, is_large: bool },
}

impl Request {
    fn new(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let header = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(": "));
            let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_owned()).unwrap_or_default()
        };
        if text.starts_with("POST /oauth/token/ ") {
            return Self::Token;
        }
        Self::Call {
            call: header(super::account::CALL),
            token: header("authorization").replace("Bearer ", ""),
            is_large: text.lines().next().is_some_and(|line| line.contains(LARGE)),
        }
    }
}
