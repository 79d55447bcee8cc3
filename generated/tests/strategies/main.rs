//! The options of each strategy against the vendor's own schemas, with `jsonschema` as the judge: valid
//! options are typed and round-trip unchanged, and options with one property of a wrong type are kept raw,
//! with the reason.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod creations;
mod drawing;
mod facts;
mod instances;
mod reference;

use std::io::Write as _;

use auth0_connections::models::{
    ConnectionOptions, CreateConnectionRequestContent, GetConnectionResponseContent,
};
use auth0_connections::runtime::Validate;
use serde_json::{Value, json};

use drawing::Drawing;
use reference::Strategy;

/// The number of instances drawn for each strategy's options.
const INSTANCES: u64 = 12;

fn response(strategy: &str, options: &Value) -> Value {
    // The options come first, so that they are read before their type is known.
    json!({ "options": options, "id": "con_1", "name": "n", "strategy": strategy })
}

/// Whether two values are equal in JSON Schema's sense, where `1.0` is `1`.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| equal(value, other)))
        }
        _ => one == other,
    }
}

fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(value: &Value) -> T {
    let decoded: T = serde_json::from_str(&value.to_string()).unwrap();
    let encoded = serde_json::to_value(&decoded).unwrap();
    assert!(equal(&encoded, value), "{value}\nbecame\n{encoded}");
    decoded
}

fn strategies() -> Vec<Strategy> {
    let found = reference::strategies();
    if found.is_empty() {
        println!("skipped: ../shared/specs/auth0-management.yml is not here");
    } else {
        assert_eq!(found.len(), 55);
    }
    found
}

#[test]
fn valid_options_are_typed_and_come_back_equal() {
    let mut instances = 0;
    for strategy in strategies() {
        let judge = strategy.judge();
        for seed in 0..INSTANCES {
            let options = Drawing::new(&strategy.document, seed).options(&strategy.options, &judge);
            assert!(judge.is_valid(&options));
            let value = response(&strategy.name, &options);
            let decoded: GetConnectionResponseContent = round_trip(&value);
            check(&strategy, decoded.options.as_ref());
            assert_eq!(decoded.validate(), Ok(()), "{value}");
            let request = json!({ "name": "n", "strategy": strategy.name, "options": options });
            let decoded: CreateConnectionRequestContent = round_trip(&request);
            check(&strategy, decoded.options.as_ref());
            assert_eq!(decoded.validate(), Ok(()), "{request}");
            instances += 1;
        }
    }
    println!("{instances} valid instances");
}

fn check(strategy: &Strategy, options: Option<&ConnectionOptions>) {
    match options {
        Some(ConnectionOptions::Unknown(untyped)) => panic!("{}: {:?}", strategy.name, untyped.reason),
        Some(options) => assert_eq!(options.tag(), Some(strategy.name.as_str())),
        None => panic!("{}: no options", strategy.name),
    }
}

#[test]
fn options_with_one_property_of_a_wrong_type_are_kept_and_the_property_is_named() {
    let (mut raw, mut held) = (0, 0);
    for strategy in strategies() {
        let judge = strategy.judge();
        let mut drawing = Drawing::new(&strategy.document, 1);
        let options = drawing.options(&strategy.options, &judge);
        for property in drawing.properties(&strategy.options) {
            for wrong in [json!(7.5), json!("text"), json!([[]]), json!({ "a": [1] })] {
                // The drawn instance has nearly every property, of the right type.
                let right = options.get(&property).unwrap_or(&wrong);
                if std::mem::discriminant(right) == std::mem::discriminant(&wrong) {
                    continue;
                }
                let mut broken = options.clone();
                broken[&property] = wrong;
                if judge.is_valid(&broken) {
                    continue;
                }
                let value = response(&strategy.name, &broken);
                let decoded: GetConnectionResponseContent = round_trip(&value);
                match decoded.options.unwrap() {
                    ConnectionOptions::Unknown(untyped) => {
                        let reason = untyped.reason.unwrap();
                        let path = reason.path.split(['.', '[']).next().unwrap();
                        assert_eq!(path, property, "{}: {reason}", strategy.name);
                        raw += 1;
                    }
                    // The others are typed, and this one is as it came: among the additional properties, or in a union that
                    // none of its alternatives fit.
                    typed => {
                        let kept = &typed.to_json()[&property];
                        assert!(equal(kept, &broken[&property]), "{}.{property}", strategy.name);
                        let told = typed.validate().err().map(|violations| violations.to_string());
                        let told = told.is_some_and(|told| told.contains(&property));
                        assert!(
                            told || drawing.is_union(&strategy.options, &property),
                            "{}.{property}: {kept}",
                            strategy.name
                        );
                        held += 1;
                    }
                }
            }
        }
    }
    println!("{raw} instances were kept raw, {held} within a property");
}

