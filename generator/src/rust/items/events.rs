//! The items of a module of events.

use super::{Argument, Item, Items, Key, What};
use crate::api::{ByPayload, Events, TypeRef};
use crate::rust::origin::{Group, Part};
use crate::rust::{Crate, EventModule, SIGNATURES, rust_type};

/// The items of `module`.
pub(super) fn items(module: &EventModule<'_>, krate: &Crate<'_>) -> Vec<(Key, Item)> {
    let gate: Vec<String> = krate.api.feature_of_events().map(str::to_owned).into_iter().collect();
    let mut list = Vec::new();
    for events in &module.events {
        let Some(first) = events.events.first() else { continue };
        let mut items = Items::new(&module.module, Group::events(events), &first.place, &gate);
        enumeration(&mut items, events);
        functions(&mut items, events);
        headers(&mut items, events);
        list.append(&mut items.list);
    }
    if let (true, Some(first)) = (module.is_webhooks, module.events.first())
        && let Some(event) = first.events.first()
    {
        let mut items = Items::new(&module.module, Group::Service, &event.place, &gate);
        let whole = items.whole();
        if krate.api.facts.signature.is_some() {
            let arguments =
                vec![Argument { name: "secret".to_owned(), ty: "&str".to_owned(), origin: whole.clone() }];
            let item = items.add_function("verifier", "-> Result<Verifier, InvalidSecret>", whole);
            item.arguments = arguments;
            item.own_gate.insert(SIGNATURES.to_owned());
        }
        list.append(&mut items.list);
    }
    list
}

fn enumeration(items: &mut Items<'_>, events: &Events) {
    let (owner, whole) = (events.type_name.as_str(), items.whole());
    items.add(owner, What::Type, "", "enum", whole.clone());
    items.add_traits(owner, &["Clone", "Debug", "PartialEq"], &whole);
    let payload = |event: &crate::api::Event| {
        event.payload.as_ref().map_or_else(String::new, |payload| rust_type(&payload.ty))
    };
    for event in &events.events {
        let origin = items.part(Part::Event(event.name.clone()));
        let item = items.add(owner, What::Variant, &event.variant, &payload(event), origin);
        item.deprecated = event.deprecated;
        item.place.clone_from(&event.place);
    }
    items.add(owner, What::Variant, &events.unknown, &rust_type(&TypeRef::Json), whole.clone());
    let fields: Vec<String> = events.events.iter().map(payload).collect();
    items.add_unwind_safety(owner, fields.iter().map(String::as_str), &whole);
}

fn functions(items: &mut Items<'_>, events: &Events) {
    const RESULT: &str = "-> Result<Self, DecodeError>";
    let owner = events.type_name.as_str();
    let whole = items.whole();
    let mut function = |name: &str, arguments: &[(&str, &str)], signature: &str| {
        let argument = |(name, ty): &(&str, &str)| Argument {
            name: (*name).to_owned(),
            ty: (*ty).to_owned(),
            origin: whole.clone(),
        };
        items.add(owner, What::Function, name, signature, whole.clone()).arguments =
            arguments.iter().map(argument).collect();
    };
    let body = ("body", "&[u8]");
    function("NAMES", &[], "&'static [&'static str]");
    function("name", &[], "&self -> Option<&'static str>");
    if events.are_named() {
        function("parse", &[("name", "&str"), body], RESULT);
    }
    if events.by_payload != ByPayload::No {
        function("from_body", &[body], RESULT);
    }
    if events.header.is_some() {
        function("receive", &[("headers", "&http::HeaderMap"), body], RESULT);
    }
}

fn headers(items: &mut Items<'_>, events: &Events) {
    if events.headers.is_empty() {
        return;
    }
    let owner = format!("{}Headers", events.type_name);
    let whole = items.whole();
    items.add(&owner, What::Type, "", "struct", whole.clone());
    let traits = ["Clone", "Debug", "Default", "PartialEq", "From<&http::HeaderMap>", "UnwindSafe"];
    items.add_traits(&owner, &traits, &whole);
    for header in &events.headers {
        let origin = items.part(Part::Header(header.wire.clone()));
        let ty = format!("Option<{}>", rust_type(&header.ty));
        items.add(&owner, What::Field, &header.field, &ty, origin).place.clone_from(&header.place);
    }
}
