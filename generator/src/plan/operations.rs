//! Operations: their modules, names and parameters.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::operation_names::wishes;
use super::schedule::Part;
use super::{Planner, docs, encodings, media_types, responses, service};
use crate::api::{
    Ident, Operation, Parameter, PathPiece, PropertyEncoding, Requirement, TypeKind, TypeRef, inner_key,
};
use crate::diagnostics::codes;
use crate::source::document::{self, Location, SchemaId, Style, Type};

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
            alternatives: Vec::new(),
            stream_flag: None,
            security: self.requirements(operation),
            servers: service::own_servers(operation, self.document),
            pagination: Vec::new(),
            modification: None,
            long_running: None,
            place: operation.place.clone(),
        };
        planned.body = self.body(operation, &owner);
        (planned.successes, planned.failures) = self.responses(operation, &owner);
        planned.alternatives = responses::alternatives(&planned.successes);
        if planned.streams() {
            planned.stream_flag = self.stream_flag(operation);
        }
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
        let planned = parameter.schema.filter(|_| self.is_written(parameter));
        let used = planned.map(|id| self.use_of(id, &inner_key(owner, &parameter.name), 0).into_expected());
        let as_form = self.as_form(parameter);
        let as_json = parameter.media_type.as_deref().is_some_and(media_types::is_json);
        let untyped = if as_json || as_form.is_some() { TypeRef::Json } else { TypeRef::String };
        let (ty, rules) = used.map_or((untyped, Vec::new()), |used| (used.ty, used.rules));
        if parameter.style == Style::DeepObject && !self.may_be_object(&ty, 0) {
            let message = format!("the parameter {:?} isn't an object", parameter.name);
            let help = "Use the style `form`, or `content` with a media type.";
            let place = parameter.place.child("style");
            self.diagnostics.report(&codes::DEEP_SCALAR, &place, message, help);
        }
        if as_form.is_some() && !self.may_be_object(&ty, 0) {
            let message =
                format!("the query {:?} is a form, but its schema isn't an object's", parameter.name);
            let help = "Declare an object with a property for each name in the query.";
            self.diagnostics.report(&codes::UNSENDABLE_FORM, &parameter.place, message, help);
        }
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
            as_json,
            as_form,
            ty,
            rules,
            default: schema
                .and_then(|schema| schema.default.as_deref().filter(|value| !value.is_null()).cloned()),
            place: parameter.place.clone(),
        }
    }

    /// How the properties of a whole query are written, if it is a form.
    fn as_form(&self, parameter: &document::Parameter) -> Option<Vec<PropertyEncoding>> {
        let media_type =
            parameter.media_type.as_deref().filter(|_| parameter.location == Location::Querystring);
        let is_form = media_types::essence(media_type?) == "application/x-www-form-urlencoded";
        is_form.then(|| encodings::of_form(&parameter.encoding))
    }

    /// Whether a value of the parameter's schema can be written: not in a media type that is neither JSON nor text.
    fn is_written(&mut self, parameter: &document::Parameter) -> bool {
        let Some(media_type) = &parameter.media_type else { return true };
        if media_types::is_json(media_type) || self.as_form(parameter).is_some() {
            return true;
        }
        let is_scalar = parameter.schema.is_none_or(|id| self.is_scalar(id));
        if !(is_scalar && media_types::essence(media_type).starts_with("text/")) {
            let message = format!("values of {media_type:?} aren't written; the parameter is text");
            let help = "Use `application/json`, or pass the text in this format.";
            let place = parameter.place.child("content").child(media_type);
            self.diagnostics.report(&codes::UNWRITTEN_MEDIA_TYPE, &place, message, help);
        }
        is_scalar
    }

    /// Whether all values of the schema are scalars, as far as its `type` says.
    fn is_scalar(&self, mut id: SchemaId) -> bool {
        let schemas = &self.document.schemas;
        while let Some(target) = schemas[id].reference {
            id = target;
        }
        let types = &schemas[id].types;
        !types.is_empty() && !types.iter().any(|ty| matches!(ty, Type::Object | Type::Array))
    }

    /// Whether a value of the type can be an object.
    fn may_be_object(&self, ty: &TypeRef, depth: usize) -> bool {
        // Unions can contain themselves.
        if depth > 16 {
            return true;
        }
        match ty {
            TypeRef::Named(name) => {
                let own = self.current.iter().find(|definition| definition.name == *name);
                let kind = own.map(|own| &own.kind).or_else(|| self.kinds.get(name.as_str()).copied());
                match kind {
                    Some(TypeKind::Alias(alias)) => self.may_be_object(&alias.ty, depth + 1),
                    Some(TypeKind::Enum(_)) => false,
                    Some(TypeKind::Union(union)) => {
                        union.variants.iter().any(|variant| self.may_be_object(&variant.ty, depth + 1))
                    }
                    Some(TypeKind::Object(_)) | None => true,
                }
            }
            TypeRef::Nullable(inner)
            | TypeRef::Inferred(inner)
            | TypeRef::Boxed(inner)
            | TypeRef::Secret(inner) => self.may_be_object(inner, depth + 1),
            TypeRef::Map(_) | TypeRef::Json | TypeRef::JsonObject => true,
            _ => false,
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
    let mut literal = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let name = after.split(['{', '}']).next().unwrap_or_default();
        let is_closed = after[name.len()..].starts_with('}');
        let is_it = |p: &&Parameter| p.location == Location::Path && p.wire == name;
        let index = parameters.iter().position(|p| is_closed && is_it(&p));
        literal.push_str(before);
        match index {
            Some(index) => {
                flush(&mut literal, &mut pieces);
                pieces.push(PathPiece::Parameter(index));
                rest = &after[name.len() + 1..];
            }
            // Braces without a parameter are text.
            None => {
                literal.push('{');
                rest = after;
            }
        }
    }
    literal.push_str(rest);
    flush(&mut literal, &mut pieces);
    pieces
}

fn flush(literal: &mut String, pieces: &mut Vec<PathPiece>) {
    if !literal.is_empty() {
        pieces.push(PathPiece::Literal(encoded(&std::mem::take(literal))));
    }
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
