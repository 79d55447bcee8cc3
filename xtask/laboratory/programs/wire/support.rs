//! What the programs that make calls share: values go in as JSON texts, results come out as such.

use std::collections::BTreeMap;
use std::future::Future;
use std::io::{BufRead as _, Write as _};
use std::pin::Pin;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openapi_runtime::{
    AuthenticationError, Body, CallOptions, Client, ClientCredentials, DeclaredFailure, Document, Error, Event,
    FailureResponse, FilePart, FromJson, ItemStream, Mode, PageError, Reconnect, RetryPolicy, StreamError, StreamItem,
    ToJson, TransportErrorKind, decode, encode,
};
use openapi_runtime::futures_core::Stream;
use serde_json::{Value, json};

/// A result, as a line of JSON.
pub struct Answer(Value);

/// What a call is made with.
pub struct Call {
    /// The number of the operation.
    pub operation: usize,
    values: BTreeMap<String, String>,
    used: Vec<String>,
    settings: Value,
}

impl Call {
    fn new(line: &Value) -> Self {
        let text = |(key, value): (&String, &Value)| (key.clone(), value.as_str().unwrap_or_default().to_owned());
        let values = line["values"].as_object().into_iter().flatten().map(text).collect();
        let operation = line["operation"].as_u64().and_then(|number| usize::try_from(number).ok());
        Self { operation: operation.unwrap_or(usize::MAX), values, used: Vec::new(), settings: line["settings"].clone() }
    }

    /// The media type that is asked for, if it isn't the preferred one.
    pub fn accept(&self) -> &str {
        self.settings["accept"].as_str().unwrap_or_default()
    }

    /// Whether the items of a stream are wanted, those of a list by page, or the value as it is.
    pub fn wants(&self) -> &str {
        self.settings["as"].as_str().unwrap_or("value")
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let text = self.values.get(key)?.clone();
        self.used.push(key.to_owned());
        Some(text)
    }

    /// The value of `key`, unless something has taken it.
    pub fn optional<T: FromJson>(&mut self, key: &str) -> Result<Option<T>, String> {
        if self.used.iter().any(|used| used == key) {
            return Ok(None);
        }
        let Some(text) = self.text(key) else { return Ok(None) };
        decode::from_text(&text, Mode::Lenient).map(Some).map_err(|error| format!("{key}: {error}"))
    }

    /// The value of `key`.
    pub fn take<T: FromJson>(&mut self, key: &str) -> Result<T, String> {
        self.optional(key)?.ok_or_else(|| format!("{key} is needed"))
    }

    /// The bytes of `key`.
    pub fn body(&mut self, key: &str) -> Result<Option<Body>, String> {
        let Some(text) = self.text(key) else { return Ok(None) };
        let value: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        bytes(&value).map(|bytes| Some(Body::from(bytes)))
    }

    /// The files of `key`.
    pub fn files(&mut self, key: &str) -> Result<Vec<FilePart>, String> {
        let Some(text) = self.text(key) else { return Ok(Vec::new()) };
        let values: Vec<Value> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        values.iter().map(file).collect()
    }

    /// The only file of `key`.
    pub fn file(&mut self, key: &str) -> Result<Option<FilePart>, String> {
        Ok(self.files(key)?.pop())
    }

    /// Whether null is to be sent; the value is then used.
    pub fn is_null(&mut self, key: &str) -> bool {
        let is_null = self.values.get(key).is_some_and(|text| text == "null");
        if is_null {
            self.used.push(key.to_owned());
        }
        is_null
    }

    /// The index of the media type of the body.
    pub fn content(&self) -> u64 {
        self.settings["content"].as_u64().unwrap_or(0)
    }

    /// An error unless everything has been taken.
    pub fn finish(&self) -> Result<(), String> {
        let unused: Vec<&str> =
            self.values.keys().map(String::as_str).filter(|key| !self.used.iter().any(|used| used == key)).collect();
        if unused.is_empty() { Ok(()) } else { Err(format!("nothing takes {}", unused.join(", "))) }
    }
}

fn bytes(value: &Value) -> Result<Vec<u8>, String> {
    match (value["text"].as_str(), value["base64"].as_str()) {
        (Some(text), _) => Ok(text.as_bytes().to_vec()),
        (_, Some(text)) => STANDARD.decode(text).map_err(|error| error.to_string()),
        _ => Err("neither text nor base64".to_owned()),
    }
}

fn file(value: &Value) -> Result<FilePart, String> {
    let mut part = FilePart::new(value["name"].as_str().unwrap_or_default(), bytes(value)?);
    if let Some(media_type) = value["type"].as_str() {
        part = part.media_type(media_type);
    }
    for (name, value) in value["headers"].as_object().into_iter().flatten() {
        part = part.header(name, value.as_str().unwrap_or_default());
    }
    Ok(part)
}

