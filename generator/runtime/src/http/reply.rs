//! From an HTTP response to the result of an operation.

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

use crate::http::content_type::{self, Form};
use crate::http::error::Error;
use crate::http::failure::{Failure, FailureResponse};
use crate::http::operation::OperationInfo;
use crate::json::decode::{self, DecodeError, FromJson, Mode};
use crate::json::kinds::Kinds;

/// A response and the operation that it belongs to.
#[derive(Debug)]
pub struct Reply {
    response: http::Response<Bytes>,
    info: &'static OperationInfo,
}

/// How a reply is read.
pub type Read<O, E> = fn(&Reply) -> Result<O, Error<E>>;

impl Reply {
    /// A response to a request of the operation `info`.
    pub fn new(response: http::Response<Bytes>, info: &'static OperationInfo) -> Self {
        Self { response, info }
    }

    /// Unwraps the response.
    pub fn into_response(self) -> http::Response<Bytes> {
        self.response
    }

    /// The status and the headers.
    pub(crate) fn parts(&self) -> (StatusCode, &http::HeaderMap) {
        (self.response.status(), self.response.headers())
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The body, decoded from JSON. An empty body is null, or an object without properties, if the type allows it. A
    /// string that isn't JSON, and isn't said to be, is text.
    ///
    /// # Errors
    /// The body isn't JSON, or doesn't match the type.
    pub fn json<T: FromJson, E>(&self) -> Result<T, Error<E>> {
        let is_text = T::kinds() == Kinds::STRING && Form::of(self.response.headers()) != Form::Json;
        let text = |error| if is_text { self.as_string().map_err(|_| error) } else { Err(error) };
        self.decoded().or_else(text).map_err(|error| self.decode_error(error))
    }

    /// The body as text.
    ///
    /// # Errors
    /// The body isn't text.
    pub fn text<E>(&self) -> Result<String, Error<E>> {
        self.plain().map_err(|error| self.decode_error(error))
    }

    /// The body, decoded from JSON or taken as text: as its `Content-Type` says, or else as the type can be read.
    ///
    /// # Errors
    /// The body is neither, or doesn't match the type.
    pub fn json_or_text<T: FromJson, E>(&self) -> Result<T, Error<E>> {
        self.decoded_or_text().map_err(|error| self.decode_error(error))
    }

    /// The body.
    ///
    /// # Errors
    /// Never fails.
    pub fn bytes<E>(&self) -> Result<Bytes, Error<E>> {
        Ok(self.response.body().clone())
    }

    /// `output`, if there is no body.
    ///
    /// # Errors
    /// There is a body.
    pub fn nothing<O, E>(&self, output: O) -> Result<O, Error<E>> {
        let is_empty = self.response.body().is_empty();
        if is_empty { Ok(output) } else { Err(self.decode_error(DecodeError::new("there is a body"))) }
    }

    /// The response as the first of `reads` that reads it.
    ///
    /// # Errors
    /// None does. The error is that of the last.
    pub fn first_that_fits<O, E>(&self, reads: &[Read<O, E>]) -> Result<O, Error<E>> {
        let mut last = self.unexpected();
        for read in reads {
            last = read(self);
            if last.is_ok() {
                break;
            }
        }
        last
    }

    /// A declared failure with a JSON body, which is decoded if it matches its schema.
    ///
    /// # Errors
    /// Always returns that failure.
    pub fn failure<O, T: FromJson, E>(&self, variant: fn(Failure<T>) -> E) -> Result<O, Error<E>> {
        self.failed(variant, decode::from_slice(content_type::without_mark(self.response.body())).ok())
    }

    /// A declared failure with a body that is text, or text or JSON.
    ///
    /// # Errors
    /// Always returns that failure.
    pub fn text_failure<O, T: FromJson, E>(&self, variant: fn(Failure<T>) -> E) -> Result<O, Error<E>> {
        self.failed(variant, self.decoded_or_text().ok())
    }

    /// A declared failure with a body of bytes.
    ///
    /// # Errors
    /// Always returns that failure.
    pub fn bytes_failure<O, E>(&self, variant: fn(Failure<Bytes>) -> E) -> Result<O, Error<E>> {
        self.failed(variant, Some(self.response.body().clone()))
    }

    pub(super) fn failed<O, T, E>(
        &self,
        variant: fn(Failure<T>) -> E,
        body: Option<T>,
    ) -> Result<O, Error<E>> {
        let response = Box::new(self.failure_response());
        Err(Error::Api(variant(Failure { response, body: body.map(Box::new) })))
    }

    /// The body; an error if it has a content coding, which the caller has asked for.
    pub(super) fn uncoded(&self) -> Result<&Bytes, DecodeError> {
        match content_type::coding(self.response.headers()) {
            None => Ok(self.response.body()),
            Some(coding) => Err(DecodeError::new(format!("it has the content coding {coding}"))),
        }
    }

    pub(super) fn decoded<T: FromJson>(&self) -> Result<T, DecodeError> {
        let body = self.uncoded()?;
        if !body.is_empty() {
            return decode::from_slice(content_type::without_mark(body));
        }
        let nothing = if T::kinds() == Kinds::OBJECT { "{}" } else { "null" };
        decode::from_text(nothing, Mode::Strict).map_err(|_| DecodeError::new("the body is empty"))
    }

    fn plain(&self) -> Result<String, DecodeError> {
        let text = content_type::text(self.response.headers(), self.uncoded()?);
        text.ok_or_else(|| DecodeError::new("not UTF-8"))
    }

    /// The body as a string value.
    fn as_string<T: FromJson>(&self) -> Result<T, DecodeError> {
        T::from_json(Value::String(self.plain()?), Mode::Strict)
    }

    fn decoded_or_text<T: FromJson>(&self) -> Result<T, DecodeError> {
        let text = || self.as_string();
        let is_text = match Form::of(self.response.headers()) {
            Form::Json => false,
            Form::Text => true,
            // Text that isn't said to be JSON isn't, if the type is a string.
            Form::Other => T::kinds() == Kinds::STRING,
        };
        if is_text {
            text().or_else(|error| self.decoded().map_err(|_| error))
        } else {
            self.decoded().or_else(|error| text().map_err(|_| error))
        }
    }

    /// A response with a status that the document doesn't declare.
    ///
    /// # Errors
    /// Always returns that response as an error.
    pub fn unexpected<O, E>(&self) -> Result<O, Error<E>> {
        Err(Error::Unexpected(Box::new(self.failure_response())))
    }

    /// A success that is JSON instead of a stream of events.
    ///
    /// # Errors
    /// Always returns that error.
    #[cfg(feature = "client")]
    pub(crate) fn not_a_stream<O, E>(&self) -> Result<O, Error<E>> {
        Err(self.decode_error(DecodeError::new("it is JSON, not an event stream")))
    }

    pub(super) fn decode_error<E>(&self, error: DecodeError) -> Error<E> {
        Error::Decode(error, Box::new(self.failure_response()))
    }

    /// The response as a failure.
    pub(crate) fn failure_response(&self) -> FailureResponse {
        FailureResponse {
            status: StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: self.response.headers().clone(),
            body: self.response.body().clone(),
            operation: self.info,
        }
    }
}
