//! The types and operations of a crate, by name.

use std::collections::HashMap;

use super::types;
use crate::api::{Api, Ident, Object, Operation, Response, TypeDef, TypeKind, TypeRef};

/// How many aliases of aliases are resolved.
const MOST_ALIASES: usize = 64;

/// The types and operations of a crate, by name.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    types: HashMap<&'a Ident, &'a TypeDef>,
    operations: HashMap<&'a str, &'a Operation>,
    /// The type of a failure's body if the document declares none.
    error_body: String,
}

impl<'a> Index<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        let definitions = api.models.iter().flat_map(|model| &model.types);
        let operations = api.operations.iter().map(|operation| (operation.id.as_str(), operation));
        Self {
            types: definitions.map(|definition| (&definition.name, definition)).collect(),
            operations: operations.collect(),
            error_body: api.facts.error_body.as_ref().map_or_else(|| "Json".to_owned(), types::rust),
        }
    }

    /// The type called `name`.
    pub(crate) fn definition(&self, name: &Ident) -> Option<&'a TypeDef> {
        self.types.get(name).copied()
    }

    /// What the type called `name` is.
    pub(crate) fn kind(&self, name: &Ident) -> Option<&'a TypeKind> {
        self.types.get(name).map(|definition| &definition.kind)
    }

    /// The struct that a type is.
    pub(crate) fn object(&self, ty: &TypeRef) -> Option<&'a Object> {
        let TypeRef::Named(name) = ty else { return None };
        match self.kind(name)? {
            TypeKind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The Rust type of the body of a declared failure.
    pub(crate) fn failure_body(&self, response: &Response) -> String {
        match &response.content {
            Some(content) => types::rust(&content.ty),
            None => self.error_body.clone(),
        }
    }

    /// The operation with this id.
    pub(crate) fn operation(&self, id: &str) -> Option<&'a Operation> {
        self.operations.get(id).copied()
    }

    /// The type with each alias in it replaced by what it stands for.
    pub(crate) fn behind_aliases(&self, ty: &TypeRef) -> TypeRef {
        self.behind(ty, 0)
    }

    fn behind(&self, ty: &TypeRef, depth: usize) -> TypeRef {
        let inner = |ty: &TypeRef| Box::new(self.behind(ty, depth + 1));
        match ty {
            TypeRef::Named(name) if depth < MOST_ALIASES => match self.kind(name) {
                Some(TypeKind::Alias(alias)) => *inner(&alias.ty),
                _ => ty.clone(),
            },
            TypeRef::List(item) => TypeRef::List(inner(item)),
            TypeRef::Map(value) => TypeRef::Map(inner(value)),
            TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
            TypeRef::Inferred(value) => TypeRef::Inferred(inner(value)),
            TypeRef::Tuple(items) => TypeRef::Tuple(items.iter().map(|item| *inner(item)).collect()),
            other => other.clone(),
        }
    }
}