/// The client that makes a call.
fn client<D: Document>(settings: &Value) -> Result<Client<D>, String> {
    let (text, number) = (|name: &str| settings[name].as_str(), |name: &str| settings[name].as_u64());
    let time = |name: &str| number(name).map(Duration::from_millis);
    let mut builder = Client::<D>::builder().allow_http();
    if let Some(url) = text("server") {
        builder = builder.base_url(url);
    }
    for (scheme, credential) in settings["credentials"].as_object().into_iter().flatten() {
        let part = |name: &str| credential[name].as_str().unwrap_or_default();
        if credential["user"].is_string() {
            let pair = STANDARD.encode(format!("{}:{}", part("user"), part("password")));
            builder = builder.credential(scheme, pair);
        } else if credential["client_id"].is_string() {
            builder = builder.client_credentials(ClientCredentials::new(part("client_id"), part("client_secret")));
        } else {
            let fixed = ["key", "token", "authorization"].into_iter().find_map(|name| credential[name].as_str());
            builder = builder.credential(scheme, fixed.unwrap_or_default());
        }
    }
    let first = time("first_wait_ms").unwrap_or(Duration::from_millis(500));
    let attempts = number("attempts").and_then(|number| u32::try_from(number).ok()).unwrap_or(1);
    builder = builder.retry(RetryPolicy::new(attempts).delays(first, first * 8));
    if let Some(most) = number("redirects").and_then(|number| u32::try_from(number).ok()) {
        builder = builder.redirects(most);
    }
    if let Some(limit) = number("response_limit").and_then(|number| usize::try_from(number).ok()) {
        builder = builder.response_limit(limit);
    }
    builder = builder.timeout(time("timeout_ms").unwrap_or(Duration::from_secs(20)));
    if let Some(timeout) = time("attempt_timeout_ms") {
        builder = builder.attempt_timeout(timeout);
    }
    let mut options = CallOptions::new();
    if let Some(idempotent) = settings["idempotent"].as_bool() {
        options = options.idempotent(idempotent);
    }
    for (name, value) in settings["headers"].as_object().into_iter().flatten() {
        let name = name.parse().map_err(|_| format!("{name}: not the name of a header"))?;
        let value = value.as_str().unwrap_or_default().parse().map_err(|_| "not the value of a header".to_owned())?;
        options = options.header(name, value);
    }
    let client = builder.build().map_err(|error| error.to_string())?;
    Ok(client.with(options))
}

/// Makes one call for each line of the input, and prints its result.
pub fn run<D, F>(make: impl Fn(Call, Client<D>) -> F)
where
    D: Document,
    F: Future<Output = Answer>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("the runtime can start");
    // Calls with the same settings share a client, and so its tokens and connections.
    let mut known: Option<(Value, Client<D>)> = None;
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line.expect("standard input is text")).expect("a line of JSON");
        let call = Call::new(&line);
        let session = json!([line["session"], call.settings["server"], call.settings["credentials"]]);
        let client = match &known {
            Some((same, client)) if *same == session && !line["session"].is_null() => Ok(client.clone()),
            _ => client::<D>(&call.settings),
        };
        let answer = match client {
            Err(reason) => Answer(json!({"error": "client", "reason": reason})),
            Ok(client) => {
                known = Some((session, client.clone()));
                let cancelled = call.settings["cancel_after_ms"].as_u64();
                let made = make(call, client);
                runtime.block_on(async {
                    let Some(limit) = cancelled else { return made.await };
                    let answer = tokio::time::timeout(Duration::from_millis(limit), made).await;
                    answer.unwrap_or_else(|_| Answer(json!({"error": "cancelled"})))
                })
            }
        };
        let mut output = std::io::stdout().lock();
        writeln!(output, "{}", answer.0).and_then(|()| output.flush()).expect("standard output is open");
    }
}

/// No request could be made of the values.
pub fn refused(reason: String) -> Answer {
    Answer(json!({"error": "invalid", "reason": reason}))
}

/// No success that the document lists.
pub fn unlisted(status: u16) -> Answer {
    Answer(json!({"error": "unlisted", "status": status}))
}

/// A result without a value.
pub fn nothing(status: u16) -> Answer {
    Answer(json!({"status": status}))
}

/// A value, as a JSON text.
pub fn shown<T: ToJson + ?Sized>(value: &T) -> Value {
    match encode::to_vec(value) {
        Ok(text) => json!({"value": String::from_utf8_lossy(&text)}),
        Err(error) => json!({"unwritten": error.to_string()}),
    }
}

/// Bytes.
pub fn shown_bytes(bytes: &[u8]) -> Value {
    json!({"base64": STANDARD.encode(bytes)})
}

/// A server-sent event.
pub fn shown_event(event: &Event) -> Value {
    let mut value = json!({"event": event.event, "data": event.data});
    if !event.id.is_empty() {
        value["id"] = json!(event.id);
    }
    if let Some(retry) = event.retry {
        value["retry"] = json!(retry);
    }
    json!({"value": value.to_string()})
}

