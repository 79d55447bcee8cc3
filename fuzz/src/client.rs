//! A client whose server answers with anything.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use arbitrary::{Arbitrary, Result, Unstructured};
use bytes::Bytes;
use openapi_rust_runtime::external::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use openapi_rust_runtime::{
    Body, ClientCredentials, Facts, Json, ResponseBody, RetryPolicy, SecurityScheme, TransportError,
    TransportErrorKind, transport_fn,
};

use crate::assert_printable;

pub(crate) enum Document {}

impl openapi_rust_runtime::Document for Document {
    const FACTS: &'static Facts = &FACTS;
}

pub(crate) static FACTS: Facts = Facts::new()
    .secret_names(&["client_secret"])
    .rate_limit_header("x-ratelimit-limit")
    .rate_limit_remaining_header("x-ratelimit-remaining")
    .rate_limit_reset_header("x-ratelimit-reset")
    .request_id_header("x-request-id")
    .error_message("/message")
    .error_code("/code")
    .default_server("http://127.0.0.1")
    .user_agent("fuzz")
    .security_schemes(&[(
        "grant",
        SecurityScheme::ClientCredentials { token_url: "/oauth/token", parameters: &[] },
    )]);

pub(crate) type Client = openapi_rust_runtime::Client<Document>;

/// Declares an operation without parameters.
macro_rules! operation {
    ($name:ident, $output:ty $(, $scheme:literal)?) => {
        impl openapi_rust_runtime::InDocument for $name {
            type Document = crate::client::Document;
        }

        impl openapi_rust_runtime::Operation for $name {
            type Output = $output;
            type Error = std::convert::Infallible;
            const INFO: &'static openapi_rust_runtime::OperationInfo = &openapi_rust_runtime::OperationInfo {
                id: stringify!($name),
                method: openapi_rust_runtime::external::http::Method::GET,
                path: "/items",
                security: &[$(&[($scheme, &[])])?],
                facts: &crate::client::FACTS,
            };

            fn write(&self, request: &mut openapi_rust_runtime::RequestWriter) {
                request.path("/items");
            }

            fn read(
                reply: &openapi_rust_runtime::Reply,
            ) -> Result<$output, openapi_rust_runtime::Error<std::convert::Infallible>> {
                match reply.status() {
                    200 => reply.json_or_text(),
                    _ => reply.unexpected(),
                }
            }
        }
    };
}
pub(crate) use operation;

struct Get;
operation!(Get, Json);

struct GetWithToken;
operation!(GetWithToken, Json, "grant");

/// A client whose requests `answer` answers.
pub(crate) fn transport(
    answer: impl Fn(Request<Body>) -> std::result::Result<Response<ResponseBody>, TransportError>
    + Send
    + Sync
    + 'static,
) -> Client {
    let transport = transport_fn(move |request| std::future::ready(answer(request)));
    let credentials = ClientCredentials::new("id", "secret-of-the-client");
    let builder = Client::builder().transport(transport).client_credentials(credentials).redirects(3);
    builder.retry(RetryPolicy::new(3)).build().expect("a client")
}

/// Runs `call` to its end; waits take no time.
pub(crate) fn run<T>(call: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(call)
}

/// A response, or why there is none.
struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<Vec<u8>>,
    fault: Option<TransportErrorKind>,
}

impl<'a> Arbitrary<'a> for Answer {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        const STATUSES: &[u16] = &[200, 200, 204, 206, 301, 302, 303, 307, 308, 401, 403, 408, 429, 500, 503];
        let status = if u.ratio(1, 8)? { u.int_in_range(200..=999)? } else { *u.choose(STATUSES)? };
        let mut headers = Vec::new();
        for _ in 0..u.int_in_range(0..=4)? {
            headers.extend(header(u)?);
        }
        let fault = match u.int_in_range(0..=15)? {
            0 => Some(TransportErrorKind::Truncated),
            1 => Some(TransportErrorKind::Connect),
            _ => None,
        };
        let mut body = Vec::new();
        for _ in 0..u.int_in_range(0..=2)? {
            body.push(content(u)?);
        }
        Ok(Self { status: StatusCode::from_u16(status).unwrap_or_default(), headers, body, fault })
    }
}

