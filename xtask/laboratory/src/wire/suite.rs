//! The suite as it is written in `conformance/`; `conformance/README.md` says what each field means.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use speccrate::Failure;

/// A file of cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    /// The file's name without its extension.
    #[serde(skip)]
    pub topic: String,
    pub document: PathBuf,
    #[serde(default, rename = "about")]
    _about: String,
    /// Whether the cases are of behaviour, over several requests.
    #[serde(default)]
    pub behaviours: bool,
    pub cases: Vec<Case>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    #[serde(default, rename = "about")]
    _about: String,
    #[serde(default, rename = "note")]
    _note: String,
    pub call: Option<Call>,
    /// Calls that are made one after the other, with the same client.
    #[serde(default)]
    pub calls: Vec<Call>,
    pub request: Option<Request>,
    pub response: Option<Answer>,
    pub steps: Option<Vec<Step>>,
    /// How many requests arrive, if not one for each step.
    pub requests: Option<(usize, usize)>,
    pub result: Option<Outcome>,
    #[serde(default)]
    pub results: Vec<Outcome>,
}

impl Case {
    /// The calls.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.call.iter().chain(&self.calls)
    }

    /// The expected results, one for each call.
    pub fn results(&self) -> impl Iterator<Item = &Outcome> {
        self.result.iter().chain(&self.results)
    }

    /// What the server expects and answers, in order.
    pub fn steps(&self) -> Vec<Step> {
        match &self.steps {
            Some(steps) => steps.clone(),
            None => vec![Step {
                request: self.request.clone().unwrap_or_default(),
                response: self.response.clone().unwrap_or_default(),
                after_ms: None,
            }],
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    pub request: Request,
    pub response: Answer,
    /// The least and the most time since the answer before this one.
    pub after_ms: Option<(u64, u64)>,
}

/// A call, in terms of the document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub operation: String,
    #[serde(default)]
    pub path: Map<String, Value>,
    #[serde(default)]
    pub query: Map<String, Value>,
    #[serde(default)]
    pub querystring: Map<String, Value>,
    #[serde(default)]
    pub header: Map<String, Value>,
    #[serde(default)]
    pub cookie: Map<String, Value>,
    pub body: Option<Given>,
    pub accept: Option<String>,
    #[serde(default)]
    pub credentials: Map<String, Value>,
    pub server: Option<String>,
    #[serde(default)]
    pub options: Map<String, Value>,
    #[serde(rename = "as")]
    pub wanted: Option<String>,
}

/// A body to send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Given {
    #[serde(rename = "type")]
    pub media_type: Option<String>,
    pub value: Option<Value>,
    pub text: Option<String>,
    pub base64: Option<String>,
}

impl Given {
    /// The bytes as they are, if the body isn't a value.
    pub fn bytes(&self) -> Option<Value> {
        match (&self.text, &self.base64) {
            (Some(text), _) => Some(json!({"text": text})),
            (_, Some(base64)) => Some(json!({"base64": base64})),
            _ => None,
        }
    }
}

/// One of several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Any<T> {
    Several(Vec<T>),
    One(T),
}

impl<T> Any<T> {
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        match self {
            Self::Several(several) => several.iter(),
            Self::One(one) => std::slice::from_ref(one).iter(),
        }
    }
}

/// An expected request. What is absent isn't compared.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    pub method: Option<String>,
    pub origin: Option<String>,
    pub target: Option<Any<String>>,
    /// Null: there is no such header.
    pub headers: IndexMap<String, Option<Any<String>>>,
    pub body: Option<Any<Body>>,
}

/// An expected body.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Body {
    Text(String),
    Base64(String),
    Json(Value),
    Lines(Vec<Value>),
    Xml(String),
    Form(Vec<(String, String)>),
    Parts(Vec<Part>),
    None(bool),
}

/// An expected part of a multipart body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub name: Option<String>,
    pub filename: Option<Any<String>>,
    #[serde(default, rename = "type")]
    pub media_type: Option<Any<String>>,
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    pub text: Option<String>,
    pub base64: Option<String>,
    pub json: Option<Value>,
}

/// What the server answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    pub status: Option<u16>,
    pub headers: IndexMap<String, Any<String>>,
    pub text: Option<String>,
    pub base64: Option<String>,
    pub json: Option<Value>,
    /// The body in pieces, each a chunk.
    pub chunks: Option<Vec<String>>,
    /// The body is this text so many times.
    pub repeat: Option<(String, usize)>,
    /// The whole answer, status line and all.
    pub raw: Option<String>,
    /// How long the server waits before it answers.
    pub delay_ms: Option<u64>,
    /// How long it waits before each chunk.
    pub chunk_delay_ms: Option<u64>,
    /// Closes the connection after so many bytes of the body, of which more are announced.
    pub cut_after: Option<usize>,
    /// Closes the connection without an answer.
    pub close: bool,
}

/// An expected result. What is absent isn't compared.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Outcome {
    pub status: Option<u16>,
    #[serde(deserialize_with = "present")]
    pub value: Option<Value>,
    /// One of several values.
    pub any_value: Option<Vec<Value>>,
    /// The value as a JSON text, for numbers.
    pub json: Option<String>,
    pub base64: Option<String>,
    pub items: Option<Vec<Value>>,
    pub error: Option<Any<String>>,
}

/// A member that is there, if only as null.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// The files of cases in `folder`, in order.
///
/// # Errors
/// One can't be read, or says what it can't.
pub fn load(folder: &Path, only: &[String]) -> Result<Vec<Suite>, Failure> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("cases"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.sort();
    let mut suites = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "yaml")) {
        let topic = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !only.is_empty() && !only.contains(&topic) {
            continue;
        }
        let text = std::fs::read_to_string(file)?;
        let suite: Result<Suite, _> = serde_yaml::from_str(&text);
        let suite = suite.map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
        let mut ids: Vec<&str> = suite.cases.iter().map(|case| case.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Failure::Usage(format!("{}: two cases are called {}", file.display(), pair[0])));
        }
        suites.push(Suite { topic, ..suite });
    }
    Ok(suites)
}
