//! Unions inside unions: they take the best alternative, however deep, and what it costs grows with the text.

use std::collections::BTreeMap;

use crate::json::decode::{FromJson, Mode, from_slice};
use crate::json::reader::Reader;
use crate::json::writer::{ToJson, to_vec};
use crate::prelude::*;

/// Declares alternatives that share the recursive property `sub` and differ in one of their own.
macro_rules! nodes {
    ($($name:ident $own:literal $presence:ident $ty:ty;)*) => { $(
        #[derive(Clone, PartialEq)]
        struct $name {
            sub: Option<Box<Node>>,
            own: $ty,
            many: Option<Vec<Node>>,
            named: Option<BTreeMap<String, Outer>>,
            additional_properties: JsonObject,
        }

        object! {
            $name {
                sub: "sub", optional, [];
                own: $own, $presence, [];
                many: "many", optional, [];
                named: "named", optional, [];
            }
            additional_properties: open [];
            rules: [];
        }
    )* };
}

nodes! {
    Cat "lives" required i64;
    Dog "trick" required bool;
    Fish "lives" required String;
    Bird "song" optional Option<String>;
    Bee "sting" optional Option<i64>;
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Cat(Cat),
    Dog(Dog),
    Fish(Fish),
    Bird(Bird),
    Bee(Bee),
    Word(String),
    Unknown(Json),
}

untagged_union! {
    Node { Cat(Cat): []; Dog(Dog): []; Fish(Fish): []; Bird(Bird): []; Bee(Bee): []; Word(String): []; } Unknown
}

/// A union of a union and of lists of unions.
#[derive(Clone, Debug, PartialEq)]
enum Outer {
    One(Box<Node>),
    Many(Vec<Outer>),
    Unknown(Json),
}

untagged_union! { Outer { One(Box<Node>): []; Many(Vec<Outer>): []; } Unknown }

/// Decodes `text`, checks that nothing was lost, and returns how many alternatives were read.
fn attempts<T: FromJson + ToJson>(text: &str) -> usize {
    let mut reader = Reader::new(text, Mode::Lenient);
    let read = T::read(&mut reader).unwrap();
    assert!(reader.end().is_ok());
    let written = to_vec(&read).unwrap();
    let value = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).unwrap();
    assert_eq!(value(&written), value(text.as_bytes()));
    reader.attempts.count
}

/// `depth` levels, each of which begins with `before` and ends with `after`.
fn nested(before: &str, middle: &str, after: &str, depth: usize) -> String {
    before.repeat(depth) + middle + &after.repeat(depth)
}