fn content(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    const TEXTS: &[&str] = &[
        "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":",
        "60}",
        "1e99}",
        "-1}",
        "{\"message\":\"\\u001b[31m\",\"code\":\"\\u202e\"}",
        "{\"client_secret\":\"s\"",
        "",
    ];
    Ok(if u.ratio(1, 2)? { u.choose(TEXTS)?.as_bytes().to_vec() } else { u.arbitrary()? })
}

fn header(u: &mut Unstructured<'_>) -> Result<Option<(HeaderName, HeaderValue)>> {
    const NAMES: &[&str] = &[
        "content-type",
        "content-encoding",
        "content-length",
        "location",
        "retry-after",
        "date",
        "link",
        "x-ratelimit-reset",
        "x-ratelimit-remaining",
        "x-request-id",
        "www-authenticate",
    ];
    const VALUES: &[&str] = &[
        "application/json",
        "application/problem+json; charset=\"utf-8\"",
        "text/plain; charset=latin1",
        "gzip",
        "deflate, br",
        "zstd",
        "identity",
        "/items",
        "//other.example/x",
        "http://127.0.0.1/next",
        "https://other.example/",
        "http://other.example:99999/",
        "?a=b#c",
        "0",
        "120",
        "18446744073709551615",
        "99999999999999999999",
        "-1",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "</items?page=2>; rel=\"next\"",
    ];
    let name = HeaderName::from_static(u.choose(NAMES)?);
    let value = if u.ratio(1, 4)? {
        HeaderValue::from_bytes(u.arbitrary()?)
    } else {
        HeaderValue::from_str(u.choose(VALUES)?)
    };
    Ok(value.ok().map(|value| (name, value)))
}

/// Whatever the server answers, a call ends within its time, without saying a secret or sending it elsewhere.
pub fn client(bytes: &[u8]) {
    let Ok((has_token, answers)) = <(bool, Vec<Answer>)>::arbitrary(&mut Unstructured::new(bytes)) else {
        return;
    };
    let left = Arc::new(Mutex::new(VecDeque::from(answers)));
    let client = transport(move |request| {
        let is_own = request.uri().authority().is_some_and(|authority| authority.host() == "127.0.0.1");
        assert!(is_own || !request.headers().contains_key("authorization"), "{:?}", request.uri());
        let answer = left.lock().expect("no thread has failed").pop_front();
        answer.map_or_else(
            || Err(TransportError::new(TransportErrorKind::Connect, "no answers are left")),
            |answer| answered(answer),
        )
    });
    let (told, took) = run(async move {
        let started = tokio::time::Instant::now();
        let told = if has_token {
            client.send(&GetWithToken).await.map_err(told)
        } else {
            client.send(&Get).await.map_err(told)
        };
        (told, started.elapsed())
    });
    // The call's timeout is a minute, and a token has 30 seconds of its own.
    assert!(took <= Duration::from_secs(91), "{took:?}");
    if let Err(told) = told {
        assert_printable(&told);
        assert!(!told.contains("secret-of-the-client"), "{told}");
    }
}

fn answered(answer: Answer) -> std::result::Result<Response<ResponseBody>, TransportError> {
    let fault = answer.fault.map(|kind| TransportError::new(kind, "the connection broke"));
    if let Some(fault) = &fault
        && fault.kind() == TransportErrorKind::Connect
    {
        return Err(fault.clone());
    }
    let chunks =
        answer.body.into_iter().map(|chunk| Ok(Bytes::from(chunk))).chain(fault.map(Err)).collect::<Vec<_>>();
    let mut response = Response::new(ResponseBody::stream(futures_util::stream::iter(chunks)));
    *response.status_mut() = answer.status;
    for (name, value) in answer.headers {
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

/// The error with what caused it, and as it is debugged.
fn told(error: openapi_rust_runtime::Error<Infallible>) -> String {
    let mut told = format!("{error}\n{error:?}");
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        told.push_str(&format!("\n{error}"));
        cause = error.source();
    }
    told
}
