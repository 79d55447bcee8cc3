use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::json::decode::{FromJson as _, Mode, from_text};
use crate::json::reader::Reader;
use crate::model::rules::Checker;
use crate::model::shape::{Others, Presence, Property, Shape};
use crate::prelude::*;

#[derive(Clone, PartialEq)]
struct ByOffset {
    start: Option<i64>,
    items: Option<Vec<i64>>,
    additional_properties: JsonObject,
}

object! {
    ByOffset {
        start: "start", optional, [Minimum(Limit::Integer(0))];
        items: "items", optional, [MaxItems(2)];
    }
    additional_properties: closed [];
    rules: [];
}

#[derive(Clone, PartialEq)]
struct ByCursor {
    next: Option<String>,
    items: Option<Vec<i64>>,
    additional_properties: JsonObject,
}

object! {
    ByCursor {
        next: "next", optional, [MaxLength(2)];
        items: "items", optional, [MaxItems(2)];
    }
    additional_properties: open [];
    rules: [];
}

#[derive(Clone, Debug, PartialEq)]
enum List {
    ByOffset(ByOffset),
    ByCursor(ByCursor),
    Unknown(Json),
}

untagged_union! { List { ByOffset(ByOffset): []; ByCursor(ByCursor): []; } Unknown }

/// The best of all alternatives, found by decoding and scoring each.
fn of_all(value: &Value) -> List {
    let text = value.to_string();
    let alternatives = [
        from_text::<ByOffset>(&text, Mode::Strict).ok().map(List::ByOffset),
        from_text::<ByCursor>(&text, Mode::Strict).ok().map(List::ByCursor),
    ];
    let score = |list: &List| {
        let mut checker = Checker::default();
        list.check(&[], &mut checker);
        (checker.violation_count(), list.unknowns())
    };
    alternatives.into_iter().flatten().min_by_key(score).unwrap_or(List::Unknown(Json::from(value.clone())))
}

#[test]
fn what_is_not_made_is_never_better() {
    let starts = [None, Some(json!(1)), Some(json!(-1)), Some(json!("a")), Some(Value::Null)];
    let nexts = [None, Some(json!("a")), Some(json!("abc")), Some(json!(1))];
    let items = [None, Some(json!([1])), Some(json!([1, 2, 3])), Some(json!(["a"])), Some(Value::Null)];
    let others = [None, Some(json!({"a": 1}))];
    for start in &starts {
        for next in &nexts {
            for item in &items {
                for other in &others {
                    let all = [("start", start), ("next", next), ("items", item), ("other", other)];
                    let of = |(name, value): (&str, &Option<Value>)| Some((name.to_owned(), value.clone()?));
                    let value = Value::Object(all.into_iter().filter_map(of).collect());
                    assert_eq!(
                        from_text::<List>(&value.to_string(), Mode::Strict).unwrap(),
                        of_all(&value),
                        "{value}"
                    );
                }
            }
        }
    }
}

#[test]
fn an_alternative_that_can_not_be_better_is_not_made() {
    let attempts = |text: &str| {
        let mut reader = Reader::new(text, Mode::Strict);
        List::read(&mut reader).unwrap();
        reader.attempts.count
    };
    let of_which_one_is_unknown = r#"{"start":1,"items":[1,2,3],"other":1}"#;
    assert_eq!(attempts(of_which_one_is_unknown), 2, "more is unknown of the other, but none counts as much");
    assert_eq!(attempts(r#"{"start":1,"items":[1,2,3]}"#), 1);
}

/// A shape of six properties, two of which have names that need escapes in JSON.
fn shape() -> Shape {
    const fn property(wire: &'static str) -> Property {
        Property { wire, presence: Presence::Optional, rules: &[] }
    }
    const PROPERTIES: &[Property] =
        &[property("abc"), property("ab"), property("a\"b"), property(""), property("\n"), property("b")];
    Shape {
        properties: PROPERTIES,
        names: OnceLock::new(),
        rules: &[],
        followers: &[],
        others: Others::Open,
        rules_of_others: &[],
        secret_names: &[],
    }
}

#[test]
fn properties_are_found_from_anywhere() {
    let shape = shape();
    for from in 0..=shape.properties.len() {
        for (index, property) in shape.properties.iter().enumerate() {
            assert_eq!(shape.find(property.wire, from), Some(index), "{:?} from {from}", property.wire);
        }
        assert_eq!(shape.find("c", from), None);
    }
}

#[test]
fn names_are_read_in_any_order_whatever_came_before() {
    let shape = shape();
    let mut names: Vec<&str> = shape.properties.iter().map(|property| property.wire).collect();
    names.extend(["other", "a", "abcd"]);
    let mut random = 1_u32;
    for _ in 0..300 {
        // Some more than once, some not at all; with whitespace, and with escapes that nothing needs.
        let mut expected = Vec::new();
        let mut text = String::from("{");
        for _ in 0..random % 12 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let name = names[(random >> 16) as usize % names.len()];
            let quoted = match (random >> 8) % 4 {
                0 => format!(" {} :", json!(name)),
                1 => json!(name).to_string().replace('a', "\\u0061") + ":",
                _ => format!("{}:", json!(name)),
            };
            text += &format!("{}{quoted}1", if text.len() == 1 { "" } else { "," });
            expected.push(name.to_owned());
        }
        text.push('}');
        let mut read = Vec::new();
        let mut reader = Reader::new(&text, Mode::Strict);
        let each = |reader: &mut Reader<'_>, property: Result<usize, std::borrow::Cow<'_, str>>| {
            read.push(property.map_or_else(Into::into, |index| shape.properties[index].wire.to_owned()));
            reader.skip()
        };
        shape.read_object(&mut reader, each).unwrap();
        assert_eq!(read, expected, "{text}");
        random = random.wrapping_add(7);
    }
}
