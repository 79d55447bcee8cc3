//! What values are in XML, and which bodies in XML have a type.

use std::collections::{HashMap, HashSet};

use super::media_types::is_xml;
use super::schemas::types;
use super::{Planner, xml_forms};
use crate::api::{
    BodyContent, BodyEncoding, ByPayload, Events, Ident, Model, Operation, PayloadEncoding, Response,
    ResponseContent, ResponseEncoding, TypeDef, TypeKind, TypeRef, XmlKind, XmlName, XmlNode, XmlRoot,
};
use crate::diagnostics::{Diagnostics, codes};
use crate::source::document::{Document, MediaType, Node, Schema, SchemaId, Type, Xml};

/// How far references, and lists in lists, are followed.
const FAR: usize = 16;

/// Whether any content of the document is XML.
pub(super) fn is_used(document: &Document) -> bool {
    let requests =
        document.operations.iter().chain(document.received.iter().map(|received| &received.request));
    requests.into_iter().any(|operation| {
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        bodies.chain(responses).any(|content| content.name.contains("xml") && is_xml(&content.name))
    })
}

impl Planner<'_> {
    /// What a property with the schema `id` is in XML, if any content is XML.
    pub(super) fn xml_of_property(&self, id: SchemaId, wire: &str) -> Option<Box<XmlNode>> {
        self.ground.has_xml.then(|| Box::new(self.xml_node(id, wire, 0)))
    }

    /// The root element of a content in XML.
    pub(super) fn xml_root(&self, media_type: &MediaType) -> Option<Box<XmlRoot>> {
        let id = media_type.schema?;
        let name = self.chain(id).find_map(|schema| schema.name.clone());
        let mut node = self.xml_node(id, name.as_deref().unwrap_or_default(), 0);
        let declared = self.says_of_xml(id);
        if node.kind == XmlKind::Bare && declared.name.is_some() && declared.node != Some(Node::None) {
            // There must be a root element, and it has a name.
            node.name = name_of(&declared, "");
            node.kind = XmlKind::Element;
        }
        if let Some(item) = node.item.as_mut().filter(|_| node.kind == XmlKind::Element)
            && let Some(items) = self.items_of(id)
            && self.says_of_xml(items).name.is_none()
            && let Some(name) = self.chain(items).find_map(|schema| schema.name.clone())
        {
            item.name.local = name;
        }
        Some(Box::new(XmlRoot { node, place: media_type.place.clone() }))
    }

    /// `inherited` is the name that it has if its schema says none.
    fn xml_node(&self, id: SchemaId, inherited: &str, depth: usize) -> XmlNode {
        let declared = self.says_of_xml(id);
        let items = self.items_of(id).filter(|_| depth < FAR);
        let kind = match (declared.node, items) {
            (None | Some(Node::None), Some(_)) | (Some(Node::None), None) => XmlKind::Bare,
            (None | Some(Node::Element | Node::Wrapped), _) => XmlKind::Element,
            (Some(Node::Attribute), _) => XmlKind::Attribute,
            (Some(Node::Text), _) => XmlKind::Text,
            (Some(Node::Cdata), _) => XmlKind::Cdata,
        };
        let name = name_of(&declared, inherited);
        // Items without an element around them have the name that the list would have if it said none.
        let of_items = if kind == XmlKind::Bare { inherited } else { &name.local };
        let item = items.map(|items| Box::new(self.xml_node(items, of_items, depth + 1)));
        XmlNode { name, kind, item }
    }

    /// What the schema and those that it refers to say of XML.
    fn says_of_xml(&self, id: SchemaId) -> Xml {
        let mut all = Xml::default();
        for xml in self.chain(id).filter_map(|schema| schema.xml.as_deref()) {
            all.name = all.name.or_else(|| xml.name.clone());
            if all.namespace.is_none() {
                all.namespace.clone_from(&xml.namespace);
                all.prefix = all.prefix.or_else(|| xml.prefix.clone());
            }
            all.node = all.node.or(xml.node);
        }
        all
    }

    /// The schema, and those that it refers to or only wraps.
    fn chain(&self, id: SchemaId) -> impl Iterator<Item = &Schema> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let schema = &self.document.schemas[next?];
            next = match schema.all_of[..] {
                _ if schema.reference.is_some() => schema.reference,
                [only] if schema.types.is_empty() && schema.values.is_empty() => Some(only),
                _ => None,
            };
            Some(schema)
        })
        .take(FAR)
    }

    /// The schema of the items, if the schema's values are lists.
    fn items_of(&self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.schema_behind(id);
        schema.items.filter(|_| types(schema) == [Type::Array])
    }
}

fn name_of(declared: &Xml, inherited: &str) -> XmlName {
    XmlName {
        local: declared.name.clone().unwrap_or_else(|| inherited.to_owned()),
        namespace: declared.namespace.clone(),
        prefix: declared.prefix.clone().filter(|_| declared.namespace.is_some()),
    }
}

