//! Models: what callers see of a type besides its definition.

use super::alternatives::Alternative;
use super::collections::Collection;
use super::index::Index;
use super::names::{Case, Scope};
use super::types;
use crate::api::{Ident, Model, Object, Presence, Property, TypeDef, TypeKind};

/// A file of models.
#[derive(Clone, Debug)]
pub struct ModelFile<'a> {
    /// What it is made from.
    pub model: &'a Model,
    /// Its types.
    pub types: Vec<Type<'a>>,
}

/// A type, with the methods that it has for its own properties.
#[derive(Clone, Debug)]
pub struct Type<'a> {
    /// What it is made from.
    pub definition: &'a TypeDef,
    /// Whether it has `new`.
    pub has_new: bool,
    /// The arguments of `new`.
    pub required: Vec<&'a Property>,
    /// The setters of its optional properties.
    pub setters: Vec<PropertySetter<'a>>,
    /// Its alternatives, if it is a union.
    pub alternatives: Vec<Alternative<'a>>,
}

/// A setter of a property.
#[derive(Clone, Debug)]
pub struct PropertySetter<'a> {
    /// What it sets.
    pub property: &'a Property,
    /// The setter.
    pub name: Ident,
    /// The setter that sends null, if the property is nullable.
    pub null: Option<Ident>,
    /// How it is set, if it is a list or a map.
    pub collection: Option<Collection>,
}

impl PropertySetter<'_> {
    /// The Rust type that its argument converts into.
    pub fn ty(&self) -> String {
        types::rust(&self.property.ty)
    }
}

impl<'a> ModelFile<'a> {
    pub(super) fn new(model: &'a Model, index: &Index<'_>) -> Self {
        Self { model, types: model.types.iter().map(|definition| Type::new(definition, index)).collect() }
    }
}

impl<'a> Type<'a> {
    fn new(definition: &'a TypeDef, index: &Index<'_>) -> Self {
        let (mut required, mut setters) = (Vec::new(), Vec::new());
        let mut has_new = false;
        if let TypeKind::Object(object) = &definition.kind {
            let is_required = |property: &&Property| property.presence == Presence::Required;
            required = object.properties.iter().filter(is_required).collect();
            has_new = !required.is_empty();
            // The type itself says what its tag is.
            required.retain(|property| property.tag.is_none());
            setters = self::setters(object, definition.in_request, index);
        }
        let alternatives = match &definition.kind {
            TypeKind::Union(union) => Alternative::all(union, index),
            _ => Vec::new(),
        };
        Self { definition, has_new, required, setters, alternatives }
    }
}

/// In a request, what the server alone sets has no setter. In what only responses hold, tests set everything.
fn setters<'a>(object: &'a Object, in_request: bool, index: &Index<'_>) -> Vec<PropertySetter<'a>> {
    let mut scope = Scope::of_setters();
    // Every property takes its name, with or without a setter, so that a change to one renames no other's.
    let names = object.properties.iter().map(|property| {
        let wanted = [scope.free_of_reserved(&property.field), format!("set_{}", property.field.bare())];
        (property, scope.take(&wanted, Case::Snake, &property.wire))
    });
    let names: Vec<_> = names.collect();
    let is_settable =
        |property: &Property| property.presence != Presence::Required && !(in_request && property.read_only);
    let mut setters = with_null(names.into_iter().filter(|(property, _)| is_settable(property)), &mut scope);
    collections(&mut setters, index, &mut scope, |setter| setter.property.field.bare());
    setters
}

/// Completes the setters of lists and maps. Their methods are named last, so that they take no other one's name.
/// `word` gives what they are called after.
pub(super) fn collections<'a>(
    setters: &mut [PropertySetter<'a>],
    index: &Index<'_>,
    scope: &mut Scope,
    word: impl for<'s> Fn(&'s PropertySetter<'a>) -> &'s str,
) {
    for setter in setters {
        let property = setter.property;
        setter.collection = Collection::new(&property.ty, word(setter), &property.wire, index, scope);
    }
}

/// The setters, and those that send null to nullable properties. The latter are named last, so that they take no
/// property's name.
pub(super) fn with_null<'a>(
    setters: impl Iterator<Item = (&'a Property, Ident)>,
    scope: &mut Scope,
) -> Vec<PropertySetter<'a>> {
    let setters = setters.map(|(property, name)| {
        let null = (property.presence == Presence::Patch).then(|| {
            let bare = name.bare().trim_end_matches('_');
            let wanted = [format!("{bare}_null"), format!("{bare}_null_value"), format!("null_{bare}")];
            scope.take(&wanted, Case::Snake, &property.wire)
        });
        PropertySetter { property, name, null, collection: None }
    });
    setters.collect()
}
