//! The single changes that are judged: edits of real documents, drawn and hand-picked, and the examples of the
//! rules that none of them meets.

use fastrand::Rng;
use openapi_generator::diff::Direction;
use openapi_generator::diff::rules::{Frame, Rule};
use openapi_generator::settings::Settings;
use openapi_generator::source;
use serde_json::{Map, Value, json};

use crate::Failure;
use crate::edits::{self, Real};

/// A document before and after a single change.
pub struct Change {
    /// The document and the change, for people.
    pub name: String,
    pub old: Value,
    pub new: Value,
    pub old_settings: Settings,
    pub new_settings: Settings,
}

/// Edits that matter to our callers: the kind, the path whose operations are generated, and the place.
const PICKED: &[(&str, &str, &str)] = &[
    ("property renamed", "/connections/{id}", "/components/schemas/UpdateConnectionRequestContent"),
    ("property made required", "/connections/{id}", "/components/schemas/UpdateConnectionRequestContent"),
    ("property added", "/connections/{id}", "/components/schemas/GetConnectionResponseContent"),
    ("enum value added", "/connections", "/components/schemas/ConnectionIdentityProviderEnum"),
    ("enum value removed", "/connections", "/components/schemas/ConnectionIdentityProviderEnum"),
    ("operation deprecated", "/connections/{id}", "/paths/~1connections~1{id}/get"),
    ("operation removed", "/connections/{id}", "/paths/~1connections~1{id}"),
    ("required parameter added", "/connections", "/paths/~1connections/get"),
    ("parameter removed", "/connections", "/paths/~1connections/get"),
    ("failure added", "/connections", "/paths/~1connections/get"),
    ("failure removed", "/connections", "/paths/~1connections/get"),
    ("body removed", "/connections", "/paths/~1connections/post"),
];

/// The hand-picked changes that can still be made, and what can't.
pub fn picked(documents: &[Real]) -> (Vec<Change>, Vec<String>) {
    let Some(ours) = documents.first() else { return (Vec::new(), Vec::new()) };
    let (mut changes, mut stale) = (Vec::new(), Vec::new());
    for (kind, path, place) in PICKED {
        let part = edits::part(&ours.document, |other| other == *path);
        let known = edits::kinds().find(|known| known.name == *kind);
        // Of several properties or values some can't be edited so.
        let mut edit = |seed| edits::edit_at(&part, known?, place, &mut Rng::with_seed(seed));
        match (0..50).find_map(&mut edit) {
            Some(edit) => changes.push(change(ours, part.clone(), edit)),
            None => stale.push(format!("{kind} at {place}")),
        }
    }
    (changes, stale)
}

/// Draws an edit of `kind` in a part of one of the documents: a path and what it reaches, so that a crate compiles
/// in a second.
pub fn draw(documents: &[Real], kind: &edits::Kind, rng: &mut Rng) -> Option<Change> {
    const TRIES: usize = 200;
    (0..TRIES).find_map(|_| {
        let real = rng.choice(documents)?;
        let paths: Vec<&String> = real.document.get("paths")?.as_object()?.keys().collect();
        let path = (*rng.choice(&paths)?).clone();
        let part = edits::part(&real.document, |other| *other == path);
        if part.to_string().len() > MOST_BYTES {
            return None;
        }
        let edit = edits::draw(&part, kind, rng)?;
        Some(change(real, part, edit))
    })
}

/// Parts with more than this take too long to compile a hundred times.
const MOST_BYTES: usize = 120_000;

fn change(real: &Real, part: Value, edit: edits::Edit) -> Change {
    let what = if edit.what.is_empty() { String::new() } else { format!(" ({})", edit.what) };
    Change {
        name: format!("{} {}: {}{what}", real.name, edit.place, edit.kind),
        old: part,
        new: edit.document,
        old_settings: real.settings.clone(),
        new_settings: real.settings.clone(),
    }
}

/// The example of a rule, as whole documents.
///
/// # Errors
/// The fragments aren't YAML.
pub fn example(rule: &Rule) -> Result<Change, Failure> {
    let example = &rule.kind().example;
    let settings = |text| match example.frame {
        Frame::Settings => Settings::parse(text).map_err(Failure::Usage),
        _ => Ok(Settings::default()),
    };
    Ok(Change {
        name: format!("the example of {}", rule.id()),
        old: framed(rule, example.old)?,
        new: framed(rule, example.new)?,
        old_settings: settings(example.old)?,
        new_settings: settings(example.new)?,
    })
}

/// How many operations a document must have to have cargo features, less one.
const NEARLY_LARGE: usize = 63;

fn framed(rule: &Rule, fragment: &str) -> Result<Value, Failure> {
    let fragment = source::value(fragment.as_bytes()).map_err(Failure::Usage)?;
    let content = |schema: Value| json!({ "content": { "application/json": { "schema": schema } } });
    let with = |members: Value| {
        let mut document = json!({ "openapi": "3.1.0", "info": { "title": "Things", "version": "1" }, "paths": {} });
        for (name, value) in members.as_object().into_iter().flatten() {
            document[name] = value.clone();
        }
        document
    };
    let done = json!({ "204": { "description": "Done." } });
    let thing = || content(json!({ "$ref": "#/components/schemas/Thing" }));
    let answer = |mut response: Value| {
        response["description"] = json!("The thing.");
        json!({ "200": response })
    };
    let schemas = json!({ "schemas": { "Thing": fragment } });
    Ok(match rule.kind().example.frame {
        Frame::Schema if rule.direction() == Some(Direction::Response) => with(json!({
            "paths": { "/things": { "get": { "operationId": "show", "responses": answer(thing()) } } },
            "components": schemas,
        })),
        Frame::Schema => with(json!({
            "paths": { "/things": { "post": { "operationId": "make", "requestBody": required(thing()), "responses": done } } },
            "components": schemas,
        })),
        Frame::BothWays => with(json!({
            "paths": { "/things": { "post": {
                "operationId": "make", "requestBody": required(thing()), "responses": answer(thing()) } } },
            "components": schemas,
        })),
        Frame::ResponseSchema => with(json!({
            "paths": { "/things": { "get": { "operationId": "show", "responses": answer(content(fragment)) } } },
        })),
        Frame::Operation => {
            let mut operation = json!({ "operationId": "change", "responses": done });
            for (name, value) in fragment.as_object().into_iter().flatten() {
                operation[name] = value.clone();
            }
            with(json!({ "paths": { "/things/{id}": {
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "post": operation,
            } } }))
        }
        Frame::Document => with(fragment),
        Frame::Settings => with(json!({
            "paths": { "/things": { "get": { "operationId": "show", "responses": done } } },
        })),
        Frame::Large => {
            let mut paths = Map::new();
            for index in 0..NEARLY_LARGE {
                let group = if index % 2 == 0 { "a" } else { "b" };
                let operation = json!({ "operationId": format!("{group}_{index}"), "tags": [group], "responses": done });
                paths.insert(format!("/{group}/{index}"), json!({ "get": operation }));
            }
            paths.extend(fragment.as_object().cloned().unwrap_or_default());
            with(json!({ "paths": paths }))
        }
    })
}

fn required(mut body: Value) -> Value {
    body["required"] = json!(true);
    body
}
