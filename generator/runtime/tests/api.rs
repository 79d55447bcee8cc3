//! What holds of the public types, whatever they do: threads can share them, and errors are errors.
#![cfg(all(
    feature = "reqwest",
    feature = "blocking",
    feature = "test-util",
    feature = "webhook-signatures"
))]

use std::error::Error as StdError;
use std::fmt::Debug;

use openapi_rust_runtime::mock::{Mock, Unmet};
use openapi_rust_runtime::webhooks::{InvalidSecret, SignatureError, Verifier};
use openapi_rust_runtime::{
    AccessToken, AuthenticationError, Base64, Body, BodyStream, CallOptions, Client, ClientBuilder,
    ClientCredentials, ClientError, Date, DateTime, DecodeError, Document, Error, Event, EventParser,
    EventStream, Facts, Failure, FailureResponse, FilePart, Inferred, InvalidBase64, InvalidRequest,
    InvalidServerVariable, Json, JsonObject, NoResponse, Number, Own, Patch, RateLimit, Reconnect, Reply,
    ResponseBody, RetryPolicy, Secret, StreamError, TimeoutError, TransportError, Untyped, Uuid, Violation,
    Violations, blocking,
};

enum Pets {}

impl Document for Pets {
    const FACTS: &'static Facts = &Facts::new();
}

fn shared<T: Send + Sync + Debug>() {}

fn sent<T: Send + Debug>() {}

fn value<T: Clone + Debug + PartialEq + Send + Sync>() {}

fn error<T: StdError + Send + Sync + 'static>() {}

#[test]
fn threads_share_clients_and_what_configures_them() {
    shared::<Client<Pets>>();
    shared::<ClientBuilder<Pets>>();
    shared::<blocking::Client<Pets>>();
    shared::<ClientCredentials>();
    shared::<CallOptions>();
    shared::<RetryPolicy>();
    shared::<Reconnect>();
    shared::<AccessToken>();
    shared::<Mock>();
    shared::<Verifier>();
    shared::<Body>();
    shared::<FilePart>();
    shared::<Reply>();
    shared::<FailureResponse>();
    shared::<Failure<Json>>();
    // A task has a stream to itself.
    sent::<BodyStream>();
    sent::<EventStream>();
    sent::<EventParser>();
    sent::<ResponseBody>();
}

#[test]
fn values_can_be_cloned_compared_and_printed() {
    value::<Json>();
    value::<JsonObject>();
    value::<Number>();
    value::<Patch<String>>();
    value::<Secret<String>>();
    value::<Inferred<String>>();
    value::<Own<String>>();
    value::<Untyped>();
    value::<DateTime>();
    value::<Date>();
    value::<Uuid>();
    value::<Base64>();
    value::<Event>();
    value::<RateLimit>();
    value::<Violation>();
    value::<Violations>();
}

#[test]
fn errors_are_errors_and_can_be_boxed() {
    error::<Error<std::convert::Infallible>>();
    error::<AuthenticationError>();
    error::<ClientError>();
    error::<DecodeError>();
    error::<InvalidBase64>();
    error::<InvalidRequest>();
    error::<InvalidSecret>();
    error::<InvalidServerVariable>();
    error::<NoResponse>();
    error::<SignatureError>();
    error::<StreamError>();
    error::<TimeoutError>();
    error::<TransportError>();
    error::<Unmet>();
    error::<Violations>();
}
