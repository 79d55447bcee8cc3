//! The runtime inside a crate that asks for it: copies of the items that the crate's files name, and of those that these
//! need in turn. Whoever depends on the crate compiles them, so nothing else is copied, and no comment that nobody reads.

mod copy;
mod items;
mod module;
mod modules;
mod parts;
mod reach;
mod words;

use std::collections::BTreeSet;

use openapi_rust_runtime::dependencies::{DEPENDENCIES, Dependency, Target, UNICODE};

use super::SourceFile;
use crate::api::{
    Additional, Api, BodyEncoding, Events, Framing, Library, Location, Object, Presence, Response,
    ResponseContent, ResponseEncoding, Tagging, TypeDef, TypeKind, TypeRef,
};
use crate::rust::RUNTIME;
use reach::{Reach, Wanted};
use words::Words;

/// The modules that a crate contains, and what they depend on.
pub(super) struct Embedded {
    /// The files below `src/runtime/`.
    pub files: Vec<SourceFile>,
    /// The dependencies that these files name.
    pub dependencies: Vec<Dependency>,
}

/// Whether a document calls for a module.
type Condition = fn(&Api) -> bool;

/// The modules that only implement something for types of other modules, so that no path names them, and the documents
/// that call for them.
const IMPLEMENTATIONS: [(&str, Condition); 21] = [
    ("http/cookies", has_cookies),
    ("http/forms", has_forms),
    ("http/multipart", has_multipart),
    ("http/item_bodies", has_item_body),
    ("http/xml_bodies", has_xml),
    ("model/chrono_types", |api| api.libraries().contains(&Library::Chrono)),
    ("model/decimal_type", |api| api.libraries().contains(&Library::RustDecimal)),
    ("model/jiff_types", |api| api.libraries().contains(&Library::Jiff)),
    ("model/standard_types", |api| api.libraries().contains(&Library::Std)),
    ("model/time_types", |api| api.libraries().contains(&Library::Time)),
    ("model/url_type", |api| api.libraries().contains(&Library::Url)),
    ("model/uuid_type", |api| api.libraries().contains(&Library::Uuid)),
    ("model/tuples", has_tuple),
    ("model/typed_additional", has_typed_additional),
    ("client/streams", has_streamed_response),
    ("client/download", has_streamed_response),
    ("client/event_streams", has_events),
    ("webhooks", has_webhooks),
    ("client/item_streams", has_items),
    ("client/blocking_streams", has_items),
    ("mock_streams", has_items),
];

/// Whether a document calls for an item, or the words in the rows of its tables do.
type RowCondition = fn(&Api, &Words) -> bool;

/// What only rows of models' tables call for.
const IN_ROWS: [(Wanted, RowCondition); 2] = [
    (Wanted::Item("model/response_setters", "response_setters"), |api, _| has_response_setter(api)),
    (Wanted::Item("model/collections", "collection_setter"), |api, words| {
        let mut kinds = ["list", "list_from", "map", "map_from"].into_iter();
        has_response_setter(api) && kinds.any(|kind| words.all().contains(kind))
    }),
];

/// The features of the runtime that the library form always has, and the documents that call for them in the other. What
/// modifies and mocks requests hides secrets whether there are any or not. `nullable` and `objects` stand for what the
/// runtime implements for such values.
const FEATURES: [(&str, Condition); 8] = [
    ("followers", has_follower),
    ("nesting", has_nesting),
    ("nearest", has_required_integer),
    ("nullable", has_nullable),
    ("objects", has_untyped_object),
    ("secrets", has_facts),
    ("unions", has_union),
    ("unread", has_messages),
];

/// A module that only callers name, or nobody because it only implements something, and the module that calls for it.
const OFFERED: [(&str, &str); 10] = [
    ("json/lookahead", "json/attempts"),
    ("client/blocking", "client/client"),
    ("client/tower_transport", "client/client"),
    ("client/external", "client/client"),
    ("client/modifying", "modify"),
    ("http/file", "client/client"),
    ("http/progress", "client/client"),
    ("http/body_setters", "http/request"),
    ("model/followers", "model/discriminated"),
    ("model/formats", "http/request"),
];

/// The packages that a crate depends on for its runtime, in one form or the other. What formats have types of may as well
/// be the owner's.
pub fn dependency_names() -> impl Iterator<Item = &'static str> {
    let own = DEPENDENCIES.iter().map(|dependency| dependency.name).filter(|name| library(name).is_none());
    std::iter::once(RUNTIME).chain(own)
}

/// The section of a manifest with what generated code needs in browsers alone.
pub const BROWSER_SECTION: &str = Target::Browser.section();

/// The library that formats can have types of, if the package is one.
fn library(package: &str) -> Option<Library> {
    Library::ALL.into_iter().find(|library| library.name() == package)
}

