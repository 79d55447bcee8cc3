//! XML Objects: how a schema's values are written in XML.

use super::at::At;
use super::document::{Node, Schema, Type, Xml};
use super::reader::Reader;
use crate::diagnostics::codes;
use crate::text::Place;

impl<'a> Reader<'a> {
    /// The `xml` of the schema at `at`, which is read already.
    pub(super) fn xml(&mut self, at: &At<'a>, schema: &Schema) -> Option<Box<Xml>> {
        let xml = self.object(at, "xml")?;
        let known = ["name", "namespace", "prefix", "attribute", "wrapped"];
        self.only(&xml, "an XML object", &[&known]);
        let read = Xml {
            name: self.string(&xml, "name"),
            namespace: self.string(&xml, "namespace").filter(|namespace| !namespace.is_empty()),
            prefix: self.string(&xml, "prefix").filter(|prefix| !prefix.is_empty()),
            node: self.node(&xml),
        };
        if read.prefix.is_some() && read.namespace.is_none() {
            self.idle_hint(
                &xml.place.child("prefix"),
                "`prefix` has no `namespace` to stand for, so it is ignored",
                "Add the `namespace`.",
            );
        }
        let others = schema.types.iter().any(|kind| *kind != Type::Null);
        if read.node == Some(Node::Wrapped) && others && !schema.types.contains(&Type::Array) {
            self.idle_hint(
                &xml.place.child("wrapped"),
                "`wrapped` is ignored, since the schema isn't an array",
                "Remove it.",
            );
            return Some(Box::new(Xml { node: None, ..read }));
        }
        Some(Box::new(read))
    }

    /// The kind of node, from `nodeType` or from what came before it.
    fn node(&mut self, xml: &At<'_>) -> Option<Node> {
        let (attribute, wrapped) = (self.boolean(xml, "attribute"), self.boolean(xml, "wrapped"));
        let Some(declared) = xml.get("nodeType").filter(|_| self.is_3_2()) else {
            return match (attribute, wrapped) {
                (true, _) => Some(Node::Attribute),
                (false, true) => Some(Node::Wrapped),
                (false, false) => None,
            };
        };
        for name in ["attribute", "wrapped"] {
            if xml.value_of(name).is_some() {
                let message = format!("`{name}` is ignored beside `nodeType`");
                self.idle_hint(&xml.place.child(name), &message, "Remove it; `nodeType` says it already.");
            }
        }
        let name = self.string(xml, "nodeType")?;
        match name.as_str() {
            "element" => Some(Node::Element),
            "attribute" => Some(Node::Attribute),
            "text" => Some(Node::Text),
            "cdata" => Some(Node::Cdata),
            "none" => Some(Node::None),
            _ => {
                let message = format!("unknown node type {name:?}; it is ignored");
                let help = "Use one of element, attribute, text, cdata and none.";
                self.idle_hint(&declared.place, &message, help);
                None
            }
        }
    }

    fn idle_hint(&mut self, place: &Place, message: &str, help: &str) {
        self.diagnostics.report(&codes::IDLE_XML_HINT, place, message, help);
    }
}
