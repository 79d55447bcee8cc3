//! Values to XML.

use std::borrow::Cow;

use crate::json::digits::Exact;
use crate::json::writer::{ToJson, to_json};
use crate::model::rules::Violation;
use crate::xml::nodes::{self, Content, Element, Member, Model, Node};
use crate::xml::scope::{Scope, Tag};
use crate::xml::text::{XSI, is_allowed, is_name, push_cdata, push_escaped, trimmed};

/// Encodes `value` as XML text whose root element is `root`.
///
/// # Errors
/// XML has no form for a part of the value.
pub fn to_vec(value: &(impl ToJson + ?Sized), root: &Element) -> Result<Vec<u8>, Violation> {
    let value = to_json(value).map_err(|_| fault("a value can't be written as XML"))?;
    let mut out = Out { text: HEAD.to_owned(), scope: Scope::default() };
    if value.is_array() && !matches!(root.content, Content::List(_)) {
        return Err(fault("there can be only one root element"));
    }
    out.element(&root.name.into(), value.to_exact(), root.content, 0)?;
    Ok(out.text.into_bytes())
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// How deeply values are written; those that models hold aren't deeper.
const MAX_DEPTH: usize = 256;

fn fault(message: &str) -> Violation {
    Violation { path: String::new(), message: message.to_owned() }
}

/// The fault in the part of a value that is called `name`.
fn below(mut fault: Violation, name: &str) -> Violation {
    let dot = if fault.path.is_empty() || fault.path.starts_with('[') { "" } else { "." };
    fault.path = format!("{name}{dot}{}", fault.path);
    fault
}

/// The name of an element or attribute.
struct Name<'a> {
    local: &'a str,
    namespace: Option<&'a str>,
    prefix: &'a str,
}

impl From<nodes::Name> for Name<'_> {
    fn from(nodes::Name { local, namespace, prefix }: nodes::Name) -> Self {
        Self { local, namespace, prefix }
    }
}

