//! Each operation of the document on the wire: its method, path, query and body, and what isn't sent.

use auth0_connections::connections::{
    self, clients, directory_provisioning, keys, scim_configuration, users,
};
use auth0_connections::models::{
    DirectoryProvisioningMappingItem, ScimMappingItem, SynchronizedGroupPayload,
    UpdateEnabledClientConnectionsRequestContentItem,
};
use serde_json::json;

use super::server::Server;

/// Makes the calls one after the other and compares what arrives: the method, the target and, if there is one, the body.
/// Returns the methods and paths.
macro_rules! sent {
    ($($call:expr => $method:literal $target:literal $($body:literal)?;)*) => {{
        let server = Server::start(|_| (400, json!({}))).await;
        let client = server.client();
        $(
            let _ = $call.send(&client).await;
            let asked = server.asked().pop().unwrap();
            let (body, media_type) = expected(&[$($body)?]);
            let wanted = ($method, $target, body, media_type);
            assert_eq!((&*asked.method, &*asked.target, &*asked.text, asked.media_type.as_deref()), wanted);
        )*
        let asked = server.asked();
        let count = [$($target),*].len();
        assert_eq!(asked.len(), count, "each call is one request");
        asked
    }};
}

/// The body, which has a media type only if there is one.
fn expected<'a>(body: &[&'a str]) -> (&'a str, Option<&'static str>) {
    match body {
        [] => ("", None),
        [json] if json.starts_with(['{', '[']) || *json == "null" => (json, Some("application/json")),
        [form, ..] => (form, Some("application/x-www-form-urlencoded")),
    }
}

/// The operations of the document, with their paths in segments; none where the crate is unpacked from its package.
fn declared() -> Option<Vec<(String, Vec<String>)>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/connections.yaml");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!(
            "skipped: the document isn't a part of the package, so not each of its operations is looked for"
        );
        return None;
    };
    let document: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    let mut declared = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation.get("responses").is_some() {
                declared.push((method.to_uppercase(), path.split('/').map(str::to_owned).collect()));
            }
        }
    }
    Some(declared)
}

