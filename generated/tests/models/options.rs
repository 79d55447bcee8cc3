//! Options typed by strategy: creating, updating, reading, changing and writing back.

use auth0_connections::connections;
use auth0_connections::models::{
    ConnectionOptions, ConnectionOptionsEvernote, ConnectionOptionsOidc, ConnectionOptionsSaml,
    GetConnectionResponseContent, UpdateConnectionRequestContent,
};
use auth0_connections::runtime::{Body, FromJson, JsonObject, Mode, Validate};
use serde_json::{Value, json};

fn sent(request: &http::Request<Body>) -> Value {
    serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap()
}

#[test]
fn a_creation_starts_from_its_strategy() {
    let options = ConnectionOptionsSaml::default()
        .sign_in_endpoint("https://idp.example.org/sso")
        .sign_saml_request(true);
    let request = connections::create_samlp("staff").display_name("Staff").options(options).build().unwrap();
    assert_eq!(
        sent(&request),
        json!({
            "name": "staff", "display_name": "Staff", "strategy": "samlp",
            "options": { "signInEndpoint": "https://idp.example.org/sso", "signSAMLRequest": true }
        })
    );
    let bare = connections::create_evernote_sandbox("notes").options(ConnectionOptionsEvernote::default());
    let expected = json!({ "name": "notes", "strategy": "evernote-sandbox", "options": {} });
    assert_eq!(sent(&bare.into_operation().build().unwrap()), expected);
    let error = connections::create_oidc("o").options(ConnectionOptionsOidc::new("x".repeat(256))).build();
    assert!(error.unwrap_err().to_string().contains("options.client_id: at most 255 characters, has 256"));
}

/// Doesn't compile if `$other` is accepted in place of `$own`: `of` would then be ambiguous between two
/// traits.
macro_rules! never_into {
    ($($other:ty => $own:ty),* $(,)?) => {
        $(const _: fn() = {
            trait Ambiguous<Kind> {
                fn of() {}
            }
            impl<T> Ambiguous<()> for T {}
            struct Converts;
            impl<T: Into<$own>> Ambiguous<Converts> for T {}
            <$other as Ambiguous<_>>::of
        };)*
    };
}

// `create_samlp(..).options(..)` takes `impl Into<ConnectionOptionsSaml>`, and so on for each strategy.
never_into! {
    ConnectionOptionsOidc => ConnectionOptionsSaml,
    ConnectionOptionsEvernote => ConnectionOptionsSaml,
    ConnectionOptionsSaml => ConnectionOptionsOidc,
    ConnectionOptionsSaml => ConnectionOptionsEvernote,
    ConnectionOptions => ConnectionOptionsSaml,
    JsonObject => ConnectionOptionsSaml,
}

#[test]
fn options_of_another_strategy_are_refused_before_they_are_sent() {
    let options = ConnectionOptionsOidc::new("id");
    let error = connections::create("o", "samlp").options(options).build().unwrap_err();
    assert!(error.to_string().contains("options: has the form for \"oidc\""), "{error}");
}

#[test]
fn an_update_takes_typed_options_or_raw_json() {
    let typed = connections::update("con_1").options(ConnectionOptionsOidc::new("id")).build().unwrap();
    assert_eq!(sent(&typed), json!({ "options": { "client_id": "id" } }));
    let raw = JsonObject::from_iter([("next_big_thing", 1)]);
    let raw = connections::update("con_1").options(raw).build().unwrap();
    assert_eq!(sent(&raw), json!({ "options": { "next_big_thing": 1 } }));
}

#[test]
fn one_property_changes_and_nothing_is_lost() {
    let options =
        json!({ "signInEndpoint": "https://old.example.org/", "new_thing": [1, null], "debug": null });
    let read = json!({ "id": "con_1", "strategy": "samlp", "options": options });
    let read: GetConnectionResponseContent = serde_json::from_value(read).unwrap();
    let mut body = UpdateConnectionRequestContent::from(read);
    if let Some(ConnectionOptions::Samlp(samlp)) = body.options.value_mut() {
        samlp.sign_in_endpoint = Some("https://new.example.org/".to_owned());
    }
    let mut expected = options;
    expected["signInEndpoint"] = json!("https://new.example.org/");
    assert_eq!(serde_json::to_value(&body).unwrap()["options"], expected);
}

#[test]
fn conversions_say_which_property_does_not_fit() {
    let error = ConnectionOptions::typed("samlp", json!({ "signing_key": { "key": 5 } })).unwrap_err();
    assert_eq!(error.to_string(), "signing_key.key: expected a string, got a number");
    let error = ConnectionOptionsOidc::from_json(json!({}), Mode::Strict).unwrap_err();
    assert_eq!(error.to_string(), "client_id: missing");
    let raw = ConnectionOptions::from(ConnectionOptionsOidc::new("id")).to_json();
    assert_eq!(raw.0, json!({ "client_id": "id" }));
}

#[test]
fn secrets_are_not_printed() {
    let options = json!({
        "client_secret": "hunter2", "admin_refresh_token": "hunter2", "twilio_token": "hunter2",
        "app_secret": "hunter2", "decryptionKey": "hunter2", "signing_key": { "key": "hunter2" },
        "configuration": { "a": "hunter2" }, "customHeaders": { "Authorization": "hunter2" },
        "gateway_authentication": { "audience": "a", "method": "bearer", "secret": "hunter2" },
        "client_id": "id", "brute_force_protection": true, "email": {}, "name": "abc",
        "pingFederateBaseUrl": "https://a"
    });
    for strategy in ConnectionOptions::TAGS {
        let mut options = options.clone();
        if *strategy != "email" {
            options.as_object_mut().unwrap().remove("email");
        }
        let value = json!({ "strategy": strategy, "options": options });
        let connection: GetConnectionResponseContent = serde_json::from_value(value).unwrap();
        assert!(!format!("{connection:?}").contains("hunter2"), "{connection:?}");
        assert!(connection.options.as_ref().is_some_and(|options| options.tag() == Some(strategy)));
    }
    assert_eq!(ConnectionOptions::TAGS.len(), 55);
    assert!(ConnectionOptions::raw(options).validate().is_ok());
}