/// A success.
pub fn success(status: u16, shown: Value) -> Answer {
    let mut answer = json!({"status": status});
    merge(&mut answer, shown);
    Answer(answer)
}

/// A failure that the document declares.
pub fn declared(response: &FailureResponse, body: Option<Value>) -> Answer {
    let mut answer = json!({"error": "declared", "status": response.status.as_u16()});
    merge(&mut answer, body.unwrap_or_else(|| json!({"unread": String::from_utf8_lossy(&response.body)})));
    Answer(answer)
}

fn merge(answer: &mut Value, more: Value) {
    if let (Some(members), Value::Object(more)) = (answer.as_object_mut(), more) {
        members.extend(more);
    }
}

/// A failure of any other kind.
pub fn failed<E: std::fmt::Debug>(error: &Error<E>) -> Answer {
    let status = |response: &FailureResponse| response.status.as_u16();
    Answer(match error {
        Error::Unexpected(response) => json!({"error": "undeclared", "status": status(response)}),
        Error::InvalidRequest(error) => json!({"error": "invalid", "reason": error.to_string()}),
        Error::Authentication(error) => json!({"error": "authentication", "reason": authentication(error)}),
        Error::Transport(error) => json!({"error": kind(error.kind()), "reason": error.to_string()}),
        Error::Timeout(_) => json!({"error": "timeout"}),
        Error::Decode(error, response) => {
            json!({"error": "decode", "status": status(response), "reason": error.to_string()})
        }
        other => json!({"error": "other", "reason": format!("{other:?}")}),
    })
}

fn authentication(error: &AuthenticationError) -> String {
    error.to_string()
}

fn kind(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect | TransportErrorKind::Tls => "connect",
        TransportErrorKind::Reset => "reset",
        TransportErrorKind::Protocol => "protocol",
        TransportErrorKind::Truncated => "truncated",
        TransportErrorKind::TooLarge => "too-large",
        TransportErrorKind::ContentCoding => "coding",
        TransportErrorKind::Redirect => "redirect",
        _ => "other",
    }
}

fn broken(error: &StreamError) -> Value {
    match error {
        StreamError::Transport(error) => json!({"error": kind(error.kind()), "reason": error.to_string()}),
        StreamError::Timeout(_) => json!({"error": "timeout"}),
        StreamError::TooLong(_) => json!({"error": "too-large"}),
        StreamError::Refused(response) => json!({"error": "refused", "status": response.status.as_u16()}),
        other => json!({"error": "reconnect", "reason": other.to_string()}),
    }
}

/// The items of a stream. An item that can't be read is in the list as `{"unread": TEXT}`.
pub async fn items<T>(call: &Call, stream: ItemStream<T>, show: impl Fn(&T) -> Value) -> Answer
where
    T: StreamItem,
{
    let mut stream = stream;
    if let Some(limit) = call.settings["item_limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()) {
        stream = stream.item_limit(limit);
    }
    if let Some(attempts) = call.settings["reconnect"].as_u64().and_then(|number| u32::try_from(number).ok()) {
        stream = stream.reconnecting(Reconnect::new().attempts(attempts).delay(Duration::from_millis(10)));
    }
    let most = call.settings["take"].as_u64().and_then(|most| usize::try_from(most).ok());
    let mut items = Vec::new();
    let mut end = json!({});
    while most.is_none_or(|most| items.len() < most) {
        match stream.try_next().await {
            Ok(Some(item)) => items.push(show(&item)),
            Ok(None) => break,
            Err(StreamError::Item(item)) => items.push(json!({"unread": item.text})),
            Err(error) => {
                end = broken(&error);
                break;
            }
        }
    }
    end["items"] = json!(items);
    Answer(end)
}

/// The items of a list by page.
pub async fn paged<S, T, E>(call: &Call, list: S, show: impl Fn(&T) -> Value) -> Answer
where
    S: Stream<Item = Result<T, PageError<E>>> + Unpin,
    E: DeclaredFailure,
{
    let mut list = list;
    let most = call.settings["take"].as_u64().and_then(|most| usize::try_from(most).ok());
    let mut items = Vec::new();
    let mut end = json!({});
    while most.is_none_or(|most| items.len() < most) {
        match std::future::poll_fn(|context| Pin::new(&mut list).poll_next(context)).await {
            Some(Ok(item)) => items.push(show(&item)),
            None => break,
            Some(Err(error)) => {
                end = page_error(&error);
                break;
            }
        }
    }
    end["items"] = json!(items);
    Answer(end)
}

fn page_error<E: DeclaredFailure>(error: &PageError<E>) -> Value {
    match error {
        PageError::Call(Error::Api(failure)) => {
            json!({"error": "declared", "status": failure.response().status.as_u16()})
        }
        PageError::Call(error) => failed(error).0,
        PageError::Repeated(_) => json!({"error": "repeated"}),
        PageError::Refused(_) => json!({"error": "refused"}),
        other => json!({"error": "page", "reason": format!("{other:?}")}),
    }
}
