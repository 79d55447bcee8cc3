//! XML to JSON, from which models are read.

use std::collections::HashMap;

use crate::json::decode::{FromJson, Mode, from_text};
use crate::json::decode_error::{DecodeError, printable};
use crate::json::writer::{ToJson, Writer, to_vec};
use crate::xml::nodes::{self, Content, Member, Model, Node};
use crate::xml::parse::{Element, Name, parse};
use crate::xml::text::{boolean_of, number_of, trimmed};

/// Decodes the XML text `bytes`, whose root element is `root`, leniently.
///
/// # Errors
/// The text isn't XML, has another root element, or doesn't fit the type. Paths are those of the value as JSON.
pub fn from_slice<T: FromJson>(bytes: &[u8], root: &nodes::Element) -> Result<T, DecodeError> {
    from_text(&json(bytes, root)?, Mode::Lenient)
}

/// The JSON that the XML text stands for.
pub(super) fn json(bytes: &[u8], root: &nodes::Element) -> Result<String, DecodeError> {
    let element = parse(bytes)?;
    if !is(&root.name, &element.name, "") {
        let (found, wanted) = (shown(&element.name.namespace, &element.name.local), &root.name);
        let wanted = shown(wanted.space(""), wanted.local);
        return Err(DecodeError::new(format!("the root element is {found} instead of {wanted}")));
    }
    let read = Read { element: &element, content: root.content, default: root.name.default_within("") };
    let json = to_vec(&read).map_err(|error| DecodeError::new(error.to_string()))?;
    String::from_utf8(json).map_err(|_| DecodeError::new("not UTF-8"))
}

/// An element as a value; `default` is the default namespace that names in it have in the table.
#[derive(Clone, Copy)]
struct Read<'e, 'a> {
    element: &'e Element<'a>,
    content: Content,
    default: &'e str,
}

impl ToJson for Read<'_, '_> {
    fn write(&self, json: &mut Writer) {
        content(self.element, self.content, self.default, json);
    }
}

fn shown(namespace: &str, local: &str) -> String {
    match namespace {
        "" => format!("`{}`", printable(local)),
        namespace => format!("`{}` of the namespace `{}`", printable(local), printable(namespace)),
    }
}

/// Whether the name is that of the table, where `default` is the default namespace.
fn is(wanted: &nodes::Name, name: &Name, default: &str) -> bool {
    *wanted.local == *name.local && *wanted.space(default) == *name.namespace
}

/// Writes what is in the element.
fn content(element: &Element<'_>, wanted: Content, default: &str, json: &mut Writer) {
    let has_items = |name: &nodes::Name| element.children.iter().all(|child| is(name, &child.name, default));
    match wanted {
        _ if element.is_nil => json.json_text("null"),
        Content::Map(values) => object(element, &[], *values, default, json),
        Content::List(item) if has_items(&item.name) => {
            let default = item.name.default_within(default);
            let items =
                element.children.iter().map(|element| Read { element, content: item.content, default });
            json.array(items, ToJson::write);
        }
        Content::Model(model) => match model() {
            Model::Object(members, rest) => object(element, members, *rest, default, json),
            Model::Union(property, variants) => {
                let has =
                    |tags: &[&str], content: &Content| is_tagged(element, content, property, tags, default);
                let chosen = variants.iter().find(|one| has(one.tags, &one.content));
                let chosen = chosen.or_else(|| variants.iter().find(|one| one.tags.is_empty()));
                content(
                    element,
                    chosen.map_or(Content::Map(&Content::Any), |one| one.content),
                    default,
                    json,
                );
            }
        },
        wanted if wanted.is_scalar() && element.children.is_empty() => scalar(&element.text, wanted, json),
        // What doesn't fit is kept as it is, if the model has a place for it.
        _ => untyped(element, default, json),
    }
}

/// Whether the element has one of the tags, where the object `content` has the property.
fn is_tagged(element: &Element<'_>, content: &Content, property: &str, tags: &[&str], default: &str) -> bool {
    let Content::Model(model) = content else { return false };
    let Model::Object(members, _) = model() else { return false };
    let has_tag = |text: &str| tags.contains(&trimmed(text));
    let element_with = |name: &nodes::Name| {
        element.children.iter().any(|child| is(name, &child.name, default) && has_tag(&child.text))
    };
    match members.iter().find(|member| member.wire == property).map(|member| member.node) {
        Some(Node::Attribute(name)) => {
            element.attributes.iter().any(|(attribute, value)| is(&name, attribute, "") && has_tag(value))
        }
        Some(Node::Element(name) | Node::Items(name)) => element_with(&name),
        Some(Node::Text | Node::Cdata) => has_tag(&element.text),
        // A tag that only the union knows is an element.
        None => element.children.iter().any(|child| {
            *child.name.local == *property && *child.name.namespace == *default && has_tag(&child.text)
        }),
    }
}

