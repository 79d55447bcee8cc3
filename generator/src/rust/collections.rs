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
    /// What an argument for an item has to be: its type, or what converts into it.
    pub item: String,
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
        let name = types::rust(item);
        let item = if converts(behind, index) { format!("impl Into<{name}>") } else { name };
        let word = word.trim_matches('_');
        let verb = if is_map { "insert" } else { "push" };
        let wanted = [format!("{verb}_{word}"), format!("{verb}_{word}_item")];
        Some(Self { is_map, item, adds: scope.take(&wanted, Case::Snake, place) })
    }

    /// The type of the argument that holds all items.
    pub fn all(&self) -> String {
        let key = if self.is_map { "(impl Into<String>, " } else { "" };
        let end = if self.is_map { ")" } else { "" };
        format!("impl IntoIterator<Item = {key}{}{end}>", self.item)
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
        | TypeRef::Inferred(_) => true,
        TypeRef::Named(name) => matches!(index.kind(name), Some(TypeKind::Enum(_) | TypeKind::Union(_))),
        _ => false,
    }
}
