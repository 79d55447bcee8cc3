//! Request bodies.

use super::media_types::{essence, is_file, is_json, is_range, is_string, is_xml};
use super::schemas::is_anything;
use super::{Planner, Sides, docs, encodings, xml};
use crate::api::{Body, BodyContent, BodyEncoding, Ident, TypeKind, TypeRef, inner_key};
use crate::diagnostics::codes;
use crate::source::document::{self, MediaType, RequestBody, SchemaId, Type};

/// How many schemas are searched for what a body must have. A body beyond that needs nothing.
const MOST_SCHEMAS: usize = 256;

impl Planner<'_> {
    /// The body of an operation.
    pub(super) fn body(&mut self, operation: &document::Operation, owner: &str) -> Option<Body> {
        let body = operation.request_body.as_ref()?;
        let required = self.must_have_body(operation, body);
        body.content.iter().for_each(|media_type| self.check_encodings(media_type));
        body.content.iter().for_each(|media_type| self.check_item_schema(media_type));
        self.sides = Sides { request: true, response: false };
        if let [only] = &body.content[..]
            && let encoding @ BodyEncoding::Multipart(_) = self.body_encoding(only)
            && let Some(mut with_files) = self.multipart_with_files(only, encoding, owner, required)
        {
            with_files.docs = docs::docs(None, body.description.as_deref());
            return Some(with_files);
        }
        let mut media_types: Vec<&MediaType> = body.content.iter().collect();
        media_types.sort_by_key(|media_type| xml::rank(&self.body_encoding(media_type)));
        let content = media_types.iter().map(|media_type| self.body_content(media_type, owner, required));
        let mut content: Vec<BodyContent> = content.collect();
        self.leave_out_formless(&mut content, &media_types);
        (!content.is_empty()).then(|| Body {
            docs: docs::docs(None, body.description.as_deref()),
            required,
            content,
            files: Vec::new(),
        })
    }

    /// Whether the operation can't do without its body.
    fn must_have_body(&self, operation: &document::Operation, body: &RequestBody) -> bool {
        match (operation.method.as_str(), body.required) {
            // A PATCH without a patch document means nothing (RFC 5789, section 2).
            (_, Some(true)) | ("PATCH", _) => true,
            // Many documents leave `required` out, which makes the body optional, where there are properties that it
            // must have. Only a document that says `false` in so many words means it.
            ("POST" | "PUT" | "QUERY", None) => {
                let mut left = MOST_SCHEMAS;
                let mut schemas = body.content.iter().map(|media_type| media_type.schema);
                !body.content.is_empty()
                    && schemas.all(|schema| schema.is_some_and(|id| self.needs_properties(id, &mut left)))
            }
            _ => false,
        }
    }

    /// Whether values of the schema are objects with properties that a request must have. Looks at `left` more schemas.
    fn needs_properties(&self, id: SchemaId, left: &mut usize) -> bool {
        let Some(less) = left.checked_sub(1) else { return false };
        *left = less;
        let schema = &self.document.schemas[id];
        if schema.nullable || schema.types.contains(&Type::Null) {
            return false;
        }
        let is_sent = |name: &String| {
            let property = schema.properties.get(name);
            property.is_none_or(|property| !self.schema_behind(*property).read_only)
        };
        let is_object = matches!(schema.types[..], [] | [Type::Object]);
        if is_object && schema.required.iter().any(is_sent) {
            return true;
        }
        let mut needs = |id: &SchemaId| self.needs_properties(*id, left);
        let mut every =
            |alternatives: &[SchemaId]| !alternatives.is_empty() && alternatives.iter().all(&mut needs);
        every(&schema.one_of)
            || every(&schema.any_of)
            || schema.reference.iter().chain(&schema.all_of).any(needs)
    }

    /// The key of a body's type: the first body that has one is plainly the body, others are told apart by encoding.
    fn body_key(&self, owner: &str, encoding: &BodyEncoding) -> String {
        let plain = inner_key(owner, "Body");
        let within = inner_key(&plain, "");
        let is_within = |(key, _): (&String, &usize)| key.starts_with(&within);
        if !self.keys.contains_key(&plain) && !self.keys.range(within.clone()..).next().is_some_and(is_within)
        {
            return plain;
        }
        let word = match encoding {
            BodyEncoding::Form(_) => "Form Body",
            BodyEncoding::Multipart(_) | BodyEncoding::Parts(..) => "Multipart Body",
            BodyEncoding::Items(_) => "Items Body",
            BodyEncoding::Xml => "Xml Body",
            BodyEncoding::Json | BodyEncoding::Text | BodyEncoding::Bytes => "Other Body",
        };
        inner_key(owner, word)
    }

    fn body_encoding(&mut self, media_type: &MediaType) -> BodyEncoding {
        if let Some((framing, _)) = self.sent_items(media_type) {
            return BodyEncoding::Items(framing);
        }
        match essence(&media_type.name).as_str() {
            name if is_json(name) => BodyEncoding::Json,
            "application/x-www-form-urlencoded" => {
                BodyEncoding::Form(encodings::of_form(&media_type.encoding))
            }
            name if name.starts_with("multipart/") => match self.positional(media_type) {
                Some((prefix, item)) => BodyEncoding::Parts(prefix, item),
                None => BodyEncoding::Multipart(self.part_encodings(media_type)),
            },
            name if is_range(name) && self.is_structured(media_type) => BodyEncoding::Json,
            name if is_xml(name) && self.is_structured(media_type) => BodyEncoding::Xml,
            name if name.starts_with("text/") => BodyEncoding::Text,
            _ => BodyEncoding::Bytes,
        }
    }

    /// Whether a body of any media type is best sent as JSON: the others are sent as they are.
    pub(super) fn is_structured(&self, media_type: &MediaType) -> bool {
        let schema = self.schema_of(media_type);
        schema.is_some_and(|schema| !is_file(schema) && !is_string(schema) && !is_anything(schema))
    }

    fn body_content(&mut self, media_type: &MediaType, owner: &str, required: bool) -> BodyContent {
        let encoding = self.body_encoding(media_type);
        if matches!(encoding, BodyEncoding::Multipart(_))
            && let Some(with_files) = self.form_with_files(media_type, encoding.clone(), owner, required)
        {
            return with_files;
        }
        let (ty, rules) = match encoding {
            BodyEncoding::Text => {
                self.tell_format_of_text(media_type);
                (TypeRef::String, Vec::new())
            }
            BodyEncoding::Bytes => (TypeRef::Body, Vec::new()),
            BodyEncoding::Items(_) => self.item_list(media_type, &self.body_key(owner, &encoding)),
            _ => match media_type.schema {
                Some(id) => {
                    let used = self.use_of(id, &self.body_key(owner, &encoding), 0).into_expected();
                    let rules = used.rules.clone();
                    (used.with_null(), rules)
                }
                None => (TypeRef::Json, Vec::new()),
            },
        };
        let xml = if encoding == BodyEncoding::Xml { self.xml_root(media_type) } else { None };
        let (media_type, variant, files) = (media_type.name.clone(), Ident::default(), Vec::new());
        BodyContent { media_type, encoding, ty, rules, xml, variant, files }
    }

    /// Leaves out forms of what isn't an object, which have no fields, where it can be sent otherwise. `content` is
    /// in the order of `declared`.
    fn leave_out_formless(&mut self, content: &mut Vec<BodyContent>, declared: &[&MediaType]) {
        let formless = |content: &BodyContent| {
            let fields = matches!(content.encoding, BodyEncoding::Form(_) | BodyEncoding::Multipart(_));
            fields && self.has_no_fields(&content.ty, 0)
        };
        let formless: Vec<bool> = content.iter().map(formless).collect();
        let help = "Forms consist of an object's properties; declare an object, or use another media type.";
        for (declared, _) in declared.iter().zip(&formless).filter(|(_, formless)| **formless) {
            let name = &declared.name;
            if formless.contains(&false) {
                let message = format!("{name} can only represent objects, so it is skipped");
                self.diagnostics.report(&codes::SKIPPED_FORM, &declared.place, message, help);
            } else {
                let message = format!("{name} can only represent objects, so nothing is sent");
                self.diagnostics.report(&codes::UNSENDABLE_FORM, &declared.place, message, help);
            }
        }
        if formless.contains(&false) {
            let mut formless = formless.iter();
            content.retain(|_| formless.next() != Some(&true));
        }
    }

    /// Whether values of the type are never objects.
    fn has_no_fields(&self, ty: &TypeRef, depth: usize) -> bool {
        match ty {
            TypeRef::Json | TypeRef::JsonObject | TypeRef::Map(_) => false,
            TypeRef::Nullable(inner)
            | TypeRef::Inferred(inner)
            | TypeRef::Boxed(inner)
            | TypeRef::Secret(inner) => self.has_no_fields(inner, depth),
            TypeRef::Named(name) => match self.kind_of(name) {
                Some(TypeKind::Enum(_)) => true,
                Some(TypeKind::Alias(alias)) if depth < 64 => self.has_no_fields(&alias.ty, depth + 1),
                _ => false,
            },
            _ => true,
        }
    }

    /// What the type called `name` is, if it is planned already.
    fn kind_of(&self, name: &Ident) -> Option<&TypeKind> {
        let own = self.current.iter().find(|definition| definition.name == *name);
        own.map(|definition| &definition.kind).or_else(|| self.kinds.get(name.as_str()).copied())
    }
}