fn scalar(text: &str, wanted: Content, json: &mut Writer) {
    let number = || number_of(text).filter(|_| matches!(wanted, Content::Number | Content::Scalar));
    let boolean = || match wanted {
        Content::Boolean => boolean_of(text),
        // A number rather than a boolean is `1`.
        Content::Scalar => boolean_of(text).filter(|_| number_of(text).is_none()),
        _ => None,
    };
    if let Some(boolean) = boolean() {
        boolean.write(json);
    } else if let Some(number) = number() {
        json.json_text(&number);
    } else if matches!(wanted, Content::Number | Content::Boolean) && trimmed(text).is_empty() {
        json.json_text("null");
    } else {
        json.text(text);
    }
}

/// Writes an object with the nodes of the element: those of `members`, then the others.
fn object(element: &Element<'_>, members: &[Member], rest: Content, default: &str, json: &mut Writer) {
    let mut of_member: Vec<Vec<&Element<'_>>> = vec![Vec::new(); members.len()];
    let mut others: Vec<&Element<'_>> = Vec::new();
    for child in &element.children {
        let is_it = |member: &Member| match member.node {
            Node::Element(name) | Node::Items(name) => is(&name, &child.name, default),
            _ => false,
        };
        match members.iter().position(is_it) {
            Some(index) => of_member[index].push(child),
            None => others.push(child),
        }
    }
    json.object(|json| {
        let mut is_known = vec![false; element.attributes.len()];
        let mut has_text = trimmed(&element.text).is_empty();
        for (member, children) in members.iter().zip(&of_member) {
            match member.node {
                Node::Attribute(name) => {
                    let found = element.attributes.iter().position(|(attribute, _)| is(&name, attribute, ""));
                    if let Some(index) = found {
                        is_known[index] = true;
                        json.name(member.wire);
                        scalar(&element.attributes[index].1, member.content, json);
                    }
                }
                Node::Element(name) if !children.is_empty() => {
                    json.name(member.wire);
                    repeated(
                        children,
                        member.content,
                        name.default_within(default),
                        children.len() > 1,
                        json,
                    );
                }
                Node::Items(name) if !children.is_empty() || member.required => {
                    json.name(member.wire);
                    repeated(children, member.content, name.default_within(default), true, json);
                }
                Node::Text | Node::Cdata => {
                    has_text = true;
                    let is_blank = !element.children.is_empty() && trimmed(&element.text).is_empty();
                    if !(element.text.is_empty() || is_blank) || member.required {
                        json.name(member.wire);
                        scalar(if is_blank { "" } else { &element.text }, member.content, json);
                    }
                }
                Node::Element(_) | Node::Items(_) => {}
            }
        }
        let keeps_texts = rest.is_scalar() || matches!(rest, Content::Any);
        let unknown = element.attributes.iter().zip(is_known).filter(|(_, is_known)| !is_known);
        for ((name, value), _) in unknown.filter(|_| keeps_texts) {
            json.name(&format!("@{}", key(name, "", &[])));
            scalar(value, if rest.is_scalar() { rest } else { Content::Text }, json);
        }
        for (name, children) in by_name(&others) {
            json.name(&key(name, default, members));
            repeated(&children, rest, &name.namespace, children.len() > 1, json);
        }
        if !has_text && keeps_texts {
            json.name("#text");
            scalar(&element.text, if rest.is_scalar() { rest } else { Content::Text }, json);
        }
    });
}

/// Writes what is in the elements as a list, or as the value that the only one is.
fn repeated(elements: &[&Element<'_>], wanted: Content, default: &str, is_list: bool, json: &mut Writer) {
    let read = elements.iter().map(|element| Read { element, content: wanted, default });
    match is_list {
        true => json.array(read, ToJson::write),
        false => read.for_each(|value| value.write(json)),
    }
}

/// The elements by name, in the order in which the names first occur.
fn by_name<'e, 'a>(elements: &[&'e Element<'a>]) -> Vec<(&'e Name, Vec<&'e Element<'a>>)> {
    let mut places: HashMap<&Name, usize> = HashMap::new();
    let mut found: Vec<(&Name, Vec<&Element<'_>>)> = Vec::new();
    for element in elements {
        let place = *places.entry(&element.name).or_insert_with(|| {
            found.push((&element.name, Vec::new()));
            found.len() - 1
        });
        found[place].1.push(element);
    }
    found
}

/// The name of the JSON member that an unknown node is. It isn't one that the table has.
fn key(name: &Name, default: &str, members: &[Member]) -> String {
    let is_taken = members.iter().any(|member| *member.wire == *name.local);
    if *name.namespace == *default && !is_taken {
        return name.local.to_string();
    }
    format!("{{{}}}{}", name.namespace, name.local)
}

/// Writes an element of which nothing is known.
fn untyped(element: &Element<'_>, default: &str, json: &mut Writer) {
    if element.is_nil {
        json.json_text("null");
    } else if element.children.is_empty() && element.attributes.is_empty() {
        json.text(&element.text);
    } else {
        object(element, &[], Content::Any, default, json);
    }
}
