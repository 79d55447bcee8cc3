//! What becomes of properties that only one side of a pair has.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_modifications_one_side::models::{Pet, PetUpdate};
use corpus_modifications_one_side::operations::pets;
use corpus_modifications_one_side::runtime::Patch;
use serde_json::{Value, json};

fn sent(read: Value, change: impl FnMut(&mut PetUpdate)) -> Value {
    let read: Pet = serde_json::from_value(read).unwrap();
    let change = pets::modify("1", change).apply(read).unwrap();
    Value::Object(change.expose_body().clone())
}

fn pet() -> Value {
    json!({ "id": "1", "name": "Rex", "size": 3, "collar": { "colour": "red" }, "born": "2020" })
}

#[test]
fn the_others_are_changed_as_ever() {
    assert_eq!(sent(pet(), |pet| pet.name = Some("Max".into())), json!({ "name": "Max" }));
    assert_eq!(sent(pet(), |_| {}), json!({}));
}

#[test]
fn what_was_not_read_is_sent_only_if_it_is_set() {
    let set = |pet: &mut PetUpdate| {
        pet.region = Some("eu".into());
        pet.owner = Patch::Null;
    };
    assert_eq!(sent(pet(), set), json!({ "region": "eu", "owner": null }));
}

#[test]
fn what_the_server_sends_undeclared_is_read() {
    let mut read = pet();
    read["region"] = json!("us");
    read["owner"] = Value::Null;
    let expected = |pet: &mut PetUpdate| {
        assert_eq!((pet.region.as_deref(), &pet.owner), (Some("us"), &Patch::Null));
        assert!(!pet.additional_properties.contains_key("region"));
    };
    assert_eq!(sent(read.clone(), expected), json!({}));
    assert_eq!(sent(read.clone(), |pet| pet.region = Some("eu".into())), json!({ "region": "eu" }));
    // What doesn't fit stays as it came.
    read["region"] = json!(7);
    assert_eq!(sent(read, |pet| assert_eq!(pet.additional_properties["region"], 7)), json!({}));
}

#[test]
fn what_has_another_type_goes_back_as_it_came() {
    let unchanged = |pet: &mut PetUpdate| {
        assert_eq!(pet.size, None);
        assert_eq!(pet.additional_properties["size"], 3);
        pet.collar.as_mut().unwrap().chip = Some(9);
    };
    assert_eq!(sent(pet(), unchanged), json!({ "collar": { "colour": "red", "chip": 9 } }));
}
