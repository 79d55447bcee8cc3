//! What callers expect of a client in Rust: conversions, iterators, and the crates that signatures speak of.

use auth0_connections::connections;
use auth0_connections::models::{
    ConnectionKeyUseEnum, ConnectionOptions, ConnectionOptionsSaml, UpdateConnectionRequestContent,
};

#[test]
fn an_enum_is_read_from_text_and_printed() {
    let signing: ConnectionKeyUseEnum = "signing".parse().unwrap();
    assert_eq!(signing, ConnectionKeyUseEnum::Signing);
    assert_eq!(signing.to_string(), "signing");
    let new: ConnectionKeyUseEnum = "wrapping".parse().unwrap();
    assert!(matches!(new, ConnectionKeyUseEnum::Unknown(_)));
    assert_eq!((new.as_str(), new.to_string()), ("wrapping", "wrapping".to_owned()));
}

#[test]
fn a_union_has_methods_for_each_alternative() {
    let saml = ConnectionOptionsSaml::default().sign_in_endpoint("https://idp.example.org/sso");
    let options = ConnectionOptions::from(saml.clone());
    assert!(options.is_samlp() && !options.is_oidc());
    assert_eq!(options.as_samlp(), Some(&saml));
    assert_eq!(options.as_oidc(), None);
    assert_eq!(options.clone().into_oidc(), None);
    assert_eq!(options.into_samlp(), Some(saml));
}

#[test]
fn lists_and_maps_take_iterators_and_single_items() {
    let words = "a.test b.test";
    let entry = [("tier".to_owned(), Some("gold".to_owned()))];
    let builder = connections::update("con_1").realms(words.split(' ')).push_realms("c.test");
    let built = builder.metadata(entry.clone()).insert_metadata("gone", None).build().unwrap();
    let model = UpdateConnectionRequestContent::default().realms(words.split(' ')).push_realms("c.test");
    let model = model.metadata(entry).insert_metadata("gone", None);
    let expected = r#"{"realms":["a.test","b.test","c.test"],"metadata":{"gone":null,"tier":"gold"}}"#;
    assert_eq!(built.body().as_bytes().unwrap(), expected.as_bytes());
    assert_eq!(serde_json::to_string(&model).unwrap(), expected);
}

#[cfg(feature = "reqwest")]
#[test]
fn what_signatures_speak_of_comes_from_the_runtime() {
    use auth0_connections::runtime::{external, futures_core, reqwest, secrecy};

    fn streams<T>(_: &dyn futures_core::Stream<Item = T>) {}

    let client = auth0_connections::Client::builder()
        .base_url("https://example.com")
        .bearer_token(secrecy::SecretString::from("token"))
        .transport(reqwest::Client::new())
        .build()
        .unwrap();
    let call = connections::get("con_1").build().unwrap();
    let _: external::http::Request<auth0_connections::runtime::Body> = call;
    streams(&connections::list().items(&client));
}

#[test]
fn the_reference_lists_what_starts_an_operation_for_one_strategy() {
    let reference = include_str!("../../REFERENCE.md");
    let row = "| `connections::create_samlp(name)` | `samlp` | `ConnectionOptionsSaml` | `enterprise` |";
    assert!(reference.lines().any(|line| line == row), "{row}");
}
