//! A mock of the service for tests: canned answers for each operation, and a record of the requests. It makes
//! no network calls.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use serde::Serialize;

use crate::client::builder::ClientBuilder;
use crate::client::client::Client;
use crate::client::retry::RetryPolicy;
use crate::client::transport::{BoxFuture, ResponseBody, Transport};
use crate::facts::Document;
use crate::http::body::Body;
use crate::http::error::Error;
use crate::http::failure::Failure;
use crate::http::invalid_request::InvalidRequest;
use crate::http::operation::{Asked, Operation, written};
use crate::http::reply::Reply;
use crate::http::transport_error::{TransportError, TransportErrorKind};
use crate::json::decode::{FromJson, Mode, from_text};
use crate::json::decode_error::DecodeError;
#[cfg(feature = "xml")]
use crate::json::writer::ToJson;
use crate::mock_requests::{CREDENTIAL, difference, info, printed};
#[cfg(feature = "xml")]
use crate::xml::{nodes::Element, write::to_vec};

/// An operation whose output can be turned into a response.
pub trait Answer: Operation {
    /// A response that the operation reads as `output`.
    fn answer(output: Self::Output) -> http::Response<Bytes>;
}

/// A response with a JSON body.
pub fn json(status: u16, body: &impl Serialize) -> http::Response<Bytes> {
    let mut response = raw(status, serde_json::to_vec(body).unwrap_or_default());
    response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    response
}

/// A response with a body in XML, whose root element is `root`.
#[cfg(feature = "xml")]
pub fn xml(
    status: u16,
    media_type: &'static str,
    body: &impl ToJson,
    root: &Element,
) -> http::Response<Bytes> {
    let mut response = raw(status, to_vec(body, root).unwrap_or_default());
    if let Ok(media_type) = http::HeaderValue::from_str(media_type) {
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    response
}

/// A response with a raw body.
pub fn raw(status: u16, body: impl Into<Bytes>) -> http::Response<Bytes> {
    let mut response = http::Response::new(body.into());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::OK);
    response
}

/// A mock of the service. Clones share their state, and one mock can stand in for the services of several
/// documents.
///
/// Answers are used in the order in which they were set up, those of [`expect`](Self::expect) first. Each is
/// used once, except that the last answer of [`on`](Self::on) for an operation repeats. A call without an
/// answer fails with an error that names the call and lists the operations that have answers.
#[derive(Clone, Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: Vec<Told>,
    calls: Vec<(Key, http::Request<Bytes>)>,
    /// The requests that had no answer.
    unexpected: Vec<String>,
}

/// What tells operations apart: the id, and the media type that is asked for if it isn't the preferred one.
type Key = (&'static str, &'static str);

/// That of an operation.
fn key<O: Operation>() -> Key {
    (O::INFO.id, O::MEDIA_TYPE)
}

/// An answer and the requests that it is for.
struct Told {
    key: Key,
    /// Answer exactly this request, once; if `None`, any request of the operation.
    request: Option<http::Request<Bytes>>,
    answer: Result<http::Response<Bytes>, TransportError>,
    used: bool,
}

impl Mock {
    /// A mock without answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// A client that calls this mock, with a credential for every scheme of its document.
    pub fn client<D: Document>(&self) -> Client<D> {
        // The mock's settings are always valid.
        self.builder().build().unwrap_or_else(|error| unreachable!("{error}"))
    }

    /// A builder for such a client, to change its settings. By default, the client doesn't retry.
    pub fn builder<D: Document>(&self) -> ClientBuilder<D> {
        let builder = Client::<D>::builder()
            .every_server("https://mock.invalid")
            .transport(self.clone())
            .retry(RetryPolicy::never());
        let schemes = D::FACTS.security_schemes.iter();
        schemes.fold(builder, |builder, (name, _)| builder.credential(*name, CREDENTIAL.to_owned()))
    }

