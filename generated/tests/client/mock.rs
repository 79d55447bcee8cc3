//! The mock of the service, used as in a caller's tests.

use auth0_connections::connections::{self, Delete, Get, List, Update, UpdateError};
use auth0_connections::models::{
    ConnectionForList, ConnectionOptions, ErrorBody, GetConnectionResponseContent,
    UpdateConnectionRequestContent, UpdateConnectionResponseContent,
};
use auth0_connections::runtime::mock::Mock;
use auth0_connections::runtime::{Error, TransportError, TransportErrorKind};

fn connection(name: &str) -> GetConnectionResponseContent {
    GetConnectionResponseContent::default().name(name)
}

#[tokio::test]
async fn typed_answers_come_back_as_they_were_told() {
    let mock = Mock::new();
    mock.on::<Get>().returns(connection("a"));
    mock.on::<Get>().returns(connection("b"));
    mock.on::<Delete>().returns(());
    let client = mock.client();
    for name in ["a", "b", "b"] {
        assert_eq!(connections::get("con_1").send(&client).await.unwrap(), connection(name));
    }
    connections::delete("con_1").send(&client).await.unwrap();
    mock.verify().unwrap();
}

#[tokio::test]
async fn requests_are_compared_and_their_bodies_read_by_type() {
    let mock = Mock::new();
    mock.on::<Update>().returns(UpdateConnectionResponseContent::default());
    let client = mock.client();
    connections::update("con_1").display_name("Staff").send(&client).await.unwrap();
    let calls = mock.calls::<Update>();
    assert_eq!(calls, [connections::update("con_1").display_name("Staff")]);
    assert_ne!(calls, [connections::update("con_2").display_name("Staff")]);
    assert_ne!(calls, [connections::update("con_1").display_name("Guests")]);
    let body: UpdateConnectionRequestContent = calls[0].body().unwrap();
    assert_eq!(body.display_name.as_deref(), Some("Staff"));
    assert_eq!(calls[0].request().uri().path(), "/connections/con_1");
    assert!(mock.calls::<Get>().is_empty());
}

#[tokio::test]
async fn an_expected_request_is_answered_once() {
    let mock = Mock::new();
    let one = connections::get("con_1").fields("name");
    mock.expect(&one).unwrap().returns(connection("one"));
    mock.on::<Get>().returns(connection("other"));
    let client = mock.client();
    assert!(mock.verify().unwrap_err().to_string().contains("GET /connections/con_1?fields=name"));
    assert_eq!(connections::get("con_2").send(&client).await.unwrap(), connection("other"));
    assert_eq!(one.clone().send(&client).await.unwrap(), connection("one"));
    assert_eq!(one.send(&client).await.unwrap(), connection("other"));
    mock.verify().unwrap();
    assert!(mock.expect(&connections::get("")).is_err(), "an invalid request never comes");
}

#[tokio::test]
async fn a_client_that_does_not_check_sends_what_breaks_a_constraint() {
    let mock = Mock::new();
    let long = connections::update("con_1").display_name("x".repeat(129));
    mock.expect(&long).unwrap().returns(UpdateConnectionResponseContent::default());
    let error = long.clone().send(&mock.client()).await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(mock.verify().is_err());
    long.clone().send(&mock.builder().validate(false).build().unwrap()).await.unwrap();
    mock.verify().unwrap();
    assert_eq!(mock.calls::<Update>(), [long]);
}

#[tokio::test]
async fn failures_are_typed_too() {
    let mock = Mock::new();
    let body = ErrorBody::default().message("the name is taken");
    mock.on::<Update>().fails(UpdateError::Conflict, &body);
    let error = connections::update("con_1").show_as_button(true).send(&mock.client()).await.unwrap_err();
    let Error::Api(UpdateError::Conflict(failure)) = &error else { panic!("{error:?}") };
    assert_eq!((failure.response.status.as_u16(), failure.body.as_deref()), (409, Some(&body)));
    let mock = Mock::new();
    mock.on::<Get>().breaks(TransportError::new(TransportErrorKind::Tls, "no trust"));
    let error = connections::get("con_1").send(&mock.client()).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)) && error.to_string().contains("no trust"), "{error:?}");
    let teapot = http::Response::builder().status(418).body("short".into()).unwrap();
    mock.on::<Delete>().responds(teapot);
    let error = connections::delete("con_1").send(&mock.client()).await.unwrap_err();
    assert_eq!(error.response().unwrap().status, 418);
}

#[tokio::test]
async fn an_unexpected_call_fails_and_says_what_was_expected() {
    let mock = Mock::new();
    let expected = connections::update("con_1").options(options("s3cr3t"));
    mock.expect(&expected).unwrap().returns(UpdateConnectionResponseContent::default());
    let client = mock.client();
    let error = connections::update("con_1").options(options("0ther")).send(&client).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("has no answer for patch_connections_by_id: PATCH /connections/con_1"), "{text}");
    assert!(text.contains("expected another one: body"), "{text}");
    let error = connections::get("con_1").send(&client).await.unwrap_err().to_string();
    assert!(error.contains("it has answers for: patch_connections_by_id"), "{error}");
    let unmet = mock.verify().unwrap_err().to_string();
    assert!(unmet.contains("never came: patch_connections_by_id"), "{unmet}");
    assert!(unmet.contains("had no answer: get_connections_by_id: GET /connections/con_1"), "{unmet}");
    for printed in [text, error, unmet, format!("{mock:?}"), format!("{:?}", mock.calls::<Update>())] {
        assert!(!printed.contains("s3cr3t") && !printed.contains("0ther"), "{printed}");
    }
    assert_eq!(mock.calls::<Get>().len(), 1, "one attempt");
}

fn options(secret: &str) -> ConnectionOptions {
    ConnectionOptions::raw(serde_json::json!({ "client_secret": secret }))
}

#[tokio::test]
async fn lists_and_modifications_work_with_it() {
    let mock = Mock::new();
    let page = |next: Option<&str>| {
        let mut page =
            auth0_connections::models::ListConnectionsCheckpointPaginatedResponseContent::default();
        page.next = next.map(str::to_owned);
        page.connections = Some(vec![ConnectionForList::default()]);
        page
    };
    mock.on::<List>().returns(page(Some("a")));
    mock.on::<List>().returns(page(None));
    let mut items = connections::list().items(&mock.client());
    let mut count = 0;
    while items.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 2);
    assert_eq!(
        mock.calls::<List>(),
        [connections::list().take(100), connections::list().take(100).from("a")]
    );

    let mut read = connection("n");
    read.display_name = Some("N".to_owned());
    mock.on::<Get>().returns(read);
    mock.on::<Update>().returns(UpdateConnectionResponseContent::default());
    let change = connections::modify("con_1", |connection| connection.show_as_button = Some(true));
    change.send(&mock.client()).await.unwrap().unwrap();
    assert_eq!(mock.calls::<Update>(), [connections::update("con_1").display_name("N").show_as_button(true)]);
}
