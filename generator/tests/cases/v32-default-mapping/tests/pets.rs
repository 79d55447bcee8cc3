//! Values without a tag are the default alternative, and stay without one.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail")]

use corpus_v32_default_mapping::models::{Dog, Other, Pet, Shape};
use corpus_v32_default_mapping::runtime::{decode, encode};

fn read<T: decode::FromJson>(text: &str) -> T {
    decode::from_slice(text.as_bytes()).unwrap()
}

fn written(value: &impl encode::ToJson) -> String {
    String::from_utf8(encode::to_vec(value).unwrap()).unwrap()
}

#[test]
fn what_no_tag_selects_is_the_default() {
    for text in [r#"{"name":"a"}"#, r#"{"kind":"fish","name":"a"}"#, r#"{"kind":"Other","name":"a","x":1}"#] {
        let pet: Pet = read(text);
        assert!(matches!(&pet, Pet::Other(other) if other.name == "a"), "{text}");
        assert_eq!(written(&pet), text);
    }
    assert!(matches!(read(r#"{"kind":"kitten","lives":9}"#), Pet::Cat(_)));
    assert!(matches!(read(r#"{"kind":"Dog"}"#), Pet::Dog(_)));
}

#[test]
fn what_the_default_doesn_t_fit_is_preserved() {
    for text in [r#"{"kind":"fish"}"#, "7", r#"{"kind":"cat"}"#] {
        let pet: Pet = read(text);
        assert!(matches!(pet, Pet::Unknown(_)), "{text}");
        assert_eq!(written(&pet), text);
    }
}

#[test]
fn only_the_default_is_sent_without_a_tag() {
    assert_eq!(written(&Pet::from(Other::new("a"))), r#"{"name":"a"}"#);
    assert_eq!(written(&Pet::from(Dog::default())), r#"{"kind":"Dog"}"#);
}

#[test]
fn a_parent_can_be_its_own_default() {
    let shape: Shape = read(r#"{"form":"blob","colour":"red"}"#);
    assert!(matches!(&shape, Shape::Shape(base) if base.colour.as_deref() == Some("red")));
    assert!(matches!(read(r#"{"form":"Circle","radius":1}"#), Shape::Circle(_)));
}