    /// Sets up an answer to any request of the operation.
    pub fn on<O: Answer>(&self) -> Expected<'_, O> {
        Expected { mock: self, request: None, operation: PhantomData }
    }

    /// Sets up an answer to exactly this request, once; [`verify`](Self::verify) fails if the request isn't
    /// made.
    ///
    /// # Errors
    /// The request can't be sent. Whether it breaks a constraint is for the client to check.
    pub fn expect<O: Answer>(&self, operation: &O) -> Result<Expected<'_, O>, InvalidRequest> {
        let request = bytes_of(written(operation, "", false)?);
        Ok(Expected { mock: self, request: Some(request), operation: PhantomData })
    }

    /// The requests of the operation that were made, in order.
    pub fn calls<O: Operation>(&self) -> Vec<Call<O>> {
        let state = self.state();
        let own = state.calls.iter().filter(|(known, _)| *known == key::<O>());
        own.map(|(_, request)| Call { request: request.clone(), operation: PhantomData }).collect()
    }

    /// Checks that every expected request was made, and that every request had an answer.
    ///
    /// # Errors
    /// An expected request wasn't made, or a request had no answer.
    pub fn verify(&self) -> Result<(), Unmet> {
        let state = self.state();
        let missing = state.answers.iter().filter(|told| !told.used);
        let missing = missing.filter_map(|told| told.request.as_ref().map(|request| (told.key.0, request)));
        let mut lines: Vec<String> =
            missing.map(|(id, request)| format!("never came: {}", printed(id, request))).collect();
        lines.extend(state.unexpected.iter().map(|what| format!("had no answer: {what}")));
        if lines.is_empty() { Ok(()) } else { Err(Unmet(lines.join("\n"))) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic in another thread doesn't leave the state inconsistent.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Mock {
    /// Prints the requests, without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls =
            self.state().calls.iter().map(|((id, _), request)| printed(id, request)).collect::<Vec<_>>();
        f.debug_struct("Mock").field("calls", &calls).finish_non_exhaustive()
    }
}

/// The expectations of a [`Mock`] that weren't met, and the requests that it didn't expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet(String);

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unmet {}

/// Sets the answer to one or more requests.
#[must_use = "nothing is answered until an answer is set"]
pub struct Expected<'a, O> {
    mock: &'a Mock,
    request: Option<http::Request<Bytes>>,
    operation: PhantomData<fn() -> O>,
}

impl<O> fmt::Debug for Expected<'_, O> {
    /// Prints the requests of the mock, without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expected").field("mock", &self.mock).finish_non_exhaustive()
    }
}

impl<O: Answer> Expected<'_, O> {
    /// Answers with a success.
    pub fn returns(self, output: impl Into<O::Output>) {
        self.responds(O::answer(output.into()));
    }

    /// Answers with a failure that the document declares, given as a variant of the operation's error and a
    /// body.
    pub fn fails<T: Serialize + FromJson>(self, variant: fn(Failure<T>) -> O::Error, body: &T) {
        self.responds(json(status_of::<O, T>(variant), body));
    }

    /// Answers with this response.
    pub fn responds(self, response: http::Response<Bytes>) {
        self.tell(Ok(response));
    }

    /// Fails with this error instead of a response.
    pub fn breaks(self, error: TransportError) {
        self.tell(Err(error));
    }

    fn tell(self, answer: Result<http::Response<Bytes>, TransportError>) {
        let told = Told { key: key::<O>(), request: self.request, answer, used: false };
        self.mock.state().answers.push(told);
    }
}

/// The status of a failure with this variant: the first that the operation reads as that variant.
fn status_of<O: Operation, T: FromJson>(variant: fn(Failure<T>) -> O::Error) -> u16 {
    let made = |status: u16, error: &dyn Fn(&Reply) -> Option<Error<O::Error>>| {
        let reply = Reply::new(raw(status, "null"), O::INFO);
        match error(&reply) {
            Some(Error::Api(failure)) => Some(std::mem::discriminant(&failure)),
            _ => None,
        }
    };
    let wanted = made(500, &|reply| reply.failure::<(), _, _>(variant).err());
    let mut statuses = (400..=599).chain(300..=399);
    statuses.find(|status| made(*status, &|reply| O::read(reply).err()) == wanted).unwrap_or(500)
}

