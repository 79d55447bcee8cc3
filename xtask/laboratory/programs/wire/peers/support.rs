//! What the programs that make calls with a peer's clients share, whichever the peer is.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A result, as a line of JSON, or the reason why there is none.
pub type Answer = Value;

/// What a call is made with.
pub struct Call {
    /// The `operationId`.
    pub operation: String,
    values: BTreeMap<String, String>,
    used: Vec<String>,
    /// The values as the peer's types hold them.
    held: Map<String, Value>,
    /// What concerns the client.
    pub settings: Value,
    files: Vec<tempfile::TempDir>,
}

/// A value that the peer's types don't hold, which is no fault of the call.
fn not_held(key: &str, reason: &dyn std::fmt::Display) -> Answer {
    json!({"error": "inexpressible", "why": "value", "reason": format!("{key}: {reason}")})
}

/// Something that the peer's interface lacks.
pub fn lacking(what: &str) -> Answer {
    json!({"error": "inexpressible", "why": what, "reason": what})
}

impl Call {
    fn new(line: &Value) -> Self {
        let text = |(key, value): (&String, &Value)| (key.clone(), value.as_str().unwrap_or_default().to_owned());
        Self {
            operation: line["operation"].as_str().unwrap_or_default().to_owned(),
            values: line["values"].as_object().into_iter().flatten().map(text).collect(),
            used: Vec::new(),
            held: Map::new(),
            settings: line["settings"].clone(),
            files: Vec::new(),
        }
    }

    fn given(&mut self, key: &str) -> Option<String> {
        let text = self.values.get(key)?.clone();
        self.used.push(key.to_owned());
        Some(text)
    }

    /// The value of `key`, if there is one.
    pub fn optional<T: DeserializeOwned + Serialize>(&mut self, key: &str) -> Result<Option<T>, Answer> {
        let Some(text) = self.given(key) else { return Ok(None) };
        let value: T = serde_json::from_str(&text).map_err(|error| not_held(key, &error))?;
        let held = serde_json::to_string(&value).map_err(|error| not_held(key, &error))?;
        self.held.insert(key.to_owned(), json!(held));
        Ok(Some(value))
    }

    /// The value of `key`.
    pub fn take<T: DeserializeOwned + Serialize>(&mut self, key: &str) -> Result<T, Answer> {
        self.optional(key)?.ok_or_else(|| not_held(key, &"the function needs a value"))
    }

    /// A string, number or boolean as a text.
    pub fn text(&mut self, key: &str) -> Result<String, Answer> {
        let text = self.given(key).ok_or_else(|| not_held(key, &"the function needs a value"))?;
        match serde_json::from_str(&text) {
            Ok(Value::String(text)) => Ok(text),
            Ok(Value::Number(_) | Value::Bool(_)) => Ok(text),
            _ => Err(lacking("an argument of text alone for a list or an object")),
        }
    }

    /// The values whose keys begin with `place`, as one object of the peer.
    pub fn object<T: DeserializeOwned + Serialize>(&mut self, place: &str, names: &[&str]) -> Result<T, Answer> {
        let mut members = Vec::new();
        for name in names {
            if let Some(text) = self.given(&format!("{place} {name}")) {
                members.push(format!("{}:{text}", json!(name)));
            }
        }
        let text = format!("{{{}}}", members.join(","));
        let value: T = serde_json::from_str(&text).map_err(|error| not_held(place, &error))?;
        let held = serde_json::to_value(&value).map_err(|error| not_held(place, &error))?;
        for (name, value) in held.as_object().into_iter().flatten() {
            self.held.insert(format!("{place} {name}"), json!(value.to_string()));
        }
        Ok(value)
    }

    fn described(&mut self, key: &str) -> Result<Vec<Value>, Answer> {
        let Some(text) = self.given(key) else { return Ok(Vec::new()) };
        match serde_json::from_str(&text).map_err(|error| not_held(key, &error))? {
            Value::Array(list) => Ok(list),
            one => Ok(vec![one]),
        }
    }

    /// The files of `key`, on the disk under the names that they are to be sent with.
    pub fn paths(&mut self, key: &str) -> Result<Vec<PathBuf>, Answer> {
        let mut paths = Vec::new();
        for described in self.described(key)? {
            let file = described.get("$file").unwrap_or(&described);
            let name = file["name"].as_str().unwrap_or("file");
            if name.is_empty() || name.contains('/') || !file["headers"].is_null() || !file["type"].is_null() {
                return Err(lacking("the name, type and headers of a file"));
            }
            let folder = tempfile::tempdir().map_err(|error| not_held(key, &error))?;
            let path = folder.path().join(name);
            std::fs::write(&path, bytes(file)?).map_err(|error| not_held(key, &error))?;
            self.files.push(folder);
            paths.push(path);
        }
        Ok(paths)
    }

    /// The only file of `key`.
    pub fn path(&mut self, key: &str) -> Result<Option<PathBuf>, Answer> {
        Ok(self.paths(key)?.pop())
    }

    /// The parts of a multipart body that the caller has to make: texts and files.
    pub fn parts(&mut self) -> Result<reqwest::multipart::Form, Answer> {
        use reqwest::multipart::{Form, Part};
        let keys: Vec<String> = self.values.keys().filter(|key| key.starts_with("form ")).cloned().collect();
        let mut form = Form::new();
        for key in keys {
            let name = key["form ".len()..].to_owned();
            for value in self.described(&key)? {
                form = match &value {
                    Value::String(text) => form.text(name.clone(), text.clone()),
                    Value::Number(_) | Value::Bool(_) => form.text(name.clone(), value.to_string()),
                    Value::Object(members) if members.contains_key("$file") => {
                        let file = &members["$file"];
                        let mut part = Part::bytes(bytes(file)?);
                        if let Some(name) = file["name"].as_str() {
                            part = part.file_name(name.to_owned());
                        }
                        if let Some(media_type) = file["type"].as_str() {
                            part = part.mime_str(media_type).map_err(|error| not_held(&key, &error))?;
                        }
                        part = part.headers(headers(&file["headers"])?);
                        form.part(name.clone(), part)
                    }
                    _ => return Err(lacking("parts of a form that aren't texts or files")),
                };
            }
        }
        Ok(form)
    }

