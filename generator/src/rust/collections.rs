//! Setters of lists and maps: one takes any iterator, and another adds one item.

use super::index::Index;
use super::names::{Case, Scope};
use super::types;
use crate::api::{Ident, TypeKind, TypeRef};

/// How a list or a map is set.
#[derive(Clone, Debug)]
pub struct Collection {
    /// Whether it is a map from names.
    pub is_map: bool,
    /// The Rust type of an item.
    pub item: String,
    /// Whether what converts into an item is taken too.
    pub converts: bool,
    /// The method that adds an item.
    pub adds: Ident,
}

impl Collection {
    /// That of the type `ty`, if it is a list or a map. The setter's name is made of `word`, and `place` is what is set.
    pub(super) fn new(
        ty: &TypeRef,
        word: &str,
        place: &str,
        index: &Index<'_>,
        scope: &mut Scope,
    ) -> Option<Self> {
        let resolved = index.behind_aliases(ty);
        let (is_map, behind) = match &resolved {
            TypeRef::List(item) => (false, item),
            TypeRef::Map(value) => (true, value),
            _ => return None,
        };
        // The name that the document has for the item, unless the collection has a name of its own.
        let item = match ty {
            TypeRef::List(item) | TypeRef::Map(item) => item,
            _ => behind,
        };
        let word = word.trim_matches('_');
        let verb = if is_map { "insert" } else { "push" };
        let wanted = [format!("{verb}_{word}"), format!("{verb}_{word}_item")];
        let adds = scope.take(&wanted, Case::Snake, place);
        Some(Self { is_map, item: types::rust(item), converts: converts(behind, index), adds })
    }

    /// The type of the argument that holds all items.
    pub(super) fn all(&self) -> String {
        let item = &self.item;
        match (self.is_map, self.converts) {
            (false, false) => format!("impl IntoIterator<Item = {item}>"),
            (false, true) => format!("impl IntoList<{item}, M_>"),
            (true, false) => format!("impl IntoMapOf<{item}, M_>"),
            (true, true) => format!("impl IntoMap<{item}, M_>"),
        }
    }

    /// The type of the argument that is an item.
    pub(super) fn one(&self) -> String {
        if self.converts { format!("impl Into<{}>", self.item) } else { self.item.clone() }
    }
}

/// Whether anything that converts into an item is taken. Where there is little to convert from, the compiler rather knows
/// what type the numbers of a list are, or an empty one.
fn converts(item: &TypeRef, index: &Index<'_>) -> bool {
    match item {
        TypeRef::Float
        | TypeRef::Double
        | TypeRef::String
        | TypeRef::DateTime
        | TypeRef::Date
        | TypeRef::Uuid
        | TypeRef::Base64
        | TypeRef::Json
        | TypeRef::Secret(_)
        | TypeRef::Own(_)
        | TypeRef::Inferred(_) => true,
        TypeRef::Named(name) => matches!(index.kind(name), Some(TypeKind::Enum(_) | TypeKind::Union(_))),
        _ => false,
    }
}