/// The packages that the settings take types of formats from: the crate's own files name them.
pub(super) fn libraries(api: &Api) -> impl Iterator<Item = Dependency> + use<> {
    let libraries = api.libraries();
    let is_used = move |name| library(name).is_some_and(|library| libraries.contains(&library));
    let used = DEPENDENCIES.iter().filter(move |dependency| is_used(dependency.name));
    used.map(|dependency| Dependency { feature: None, ..*dependency })
}

/// What `files`, the crate's other files, need of the runtime. `has_properties` says whether one of their patterns has a
/// property of Unicode.
pub(super) fn embedded(api: &Api, files: &[SourceFile], has_properties: bool) -> Embedded {
    let mut words = Words::default();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        words.read(&file.text);
    }
    let called = IMPLEMENTATIONS.iter().filter(|(_, is_called_for)| is_called_for(api));
    let mut wanted: Vec<Wanted> = called.map(|(name, _)| Wanted::Module(name)).collect();
    let in_rows = IN_ROWS.iter().filter(|(_, is_called_for)| is_called_for(api, &words));
    wanted.extend(in_rows.map(|(item, _)| *item));
    let features = FEATURES.iter().filter(|(_, is_called_for)| is_called_for(api));
    let features: BTreeSet<&'static str> = features.map(|(name, _)| *name).collect();
    let reach = Reach::of(&words, &wanted, features.clone());
    let offered = OFFERED.iter().filter(|(_, with)| reach.found.contains(with));
    wanted.extend(offered.map(|(name, _)| Wanted::Module(name)));
    let files = copy::files(&Reach::of(&words, &wanted, features));
    let is_named = |dependency: &&Dependency| {
        files.iter().any(|file| words::names_crate(&file.text, &dependency.name.replace('-', "_")))
    };
    let named = DEPENDENCIES.iter().filter(is_named);
    let libraries: Vec<Dependency> = libraries(api).collect();
    let required = |name: &str| libraries.iter().find(|library| library.name == name).copied();
    let needed = |dependency: &Dependency| match dependency.name {
        "regex" if has_properties => Dependency { features: UNICODE, ..*dependency },
        name => required(name).unwrap_or(*dependency),
    };
    let dependencies = named.map(needed).collect();
    Embedded { dependencies, files }
}

/// Whether a required property may be an integer, or have one in it.
fn has_required_integer(api: &Api) -> bool {
    let types = api.models.iter().flat_map(|model| &model.types);
    let objects =
        types.filter_map(
            |definition| if let TypeKind::Object(object) = &definition.kind { Some(object) } else { None },
        );
    let properties = objects.flat_map(|object| &object.properties);
    let mut found = false;
    for property in properties.filter(|property| property.presence == Presence::Required) {
        property.ty.visit(&mut |ty| {
            found |= matches!(ty, TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64 | TypeRef::Named(_));
        });
    }
    found
}

/// Whether a crate that contains its runtime needs the facts of its document.
pub(super) fn has_facts(api: &Api) -> bool {
    !api.facts.secret_names.is_empty() || has_messages(api)
}

fn has_messages(api: &Api) -> bool {
    !api.operations.is_empty() || !api.events.is_empty()
}

/// Whether null may stand for a value that isn't a property.
fn has_nullable(api: &Api) -> bool {
    let mut found = has_messages(api);
    api.visit_types(&mut |ty| found |= matches!(ty, TypeRef::Nullable(_)));
    found
}

/// Whether a value is an object of which nothing is declared.
fn has_untyped_object(api: &Api) -> bool {
    let mut found = has_messages(api);
    api.visit_types(&mut |ty| found |= matches!(ty, TypeRef::JsonObject));
    found
}

/// Whether a type is inside another, so that depth takes stack. Operations may read a type on any stack.
fn has_nesting(api: &Api) -> bool {
    let mut found = !api.operations.is_empty();
    api.visit_types(&mut |ty| found |= matches!(ty, TypeRef::Named(_)));
    found
}

fn has_union(api: &Api) -> bool {
    let mut types = api.models.iter().flat_map(|model| &model.types);
    types.any(|definition| matches!(definition.kind, TypeKind::Union(_)))
}

fn has_follower(api: &Api) -> bool {
    let mut types = api.models.iter().flat_map(|model| &model.types);
    types.any(|definition| {
        matches!(&definition.kind, TypeKind::Union(union) if union.tagging == Tagging::Discriminated)
    })
}

fn has_tuple(api: &Api) -> bool {
    let mut found = false;
    api.visit_types(&mut |ty| found |= matches!(ty, TypeRef::Tuple(_)));
    found
}

fn has_typed_additional(api: &Api) -> bool {
    has_object(api, |_, object| matches!(object.additional, Additional::Typed(..)))
}

/// Whether an object that only responses hold has a property that `new` doesn't take.
fn has_response_setter(api: &Api) -> bool {
    has_object(api, |definition, object| {
        let mut properties = object.properties.iter();
        !definition.in_request && properties.any(|property| property.presence != Presence::Required)
    })
}

