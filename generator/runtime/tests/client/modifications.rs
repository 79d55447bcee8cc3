//! Safe partial updates while others write too, with and without entity tags.

use std::sync::{Arc, Mutex};

use http::header::{ACCEPT_ENCODING, ETAG, IF_MATCH};
use http::{HeaderValue, Method, StatusCode};
use openapi_rust_runtime::modify::{Changed, Modification, Modify, Properties};
use openapi_rust_runtime::{
    Error, InDocument, Json, JsonObject, ModifyError, Operation, OperationInfo, Reply, RequestWriter,
    RetryPolicy, transport_fn,
};
use serde_json::{Value, json};

use super::document::{Document, FACTS};
use super::operations::{CallError, Client};

#[derive(Clone)]
struct Read;

#[derive(Clone)]
struct Write {
    body: JsonObject,
    if_match: Option<String>,
}

const fn info(id: &'static str, method: Method) -> OperationInfo<Method> {
    OperationInfo { id, method, path: "/pet", security: &[], facts: &FACTS }
}

impl InDocument for Read {
    type Document = Document;
}

impl InDocument for Write {
    type Document = Document;
}

impl Operation for Read {
    type Output = JsonObject;
    type Error = CallError;
    const INFO: &'static OperationInfo = &info("Read", Method::GET);

    fn write(&self, request: &mut RequestWriter) {
        request.path("/pet");
    }

    fn read(reply: &Reply) -> Result<JsonObject, Error<CallError>> {
        if reply.status() == 200 { reply.json() } else { reply.unexpected() }
    }
}

impl Operation for Write {
    type Output = Json;
    type Error = CallError;
    const INFO: &'static OperationInfo = &info("Write", Method::PATCH);

    fn write(&self, request: &mut RequestWriter) {
        request.path("/pet");
        request.header("If-Match", &self.if_match, false, &[]);
        request.json_body("application/json", &self.body, &[]);
    }

    fn read(reply: &Reply) -> Result<Json, Error<CallError>> {
        if reply.status() == 200 { reply.json() } else { reply.unexpected() }
    }
}

#[derive(Clone)]
struct Pair<const CONDITIONAL: bool>;

impl<const CONDITIONAL: bool> Modification for Pair<CONDITIONAL> {
    type Read = Read;
    type Write = Write;
    type Body = JsonObject;

    const CONDITIONAL: bool = CONDITIONAL;
    const PROPERTIES: Properties = Properties { replaced: &[], merged: &[], kept: &[] };

    fn read(&self) -> Read {
        Read
    }

    fn write(&self, body: JsonObject, tag: Option<&str>) -> Write {
        Write { body, if_match: tag.map(str::to_owned) }
    }
}

/// A service with one pet.
struct Service {
    pet: Value,
    version: u32,
    /// How often somebody else changes the pet right before a write.
    others: u32,
    /// What they set.
    property: &'static str,
    weak: bool,
    log: Vec<String>,
}

fn service(others: u32, property: &'static str) -> (Client, Arc<Mutex<Service>>) {
    let pet = json!({ "name": "Bella", "visits": 1, "seen": 0 });
    let state = Service { pet, version: 1, others, property, weak: false, log: Vec::new() };
    let state = Arc::new(Mutex::new(state));
    let served = state.clone();
    let transport = transport_fn(move |request| {
        let mut service = served.lock().unwrap();
        let asked = |name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let mut response = http::Response::new("{}".into());
        if request.method() == Method::GET {
            let coding = asked(ACCEPT_ENCODING).unwrap();
            service.log.push(format!("GET {coding}"));
            *response.body_mut() = service.pet.to_string().into();
        } else {
            if service.others > 0 {
                service.others -= 1;
                service.version += 1;
                let property = service.property;
                let count = service.pet[property].as_i64().unwrap();
                service.pet[property] = (count + 1).into();
            }
            let condition = asked(IF_MATCH);
            let holds = condition.as_ref().is_none_or(|tag| *tag == format!("\"{}\"", service.version));
            service.log.push(format!("PATCH {}", condition.as_deref().unwrap_or("always")));
            if holds {
                let body: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
                for (name, value) in body.as_object().unwrap() {
                    service.pet[name] = value.clone();
                }
                service.version += 1;
            } else {
                *response.status_mut() = StatusCode::PRECONDITION_FAILED;
            }
        }
        let tag = format!("{}\"{}\"", if service.weak { "W/" } else { "" }, service.version);
        response.headers_mut().insert(ETAG, HeaderValue::try_from(tag).unwrap());
        std::future::ready(Ok(response))
    });
    let builder = Client::builder().base_url("https://a.test").transport(transport);
    (builder.retry(RetryPolicy::never()).build().unwrap(), state)
}

