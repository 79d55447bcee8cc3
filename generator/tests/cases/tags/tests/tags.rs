//! Tags as they are read and written.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use corpus_tags::models::*;
use corpus_tags::runtime::{FromJson, ToJson, Validate as _, decode, encode};
use serde_json::{Value, json};

fn sent(value: impl ToJson) -> Value {
    serde_json::from_slice(&encode::to_vec(&value).unwrap()).unwrap()
}

/// Reads the value, and checks that it is written unchanged.
fn read<T: FromJson + ToJson>(value: Value) -> T {
    let read: T = decode::from_slice(value.to_string().as_bytes()).unwrap();
    assert_eq!(sent(&read), value);
    read
}

#[test]
fn the_type_says_its_tag() {
    assert_eq!(sent(Figure::from(Circle::new(1.5))), json!({"form": "circle", "radius": 1.5}));
    assert_eq!(sent(Figure::from(Square::new(2.0))), json!({"form": "square", "side": 2.0}));
    assert_eq!(sent(Figure::from(Dot::new("here"))), json!({"form": "dot", "at": "here"}));
    assert_eq!(sent(Circle::new(1.5)), json!({"form": "circle", "radius": 1.5}));
    assert!(Figure::from(Circle::new(1.5)).validate().is_ok());
}

#[test]
fn a_wrong_tag_is_not_sent() {
    let mut circle = Circle::new(1.5);
    circle.form = "square".to_owned();
    assert_eq!(sent(Figure::from(circle))["form"], "circle");
    let mut dot = Dot::new("here");
    dot.additional_properties.insert("form".to_owned(), json!("line"));
    assert_eq!(sent(Figure::from(dot)), json!({"form": "dot", "at": "here"}));
}

#[test]
fn of_two_tags_the_value_has_one() {
    assert_eq!(sent(Figure::from(Line::new("ray", "there"))), json!({"form": "ray", "to": "there"}));
    for form in ["line", "ray"] {
        assert!(matches!(read(json!({"form": form, "to": "there"})), Figure::Line(line) if line.form == form));
    }
}

#[test]
fn tags_are_read_whatever_else_there_is() {
    assert!(matches!(read(json!({"at": "here", "form": "dot"})), Figure::Dot(_)));
    assert!(matches!(read(json!({"form": "cube", "side": 1})), Figure::Unknown(_)));
    let framed: Framed = serde_json::from_value(json!({"form": "square", "side": 1.5, "frame": "oak"})).unwrap();
    assert!(matches!(framed, Framed::Square(_)), "{framed:?}");
    assert_eq!(sent(Framed::from(FramedCircle::new("oak", 1.5)))["form"], "circle");
}

#[test]
fn numbers_and_booleans_are_tags() {
    assert_eq!(sent(Numbered::from(First::new("a"))), json!({"version": 1, "name": "a"}));
    assert_eq!(sent(Numbered::from(Second::new("b"))), json!({"version": 2, "name": "b"}));
    assert!(matches!(read(json!({"version": 1, "name": "a"})), Numbered::First(_)));
    assert!(matches!(read(json!({"version": 2, "name": "b"})), Numbered::Second(_)));
    assert!(matches!(read(json!({"version": 3, "name": "c"})), Numbered::Unknown(_)));
    assert!(matches!(read(json!({"on": true})), Switch::On(_)));
    assert!(matches!(read(json!({"on": false})), Switch::Off(_)));
    assert_eq!(sent(Switch::from(SwitchOff::new())), json!({"on": false}));
}

#[test]
fn a_parent_is_its_children() {
    assert_eq!(sent(Vehicle::from(Bicycle::new(7))), json!({"kind": "bike", "gears": 7}));
    assert_eq!(sent(Vehicle::from(Van::new(800))), json!({"kind": "Van", "load": 800}));
    assert_eq!(sent(Car::from(Van::new(800))), json!({"kind": "Van", "load": 800}));
    assert_eq!(sent(Vehicle::from(CarBase::new())), json!({"kind": "car"}));
    assert!(matches!(read(json!({"kind": "bike", "wheels": 2, "gears": 7})), Vehicle::Bicycle(_)));
    assert!(matches!(read(json!({"kind": "car", "doors": 5})), Vehicle::Car(_)));
    assert!(matches!(read(json!({"kind": "boat", "sails": 1})), Vehicle::Unknown(_)));
}
