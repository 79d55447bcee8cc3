//! Decodes and encodes what other documents have and the connections don't, with our types and with what one writes by hand,
//! in turns, and prints what each takes as a line of JSON: name, shape and microseconds a round trip.

use std::hint::black_box;
use std::time::Instant;

use client_shapes::{models, runtime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

include!("codes.rs");

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Free {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Map<String, Value>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Tagged {
    Leaf { value: i64 },
    Pair { left: Box<Tagged>, right: Box<Tagged> },
    List { items: Vec<Tagged> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Leaf { value: i64 },
    Pair { left: Box<Untagged>, right: Box<Untagged> },
    List { items: Vec<Untagged> },
}

/// A list of objects with free-form options, as many as the page of connections has.
fn free() -> Value {
    let options = |index: usize| {
        json!({
            "enabled": true, "limit": index, "ratio": 0.25, "empty": null, "text": format!("value {index}"),
            "scopes": ["openid", "profile", "email"], "headers": {"a": "1", "b": "2", "c": {"deep": [1, 2, 3]}},
            "rules": [{"if": "a", "then": {"set": "b"}}, {"if": "c", "then": {"set": "d"}}],
        })
    };
    (0..100).map(|index| json!({"id": format!("id_{index}"), "options": options(index)})).collect()
}

fn codes() -> Value {
    (0..2000).map(|index| format!("code_{}", index * 7 % CODES)).collect()
}

/// Pairs and lists by turns, down to leaves.
fn tree(depth: usize, has_tag: bool) -> Value {
    let inner = || tree(depth - 1, has_tag);
    let (kind, mut node) = match depth {
        0 => ("leaf", json!({"value": 1})),
        _ if depth.is_multiple_of(2) => ("pair", json!({"left": inner(), "right": inner()})),
        _ => ("list", json!({"items": [inner(), inner()]})),
    };
    if has_tag {
        node["kind"] = kind.into();
    }
    node
}

macro_rules! ours {
    ($ty:ty) => {
        |bytes: &[u8]| {
            let value: $ty = runtime::decode::from_slice(bytes).expect("what the document says");
            runtime::encode::to_vec(black_box(&value)).expect("JSON")
        }
    };
}

fn by_hand<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Vec<u8> {
    let value: T = serde_json::from_slice(bytes).expect("what the document says");
    serde_json::to_vec(black_box(&value)).expect("JSON")
}

type Trip = fn(&[u8]) -> Vec<u8>;

fn main() {
    let shapes: [(&str, Value, [Trip; 2]); 4] = [
        ("free-form options", free(), [ours!(Vec<models::Free>), by_hand::<Vec<Free>>]),
        ("an enum of 500 values", codes(), [ours!(Vec<models::Code>), by_hand::<Vec<Code>>]),
        ("unions in unions, with a tag", tree(9, true), [ours!(models::Tagged), by_hand::<Tagged>]),
        ("unions in unions, without a tag", tree(9, false), [ours!(models::Untagged), by_hand::<Untagged>]),
    ];
    for (shape, value, trips) in shapes {
        let bytes = value.to_string().into_bytes();
        for trip in trips {
            let back: Value = serde_json::from_slice(&trip(&bytes)).expect("JSON");
            assert_eq!(back, value, "{shape}");
        }
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..31 {
            for (trip, times) in trips.iter().zip(&mut times) {
                let start = Instant::now();
                for _ in 0..20 {
                    black_box(trip(black_box(&bytes)));
                }
                times.push(start.elapsed().as_secs_f64() * 1e6 / 20.0);
            }
        }
        for (name, mut times) in ["ours", "hand-written"].into_iter().zip(times) {
            times.sort_by(f64::total_cmp);
            println!("{}", json!({"name": name, "shape": shape, "time": times[times.len() / 2]}));
        }
    }
}
