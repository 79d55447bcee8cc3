//! Single, realistic edits of a real document. Each records its kind and its place.

mod bodies;
pub mod bundle;
mod documents;
mod generated;
mod objects;
mod operations;
mod parameters;
mod places;
mod schemas;
mod service;
mod unions;

use fastrand::Rng;
use openapi_generator::diagnostics::escape;
use serde_json::{Map, Value};

pub use documents::{Real, part, real_documents};
pub use generated::{Generated, generate};
use places::{Role, sites};

/// A document after one edit.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The kind's name, e.g. `property removed`.
    pub kind: &'static str,
    /// JSON Pointers to what was edited, such as a schema or an operation, before and after.
    pub place: String,
    /// The edited part of it, e.g. the property's name; may be empty.
    pub what: String,
    /// The whole document after the edit.
    pub document: Value,
}

impl Edit {
    /// The location of the edit: the place and, within it, the property concerned.
    pub fn places(&self, before: &Value) -> Vec<String> {
        let property = format!("{}/properties/{}", self.place, escape(&self.what));
        let is_there = [before, &self.document].iter().any(|side| side.pointer(&property).is_some());
        let mut places = vec![self.place.clone()];
        places.extend(is_there.then_some(property));
        places
    }
}

/// A kind of edit.
pub struct Kind {
    /// The name of the kind.
    pub name: &'static str,
    /// The kind of place that it edits.
    at: Role,
    /// Makes the edit and returns the part of the node that it concerns. If the edit can't be made, returns
    /// `None` and changes nothing.
    make: fn(&mut Here<'_>) -> Option<String>,
}

/// A node to edit.
struct Here<'a> {
    node: &'a mut Value,
    /// The document before the edit.
    document: &'a Value,
    /// The pointer to the node.
    pointer: &'a str,
    rng: &'a mut Rng,
}

impl Here<'_> {
    /// Whether the document is OpenAPI 3.1, in which null is a type.
    fn has_null_type(&self) -> bool {
        self.document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1"))
    }

    /// A random key of the object at `member`.
    fn key_of(&mut self, member: &str) -> Option<String> {
        let keys: Vec<&String> = self.node.get(member)?.as_object()?.keys().collect();
        self.rng.choice(keys).cloned()
    }

    /// A random index into the list at `member`.
    fn index_of(&mut self, member: &str) -> Option<usize> {
        let length = self.node.get(member)?.as_array()?.len();
        (length > 0).then(|| self.rng.usize(0..length))
    }

    /// Sets `member`; `None` if it already had that value.
    fn set(&mut self, member: &str, value: impl Into<Value>) -> Option<()> {
        let (object, value) = (self.node.as_object_mut()?, value.into());
        if object.get(member) == Some(&value) {
            return None;
        }
        object.insert(member.to_owned(), value);
        Some(())
    }

    /// Removes `member`; `None` if it is missing.
    fn remove(&mut self, member: &str) -> Option<Value> {
        self.node.as_object_mut()?.shift_remove(member)
    }
}

/// All kinds of edits.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        objects::KINDS,
        schemas::KINDS,
        unions::KINDS,
        operations::KINDS,
        parameters::KINDS,
        bodies::KINDS,
        service::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// An edit of this kind at a random place; `None` if the document has no place for it.
pub fn draw(document: &Value, kind: &Kind, rng: &mut Rng) -> Option<Edit> {
    let mut places = sites(document);
    places.retain(|(_, role)| *role == kind.at);
    rng.shuffle(&mut places);
    places.iter().find_map(|(pointer, _)| edit_at(document, kind, pointer, rng))
}

/// An edit of a random place, of a random kind that fits it; `None` if there is none. Each path, operation,
/// parameter, response, schema and property is equally likely.
pub fn draw_any(document: &Value, rng: &mut Rng) -> Option<Edit> {
    let mut places = weighed(document);
    rng.shuffle(&mut places);
    places.iter().find_map(|(pointer, role)| {
        let mut fitting: Vec<&Kind> = kinds().filter(|kind| kind.at == *role).collect();
        rng.shuffle(&mut fitting);
        fitting.iter().find_map(|kind| edit_at(document, kind, pointer, rng))
    })
}

/// The number of places in the document that can be edited.
pub fn size(document: &Value) -> usize {
    weighed(document).len()
}

