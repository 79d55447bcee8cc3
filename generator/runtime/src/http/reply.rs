//! From an HTTP response to the result of an operation.

use bytes::Bytes;
use http::StatusCode;

use crate::http::error::Error;
use crate::http::failure::{Failure, FailureResponse};
use crate::http::operation::OperationInfo;
use crate::json::decode;
use crate::json::decode::FromJson;

/// A response and the operation that it belongs to.
#[derive(Debug)]
pub struct Reply {
    response: http::Response<Bytes>,
    info: &'static OperationInfo,
}

impl Reply {
    /// A response to a request of the operation `info`.
    pub fn new(response: http::Response<Bytes>, info: &'static OperationInfo) -> Self {
        Self { response, info }
    }

    /// Unwraps the response.
    pub fn into_response(self) -> http::Response<Bytes> {
        self.response
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The body, decoded from JSON.
    ///
    /// # Errors
    /// The body isn't JSON, or doesn't match the type.
    pub fn json<T: FromJson, E>(&self) -> Result<T, Error<E>> {
        decode::from_slice(self.response.body()).map_err(|error| self.decode_error(error))
    }

    /// The body as text.
    ///
    /// # Errors
    /// The body isn't UTF-8.
    pub fn text<E>(&self) -> Result<String, Error<E>> {
        let text = std::str::from_utf8(self.response.body());
        text.map(str::to_owned).map_err(|_| self.decode_error(decode::DecodeError::new("not UTF-8")))
    }

    /// The body.
    ///
    /// # Errors
    /// Never fails.
    pub fn bytes<E>(&self) -> Result<Bytes, Error<E>> {
        Ok(self.response.body().clone())
    }

    /// A declared failure; its body is decoded if it matches its schema.
    ///
    /// # Errors
    /// Always returns that failure.
    pub fn failure<O, T: FromJson, E>(&self, variant: fn(Failure<T>) -> E) -> Result<O, Error<E>> {
        let body = decode::from_slice(self.response.body()).ok().map(Box::new);
        Err(Error::Api(variant(Failure { response: Box::new(self.failure_response()), body })))
    }

    /// A response with a status that the document doesn't declare.
    ///
    /// # Errors
    /// Always returns that response as an error.
    pub fn unexpected<O, E>(&self) -> Result<O, Error<E>> {
        Err(Error::Unexpected(Box::new(self.failure_response())))
    }

    fn decode_error<E>(&self, error: decode::DecodeError) -> Error<E> {
        Error::Decode(error, Box::new(self.failure_response()))
    }

    fn failure_response(&self) -> FailureResponse {
        FailureResponse {
            status: StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: self.response.headers().clone(),
            body: self.response.body().clone(),
            operation: self.info,
        }
    }
}
