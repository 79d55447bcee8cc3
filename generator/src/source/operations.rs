//! Path items and operations, with what they refer to.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::StatusCode;

use super::at::At;
use super::document::{MediaType, Operation, Parameter, RequestBody, Response, Server};
use super::members::texts;
use super::methods::METHODS;
use super::reader::{Reader, component_section};
use super::template;
use crate::diagnostics::codes;
use crate::text::Place;

const PATH_ITEM: &[&str] = &["$ref", "summary", "description", "servers", "parameters"];

const OPERATION: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
];

const SERVER: &[&str] = &["url", "description", "variables"];

const RESPONSE: &[&str] = &["description", "headers", "content", "links"];

impl<'a> Reader<'a> {
    /// The paths with their path items.
    pub(super) fn paths(&mut self, root: &At<'a>) -> Vec<(&'a str, At<'a>)> {
        let mut paths = self.map(root, "paths");
        paths.retain(|(path, _)| !path.starts_with("x-"));
        paths
    }

    /// Every operation of `paths` that `wanted` picks, in the document's order.
    pub(super) fn operations(
        &mut self,
        paths: &[(&'a str, At<'a>)],
        wanted: impl Fn(&str, &At<'_>) -> bool,
    ) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in paths {
            let Some(items) = self.path_item(path, item) else { continue };
            for (method, at) in self.methods(&items) {
                let what = format!("{method} {path}");
                let known = self.received.len();
                let read = |reader: &mut Self| {
                    reader.sendable(&method, &at)?;
                    let at = reader.beyond_reference(at, "an operation")?;
                    wanted(path, &at).then(|| reader.operation(path, method, &items, &at))
                };
                let operation = self.whole(&what, read);
                if operation.is_none() {
                    self.received.truncate(known);
                }
                operations.extend(operation);
            }
        }
        operations
    }

    /// The path item `item` with what it refers to: members beside a `$ref` are added to those of its target, and take
    /// precedence.
    pub(super) fn path_item(&mut self, path: &str, item: &At<'a>) -> Option<Vec<At<'a>>> {
        self.whole(path, |reader| {
            let items = reader.hops(item.clone(), "pathItems")?;
            for item in &items {
                let _ = reader.object_only(item, "a path item", &[PATH_ITEM, METHODS]);
            }
            Some(items)
        })
    }

    /// Rejects operations with the same `operationId`. One that stands on several paths keeps it on the first.
    pub(super) fn distinct_ids(&mut self, operations: &mut [Operation]) {
        let mut seen = BTreeMap::new();
        for index in 0..operations.len() {
            let Some(id) = operations[index].operation_id.clone() else { continue };
            let first = &operations[*seen.entry(id.clone()).or_insert(index)];
            let operation = &operations[index];
            if (&first.method, &first.path) == (&operation.method, &operation.path) {
                continue;
            }
            if first.place == operation.place {
                let message = format!(
                    "{} {} is the same operation as {} {}, which keeps the `operationId` {id:?}",
                    operation.method, operation.path, first.method, first.path
                );
                let help = "Give each path an operation of its own, with an `operationId` of its own.";
                self.diagnostics.report(&codes::REPEATED_OPERATION, &operation.place, message, help);
                operations[index].operation_id = None;
            } else {
                let message =
                    format!("the `operationId` {id:?} is already used by {} {}", first.method, first.path);
                let help = "Give each operation a unique `operationId`.";
                let place = operation.place.child("operationId");
                self.diagnostics.report(&codes::DUPLICATE_OPERATION_ID, &place, message, help);
            }
        }
    }

    /// Reports paths that differ only in the names of parameters.
    pub(super) fn distinct_paths(&mut self, operations: &[Operation]) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for Operation { path, .. } in operations {
            let first = *seen.entry(template::without_names(path)).or_insert(path);
            if first != path {
                let message = format!("it differs from the path {first:?} only in the names of parameters");
                let help = "Use the same path for both: the server can't tell them apart.";
                let place = Place::default().child("paths").child(path);
                self.diagnostics.report(&codes::SAME_FOR_THE_SERVER, &place, message, help);
            }
        }
    }

