//! Safe partial updates, against a service that replaces `options` as a whole and drops the display name.

use std::sync::{Arc, Mutex};

use super::server::{Asked, Server};
use auth0_connections::connections;
use auth0_connections::models::{ConnectionOptions, ConnectionOptionsAuth0, UpdateConnectionRequestContent};
use auth0_connections::runtime::{CallOptions, Error, ModifyError, Patch};
use serde_json::{Value, json};

fn stored() -> Value {
    json!({
        "id": "con_1",
        "name": "staff",
        "strategy": "auth0",
        "display_name": "Staff",
        "show_as_button": true,
        "metadata": { "team": "a", "tier": "gold" },
        "options": {
            "client_id": "id",
            "client_secret": "s3cr3t",
            "import_mode": false,
            "brand_new": { "deep": [1, { "er": null }] },
            "upstream_params": null,
        },
    })
}

type State = Arc<Mutex<Value>>;

/// A service with one connection; `see` changes the view of it that a token gets.
async fn service(see: impl Fn(&mut Value) + Send + 'static) -> (Server, State) {
    let state = State::new(Mutex::new(stored()));
    let kept = state.clone();
    let server = Server::start(move |asked: &Asked| {
        let mut connection = kept.lock().unwrap();
        if asked.method == "PATCH" {
            let body = asked.body.as_object().unwrap();
            if !body.contains_key("display_name") {
                connection["display_name"] = connection["name"].clone();
            }
            for (name, value) in body {
                match (connection.get_mut(name), value) {
                    (Some(Value::Object(old)), Value::Object(new)) if name == "metadata" => {
                        old.extend(new.clone());
                        old.retain(|_, value| !value.is_null());
                    }
                    _ => connection[name] = value.clone(),
                }
            }
        }
        let mut seen = connection.clone();
        see(&mut seen);
        (200, seen)
    })
    .await;
    (server, state)
}

fn writes(server: &Server) -> Vec<Value> {
    server.asked().into_iter().filter(|asked| asked.method == "PATCH").map(|asked| asked.body).collect()
}

/// The typed options of a connection.
fn database(connection: &mut UpdateConnectionRequestContent) -> &mut ConnectionOptionsAuth0 {
    match connection.options.value_mut() {
        Some(ConnectionOptions::Auth0(options)) => options,
        other => panic!("{other:?}"),
    }
}

fn without_options(seen: &mut Value) {
    seen.as_object_mut().unwrap().remove("options");
}

#[tokio::test]
async fn options_are_sent_complete_and_nothing_of_them_is_lost() {
    let (server, state) = service(|_| {}).await;
    let updated = connections::modify("con_1", |connection| {
        database(connection).import_mode = Some(true);
    })
    .send(&server.client())
    .await
    .unwrap()
    .unwrap();
    assert_eq!(updated.name.as_deref(), Some("staff"));
    let mut expected = stored();
    expected["options"]["import_mode"] = json!(true);
    assert_eq!(*state.lock().unwrap(), expected);
    assert_eq!(
        writes(&server),
        [json!({ "display_name": "Staff", "options": expected["options"] })],
        "no more than what differs, and what the service forgets"
    );
    let methods: Vec<String> = server.asked().into_iter().map(|asked| asked.method).collect();
    assert_eq!(methods, ["GET", "GET", "PATCH"]);
}

#[tokio::test]
async fn what_does_not_differ_is_not_sent() {
    let (server, _) = service(|_| {}).await;
    let client = server.client();
    let nothing = connections::modify("con_1", |connection| connection.show_as_button = Some(true));
    assert!(nothing.send(&client).await.unwrap().is_none());
    assert_eq!(server.asked().len(), 1, "one read");
    let button = connections::modify("con_1", |connection| connection.show_as_button = Some(false));
    button.send(&client).await.unwrap().unwrap();
    assert_eq!(writes(&server), [json!({ "display_name": "Staff", "show_as_button": false })]);
}

