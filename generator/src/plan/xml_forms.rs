//! Whether the values of a type have a form in XML.

use std::collections::{HashMap, HashSet};

use crate::api::{
    Additional, Ident, Object, Property, Tagging, TypeDef, TypeKind, TypeRef, Union, XmlKind, XmlName,
    XmlNode,
};
use crate::diagnostics::Place;

/// How deep aliases and lists are followed.
const FAR: usize = 64;

/// Why a value has no form in XML.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub message: String,
    /// The schema; `None` for that of the body.
    pub place: Option<Place>,
}

/// The types, and what is known of their forms.
pub(super) struct Forms<'a> {
    types: &'a HashMap<Ident, &'a TypeDef>,
    /// What is wrong with each type, apart from those that it holds.
    known: HashMap<Ident, Option<Problem>>,
}

/// What is in a node.
enum Shape<'a> {
    Scalar,
    List(&'a TypeRef),
    Map(&'a TypeRef),
    /// An object, a union or anything.
    Nodes,
}

impl<'a> Forms<'a> {
    pub fn new(types: &'a HashMap<Ident, &'a TypeDef>) -> Self {
        Self { types, known: HashMap::new() }
    }

    /// Why values of the type can't be a body whose root is `node`.
    pub fn problem(&mut self, ty: &TypeRef, node: &XmlNode) -> Option<Problem> {
        let here = |message: &str| Some(Problem { message: message.to_owned(), place: None });
        if node.name.local.is_empty() {
            return here("the root element has no name (`xml.name`)");
        }
        if node.kind == XmlKind::Bare {
            return here("a list needs a root element (`xml.name` and `xml.wrapped`)");
        }
        if node.kind != XmlKind::Element {
            return here("the root of a body is an element");
        }
        if let Some(message) = self.node(ty, node, 0) {
            return Some(Problem { message, place: None });
        }
        let mut reached = HashSet::new();
        let order = self.reach(ty, &mut reached);
        order.iter().find_map(|name| self.of_type(name))
    }

    /// Adds the types that `ty` holds to `reached`, and returns the new ones in the order in which they are met.
    pub fn reach(&self, ty: &TypeRef, reached: &mut HashSet<Ident>) -> Vec<Ident> {
        let mut order: Vec<Ident> = Vec::new();
        let mut add = |ty: &TypeRef, order: &mut Vec<Ident>| {
            ty.visit(&mut |ty| {
                if let TypeRef::Named(name) = ty
                    && reached.insert(name.clone())
                {
                    order.push(name.clone());
                }
            });
        };
        add(ty, &mut order);
        let mut next = 0;
        while let Some(name) = order.get(next) {
            next += 1;
            if let Some(definition) = self.types.get(name) {
                definition.kind.visit_types(&mut |ty| add(ty, &mut order));
            }
        }
        order
    }

    fn of_type(&mut self, name: &Ident) -> Option<Problem> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let definition = self.types.get(name).copied()?;
        let at = |message: String| Problem { message, place: Some(definition.place.clone()) };
        let problem = match &definition.kind {
            TypeKind::Object(object) => self.of_object(object),
            TypeKind::Union(union) => self.of_union(union).map(at),
            TypeKind::Alias(_) | TypeKind::Enum(_) => None,
        };
        self.known.insert(name.clone(), problem.clone());
        problem
    }

    fn of_object(&self, object: &Object) -> Option<Problem> {
        let mut names: HashSet<(bool, &str, Option<&str>)> = HashSet::new();
        let mut has_text = false;
        for property in &object.properties {
            let Some(node) = &property.xml else { continue };
            let is_attribute = node.kind == XmlKind::Attribute;
            let message = self.of_property(property, node).or_else(|| match node.kind {
                XmlKind::Text | XmlKind::Cdata => {
                    let second = std::mem::replace(&mut has_text, true);
                    second.then(|| "an element has one text, not two".to_owned())
                }
                XmlKind::Element | XmlKind::Attribute | XmlKind::Bare => {
                    let XmlName { local, namespace, .. } = &named(node).name;
                    let is_new = names.insert((is_attribute, local, namespace.as_deref()));
                    (!is_new).then(|| format!("two properties are called `{local}` in XML"))
                }
            });
            if let Some(message) = message {
                return Some(Problem { message, place: Some(property.place.clone()) });
            }
        }
        match &object.additional {
            Additional::Typed(ty, _) => {
                let place = object.properties.first().map(|property| property.place.clone());
                self.entry(ty).map(|message| Problem { message, place })
            }
            Additional::Open | Additional::Closed => None,
        }
    }

    fn of_property(&self, property: &Property, node: &XmlNode) -> Option<String> {
        let shape = match self.shape(&property.ty, 0) {
            Ok(shape) => shape,
            Err(message) => return Some(message),
        };
        match (node.kind, shape) {
            (XmlKind::Attribute, Shape::Scalar) => self.name(&node.name),
            (XmlKind::Text | XmlKind::Cdata, Shape::Scalar) => None,
            (XmlKind::Attribute, _) => Some("an attribute can't be a list or an object".to_owned()),
            (XmlKind::Text | XmlKind::Cdata, _) => Some("a text can't be a list or an object".to_owned()),
            (XmlKind::Bare, Shape::List(_)) | (XmlKind::Element, _) => self.node(&property.ty, node, 0),
            (XmlKind::Bare, _) => Some("`nodeType: none` isn't supported for what isn't a list".to_owned()),
        }
    }

    /// Why values of the type can't be the node: an element, or the items of a list.
    fn node(&self, ty: &TypeRef, node: &XmlNode, depth: usize) -> Option<String> {
        if depth > FAR {
            return Some("lists are in each other too deeply".to_owned());
        }
        let is_bare = node.kind == XmlKind::Bare;
        if !is_bare && let Some(problem) = self.name(&node.name) {
            return Some(problem);
        }
        match self.shape(ty, 0) {
            Err(message) => Some(message),
            Ok(Shape::List(items)) => {
                let Some(item) = &node.item else {
                    return Some("the items of a list have no name".to_owned());
                };
                match item.kind {
                    XmlKind::Element => self.node(items, item, depth + 1),
                    XmlKind::Bare => Some("a list directly in a list needs `xml.wrapped`".to_owned()),
                    _ => Some("the items of a list are elements".to_owned()),
                }
            }
            Ok(_) if node.item.is_some() => {
                Some("a list that has another type has no form in XML".to_owned())
            }
            Ok(Shape::Map(values)) => self.entry(values),
            Ok(Shape::Scalar | Shape::Nodes) => None,
        }
    }

    /// Why values of the type can't be the entries of a map.
    fn entry(&self, ty: &TypeRef) -> Option<String> {
        match self.shape(ty, 0) {
            Err(message) => Some(message),
            Ok(Shape::List(_)) => Some("lists as additional properties have no form in XML".to_owned()),
            Ok(Shape::Map(values)) => self.entry(values),
            Ok(Shape::Scalar | Shape::Nodes) => None,
        }
    }

    fn shape<'t>(&'t self, ty: &'t TypeRef, depth: usize) -> Result<Shape<'t>, String> {
        match ty {
            TypeRef::Named(name) => match self.types.get(name).map(|definition| &definition.kind) {
                Some(TypeKind::Alias(alias)) if depth < FAR => self.shape(&alias.ty, depth + 1),
                Some(TypeKind::Enum(_)) => Ok(Shape::Scalar),
                _ => Ok(Shape::Nodes),
            },
            TypeRef::Nullable(inner)
            | TypeRef::Inferred(inner)
            | TypeRef::Boxed(inner)
            | TypeRef::Secret(inner) => self.shape(inner, depth),
            TypeRef::List(items) => Ok(Shape::List(items)),
            TypeRef::Map(values) => Ok(Shape::Map(values)),
            TypeRef::Json | TypeRef::JsonObject => Ok(Shape::Nodes),
            TypeRef::Tuple(_) => Err("a tuple has no form in XML".to_owned()),
            TypeRef::Own(path) => Err(format!("it isn't known what `{path}` is in XML")),
            TypeRef::Bytes | TypeRef::Body => Err("bytes have no form in XML".to_owned()),
            TypeRef::Boolean
            | TypeRef::Int32
            | TypeRef::Int64
            | TypeRef::UInt64
            | TypeRef::Float
            | TypeRef::Double
            | TypeRef::String
            | TypeRef::DateTime
            | TypeRef::Date
            | TypeRef::Uuid
            | TypeRef::Base64
            | TypeRef::Formatted(_) => Ok(Shape::Scalar),
        }
    }

    fn of_union(&self, union: &Union) -> Option<String> {
        if !matches!(union.tagging, Tagging::Property(_)) {
            return Some("the alternatives aren't told apart by a property of theirs".to_owned());
        }
        let mut tags = HashSet::new();
        for variant in &union.variants {
            if !variant.tags.iter().all(|tag| tags.insert(tag)) {
                return Some("a tag selects more than one alternative".to_owned());
            }
            if !self.is_object(&variant.ty, 0) {
                return Some("an alternative isn't an object".to_owned());
            }
        }
        None
    }

    fn is_object(&self, ty: &TypeRef, depth: usize) -> bool {
        match ty {
            TypeRef::Boxed(inner) => self.is_object(inner, depth),
            TypeRef::Named(name) => match self.types.get(name).map(|definition| &definition.kind) {
                Some(TypeKind::Alias(alias)) if depth < FAR => self.is_object(&alias.ty, depth + 1),
                Some(TypeKind::Object(_)) => true,
                _ => false,
            },
            _ => false,
        }
    }

    fn name(&self, name: &XmlName) -> Option<String> {
        let is_name = |text: &str| is_name(text);
        if !is_name(&name.local) {
            return Some(format!("{:?} can't be a name in XML (`xml.name`)", name.local));
        }
        if let Some(prefix) = name.prefix.as_ref().filter(|prefix| !is_name(prefix)) {
            return Some(format!("{prefix:?} can't be a prefix in XML"));
        }
        let namespace = name.namespace.as_ref()?;
        if namespace.len() > MAX_NAMESPACE {
            return Some(format!("a namespace has more than {MAX_NAMESPACE} bytes"));
        }
        if namespace
            .contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
        {
            return Some("a namespace isn't a URI".to_owned());
        }
        RESERVED.contains(&namespace.as_str()).then(|| "a namespace is that of XML itself".to_owned())
    }
}

/// The namespaces that only XML itself declares, and that of `xsi:nil`.
const RESERVED: [&str; 3] = [
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/",
    "http://www.w3.org/2001/XMLSchema-instance",
];

/// How long the name of a namespace can be that the runtime reads.
const MAX_NAMESPACE: usize = 256;

/// The node that has a name: that of the items, if a list has no node of its own.
fn named(node: &XmlNode) -> &XmlNode {
    match &node.item {
        Some(item) if node.kind == XmlKind::Bare => item,
        _ => node,
    }
}

/// Whether the text is a name without a prefix (Namespaces in XML, production 4).
fn is_name(text: &str) -> bool {
    let starts = |c: char| {
        matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
            | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}' | '\u{200d}' | '\u{2070}'..='\u{218f}'
            | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}')
    };
    let goes_on = |c: char| {
        starts(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
    };
    text.chars().next().is_some_and(starts) && text.chars().all(goes_on)
}
