//! Two clients of two documents in one program: they share a transport and the error types, and each uses its
//! own document.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method};
use openapi_rust_runtime::{
    Body, DeclaredFailure, Document, Error, Facts, InDocument, Json, Operation, OperationInfo, Reply,
    RequestWriter, RetryPolicy, SecurityScheme, Transport, transport_fn,
};

use super::operations::{CallError, Client, Get};

enum Other {}

impl Document for Other {
    const FACTS: &'static Facts = &OTHER;
}

static OTHER: Facts = Facts::new()
    .request_id_header("x-other-id")
    .error_message("/error/text")
    .default_server("https://other.test/v7")
    .user_agent("other/7")
    .security_schemes(&[("bearer", SecurityScheme::HeaderKey("x-other-key"))]);

/// Requests a bird.
struct Bird;

impl InDocument for Bird {
    type Document = Other;
}

impl Operation for Bird {
    type Output = Json;
    type Error = std::convert::Infallible;
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "bird",
        method: Method::GET,
        path: "/bird",
        security: &[&[("bearer", &[])]],
        facts: &OTHER,
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("/bird");
    }

    fn read(reply: &Reply) -> Result<Json, Error<Self::Error>> {
        reply.unexpected()
    }
}

type Log = Arc<Mutex<Vec<(String, HeaderMap)>>>;

/// A transport that refuses everything, with an error body that fits both documents.
fn refusing(log: &Log) -> Arc<dyn Transport> {
    let log = log.clone();
    Arc::new(transport_fn(move |request: http::Request<Body>| {
        log.lock().unwrap().push((request.uri().to_string(), request.headers().clone()));
        async {
            let mut response =
                http::Response::new(r#"{"message":"no pet","error":{"text":"no bird"}}"#.into());
            *response.status_mut() = http::StatusCode::IM_A_TEAPOT;
            for (name, value) in [("x-request-id", "pet-1"), ("x-other-id", "bird-1")] {
                response.headers_mut().insert(name, http::HeaderValue::from_static(value));
            }
            Ok(response)
        }
    }))
}

/// What an error of any client reports: the message and the request id.
fn said<E: DeclaredFailure>(error: &Error<E>) -> (Option<String>, Option<String>) {
    let response = error.response().expect("a response");
    (response.message(), response.request_id().map(str::to_owned))
}

#[tokio::test]
async fn each_client_keeps_to_its_own_document() {
    let log = Log::default();
    let transport = refusing(&log);
    let pets = Client::builder().transport(transport.clone()).retry(RetryPolicy::never());
    let pets = pets.bearer_token("pets-token").build().unwrap();
    let birds = openapi_rust_runtime::Client::<Other>::builder().transport(transport);
    let birds = birds.credential("bearer", "birds-key").build().unwrap();

    let pet: Error<CallError> = pets.send(&Get).await.unwrap_err();
    let bird = birds.send(&Bird).await.unwrap_err();
    assert_eq!(said(&pet), (Some("no pet".to_owned()), Some("pet-1".to_owned())));
    assert_eq!(said(&bird), (Some("no bird".to_owned()), Some("bird-1".to_owned())));

    let log = log.lock().unwrap();
    let [(pet, of_pet), (bird, of_bird)] = &log[..] else { panic!("{log:?}") };
    assert_eq!((&**pet, &**bird), ("http://127.0.0.1/pets/1", "https://other.test/v7/bird"));
    assert_eq!(of_pet["authorization"], "Bearer pets-token");
    assert_eq!(of_bird["x-other-key"], "birds-key");
    assert!(!of_bird.contains_key("authorization") && !of_pet.contains_key("x-other-key"));
    assert_eq!(of_bird["user-agent"], "other/7");
    assert_ne!(of_pet["user-agent"], of_bird["user-agent"]);
}

#[test]
fn a_model_hides_the_secrets_of_its_own_document() {
    use openapi_rust_runtime::prelude::*;

    mod pets {
        use openapi_rust_runtime::prelude::*;

        #[derive(Clone, Default, PartialEq)]
        pub struct Pet {
            pub additional_properties: JsonObject,
        }
        object! {
            Pet {}
            additional_properties: open [];
            rules: [];
        }
    }

    let text = r#"{"client_secret":"MARK","pin":"1234","nested":{"Vault":"MARK","token":"MARK"}}"#;
    let pet: pets::Pet = openapi_rust_runtime::decode::from_slice(text.as_bytes()).unwrap();
    let printed = format!("{pet:?}");
    assert!(!printed.contains("MARK") && printed.contains("1234"), "{printed}");
    let alone = format!("{:?}", Json::from(serde_json::json!({ "refresh_token": "MARK", "vault": "1234" })));
    assert!(!alone.contains("MARK") && alone.contains("1234"), "of no document: {alone}");
}
