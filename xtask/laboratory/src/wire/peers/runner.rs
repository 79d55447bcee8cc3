//! Makes calls with a peer's clients.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Map, Value, json};

use super::NotRun;
use super::crates::Found;
use super::document::Document;
use super::source::Body;
use crate::dialogue::Dialogue;
use crate::wire::exact::Exact;
use crate::wire::server::Server;
use crate::wire::suite::{Call, Given};

/// The clients of a document.
pub struct Runner<'a> {
    document: &'a Document,
    found: &'a BTreeMap<String, Found>,
    server: &'a Server,
    running: BTreeMap<PathBuf, Dialogue>,
}

/// The options of a call that the caller of any client can see to.
const OPTIONS: [&str; 8] = [
    "attempts",
    "first_wait_ms",
    "idempotent",
    "timeout_ms",
    "attempt_timeout_ms",
    "redirects",
    "cancel_after_ms",
    "headers",
];

impl<'a> Runner<'a> {
    pub fn new(document: &'a Document, found: &'a BTreeMap<String, Found>, server: &'a Server) -> Self {
        Self { document, found, server, running: BTreeMap::new() }
    }

    /// Makes a call and returns the program's answer, with the values that were given as `given`.
    ///
    /// # Errors
    /// The peer has no way to make it.
    pub fn call(&mut self, call: &Call, session: &str) -> Result<Value, NotRun> {
        let (program, body) = match self.found.get(&call.operation) {
            Some(Found::Program(program, body)) => (program, *body),
            Some(Found::Not(not)) => return Err(not.clone()),
            None => return Err(NotRun::inexpressible("there is no function for the operation")),
        };
        if let Some(wanted) = &call.wanted {
            let what = if wanted == "pages" { "lists by page" } else { "the items of a stream" };
            return Err(NotRun::inexpressible(what));
        }
        if call.accept.is_some() {
            return Err(NotRun::inexpressible("a choice of the answer's media type"));
        }
        if call.options.get("attempts").is_some_and(|attempts| *attempts != 1) {
            return Err(NotRun::inexpressible("several attempts"));
        }
        if let Some(option) = call.options.keys().find(|option| !OPTIONS.contains(&option.as_str())) {
            return Err(NotRun::inexpressible(&format!("the option {option}")));
        }
        let values = values(call, body)?;
        let mut settings: Map<String, Value> = call.options.clone();
        settings.insert(
            "server".to_owned(),
            json!(call.server.clone().unwrap_or_else(|| self.document.server())),
        );
        settings.insert("chosen".to_owned(), json!(call.server));
        settings.insert("credentials".to_owned(), self.credentials(call));
        let line =
            json!({"operation": call.operation, "values": values, "settings": settings, "session": session});
        let mut answer = self.ask(program, &line);
        answer["given"] = Value::Object(values);
        Ok(answer)
    }

    /// The answer to `line`. A program that ends instead is started anew for the next one.
    fn ask(&mut self, program: &PathBuf, line: &Value) -> Value {
        let ended = |reason: String| json!({"error": "ended", "reason": reason});
        if !self.running.contains_key(program) {
            let mut command = Command::new(program);
            command.env("http_proxy", format!("http://{}", self.server.address));
            command.env_remove("no_proxy").env_remove("NO_PROXY");
            match Dialogue::start(&mut command) {
                Ok(dialogue) => self.running.insert(program.clone(), dialogue),
                Err(_) => return ended("the program can't be started".to_owned()),
            };
        }
        let answer = self.running.get_mut(program).map(|dialogue| dialogue.ask(line));
        answer.and_then(Result::ok).unwrap_or_else(|| {
            self.running.remove(program);
            ended("the client panicked".to_owned())
        })
    }

    /// The credentials, each with what the document says of its scheme.
    fn credentials(&self, call: &Call) -> Value {
        let with_scheme = |(name, credential): (&String, &Value)| {
            let mut scheme = self.document.scheme(name);
            scheme.insert("credential".to_owned(), credential.clone());
            Value::Object(scheme)
        };
        call.credentials.iter().map(with_scheme).collect()
    }
}

/// The values of a call by key, each a JSON text.
fn values(call: &Call, body: Body) -> Result<Map<String, Value>, NotRun> {
    let unwritten = |reason: String| NotRun::inexpressible(&reason);
    let mut values = Map::new();
    for (place, given) in [
        ("path", &call.path),
        ("query", &call.query),
        ("querystring", &call.querystring),
        ("header", &call.header),
        ("cookie", &call.cookie),
    ] {
        for (name, value) in given {
            values.insert(format!("{place} {name}"), json!(Exact::of(value).map_err(unwritten)?.to_string()));
        }
    }
    let Some(given) = &call.body else { return Ok(values) };
    if given.media_type.as_deref().is_some_and(|media_type| !body.is(media_type)) {
        return Err(NotRun::inexpressible("a choice of the body's media type"));
    }
    match (given, body) {
        (Given { value: Some(Value::Object(members)), .. }, Body::Form | Body::Multipart) => {
            for (name, member) in members {
                values
                    .insert(format!("form {name}"), json!(Exact::of(member).map_err(unwritten)?.to_string()));
            }
        }
        (Given { text: Some(text), .. }, Body::Text) => {
            values.insert("body".to_owned(), json!(json!(text).to_string()));
        }
        _ => match (given.bytes(), body) {
            (None, _) => {
                let value = Exact::of(&given.value.clone().unwrap_or_default()).map_err(unwritten)?;
                values.insert("body".to_owned(), json!(value.to_string()));
            }
            (Some(bytes), Body::File) => {
                values.insert("body".to_owned(), json!(bytes.to_string()));
            }
            (Some(_), Body::None) => return Err(NotRun::inexpressible("an argument for the body")),
            (Some(_), _) => return Err(NotRun::inexpressible("a body of bytes")),
        },
    }
    Ok(values)
}
