//! Builds the request of `PATCH /connections/{id}` from a response of the same operation.

use auth0_connections::connections;
use auth0_connections::models::{
    ConnectionAuthenticationPurpose, ConnectionConnectedAccountsPurpose, ConnectionOptions,
    ConnectionOptionsAuth0, ConnectionsMetadata, UpdateConnectionRequestContent,
    UpdateConnectionResponseContent,
};
use auth0_connections::runtime::Body;
use auth0_connections::runtime::Patch;
use serde_json::{Value, json};

/// The shape of the vendor's example response, with our own values.
fn response() -> Value {
    json!({
        "name": "My connection",
        "display_name": "<string>",
        "options": {},
        "id": "con_0000000000000001",
        "strategy": "auth0",
        "realms": ["<string>"],
        "enabled_clients": ["<string>"],
        "is_domain_connection": true,
        "show_as_button": true,
        "metadata": {},
        "authentication": { "active": true },
        "connected_accounts": { "active": true, "cross_app_access": true }
    })
}

fn decode(value: &Value) -> UpdateConnectionResponseContent {
    let response = http::Response::builder().status(200).body(value.to_string().into()).unwrap();
    connections::Update::parse(response).unwrap()
}

fn body_of(request: http::Request<Body>) -> String {
    String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap()
}

#[test]
fn the_example_response_decodes_and_encodes_to_itself() {
    let decoded = decode(&response());
    assert_eq!(decoded.strategy.as_deref(), Some("auth0"));
    assert_eq!(serde_json::to_value(&decoded).unwrap(), response());
}

#[test]
fn the_example_response_becomes_the_request_that_writes_it_back() {
    let request = UpdateConnectionRequestContent::from(decode(&response()));
    let mut expected = response();
    for only_in_the_response in ["name", "id", "strategy"] {
        expected.as_object_mut().unwrap().remove(only_in_the_response);
    }
    assert_eq!(serde_json::to_value(&request).unwrap(), expected);
}

#[test]
fn read_change_one_thing_write_back() {
    let mut body = UpdateConnectionRequestContent::from(decode(&response()));
    body.show_as_button = Some(false);
    let request = connections::update("con_1").body(body).build().unwrap();
    let sent: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
    assert_eq!(sent["show_as_button"], json!(false));
    assert_eq!(sent["realms"], response()["realms"]);
    assert_eq!(sent["options"], json!({}));
}

#[test]
fn no_body_null_and_an_object_are_three_things() {
    use connections::{directory_provisioning, keys};
    let sent = |request: Result<http::Request<Body>, _>| body_of(request.unwrap());
    assert_eq!(sent(keys::rotate("con_1").build()), "");
    assert_eq!(sent(keys::rotate("con_1").body_null().build()), "null");
    assert_eq!(sent(keys::rotate("con_1").signing_alg("RS512").build()), r#"{"signing_alg":"RS512"}"#);
    // Null is sent to whoever asks for it, and to nobody else.
    assert_eq!(sent(directory_provisioning::update("con_1").build()), "{}");
    assert_eq!(sent(directory_provisioning::update("con_1").body_null().build()), "null");
    assert_eq!(
        sent(directory_provisioning::update("con_1").synchronize_automatically(true).build()),
        r#"{"synchronize_automatically":true}"#
    );
}

#[test]
fn what_is_not_set_is_not_sent() {
    let request = connections::update("con_0000000000000001").show_as_button(true).build().unwrap();
    assert_eq!(request.method(), http::Method::PATCH);
    assert_eq!(request.uri(), "/connections/con_0000000000000001");
    assert_eq!(request.headers()[http::header::CONTENT_TYPE], "application/json");
    assert_eq!(body_of(request), r#"{"show_as_button":true}"#);
}

#[test]
#[allow(deprecated, reason = "also what is deprecated can be null")]
fn null_is_sent_where_the_document_allows_it() {
    let request = connections::update("con_1").options_null().enabled_clients_null().build().unwrap();
    assert_eq!(body_of(request), r#"{"options":null,"enabled_clients":null}"#);
}

#[test]
#[expect(deprecated, reason = "also what is deprecated is sent as it is set")]
fn every_property_set_gives_exactly_these_bytes() {
    let metadata: ConnectionsMetadata =
        [("tier".to_owned(), Some("gold".to_owned())), ("gone".to_owned(), None)].into();
    let mut options = ConnectionOptionsAuth0::default();
    options.import_mode = Some(false);
    let mut accounts = ConnectionConnectedAccountsPurpose::new(true);
    accounts.cross_app_access = Some(false);
    let request = connections::update("con_1")
        .display_name("Staff")
        .options(options)
        .enabled_clients(vec!["client".to_owned()])
        .is_domain_connection(true)
        .show_as_button(false)
        .realms(vec!["example.com".to_owned()])
        .metadata(metadata)
        .authentication(ConnectionAuthenticationPurpose::new(true))
        .connected_accounts(accounts)
        .build()
        .unwrap();
    assert_eq!(
        body_of(request),
        concat!(
            r#"{"display_name":"Staff","options":{"import_mode":false},"enabled_clients":["client"],"#,
            r#""is_domain_connection":true,"show_as_button":false,"realms":["example.com"],"#,
            r#""metadata":{"gone":null,"tier":"gold"},"authentication":{"active":true},"#,
            r#""connected_accounts":{"active":true,"cross_app_access":false}}"#
        )
    );
}

#[test]
fn absent_null_and_value_stay_apart_through_a_round_trip() {
    for (text, expected) in [
        ("{}", Patch::Absent),
        (r#"{"options":null}"#, Patch::Null),
        (r#"{"options":{}}"#, Patch::Value(ConnectionOptions::raw(json!({})))),
    ] {
        let body: UpdateConnectionRequestContent = serde_json::from_str(text).unwrap();
        assert_eq!(body.options, expected);
        assert_eq!(serde_json::to_string(&body).unwrap(), text);
    }
}
