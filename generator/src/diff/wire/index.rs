//! The types of a client by name.

use std::collections::BTreeMap;

use crate::api::{Alias, Api, TypeDef, TypeKind, TypeRef, Variant};

/// The types of a client by name.
#[derive(Debug)]
pub(in crate::diff) struct Index<'a> {
    pub(super) types: BTreeMap<&'a str, &'a TypeDef>,
}

impl<'a> Index<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let types = api.models.iter().flat_map(|model| &model.types);
        Self { types: types.map(|definition| (definition.name.as_str(), definition)).collect() }
    }

    pub(in crate::diff) fn get(&self, name: &str) -> Option<&'a TypeDef> {
        self.types.get(name).copied()
    }

    /// The variant of a union.
    pub(super) fn variant(&self, union: &str, variant: usize) -> Option<&'a Variant> {
        match &self.get(union)?.kind {
            TypeKind::Union(union) => union.variants.get(variant),
            _ => None,
        }
    }

    /// The alias called `name`.
    pub(in crate::diff) fn alias(&self, name: &str) -> Option<&'a Alias> {
        match &self.get(name)?.kind {
            TypeKind::Alias(alias) => Some(alias),
            _ => None,
        }
    }
}

/// The type without what the wire doesn't show: boxes, secrets, and that a type is inferred.
pub(super) fn on_the_wire(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Boxed(inner) | TypeRef::Secret(inner) | TypeRef::Inferred(inner) => on_the_wire(inner),
        other => other,
    }
}

/// The type without null, and whether null is one of its values.
pub(super) fn without_null(ty: &TypeRef) -> (&TypeRef, bool) {
    match on_the_wire(ty) {
        TypeRef::Nullable(inner) => (without_null(inner).0, true),
        other => (other, false),
    }
}
