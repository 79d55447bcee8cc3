//! A server that answers as the service does, or with a fault when told to.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A connection as the service returns it.
pub const CONNECTION: &str = r#"{"id":"con_0000000000000001","name":"staff","display_name":"Staff","strategy":"auth0","options":{"mfa":{"active":true,"return_enroll_settings":true},"passwordPolicy":"good","brute_force_protection":true,"password_history":{"enable":true,"size":5},"password_complexity_options":{"min_length":12},"attributes":{"email":{"identifier":{"active":true},"profile_required":true,"signup":{"status":"required"}}},"strategy_version":2,"realm_fallback":false},"realms":["acme.com","staff"],"enabled_clients":["a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4"],"is_domain_connection":false,"show_as_button":true,"metadata":{"tier":"gold","owner":"identity"},"authentication":{"active":true},"connected_accounts":{"active":false}}"#;

/// How the server mishandles a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 500, which isn't retried unless the request is safe to repeat.
    Internal,
    Unavailable,
    TooManyRequests,
    Reset,
    Truncated,
    Malformed,
    /// Bytes that aren't HTTP.
    Garbage,
    /// A correct answer, after which the server closes the connection.
    Close,
}

pub const FAULTS: [Fault; 8] = [
    Fault::Internal,
    Fault::Unavailable,
    Fault::TooManyRequests,
    Fault::Reset,
    Fault::Truncated,
    Fault::Malformed,
    Fault::Garbage,
    Fault::Close,
];

/// A connection that a server reads from and writes to.
pub trait Connection: AsyncRead + AsyncWrite + Unpin + Send {
    /// The socket under it.
    fn socket(&self) -> &TcpStream;
}

impl Connection for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }
}

/// What the server saw.
#[derive(Default)]
pub struct Seen {
    pub requests: AtomicUsize,
    pub connections: AtomicUsize,
    /// In the order of [`FAULTS`].
    pub faults: [AtomicUsize; FAULTS.len()],
    /// The first requests, verbatim.
    pub first: Mutex<Vec<Vec<u8>>>,
}

/// The number of first requests to keep.
pub const KEPT: usize = 4;

/// Starts a server that mishandles every `every`th request, cycling through the faults; 0 for none.
pub async fn start(every: usize) -> (String, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v2", listener.local_addr().unwrap());
    let seen = Arc::new(Seen::default());
    let counted = seen.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            counted.connections.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(converse(stream, counted.clone(), every));
        }
    });
    (url, seen)
}

async fn converse(mut stream: TcpStream, seen: Arc<Seen>, every: usize) {
    stream.set_nodelay(true).unwrap();
    let right = answer("200 OK", "", CONNECTION);
    let mut buffer = Vec::with_capacity(4096);
    while let Some(length) = read(&mut stream, &mut buffer).await {
        let request = buffer.drain(..length);
        let number = seen.requests.fetch_add(1, Ordering::Relaxed) + 1;
        if number <= KEPT {
            seen.first.lock().unwrap().push(request.collect());
        } else {
            drop(request);
        }
        if every == 0 || !number.is_multiple_of(every) {
            if stream.write_all(&right).await.is_err() {
                return;
            }
            continue;
        }
        let index = number / every % FAULTS.len();
        seen.faults[index].fetch_add(1, Ordering::Relaxed);
        if !misbehave(&mut stream, FAULTS[index], "0").await {
            return;
        }
    }
}

/// Whether the connection stays open. `retry_after` is how many seconds a client is to wait that made too many requests.
pub async fn misbehave(stream: &mut impl Connection, fault: Fault, retry_after: &str) -> bool {
    let (bytes, goes_on) = match fault {
        Fault::Internal => (answer("500 Internal Server Error", "", "{}"), true),
        Fault::Unavailable => (answer("503 Service Unavailable", "", "<html>busy</html>"), true),
        Fault::TooManyRequests => {
            (answer("429 Too Many Requests", &format!("retry-after: {retry_after}\r\n"), "{}"), true)
        }
        Fault::Malformed => (answer("200 OK", "", &CONNECTION[..100]), true),
        Fault::Garbage => (b"\x16\x03\x01 not HTTP\r\n\r\n".to_vec(), false),
        Fault::Close => (answer("200 OK", "connection: close\r\n", CONNECTION), false),
        Fault::Truncated => {
            let mut bytes = answer("200 OK", "", CONNECTION);
            bytes.truncate(bytes.len() - 100);
            (bytes, false)
        }
        Fault::Reset => {
            stream.socket().set_zero_linger().unwrap();
            (Vec::new(), false)
        }
    };
    let written = stream.write_all(&bytes).await.is_ok() && stream.flush().await.is_ok();
    if matches!(fault, Fault::Truncated | Fault::Garbage) {
        // So that the client reads what was written before the connection closes.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    written && goes_on
}

pub fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// The length of the request at the start of the buffer, once it is complete.
pub async fn read(stream: &mut impl Connection, buffer: &mut Vec<u8>) -> Option<usize> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = std::str::from_utf8(&buffer[..end]).unwrap();
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length: usize = length.map_or(0, |(_, length)| length.parse().unwrap());
            if buffer.len() >= end + 4 + length {
                return Some(end + 4 + length);
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}
