//! Path items and operations, with what they refer to.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{SecurityScheme, StatusCode};
use serde_json::Value;

use super::document::{
    Encoding, Location, MediaType, Operation, Parameter, RequestBody, Response, SecurityRequirement, Style,
};
use super::reader::{At, Reader};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'a> Reader<'a, '_> {
    /// Every operation that `wanted` picks, in the document's order.
    pub(super) fn operations(
        &mut self,
        root: &At<'a>,
        wanted: impl Fn(&str, &At<'_>) -> bool,
    ) -> Vec<Operation> {
        let Some(paths) = self.object(root, "paths") else { return Vec::new() };
        let mut operations = Vec::new();
        for (path, item) in paths.members().filter(|(path, _)| !path.starts_with("x-")) {
            let Some(item) = self.follow(item) else { continue };
            for (method, at) in item.members().filter(|(name, _)| METHODS.contains(name)) {
                if wanted(path, &at) {
                    operations.push(self.operation(path, method, &item, &at));
                }
            }
        }
        self.distinct_ids(&operations);
        operations
    }

    fn distinct_ids(&mut self, operations: &[Operation]) {
        let mut seen = BTreeMap::new();
        for operation in operations {
            let Some(id) = &operation.operation_id else { continue };
            if let Some(first) = seen.insert(id, operation) {
                let message =
                    format!("two operations are called {id:?}; the other is {} {}", first.method, first.path);
                let help = "Give each operation an operationId of its own.";
                self.diagnostics.error("E0014", &operation.place.child("operationId"), message, help);
            }
        }
    }

    fn operation(&mut self, path: &str, method: &str, item: &At<'a>, at: &At<'a>) -> Operation {
        let mut operation = Operation {
            place: at.place.clone(),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            operation_id: self.string(at, "operationId"),
            summary: self.string(at, "summary").or_else(|| self.string(item, "summary")),
            description: self.string(at, "description").or_else(|| self.string(item, "description")),
            tags: self.strings(at, "tags"),
            deprecated: self.boolean(at, "deprecated"),
            parameters: self.parameters(path, item, at),
            request_body: at.get("requestBody").and_then(|body| self.request_body(body)),
            responses: Vec::new(),
            security: at.get("security").map(|_| self.security(at)),
            servers: self.servers(at),
            extensions: at.extensions(),
        };
        if operation.servers.is_empty() {
            operation.servers = self.servers(item);
        }
        if let Some(responses) = self.object(at, "responses") {
            for (status, response) in responses.members().filter(|(status, _)| !status.starts_with("x-")) {
                operation.responses.extend(self.response(status, response));
            }
        }
        operation
    }

    /// The requirements in `security`, any one of which suffices.
    pub(super) fn security(&mut self, at: &At<'_>) -> Vec<SecurityRequirement> {
        let mut requirements = Vec::new();
        for item in self.list(at, "security") {
            let schemes = item.members().map(|(name, _)| (name.to_owned(), self.strings(&item, name)));
            requirements.push(schemes.collect());
        }
        requirements
    }

    /// The entries of `servers`.
    pub(super) fn servers(&mut self, at: &At<'_>) -> Vec<openapiv3::Server> {
        self.list(at, "servers").iter().filter_map(|server| self.leaf(server)).collect()
    }

    /// The declared security schemes.
    pub(super) fn security_schemes(&mut self, root: &At<'a>) -> BTreeMap<String, SecurityScheme> {
        let mut schemes = BTreeMap::new();
        let components = root.get("components").and_then(|components| components.get("securitySchemes"));
        for (name, at) in components.iter().flat_map(At::members) {
            let Some(at) = self.follow(at) else { continue };
            if at.value.get("type").and_then(Value::as_str) == Some("mutualTLS") {
                let message =
                    format!("the scheme {name:?} is mutual TLS, which the HTTP client is set up for");
                self.diagnostics.note(
                    "N0022",
                    &at.place,
                    message,
                    "Give the client a transport with a certificate.",
                );
            } else if let Some(scheme) = self.leaf(&at) {
                schemes.insert(name.to_owned(), scheme);
            }
        }
        schemes
    }

    /// The operation's parameters and those of its path that it doesn't override.
    fn parameters(&mut self, path: &str, item: &At<'a>, at: &At<'a>) -> Vec<Parameter> {
        let mut parameters: IndexMap<(Location, String), Parameter> = IndexMap::new();
        for owner in [item, at] {
            let mut own = Vec::new();
            for entry in self.list(owner, "parameters") {
                let Some(parameter) = self.follow(entry).and_then(|at| self.parameter(&at)) else { continue };
                let key = (parameter.location, parameter.name.clone());
                if own.contains(&key) {
                    let message = format!("the parameter {:?} is declared twice", parameter.name);
                    self.diagnostics.error("E0015", &parameter.place, message, "Remove one of the two.");
                }
                own.push(key.clone());
                parameters.insert(key, parameter);
            }
        }
        let names = template_names(path);
        let mut parameters: Vec<_> = parameters.into_values().collect();
        self.respell(&names, &mut parameters);
        for name in &names {
            if !parameters
                .iter()
                .any(|parameter| parameter.location == Location::Path && parameter.name == *name)
            {
                let message =
                    format!("the path has {{{name}}}, but no path parameter of that name is declared");
                let help = "Declare it under \"parameters\", with \"in: path\" and \"required: true\".";
                self.diagnostics.error("E0013", &at.place, message, help);
            }
        }
        parameters.retain(|parameter| {
            let stray = parameter.location == Location::Path && !names.contains(&parameter.name);
            if stray {
                let message =
                    format!("the path {path:?} has no {{{}}}; the parameter is ignored", parameter.name);
                let help = "Remove the parameter, or put it into the path.";
                self.diagnostics.warning("W0023", &parameter.place, message, help);
            }
            !stray
        });
        parameters
    }

    /// Gives a path parameter the template's name where they differ in case and punctuation alone.
    fn respell(&mut self, names: &[String], parameters: &mut [Parameter]) {
        let letters = |name: &str| name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
        for parameter in parameters.iter_mut().filter(|parameter| parameter.location == Location::Path) {
            if names.contains(&parameter.name) {
                continue;
            }
            if let Some(name) = names.iter().find(|name| letters(name) == letters(&parameter.name)) {
                let message =
                    format!("the parameter {:?} is taken for the path's {{{name}}}", parameter.name);
                let help = "Spell both alike.";
                self.diagnostics.note("N0025", &parameter.place, message, help);
                parameter.name.clone_from(name);
            }
        }
    }

    fn parameter(&mut self, at: &At<'a>) -> Option<Parameter> {
        let name = self.string(at, "name");
        let location = match at.value.get("in").and_then(Value::as_str) {
            Some("path") => Some(Location::Path),
            Some("query") => Some(Location::Query),
            Some("header") => Some(Location::Header),
            Some("cookie") => Some(Location::Cookie),
            _ => None,
        };
        let (Some(name), Some(location)) = (name, location) else {
            let message = "a parameter needs a \"name\" and an \"in\" of path, query, header or cookie";
            self.diagnostics.error("E0016", &at.place, message, "Add or correct them.");
            return None;
        };
        // OpenAPI 3.1, 4.8.12.2.1: these three are described elsewhere.
        let ignored = ["accept", "content-type", "authorization"];
        if location == Location::Header && ignored.contains(&name.to_ascii_lowercase().as_str()) {
            let message = format!("a header parameter {name:?} is ignored");
            let help = "Media types and security schemes decide that header.";
            self.diagnostics.note("N0024", &at.place, message, help);
            return None;
        }
        Some(self.parameter_or_header(at, name, location))
    }

    fn parameter_or_header(&mut self, at: &At<'a>, name: String, location: Location) -> Parameter {
        let default_style = match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie => Style::Form,
        };
        let style = self.style(at).unwrap_or(default_style);
        let content = at.get("content").and_then(|content| content.members().next());
        let schema = match &content {
            Some((_, media_type)) if at.get("schema").is_none() => self.schema_member(media_type, "schema"),
            _ => self.schema_member(at, "schema"),
        };
        Parameter {
            place: at.place.clone(),
            description: self.string(at, "description"),
            required: location == Location::Path || self.boolean(at, "required"),
            deprecated: self.boolean(at, "deprecated"),
            allow_empty_value: self.boolean(at, "allowEmptyValue"),
            allow_reserved: self.boolean(at, "allowReserved"),
            style,
            explode: at.value.get("explode").and_then(Value::as_bool).unwrap_or(style == Style::Form),
            schema,
            media_type: content.filter(|_| at.get("schema").is_none()).map(|(name, _)| name.to_owned()),
            extensions: at.extensions(),
            name,
            location,
        }
    }

    fn style(&mut self, at: &At<'_>) -> Option<Style> {
        let style = at.get("style")?;
        Some(match style.value.as_str() {
            Some("matrix") => Style::Matrix,
            Some("label") => Style::Label,
            Some("simple") => Style::Simple,
            Some("form") => Style::Form,
            Some("spaceDelimited") => Style::SpaceDelimited,
            Some("pipeDelimited") => Style::PipeDelimited,
            Some("deepObject") => Style::DeepObject,
            _ => {
                self.wrong_type(&style.place, "one of the styles of OpenAPI");
                return None;
            }
        })
    }

    fn request_body(&mut self, at: At<'a>) -> Option<RequestBody> {
        let at = self.follow(at)?;
        Some(RequestBody {
            place: at.place.clone(),
            description: self.string(&at, "description"),
            required: self.boolean(&at, "required"),
            content: self.content(&at),
        })
    }

    fn content(&mut self, at: &At<'a>) -> Vec<MediaType> {
        let mut content = Vec::new();
        for (name, media_type) in self.map(at, "content") {
            let mut encoding = IndexMap::new();
            for (property, at) in self.map(&media_type, "encoding") {
                let of_property = Encoding {
                    content_type: self.string(&at, "contentType"),
                    style: self.style(&at),
                    explode: at.value.get("explode").and_then(Value::as_bool),
                    allow_reserved: self.boolean(&at, "allowReserved"),
                };
                encoding.insert(property.to_owned(), of_property);
            }
            content.push(MediaType {
                place: media_type.place.clone(),
                name: name.to_owned(),
                schema: self.schema_member(&media_type, "schema"),
                encoding,
                examples: media_type.value.get("example").cloned().into_iter().collect(),
            });
        }
        content
    }

    fn response(&mut self, status: &str, at: At<'a>) -> Option<Response> {
        let at = self.follow(at)?;
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
                "the response to a status code, to a range such as 4XX, or to \"default\"",
            );
            return None;
        }
        let mut headers = Vec::new();
        for (name, header) in self.map(&at, "headers") {
            if let Some(header) = self.follow(header) {
                headers.push(self.parameter_or_header(&header, name.to_owned(), Location::Header));
            }
        }
        Some(Response {
            place: at.place.clone(),
            status: code.flatten(),
            description: self.string(&at, "description").unwrap_or_default(),
            headers,
            content: self.content(&at),
        })
    }
}

/// The names in braces of a path template.
fn template_names(path: &str) -> Vec<String> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}