/// The places; an object is repeated for each of its properties, which are edited through it.
fn weighed(document: &Value) -> Vec<(String, Role)> {
    let properties = |pointer: &str| document.pointer(pointer)?.get("properties")?.as_object().map(Map::len);
    let times = |(pointer, role): (String, Role)| {
        let count = 1 + if role == Role::Schema { properties(&pointer).unwrap_or(0) } else { 0 };
        std::iter::repeat_n((pointer, role), count)
    };
    sites(document).into_iter().flat_map(times).collect()
}

/// The number of references to the component that contains `place`, or of operations that share the path's
/// parameter that contains it; 1 for anything else.
pub fn uses(document: &Value, place: &str) -> usize {
    let tokens: Vec<&str> = place.split('/').collect();
    match tokens[..] {
        ["", "components", section, name, ..] => {
            count_references(document, &format!("#/components/{section}/{name}"))
        }
        ["", "paths", path, "parameters", ..] => {
            let item = document.pointer(&format!("/paths/{path}")).and_then(Value::as_object);
            item.into_iter().flatten().filter(|(_, node)| node.get("responses").is_some()).count()
        }
        _ => 1,
    }
}

fn count_references(node: &Value, reference: &str) -> usize {
    match node {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str) == Some(reference);
            usize::from(own) + members.values().map(|value| count_references(value, reference)).sum::<usize>()
        }
        Value::Array(items) => items.iter().map(|item| count_references(item, reference)).sum(),
        _ => 0,
    }
}

/// An edit of this kind of the node at `pointer`.
pub fn edit_at(document: &Value, kind: &Kind, pointer: &str, rng: &mut Rng) -> Option<Edit> {
    let mut node = document.pointer(pointer)?.clone();
    let what = (kind.make)(&mut Here { node: &mut node, document, pointer, rng })?;
    let mut edited = document.clone();
    *edited.pointer_mut(pointer)? = node;
    Some(Edit { kind: kind.name, place: pointer.to_owned(), what, document: edited })
}

/// The same document with the members of its objects in another order. Members whose order has a meaning (a
/// schema's properties, the contents of examples) keep theirs.
pub fn reordered(document: &Value, rng: &mut Rng) -> Value {
    let mut edited = document.clone();
    for (pointer, role) in std::iter::once((String::new(), Role::Root)).chain(sites(document)) {
        if let Some(Value::Object(members)) = edited.pointer_mut(&pointer) {
            shuffle(members, rng);
        }
        // Schemas, responses and the like have no order, whatever contains them.
        let maps: &[&str] = match role {
            Role::Root => &["paths", "components", "info"],
            Role::Operation => &["responses"],
            _ => &[],
        };
        for map in maps {
            if let Some(Value::Object(members)) = edited.pointer_mut(&format!("{pointer}/{map}")) {
                shuffle(members, rng);
            }
        }
    }
    for section in ["schemas", "parameters", "responses", "requestBodies", "headers", "securitySchemes"] {
        if let Some(Value::Object(members)) = edited.pointer_mut(&format!("/components/{section}")) {
            shuffle(members, rng);
        }
    }
    edited
}

fn shuffle(members: &mut Map<String, Value>, rng: &mut Rng) {
    let mut all: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
    rng.shuffle(&mut all);
    members.extend(all);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_can_be_drawn_and_changes_one_place() {
        let documents = real_documents(&mut Vec::new());
        let mut missing: Vec<&str> = Vec::new();
        for kind in kinds() {
            let mut rng = Rng::with_seed(1);
            let edit = documents.iter().find_map(|real| Some((real, draw(&real.document, kind, &mut rng)?)));
            match edit {
                Some((real, edit)) => {
                    assert_ne!(edit.document, real.document, "{}", kind.name);
                    let mut back = edit.document;
                    let node = real.document.pointer(&edit.place).cloned().unwrap_or_default();
                    *back.pointer_mut(&edit.place).unwrap() = node;
                    assert_eq!(back, real.document, "{} changes more than {}", kind.name, edit.place);
                }
                None => missing.push(kind.name),
            }
        }
        // If third-party documents are missing, a few kinds have no place.
        assert!(missing.is_empty() || documents.len() == 1, "no place for {missing:?}");
        assert!(missing.len() < 8, "no place for {missing:?}");
    }

    #[test]
    fn another_order_is_the_same_document() {
        for real in real_documents(&mut Vec::new()) {
            let reordered = reordered(&real.document, &mut Rng::with_seed(7));
            assert_eq!(reordered, real.document);
            assert_ne!(reordered.to_string(), real.document.to_string());
        }
    }
}
