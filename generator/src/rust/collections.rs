//! Lists and maps as arguments: any iterator is taken. They have two setters, of which one adds an item.

use super::index::Index;
use super::names::{Case, Scope};
use super::types;
use crate::api::{Ident, TypeKind, TypeRef};

/// How a list or a map is set.
#[derive(Clone, Debug)]
pub struct Collection {
    /// What is in it.
    pub gathered: Gathered,
    /// The method that adds an item.
    pub adds: Ident,
}

/// What is in a list or a map.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// Whether it is a map from names.
    pub is_map: bool,
    /// The Rust type of an item.
    pub item: String,
    /// Whether what converts into an item is taken too.
    pub converts: bool,
}

/// What is passed for a value that must be given.
#[derive(Clone, Debug)]
pub enum Passed {
    /// What converts into this type.
    Into(String),
    /// The items of a list or a map.
    Items(Gathered),
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
        let gathered = Gathered::new(ty, index)?;
        let word = word.trim_matches('_');
        let verb = if gathered.is_map { "insert" } else { "push" };
        let wanted = [format!("{verb}_{word}"), format!("{verb}_{word}_item")];
        let adds = scope.take(&wanted, Case::Snake, place);
        Some(Self { gathered, adds })
    }
}

impl Gathered {
    /// That of the type `ty`, if it is a list or a map.
    fn new(ty: &TypeRef, index: &Index<'_>) -> Option<Self> {
        match ty {
            TypeRef::List(_) | TypeRef::Map(_) => {}
            TypeRef::Named(name) if matches!(index.kind(name), Some(TypeKind::Alias(_))) => {}
            _ => return None,
        }
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
        Some(Self { is_map, item: types::rust(item), converts: converts(behind, index) })
    }

    /// The type of the argument that holds all items. The compiler finds the `marker`, which tells one form from another.
    pub(super) fn all(&self, marker: &str) -> String {
        let item = &self.item;
        match (self.is_map, self.converts) {
            (false, false) => format!("impl IntoListOf<{item}, {marker}>"),
            (false, true) => format!("impl IntoList<{item}, {marker}>"),
            (true, false) => format!("impl IntoMapOf<{item}, {marker}>"),
            (true, true) => format!("impl IntoMap<{item}, {marker}>"),
        }
    }

    /// The type of the argument that is an item.
    pub(super) fn one(&self) -> String {
        if self.converts { format!("impl Into<{}>", self.item) } else { self.item.clone() }
    }
}

/// The marker of a function's only argument that has one. No generated type has this name.
pub(super) const MARKER: &str = "M_";

/// The markers of a function's arguments.
#[derive(Debug, Default)]
pub struct Markers(usize);

impl Markers {
    fn take(&mut self) -> String {
        self.0 += 1;
        if self.0 == 1 { MARKER.to_owned() } else { format!("M{}_", self.0) }
    }

    /// All of them, as parameters of the function.
    pub fn parameters(&self) -> Vec<String> {
        let mut all = Self::default();
        (0..self.0).map(|_| all.take()).collect()
    }

    /// The name of the function with them.
    pub fn function(&self, name: &str) -> String {
        if self.0 == 0 { name.to_owned() } else { format!("{name}<{}>", self.parameters().join(", ")) }
    }
}

impl Passed {
    /// That of a value of the type `ty`.
    pub(crate) fn new(ty: &TypeRef, index: &Index<'_>) -> Self {
        Gathered::new(ty, index).map_or_else(|| Self::Into(types::rust(ty)), Self::Items)
    }

    /// Its type in a function that has these markers.
    pub(crate) fn ty(&self, markers: &mut Markers) -> String {
        match self {
            Self::Items(gathered) => gathered.all(&markers.take()),
            Self::Into(_) => self.listed(),
        }
    }

    /// Its type as if it were the function's only argument, so that no other one's changes with it.
    pub(super) fn listed(&self) -> String {
        match self {
            Self::Into(ty) => format!("impl Into<{ty}>"),
            Self::Items(gathered) => gathered.all(MARKER),
        }
    }

    /// The value that is made of the argument called `name`.
    pub(crate) fn value(&self, name: &str) -> String {
        match self {
            Self::Into(_) => format!("{name}.into()"),
            Self::Items(Gathered { is_map: false, .. }) => format!("{name}.into_list()"),
            Self::Items(Gathered { is_map: true, .. }) => format!("{name}.into_map()"),
        }
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
