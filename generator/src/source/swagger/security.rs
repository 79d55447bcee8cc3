//! Security schemes.

use serde_json::{Map, Value};

use super::node::{Node, Object};
use super::upgrade::Upgrade;
use crate::source::at::At;

/// The members of a scheme that become others.
const FLOW: &[&str] = &["flow", "authorizationUrl", "tokenUrl", "scopes"];

impl Upgrade<'_> {
    /// The security scheme at `at`.
    pub(super) fn security_scheme(&mut self, at: &At<'_>) -> Node {
        let mut scheme = Object::from(&at.place);
        match at.value_of("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.keep(at, |name| name != "type");
                scheme.put("type", Node::made("http", &at.place.child("type")));
                scheme.put("scheme", Node::made("basic", &at.place.child("type")));
            }
            Some("oauth2") => {
                scheme.keep(at, |name| !FLOW.contains(&name));
                let flow = at.get("flow");
                let name = match flow.as_ref().and_then(|flow| flow.value.as_str()) {
                    Some("application") => "clientCredentials",
                    Some("accessCode") => "authorizationCode",
                    Some(other) => other,
                    None => return Node::kept(at),
                };
                let mut content = Object::from(&at.place);
                content.put("scopes", Node::made(Map::new(), &at.place));
                content.keep(at, |name| name != "flow" && FLOW.contains(&name));
                let mut flows = Object::from(&at.place);
                flows.put(name, content.into());
                scheme.put("flows", flows.into());
            }
            _ => return Node::kept(at),
        }
        scheme.into()
    }
}
