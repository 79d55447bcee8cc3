//! The requests that the service sends: webhooks, and the callbacks that operations ask for.

use super::at::At;
use super::document::{Callback, Operation, Received};
use super::reader::{Reader, component_section};
use crate::diagnostics::codes;

impl<'a> Reader<'a> {
    /// The webhooks with their path items. OpenAPI 3.0 has none; documents of that version use an extension.
    pub(super) fn webhooks(&mut self, root: &At<'a>) -> Vec<(&'a str, At<'a>)> {
        let mut webhooks = self.map(root, "webhooks");
        for (name, item) in self.map(root, "x-webhooks") {
            if !webhooks.iter().any(|(known, _)| *known == name) {
                webhooks.push((name, item));
            }
        }
        webhooks
    }

    /// Reads every webhook that `wanted` picks.
    pub(super) fn read_webhooks(
        &mut self,
        webhooks: &[(&'a str, At<'a>)],
        wanted: impl Fn(&str, &At<'_>) -> bool,
    ) {
        for (name, item) in webhooks {
            for request in self.requests(name, &format!("the webhook {name:?}"), item, &wanted) {
                self.received.push(Received { event: (*name).to_owned(), callback: None, request });
            }
        }
    }

    /// Reads the callbacks that the operation `at` asks for, each an expression for the URL with a path item.
    pub(super) fn read_callbacks(&mut self, at: &At<'a>, operation: &Operation) {
        let (id, address) = (&operation.operation_id, || format!("{} {}", operation.method, operation.path));
        let asked_by = id.clone().unwrap_or_else(address);
        for (name, entry) in self.map(at, "callbacks") {
            let Some(callback) = self.follow(entry, "callbacks") else { continue };
            let component =
                component_section(&callback.place.pointer).filter(|section| *section == "callbacks");
            let component =
                component.and_then(|_| callback.place.pointer.rsplit('/').next()).map(str::to_owned);
            let paths: Vec<_> = callback.members().filter(|(path, _)| !path.starts_with("x-")).collect();
            if !callback.value.is_object() {
                self.wrong_type(&callback.place, "an object");
            }
            for (expression, item) in paths {
                for request in
                    self.requests(expression, &format!("the callback {name:?}"), &item, &|_, _| true)
                {
                    let (asked_by, component) = (asked_by.clone(), component.clone());
                    let callback = Some(Callback { asked_by, component });
                    self.received.push(Received { event: name.to_owned(), callback, request });
                }
            }
        }
    }

    /// The requests of the path item `item`, which `what` names.
    fn requests(
        &mut self,
        path: &str,
        what: &str,
        item: &At<'a>,
        wanted: &impl Fn(&str, &At<'_>) -> bool,
    ) -> Vec<Operation> {
        let Some(items) = self.path_item(what, item) else { return Vec::new() };
        let read = |(method, at): (String, At<'a>), reader: &mut Self| {
            reader.sendable(&method, &at)?;
            let at = reader.beyond_reference(at, "an operation")?;
            if !wanted(path, &at) {
                return None;
            }
            let parameters = |reader: &mut Self| (String::new(), reader.declared_parameters(&items, &at).0);
            let request = reader.request(path, method, &items, &at, parameters);
            reader.no_further_callbacks(&at);
            Some(request)
        };
        let each = self.methods(&items);
        each.into_iter().filter_map(|one| self.whole(what, |reader| read(one, reader))).collect()
    }

    /// Reports callbacks of what the service itself sends.
    fn no_further_callbacks(&mut self, at: &At<'a>) {
        if let Some(callbacks) = at.get("callbacks").filter(|callbacks| callbacks.members().next().is_some())
        {
            let message = "no code is generated for the callbacks of a request that the service sends";
            let help = "Declare what the service sends next as a webhook.";
            self.diagnostics.report(&codes::NESTED_CALLBACKS, &callbacks.place, message, help);
        }
    }
}
