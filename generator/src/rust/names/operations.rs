//! The names of operations, their modules, parameters and bodies.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::casing::{field, hash, module, pascal, snake};
use super::reserved::RESERVED_GROUPS;
use super::table::{self, Case, Scope, Wanted};
use super::types::Types;
use crate::api::{
    Api, Body, BodyContent, BodyEncoding, Ident, Location, Operation, Parameter, Response, Wish,
};

/// The suffixes of the types beside a builder.
const SUFFIXES: [&str; 6] = ["", "Error", "Output", "Body", "Headers", "With"];

/// An operation's modules, and the words of its name in them.
pub(super) type Position = (Vec<String>, String);

/// The modules and names of all operations, in the order of [`Api::operations`].
pub(super) struct Positions {
    all: Vec<Position>,
    /// The groups, with the names that their builders wish for.
    builders: BTreeMap<Vec<String>, BTreeSet<String>>,
}

impl Positions {
    pub(super) fn new(operations: &[Operation]) -> Self {
        Self::of(positions(operations))
    }

    /// Those that are given, in the order of [`Api::operations`].
    pub(super) fn of(all: Vec<Position>) -> Self {
        let mut builders: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        for (group, name) in &all {
            builders.entry(group.clone()).or_default().insert(pascal(name));
        }
        Self { all, builders }
    }

    /// All, in the order of [`Api::operations`].
    pub(super) fn all(&self) -> &[Position] {
        &self.all
    }

    /// The start of the names of each operation's inline types, by the operation's key.
    pub(super) fn owners<'a>(&self, operations: &'a [Operation]) -> HashMap<&'a str, String> {
        let owner = |(operation, (group, name)): (&'a Operation, &Position)| {
            let words = group.iter().chain([name]).map(|word| pascal(word));
            (operation.types_key.as_str(), words.collect())
        };
        operations.iter().zip(&self.all).map(owner).collect()
    }

    /// Whether a group of operations has the path of the operation's own module.
    fn is_group(&self, group: &[String], file: &str) -> bool {
        let below = [group, &[file.to_owned()]].concat();
        let next = self.builders.range(below.clone()..).next();
        next.is_some_and(|(group, _)| group.starts_with(&below))
    }
}

/// Settles the names of the operations of `api`.
pub(super) fn settle(api: &mut Api, positions: &Positions, types: &Types) {
    api.operations.par_iter_mut().zip(&positions.all).for_each(|(operation, (group, name))| {
        let file = module(name);
        let file = if positions.is_group(group, &file) {
            format!("{}_operation", file.trim_end_matches('_'))
        } else {
            file
        };
        operation.file = table::unique(&file);
        operation.group = group.iter().map(|part| table::unique(part)).collect();
        operation.name = table::unique(&field(name));
        let methods = Scope::of_methods(operation);
        parameters(&mut operation.parameters, methods);
        let responses = operation.successes.iter_mut().chain(&mut operation.failures);
        responses.for_each(headers);
        operation.body.iter_mut().for_each(body);
        alternatives(operation);
    });
    let mut settled: BTreeSet<(&[String], Ident)> = BTreeSet::new();
    for (operation, (group, name)) in api.operations.iter_mut().zip(&positions.all) {
        let wishes = &positions.builders[group];
        let is_siblings =
            |name: &str| wishes.contains(name) || settled.contains(&(&group[..], table::unique(name)));
        operation.type_name = builder(operation, name, is_siblings, types);
        settled.insert((group, operation.type_name.clone()));
    }
    api.operations.sort_by(|a, b| (&a.group, &a.name).cmp(&(&b.group, &b.name)));
}

