//! The items of what comes back from an operation: its output, in each of its media types, and streams.

use super::operations::List;
use super::{Argument, What};
use crate::api::Response;
use crate::rust::builders::CALLS;
use crate::rust::origin::{Origin, Part};
use crate::rust::{Outcome, StreamMethod};

impl List<'_, '_> {
    /// What every builder can do.
    pub(super) fn call(&mut self) {
        self.calls(&self.builder.outcome, &self.items.whole());
    }

    fn calls(&mut self, outcome: &Outcome<'_>, whole: &Origin) {
        let owner = outcome.owner.as_str();
        for (name, signature) in [("build", "&self"), ("parse", "response")].into_iter().chain(CALLS) {
            self.items.add(owner, What::Function, name, signature, whole.clone());
        }
        self.items.add_traits(owner, &["Operation", "mock::Answer"], whole);
        let output = match &self.builder.operation.successes[..] {
            [only] => self.items.part(Part::Response(only.status)),
            _ => whole.clone(),
        };
        self.items.add(owner, What::Output, "Output", &outcome.output, output);
        self.items.add(owner, What::Output, "Error", outcome.error(), whole.clone());
    }

    fn of_response(&self, response: Option<&Response>) -> Origin {
        response
            .map_or_else(|| self.items.whole(), |response| self.items.part(Part::Response(response.status)))
    }

    /// The types for other media types.
    pub(super) fn accepting(&mut self) {
        let builder = self.builder;
        for accepting in &builder.accepting {
            let owner = accepting.outcome.owner.as_str();
            let media_type = &accepting.alternative.media_type;
            let is_it = |response: &&Response| {
                response.alternatives.iter().any(|content| content.media_type == *media_type)
            };
            let whole = self.of_response(builder.operation.successes.iter().find(is_it));
            self.items.add(owner, What::Type, "", "struct", whole.clone());
            self.items.add_traits(owner, &["Clone", "Debug"], &whole);
            let fields = self.fields();
            self.items.add_unwind_safety(owner, fields.iter().map(String::as_str), &whole);
            let signature = format!("self -> {owner}");
            self.items.add(
                &builder.operation.type_name,
                What::Function,
                &accepting.chooser,
                &signature,
                whole.clone(),
            );
            self.calls(&accepting.outcome, &whole);
            self.output_enum(&accepting.outcome);
            if let Some(method) = accepting.stream() {
                self.streamed(owner, &method.item, &whole);
                self.stream(owner, &method, &whole);
            }
        }
    }

    /// What streams items.
    pub(super) fn streams(&mut self) {
        let Some(method) = &self.builder.stream else { return };
        let owner = self.builder.operation.type_name.as_str();
        let streams = |response: &&Response| response.contents().any(|content| content.items.is_some());
        let origin = self.of_response(self.builder.operation.successes.iter().find(streams));
        if self.builder.outcome.items().is_some() {
            self.streamed(owner, &method.item, &origin);
        }
        self.stream(owner, method, &origin);
    }

    fn streamed(&mut self, owner: &str, item: &str, origin: &Origin) {
        self.items.add_traits(owner, &["Streamed"], origin);
        self.items.add(owner, What::Output, "Streamed::Item", item, origin.clone());
    }

    fn stream(&mut self, owner: &str, method: &StreamMethod<'_>, whole: &Origin) {
        let signature = format!("self -> crate::runtime::StreamCall<{}>", method.item);
        let argument = Argument {
            name: "client".to_owned(),
            ty: "&crate::runtime::Client".to_owned(),
            origin: whole.clone(),
        };
        let item = self.items.add(owner, What::Function, &method.name, &signature, whole.clone());
        item.arguments.push(argument);
    }

    pub(super) fn output_enum(&mut self, outcome: &Outcome<'_>) {
        if !outcome.has_output_enum {
            return;
        }
        let (owner, whole) = (outcome.output.as_str(), self.items.whole());
        self.items.add(owner, What::Type, "", "enum", whole.clone());
        self.items.add_traits(owner, &["Clone", "Debug", "PartialEq"], &whole);
        for success in &outcome.successes {
            let payload = success.content.map(|_| success.ty()).unwrap_or_default();
            let status = success.response.status;
            let origin = self.items.part(Part::Response(status));
            let item = self.items.add(owner, What::Variant, &status.name(), &payload, origin);
            item.place.clone_from(&success.response.place);
        }
    }
}
