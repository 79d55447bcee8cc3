//! Operations: where they stand, what they are called, and their parameters.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use super::schedule::Part;
use super::{Planner, docs, names};
use crate::api::{BodyContent, Operation, Parameter, PathPiece, Requirement, TypeRef};
use crate::source::document::{self, Location};

/// Modules of the generated crate, and crates it uses, that a group must not be called like.
const RESERVED_GROUPS: &[&str] = &[
    "models",
    "operations",
    "runtime",
    "document",
    "servers",
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "http",
    "bytes",
    "reqwest",
    "tokio",
    "regex",
    "base64",
    "percent_encoding",
];

/// Methods that every builder has.
const RESERVED_SETTERS: &[&str] =
    &["build", "parse", "send", "validate", "body", "write", "read", "clone", "encoding"];

/// An operation's modules and name.
type Position = (Vec<String>, String);

/// Where all operations stand.
pub(super) struct Positions {
    all: Vec<Position>,
    /// The groups, with what the builders of each would be called.
    builders: BTreeMap<Vec<String>, BTreeSet<String>>,
}

impl Positions {
    pub(super) fn new(operations: &[document::Operation]) -> Self {
        let all = positions(operations);
        let mut builders: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        for (group, name) in &all {
            builders.entry(group.clone()).or_default().insert(names::pascal(name));
        }
        Self { all, builders }
    }
}

