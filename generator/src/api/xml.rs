//! How values are written in XML.

use crate::diagnostics::Place;

/// The root element of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlRoot {
    /// The element.
    pub node: XmlNode,
    /// The media type.
    pub place: Place,
}

/// What a value is in XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlNode {
    /// Its name, if it is an element or attribute.
    pub name: XmlName,
    /// The kind of node.
    pub kind: XmlKind,
    /// What each item is, if the value is a list.
    pub item: Option<Box<Self>>,
}

/// The name of an element or attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlName {
    /// The name without a prefix.
    pub local: String,
    /// The URI of its namespace.
    pub namespace: Option<String>,
    /// The prefix that it is written with; only with a namespace.
    pub prefix: Option<String>,
}

/// Kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlKind {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// The text of the element around it.
    Text,
    /// The same, written as a CDATA section.
    Cdata,
    /// No node of its own. The items of a list are elements in its place.
    Bare,
}
