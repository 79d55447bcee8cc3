//! The items of a file of models.

use super::{Argument, Item, Items, Key, SETTER, What};
use crate::api::{Additional, Enum, EnumBase, Object, Presence, Tagging, TypeDef, TypeKind, Union};
use crate::rust::origin::{Group, Part};
use crate::rust::{Index, ModelFile, Passed, Type, field_type, rust_type};

/// The items of the types of `file`.
pub(super) fn items(file: &ModelFile<'_>, index: &Index<'_>) -> Vec<(Key, Item)> {
    let mut list = Vec::new();
    for ty in &file.types {
        let definition = ty.definition;
        let group = Group::Type(definition.name.to_string());
        let mut items = Items::new("models", group, &definition.place, &file.model.features);
        match &definition.kind {
            TypeKind::Object(object) => self::object(&mut items, ty, object, index),
            TypeKind::Enum(listed) => self::enumeration(&mut items, definition, listed),
            TypeKind::Union(union) => self::union(&mut items, ty, union),
            TypeKind::Alias(alias) => {
                head(&mut items, definition, &format!("alias of {}", rust_type(&alias.ty)), &[]);
            }
        }
        list.append(&mut items.list);
    }
    list
}

/// The type itself, and what it derives.
fn head(items: &mut Items<'_>, definition: &TypeDef, signature: &str, derives: &[&str]) {
    let whole = items.whole();
    // What a macro makes of an attribute isn't known, so a type with another one counts as another.
    let attributes = definition.attributes.iter().map(|attribute| format!("#[{attribute}] "));
    let signature = attributes.chain([signature.to_owned()]).collect::<String>();
    items.add(&definition.name, What::Type, "", &signature, whole.clone()).deprecated = definition.deprecated;
    items.add_traits(&definition.name, derives, &whole);
    if definition.has_hash && !derives.contains(&"Hash") && !matches!(definition.kind, TypeKind::Alias(_)) {
        items.add_traits(&definition.name, &["Eq", "Hash"], &whole);
    }
    let own: Vec<&str> = definition.derives.iter().map(String::as_str).collect();
    items.add_traits(&definition.name, &own, &whole);
}

/// What a struct of `object` derives.
pub(crate) fn derives_of_object(object: &Object) -> &'static [&'static str] {
    let has_default = object.properties.iter().all(|property| property.presence != Presence::Required);
    if has_default { &["Clone", "Default", "PartialEq"] } else { &["Clone", "PartialEq"] }
}

/// The Rust type of the field with the additional properties.
pub(crate) fn additional_type(additional: &Additional) -> String {
    match additional {
        Additional::Open | Additional::Closed => "JsonObject".to_owned(),
        Additional::Typed(ty, _) => format!("BTreeMap<String, {}>", rust_type(ty)),
    }
}

fn object(items: &mut Items<'_>, ty: &Type<'_>, object: &Object, index: &Index<'_>) {
    let definition = ty.definition;
    let (owner, whole) = (definition.name.as_str(), items.whole());
    head(items, definition, "struct", derives_of_object(object));
    let mut fields = Vec::new();
    for property in &object.properties {
        let field = field_type(&property.ty, property.presence);
        let origin = items.part(Part::Property(property.wire.clone()));
        let item = items.add(owner, What::Field, &property.field, &field, origin);
        item.deprecated = property.deprecated;
        item.place.clone_from(&property.place);
        fields.push(field);
    }
    let additional = additional_type(&object.additional);
    let origin = items.part(Part::AdditionalProperties);
    items.add(owner, What::Field, &object.additional_field, &additional, origin);
    items.add_unwind_safety(owner, fields.iter().chain([&additional]).map(String::as_str), &whole);
    if ty.has_new {
        if ty.required.is_empty() {
            items.add(owner, What::Trait, "Default", "", whole.clone());
        }
        let argument = |property: &&crate::api::Property| Argument {
            name: property.field.to_string(),
            ty: Passed::new(&property.ty, index).listed(),
            origin: items.part(Part::Property(property.wire.clone())),
        };
        let arguments = ty.required.iter().map(argument).collect();
        items.add(owner, What::Function, "new", "-> Self", whole.clone()).arguments = arguments;
    }
    for setter in &ty.setters {
        let property = setter.property;
        let origin = items.part(Part::Property(property.wire.clone()));
        let item = match &setter.collection {
            Some(collection) => {
                items.add_adder(owner, collection, origin.clone()).place.clone_from(&property.place);
                items.add_setter_of_all(owner, &setter.name, collection, origin.clone())
            }
            None => items.add_setter(owner, &setter.name, "value", &setter.ty(), origin.clone()),
        };
        item.deprecated = property.deprecated;
        item.place.clone_from(&property.place);
        if let Some(null) = &setter.null {
            let item = items.add(owner, What::Function, null, SETTER, origin);
            item.place.clone_from(&property.place);
        }
    }
    for source in &object.made_from {
        items.add(owner, What::Trait, &format!("From<{source}>"), "", whole.clone());
    }
}