impl Planner<'_> {
    /// Plans the operation at `index`.
    pub(super) fn operation(mut self, index: usize, positions: &Positions) -> (Operation, Part) {
        let operation = &self.document.operations[index];
        let (group, name) = &positions.all[index];
        let siblings = &positions.builders[group];
        let file = names::module(name);
        let mut below = group.clone();
        below.push(file.clone());
        let next = positions.builders.range(below.clone()..).next();
        let is_group = next.is_some_and(|(group, _)| group.starts_with(&below));
        let file = if is_group { format!("{file}_operation") } else { file };
        let type_name = self.builder_name(name, siblings);
        let mut owner: String = group.iter().map(|part| names::pascal(part)).collect();
        owner.push_str(&names::pascal(name));
        let parameters = self.parameters(operation, &owner);
        let mut planned = Operation {
            group: group.clone(),
            name: names::field(name),
            file,
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
            starts: None,
            successes: Vec::new(),
            failures: Vec::new(),
            security: self.requirements(operation),
            pagination: Vec::new(),
            modification: None,
            place: operation.place.clone(),
            type_name,
        };
        planned.body = self.body(operation, &planned.parameters, &owner);
        (planned.successes, planned.failures) = self.replies(operation, &owner);
        // The inline types of the operation are in scope where its enums are, which would hide them.
        let contents = planned.body.as_ref().map_or(&[][..], |body| &body.content);
        let hidden = |suffix: &str| self.names.is_taken(&format!("{}{suffix}", planned.type_name));
        let hidden_form = |content: &BodyContent| !content.files.is_empty() && hidden(&content.variant);
        if (contents.len() > 1 && hidden("Body"))
            || contents.iter().any(hidden_form)
            || (planned.successes.len() > 1 && hidden("Output"))
        {
            planned.type_name = self.builder_name(&format!("{name} operation"), siblings);
        }
        (planned, self.part(format!("{owner} types")))
    }

    /// The builder's name, which with its suffixes is no model's and, with one, no other builder's; and not its
    /// module's either: a name that begins with a digit has no case.
    fn builder_name(&self, name: &str, siblings: &BTreeSet<String>) -> String {
        let mut type_name = names::pascal(name);
        let taken = |type_name: &str, suffix: &str| {
            let whole = format!("{type_name}{suffix}");
            self.names.is_taken(&whole) || (!suffix.is_empty() && siblings.contains(&whole))
        };
        let suffixes = ["", "Error", "Output", "Body", "Headers", "With"];
        while type_name == names::module(name) || suffixes.iter().any(|suffix| taken(&type_name, suffix)) {
            type_name.push_str("Operation");
        }
        type_name
    }

    fn parameters(&mut self, operation: &document::Operation, owner: &str) -> Vec<Parameter> {
        let mut ordered: Vec<&document::Parameter> = operation.parameters.iter().collect();
        let position = |name: &str| operation.path.find(&format!("{{{name}}}"));
        ordered.sort_by_key(|parameter| match parameter.location {
            Location::Path => (0, position(&parameter.name)),
            _ if parameter.required => (1, None),
            _ => (2, None),
        });
        // A name alone tells parameters apart unless two locations share it.
        let plain: Vec<String> = ordered.iter().map(|parameter| names::snake(&parameter.name)).collect();
        let spelled: Vec<String> = ordered
            .iter()
            .zip(&plain)
            .map(|(parameter, name)| {
                let is_shared = plain.iter().filter(|other| *other == name).count() > 1;
                if is_shared && parameter.location != Location::Path {
                    format!("{} {:?}", parameter.name, parameter.location)
                } else {
                    parameter.name.clone()
                }
            })
            .collect();
        let fields = names::fields(spelled.iter().map(String::as_str));
        let pairs = ordered.into_iter().zip(fields);
        pairs.map(|(parameter, field)| self.parameter(parameter, unreserved(field), owner)).collect()
    }

    /// Plans a parameter or a header of a response.
    pub(super) fn parameter(
        &mut self,
        parameter: &document::Parameter,
        field: String,
        owner: &str,
    ) -> Parameter {
        let document = self.document;
        self.sides = super::Sides { request: true, response: false };
        let schema = parameter.schema.map(|id| &document.schemas[id]);
        let used = parameter
            .schema
            .map(|id| self.use_of(id, &format!("{owner}{}", names::pascal(&parameter.name)), 0));
        let (ty, rules) = used.map_or((TypeRef::String, Vec::new()), |used| (used.ty, used.rules));
        let described =
            parameter.description.as_deref().or(schema.and_then(|schema| schema.description.as_deref()));
        Parameter {
            wire: parameter.name.clone(),
            field,
            docs: docs::docs(None, described),
            deprecated: parameter.deprecated || self.has_deprecating_extension(&parameter.extensions),
            required: parameter.required,
            location: parameter.location,
            style: parameter.style,
            explode: parameter.explode,
            allow_reserved: parameter.allow_reserved,
            as_json: parameter.media_type.as_deref().is_some_and(super::bodies::is_json),
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

/// A setter's or argument's name that is no method of every builder.
pub(super) fn unreserved(field: String) -> String {
    if RESERVED_SETTERS.contains(&field.as_str()) { format!("{field}_") } else { field }
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

/// Where each operation stands. Two that would stand at one place are told apart by method and path, and by a
/// hash of these if they differ in signs alone.
fn positions(operations: &[document::Operation]) -> Vec<Position> {
    let mut found: Vec<Position> = operations.iter().map(position).collect();
    for hashed in [false, true] {
        let keys = |(group, name): &Position| (group.clone(), names::pascal(name).to_lowercase());
        let keys: Vec<(Vec<String>, String)> = found.iter().map(keys).collect();
        let mut count: BTreeMap<&(Vec<String>, String), usize> = BTreeMap::new();
        for key in &keys {
            *count.entry(key).or_default() += 1;
        }
        for ((position, operation), key) in found.iter_mut().zip(operations).zip(&keys) {
            if count[key] > 1 {
                let more = if hashed {
                    names::hash(&format!("{} {}", operation.method, operation.path))
                } else {
                    method_and_path(operation)
                };
                position.1 = format!("{} {more}", position.1);
            }
        }
    }
    found
}

fn position(operation: &document::Operation) -> Position {
    let extension = |name: &str| operation.extensions.get(name);
    let words = |value: &Value| match value {
        Value::String(word) => vec![word.clone()],
        Value::Array(words) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let mut group = extension("x-operation-group").map(words).unwrap_or_default();
    let name = extension("x-operation-name").and_then(Value::as_str).map(str::to_owned);
    let name = match (name, &operation.operation_id) {
        (Some(name), _) if !name.is_empty() => name,
        (_, Some(id)) if !id.is_empty() => {
            let slash =
                id.rsplit_once(['/', '.']).filter(|(prefix, rest)| !prefix.is_empty() && !rest.is_empty());
            match slash {
                Some((prefix, rest)) => {
                    if group.is_empty() {
                        group = prefix
                            .split(['/', '.'])
                            .filter(|part| !part.is_empty())
                            .map(str::to_owned)
                            .collect();
                    }
                    rest.to_owned()
                }
                None => id.clone(),
            }
        }
        _ => method_and_path(operation),
    };
    if group.is_empty() {
        group.extend(operation.tags.first().cloned());
    }
    let mut group: Vec<String> = group.iter().map(|part| names::module(part)).collect();
    if let Some(first) = group.first_mut()
        && RESERVED_GROUPS.contains(&first.as_str())
    {
        first.push('_');
    }
    (group, name)
}

fn method_and_path(operation: &document::Operation) -> String {
    let path = operation.path.replace('{', "by ").replace(['}', '/'], " ");
    format!("{} {path}", operation.method.to_lowercase())
}