fn has_object(api: &Api, is_it: impl Fn(&TypeDef, &Object) -> bool) -> bool {
    let mut types = api.models.iter().flat_map(|model| &model.types);
    types.any(|definition| match &definition.kind {
        TypeKind::Object(object) => is_it(definition, object),
        _ => false,
    })
}

fn has_cookies(api: &Api) -> bool {
    let mut parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    parameters.any(|parameter| parameter.location == Location::Cookie)
}

fn has_forms(api: &Api) -> bool {
    let mut parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let mut bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    parameters.any(|parameter| parameter.location == Location::Querystring)
        || bodies.any(|body| body.content.iter().any(|one| matches!(one.encoding, BodyEncoding::Form(_))))
}

fn has_multipart(api: &Api) -> bool {
    let mut bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let is_multipart =
        |encoding: &_| matches!(encoding, BodyEncoding::Multipart(_) | BodyEncoding::Parts(..));
    bodies.any(|body| body.content.iter().any(|one| is_multipart(&one.encoding)))
}

fn has_item_body(api: &Api) -> bool {
    let mut bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    bodies.any(|body| body.content.iter().any(|one| matches!(one.encoding, BodyEncoding::Items(_))))
}

/// Whether a body is XML.
pub(super) fn has_xml(api: &Api) -> bool {
    let mut types = api.models.iter().flat_map(|model| &model.types);
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let responses =
        api.operations.iter().flat_map(|operation| operation.successes.iter().chain(&operation.failures));
    types.any(|definition| definition.in_xml)
        || bodies.flat_map(|body| &body.content).any(|content| content.xml.is_some())
        || responses.flat_map(Response::contents).any(|content| content.xml.is_some())
        || api
            .events
            .iter()
            .flat_map(|events| &events.events)
            .any(|event| event.payload.as_ref().is_some_and(|payload| payload.xml.is_some()))
}

fn has_response(api: &Api, is_it: impl Fn(&ResponseContent) -> bool) -> bool {
    let responses = api.operations.iter().flat_map(|operation| &operation.successes);
    responses.flat_map(Response::contents).any(is_it)
}

fn has_streamed_response(api: &Api) -> bool {
    has_response(api, |content| content.encoding != ResponseEncoding::Json)
}

fn has_items(api: &Api) -> bool {
    has_response(api, |content| content.items.is_some())
}

fn has_events(api: &Api) -> bool {
    has_response(api, |content| {
        content.items.as_ref().is_some_and(|items| matches!(items.framing, Framing::Events(_)))
    })
}

fn has_webhooks(api: &Api) -> bool {
    api.events.iter().any(Events::are_webhooks)
}

#[cfg(test)]
mod tests {
    use openapi_rust_runtime::sources::SOURCES;

    use super::*;

    fn files(text: &str) -> Vec<String> {
        let file = SourceFile { path: "src/a.rs".to_owned(), text: text.to_owned() };
        embedded(&Api::default(), &[file], false).files.into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn every_module_of_the_runtime_can_be_called_for() {
        let everything: Vec<&str> = SOURCES.iter().map(|(path, _)| *path).collect();
        let prelude = modules::exports("prelude.rs");
        let facade = modules::exports("facade.rs");
        let mut wanted: BTreeSet<&'static str> =
            prelude.iter().chain(&facade).map(|export| export.module).collect();
        wanted.extend(IMPLEMENTATIONS.iter().map(|(name, _)| *name));
        wanted.extend(OFFERED.map(|(name, _)| name));
        let modules = wanted.into_iter().map(Wanted::Module);
        let wanted: Vec<Wanted> = modules.chain(IN_ROWS.map(|(item, _)| item)).collect();
        let mut words = Words::default();
        words.read("UniqueItems");
        let reached = Reach::of(&words, &wanted, parts::FEATURES.into()).found;
        for path in everything {
            let name = path.strip_suffix(".rs").unwrap();
            let is_frame = ["lib", "facade", "prelude"].contains(&name) || name.ends_with("/mod");
            assert!(is_frame || reached.contains(name), "nothing calls for {name}");
        }
    }

    #[test]
    fn a_model_alone_needs_no_http() {
        let files = files("object! {\n    A { a: \"a\", required, []; }\n}\npub struct A { a: String }\n");
        assert!(files.iter().any(|path| path == "src/runtime/model/object.rs"), "{files:?}");
        for path in &files {
            for room in ["http/", "client/", "modify", "paging", "mock", "model/unions", "model/tuples"] {
                assert!(!path.contains(room), "{path}");
            }
        }
    }

    #[test]
    fn prose_calls_for_nothing_and_examples_for_what_they_name() {
        let without = files("/// The Date of an Event, in a Body or multipart.\npub type A = String;\n");
        let with =
            files("/// let date = client::runtime::Date::from(\"2020-01-01\");\npub type A = String;\n");
        let formats = "src/runtime/model/formats.rs".to_owned();
        assert!(!without.contains(&formats) && with.contains(&formats));
    }
}