#[test]
fn the_attempts_grow_with_the_depth_only() {
    for (before, middle, after) in [
        // All levels fit the fourth alternative, and the fifth as well.
        (r#"{"sub":"#, "{}", "}"),
        // Those with a required property fail late, at every level or only at the deepest.
        (r#"{"sub":"#, r#"{"lives":false}"#, r#","lives":"nine"}"#),
        (r#"{"sub":"#, "{}", r#","lives":[]}"#),
        (r#"{"sub":"#, "{}", r#","trick":1,"lives":1}"#),
        // No alternative is perfect, so that all are compared.
        (r#"{"sub":"#, r#"{"else":1}"#, "}"),
        (r#"{"sub":"#, "{}", r#","else":{"a":1}}"#),
        // None fits.
        (r#"{"sub":"#, "1", r#","sting":[{}],"song":[{}]}"#),
        // In arrays, maps, other unions and unknown properties.
        (r#"{"many":[{},"#, "{}", "]}"),
        (r#"{"named":{"a":"#, "{}", r#"},"else":2}"#),
        (r#"{"named":{"a":[[],"#, "{}", r#"]},"else":2}"#),
        (r#"{"else":"#, "{}", "}"),
        (r#"{"lives":1,"sub":"#, "{}", r#","sub":{"else":3}}"#),
    ] {
        let levels = if before.contains("[[") { 30 } else { 60 };
        let counts =
            [levels / 2, levels].map(|depth| attempts::<Node>(&nested(before, middle, after, depth)));
        let [half, whole] = counts;
        assert!(whole <= 2 * half + 12, "{before}: {counts:?}");
        assert!(whole <= 22 * levels, "{before}: {counts:?}");
        attempts::<Outer>(&nested(before, middle, after, levels));
    }
}

#[test]
fn broken_text_is_given_up_at_once() {
    for text in [
        nested(r#"{"sub":"#, "{]", "}", 60),
        nested(r#"{"sub":"#, r#""\ud800""#, "}", 60),
        nested(r#"{"sub":"#, "{}", "}", 500),
        nested(r#"{"named":{"a":["#, "{}", "]}", 40),
    ] {
        let mut reader = Reader::new(&text, Mode::Lenient);
        assert!(Node::read(&mut reader).is_err());
        assert!(reader.attempts.count <= 200, "{}", reader.attempts.count);
        assert!(from_slice::<Node>(text.as_bytes()).unwrap_err().message.contains("line 1, column "));
    }
}

#[test]
fn what_is_judged_at_first_is_what_would_be_read_alone() {
    let leaves =
        ["{}", r#"{"song":"a"}"#, r#"{"lives":1}"#, r#"{"lives":"1"}"#, r#"{"trick":true}"#, r#""a""#, "[]"];
    let levels = [
        (r#"{"sub":"#, r#","sting":1}"#),
        (r#"{"sub":"#, r#","lives":7}"#),
        (r#"{"lives":"7","sub":"#, "}"),
        (r#"{"else":[1.50],"sub":"#, r#","trick":false}"#),
        (r#"{"sub":"#, r#","lives":true}"#),
        (r#"{"many":[1,"#, "]}"),
        (r#"{"song":"b","named":{"n":"#, "}}"),
    ];
    for leaf in leaves {
        let mut text = leaf.to_owned();
        let mut inner = Vec::new();
        for round in 0..30 {
            inner.push(text.clone());
            let (before, after) = levels[(round * 5 + round / 7) % levels.len()];
            text = format!("{before}{text}{after}");
        }
        let mut node = from_slice::<Node>(text.as_bytes()).unwrap();
        for text in inner.iter().rev() {
            assert!(to_vec(&node).unwrap().len() >= text.len());
            node = below(node);
            assert_eq!(node, from_slice::<Node>(text.as_bytes()).unwrap(), "{text}");
            if matches!(node, Node::Unknown(_)) {
                break;
            }
        }
    }
}

/// The node in `node` that holds the others.
fn below(node: Node) -> Node {
    let (sub, many, named) = match node {
        Node::Cat(Cat { sub, many, named, .. }) => (sub, many, named),
        Node::Dog(Dog { sub, many, named, .. }) => (sub, many, named),
        Node::Fish(Fish { sub, many, named, .. }) => (sub, many, named),
        Node::Bird(Bird { sub, many, named, .. }) => (sub, many, named),
        Node::Bee(Bee { sub, many, named, .. }) => (sub, many, named),
        Node::Word(_) | Node::Unknown(_) => panic!("has none"),
    };
    let last = many.and_then(|mut many| many.pop());
    let outer = named.and_then(|mut named| named.remove("n")).map(|outer| match outer {
        Outer::One(node) => *node,
        Outer::Many(_) => Node::Unknown(Json::from(serde_json::json!([]))),
        Outer::Unknown(value) => Node::Unknown(value),
    });
    sub.map(|sub| *sub).or(last).or(outer).unwrap()
}

#[derive(Clone, Debug, PartialEq)]
enum Scalar {
    Number(i64),
    Text(String),
    Flag(bool),
    Unknown(Json),
}

untagged_union! { Scalar { Number(i64): []; Text(String): []; Flag(bool): []; } Unknown }

#[test]
fn what_is_possible_alone_is_not_tried() {
    for (text, name) in
        [("1", "Number"), (r#""a""#, "Text"), ("true", "Flag"), ("1.5", "Unknown"), ("[1]", "Unknown")]
    {
        let read: Scalar = from_slice(text.as_bytes()).unwrap();
        assert!(format!("{read:?}").starts_with(name), "{text}: {read:?}");
        assert_eq!(attempts::<Scalar>(text), 0, "{text}");
    }
    // Two alternatives need no property.
    assert!(attempts::<Node>(r#"{"sting":1}"#) > 0);
}
