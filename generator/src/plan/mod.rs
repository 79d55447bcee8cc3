//! [`Document`] to [`Api`]: every decision about the generated crate.

mod bodies;
mod composition;
mod conversions;
mod discriminated;
mod docs;
mod encodings;
mod enums;
mod events;
mod formats;
mod idempotency;
mod long_running;
mod media_types;
mod modifications;
mod multipart;
mod numbering;
mod objects;
mod omissions;
mod operation_names;
mod operations;
mod own_types;
mod pagination;
mod paths;
pub(crate) mod patterns;
mod payloads;
mod positional;
mod prose;
mod reach;
mod recursion;
mod responses;
pub(crate) mod rules;
mod schedule;
mod schemas;
mod service;
mod signatures;
mod streams;
mod tags;
#[cfg(test)]
mod tests;
mod unchecked;
mod unions;
mod variants;
mod xml;
mod xml_forms;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicUsize;

use serde_json::Value;

use crate::api::{Api, Facts, Ident, Model, TypeDef, TypeKind, Wish};
use crate::diagnostics::Diagnostics;
use crate::settings::{Schemas, Settings};
use crate::source::document::{Document, Schema, SchemaId};
use formats::Formats;
use numbering::Taken;
use reach::Sides;
pub(crate) use recursion::components;
pub(crate) use responses::status;
use schedule::Part;
use schemas::Use;

/// Plans what `document` means. Names are wishes, which [`crate::rust::settle`] settles.
pub fn plan(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    let document = omissions::leave_out(document, settings, diagnostics);
    let document = events::wanted(document, settings);
    let document = own_types::put_in(document, settings, diagnostics);
    let mut composed = composition::compose(&document, settings.schemas == Schemas::All, diagnostics);
    streams::open_data(&mut composed.document);
    let document = &composed.document;
    let formats = formats::of(document, settings, diagnostics);
    let ground = Ground::new(&composed, settings, formats);
    let parts = schedule::plan(&ground);
    let mut models = Vec::new();
    let mut take = |part: Part| {
        models.extend(model(part.types, part.key));
        diagnostics.extend(part.diagnostics);
    };
    parts.components.into_iter().for_each(&mut take);
    let error_body = parts.error_body.map(|(ty, part)| {
        take(part);
        ty
    });
    let operations = parts.operations.into_iter().map(|(operation, part)| {
        take(part);
        operation
    });
    let mut operations: Vec<_> = operations.collect();
    let mut events = Vec::new();
    for (planned, parts) in parts.events {
        parts.into_iter().for_each(&mut take);
        events.push(planned);
    }
    recursion::add_boxes(&mut models);
    if ground.has_xml {
        xml::settle(&mut models, &mut operations, &mut events, diagnostics);
    }
    tags::find(&mut models);
    rules::repeat_alias_rules(&mut models, &mut operations);
    conversions::find(&mut models, &operations, settings);
    pagination::find(&models, &mut operations, settings, diagnostics);
    streams::check(&operations, settings, diagnostics);
    modifications::find(&models, &mut operations, settings, diagnostics);
    long_running::find(&models, &mut operations, settings, diagnostics);
    let facts = service::facts(settings, &models, error_body, diagnostics);
    let idempotency_keys = idempotency::keys(settings, &operations, diagnostics);
    let facts = Facts { idempotency_keys, ..facts };
    events::check(&events, document, settings, diagnostics);
    Api { models, facts, events, ..service::api(document, operations, diagnostics) }
}

/// The types of a part in a file of their own; nothing if there are none.
fn model(types: Vec<TypeDef>, key: String) -> Option<Model> {
    (!types.is_empty()).then(|| Model { file: Ident::default(), key, types, features: Vec::new() })
}

/// What all parts of the plan share.
struct Ground<'a> {
    document: &'a Document,
    settings: &'a Settings,
    /// The alternative from which each that has what stands beside it was made.
    origins: &'a HashMap<SchemaId, SchemaId>,
    /// The sides of each schema that is reachable.
    reached: Vec<Option<Sides>>,
    /// The name of each schema that has one: components and whatever else a reference names.
    named: Vec<Option<Ident>>,
    /// The types that the settings give to formats.
    formats: Formats<'a>,
    /// How many types there are.
    types: AtomicUsize,
    /// Whether any content is XML.
    has_xml: bool,
}

/// What the types that are planned are, by name.
type Kinds<'a> = HashMap<&'a str, &'a TypeKind>;

/// Plans one part.
struct Planner<'a> {
    document: &'a Document,
    settings: &'a Settings,
    ground: &'a Ground<'a>,
    /// The types of components.
    kinds: &'a Kinds<'a>,
    diagnostics: Diagnostics,
    /// The keys of the types of the part.
    keys: Taken,
    /// The types of the part.
    current: Vec<TypeDef>,
    sides: Sides,
    /// The schemas that are being given a shape, each in the one before, and the names of their types as far as
    /// they have any.
    shaping: Vec<(SchemaId, Option<Ident>)>,
    /// How many types each unnamed schema has in the part, and the last of its uses.
    inline: HashMap<SchemaId, (usize, Use)>,
}

impl Planner<'_> {
    /// A definition of `schema` with the parts that all kinds have.
    fn definition(&self, schema: &Schema, name: Ident, wish: Wish, kind: TypeKind) -> TypeDef {
        TypeDef {
            name,
            wish,
            docs: docs::docs(
                schema.title.as_deref().filter(|_| schema.description.is_none()),
                schema.description.as_deref(),
            ),
            deprecated: self.is_deprecated(schema),
            in_request: self.sides.request,
            in_response: self.sides.response,
            kind,
            in_xml: false,
            has_hash: true,
            derives: Vec::new(),
            attributes: Vec::new(),
            place: schema.place.clone(),
        }
    }

    /// Whether the document or an extension that the settings name says that the schema is deprecated.
    fn is_deprecated(&self, schema: &Schema) -> bool {
        schema.deprecated || self.has_deprecating_extension(&schema.extensions)
    }

    fn has_deprecating_extension(&self, extensions: &BTreeMap<String, Value>) -> bool {
        self.settings
            .deprecated
            .iter()
            .any(|(name, value)| extensions.get(name).and_then(Value::as_str) == Some(value))
    }
}
