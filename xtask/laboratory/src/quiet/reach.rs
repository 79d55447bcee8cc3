//! What an edit changes beyond its place because the two plans differ there, too: the cause is in the plans, whatever the
//! generated files say.

use std::collections::{BTreeMap, BTreeSet};

use openapi_generator::api::{Api, Operation, TypeKind};
use openapi_generator::print;
use openapi_generator::rust::Crate;

use super::concern::{file_of, held, types};

/// The alternatives of concerned unions whose tag becomes fixed, or is no longer: whether it is depends on all unions
/// that they are selected in.
pub fn retagged(old: &Api, new: &Api, concerned: &BTreeSet<String>) -> BTreeSet<String> {
    let unions = [old, new].into_iter().flat_map(types).filter(|definition| {
        matches!(definition.kind, TypeKind::Union(_)) && concerned.contains(definition.name.as_str())
    });
    let alternatives: BTreeSet<String> = unions.flat_map(held).collect();
    let tags = |api: &Api, name: &str| -> BTreeMap<String, Option<String>> {
        match api.find_type(name).map(|definition| &definition.kind) {
            Some(TypeKind::Object(object)) => object
                .properties
                .iter()
                .map(|property| (property.wire.clone(), property.tag.as_ref().map(ToString::to_string)))
                .collect(),
            _ => BTreeMap::new(),
        }
    };
    let differs = |name: &String| {
        let (old, new) = (tags(old, name), tags(new, name));
        old.iter().any(|(property, tag)| new.get(property).is_some_and(|other| other != tag))
    };
    alternatives.into_iter().filter(differs).collect()
}

/// The files of the operations that are the writes of modifications which are on one side only, or whose reads have another
/// name now.
pub fn reading_otherwise(old: &Api, new: &Api) -> BTreeSet<String> {
    let reads = |api: &Api| -> BTreeMap<String, (String, String, String)> {
        let named = api.operations.iter().filter_map(|write| {
            let id = &write.modification.as_ref()?.read;
            let read = api.operations.iter().find(|operation| operation.id == *id)?;
            Some((file_of(write), (file_of(read), read.name.to_string(), read.type_name.to_string())))
        });
        named.collect()
    };
    let (old, new) = (reads(old), reads(new));
    let writes = old.keys().chain(new.keys());
    writes.filter(|write| old.get(*write) != new.get(*write)).cloned().collect()
}

/// The cargo features with which values of formats convert.
pub fn conversion_features(api: &Api) -> BTreeSet<String> {
    print::conversion_features(api).into_iter().map(|(name, _)| name).collect()
}

/// What the reference says of the functions for one alternative of a concerned operation, where it isn't the same on both
/// sides.
pub fn shortcut_words(old: &Crate<'_>, new: &Crate<'_>, operations: &BTreeSet<String>) -> BTreeSet<String> {
    let words = |krate: &Crate<'_>| -> BTreeMap<String, BTreeSet<String>> {
        let builders = krate.builders.iter().filter(|builder| is_of(builder.operation, operations));
        let each = builders.filter_map(|builder| {
            let shortcuts = builder.shortcuts.as_ref()?;
            let names = [&shortcuts.tag.wire, &shortcuts.property.wire].map(ToString::to_string);
            let functions = shortcuts.functions.iter().map(|function| function.name.to_string());
            let names = names.into_iter().chain([shortcuts.setter.to_string()]).chain(functions);
            Some((file_of(builder.operation), names.collect()))
        });
        each.collect()
    };
    let (old, new) = (words(old), words(new));
    let none = BTreeSet::new();
    let of = |side: &BTreeMap<String, BTreeSet<String>>, other: &BTreeMap<String, BTreeSet<String>>| {
        let differ = side.iter().flat_map(|(file, names)| names.difference(other.get(file).unwrap_or(&none)));
        differ.cloned().collect::<BTreeSet<String>>()
    };
    of(&old, &new).union(&of(&new, &old)).cloned().collect()
}

fn is_of(operation: &Operation, operations: &BTreeSet<String>) -> bool {
    operations.contains(&file_of(operation))
}

#[cfg(test)]
mod tests {
    use openapi_generator::settings::Settings;
    use serde_json::json;

    use super::*;
    use crate::edits;

    #[test]
    fn alternatives_are_retagged_by_their_unions_alone() {
        let plan = |mapping: serde_json::Value| {
            let kind = json!({"type": "string"});
            let object = json!({"type": "object", "required": ["kind"], "properties": {"kind": kind}});
            let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
            let union = json!({
                "oneOf": [reference("A"), reference("B")],
                "discriminator": {"propertyName": "kind", "mapping": mapping},
            });
            let document = json!({
                "openapi": "3.1.0",
                "info": {"title": "t", "version": "1"},
                "paths": {"/u": {"get": {"responses": {"200": {
                    "description": "d",
                    "content": {"application/json": {"schema": reference("U")}},
                }}}}},
                "components": {"schemas": {"U": union, "A": object, "B": object}},
            });
            edits::generate(&document, &Settings::default(), "t").unwrap().api
        };
        let [a, b] = ["A", "B"].map(|name| format!("#/components/schemas/{name}"));
        let old = plan(json!({"a": a, "b": b}));
        let new = plan(json!({"a": a, "a2": a, "b": b}));
        let union = BTreeSet::from(["U".to_owned()]);
        assert_eq!(retagged(&old, &new, &union), BTreeSet::from(["A".to_owned()]));
        assert!(retagged(&old, &old, &union).is_empty());
        assert!(retagged(&old, &new, &BTreeSet::from(["B".to_owned()])).is_empty());
    }
}