#[tokio::test]
async fn options_that_were_withheld_are_not_written() {
    let (server, state) = service(without_options).await;
    let client = server.client();
    let error = connections::modify("con_1", |connection| {
        connection.options = Patch::Value(ConnectionOptionsAuth0::default().into());
    })
    .send(&client)
    .await
    .unwrap_err();
    assert!(matches!(&error, ModifyError::Withheld { property, .. } if property == "options"), "{error:?}");
    assert!(error.to_string().contains("read:connections_options"), "{error}");
    assert_eq!(server.asked().len(), 1);
    // Null would erase them too.
    let null = connections::modify("con_1", |connection| connection.options = Patch::Null);
    assert!(matches!(null.send(&client).await, Err(ModifyError::Withheld { .. })));
    // Other properties can be written; `options` can't.
    let button = connections::modify("con_1", |connection| connection.show_as_button = Some(false));
    button.send(&client).await.unwrap().unwrap();
    assert_eq!(writes(&server), [json!({ "display_name": "Staff", "show_as_button": false })]);
    assert_eq!(state.lock().unwrap()["options"], stored()["options"]);
}

#[tokio::test]
async fn a_change_in_between_is_noticed() {
    let (server, state) = service(|_| {}).await;
    let client = server.client();
    let change = connections::modify("con_1", |connection| {
        database(connection).import_mode = Some(true);
    })
    .plan(&client)
    .await
    .unwrap();
    state.lock().unwrap()["options"]["client_secret"] = json!("r0tated");
    state.lock().unwrap()["realms"] = json!(["new"]);
    let error = change.send(&client).await.unwrap_err();
    let ModifyError::Conflict { properties } = &error else { panic!("{error:?}") };
    assert_eq!(properties, &["options", "realms"]);
    let printed = format!("{error} {error:?}");
    assert!(!printed.contains("r0tated") && !printed.contains("s3cr3t"), "{printed}");
    assert!(writes(&server).is_empty());
    assert_eq!(state.lock().unwrap()["options"]["client_secret"], "r0tated");
}

#[tokio::test]
async fn a_plan_prints_what_it_would_send_without_secrets() {
    let (server, _) = service(|_| {}).await;
    let client = server.client();
    let change = connections::modify("con_1", |connection| {
        database(connection).import_mode = Some(true);
    });
    let change = change.plan(&client).await.unwrap();
    assert!(!change.is_empty());
    assert_eq!(change.properties().collect::<Vec<_>>(), ["display_name", "options"]);
    for printed in [change.to_string(), format!("{change:?} {change:#?}")] {
        assert!(printed.starts_with("PATCH /connections/con_1 {\n"), "{printed}");
        assert!(printed.contains("\"import_mode\": true"), "{printed}");
        assert!(printed.contains("[redacted]") && !printed.contains("s3cr3t"), "{printed}");
    }
    assert_eq!(change.expose_body()["options"]["client_secret"], "s3cr3t");
    assert!(writes(&server).is_empty());
    change.send(&client).await.unwrap().unwrap();
    assert_eq!(writes(&server).len(), 1);
    let nothing = connections::modify("con_1", |_| {}).plan(&client).await.unwrap();
    assert_eq!((nothing.is_empty(), nothing.to_string().as_str()), (true, "nothing to send"));
}

#[tokio::test]
async fn a_member_of_metadata_is_removed() {
    let (server, state) = service(|_| {}).await;
    connections::modify("con_1", |connection| {
        let metadata = connection.metadata.as_mut().unwrap();
        metadata.remove("team");
        metadata.insert("new".to_owned(), Some("1".to_owned()));
    })
    .send(&server.client())
    .await
    .unwrap()
    .unwrap();
    assert_eq!(state.lock().unwrap()["metadata"], json!({ "tier": "gold", "new": "1" }));
}

#[tokio::test]
async fn options_that_break_the_document_stay_as_they_came() {
    let odd = |seen: &mut Value| seen["options"]["import_mode"] = json!("not a boolean");
    let (server, _) = service(odd).await;
    let change = connections::modify("con_1", |connection| {
        let Some(ConnectionOptions::Auth0(options)) = connection.options.value_mut() else { panic!() };
        assert_eq!(options.additional_properties["import_mode"], "not a boolean");
        options.additional_properties["client_id"] = json!("other");
    });
    change.send(&server.client()).await.unwrap().unwrap();
    let sent = &writes(&server)[0]["options"];
    assert_eq!((&sent["import_mode"], &sent["client_id"]), (&json!("not a boolean"), &json!("other")));
    assert_eq!(sent["client_secret"], "s3cr3t");
}