#[tokio::test]
async fn every_operation_sends_what_it_is_given_and_nothing_else() {
    let asked = sent! {
        connections::list() => "GET" "/connections";
        connections::list().take(5).from("a b").strategy(["samlp", "waad"]).fields("id,name").include_fields(false)
            => "GET" "/connections?from=a%20b&take=5&strategy=samlp&strategy=waad&fields=id%2Cname&include_fields=false";
        connections::list().page(0).per_page(100).include_totals(true).name("n&m")
            => "GET" "/connections?per_page=100&page=0&include_totals=true&name=n%26m";
        connections::create("staff", "samlp") => "POST" "/connections" r#"{"name":"staff","strategy":"samlp"}"#;
        connections::create_samlp("staff").show_as_button(false)
            => "POST" "/connections" r#"{"name":"staff","strategy":"samlp","show_as_button":false}"#;
        connections::get("con_1") => "GET" "/connections/con_1";
        connections::get("a/b?c").fields("name") => "GET" "/connections/a%2Fb%3Fc?fields=name";
        connections::delete("con_1") => "DELETE" "/connections/con_1";
        connections::check_status("con_1") => "GET" "/connections/con_1/status";
        connections::update("con_1").show_as_button(true) => "PATCH" "/connections/con_1" r#"{"show_as_button":true}"#;
        connections::update("con_1").display_name("a b").as_form() => "PATCH" "/connections/con_1" "display_name=a%20b";
        clients::get("con_1").take(1).from("x") => "GET" "/connections/con_1/clients?take=1&from=x";
        clients::update("con_1", [UpdateEnabledClientConnectionsRequestContentItem::new("app", true)])
            => "PATCH" "/connections/con_1/clients" r#"[{"client_id":"app","status":true}]"#;
        directory_provisioning::list().take(2) => "GET" "/connections-directory-provisionings?take=2";
        directory_provisioning::get("con_1") => "GET" "/connections/con_1/directory-provisioning";
        directory_provisioning::get_default_mapping("con_1")
            => "GET" "/connections/con_1/directory-provisioning/default-mapping";
        directory_provisioning::create("con_1") => "POST" "/connections/con_1/directory-provisioning";
        directory_provisioning::create("con_1").synchronize_automatically(true)
            => "POST" "/connections/con_1/directory-provisioning" r#"{"synchronize_automatically":true}"#;
        directory_provisioning::update("con_1").mapping([DirectoryProvisioningMappingItem::new("email", "mail")])
            => "PATCH" "/connections/con_1/directory-provisioning" r#"{"mapping":[{"auth0":"email","idp":"mail"}]}"#;
        directory_provisioning::delete("con_1") => "DELETE" "/connections/con_1/directory-provisioning";
        directory_provisioning::list_synchronized_groups("con_1").from("x")
            => "GET" "/connections/con_1/directory-provisioning/synchronized-groups?from=x";
        directory_provisioning::set("con_1", [SynchronizedGroupPayload::new("g")])
            => "PUT" "/connections/con_1/directory-provisioning/synchronized-groups" r#"{"groups":[{"id":"g"}]}"#;
        directory_provisioning::synchronizations::create("con_1")
            => "POST" "/connections/con_1/directory-provisioning/synchronizations";
        keys::get("con_1") => "GET" "/connections/con_1/keys";
        keys::create("con_1") => "POST" "/connections/con_1/keys";
        keys::create("con_1").signing_alg("RS256") => "POST" "/connections/con_1/keys" r#"{"signing_alg":"RS256"}"#;
        keys::rotate("con_1") => "POST" "/connections/con_1/keys/rotate";
        keys::rotate("con_1").signing_alg("RS512").as_form()
            => "POST" "/connections/con_1/keys/rotate" "signing_alg=RS512";
        scim_configuration::list().from("x").take(3) => "GET" "/connections-scim-configurations?from=x&take=3";
        scim_configuration::get("con_1") => "GET" "/connections/con_1/scim-configuration";
        scim_configuration::get_default_mapping("con_1")
            => "GET" "/connections/con_1/scim-configuration/default-mapping";
        scim_configuration::create("con_1") => "POST" "/connections/con_1/scim-configuration";
        scim_configuration::create("con_1").user_id_attribute("id")
            => "POST" "/connections/con_1/scim-configuration" r#"{"user_id_attribute":"id"}"#;
        scim_configuration::update("con_1", "id", [ScimMappingItem::default().scim("userName")])
            => "PATCH" "/connections/con_1/scim-configuration"
               r#"{"user_id_attribute":"id","mapping":[{"scim":"userName"}]}"#;
        scim_configuration::delete("con_1") => "DELETE" "/connections/con_1/scim-configuration";
        scim_configuration::tokens::get("con_1") => "GET" "/connections/con_1/scim-configuration/tokens";
        scim_configuration::tokens::create("con_1").scopes(["get:users"])
            => "POST" "/connections/con_1/scim-configuration/tokens" r#"{"scopes":["get:users"]}"#;
        scim_configuration::tokens::delete("con_1", "tok_1")
            => "DELETE" "/connections/con_1/scim-configuration/tokens/tok_1";
        users::delete_by_email("con_1", "a+b@acme.com") => "DELETE" "/connections/con_1/users?email=a%2Bb%40acme.com";
    };
    let Some(declared) = declared() else { return };
    assert!(declared.len() >= 30, "{declared:?}");
    for (method, path) in declared {
        let is_called = asked.iter().any(|asked| {
            let mut segments = asked.target.split('?').next().unwrap().split('/');
            let is_path = path
                .iter()
                .all(|part| segments.next().is_some_and(|one| one == part || part.starts_with('{')));
            asked.method == method && is_path && segments.next().is_none()
        });
        assert!(is_called, "{method} {path:?} isn't called");
    }
}

#[tokio::test]
#[allow(deprecated, reason = "also what is deprecated can be null")]
async fn nothing_null_and_a_value_are_three_things_in_partial_updates() {
    sent! {
        connections::update("c").options_null() => "PATCH" "/connections/c" r#"{"options":null}"#;
        connections::update("c").enabled_clients_null().realms(Vec::<String>::new())
            => "PATCH" "/connections/c" r#"{"enabled_clients":null,"realms":[]}"#;
        connections::update("c").metadata([("kept", Some("x".to_owned())), ("gone", None)])
            => "PATCH" "/connections/c" r#"{"metadata":{"gone":null,"kept":"x"}}"#;
        directory_provisioning::update("c") => "PATCH" "/connections/c/directory-provisioning" "{}";
        directory_provisioning::update("c").body_null() => "PATCH" "/connections/c/directory-provisioning" "null";
        directory_provisioning::update("c").synchronize_automatically(false)
            => "PATCH" "/connections/c/directory-provisioning" r#"{"synchronize_automatically":false}"#;
        scim_configuration::tokens::create("c") => "POST" "/connections/c/scim-configuration/tokens";
        scim_configuration::tokens::create("c").token_lifetime_null()
            => "POST" "/connections/c/scim-configuration/tokens" r#"{"token_lifetime":null}"#;
        scim_configuration::tokens::create("c").token_lifetime(900)
            => "POST" "/connections/c/scim-configuration/tokens" r#"{"token_lifetime":900}"#;
    };
}