/// The builder's name. With its suffixes it is no type's and no other builder's; and not its module's either: a name that
/// begins with a digit has no case.
fn builder(operation: &Operation, name: &str, is_siblings: impl Fn(&str) -> bool, types: &Types) -> Ident {
    let own = pascal(name);
    let mut type_name = own.clone();
    if let Some(bare) = type_name.strip_suffix('_') {
        // What lets `Self_` stand alone has no place in front of a suffix.
        type_name = format!("{bare}Operation");
    }
    let is_hidden = |type_name: &str| {
        // The operation's own inline types are in scope where its enums are, which would hide them.
        own_types(operation).iter().any(|suffix| types.is_taken(&format!("{type_name}{suffix}")))
    };
    let is_taken = |type_name: &str, suffix: &str| {
        let whole = format!("{type_name}{suffix}");
        types.is_taken_outside(&whole, &operation.types_key) || (whole != own && is_siblings(&whole))
    };
    let words = operation.alternatives.iter().map(|alternative| alternative.word.as_str());
    let outputs: Vec<String> = words.clone().map(|word| format!("{word}Output")).collect();
    let suffixes: Vec<&str> =
        SUFFIXES.into_iter().chain(words).chain(outputs.iter().map(String::as_str)).collect();
    while type_name == module(name)
        || is_hidden(&type_name)
        || suffixes.iter().any(|suffix| is_taken(&type_name, suffix))
    {
        type_name.push_str("Operation");
    }
    table::unique(&type_name)
}

/// Names the media types that responses can be asked for, each by its own name alone.
fn alternatives(operation: &mut Operation) {
    let forms = operation.body.iter().flat_map(|body| &body.content);
    let taken = forms.map(|content| content.variant.as_str()).chain(SUFFIXES);
    let mut scope = Scope::with(taken);
    for alternative in &mut operation.alternatives {
        let [word, whole] =
            [media_word(&alternative.media_type), alternative.media_type.clone()].map(|word| pascal(&word));
        alternative.word = scope.take(&[word, whole], Case::Pascal, &alternative.media_type);
    }
}

/// What a media type is called: as people do, or else by its subtype.
fn media_word(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let word = match (kind, subtype) {
        ("text", "plain") => "text",
        ("text", "event-stream") => "events",
        ("application", "octet-stream") => "bytes",
        ("*", _) => "any",
        (kind, "*") => kind,
        (_, "x-ndjson") => "ndjson",
        (_, "x-jsonlines" | "jsonlines") => "jsonl",
        (_, subtype) => subtype.strip_prefix("x-").or(subtype.strip_prefix("vnd.")).unwrap_or(subtype),
    };
    word.to_owned()
}

/// The suffixes of the types that the operation may have beside its builder.
fn own_types(operation: &Operation) -> Vec<&str> {
    let contents = operation.body.as_ref().map_or(&[][..], |body| &body.content);
    let mut endings = vec![""];
    if contents.len() > 1 {
        endings.push("Body");
    }
    if operation.successes.len() > 1 {
        endings.push("Output");
    }
    let forms = contents.iter().filter(|content| !content.files.is_empty());
    endings.extend(forms.map(|content| content.variant.as_str()));
    endings.extend(operation.alternatives.iter().map(|alternative| alternative.word.as_str()));
    endings
}

/// Parameters are distinguished by name, and by location if two locations share one.
fn parameters(parameters: &mut [Parameter], mut methods: Scope) {
    let plain: Vec<String> = parameters.iter().map(|parameter| snake(&parameter.wire)).collect();
    let words = parameters.iter().zip(&plain).map(|(parameter, name)| {
        let is_shared = plain.iter().filter(|other| *other == name).count() > 1;
        if is_shared && parameter.location != Location::Path {
            format!("{} {:?}", parameter.wire, parameter.location)
        } else {
            parameter.wire.clone()
        }
    });
    let words: Vec<String> = words.collect();
    let wanted: Vec<Wanted<'_>> =
        parameters.iter().zip(&words).map(|(parameter, words)| Wanted::of(&parameter.field, words)).collect();
    let fields = methods.take_wanted(&wanted, Case::Snake);
    for (parameter, field) in parameters.iter_mut().zip(fields) {
        parameter.field = field;
    }
}

fn headers(response: &mut Response) {
    let wires = response.headers.iter().map(|header| header.wire.as_str());
    let fields = Scope::default().take_all(wires, Case::Snake);
    for (header, field) in response.headers.iter_mut().zip(fields) {
        header.field = field;
    }
}

