//! A rewritten value, with where it comes from.

use serde_json::{Map, Value};

use crate::source::at::At;
use crate::text::{Origin, Place};

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub value: Value,
    pub origin: Origin,
}

impl Node {
    /// The value of `at`, unchanged.
    pub(super) fn kept(at: &At<'_>) -> Self {
        Self::made(at.value.clone(), &at.place)
    }

    /// A `value` that what is at `place` gives.
    pub(super) fn made(value: impl Into<Value>, place: &Place) -> Self {
        Self { value: value.into(), origin: Origin::at(place.clone()) }
    }

    /// An array of `items`, which what is at `place` gives.
    pub(super) fn list(items: Vec<Self>, place: &Place) -> Self {
        let mut origin = Origin::at(place.clone());
        let mut values = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            *origin.child(&index.to_string()) = item.origin;
            values.push(item.value);
        }
        Self { value: values.into(), origin }
    }
}

/// An object that is being written.
#[derive(Clone, Debug)]
pub(super) struct Object {
    members: Map<String, Value>,
    origin: Origin,
}

impl Object {
    /// One that what is at `place` gives.
    pub(super) fn from(place: &Place) -> Self {
        Self { members: Map::new(), origin: Origin::at(place.clone()) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(super) fn put(&mut self, name: &str, node: Node) {
        *self.origin.child(name) = node.origin;
        self.members.insert(name.to_owned(), node.value);
    }

    /// Puts the members of `node`, an object that what is at the same place gives.
    pub(super) fn join(&mut self, node: Node) {
        if let Value::Object(members) = node.value {
            self.members.extend(members);
        }
        self.origin.join(node.origin);
    }

    /// Puts the members of `at` that are `wanted`, unchanged.
    pub(super) fn keep(&mut self, at: &At<'_>, wanted: impl Fn(&str) -> bool) {
        for (name, member) in at.members().filter(|(name, _)| wanted(name)) {
            self.put(name, Node::kept(&member));
        }
    }
}

impl From<Object> for Node {
    fn from(object: Object) -> Self {
        Self { value: Value::Object(object.members), origin: object.origin }
    }
}

/// The object at `at` with each member rewritten; unchanged if it isn't an object.
pub(super) fn each<'a>(at: &At<'a>, mut rewrite: impl FnMut(&str, At<'a>) -> Node) -> Node {
    if !at.value.is_object() {
        return Node::kept(at);
    }
    let mut object = Object::from(&at.place);
    for (name, member) in at.members() {
        object.put(name, rewrite(name, member));
    }
    object.into()
}
