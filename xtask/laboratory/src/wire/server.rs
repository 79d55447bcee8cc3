//! A server that answers as a case says, and records what arrives. It is a proxy, so that requests for any host reach it
//! (RFC 9112, section 3.2.2).

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::suite::{Answer, Step};

/// A request that arrived.
#[derive(Clone, Debug, Default)]
pub struct Arrived {
    pub method: String,
    /// The scheme and the host.
    pub origin: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The time since the last answer.
    pub after: Duration,
}

impl Arrived {
    /// The values of a header, joined by commas.
    pub fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

#[derive(Default)]
struct Script {
    /// The number of the case. Connections of an earlier one are closed.
    case: usize,
    answers: Vec<Answer>,
    arrived: Vec<Arrived>,
    answered: Option<Instant>,
}

/// The running server. It stops listening when the process ends.
pub struct Server {
    pub address: SocketAddr,
    script: Arc<Mutex<Script>>,
}

impl Server {
    /// Starts it.
    ///
    /// # Errors
    /// There is no port for it.
    pub fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let script: Arc<Mutex<Script>> = Arc::default();
        let shared = script.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let script = shared.clone();
                std::thread::spawn(move || serve(&stream, &script));
            }
        });
        Ok(Self { address, script })
    }

    /// Begins a case.
    pub fn begin(&self, steps: &[Step]) {
        let answers = steps.iter().map(|step| step.response.clone()).collect();
        let mut script = lock(&self.script);
        *script = Script { answers, case: script.case + 1, ..Script::default() };
    }

    /// What has arrived in the case.
    pub fn arrived(&self) -> Vec<Arrived> {
        lock(&self.script).arrived.clone()
    }
}

fn lock(script: &Mutex<Script>) -> MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves a connection until either side closes it.
fn serve(stream: &TcpStream, script: &Mutex<Script>) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    let case = lock(script).case;
    while let Some(mut request) = read(&mut reader) {
        let answer = {
            let mut script = lock(script);
            if script.case != case {
                break;
            }
            request.after = script.answered.map(|before| before.elapsed()).unwrap_or_default();
            let number = script.arrived.len();
            script.arrived.push(request.clone());
            script.answers.get(number).cloned()
        };
        let beyond = || Answer { status: Some(418), ..Answer::default() };
        let written = write(stream, &answer.unwrap_or_else(beyond), &request.method);
        let mut script = lock(script);
        if script.case == case {
            script.answered = Some(Instant::now());
        }
        drop(script);
        if !matches!(written, Ok(true)) {
            break;
        }
    }
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

/// The next request; `None` at the end of the connection.
fn read(reader: &mut BufReader<&TcpStream>) -> Option<Arrived> {
    let line = line(reader)?;
    let mut words = line.split(' ');
    let (method, uri) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut request = Arrived { method, ..Arrived::default() };
    loop {
        let line = self::line(reader)?;
        let Some((name, value)) = line.split_once(':') else { break };
        request.headers.push((name.to_owned(), value.trim_matches([' ', '\t']).to_owned()));
    }
    (request.origin, request.target) = match uri.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            (format!("{scheme}://{}", &rest[..end]), rest[end..].to_owned())
        }
        None => (format!("http://{}", request.header("host").unwrap_or_default()), uri),
    };
    if request.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        loop {
            let size = usize::from_str_radix(self::line(reader)?.split(';').next()?.trim(), 16).ok()?;
            let start = request.body.len();
            request.body.resize(start + size, 0);
            reader.read_exact(&mut request.body[start..]).ok()?;
            self::line(reader)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse().ok()?];
        reader.read_exact(&mut request.body).ok()?;
    }
    Some(request)
}

fn line(reader: &mut BufReader<&TcpStream>) -> Option<String> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).ok()?;
    line.ends_with(b"\n").then(|| String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
}

/// Writes an answer; `false` if the connection is to be closed.
fn write(mut stream: &TcpStream, answer: &Answer, method: &str) -> std::io::Result<bool> {
    std::thread::sleep(Duration::from_millis(answer.delay_ms.unwrap_or(0)));
    if answer.close {
        return Ok(false);
    }
    if let Some(raw) = &answer.raw {
        stream.write_all(raw.as_bytes())?;
        return Ok(false);
    }
    let body = body(answer);
    let status = answer.status.unwrap_or(if body.is_some() || answer.chunks.is_some() { 200 } else { 204 });
    let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
    for (name, values) in &answer.headers {
        for value in values.iter() {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    let has_type = answer.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type"));
    if answer.json.is_some() && !has_type {
        head.push_str("content-type: application/json\r\n");
    }
    if let Some(chunks) = &answer.chunks {
        head.push_str("transfer-encoding: chunked\r\n\r\n");
        stream.write_all(head.as_bytes())?;
        for chunk in chunks {
            std::thread::sleep(Duration::from_millis(answer.chunk_delay_ms.unwrap_or(0)));
            write!(stream, "{:x}\r\n{chunk}\r\n", chunk.len())?;
            stream.flush()?;
        }
        if answer.cut_after.is_some() {
            return Ok(false);
        }
        stream.write_all(b"0\r\n\r\n")?;
        return Ok(true);
    }
    let body = body.unwrap_or_default();
    if !matches!(status, 204 | 304) {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if method == "HEAD" {
        return Ok(true);
    }
    let sent = answer.cut_after.unwrap_or(body.len()).min(body.len());
    stream.write_all(&body[..sent])?;
    Ok(answer.cut_after.is_none())
}

fn body(answer: &Answer) -> Option<Vec<u8>> {
    if let Some(value) = &answer.json {
        let text = super::exact::Exact::of(value).map(|value| value.to_string());
        return Some(text.unwrap_or_default().into_bytes());
    }
    if let Some(text) = &answer.base64 {
        return super::base64(text);
    }
    if let Some((text, times)) = &answer.repeat {
        return Some(text.repeat(*times).into_bytes());
    }
    answer.text.clone().map(String::into_bytes)
}
