//! The methods of a path item: its own members, and those that `additionalOperations` names (OpenAPI 3.2, 4.9).

use super::at::At;
use super::content::is_token;
use super::reader::Reader;
use crate::diagnostics::codes;

/// The members of a path item that are operations, in every version.
pub(super) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'a> Reader<'a> {
    /// The operations of `items`, which together are a path item, with their methods as they are sent. The earlier items
    /// take precedence.
    pub(super) fn methods(&mut self, items: &[At<'a>]) -> Vec<(String, At<'a>)> {
        let is_3_2 = self.is_3_2();
        let is_method = |name: &str| METHODS.contains(&name) || (is_3_2 && name == "query");
        let mut found: Vec<(String, At<'a>)> = Vec::new();
        for item in items {
            for (name, at) in item.members() {
                let operations = match name {
                    name if is_method(name) => vec![(name.to_ascii_uppercase(), at)],
                    "additionalOperations" if is_3_2 => self.additional(items, item),
                    _ => Vec::new(),
                };
                for (method, at) in operations {
                    if found.iter().all(|(known, _)| *known != method) {
                        found.push((method, at));
                    }
                }
            }
        }
        found
    }

    /// The `additionalOperations` of `item`, one of `items`, without those that a member of these is too.
    fn additional(&mut self, items: &[At<'a>], item: &At<'a>) -> Vec<(String, At<'a>)> {
        let mut additional = Vec::new();
        for (method, at) in self.map(item, "additionalOperations") {
            let member =
                METHODS.iter().chain(&["query"]).find(|member| member.to_ascii_uppercase() == method);
            if let Some(member) = member {
                if items.iter().any(|item| item.get(member).is_some()) {
                    let message =
                        format!("the path item has the operation `{member}` too; this one is ignored");
                    self.diagnostics.report(
                        &codes::SAME_FOR_THE_SERVER,
                        &at.place,
                        message,
                        "Remove one of them.",
                    );
                    continue;
                }
                let message = format!("{method:?} is read as the path item's member `{member}`");
                let help = format!("Write it as `{member}`, beside `additionalOperations`.");
                self.tolerate(&at.place, &message, &help);
            }
            if !method.starts_with("x-") {
                additional.push((method.to_owned(), at));
            }
        }
        additional
    }

    /// Rejects the method of the operation `at` if a request can't have it.
    pub(super) fn sendable(&mut self, method: &str, at: &At<'_>) -> Option<()> {
        let message = if !is_token(method) {
            format!("{method:?} isn't a method: it has characters that a method can't have")
        } else if method == "CONNECT" {
            "`CONNECT` asks a proxy for a tunnel, so it can't be an operation of a path".to_owned()
        } else {
            return Some(());
        };
        let help = "Use the method's name as it is sent, such as `COPY`.";
        self.diagnostics.report(&codes::INVALID_METHOD, &at.place, message, help);
        None
    }
}