/// A request that was made.
pub struct Call<O> {
    request: http::Request<Bytes>,
    operation: PhantomData<fn() -> O>,
}

impl<O> Call<O> {
    /// The complete request, as the client would have sent it.
    pub fn request(&self) -> &http::Request<Bytes> {
        &self.request
    }

    /// The body, decoded from JSON.
    ///
    /// # Errors
    /// The body doesn't match the type.
    pub fn body<T: FromJson>(&self) -> Result<T, DecodeError> {
        let text = std::str::from_utf8(self.request.body());
        from_text(text.map_err(|_| DecodeError::new("not JSON"))?, Mode::Strict)
    }
}

/// A call equals the operation that sends the same request.
impl<O: Operation> PartialEq<O> for Call<O> {
    fn eq(&self, operation: &O) -> bool {
        written(operation, "", false)
            .is_ok_and(|request| difference(&bytes_of(request), &self.request).is_none())
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printed(O::INFO.id, &self.request))
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let bytes = collect(body).await?;
            self.answer(http::Request::from_parts(parts, bytes))
                .map(|response| response.map(ResponseBody::from))
        })
    }
}

impl Mock {
    fn answer(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let info = info(&request);
        let id = info.map_or("an operation without a name", |info| info.id);
        let asked = request.extensions().get::<Asked>().map_or("", |asked| asked.0);
        let key = (id, asked);
        let mut state = self.state();
        state.calls.push((key, request.clone()));
        let fits = |told: &Told| {
            told.key == key
                && told.request.as_ref().is_none_or(|expected| difference(expected, &request).is_none())
        };
        let exact = state.answers.iter().position(|told| told.request.is_some() && !told.used && fits(told));
        let any = || state.answers.iter().position(|told| told.request.is_none() && !told.used && fits(told));
        let last = || state.answers.iter().rposition(|told| told.request.is_none() && fits(told));
        let Some(index) = exact.or_else(any).or_else(last) else {
            let message = unexpected(key, &request, &state.answers);
            state.unexpected.push(printed(id, &request));
            return Err(TransportError::new(TransportErrorKind::Other, message));
        };
        let told = &mut state.answers[index];
        told.used = true;
        told.answer.clone()
    }
}

fn unexpected(key: Key, request: &http::Request<Bytes>, answers: &[Told]) -> String {
    let (id, asked) = key;
    let form = if asked.is_empty() { String::new() } else { format!(" as {asked}") };
    let mut message = format!("the mock has no answer for {}{form}", printed(id, request));
    let own: Vec<&Told> = answers.iter().filter(|told| told.key == key).collect();
    for told in &own {
        match told.request.as_ref().and_then(|expected| difference(expected, request)) {
            Some(difference) => message.push_str(&format!("\n  expected another one: {difference}")),
            None => message.push_str("\n  its answer was already used"),
        }
    }
    if own.is_empty() {
        let mut others: Vec<&str> = answers.iter().map(|told| told.key.0).collect();
        others.dedup();
        message.push_str(&format!("\n  it has answers for: {}", others.join(", ")));
    }
    message
}

/// The request with its body, if that is in memory.
fn bytes_of(request: http::Request<Body>) -> http::Request<Bytes> {
    request.map(|body| body.as_bytes().cloned().unwrap_or_default())
}

async fn collect(body: Body) -> Result<Bytes, TransportError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes.clone());
    }
    let (mut stream, mut bytes) = (body.open(), BytesMut::new());
    while let Some(chunk) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await {
        let chunk =
            chunk.map_err(|error| TransportError::new(TransportErrorKind::Other, error.to_string()))?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}
