//! Values that are drawn at random, with a table that is drawn at random, are the same after they are written and read.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::nodes::{Content, Described, Element, Member, Model, Name, Node, name, qualified, required};
use super::read::json;
use super::write::to_vec;
use crate::json::value::Json;

/// A generator of numbers that is the same on every run (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const LOCALS: [&str; 8] = ["a", "b", "c", "long-name", "é", "_x", "a.b", "T"];

fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn a_name(random: &mut Random, index: usize) -> Name {
    // Different members have different names.
    let local = Box::leak(format!("{}{index}", LOCALS[random.below(LOCALS.len())]).into_boxed_str());
    match random.below(4) {
        0 => {
            qualified(local, ["urn:one", "urn:two"][random.below(2)], ["p", "q", "", "xsi"][random.below(4)])
        }
        _ => name(local),
    }
}

/// A recursive type, which tables refer to by function.
struct Link;

impl Described for Link {
    fn model() -> &'static Model {
        const MODEL: &Model = &Model::Object(
            &[
                Member::new("value", Node::Attribute(name("value")), Content::Text),
                Member::new(
                    "next",
                    Node::Element(qualified("next", "urn:link", "l")),
                    Content::model::<Link>(),
                ),
            ],
            Content::Any,
        );
        MODEL
    }
}

fn a_content(random: &mut Random, depth: usize) -> Content {
    match random.below(if depth > 3 { 4 } else { 8 }) {
        0 | 1 => Content::Text,
        2 => Content::Number,
        3 => Content::Boolean,
        4 => Content::Map(leaked(a_content(random, depth + 1))),
        5 => {
            Content::List(leaked(Element { name: a_name(random, 0), content: a_content(random, depth + 1) }))
        }
        6 => Content::model::<Link>(),
        _ => Content::Any,
    }
}

fn a_text(random: &mut Random) -> String {
    const PIECES: [&str; 12] =
        ["a", " ", "\n", "\r", "\t", "<", "&amp;", "]]>", "\"", "é", "\u{10ffff}", "0"];
    // Text that is blank throughout isn't told from layout where it stands beside elements.
    std::iter::once("x").chain((0..random.below(6)).map(|_| PIECES[random.below(PIECES.len())])).collect()
}

fn a_scalar(random: &mut Random, content: Content) -> Value {
    match content {
        Content::Number => match random.below(3) {
            0 => i64::try_from(random.below(2000)).unwrap().wrapping_sub(1000).into(),
            1 => (f64::from(u32::try_from(random.below(1 << 31)).unwrap()) / 1024.0).into(),
            _ => u64::MAX.into(),
        },
        Content::Boolean => random.chance(50).into(),
        _ => a_text(random).into(),
    }
}

fn a_value(random: &mut Random, content: Content, depth: usize) -> Value {
    if random.chance(5) {
        return Value::Null;
    }
    match content {
        Content::Map(values) => a_map(random, *values, depth).into(),
        Content::List(item) => {
            (0..random.below(4)).map(|_| a_value(random, item.content, depth + 1)).collect()
        }
        Content::Model(model) => match model() {
            Model::Object(members, rest) => an_object(random, members, *rest, depth),
            Model::Union(..) => Value::Null,
        },
        Content::Any if depth < 4 && random.chance(50) => {
            let mut members = a_map(random, Content::Any, depth);
            members.insert("@id".to_owned(), a_text(random).into());
            members.into()
        }
        scalar => a_scalar(random, scalar),
    }
}

fn a_map(random: &mut Random, values: Content, depth: usize) -> Map<String, Value> {
    let count = if depth > 4 { 0 } else { random.below(4) };
    let entry = |_| {
        let local = LOCALS[random.below(LOCALS.len())];
        let key = if random.chance(30) { format!("{{urn:{depth}}}{local}") } else { local.to_owned() };
        let value = match a_value(random, values, depth + 1) {
            // A list in a map has an element of its own, or else more than one item.
            Value::Array(items) if !matches!(values, Content::List(_)) => {
                items.into_iter().next().unwrap_or_default()
            }
            value => value,
        };
        (key, value)
    };
    (0..count).map(entry).collect()
}

