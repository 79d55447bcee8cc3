//! What types and bodies are in XML, as tables of the runtime.

use super::code::{Code, Expression};
use super::printer::{Page, quoted};
use crate::api::{
    Additional, EnumBase, Events, Ident, Object, Operation, Presence, Property, Response, Tagging, TypeKind,
    TypeRef, Union, XmlKind, XmlName, XmlNode, XmlRoot,
};
use crate::rust::Index;

/// The table of an object that a body in XML can hold.
pub(super) fn object(page: &mut Page, name: &Ident, object: &Object, index: &Index<'_>) {
    let member = |property: &Property| {
        let node = property.xml.as_ref()?;
        Some(self::member(property, node, index))
    };
    let members = object.properties.iter().filter_map(member).collect();
    let rest = match &object.additional {
        Additional::Open | Additional::Closed => "nodes::Content::Any".into(),
        Additional::Typed(ty, _) => content(ty, None, index),
    };
    model(page, name, Expression::call("nodes::object", vec![Expression::slice(members), rest]));
}

/// The table of a union that a body in XML can hold.
pub(super) fn union(page: &mut Page, name: &Ident, union: &Union, index: &Index<'_>) {
    let Tagging::Property(property) = &union.tagging else { return };
    let variants = union.variants.iter().map(|variant| {
        let tags = if variant.is_default { &[][..] } else { &variant.tags[..] };
        let tags = tags.iter().map(|tag| quoted(tag).into()).collect();
        Expression::call("nodes::variant", vec![Expression::slice(tags), content(&variant.ty, None, index)])
    });
    let arguments = vec![quoted(property).into(), Expression::slice(variants.collect())];
    model(page, name, Expression::call("nodes::union", arguments));
}

fn model(page: &mut Page, name: &Ident, table: Expression) {
    let mut code = Code::default();
    code.block("xml_model!", |code| code.expression(&table.behind(&format!("{name} = ")), ""));
    page.block(&code.finish());
}

/// The root elements of an operation's bodies, each once.
pub(super) struct Roots<'a> {
    index: &'a Index<'a>,
    found: Vec<Expression>,
}

impl<'a> Roots<'a> {
    pub(super) fn of(operation: &Operation, index: &'a Index<'a>) -> Self {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let bodies = bodies.filter_map(|content| Some((&content.ty, content.xml.as_deref()?)));
        let responses = operation.successes.iter().chain(&operation.failures).flat_map(Response::contents);
        let responses = responses.filter_map(|content| Some((&content.ty, content.xml.as_deref()?)));
        Self::new(bodies.chain(responses), index)
    }

    /// Those of the payloads of events.
    pub(super) fn of_events(events: &[&Events], index: &'a Index<'a>) -> Self {
        let payloads =
            events.iter().flat_map(|events| &events.events).filter_map(|event| event.payload.as_ref());
        Self::new(payloads.filter_map(|payload| Some((&payload.ty, payload.xml.as_deref()?))), index)
    }

    fn new<'b>(bodies: impl Iterator<Item = (&'b TypeRef, &'b XmlRoot)>, index: &'a Index<'a>) -> Self {
        let mut roots = Self { index, found: Vec::new() };
        for (ty, root) in bodies {
            if roots.place(ty, root).is_none() {
                roots.found.push(roots.element(ty, root));
            }
        }
        roots
    }

    /// A reference to the root element of a body of this type.
    pub(super) fn name(&self, ty: &TypeRef, root: &XmlRoot) -> String {
        format!("&{}", static_of(self.place(ty, root).unwrap_or_default()))
    }

    /// Their definitions.
    pub(super) fn page(&self, page: &mut Page) {
        for (place, root) in self.found.iter().enumerate() {
            let mut code = Code::default();
            code.expression(
                &root.clone().behind(&format!("static {}: nodes::Element = ", static_of(place))),
                ";",
            );
            page.block(&code.finish());
        }
    }

    fn place(&self, ty: &TypeRef, root: &XmlRoot) -> Option<usize> {
        let element = self.element(ty, root);
        self.found.iter().position(|known| *known == element)
    }

    fn element(&self, ty: &TypeRef, root: &XmlRoot) -> Expression {
        let arguments = vec![name(&root.node.name), content(ty, Some(&root.node), self.index)];
        Expression::call("nodes::element", arguments)
    }
}

