//! What errors say: each thing once, with what caused them as their sources.

use std::error::Error as StdError;
use std::iter::successors;
use std::time::Duration;

use openapi_rust_runtime::modify::ModifyError;
use openapi_rust_runtime::{
    AnyError, AuthenticationError, DecodeError, Error, NoResponse, PageError, PollError, StreamError,
    TransportError, TransportErrorKind, UnreadItem,
};

use super::operations::{CallError, Get};

/// Fails if an error says what its source says.
pub(crate) fn says_each_thing_once(error: &(dyn StdError + 'static)) {
    for error in successors(Some(error), |&error| error.source()) {
        let Some(source) = error.source() else { return };
        let (said, again) = (error.to_string(), source.to_string());
        assert!(!said.contains(&again) && !again.contains(&said), "{said:?} has the source {again:?}");
    }
}

fn transport() -> TransportError {
    let cause = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused");
    TransportError::new(TransportErrorKind::Connect, "").caused_by(&cause)
}

fn reply(status: u16, body: &'static str) -> Error<CallError> {
    let response = http::Response::builder().status(status).body(body.into()).unwrap();
    openapi_rust_runtime::http::operation::parse::<Get>(response).unwrap_err()
}

/// One of each kind, made anew.
fn calls() -> Vec<Error<CallError>> {
    let invalid = openapi_rust_runtime::InvalidRequest::from(openapi_rust_runtime::Violations(vec![
        openapi_rust_runtime::Violation { path: "a".to_owned(), message: "too long".to_owned() },
    ]));
    vec![
        reply(403, r#"{"message":"no"}"#),
        reply(418, "short and stout"),
        reply(200, r#"{"a":"#),
        Error::InvalidRequest(invalid),
        Error::Authentication(AuthenticationError::new("no token").caused_by(&transport())),
        Error::Authentication(AuthenticationError::new("no credential")),
        Error::Transport(transport()),
        Error::Transport(TransportError::new(TransportErrorKind::TooLarge, "more than 2 bytes")),
    ]
}

fn item() -> Box<UnreadItem> {
    Box::new(UnreadItem { text: "1".to_owned(), error: DecodeError::new("expected a string, got a number") })
}

#[test]
fn no_error_repeats_its_source() {
    let mut all: Vec<Box<dyn StdError + Send + Sync>> = Vec::new();
    for error in calls() {
        all.push(Box::new(error));
    }
    let of_lists = calls().into_iter().map(PageError::Call).chain([
        PageError::Repeated("2".to_owned()),
        PageError::NotAPage,
        PageError::NoPosition,
        PageError::Unreadable("it isn't a number".to_owned()),
        PageError::Refused("it leads to another host".to_owned()),
        PageError::Empty(3),
    ]);
    all.extend(of_lists.map(|error| Box::new(error) as _));
    let read = calls().into_iter().map(ModifyError::<CallError, CallError>::Read);
    let write = calls().into_iter().map(ModifyError::<CallError, CallError>::Write);
    all.extend(read.chain(write).map(|error| Box::new(error) as _));
    let start = calls().into_iter().map(PollError::<CallError, CallError, u8>::Start);
    let read = calls().into_iter().map(PollError::Read);
    let polls = start.chain(read).chain([
        PollError::Failed(Box::new(1)),
        PollError::Deadline(Duration::from_secs(1)),
        PollError::NoLocation,
        PollError::Refused("it leads to another host".to_owned()),
        PollError::Ended,
    ]);
    all.extend(polls.map(|error| Box::new(error) as _));
    let of_streams = [
        StreamError::Transport(transport()),
        StreamError::Timeout(Duration::from_secs(1)),
        StreamError::TooLong(2),
        StreamError::Item(item()),
        StreamError::Reconnect(Box::new(NoResponse::Transport(transport()))),
    ];
    all.extend(of_streams.map(|error| Box::new(error) as _));
    for error in &all {
        says_each_thing_once(&**error);
    }
    for error in calls().into_iter().map(AnyError::from) {
        says_each_thing_once(&error);
    }
}

#[test]
fn the_alternate_form_has_the_causes_too() {
    let whole = |error: &dyn StdError| format!("{error} | {error:#}");
    assert_eq!(whole(&Error::<CallError>::Transport(transport())), "no connection | no connection: refused");
    let decode = "GET /pets/{id}: 200 OK: the body can't be decoded";
    assert_eq!(whole(&reply(200, "{")), format!("{decode} | {decode}: not JSON: line 1, column 2"));
    let item = StreamError::Item(item());
    let unread = "an item can't be decoded";
    assert_eq!(whole(&item), format!("{unread} | {unread}: expected a string, got a number"));
    let any = AnyError::from(PageError::<CallError>::Call(Error::Transport(transport())));
    assert_eq!(whole(&any), "no connection | no connection: refused");
}

#[test]
fn every_error_becomes_one_that_keeps_what_happened() {
    let any = AnyError::from(reply(403, r#"{"message":"no"}"#));
    assert_eq!(any.status(), Some(http::StatusCode::FORBIDDEN));
    assert!(matches!(any.failure(), Some(CallError::Forbidden(_))), "{any:?}");
    assert!(any.failure::<std::convert::Infallible>().is_none());
    assert_eq!(any.to_string(), reply(403, r#"{"message":"no"}"#).to_string());
    assert!(AnyError::from(Error::<CallError>::Transport(transport())).is_retryable());
    let list = AnyError::from(PageError::<CallError>::Call(reply(418, "")));
    assert_eq!(list.status().map(|status| status.as_u16()), Some(418));
    let other = AnyError::from(PageError::<CallError>::Empty(3));
    assert!(other.call().is_none() && other.to_string() == "3 pages in a row had no items", "{other:?}");
    let modified = AnyError::from(ModifyError::<CallError, CallError>::Write(reply(403, "{}")));
    assert!(modified.failure::<CallError>().is_some(), "{modified:?}");
    let polled = AnyError::from(PollError::<CallError, CallError, u8>::Read(reply(403, "{}")));
    assert!(polled.failure::<CallError>().is_some(), "{polled:?}");
}
