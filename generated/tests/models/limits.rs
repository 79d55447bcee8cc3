//! Values that the document forbids are refused before they are sent, with the property's path and the limit.

use auth0_connections::connections::{self, Update};

fn refusal(update: &Update) -> String {
    update.build().expect_err("must be refused").to_string()
}

fn metadata(entries: usize, length: usize) -> auth0_connections::models::ConnectionsMetadata {
    (0..entries).map(|index| (format!("key{index}"), Some("s".repeat(length)))).collect()
}

#[test]
fn display_name_has_at_most_128_characters() {
    assert!(connections::update("con_1").display_name("ü".repeat(128)).build().is_ok());
    let message = refusal(&connections::update("con_1").display_name("x".repeat(129)));
    assert!(
        message.contains("display_name") && message.contains("128") && message.contains("129"),
        "{message}"
    );
}

#[test]
fn metadata_has_at_most_10_entries() {
    assert!(connections::update("con_1").metadata(metadata(10, 255)).build().is_ok());
    let message = refusal(&connections::update("con_1").metadata(metadata(11, 1)));
    assert!(message.contains("metadata") && message.contains("10") && message.contains("11"), "{message}");
}

#[test]
fn a_metadata_value_has_at_most_255_characters() {
    let message = refusal(&connections::update("con_1").metadata(metadata(1, 256)));
    assert!(
        message.contains("metadata.key0") && message.contains("255") && message.contains("256"),
        "{message}"
    );
}

#[test]
fn an_update_of_nothing_is_refused() {
    let message = refusal(&connections::update("con_1"));
    assert!(message.contains("at least 1"), "{message}");
}

#[test]
fn every_violation_is_told_at_once() {
    let message =
        refusal(&connections::update("con_1").display_name("x".repeat(129)).metadata(metadata(11, 256)));
    assert!(message.contains("display_name") && message.contains("metadata.key10"), "{message}");
}

#[test]
fn an_id_cannot_leave_its_path_segment() {
    for id in ["", ".", ".."] {
        assert!(connections::update(id).show_as_button(true).build().is_err(), "{id:?}");
    }
    let request = connections::update("../a/b?c#d%2f").show_as_button(true).build().unwrap();
    assert_eq!(request.uri().path(), "/connections/..%2Fa%2Fb%3Fc%23d%252f");
}
