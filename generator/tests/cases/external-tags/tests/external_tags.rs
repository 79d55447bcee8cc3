//! Values are told apart by the property that they have, or by a constant of any scalar type.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_external_tags::models::{Brush, BrushEnum, Stroke, StrokeEvent, StrokeResult, StrokeWet};

fn brush(text: &str) -> Brush {
    let brush: Brush = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&brush).unwrap(), text);
    brush
}

#[test]
fn the_property_tells_the_alternative() {
    assert!(matches!(brush(r#"{"Hair":{"width":1.5}}"#), Brush::Hair(_)));
    assert!(matches!(brush(r#"{"Roller":3}"#), Brush::Roller(_)));
    assert!(matches!(brush(r#"{"Several":["pencil",{"Roller":1}]}"#), Brush::Several(_)));
    assert_eq!(brush(r#""pencil""#), Brush::Enum(BrushEnum::Pencil));
    assert_eq!(brush(r#""eraser""#), Brush::Enum(BrushEnum::Eraser));
}

#[test]
fn what_is_new_is_unknown() {
    assert_eq!(brush(r#""airbrush""#), Brush::Enum(BrushEnum::Unknown("airbrush".into())));
    assert!(matches!(brush(r#"{"Sponge":{}}"#), Brush::Unknown(_)));
}

#[test]
fn constants_of_each_type_tell_alternatives_apart() {
    let stroke = |text: &str| {
        let stroke: Stroke = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&stroke).unwrap(), text);
        stroke
    };
    let known = stroke(r#"{"result":{"code":2,"reason":"dry"},"wet":{"dried":false,"hours":1}}"#);
    assert!(matches!(known.result, Some(StrokeResult::Code1(_))));
    assert!(matches!(known.wet, Some(StrokeWet::DriedFalse(_))));
    let new = stroke(r#"{"result":{"code":7,"length":1}}"#);
    assert!(matches!(new.result, Some(StrokeResult::Unknown(_))));
    let left = stroke(r#"{"event":{"at":1,"kind":"turned","side":"left"}}"#);
    assert!(matches!(left.event, Some(StrokeEvent::TurnedLeft(_))));
    let right = stroke(r#"{"event":{"at":1,"kind":"turned","side":"right"}}"#);
    assert!(matches!(right.event, Some(StrokeEvent::TurnedRight(_))));
}
