//! Operations: their modules, names and parameters.

use super::operation_names::wishes;
use super::schedule::Part;
use super::{Planner, docs};
use crate::api::{Ident, Operation, Parameter, PathPiece, Requirement, TypeRef, inner_key};
use crate::source::document::{self, Location};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

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

    fn requirements(&self, operation: &document::Operation) -> Vec<Vec<Requirement>> {
        let alternatives = operation.security.as_ref().unwrap_or(&self.document.security);
        let known = |name: &String| self.document.security_schemes.contains_key(name);
        let mut planned = Vec::new();
        for alternative in alternatives {
            if alternative.keys().all(known) {
                let one = |(scheme, scopes): (&String, &Vec<String>)| Requirement {
                    scheme: scheme.clone(),
                    scopes: scopes.clone(),
                };
                planned.push(alternative.iter().map(one).collect());
            }
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
