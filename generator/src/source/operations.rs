//! Path items and operations, with what they refer to.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{SecurityScheme, StatusCode};
use serde_json::Value;

use super::at::At;
use super::document::{MediaType, Operation, Parameter, RequestBody, Response, SecurityRequirement};
use super::members::texts;
use super::reader::{Reader, component_section};
use super::template;
use crate::diagnostics::codes;
use crate::text::Place;

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

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

const RESPONSE: &[&str] = &["description", "headers", "content", "links"];

impl<'a> Reader<'a> {
    /// The paths with their path items.
    pub(super) fn paths(&mut self, root: &At<'a>) -> Vec<(&'a str, At<'a>)> {
        let Some(paths) = self.object(root, "paths") else { return Vec::new() };
        paths.members().filter(|(path, _)| !path.starts_with("x-")).collect()
    }

    /// Every operation of `paths` that `wanted` picks, in the document's order.
    pub(super) fn operations(
        &mut self,
        paths: &[(&'a str, At<'a>)],
        wanted: impl Fn(&str, &At<'_>) -> bool,
    ) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in paths {
            // Members beside a `$ref` are added to those of its target, and take precedence.
            let Some(items) = self.hops(item.clone(), "pathItems") else { continue };
            for item in &items {
                let _ = self.object_only(item, "a path item", &[PATH_ITEM, METHODS]);
            }
            let mut seen = Vec::new();
            for (method, at) in items.iter().flat_map(At::members) {
                if METHODS.contains(&method) && !seen.contains(&method) && wanted(path, &at) {
                    operations.push(self.operation(path, method, &items, &at));
                }
                seen.push(method);
            }
        }
        operations
    }

