//! Path items and operations.

use serde_json::Value;

use super::media_types::{Defaults, Effective};
use super::node::{Node, Object, each};
use super::upgrade::{Kind, Upgrade};
use crate::source::at::At;

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];

/// The members of an operation that become others.
const REWRITTEN: &[&str] = &["consumes", "produces", "schemes", "parameters", "responses"];

impl Upgrade<'_> {
    /// The path item at `at`.
    pub(super) fn path_item(&mut self, at: &At<'_>, root: &At<'_>, defaults: &Defaults) -> Node {
        if let Some(reference) = at.value_of("$ref").and_then(Value::as_str) {
            self.refer(&at.place, reference, Kind::PathItem);
        }
        let shared = self.sorted(at);
        let mut item = Object::from(&at.place);
        item.keep(at, |name| name != "parameters" && !METHODS.contains(&name));
        if let Some(parameters) = at.get("parameters") {
            item.put("parameters", self.parameters(&parameters, &shared));
        }
        for (name, operation) in at.members().filter(|(name, _)| METHODS.contains(name)) {
            let node = match operation.value.is_object() {
                true => {
                    let mut own = self.sorted(&operation);
                    let parameters = operation.get("parameters").map(|at| self.parameters(&at, &own));
                    own.inherit(&shared);
                    let mut node = self.operation(&operation, root, defaults, &own);
                    if let Some(parameters) = parameters {
                        node.put("parameters", parameters);
                    }
                    node.into()
                }
                false => Node::kept(&operation),
            };
            item.put(name, node);
        }
        item.into()
    }

    /// The operation at `at`, without its parameters.
    fn operation(
        &mut self,
        at: &At<'_>,
        root: &At<'_>,
        defaults: &Defaults,
        parameters: &super::parameters::Sorted<'_>,
    ) -> Object {
        let mut operation = Object::from(&at.place);
        operation.keep(at, |name| !REWRITTEN.contains(&name));
        // Relative to its document, an operation has no scheme.
        if at.get("schemes").is_some() && root.get("host").is_some() {
            operation
                .put("servers", self.servers(root, at).unwrap_or_else(|| Node::list(Vec::new(), &at.place)));
        }
        let of = |name, default| Effective::of(at.get(name), default, &at.place);
        let consumes = of("consumes", &defaults.consumes);
        if let Some(body) = self.request_body(parameters, &consumes, &at.place) {
            operation.put("requestBody", body);
        }
        let produces = of("produces", &defaults.produces);
        if let Some(responses) = at.get("responses") {
            let node = each(&responses, |name, response| match name.starts_with("x-") {
                true => Node::kept(&response),
                false => self.response_of(&response, &produces),
            });
            operation.put("responses", node);
        }
        operation
    }
}
