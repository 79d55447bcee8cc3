//! The table: how the properties of a type are named in XML, and which kind of node each is.

/// The name of an element or attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name without a prefix.
    pub local: &'static str,
    /// The namespace; `None` for the default namespace around it, or for none if it is an attribute.
    pub namespace: Option<&'static str>,
    /// The prefix that it is written with; empty for none.
    pub prefix: &'static str,
}

/// A name without a namespace of its own.
pub const fn name(local: &'static str) -> Name {
    Name { local, namespace: None, prefix: "" }
}

/// A name in a namespace.
pub const fn qualified(local: &'static str, namespace: &'static str, prefix: &'static str) -> Name {
    Name { local, namespace: Some(namespace), prefix }
}

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its name.
    pub name: Name,
    /// What is in it.
    pub content: Content,
}

/// What is in an element or attribute.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A string.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A string, number or boolean; what looks like a number or boolean is one.
    Scalar,
    /// Whatever there is.
    Any,
    /// An element for each entry of a map, called by its key.
    Map(&'static Self),
    /// An element for each item of a list.
    List(&'static Element),
    /// The nodes of a type.
    Model(fn() -> &'static Model),
}

/// What is in an element that is an object or a union of objects.
#[derive(Clone, Copy, Debug)]
pub enum Model {
    /// An object: its members, and what its additional properties are.
    Object(&'static [Member], Content),
    /// One of several objects, told apart by a property.
    Union(&'static str, &'static [Variant]),
}

/// An alternative of a union.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The values of the property that select it; any that selects no other one if there are none.
    pub tags: &'static [&'static str],
    /// What is in it.
    pub content: Content,
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name in JSON.
    pub wire: &'static str,
    /// The node that it is.
    pub node: Node,
    /// What is in it.
    pub content: Content,
    /// Whether a list without items is there rather than absent, and an empty text likewise.
    pub required: bool,
}

/// The node that a property is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An attribute.
    Attribute(Name),
    /// An element.
    Element(Name),
    /// An element for each item of a list, with nothing around them.
    Items(Name),
    /// The text of the object's element.
    Text,
    /// The text of the object's element, written as a CDATA section.
    Cdata,
}

/// A type that is an object or a union in XML.
pub trait Described {
    /// Its table.
    fn model() -> &'static Model;
}

impl Content {
    /// The nodes of `T`.
    pub const fn model<T: Described>() -> Self {
        Self::Model(T::model)
    }

    /// Whether a text can be it.
    pub(super) const fn is_scalar(self) -> bool {
        matches!(self, Self::Text | Self::Number | Self::Boolean | Self::Scalar)
    }
}

/// A property that is an attribute.
pub const fn attribute(wire: &'static str, name: Name, content: Content) -> Member {
    Member::new(wire, Node::Attribute(name), content)
}

/// A property that is an element.
pub const fn child(wire: &'static str, name: Name, content: Content) -> Member {
    Member::new(wire, Node::Element(name), content)
}

/// A property that is an element for each item of a list, with nothing around them.
pub const fn items(wire: &'static str, name: Name, content: Content) -> Member {
    Member::new(wire, Node::Items(name), content)
}

/// A property that is the text of the object's element.
pub const fn text(wire: &'static str, content: Content) -> Member {
    Member::new(wire, Node::Text, content)
}

/// A property that is the text of the object's element, written as a CDATA section.
pub const fn cdata(wire: &'static str, content: Content) -> Member {
    Member::new(wire, Node::Cdata, content)
}

/// A property whose list is there without items, and whose text is there if it is empty.
pub const fn required(mut member: Member) -> Member {
    member.required = true;
    member
}

/// An element.
pub const fn element(name: Name, content: Content) -> Element {
    Element { name, content }
}

/// An object.
pub const fn object(members: &'static [Member], rest: Content) -> Model {
    Model::Object(members, rest)
}

/// A union whose alternatives are told apart by `property`.
pub const fn union(property: &'static str, variants: &'static [Variant]) -> Model {
    Model::Union(property, variants)
}

/// An alternative of a union.
pub const fn variant(tags: &'static [&'static str], content: Content) -> Variant {
    Variant { tags, content }
}

/// Defines what a type is in XML.
#[doc(hidden)]
#[macro_export]
macro_rules! xml_model {
    ($name:ident = $model:expr) => {
        impl $crate::xml::nodes::Described for $name {
            #[inline]
            fn model() -> &'static $crate::xml::nodes::Model {
                static MODEL: $crate::xml::nodes::Model = $model;
                &MODEL
            }
        }
    };
}
#[doc(hidden)]
pub use xml_model;

impl Member {
    /// A property that is `node`.
    pub const fn new(wire: &'static str, node: Node, content: Content) -> Self {
        Self { wire, node, content, required: false }
    }
}

impl Name {
    /// The namespace of the element, where `default` is the default namespace around it.
    pub(super) fn space<'a>(&self, default: &'a str) -> &'a str {
        self.namespace.unwrap_or(default)
    }

    /// The default namespace in the element.
    pub(super) const fn default_within<'a>(&self, default: &'a str) -> &'a str {
        match self.namespace {
            Some(namespace) if self.prefix.is_empty() => namespace,
            _ => default,
        }
    }
}