    /// Rejects operations with the same `operationId`.
    pub(super) fn distinct_ids(&mut self, operations: &[Operation]) {
        let mut seen = BTreeMap::new();
        for operation in operations {
            let Some(id) = &operation.operation_id else { continue };
            if let Some(first) = seen.insert(id, operation) {
                let message =
                    format!("the `operationId` {id:?} is already used by {} {}", first.method, first.path);
                let help = "Give each operation a unique `operationId`.";
                self.diagnostics.report(
                    &codes::DUPLICATE_OPERATION_ID,
                    &operation.place.child("operationId"),
                    message,
                    help,
                );
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

    /// The operation `at` in one of `items`, which together are its path item.
    fn operation(&mut self, path: &str, method: &str, items: &[At<'a>], at: &At<'a>) -> Operation {
        let _ = self.object_only(at, "an operation", &[OPERATION]);
        self.not_called(at, "callbacks");
        let mut operation = Operation {
            place: at.place.clone(),
            method: method.to_ascii_uppercase(),
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
        (operation.template, operation.parameters) = self.parameters(path, items, at);
        // An empty list stands for the document's servers, even beside those of the path.
        if let Some(owner) = std::iter::once(at).chain(items).find(|owner| owner.get("servers").is_some()) {
            operation.servers = self.servers(owner);
        }
        if let Some(responses) = self.object(at, "responses") {
            for (status, response) in responses.members().filter(|(status, _)| !status.starts_with("x-")) {
                operation.responses.extend(self.response(status, response));
            }
        }
        operation
    }

    /// The string `name` of the operation, or else of its path item.
    fn inherited(&mut self, at: &At<'_>, items: &[At<'_>], name: &str) -> Option<String> {
        std::iter::once(at).chain(items).find_map(|at| self.string(at, name))
    }

    /// Reports that clients don't use the member `name`.
    pub(super) fn not_called(&mut self, at: &At<'_>, name: &str) {
        if let Some(member) = at.get(name) {
            let message = format!("no code is generated for `{name}`");
            let help = "Callbacks and webhooks are called by the server, and links only relate operations to each other.";
            self.diagnostics.report(&codes::NOT_GENERATED, &member.place, message, help);
        }
    }

    /// The requirements in `security`, any one of which suffices.
    pub(super) fn security(&mut self, at: &At<'_>) -> Vec<SecurityRequirement> {
        let mut requirements = Vec::new();
        for item in self.list(at, "security") {
            if !item.value.is_object() {
                self.wrong_type(&item.place, "a security requirement, which is an object");
            }
            let mut schemes = SecurityRequirement::new();
            for (name, scopes) in item.members() {
                self.declared_scheme(name, &scopes.place);
                schemes.insert(name.to_owned(), self.strings(&item, name));
            }
            requirements.push(schemes);
        }
        requirements
    }

    /// Rejects a requirement at `place` that names no security scheme of the document.
    fn declared_scheme(&mut self, name: &str, place: &Place) {
        let schemes = Place::default().child("components").child("securitySchemes");
        let is_declared =
            self.files.get(&schemes).and_then(Value::as_object).is_some_and(|all| all.contains_key(name));
        if !is_declared {
            let help = match self.nearest(&schemes.child(name)) {
                Some(near) => format!("Did you mean {near:?}?"),
                None => "Declare it in `components/securitySchemes`.".to_owned(),
            };
            let message = format!("the security scheme {name:?} isn't declared");
            self.diagnostics.report(&codes::UNDECLARED_SECURITY_SCHEME, place, message, help);
        }
    }

    /// The entries of `servers`.
    pub(super) fn servers(&mut self, at: &At<'_>) -> Vec<openapiv3::Server> {
        self.list(at, "servers").iter().filter_map(|server| self.server(server)).collect()
    }

    /// The server `at`. The default of a variable without one is its first value.
    fn server(&mut self, at: &At<'_>) -> Option<openapiv3::Server> {
        let mut server = texts(at.value);
        for (name, variable) in self.map(at, "variables") {
            let values = self.strings(&variable, "enum");
            let Some(first) = variable.get("enum").and_then(|values| values.items().next()) else { continue };
            let default = variable.value.get("default").filter(|default| !default.is_null()).map(texts);
            if let Some(Value::String(default)) = default
                && !values.contains(&default)
            {
                let message = format!("the default {default:?} isn't one of {}", values.join(", "));
                let help = "Make the default one of the values in `enum`, or add it there.";
                self.diagnostics.report(
                    &codes::UNLISTED_DEFAULT,
                    &variable.place.child("default"),
                    message,
                    help,
                );
            }
            if variable.get("default").is_none() {
                let help = "Give the variable a `default`.";
                self.tolerate(
                    &variable.place,
                    "this variable has no `default`, so the first value of `enum` is used",
                    help,
                );
                server["variables"][name]["default"] = texts(first.value);
            }
        }
        self.decoded(&at.place, server)
    }

    /// The declared security schemes.
    pub(super) fn security_schemes(&mut self, root: &At<'a>) -> BTreeMap<String, SecurityScheme> {
        let mut schemes = BTreeMap::new();
        let Some(components) = root.get("components") else { return schemes };
        for (name, at) in self.map(&components, "securitySchemes") {
            let Some(at) = self.follow(at, "securitySchemes") else { continue };
            if at.value.get("type").and_then(Value::as_str) == Some("mutualTLS") {
                let message =
                    format!("no code is generated for mutual TLS, which the scheme {name:?} requires");
                self.diagnostics.report(
                    &codes::MUTUAL_TLS,
                    &at.place,
                    message,
                    "Give the client a transport that is configured with a certificate.",
                );
            } else if let Some(scheme) = self.security_scheme(&at) {
                schemes.insert(name.to_owned(), scheme);
            }
        }
        schemes
    }

    /// The scheme `at`. A flow may lack scopes.
    fn security_scheme(&mut self, at: &At<'_>) -> Option<SecurityScheme> {
        if at.value.get("type").and_then(Value::as_str) == Some("apiKey") {
            self.complete_key(at)?;
        }
        let mut scheme = texts(at.value);
        if let Some(flows) = scheme.get_mut("flows").and_then(Value::as_object_mut) {
            for (_, flow) in flows.iter_mut().filter(|(_, flow)| flow.is_object()) {
                if !flow["scopes"].is_object() {
                    flow["scopes"] = Value::Object(serde_json::Map::new());
                }
            }
        }
        self.decoded(&at.place, scheme)
    }

    /// Rejects an API key that doesn't say where it goes.
    fn complete_key(&mut self, at: &At<'_>) -> Option<()> {
        let member = |name: &str| at.value.get(name).and_then(Value::as_str);
        let message = match (member("name"), member("in")) {
            (None | Some(""), _) => "an API key needs a `name`",
            (_, Some("header" | "query" | "cookie")) => return Some(()),
            _ => "an API key needs an `in` that is `header`, `query` or `cookie`",
        };
        let help = "Add or correct `name` and `in`.";
        self.diagnostics.report(&codes::INCOMPLETE_SECURITY_SCHEME, &at.place, message, help);
        None
    }

    fn request_body(&mut self, at: At<'a>) -> Option<RequestBody> {
        let entry = at.clone();
        let at = self.follow(at, "requestBodies")?;
        self.object_only(&at, "a request body", &[&["description", "required", "content"]])?;
        Some(RequestBody {
            place: at.place.clone(),
            description: self.description(&entry, &at),
            required: self.boolean(&at, "required"),
            content: self.content(&at),
        })
    }

    fn response(&mut self, status: &str, at: At<'a>) -> Option<Response> {
        let entry = at.clone();
        let content = self.schema_as_response(&at);
        let at = if content.is_some() { at } else { self.follow(at, "responses")? };
        if content.is_none() {
            self.object_only(&at, "a response", &[RESPONSE])?;
        }
        self.not_called(&at, "links");
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
            let Some(header) = self.header(name, header) else { continue };
            match headers.iter().find(|other| other.name.eq_ignore_ascii_case(name)) {
                Some(other) => self.same_header(&header, &other.name),
                None => headers.push(header),
            }
        }
        Some(Response {
            place: at.place.clone(),
            status: code.flatten(),
            description: self.description(&entry, &at).unwrap_or_default(),
            headers,
            content: content.map_or_else(|| self.content(&at), |content| vec![content]),
        })
    }

    /// The JSON content of a response that refers to a schema.
    fn schema_as_response(&mut self, at: &At<'a>) -> Option<MediaType> {
        let reference = at.get("$ref")?;
        let target = self.files.resolve(&reference.place, reference.value.as_str()?);
        if component_section(&target.pointer) != Some("schemas") {
            return None;
        }
        let help = "Refer to it in the `schema` of the response's content.";
        self.tolerate(
            &reference.place,
            "this refers to a schema, which is used for the response's JSON content",
            help,
        );
        Some(MediaType {
            place: at.place.clone(),
            name: "application/json".to_owned(),
            schema: Some(self.schema(at.clone())),
            encoding: IndexMap::new(),
        })
    }
}
