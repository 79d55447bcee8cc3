//! The reader and the writer of XML.

use openapi_rust_runtime::Json;
use openapi_rust_runtime::xml::nodes::{
    Content, Described, Element, Member, Model, Node, name, qualified, required,
};
use openapi_rust_runtime::xml::{read, write};

use crate::assert_printable;

/// A type with each kind of node, which holds itself.
struct Tree;

impl Described for Tree {
    fn model() -> &'static Model {
        const MODEL: &Model = &Model::Object(
            &[
                Member::new("id", Node::Attribute(name("id")), Content::Number),
                required(Member::new(
                    "flag",
                    Node::Attribute(qualified("flag", "urn:one", "p")),
                    Content::Boolean,
                )),
                Member::new("note", Node::Element(name("n")), Content::Text),
                Member::new("any", Node::Element(qualified("any", "urn:one", "p")), Content::Any),
                Member::new("items", Node::Items(name("i")), Content::Number),
                Member::new(
                    "list",
                    Node::Element(name("l")),
                    Content::List(&Element { name: name("i"), content: Content::Scalar }),
                ),
                Member::new("map", Node::Element(name("m")), Content::Map(&Content::Text)),
                Member::new("tree", Node::Element(name("t")), Content::model::<Tree>()),
                Member::new("trees", Node::Items(qualified("ts", "urn:two", "")), Content::model::<Tree>()),
                Member::new("text", Node::Text, Content::Text),
            ],
            Content::Any,
        );
        MODEL
    }
}

const ROOTS: [Element; 3] = [
    Element { name: name("t"), content: Content::Any },
    Element { name: name("t"), content: Content::model::<Tree>() },
    Element { name: qualified("t", "urn:one", "p"), content: Content::model::<Tree>() },
];

/// Any bytes are read or refused. What is read and can be written is the same when it is read again.
pub fn xml(bytes: &[u8]) {
    let Some((which, text)) = bytes.split_first() else { return };
    let root = &ROOTS[usize::from(*which) % ROOTS.len()];
    let value: Json = match read::from_slice(text, root) {
        Ok(value) => value,
        Err(error) => return assert_printable(&error.to_string()),
    };
    let Ok(written) = write::to_vec(&value, root) else { return };
    let again: Json = match read::from_slice(&written, root) {
        Ok(again) => again,
        Err(error) => panic!("{error}: {}", String::from_utf8_lossy(&written)),
    };
    // What is written is a form of its own: a second turn changes nothing any more.
    let second = write::to_vec(&again, root).expect("what was written once can be written again");
    assert_eq!(String::from_utf8_lossy(&second), String::from_utf8_lossy(&written));
    assert!(again == value, "{value:?} became {again:?}: {}", String::from_utf8_lossy(&written));
}