/// Leaves the contents whose values have no form in XML to the caller, as text or bytes, without the types that only
/// these have. Only the types in the other contents know what they are in XML.
pub(super) fn settle(
    models: &mut Vec<Model>,
    operations: &mut [Operation],
    events: &mut [Events],
    diagnostics: &mut Diagnostics,
) {
    let types: HashMap<Ident, &TypeDef> = models
        .iter()
        .flat_map(|model| &model.types)
        .map(|definition| (definition.name.clone(), definition))
        .collect();
    let mut forms = xml_forms::Forms::new(&types);
    let mut reached = HashSet::new();
    let mut is_usable = |media_type: &str, ty: &TypeRef, root: &XmlRoot| match forms.problem(ty, &root.node) {
        None => {
            forms.reach(ty, &mut reached);
            true
        }
        Some(problem) => {
            let message = format!("{}, so bodies in {media_type} have no type", problem.message);
            let help =
                "Write and read it with a library for XML, change the schema or its `xml`, or declare JSON.";
            let place = problem.place.as_ref().unwrap_or(&root.place);
            diagnostics.report(&codes::UNTYPED_XML, place, message, help);
            false
        }
    };
    let mut left: HashSet<String> = HashSet::new();
    for operation in operations.iter_mut() {
        let mut is_left = false;
        if let Some(body) = &mut operation.body {
            let mut as_they_are: Vec<String> = Vec::new();
            for content in &mut body.content {
                if left_as_it_is(content, &mut is_usable) {
                    as_they_are.push(content.media_type.clone());
                }
            }
            // They come after others that are sent the same way.
            body.content
                .sort_by_key(|content| (rank(&content.encoding), as_they_are.contains(&content.media_type)));
            is_left = !as_they_are.is_empty();
        }
        for response in operation.successes.iter_mut().chain(&mut operation.failures) {
            let contents = response.content.iter_mut().chain(&mut response.alternatives);
            let mut is_changed = false;
            for content in contents {
                let is_usable =
                    content.xml.as_ref().is_none_or(|root| is_usable(&content.media_type, &content.ty, root));
                if !is_usable {
                    let is_text = content.media_type.starts_with("text/");
                    (content.encoding, content.ty) = match is_text {
                        true => (ResponseEncoding::Text, TypeRef::String),
                        false => (ResponseEncoding::Bytes, TypeRef::Bytes),
                    };
                    content.xml = None;
                    is_changed = true;
                }
            }
            if is_changed {
                prefer(response);
                is_left = true;
            }
        }
        if is_left {
            left.insert(operation.types_key.clone());
        }
    }
    for events in events.iter_mut() {
        for event in &mut events.events {
            let Some(payload) = &mut event.payload else { continue };
            let Some(root) = &payload.xml else { continue };
            if !is_usable(&payload.media_type, &payload.ty, root) {
                (payload.encoding, payload.ty, payload.xml) = (PayloadEncoding::Text, TypeRef::String, None);
                left.insert(event.types_key.clone());
                if events.by_payload == ByPayload::Only {
                    events.by_payload = ByPayload::No;
                }
            }
        }
    }
    let mut used = HashSet::new();
    if !left.is_empty() {
        let mut visit = |ty: &TypeRef| drop(forms.reach(ty, &mut used));
        operations.iter().for_each(|operation| operation.visit_types(&mut visit));
        events.iter().for_each(|events| events.visit_types(&mut visit));
    }
    drop(types);
    for model in models.iter_mut().filter(|model| left.contains(&model.key)) {
        model.types.retain(|definition| used.contains(&definition.name));
    }
    models.retain(|model| !model.types.is_empty());
    for definition in models.iter_mut().flat_map(|model| &mut model.types) {
        definition.in_xml = reached.contains(&definition.name);
        if let TypeKind::Object(object) = &mut definition.kind
            && !definition.in_xml
        {
            object.properties.iter_mut().for_each(|property| property.xml = None);
        }
    }
}

/// Makes the content text or bytes unless its values have a form in XML. Returns whether it did.
fn left_as_it_is(
    content: &mut BodyContent,
    is_usable: &mut impl FnMut(&str, &TypeRef, &XmlRoot) -> bool,
) -> bool {
    if content.xml.as_ref().is_none_or(|root| is_usable(&content.media_type, &content.ty, root)) {
        return false;
    }
    (content.encoding, content.ty) = match content.media_type.starts_with("text/") {
        true => (BodyEncoding::Text, TypeRef::String),
        false => (BodyEncoding::Bytes, TypeRef::Body),
    };
    content.rules.clear();
    content.xml = None;
    true
}

/// The order in which the encodings of a body are preferred.
pub(super) fn rank(encoding: &BodyEncoding) -> u8 {
    match encoding {
        BodyEncoding::Json => 0,
        BodyEncoding::Multipart(_) | BodyEncoding::Parts(..) => 1,
        BodyEncoding::Form(_) => 2,
        BodyEncoding::Items(_) => 3,
        BodyEncoding::Xml => 4,
        BodyEncoding::Text => 5,
        BodyEncoding::Bytes => 6,
    }
}

/// The order in which the encodings of a response are preferred.
pub(super) fn rank_of_response(encoding: ResponseEncoding) -> u8 {
    match encoding {
        ResponseEncoding::Json | ResponseEncoding::JsonOrText => 0,
        ResponseEncoding::Xml => 1,
        ResponseEncoding::Text => 2,
        ResponseEncoding::Items => 3,
        ResponseEncoding::Bytes => 4,
    }
}

/// Puts the content first that is preferred now that some are what they are.
fn prefer(response: &mut Response) {
    let Some(preferred) = response.content.take() else { return };
    let others = preferred.others.clone();
    let mut contents: Vec<ResponseContent> =
        std::iter::once(preferred).chain(response.alternatives.drain(..)).collect();
    let best = (0..contents.len())
        .min_by_key(|index| rank_of_response(contents[*index].encoding))
        .unwrap_or_default();
    let mut first = contents.remove(best);
    if best > 0 {
        let old = std::mem::take(&mut contents[0].others);
        let old = old.into_iter().filter(|name| *name != first.media_type);
        first.others = std::iter::once(contents[0].media_type.clone()).chain(old).collect();
    } else {
        first.others = others;
    }
    response.content = Some(first);
    response.alternatives = contents;
}
