//! Responses and their headers.

use serde_json::{Value, json};

use super::media_types::{Effective, MediaTypes};
use super::node::{Node, Object, each};
use super::parameters::is_of_value;
use super::upgrade::{Kind, Upgrade};
use crate::source::at::At;

impl Upgrade<'_> {
    /// The response at `at` of an operation that produces `produces`.
    pub(super) fn response_of(&mut self, at: &At<'_>, produces: &Effective<'_>) -> Node {
        let (Some(text), Some(default)) = (at.value_of("$ref").and_then(Value::as_str), produces.instead_of)
        else {
            return self.response(at, &produces.types);
        };
        let place = self.files.resolve(&at.place, text);
        let files = self.files;
        let name = place.pointer.strip_prefix("/responses/").filter(|_| place.file.is_empty());
        let (Some(name), Some(value)) = (name.map(str::to_owned), files.get(&place)) else {
            return self.response(at, &produces.types);
        };
        // In other media types, but of the same schema.
        self.take(value);
        let first = default.first();
        let schema = format!("#/components/responses/{name}/content/{first}/schema");
        self.response_with(&At { value, place }, &produces.types, Some(&schema))
    }

    /// The response at `at`, which is in the media types `produces`.
    pub(super) fn response(&mut self, at: &At<'_>, produces: &MediaTypes) -> Node {
        if let Some(reference) = at.value_of("$ref").and_then(Value::as_str) {
            self.refer(&at.place, reference, Kind::Response);
            return Node::kept(at);
        }
        self.response_with(at, produces, None)
    }

    /// Likewise; its schema is at the reference `elsewhere` if there is one.
    fn response_with(&mut self, at: &At<'_>, produces: &MediaTypes, elsewhere: Option<&str>) -> Node {
        if !at.value.is_object() {
            return Node::kept(at);
        }
        let mut response = Object::from(&at.place);
        response.keep(at, |name| !["schema", "headers", "examples"].contains(&name));
        if let Some(headers) = at.get("headers") {
            response.put("headers", each(&headers, |_, header| self.header(&header)));
        }
        let Some(schema) = at.get("schema") else { return response.into() };
        let is_file = schema.value_of("type").and_then(Value::as_str) == Some("file");
        let is_reference = schema.get("$ref").is_some();
        let node = match elsewhere.filter(|_| !is_reference) {
            Some(reference) => Node::made(json!({ "$ref": reference }), &schema.place),
            None => self.schema(&schema),
        };
        let of_files = MediaTypes {
            list: vec![("application/octet-stream".to_owned(), at.place.clone())],
            are_declared: false,
        };
        let produces = if is_file && !produces.are_declared { &of_files } else { produces };
        response.put("content", self.content(produces, Some(&node), None, &at.place));
        response.into()
    }

    /// The header at `at`.
    fn header(&mut self, at: &At<'_>) -> Node {
        if !at.value.is_object() || at.get("$ref").is_some() || at.get("schema").is_some() {
            return Node::kept(at);
        }
        let mut header = Object::from(&at.place);
        header.keep(at, |name| name != "collectionFormat" && !is_of_value(name));
        header.put("schema", self.value_schema(at));
        if let Some((style, explode, place)) = self.style(at, "header") {
            header.put("style", Node::made(style, &place));
            header.put("explode", Node::made(explode, &place));
        }
        header.into()
    }
}
