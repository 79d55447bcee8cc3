//! Documents with random faults: whatever comes in, the answer is diagnostics or Rust that parses, never a
//! panic. Deterministic: the same faults in each run with the same `SEED`, and `DOCUMENTS` documents of each golden case.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::Package;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{api_of, print};
use serde_json::{Value, json};

/// A linear congruential generator (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// The node number `index` of `value`, which is taken down to 0.
fn node<'a>(value: &'a mut Value, index: &mut usize) -> Option<&'a mut Value> {
    if *index == 0 {
        return Some(value);
    }
    *index -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, index)),
        Value::Object(map) => map.values_mut().find_map(|item| node(item, index)),
        _ => None,
    }
}

fn odd_value(random: &mut Random, whole: &Value) -> Value {
    let mut elsewhere = whole.clone();
    let mut index = random.below(count(whole));
    match random.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1.5e300),
        3 => json!(u64::MAX),
        4 => json!(""),
        5 => json!([]),
        6 => json!({}),
        7 => json!({ "$ref": "#/components/schemas/It" }),
        8 => json!({ "allOf": [{ "$ref": "#/components/schemas/It" }, { "type": "object" }] }),
        9 => json!({ "type": ["null", "array", "string"], "items": { "oneOf": [] } }),
        10 => json!("\u{202e}*/ r#\"\u{0}"),
        _ => node(&mut elsewhere, &mut index).cloned().unwrap_or_default(),
    }
}

#[test]
fn faults_end_in_diagnostics_or_in_rust() {
    let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let mut random = Random(number("SEED").unwrap_or(7));
    // The nightly workflow takes more.
    let documents = number("DOCUMENTS").unwrap_or(20);
    let (mut generated, mut refused) = (0, 0);
    let mut folders: Vec<_> = std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let whole = source::value(&std::fs::read(folder.join("spec.yaml")).unwrap()).unwrap();
        for _ in 0..documents {
            let mut document = whole.clone();
            for _ in 0..=random.below(3) {
                let odd = odd_value(&mut random, &whole);
                let mut index = 1 + random.below(count(&document) - 1);
                if let Some(place) = node(&mut document, &mut index) {
                    *place = odd;
                }
            }
            let text = document.to_string();
            let mut diagnostics = Diagnostics::default();
            let Some(read) = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics)
            else {
                assert!(diagnostics.has_errors(), "refused without a word: {text}");
                refused += 1;
                continue;
            };
            let api = api_of(&read, &Settings::default(), &mut diagnostics);
            for file in print::print(&Crate::new(&api, Package::new("faulty"))).unwrap() {
                let depends_on_the_document =
                    !file.path.starts_with("src/runtime/") && file.path.ends_with(".rs");
                if depends_on_the_document && let Err(error) = syn::parse_file(&file.text) {
                    panic!("{}: {error}\n{text}\n{}", file.path, file.text);
                }
            }
            generated += 1;
        }
    }
    assert!(generated > 100 && refused > 100, "{generated} generated, {refused} refused");
}
