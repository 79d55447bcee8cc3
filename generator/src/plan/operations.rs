//! Operations: their modules, names and parameters.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use super::schedule::Part;
use super::{Planner, docs, service};
use crate::api::{Ident, Operation, Parameter, PathPiece, Requirement, TypeRef, Wish, inner_key};
use crate::source::document::{self, Location};

impl Planner<'_> {
    /// Plans the operation at `index`.
    pub(super) fn operation(mut self, index: usize) -> (Operation, Part) {
        let operation = &self.document.operations[index];
        let owner = inner_key("", &format!("{} {}", operation.method, operation.path));
        let parameters = self.parameters(operation, &owner);
        let (group_words, wish) = wishes(operation);
        let mut planned = Operation {
            group: Vec::new(),
            name: Ident::default(),
            file: Ident::default(),
            type_name: Ident::default(),
            group_words,
            wish,
            types_key: owner.clone(),
            id: operation
                .operation_id
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, operation.path)),
            method: operation.method.clone(),
            path: operation.path.clone(),
            path_pieces: path_pieces(&operation.template, &parameters),
            docs: docs::docs(operation.summary.as_deref(), operation.description.as_deref()),
            deprecated: operation.deprecated || self.has_deprecating_extension(&operation.extensions),
            parameters,
            body: None,
            successes: Vec::new(),
            failures: Vec::new(),
            security: self.requirements(operation),
            servers: service::own_servers(operation, self.document),
            pagination: Vec::new(),
            modification: None,
            place: operation.place.clone(),
        };
        planned.body = self.body(operation, &owner);
        (planned.successes, planned.failures) = self.responses(operation, &owner);
        (planned, self.part(owner))
    }

    fn parameters(&mut self, operation: &document::Operation, owner: &str) -> Vec<Parameter> {
        let mut ordered: Vec<&document::Parameter> = operation.parameters.iter().collect();
        let position = |name: &str| operation.path.find(&format!("{{{name}}}"));
        ordered.sort_by_key(|parameter| match parameter.location {
            Location::Path => (0, position(&parameter.name)),
            _ if parameter.required => (1, None),
            _ => (2, None),
        });
        ordered.into_iter().map(|parameter| self.parameter(parameter, owner)).collect()
    }

    /// Plans a parameter or a header of a response.
    pub(super) fn parameter(&mut self, parameter: &document::Parameter, owner: &str) -> Parameter {
        let document = self.document;
        self.sides = super::Sides { request: true, response: false };
        let schema = parameter.schema.map(|id| &document.schemas[id]);
        let used = parameter.schema.map(|id| self.use_of(id, &inner_key(owner, &parameter.name), 0));
        let (ty, rules) = used.map_or((TypeRef::String, Vec::new()), |used| (used.ty, used.rules));
        let described =
            parameter.description.as_deref().or(schema.and_then(|schema| schema.description.as_deref()));
        Parameter {
            wire: parameter.name.clone(),
            field: Ident::default(),
            docs: docs::docs(None, described),
            deprecated: parameter.deprecated || self.has_deprecating_extension(&parameter.extensions),
            required: parameter.required,
            location: parameter.location,
            style: parameter.style,
            explode: parameter.explode,
            allow_reserved: parameter.allow_reserved,
            as_json: parameter.media_type.as_deref().is_some_and(super::media_types::is_json),
            ty,
            rules,
            default: schema
                .and_then(|schema| schema.default.as_deref().filter(|value| !value.is_null()).cloned()),
            place: parameter.place.clone(),
        }
    }

    /// The alternatives for authentication, without the schemes that are the transport's business.
    fn requirements(&self, operation: &document::Operation) -> Vec<Vec<Requirement>> {
        let alternatives = operation.security.as_ref().unwrap_or(&self.document.security);
        let mut planned = Vec::new();
        let mut by_transport = false;
        for alternative in alternatives {
            let known =
                alternative.iter().filter(|(name, _)| self.document.security_schemes.contains_key(*name));
            let one = |(scheme, scopes): (&String, &Vec<String>)| Requirement {
                scheme: scheme.clone(),
                scopes: scopes.clone(),
            };
            let required: Vec<Requirement> = known.map(one).collect();
            if required.is_empty() && !alternative.is_empty() {
                by_transport = true;
            } else {
                planned.push(required);
            }
        }
        // A client sends the credentials that it has: only without any does it rely on a certificate.
        if by_transport && !planned.is_empty() {
            planned.push(Vec::new());
        }
        planned
    }
}

fn path_pieces(path: &str, parameters: &[Parameter]) -> Vec<PathPiece> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let index = parameters.iter().position(|p| p.location == Location::Path && p.wire == name);
        if !before.is_empty() {
            pieces.push(PathPiece::Literal(encoded(before)));
        }
        pieces.extend(index.map(PathPiece::Parameter));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(PathPiece::Literal(encoded(rest)));
    }
    pieces
}

/// Characters that neither a path nor a query can have (RFC 3986, 3.3 and 3.4). A percent sign is taken for one
/// that encodes.
const NOT_IN_URIS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn encoded(literal: &str) -> String {
    utf8_percent_encode(literal, NOT_IN_URIS).to_string()
}

/// The document's names for the operation's modules and the operation: from extensions, or else the `operationId`,
/// which can contain both, or else the first tag, or else method and path.
fn wishes(operation: &document::Operation) -> (Vec<String>, Wish) {
    let extension = |name: &str| operation.extensions.get(name);
    let words = |value: &Value| match value {
        Value::String(word) => vec![word.clone()],
        Value::Array(words) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let mut group = extension("x-operation-group").map(words).unwrap_or_default();
    let name = extension("x-operation-name").and_then(Value::as_str).filter(|name| !name.is_empty());
    let wish = match (name, operation.operation_id.as_deref().filter(|id| !id.is_empty())) {
        (Some(name), _) => Wish::Required(name.to_owned()),
        (None, Some(id)) => match divided(id) {
            Some((prefix, name)) => {
                if group.is_empty() {
                    let parts = prefix.split(['/', '.']).filter(|part| !part.is_empty());
                    group = parts.map(str::to_owned).collect();
                }
                Wish::Required(name.to_owned())
            }
            None => Wish::Required(id.to_owned()),
        },
        (None, None) => Wish::Unknown(operation.method.to_lowercase()),
    };
    if group.is_empty() {
        group.extend(operation.tags.first().cloned());
    }
    (group, wish)
}

/// Splits an `operationId` into modules and a name.
fn divided(id: &str) -> Option<(&str, &str)> {
    id.rsplit_once(['/', '.']).filter(|(prefix, name)| !prefix.is_empty() && !name.is_empty())
}