#[tokio::test]
async fn what_can_not_be_said_and_what_is_invalid_is_not_sent() {
    let (server, _) = service(|_| {}).await;
    let client = server.client();
    let error = connections::modify("con_1", |connection| connection.show_as_button = None);
    let error = error.send(&client).await.unwrap_err();
    assert!(
        matches!(&error, ModifyError::NotRemovable { property } if property == "show_as_button"),
        "{error:?}"
    );
    let long =
        |connection: &mut UpdateConnectionRequestContent| connection.display_name = Some("x".repeat(129));
    let error = connections::modify("con_1", long).plan(&client).await.unwrap_err();
    assert!(matches!(&error, ModifyError::Write(Error::InvalidRequest(_))), "{error:?}");
    let told = "PATCH /connections/{id}: the request is not valid: display_name: ";
    assert!(error.to_string().starts_with(told), "{error}");
    assert!(writes(&server).is_empty());
    let unchecked = client.with(CallOptions::new().validate(false));
    connections::modify("con_1", long).send(&unchecked).await.unwrap().unwrap();
    assert_eq!(writes(&server), [json!({ "display_name": "x".repeat(129) })]);
}

#[tokio::test]
async fn a_body_that_may_be_null_is_modified_too() {
    let server = Server::start(|_| {
        let mapping = json!([{ "auth0": "email", "idp": "mail", "later": 1 }]);
        let mut provisioning = json!({
            "connection_id": "con_1", "connection_name": "staff", "strategy": "google-apps",
            "synchronize_automatically": false, "created_at": "2025-01-01T00:00:00Z",
            "updated_at": "2025-01-01T00:00:00Z",
        });
        provisioning["mapping"] = mapping;
        (200, provisioning)
    })
    .await;
    let change = connections::directory_provisioning::modify("con_1", |provisioning| {
        provisioning.synchronize_automatically = Some(true);
    });
    change.send(&server.client()).await.unwrap().unwrap();
    assert_eq!(writes(&server), [json!({ "synchronize_automatically": true })]);
    let change = connections::directory_provisioning::modify("con_1", |provisioning| {
        provisioning.mapping.as_mut().unwrap()[0].auth0 = "name".into();
    });
    change.send(&server.client()).await.unwrap().unwrap();
    let mapping = json!([{ "auth0": "name", "idp": "mail", "later": 1 }]);
    assert_eq!(writes(&server)[1], json!({ "mapping": mapping }));
}

#[tokio::test]
async fn a_read_that_fails_is_told_as_one() {
    let server = Server::start(|_| (404, json!({ "message": "no such connection" }))).await;
    let error = connections::modify("con_1", |_| {}).send(&server.client()).await.unwrap_err();
    assert!(matches!(&error, ModifyError::Read(Error::Api(connections::GetError::NotFound(_)))), "{error:?}");
    assert!(format!("{error:#}").contains("no such connection"), "{error}");
}

#[tokio::test]
async fn what_the_body_must_have_goes_along() {
    let server = Server::start(|asked| match asked.method.as_str() {
        "GET" => (
            200,
            json!({
                "connection_id": "con_1", "connection_name": "n", "strategy": "s", "tenant_name": "t",
                "user_id_attribute": "externalId", "mapping": [], "created_at": "x", "updated_on": "y",
            }),
        ),
        _ => (200, asked.body.clone()),
    })
    .await;
    let change = connections::scim_configuration::modify("con_1", |configuration| {
        configuration.user_id_attribute = "userName".to_owned();
    });
    let change = change.plan(&server.client()).await.unwrap();
    assert_eq!(
        Value::from(change.expose_body().clone()),
        json!({ "user_id_attribute": "userName", "mapping": [] })
    );
}

#[tokio::test]
async fn options_that_do_not_fit_can_be_told_from_nothing_to_do() {
    let (server, _) = service(|seen| seen["options"] = json!([1])).await;
    let error = connections::modify("con_1", |connection| match connection.options.value_mut() {
        Some(ConnectionOptions::Auth0(options)) => {
            options.disable_signup = Some(true);
            Ok(())
        }
        _ => Err("it has no options of a database"),
    })
    .send(&server.client())
    .await
    .unwrap_err();
    assert!(matches!(&error, ModifyError::Change(_)), "{error:?}");
    assert!(format!("{error:#}").contains("no options of a database"), "{error:#}");
    assert_eq!(server.asked().len(), 1, "one read");
}