    /// An error unless everything has been taken.
    pub fn finish(&self) -> Result<(), Answer> {
        match self.values.keys().find(|key| !self.used.iter().any(|used| used == *key)) {
            None => Ok(()),
            Some(key) => {
                let place = key.split(' ').next().unwrap_or_default();
                Err(lacking(&format!("an argument for the {place}")))
            }
        }
    }
}

fn bytes(value: &Value) -> Result<Vec<u8>, Answer> {
    match (value["text"].as_str(), value["base64"].as_str()) {
        (Some(text), _) => Ok(text.as_bytes().to_vec()),
        (_, Some(text)) => STANDARD.decode(text).map_err(|error| not_held("bytes", &error)),
        _ => Err(lacking("a body of bytes")),
    }
}

fn headers(values: &Value) -> Result<HeaderMap, Answer> {
    let mut headers = HeaderMap::new();
    for (name, value) in values.as_object().into_iter().flatten() {
        let known = HeaderName::try_from(name.as_str()).map_err(|error| not_held(name, &error))?;
        let value = HeaderValue::try_from(value.as_str().unwrap_or_default()).map_err(|error| not_held(name, &error))?;
        headers.append(known, value);
    }
    Ok(headers)
}

/// The client below the peer's, which callers of both peers configure themselves: times, redirects and further headers.
pub fn http_client(settings: &Value, more: HeaderMap) -> Result<reqwest::Client, Answer> {
    let time = |name: &str| settings[name].as_u64().map(Duration::from_millis);
    let mut all = headers(&settings["headers"])?;
    all.extend(more);
    let redirects = settings["redirects"].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    let whole = time("timeout_ms").unwrap_or(Duration::from_secs(20));
    // There is one attempt, and so one limit.
    let limit = time("attempt_timeout_ms").map_or(whole, |attempt| attempt.min(whole));
    let builder = reqwest::Client::builder()
        .default_headers(all)
        .timeout(limit)
        .redirect(if redirects == 0 { Policy::none() } else { Policy::limited(redirects) });
    builder.build().map_err(|error| json!({"error": "client", "reason": error.to_string()}))
}

/// The header `Authorization` that a credential stands for, where the peer leaves it to its callers.
pub fn authorization(credential: &Value) -> Option<String> {
    let part = |name: &str| credential[name].as_str();
    if let Some(user) = part("user") {
        let pair = format!("{user}:{}", part("password").unwrap_or_default());
        return Some(format!("Basic {}", STANDARD.encode(pair)));
    }
    part("authorization").map(str::to_owned).or_else(|| part("token").map(|token| format!("Bearer {token}")))
}

/// A success with a model, as JSON.
pub fn shown<T: Serialize + ?Sized>(value: &T) -> Answer {
    match serde_json::to_string(value) {
        Ok(text) => json!({"value": text}),
        Err(error) => json!({"unwritten": error.to_string()}),
    }
}

/// A success of a function that returns nothing.
pub fn nothing() -> Answer {
    json!({"nothing": true})
}

/// A success whose body the peer leaves to its callers.
pub async fn shown_response(response: reqwest::Response) -> Answer {
    let status = response.status().as_u16();
    match response.bytes().await {
        Ok(bytes) => json!({"status": status, "base64": STANDARD.encode(&bytes)}),
        Err(error) => transport(&error),
    }
}

/// A failure of the client below the peer's.
pub fn transport(error: &reqwest::Error) -> Answer {
    let kind = if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "connect"
    } else if error.is_redirect() {
        "redirect"
    } else if error.is_builder() {
        "invalid"
    } else {
        "incomplete"
    };
    json!({"error": kind, "reason": format!("{error:?}")})
}

/// Makes one call for each line of the input, and prints its result. `make` makes the peer's client of a call's settings.
pub fn run<C: Clone, F: Future<Output = (Call, Answer)>>(
    make: impl Fn(&Value) -> Result<C, Answer>,
    call: impl Fn(Call, C) -> F,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("the runtime can start");
    // The calls of a case share a client, and so its connections.
    let mut known: Option<(Value, C)> = None;
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line.expect("standard input is text")).expect("a line of JSON");
        let made = Call::new(&line);
        let session = json!([line["session"], made.settings]);
        let client = match &known {
            Some((same, client)) if *same == session => Ok(client.clone()),
            _ => make(&made.settings),
        };
        let answer = match client {
            Err(answer) => answer,
            Ok(client) => {
                known = Some((session, client.clone()));
                let cancelled = made.settings["cancel_after_ms"].as_u64();
                let making = call(made, client);
                let (made, mut answer) = runtime.block_on(async {
                    let Some(limit) = cancelled else { return making.await };
                    let answer = tokio::time::timeout(Duration::from_millis(limit), making).await;
                    answer.unwrap_or_else(|_| (Call::new(&line), json!({"error": "cancelled"})))
                });
                answer["held"] = Value::Object(made.held.clone());
                answer
            }
        };
        let mut output = std::io::stdout().lock();
        writeln!(output, "{answer}").and_then(|()| output.flush()).expect("standard output is open");
    }
}
