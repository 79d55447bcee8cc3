//! Enums whose values are alternatives of their own are open like others.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_annotated_enums::models::{Lamp, LampColor, LampDimmed, LampLevel, State};
use corpus_annotated_enums::runtime::Patch;

fn lamp(text: &str) -> Lamp {
    let lamp: Lamp = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&lamp).unwrap(), text);
    lamp
}

#[test]
fn each_value_is_a_variant() {
    let known = lamp(r#"{"state":2,"color":"r","dimmed":true,"level":"auto"}"#);
    assert_eq!(known.state, Some(State::Flickering));
    assert_eq!(known.color, Patch::Value(LampColor::Red));
    assert_eq!(known.dimmed, Some(LampDimmed::Low));
    assert_eq!(known.level, Some(LampLevel::Automatic));
}

#[test]
fn other_values_are_unknown() {
    let new = lamp(r#"{"state":3,"color":"b","level":9}"#);
    assert_eq!(new.state, Some(State::Unknown(3)));
    assert_eq!(new.color, Patch::Value(LampColor::Unknown("b".into())));
    assert!(matches!(new.level, Some(LampLevel::Unknown(_))));
    assert_eq!(lamp(r#"{"color":null}"#).color, Patch::Null);
}
