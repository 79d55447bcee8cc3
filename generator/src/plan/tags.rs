//! The tags of structs: the value of the property that selects a struct in each union that it is an alternative of.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::api::{Enum, EnumBase, Ident, Model, Presence, Tagging, TypeKind, TypeRef};

/// By struct and property, the value that the property has in every union; `None` where there are several.
type Tags = HashMap<Ident, BTreeMap<String, Option<Value>>>;

/// Fills [`Property::tag`](crate::api::Property::tag) of each struct.
pub(super) fn find(models: &mut [Model]) {
    let tags = tags(models);
    if tags.is_empty() {
        return;
    }
    let types = models.iter().flat_map(|model| &model.types);
    let enums: HashMap<&Ident, &Enum> = types
        .filter_map(|definition| match &definition.kind {
            TypeKind::Enum(listed) => Some((&definition.name, listed)),
            _ => None,
        })
        .collect();
    // The enums are borrowed from the models, so what fits is found before it is filled in.
    let mut fitting: Tags = HashMap::new();
    for definition in models.iter().flat_map(|model| &model.types) {
        let TypeKind::Object(object) = &definition.kind else { continue };
        let Some(tags) = tags.get(&definition.name) else { continue };
        let required = object.properties.iter().filter(|property| property.presence == Presence::Required);
        let own = required.filter_map(|property| {
            let tag = tags.get(&property.wire)?.as_ref().filter(|tag| fits(tag, &property.ty, &enums));
            Some((property.wire.clone(), tag.cloned()))
        });
        fitting.insert(definition.name.clone(), own.collect());
    }
    for definition in models.iter_mut().flat_map(|model| &mut model.types) {
        let TypeKind::Object(object) = &mut definition.kind else { continue };
        let Some(mut tags) = fitting.remove(&definition.name) else { continue };
        for property in &mut object.properties {
            property.tag = tags.remove(&property.wire).flatten();
        }
    }
}

fn tags(models: &[Model]) -> Tags {
    let types = || models.iter().flat_map(|model| &model.types);
    let aliases: HashMap<&Ident, &TypeRef> = types()
        .filter_map(|definition| match &definition.kind {
            TypeKind::Alias(alias) => Some((&definition.name, &alias.ty)),
            _ => None,
        })
        .collect();
    let mut tags = Tags::new();
    for definition in types() {
        let TypeKind::Union(union) = &definition.kind else { continue };
        let Tagging::Property(property) = &union.tagging else { continue };
        for variant in &union.variants {
            let Some(payload) = target(&variant.ty, &aliases) else { continue };
            let tag = variant.written.clone();
            let of_payload = tags.entry(payload.clone()).or_default();
            of_payload
                .entry(property.clone())
                .and_modify(|known| *known = known.take().filter(|known| Some(known) == tag.as_ref()))
                .or_insert(tag);
        }
    }
    tags
}

/// The type that a payload is, behind aliases.
fn target<'a>(mut ty: &'a TypeRef, aliases: &HashMap<&Ident, &'a TypeRef>) -> Option<&'a Ident> {
    for _ in 0..32 {
        match ty {
            TypeRef::Boxed(inner) => ty = inner,
            TypeRef::Named(name) => match aliases.get(name) {
                Some(alias) => ty = alias,
                None => return Some(name),
            },
            _ => return None,
        }
    }
    None
}

/// Whether the tag is a value of the type.
fn fits(tag: &Value, ty: &TypeRef, enums: &HashMap<&Ident, &Enum>) -> bool {
    match ty {
        TypeRef::String => tag.is_string(),
        TypeRef::Boolean => tag.is_boolean(),
        TypeRef::Int32 => tag.as_i64().is_some_and(|tag| i32::try_from(tag).is_ok()),
        TypeRef::Int64 => tag.is_i64(),
        TypeRef::Named(name) => enums.get(name).is_some_and(|listed| match listed.base {
            EnumBase::String => tag.is_string(),
            EnumBase::Integer => tag.is_i64(),
            EnumBase::Json => false,
        }),
        _ => false,
    }
}