    /// The operation `at` in one of `items`, which together are its path item, with the callbacks that it asks for.
    fn operation(&mut self, path: &str, method: String, items: &[At<'a>], at: &At<'a>) -> Operation {
        let operation = self.request(path, method, items, at, |reader| reader.parameters(path, items, at));
        self.read_callbacks(at, &operation);
        operation
    }

    /// Likewise without callbacks, with the template and the parameters that `parameters` reads.
    pub(super) fn request(
        &mut self,
        path: &str,
        method: String,
        items: &[At<'a>],
        at: &At<'a>,
        parameters: impl FnOnce(&mut Self) -> (String, Vec<Parameter>),
    ) -> Operation {
        let _ = self.object_only(at, "an operation", &[OPERATION]);
        let mut operation = Operation {
            place: at.place.clone(),
            method,
            path: path.to_owned(),
            template: String::new(),
            operation_id: self.string(at, "operationId"),
            summary: self.inherited(at, items, "summary"),
            description: self.inherited(at, items, "description"),
            tags: self.strings(at, "tags"),
            deprecated: self.boolean(at, "deprecated"),
            parameters: Vec::new(),
            request_body: at.get("requestBody").and_then(|body| self.request_body(body)),
            responses: Vec::new(),
            security: at.get("security").map(|_| self.security(at)),
            servers: Vec::new(),
            extensions: at.extensions(),
        };
        (operation.template, operation.parameters) = parameters(self);
        // An empty list stands for the document's servers, even beside those of the path.
        if let Some(owner) = std::iter::once(at).chain(items).find(|owner| owner.get("servers").is_some()) {
            operation.servers = self.servers(owner);
        }
        for (status, response) in self.map(at, "responses") {
            let read = |reader: &mut Self| reader.response(status, response);
            match status.chars().next() {
                // The client tells of a failure without it, too.
                Some('3'..='5') => {
                    operation.responses.extend(self.dispensable("this response is left out", read));
                }
                _ if status.starts_with("x-") => {}
                _ => operation.responses.extend(read(self)),
            }
        }
        operation
    }

    /// The string `name` of the operation, or else of its path item.
    fn inherited(&mut self, at: &At<'_>, items: &[At<'_>], name: &str) -> Option<String> {
        std::iter::once(at).chain(items).find_map(|at| self.string(at, name))
    }

    /// The entries of `servers`.
    pub(super) fn servers(&mut self, at: &At<'a>) -> Vec<Server> {
        self.list(at, "servers").into_iter().filter_map(|server| self.server(server)).collect()
    }

    fn server(&mut self, at: At<'a>) -> Option<Server> {
        let at = self.beyond_reference(at, "a server")?;
        self.only(&at, "a server", &[SERVER]);
        let mut server = texts(at.value);
        self.server_variables(&at, &mut server);
        if let Some(url) = server["url"].as_str().filter(|url| url.starts_with("//")) {
            let message = format!("the URL {url:?} has no scheme; it is read as `https:{url}`");
            let help = "Write `https:` before it.";
            self.diagnostics.report(&codes::SCHEMELESS_SERVER, &at.place.child("url"), message, help);
            server["url"] = format!("https:{url}").into();
        }
        let name = if self.is_3_2() { self.string(&at, "name") } else { None };
        Some(Server { declared: self.decoded(&at.place, server)?, name })
    }

    fn request_body(&mut self, at: At<'a>) -> Option<RequestBody> {
        let entry = at.clone();
        let content = self.schema_as_content(&at, "request body");
        let at = if content.is_some() { at } else { self.follow(at, "requestBodies")? };
        if content.is_none() {
            self.object_only(&at, "a request body", &[&["description", "required", "content"]])?;
        }
        Some(RequestBody {
            place: at.place.clone(),
            description: self.description(&entry, &at),
            required: self.optional_boolean(&at, "required"),
            content: content.map_or_else(|| self.content(&at), |content| vec![content]),
        })
    }

    fn response(&mut self, status: &str, at: At<'a>) -> Option<Response> {
        let entry = at.clone();
        let content = self.schema_as_content(&at, "response");
        let at = if content.is_some() { at } else { self.follow(at, "responses")? };
        if content.is_none() {
            self.object_only(&at, "a response", &[RESPONSE])?;
        }
        if let Some(links) = at.get("links") {
            let message = "no code is generated for `links`";
            let help = "Links only relate operations to each other.";
            self.diagnostics.report(&codes::NOT_GENERATED, &links.place, message, help);
        }
        let code = match status {
            "default" => None,
            range if range.is_ascii() && range.len() == 3 && range.to_ascii_uppercase().ends_with("XX") => {
                Some(range[..1].parse().ok().filter(|digit| (1..=5).contains(digit)).map(StatusCode::Range))
            }
            code => Some(code.parse().ok().filter(|code| (100..600).contains(code)).map(StatusCode::Code)),
        };
        if code == Some(None) {
            self.wrong_type(
                &at.place,
                "the response for a status code, for a range such as `4XX`, or for `default`",
            );
            return None;
        }
        let mut headers: Vec<Parameter> = Vec::new();
        for (name, header) in self.map(&at, "headers") {
            let read = |reader: &mut Self| reader.header(name, header);
            let Some(header) = self.dispensable("the header is left out", read) else { continue };
            match headers.iter().find(|other| other.name.eq_ignore_ascii_case(name)) {
                Some(other) => self.same_header(&header, &other.name),
                None => headers.push(header),
            }
        }
        Some(Response {
            place: at.place.clone(),
            status: code.flatten(),
            summary: if self.is_3_2() { self.summary(&entry, &at) } else { None },
            description: self.description(&entry, &at).unwrap_or_default(),
            headers,
            content: content.map_or_else(|| self.content(&at), |content| vec![content]),
            links: self.links(&at),
        })
    }

    /// The links of a response, with what they refer to in their place. Their descriptions are words for people.
    fn links(&mut self, at: &At<'a>) -> Option<Box<serde_json::Value>> {
        at.value_of("links")?;
        let mut links = serde_json::Map::new();
        for (name, link) in self.map(at, "links") {
            let reference = link.value_of("$ref").and_then(serde_json::Value::as_str);
            let target = reference.and_then(|text| self.find(&self.files.resolve(&link.place, text)));
            let mut link = target.unwrap_or(link).value.clone();
            if let Some(members) = link.as_object_mut() {
                members.retain(|name, _| name != "description" && !name.starts_with("x-"));
            }
            links.insert(name.to_owned(), link);
        }
        Some(Box::new(links.into()))
    }

    /// The JSON content of a `body` that refers to a schema.
    fn schema_as_content(&mut self, at: &At<'a>, body: &str) -> Option<MediaType> {
        let reference = at.get("$ref")?;
        let target = self.files.resolve(&reference.place, reference.value.as_str()?);
        if component_section(&target.pointer) != Some("schemas") {
            return None;
        }
        let help = format!("Refer to it in the `schema` of the {body}'s content.");
        let message = format!("this refers to a schema, which is used for the {body}'s JSON content");
        self.tolerate(&reference.place, &message, &help);
        Some(MediaType {
            place: at.place.clone(),
            name: "application/json".to_owned(),
            schema: Some(self.schema(at.clone())),
            item_schema: None,
            encoding: IndexMap::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
        })
    }
}
