//! Parameters: those that become parameters, and those that become bodies.

use serde_json::{Map, Value};

use super::node::{Node, Object};
use super::schemas::keywords;
use super::upgrade::{Kind, Upgrade};
use crate::diagnostics::codes;
use crate::source::at::At;
use crate::text::Place;

/// The members of a parameter that describe its value, and so go to its schema.
const OF_VALUE: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
];

/// Whether the member `name` of a parameter, an item or a header describes its value.
pub(super) fn is_of_value(name: &str) -> bool {
    OF_VALUE.contains(&name) || name.starts_with("x-enum")
}

/// The parameters of an operation or a path item that become its body.
#[derive(Default)]
pub(super) struct Sorted<'a> {
    /// The body, and the reference to it if it is behind one.
    pub bodies: Vec<(At<'a>, Option<At<'a>>)>,
    /// The parts of a form.
    pub parts: Vec<At<'a>>,
}

impl Sorted<'_> {
    fn names(&self) -> impl Iterator<Item = &Value> {
        self.parts.iter().filter_map(|part| part.value_of("name"))
    }
}

impl<'a> Sorted<'a> {
    /// Adds those of the path item that the operation doesn't override.
    pub(super) fn inherit(&mut self, shared: &Sorted<'a>) {
        if self.bodies.is_empty() && self.parts.is_empty() {
            self.bodies.clone_from(&shared.bodies);
        }
        if self.bodies.is_empty() {
            let new: Vec<At<'a>> = shared
                .parts
                .iter()
                .filter(|part| part.value_of("name").is_none_or(|name| !self.names().any(|own| own == name)))
                .cloned()
                .collect();
            self.parts.extend(new);
        }
    }
}

impl<'f> Upgrade<'f> {
    /// The parameters of `at` that become a body.
    pub(super) fn sorted<'a>(&mut self, at: &At<'a>) -> Sorted<'a>
    where
        'f: 'a,
    {
        let mut sorted = Sorted::default();
        for item in at.get("parameters").iter().flat_map(At::items) {
            let (target, reference) = match self.beyond(&item) {
                Some(target) => (target, Some(item)),
                None => (item, None),
            };
            match target.value_of("in").and_then(Value::as_str) {
                Some("body") => sorted.bodies.push((target, reference)),
                Some("formData") => sorted.parts.push(target),
                _ => {}
            }
        }
        sorted
    }

    /// What `at` refers to, if it is a reference; a chain is followed for a few steps.
    fn beyond<'a>(&self, at: &At<'a>) -> Option<At<'a>>
    where
        'f: 'a,
    {
        let mut found = None;
        let mut current = at.clone();
        for _ in 0..8 {
            let Some(text) = current.value_of("$ref").and_then(Value::as_str) else { break };
            let place = self.files.resolve(&current.place, text);
            current = At { value: self.files.get(&place)?, place };
            found = Some(current.clone());
        }
        found
    }

    /// The list `at` of parameters without those that are `sorted` out. Elements move, so each has its own origin.
    pub(super) fn parameters(&mut self, at: &At<'_>, sorted: &Sorted<'_>) -> Node {
        if !at.value.is_array() {
            return Node::kept(at);
        }
        let is_out = |item: &At<'_>| {
            let references = sorted.bodies.iter().filter_map(|(_, reference)| reference.as_ref());
            let own = sorted.bodies.iter().map(|(body, _)| body);
            references.chain(own).chain(&sorted.parts).any(|other| other.place == item.place)
        };
        let mut nodes = Vec::new();
        for item in at.items().filter(|item| !is_out(item)) {
            let target = self.beyond(&item);
            let place = target.as_ref().map(|target| target.value_of("in").and_then(Value::as_str));
            if place.is_some_and(|place| place == Some("formData")) {
                continue;
            }
            nodes.push(self.parameter(&item));
        }
        Node::list(nodes, &at.place)
    }

    /// The parameter at `at`, which isn't a body.
    pub(super) fn parameter(&mut self, at: &At<'_>) -> Node {
        if let Some(reference) = at.value_of("$ref").and_then(Value::as_str) {
            self.refer(&at.place, reference, Kind::Parameter);
            return Node::kept(at);
        }
        if !at.value.is_object() || at.get("content").is_some() {
            return Node::kept(at);
        }
        let mut parameter = Object::from(&at.place);
        parameter.keep(at, |name| name != "collectionFormat" && name != "schema" && !is_of_value(name));
        let schema = match at.get("schema") {
            Some(schema) => self.schema(&schema),
            None => self.value_schema(at),
        };
        parameter.put("schema", schema);
        let place = at.value_of("in").and_then(Value::as_str).unwrap_or("query");
        if let Some((style, explode, place)) = self.style(at, place) {
            parameter.put("style", Node::made(style, &place));
            parameter.put("explode", Node::made(explode, &place));
        }
        parameter.into()
    }

    /// The schema of a value that `at`, which isn't a schema, describes with the same keywords.
    pub(super) fn value_schema(&mut self, at: &At<'_>) -> Node {
        let mut schema = Object::from(&at.place);
        schema.keep(at, is_of_value);
        let mut node = Node::from(schema);
        if let Value::Object(members) = &mut node.value {
            keywords(members);
            self.items(members, &at.place);
        }
        node
    }

    /// Takes out of the items of `members` how they are joined, which OpenAPI can't say of a list within a list.
    fn items(&mut self, members: &mut Map<String, Value>, place: &Place) {
        let mut place = place.child("items");
        let mut items = members.get_mut("items");
        while let Some(Value::Object(members)) = items {
            keywords(members);
            if members.remove("collectionFormat").is_some() && members.get("type") == Some(&"array".into()) {
                let at = place.child("collectionFormat");
                let message =
                    "the format of a list within a list has no counterpart in OpenAPI 3; it is ignored";
                self.report(
                    &codes::NOT_UPGRADED,
                    &at,
                    message,
                    "Declare a string, and join the items yourself.",
                );
            }
            place = place.child("items");
            items = members.get_mut("items");
        }
    }

    /// How the items of a list in `place` are joined: `style` and `explode`, and where that is said.
    pub(super) fn style(&mut self, at: &At<'_>, place: &str) -> Option<(&'static str, bool, Place)> {
        let format = at.get("collectionFormat");
        if at.value_of("type").and_then(Value::as_str) != Some("array") {
            return None;
        }
        let in_query = matches!(place, "query" | "formData");
        let said = format.as_ref().map_or_else(|| at.place.clone(), |format| format.place.clone());
        let by_comma = if in_query { "form" } else { "simple" };
        let (style, explode) = match format.as_ref().map_or(Some("csv"), |format| format.value.as_str()) {
            Some("csv") => (by_comma, false),
            Some("multi") if in_query => ("form", true),
            Some("ssv") if in_query => ("spaceDelimited", false),
            Some("pipes") if in_query => ("pipeDelimited", false),
            _ => {
                let format = format.map_or_else(String::new, |format| format.value.to_string());
                let message = format!(
                    "lists in the format {format} have no counterpart in OpenAPI 3 here; commas are used"
                );
                let help = "Declare a string, and join the items yourself.";
                self.report(&codes::NOT_UPGRADED, &said, message, help);
                (by_comma, false)
            }
        };
        Some((style, explode, said))
    }
}
