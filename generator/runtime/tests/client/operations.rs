//! Operations like those of a generated crate.

use std::fmt;

use http::Method;
use openapi_rust_runtime::{
    DeclaredFailure, Error, Failure, FailureResponse, InDocument, Json, Operation, OperationInfo, Reply,
    RequestWriter,
};

use crate::document::{Document, FACTS};

pub type Client = openapi_rust_runtime::Client<Document>;
pub type ClientBuilder = openapi_rust_runtime::ClientBuilder<Document>;

/// What the test document declares for every operation.
#[derive(Debug)]
pub enum CallError {
    Forbidden(Failure<Json>),
    TooManyRequests(Failure<Json>),
}

impl DeclaredFailure for CallError {
    fn response(&self) -> &FailureResponse {
        match self {
            Self::Forbidden(failure) | Self::TooManyRequests(failure) => &failure.response,
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response().fmt(f)
    }
}

impl std::error::Error for CallError {}

fn read(reply: &Reply) -> Result<Json, Error<CallError>> {
    match reply.status() {
        200 => reply.json(),
        403 => reply.failure(CallError::Forbidden),
        429 => reply.failure(CallError::TooManyRequests),
        _ => reply.unexpected(),
    }
}

macro_rules! operations {
    ($($name:ident: $method:ident, $security:expr;)*) => { $(
        pub struct $name;

        impl InDocument for $name {
            type Document = Document;
        }

        impl Operation for $name {
            type Output = Json;
            type Error = CallError;
            const INFO: &'static OperationInfo = &OperationInfo {
                id: stringify!($name),
                method: Method::$method,
                path: "/pets/{id}",
                security: $security,
                facts: &FACTS,
            };

            fn write(&self, request: &mut RequestWriter) {
                request.path("/pets/1");
            }

            fn read(reply: &Reply) -> Result<Json, Error<CallError>> {
                read(reply)
            }
        }
    )* };
}
operations! {
    Get: GET, &[&[("bearer", &[])], &[("grant", &["read:pets"])]];
    Post: POST, &[&[("bearer", &[])], &[("grant", &["write:pets"])]];
    Open: GET, &[];
    ByQueryKey: GET, &[&[("key", &[])]];
    ByHeaderKey: GET, &[&[("header_key", &[])]];
    ByCookie: GET, &[&[("cookie_key", &[])]];
    ByPassword: GET, &[&[("basic", &[])]];
}