/// A node that is written in an element.
enum Child<'a> {
    Element(Name<'a>, Content),
    /// An element for each item.
    Items(Name<'a>, Content),
    /// Text, and whether it is written as CDATA.
    Text(bool),
}

/// The text so far.
struct Out {
    text: String,
    scope: Scope,
}

impl Out {
    fn element(
        &mut self,
        name: &Name<'_>,
        value: Exact<'_>,
        content: Content,
        depth: usize,
    ) -> Result<(), Violation> {
        if depth > MAX_DEPTH {
            return Err(fault("it is nested too deeply"));
        }
        if !is_name(name.local) {
            return Err(fault("its name can't be that of an element"));
        }
        let mut tag = Tag::default();
        let full = match name.namespace {
            Some("") => {
                self.scope.set_default(&mut tag, "");
                name.local.to_owned()
            }
            Some(namespace) if name.prefix.is_empty() => {
                self.scope.set_default(&mut tag, namespace);
                name.local.to_owned()
            }
            Some(namespace) => {
                format!("{}:{}", self.scope.prefix(&mut tag, name.prefix, namespace), name.local)
            }
            None => name.local.to_owned(),
        };
        let (members, rest) = table(content, value);
        let mut attributes = String::new();
        let mut children: Vec<(&str, Child<'_>, Exact<'_>)> = Vec::new();
        if value.0.is_null() {
            let prefix = self.scope.prefix(&mut tag, "xsi", XSI);
            attributes.push_str(&format!(" {prefix}:nil=\"true\""));
        }
        for member in members {
            let Some(value) = member_of(value, member.wire) else { continue };
            let child = match member.node {
                Node::Attribute(name) => {
                    self.attribute(&mut tag, &name.into(), value, &mut attributes)
                        .map_err(|fault| below(fault, member.wire))?;
                    continue;
                }
                Node::Element(name) => Child::Element(name.into(), member.content),
                Node::Items(name) => Child::Items(name.into(), member.content),
                Node::Text | Node::Cdata => Child::Text(member.node == Node::Cdata),
            };
            if value.0.is_null() && matches!(member.node, Node::Items(_)) {
                return Err(below(
                    fault("null has no form as a list without an element of its own"),
                    member.wire,
                ));
            }
            children.push((member.wire, child, value));
        }
        let is_other = |name: &str| members.iter().all(|member| member.wire != name);
        for (key, value) in value.members().filter(|(name, _)| is_other(name)) {
            if key == "#text" {
                children.push((key, Child::Text(false), value));
                continue;
            }
            let (namespace, local) = parts(key.strip_prefix('@').unwrap_or(key));
            let name = Name { local, namespace, prefix: "" };
            if key.starts_with('@') {
                self.attribute(&mut tag, &name, value, &mut attributes).map_err(|fault| below(fault, key))?;
            } else {
                children.push((key, Child::Element(name, rest), value));
            }
        }
        self.text.push('<');
        self.text.push_str(&full);
        for (prefix, namespace) in tag.declarations() {
            self.text.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.text.push_str(prefix);
            self.text.push_str("=\"");
            push_escaped(namespace, true, &mut self.text);
            self.text.push('"');
        }
        self.text.push_str(&attributes);
        self.text.push('>');
        let before = self.scope.enter(tag);
        let start = self.text.len();
        self.inside(value, content, &children, depth)?;
        self.scope.leave(before);
        if self.text.len() == start {
            self.text.pop();
            self.text.push_str("/>");
        } else {
            self.text.push_str("</");
            self.text.push_str(&full);
            self.text.push('>');
        }
        Ok(())
    }

    /// Writes what is in an element: its `children`, or else a scalar or a list.
    fn inside(
        &mut self,
        value: Exact<'_>,
        content: Content,
        children: &[(&str, Child<'_>, Exact<'_>)],
        depth: usize,
    ) -> Result<(), Violation> {
        if let Content::List(item) = content
            && value.0.is_array()
        {
            return self.items(&item.name.into(), value, item.content, depth);
        }
        if let Some(scalar) = scalar(value) {
            return self.characters(&scalar, false);
        }
        for (key, child, value) in children {
            let written = match child {
                Child::Text(is_cdata) => match scalar(*value) {
                    Some(scalar) => self.characters(&scalar, *is_cdata),
                    None => Err(fault("only a text, a number or a boolean can be the text of an element")),
                },
                // A value that an element isn't declared for several times, but is there.
                Child::Element(name, content)
                    if value.0.is_array() && !matches!(content, Content::List(_)) =>
                {
                    self.items(name, *value, *content, depth)
                }
                Child::Items(name, content) if value.0.is_array() => {
                    self.items(name, *value, *content, depth)
                }
                Child::Items(name, content) => self.element(name, *value, *content, depth + 1),
                Child::Element(name, content) => self.element(name, *value, *content, depth + 1),
            };
            written.map_err(|fault| below(fault, key))?;
        }
        Ok(())
    }

    fn items(
        &mut self,
        name: &Name<'_>,
        list: Exact<'_>,
        content: Content,
        depth: usize,
    ) -> Result<(), Violation> {
        for (index, item) in list.items().enumerate() {
            let written = match item.0.is_array() && !matches!(content, Content::List(_)) {
                true => Err(fault("a list directly in a list has no form in XML")),
                false => self.element(name, item, content, depth + 1),
            };
            written.map_err(|fault| below(fault, &format!("[{index}]")))?;
        }
        Ok(())
    }

    fn attribute(
        &self,
        tag: &mut Tag,
        name: &Name<'_>,
        value: Exact<'_>,
        attributes: &mut String,
    ) -> Result<(), Violation> {
        if !is_name(name.local) {
            return Err(fault("its name can't be that of an attribute"));
        }
        let Some(scalar) = scalar(value) else {
            return Err(fault("only a text, a number or a boolean can be an attribute"));
        };
        check(&scalar)?;
        attributes.push(' ');
        if let Some(namespace) = name.namespace.filter(|namespace| !namespace.is_empty()) {
            attributes.push_str(&self.scope.prefix(tag, name.prefix, namespace));
            attributes.push(':');
        }
        attributes.push_str(name.local);
        attributes.push_str("=\"");
        push_escaped(&scalar, true, attributes);
        attributes.push('"');
        Ok(())
    }

    fn characters(&mut self, text: &str, is_cdata: bool) -> Result<(), Violation> {
        check(text)?;
        match is_cdata {
            true => push_cdata(text, &mut self.text),
            false => push_escaped(text, false, &mut self.text),
        }
        Ok(())
    }
}

fn check(text: &str) -> Result<(), Violation> {
    let is_fine = text.chars().all(is_allowed);
    if is_fine { Ok(()) } else { Err(fault("it has a character that XML doesn't allow")) }
}

/// The members that the table knows of the value, and what its others are.
fn table(content: Content, value: Exact<'_>) -> (&'static [Member], Content) {
    match content {
        Content::Map(values) => (&[], *values),
        Content::Model(model) => match model() {
            Model::Object(members, rest) => (members, *rest),
            Model::Union(property, variants) => {
                let tag = member_of(value, property).and_then(scalar);
                let tag = tag.as_deref().map(trimmed);
                let has_tag = |tags: &[&str]| tag.is_some_and(|tag| tags.contains(&tag));
                let chosen = variants.iter().find(|one| has_tag(one.tags));
                let chosen = chosen.or_else(|| variants.iter().find(|one| one.tags.is_empty()));
                match chosen.map(|one| one.content) {
                    Some(Content::Model(model)) => match model() {
                        Model::Object(members, rest) => (members, *rest),
                        Model::Union(..) => (&[], Content::Any),
                    },
                    _ => (&[], Content::Any),
                }
            }
        },
        _ => (&[], Content::Any),
    }
}

fn member_of<'a>(value: Exact<'a>, name: &str) -> Option<Exact<'a>> {
    let member = value.0.get(name)?;
    Some(Exact(member, value.1.and_then(|digits| digits.of_part(name))))
}

/// The text of a scalar other than null.
fn scalar(value: Exact<'_>) -> Option<Cow<'_, str>> {
    match value.0 {
        serde_json::Value::String(text) => Some(Cow::Borrowed(text)),
        serde_json::Value::Bool(boolean) => Some(Cow::Borrowed(if *boolean { "true" } else { "false" })),
        _ => value.number(),
    }
}

/// The namespace and the local name that the name of a member stands for.
fn parts(key: &str) -> (Option<&str>, &str) {
    match key.strip_prefix('{').and_then(|key| key.rsplit_once('}')) {
        Some((namespace, local)) => (Some(namespace), local),
        None => (None, key),
    }
}
