//! `body` and `formData` parameters become request bodies.

use serde_json::{Value, json};

use super::media_types::{Effective, MediaTypes};
use super::node::{Node, Object};
use super::parameters::{Sorted, is_of_value};
use super::upgrade::{Kind, Upgrade};
use crate::diagnostics::codes;
use crate::source::at::At;
use crate::text::Place;

const MULTIPART: &str = "multipart/form-data";
const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The members of a parameter that have another place in a body.
const OF_PARAMETER: &[&str] =
    &["name", "in", "schema", "required", "allowEmptyValue", "collectionFormat", "description"];

impl Upgrade<'_> {
    /// The body of an operation at `place` that accepts `consumes`.
    pub(super) fn request_body(
        &mut self,
        parameters: &Sorted<'_>,
        consumes: &Effective<'_>,
        place: &Place,
    ) -> Option<Node> {
        let Some(((body, reference), others)) = parameters.bodies.split_first() else {
            return (!parameters.parts.is_empty())
                .then(|| self.form(&parameters.parts, &consumes.types, place));
        };
        for other in others.iter().map(|(other, _)| other).chain(&parameters.parts) {
            let message = "a request has only one body, and another parameter is it; this one is ignored";
            self.report(&codes::MALFORMED_FORM, &other.place, message, "Remove one of them.");
        }
        let Some(reference) = reference else { return Some(self.body(body, &consumes.types, None)) };
        let mut object = Object::from(&reference.place);
        if !body.place.file.is_empty() {
            let text = reference.value_of("$ref").and_then(Value::as_str)?;
            self.refer(&reference.place, text, Kind::Body);
            object.put("$ref", Node::made(text, &reference.place.child("$ref")));
            return Some(object.into());
        }
        let Some(name) = body.place.pointer.strip_prefix("/parameters/") else {
            self.take(body.value);
            return Some(self.body(body, &consumes.types, None));
        };
        let target = format!("#/components/requestBodies/{name}");
        let Some(default) = consumes.instead_of else {
            object.put("$ref", Node::made(target, &reference.place.child("$ref")));
            return Some(object.into());
        };
        // In other media types, but of the same schema.
        let schema = format!("{target}/content/{}/schema", default.first());
        Some(self.body(body, &consumes.types, Some(&schema)))
    }

    /// The body that the parameter at `at` describes. Its schema is at the reference `elsewhere` if there is one.
    pub(super) fn body(&mut self, at: &At<'_>, consumes: &MediaTypes, elsewhere: Option<&str>) -> Node {
        let mut body = Object::from(&at.place);
        body.keep(at, |name| ["description", "required"].contains(&name) || name.starts_with("x-"));
        for (name, member) in at.members() {
            if !name.starts_with("x-") && !OF_PARAMETER.contains(&name) && !is_of_value(name) {
                // The reader tells that it doesn't know this.
                body.put(name, Node::kept(&member));
            }
        }
        let schema = match at.get("schema") {
            Some(schema) => self.schema(&schema),
            // Against the standard, it is described like other parameters.
            None => self.value_schema(at),
        };
        let is_reference = schema.value.get("$ref").is_some();
        let schema = match elsewhere.filter(|_| !is_reference) {
            Some(reference) => Node { value: json!({ "$ref": reference }), origin: schema.origin },
            None => schema,
        };
        body.put("content", self.content(consumes, Some(&schema), None, &at.place));
        body.into()
    }

    /// `content` at `place` with the same `schema` for each of `media_types`.
    pub(super) fn content(
        &mut self,
        media_types: &MediaTypes,
        schema: Option<&Node>,
        encoding: Option<&Node>,
        place: &Place,
    ) -> Node {
        let mut content = Object::from(place);
        for (name, at) in &media_types.list {
            self.take(&Value::Null);
            if self.is_full {
                break;
            }
            let mut media_type = Object::from(if media_types.are_declared { at } else { place });
            if let Some(schema) = schema {
                self.take(&schema.value);
                media_type.put("schema", schema.clone());
            }
            if let Some(encoding) = encoding {
                media_type.put("encoding", encoding.clone());
            }
            content.put(name, media_type.into());
        }
        content.into()
    }

    /// The body of a form with these parts, in an operation at `place`.
    fn form(&mut self, parts: &[At<'_>], consumes: &MediaTypes, place: &Place) -> Node {
        let media_types = self.form_types(parts, consumes, place);
        let first = parts.first().map_or(place, |part| &part.place);
        let (mut properties, mut encoding) = (Object::from(first), Object::from(first));
        let mut required = Vec::new();
        for part in parts {
            let Some(name) = part.value_of("name").and_then(Value::as_str) else {
                let message = "a part of a form needs a name; this one is ignored";
                self.report(&codes::MALFORMED_FORM, &part.place, message, "Add `name`.");
                continue;
            };
            let mut property = self.value_schema(part);
            if let (Value::Object(members), Some(Value::String(text))) =
                (&mut property.value, part.value_of("description"))
            {
                members.insert("description".to_owned(), text.as_str().into());
            }
            self.take(&property.value);
            properties.put(name, property);
            if part.value_of("required") == Some(&Value::Bool(true)) {
                required.push(Node::made(name, &part.place));
            }
            if let Some((style, explode, said)) = self.style(part, "formData") {
                let is_multipart = media_types.list.iter().any(|(name, _)| name == MULTIPART);
                if is_multipart && !explode {
                    // Each item is a part of its own.
                    if part.get("collectionFormat").is_some() {
                        let message = "in a multipart body, each item of a list is sent as a part of its own, not joined";
                        let help = "Write `collectionFormat: multi`, or declare a string and join the items yourself.";
                        self.report(&codes::NOT_UPGRADED, &said, message, help);
                    }
                    if media_types.list.len() == 1 {
                        continue;
                    }
                }
                let mut how = Object::from(&said);
                how.put("style", Node::made(style, &said));
                how.put("explode", Node::made(explode, &said));
                encoding.put(name, how.into());
            }
        }
        let mut schema = Object::from(first);
        schema.put("type", Node::made("object", first));
        schema.put("properties", properties.into());
        let is_required = !required.is_empty();
        if is_required {
            schema.put("required", Node::list(required, first));
        }
        let mut body = Object::from(first);
        if is_required {
            body.put("required", Node::made(true, first));
        }
        let (schema, encoding) = (schema.into(), (!encoding.is_empty()).then(|| Node::from(encoding)));
        let mut content = Object::from(first);
        for one in &media_types.list {
            let is_urlencoded = one.0 == URLENCODED;
            let one = MediaTypes { list: vec![one.clone()], are_declared: media_types.are_declared };
            let encoding = encoding.as_ref().filter(|_| is_urlencoded);
            let node = self.content(&one, Some(&schema), encoding, first);
            content.join(node);
        }
        body.put("content", content.into());
        body.into()
    }

    /// The media types of a form.
    fn form_types(&mut self, parts: &[At<'_>], consumes: &MediaTypes, place: &Place) -> MediaTypes {
        let is_file = |part: &&At<'_>| part.value_of("type").and_then(Value::as_str) == Some("file");
        let file = parts.iter().find(is_file);
        let of_form = |(name, _): &&(String, Place)| match name.split(';').next().map(str::trim) {
            Some(MULTIPART) => true,
            Some(URLENCODED) => file.is_none(),
            _ => false,
        };
        let list: Vec<_> = consumes.list.iter().filter(of_form).cloned().collect();
        if !list.is_empty() {
            return MediaTypes { list, are_declared: true };
        }
        let needed = if file.is_some() { MULTIPART } else { URLENCODED };
        if let Some((name, at)) = consumes.list.first().filter(|_| consumes.are_declared) {
            let message = format!("a form can't be sent as {name}; it is sent as {needed}");
            let help = format!("Add `{needed}` to `consumes` of the operation.");
            // What all operations have in common isn't wrong by itself.
            let at = if at.pointer.starts_with("/consumes/") { place } else { at };
            self.report(&codes::MALFORMED_FORM, at, message, &help);
        }
        MediaTypes { list: vec![(needed.to_owned(), place.clone())], are_declared: false }
    }
}