/// Names the variants of the media types, by the encoding if that distinguishes them.
fn body(body: &mut Body) {
    let word = |content: &BodyContent| match content.encoding {
        BodyEncoding::Json => "json",
        BodyEncoding::Multipart(_) | BodyEncoding::Parts(..) => "multipart",
        BodyEncoding::Form(_) => "form",
        BodyEncoding::Items(_) => "items",
        BodyEncoding::Xml => "xml",
        BodyEncoding::Text => "text",
        BodyEncoding::Bytes => "bytes",
    };
    let contents = &mut body.content;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for own in contents.iter() {
        *counts.entry(word(own)).or_default() += 1;
    }
    let words = contents.iter().map(|own| match counts[word(own)] {
        1 => word(own),
        _ => own.media_type.as_str(),
    });
    let variants = Scope::default().take_all(words, Case::Pascal);
    for (content, variant) in contents.iter_mut().zip(variants) {
        content.variant = variant;
    }
}

/// The modules and name of each operation. Operations with the same ones are distinguished by method and path, and by a
/// hash of these if they differ only in signs, and at last by their servers.
fn positions(operations: &[Operation]) -> Vec<Position> {
    let mut found: Vec<Position> = operations.par_iter().map(position).collect();
    leave_out_modules(&mut found, operations);
    for round in 0..3 {
        let keys = |(group, name): &Position| (group.clone(), pascal(name).to_lowercase());
        let keys: Vec<(Vec<String>, String)> = found.par_iter().map(keys).collect();
        let mut count: BTreeMap<&(Vec<String>, String), usize> = BTreeMap::new();
        for key in &keys {
            *count.entry(key).or_default() += 1;
        }
        for ((position, operation), key) in found.iter_mut().zip(operations).zip(&keys) {
            if count[key] > 1 {
                let more = match round {
                    0 => method_and_path(operation),
                    1 => hash(&format!("{} {}", operation.method, operation.path)),
                    // Several documents can have the same request on different servers.
                    _ => hash(operation.servers.first().map_or("", |server| &server.url)),
                };
                position.1 = format!("{} {more}", position.1);
            }
        }
    }
    found
}

/// A name needn't repeat its module: `databases_list` in `databases` is `list`, unless another operation is. What the
/// document or the settings name on their own stays.
fn leave_out_modules(found: &mut [Position], operations: &[Operation]) {
    let shorter = found.par_iter().zip(operations).map(|((group, name), operation)| {
        let module = group.last().filter(|_| matches!(operation.wish, Wish::Suggested(_)))?;
        let rest = snake(name).strip_prefix(module.trim_end_matches('_'))?.strip_prefix('_')?.to_owned();
        rest.starts_with(char::is_alphabetic).then_some((group.clone(), rest))
    });
    let shorter: Vec<Option<Position>> = shorter.collect();
    let mut count: BTreeMap<Position, usize> = BTreeMap::new();
    for (group, name) in found.iter().chain(shorter.iter().flatten()) {
        *count.entry((group.clone(), snake(name))).or_default() += 1;
    }
    for (position, shorter) in found.iter_mut().zip(shorter) {
        if let Some(shorter) = shorter.filter(|shorter| count[shorter] == 1) {
            *position = shorter;
        }
    }
}

fn position(operation: &Operation) -> Position {
    let mut group: Vec<String> = operation.group_words.iter().map(|part| module(part)).collect();
    if let Some(first) = group.first_mut()
        && RESERVED_GROUPS.contains(&first.as_str())
    {
        first.push('_');
    }
    let name = match &operation.wish {
        Wish::Required(words) | Wish::Suggested(words) => words.clone(),
        Wish::Unknown(_) => method_and_path(operation),
    };
    (group, name)
}

fn method_and_path(operation: &Operation) -> String {
    let path = operation.path.replace('{', "by ").replace(['}', '/'], " ");
    format!("{} {path}", operation.method.to_lowercase())
}
