//! The document as a whole: its sections, and what they become.

use serde_json::Value;

use super::media_types::Defaults;
use super::node::{Node, Object, each};
use super::upgrade::Upgrade;
use crate::source::at::At;

/// The members of the document that become others.
const REWRITTEN: &[&str] = &[
    "swagger",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "paths",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
];

impl Upgrade<'_> {
    /// The rewritten document.
    pub(super) fn document(&mut self, root: &At<'_>) -> Node {
        let mut document = Object::from(&root.place);
        document.put("openapi", Node::made("3.0.3", &root.place.child("swagger")));
        document.keep(root, |name| !REWRITTEN.contains(&name));
        if let Some(servers) = self.servers(root, root) {
            document.put("servers", servers);
        }
        let defaults = Defaults::of(root);
        if let Some(paths) = root.get("paths") {
            let node = each(&paths, |name, item| match name.starts_with("x-") {
                true => Node::kept(&item),
                false => self.path_item(&item, root, &defaults),
            });
            document.put("paths", node);
        }
        let components = self.components(root, &defaults);
        if !components.is_empty() {
            document.put("components", components.into());
        }
        document.into()
    }

    fn components(&mut self, root: &At<'_>, defaults: &Defaults) -> Object {
        let mut components = Object::from(&root.place);
        if let Some(definitions) = root.get("definitions") {
            components.put("schemas", each(&definitions, |_, schema| self.schema(&schema)));
        }
        if let Some(responses) = root.get("responses") {
            components.put("responses", each(&responses, |_, at| self.response(&at, &defaults.produces)));
        }
        if let Some(schemes) = root.get("securityDefinitions") {
            components.put("securitySchemes", each(&schemes, |_, scheme| self.security_scheme(&scheme)));
        }
        if let Some(declared) = root.get("parameters") {
            let mut parameters = Object::from(&declared.place);
            let mut bodies = Object::from(&declared.place);
            for (name, parameter) in declared.members() {
                match parameter.value_of("in").and_then(Value::as_str) {
                    Some("body") => bodies.put(name, self.body(&parameter, &defaults.consumes, None)),
                    // Each operation has its own form.
                    Some("formData") => {}
                    _ => parameters.put(name, self.parameter(&parameter)),
                }
            }
            let sections = [("parameters", parameters), ("requestBodies", bodies)];
            for (name, section) in sections.into_iter().filter(|(_, section)| !section.is_empty()) {
                components.put(name, section.into());
            }
        }
        components
    }
}