/// The drawn options omit properties without a valid value in the vendor's document; there is only one such
/// property.
#[test]
fn nearly_every_property_is_drawn() {
    let mut never = Vec::new();
    for strategy in strategies() {
        let judge = strategy.judge();
        let mut drawing = Drawing::new(&strategy.document, 1);
        let options = drawing.options(&strategy.options, &judge);
        let missing = |property: &String| options.get(property).is_none();
        let properties = drawing.properties(&strategy.options);
        never.extend(properties.iter().filter(|p| missing(p)).map(|p| format!("{} {p}", strategy.name)));
    }
    println!("never drawn: {never:?}");
    assert!(never.len() <= 1, "{never:?}");
}

/// The vendor's pattern for LinkedIn's `client_id` takes one character, its length asks for fourteen.
const REFUSED: &[&str] = &["linkedin"];

#[test]
fn the_smallest_creations_are_valid_and_those_that_the_pages_show() {
    let strategies = strategies();
    let source = without_space(include_str!("creations.rs"));
    let creations = creations::creations();
    assert_eq!(creations.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ConnectionOptions::TAGS);
    let mut refused = Vec::new();
    // For `cargo xtask prism --requests`.
    let mut sent = std::fs::File::create(concat!(env!("CARGO_TARGET_TMPDIR"), "/creations.jsonl")).unwrap();
    for (name, request) in creations {
        let request = request.unwrap();
        let body: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
        let (method, path) = (request.method().as_str(), request.uri().path());
        writeln!(sent, "{}", json!({ "method": method, "path": path, "body": body })).unwrap();
        assert_eq!(body["strategy"], *name);
        if let Some(strategy) = strategies.iter().find(|strategy| strategy.name == name)
            && !strategy.judge().is_valid(&body["options"])
        {
            refused.push(name);
        }
        let page = format!("{}/../docs/strategies/{name}.md", env!("CARGO_MANIFEST_DIR"));
        let page = std::fs::read_to_string(page).unwrap();
        let shown = page.split("```rust").nth(1).unwrap().split(".send(").next().unwrap();
        assert!(source.contains(&without_space(shown)), "{name}: the page shows other code");
    }
    assert!(strategies.is_empty() || refused == REFUSED, "{refused:?}");
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn our_facts_are_the_vendors() {
    let ours = facts::ours();
    for strategy in strategies() {
        let theirs = strategy.document["components"]["schemas"].as_object().unwrap();
        let mut theirs = facts::of(theirs, &theirs[&strategy.options]);
        if REFUSED.contains(&strategy.name.as_str()) {
            theirs["properties"]["client_id"].as_object_mut().unwrap().remove("pattern");
        }
        let ours = facts::of(&ours, &ours[&strategy.options]);
        let names = |schema: &Value| -> Vec<String> {
            schema["properties"].as_object().into_iter().flat_map(|map| map.keys().cloned()).collect()
        };
        for name in names(&theirs) {
            assert_eq!(ours["properties"][&name], theirs["properties"][&name], "{}.{name}", strategy.name);
        }
        assert_eq!(ours, theirs, "{}", strategy.name);
    }
}
