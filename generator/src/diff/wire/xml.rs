//! What values are in XML.

use super::{At, Comparison};
use crate::api::{XmlKind, XmlName, XmlNode, XmlRoot};
use crate::diff::rules;

impl Comparison<'_> {
    /// Compares the nodes that a value is in bodies in XML. What is in such bodies in one version alone is reported with
    /// their media types.
    pub(super) fn xml(&mut self, at: &At, old: Option<&XmlNode>, new: Option<&XmlNode>) {
        let (Some(old), Some(new)) = (old, new) else { return };
        if old != new {
            self.report(&rules::XML_CHANGED, at, Some(words(old)), Some(words(new)));
        }
    }

    pub(super) fn xml_root(&mut self, at: &At, old: Option<&XmlRoot>, new: Option<&XmlRoot>) {
        let (Some(XmlRoot { node, place: _ }), Some(new)) = (old, new) else { return };
        self.xml(at, Some(node), Some(&new.node));
    }
}

fn words(node: &XmlNode) -> String {
    let XmlNode { name, kind, item } = node;
    let own = match kind {
        XmlKind::Element => format!("the element {}", name_words(name)),
        XmlKind::Attribute => format!("the attribute {}", name_words(name)),
        XmlKind::Text => "the text".to_owned(),
        XmlKind::Cdata => "the text in CDATA sections".to_owned(),
        XmlKind::Bare => String::new(),
    };
    match item {
        None if own.is_empty() => "nothing of its own".to_owned(),
        None => own,
        Some(item) if own.is_empty() => format!("{} for each item", words(item)),
        Some(item) => format!("{own} around {} for each item", words(item)),
    }
}

fn name_words(name: &XmlName) -> String {
    let XmlName { local, namespace, prefix } = name;
    let prefix = prefix.as_ref().map_or_else(String::new, |prefix| format!("{prefix}:"));
    let namespace = namespace.as_ref().map_or_else(String::new, |namespace| format!(" of {namespace}"));
    format!("{prefix}{local}{namespace}")
}