/// One more visit than there was.
fn visit(pet: &mut JsonObject) {
    let visits: i64 = pet.get("visits").and_then(Value::as_i64).unwrap();
    pet.insert("visits".to_owned(), (visits + 1).into());
}

fn log(state: &Mutex<Service>) -> String {
    state.lock().unwrap().log.join(", ")
}

#[tokio::test]
async fn a_refused_write_is_made_again_from_what_is_there_now() {
    let (client, state) = service(2, "visits");
    Modify::new(Pair::<true>, visit).send(&client).await.unwrap().unwrap();
    assert_eq!(state.lock().unwrap().pet["visits"], 4, "one visit of ours, two of others");
    assert_eq!(
        log(&state),
        "GET identity, PATCH \"1\", GET identity, PATCH \"2\", GET identity, PATCH \"3\""
    );
}

#[tokio::test]
async fn a_write_is_not_repeated_forever() {
    let (client, state) = service(u32::MAX, "visits");
    let error = Modify::new(Pair::<true>, visit).send(&client).await.unwrap_err();
    assert!(matches!(&error, ModifyError::Conflict { properties } if properties.is_empty()), "{error:?}");
    assert!(error.to_string().contains("someone else has changed it"), "{error}");
    assert_eq!(state.lock().unwrap().log.len(), 8);
}

#[tokio::test]
async fn a_planned_change_is_repeated_only_if_it_is_based_on_the_same_values() {
    let (client, state) = service(1, "visits");
    let planned = Modify::new(Pair::<true>, visit).plan(&client).await.unwrap();
    let error = planned.send(&client).await.unwrap_err();
    assert!(matches!(&error, ModifyError::Conflict { properties } if *properties == ["visits"]), "{error:?}");
    assert_eq!(log(&state), "GET identity, PATCH \"1\", GET identity");

    // The tag alone has changed.
    let (client, state) = service(0, "seen");
    let planned = Modify::new(Pair::<true>, visit).plan(&client).await.unwrap();
    state.lock().unwrap().version = 7;
    planned.send(&client).await.unwrap().unwrap();
    assert_eq!(log(&state), "GET identity, PATCH \"1\", GET identity, PATCH \"7\"");
}

#[tokio::test]
async fn without_a_strong_tag_a_second_read_comes_before_the_write() {
    for weak in [false, true] {
        // Somebody else's change after the second read goes unnoticed.
        let (client, state) = service(1, "visits");
        state.lock().unwrap().weak = weak;
        match weak {
            false => Modify::new(Pair::<false>, visit).send(&client).await.unwrap().unwrap(),
            true => Modify::new(Pair::<true>, visit).send(&client).await.unwrap().unwrap(),
        };
        assert_eq!(state.lock().unwrap().pet["visits"], 2);
        let coding = if weak { "identity" } else { "zstd, br, gzip" };
        assert_eq!(log(&state), format!("GET {coding}, GET {coding}, PATCH always"));
    }
}

#[tokio::test]
async fn a_change_may_fail() {
    let (client, state) = service(0, "visits");
    let change = |pet: &mut JsonObject| match pet.get("owner") {
        Some(_) => Ok(()),
        None => Err("it has no owner"),
    };
    let error = Modify::new(Pair::<true>, change).send(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "the change failed, and nothing was sent");
    assert_eq!(format!("{error:#}"), "the change failed, and nothing was sent: it has no owner");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "it has no owner");
    assert!(Modify::new(Pair::<true>, change).plan(&client).await.is_err());
    assert!(Modify::new(Pair::<true>, |_: &mut JsonObject| {}).send(&client).await.unwrap().is_none());
    assert_eq!(log(&state), "GET identity, GET identity, GET identity");
    let failed: Result<(), std::io::Error> = Err(std::io::ErrorKind::NotFound.into());
    assert!(failed.changed().is_err() && ().changed().is_ok());
}