/// What an enum of values with this base derives.
pub(crate) fn derives_of_enum(base: EnumBase) -> &'static [&'static str] {
    match base {
        EnumBase::String => &["Clone", "Debug", "PartialEq", "Eq", "Hash"],
        EnumBase::Integer => &["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"],
        EnumBase::Json => &["Clone", "Debug", "PartialEq"],
    }
}

fn enumeration(items: &mut Items<'_>, definition: &TypeDef, listed: &Enum) {
    let (owner, whole) = (definition.name.as_str(), items.whole());
    head(items, definition, "enum", derives_of_enum(listed.base));
    for value in &listed.values {
        let origin = items.part(Part::Value(value.value.to_string()));
        items.add(owner, What::Variant, &value.variant, "", origin);
    }
    let (payload, functions, traits): (_, &[(&str, &str)], &[&str]) = match listed.base {
        EnumBase::String => (
            "String",
            &[("ALL", "&'static [Self]"), ("as_str", "&self -> &str")],
            &["From<&str>", "From<String>", "FromStr", "Display"],
        ),
        EnumBase::Integer => {
            ("i64", &[("ALL", "&'static [Self]"), ("as_i64", "&self -> i64")], &["From<i64>", "Display"])
        }
        EnumBase::Json => ("Json", &[("to_json", "&self -> Json")], &["From<Json>"]),
    };
    items.add(owner, What::Variant, &listed.unknown, payload, whole.clone());
    for (name, signature) in functions {
        items.add(owner, What::Function, name, signature, whole.clone());
    }
    items.add_traits(owner, traits, &whole);
}

/// The functions of a discriminated union.
const DISCRIMINATED: &[(&str, &str)] = &[
    ("TAGS", "&'static [&'static str]"),
    ("raw", "value: impl Into<Json> -> Self"),
    ("typed", "tag: &str, value: impl Into<Json> -> Result<Self, DecodeError>"),
    ("tag", "&self -> Option<&str>"),
    ("to_json", "&self -> Json"),
];

fn union(items: &mut Items<'_>, ty: &Type<'_>, union: &Union) {
    let definition = ty.definition;
    let (owner, whole) = (definition.name.as_str(), items.whole());
    head(items, definition, "enum", &["Clone", "Debug", "PartialEq"]);
    for variant in &union.variants {
        let origin = items.part(Part::Alternative(variant.variant.to_string()));
        let item = items.add(owner, What::Variant, &variant.variant, &rust_type(&variant.ty), origin);
        item.own_gate.extend(variant.feature.clone());
    }
    let is_discriminated = union.tagging == Tagging::Discriminated;
    let unknown = if is_discriminated { "Untyped" } else { "Json" };
    items.add(owner, What::Variant, &union.unknown, unknown, whole.clone());
    if is_discriminated {
        for (name, signature) in DISCRIMINATED {
            items.add(owner, What::Function, name, signature, whole.clone());
        }
        items.add_traits(owner, &["From<Json>", "From<JsonObject>"], &whole);
    }
    for alternative in &ty.alternatives {
        let payload = &alternative.payload;
        let origin = items.part(Part::Alternative(alternative.variant.to_string()));
        let borrowed = format!("&self -> Option<&{payload}>");
        let methods = [
            (&alternative.tells, "&self -> bool"),
            (&alternative.borrows, borrowed.as_str()),
            (&alternative.takes, &format!("self -> Option<{payload}>")),
        ];
        for (name, signature) in methods {
            let item = items.add(owner, What::Function, name, signature, origin.clone());
            item.own_gate.extend(alternative.feature.map(str::to_owned));
        }
        if alternative.converts {
            items.add(owner, What::Trait, &format!("From<{payload}>"), "", origin.clone());
        }
        if alternative.is_text {
            items.add(owner, What::Trait, "From<&str>", "", origin);
        }
    }
}