fn an_object(random: &mut Random, members: &[Member], rest: Content, depth: usize) -> Value {
    let mut object = Map::new();
    for member in members {
        let is_there = member.required || (depth < 6 && random.chance(60));
        if !is_there {
            continue;
        }
        let value = match member.node {
            Node::Attribute(_) | Node::Text | Node::Cdata => a_scalar(random, member.content),
            Node::Element(_) => a_value(random, member.content, depth + 1),
            Node::Items(_) => {
                let least = usize::from(!member.required);
                (0..least + random.below(3)).map(|_| a_value(random, member.content, depth + 1)).collect()
            }
        };
        object.insert(member.wire.to_owned(), value);
    }
    for (name, value) in a_map(random, rest, depth + 1) {
        object.entry(format!("{{urn:other:{depth}}}{}", name.rsplit('}').next().unwrap())).or_insert(value);
    }
    object.into()
}

fn a_table(random: &mut Random) -> (&'static [Member], Content) {
    let mut members = Vec::new();
    for index in 0..random.below(6) {
        let wire: &'static str = Box::leak(format!("wire {index}").into_boxed_str());
        let scalar = [Content::Text, Content::Number, Content::Boolean][random.below(3)];
        let mut name = a_name(random, index);
        let member = match random.below(4) {
            0 => {
                // An attribute with a namespace has a prefix.
                name.prefix = if name.namespace.is_some() { "p" } else { "" };
                Member::new(wire, Node::Attribute(name), scalar)
            }
            1 => match a_content(random, 0) {
                // A list in a list has an element of its own.
                content @ Content::Any => Member::new(wire, Node::Element(name), content),
                content => Member::new(wire, Node::Items(name), content),
            },
            _ => Member::new(wire, Node::Element(name), a_content(random, 0)),
        };
        members.push(if random.chance(30) { required(member) } else { member });
    }
    if random.chance(20) {
        members.push(Member::new("text", [Node::Text, Node::Cdata][random.below(2)], Content::Text));
    }
    let rest = [Content::Any, Content::Text, Content::Number][random.below(3)];
    (Vec::leak(members), rest)
}

thread_local! {
    static TABLE: Cell<&'static Model> = const { Cell::new(&Model::Object(&[], Content::Any)) };
}

/// The table that was drawn last.
fn drawn() -> &'static Model {
    TABLE.get()
}

#[test]
fn what_is_written_is_read_again() {
    let mut random = Random(7);
    for round in 0..3000 {
        let (members, rest) = a_table(&mut random);
        TABLE.set(leaked(Model::Object(members, rest)));
        let value = an_object(&mut random, members, rest, 0);
        let root = Element { name: a_name(&mut random, 9), content: Content::Model(drawn) };
        let text = to_vec(&Json::from(value.clone()), &root).unwrap();
        let again: Value = serde_json::from_str(&json(&text, &root).unwrap()).unwrap();
        assert_eq!(again, value, "round {round}: {members:?} {}", String::from_utf8_lossy(&text));
    }
}

#[test]
fn no_text_makes_it_panic() {
    const PIECES: [&str; 30] = [
        "<a",
        ">",
        "</a>",
        "/>",
        "<p id='1'>",
        "</p>",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&#x41;",
        "&#0;",
        "&a;",
        "<!--",
        "-->",
        " xmlns='u'",
        " xmlns:x='v'",
        "<x:a",
        " x:b=\"c\"",
        "=",
        "'",
        "\"",
        "<!DOCTYPE",
        "[",
        "<?xml version='1.0'?>",
        "?>",
        "é",
        "\u{0}",
        " ",
        "text",
        "<?xml version='1.0' encoding='x'?>",
    ];
    let mut random = Random(11);
    let root = Element { name: name("p"), content: Content::Model(drawn) };
    for round in 0..20_000 {
        if round % 50 == 0 {
            let (members, rest) = a_table(&mut random);
            TABLE.set(leaked(Model::Object(members, rest)));
        }
        let mut text = if random.chance(70) { b"<p>".to_vec() } else { Vec::new() };
        for _ in 0..random.below(20) {
            match random.below(20) {
                0 => text.push(u8::try_from(random.below(256)).unwrap()),
                _ => text.extend_from_slice(PIECES[random.below(PIECES.len())].as_bytes()),
            }
        }
        if random.chance(50) {
            text.extend_from_slice(b"</p>");
        }
        // What is read can be written, or is told to have no form.
        if let Ok(json) = json(&text, &root)
            && let Ok(value) = serde_json::from_str::<Value>(&json)
        {
            let _ = to_vec(&Json::from(value), &root);
        }
    }
}