/// What a root element is called, which no type is.
fn static_of(place: usize) -> String {
    if place == 0 { "ROOT".to_owned() } else { format!("ROOT_{}", place + 1) }
}

fn member(property: &Property, node: &XmlNode, index: &Index<'_>) -> Expression {
    let inside = |node| content(&property.ty, Some(node), index);
    let (function, arguments) = match (node.kind, &node.item) {
        (XmlKind::Attribute, _) => ("attribute", vec![name(&node.name), inside(node)]),
        (XmlKind::Text, _) => ("text", vec![inside(node)]),
        (XmlKind::Cdata, _) => ("cdata", vec![inside(node)]),
        (XmlKind::Bare, Some(item)) => {
            let items = items(&property.ty, index);
            let inside =
                items.map_or_else(|| "nodes::Content::Any".into(), |ty| content(ty, Some(item), index));
            ("items", vec![name(&item.name), inside])
        }
        (XmlKind::Element | XmlKind::Bare, _) => ("child", vec![name(&node.name), inside(node)]),
    };
    let arguments = std::iter::once(quoted(&property.wire).into()).chain(arguments).collect();
    let row = Expression::call(&format!("nodes::{function}"), arguments);
    let can_be_empty = matches!(function, "items" | "text" | "cdata");
    if can_be_empty && property.presence == Presence::Required { required(row) } else { row }
}

/// A row whose empty list or text is there rather than absent.
fn required(row: Expression) -> Expression {
    Expression::call("nodes::required", vec![row])
}

fn name(name: &XmlName) -> Expression {
    let XmlName { local, namespace, prefix } = name;
    match namespace {
        None => Expression::call("nodes::name", vec![quoted(local).into()]),
        Some(namespace) => {
            let prefix = quoted(prefix.as_deref().unwrap_or_default());
            Expression::call(
                "nodes::qualified",
                vec![quoted(local).into(), quoted(namespace).into(), prefix.into()],
            )
        }
    }
}

/// The type of the items of a list.
fn items<'a>(ty: &'a TypeRef, index: &Index<'a>) -> Option<&'a TypeRef> {
    match ty {
        TypeRef::Nullable(inner)
        | TypeRef::Inferred(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Secret(inner) => items(inner, index),
        TypeRef::List(items) => Some(items),
        TypeRef::Named(name) => match index.kind(name)? {
            TypeKind::Alias(alias) => items(&alias.ty, index),
            _ => None,
        },
        _ => None,
    }
}

/// What is in a node with a value of this type.
fn content(ty: &TypeRef, node: Option<&XmlNode>, index: &Index<'_>) -> Expression {
    let plain = |name: &str| format!("nodes::Content::{name}").into();
    match ty {
        TypeRef::Nullable(inner)
        | TypeRef::Inferred(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Secret(inner) => content(inner, node, index),
        TypeRef::Boolean => plain("Boolean"),
        TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64 | TypeRef::Float | TypeRef::Double => {
            plain("Number")
        }
        TypeRef::String
        | TypeRef::DateTime
        | TypeRef::Date
        | TypeRef::Uuid
        | TypeRef::Base64
        | TypeRef::Formatted(_) => plain("Text"),
        TypeRef::Map(values) => {
            Expression::call("nodes::Content::Map", vec![content(values, None, index).behind("&")])
        }
        TypeRef::JsonObject => plain("Map(&nodes::Content::Any)"),
        TypeRef::List(items) => match node.and_then(|node| node.item.as_deref()) {
            Some(item) => {
                let item = vec![name(&item.name), content(items, Some(item), index)];
                Expression::call("nodes::Content::List", vec![Expression::call("&nodes::element", item)])
            }
            None => plain("Any"),
        },
        TypeRef::Named(name) => match index.kind(name) {
            Some(TypeKind::Alias(alias)) => content(&alias.ty, node, index),
            Some(TypeKind::Enum(listed)) => match listed.base {
                EnumBase::String => plain("Text"),
                EnumBase::Integer => plain("Number"),
                EnumBase::Json => plain("Scalar"),
            },
            Some(TypeKind::Object(_) | TypeKind::Union(_)) | None => {
                format!("nodes::Content::model::<{name}>()").into()
            }
        },
        // What has no form in XML isn't in a body that is typed.
        TypeRef::Json | TypeRef::Tuple(_) | TypeRef::Own(_) | TypeRef::Bytes | TypeRef::Body => plain("Any"),
    }
}
