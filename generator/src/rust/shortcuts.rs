//! Functions that start an operation for one alternative of a property of its body, such as `create_mail` if the body's
//! `channel` discriminates its `settings`. Their setter accepts only that alternative.

use std::collections::BTreeSet;

use super::bodies::BodyForm;
use super::builders::Builder;
use super::collections::Passed;
use super::index::Index;
use super::models::{PropertySetter, with_null};
use super::names::{Case, Scope, escape, unique};
use crate::api::{Ident, Object, Presence, Property, Tagging, TypeKind, TypeRef, Union, Variant};

/// The shortcuts of an operation: a function for each alternative of a property of its body.
#[derive(Clone, Debug)]
pub struct Shortcuts<'a> {
    /// Their builder.
    pub builder: Ident,
    /// The builder's parameter for the alternative's type.
    pub payload: Ident,
    /// The private function that they call.
    pub helper: Ident,
    /// The required values except the tag: names, and what is passed.
    pub arguments: Vec<(Ident, Passed)>,
    /// The private function's argument for the tag.
    pub tag_argument: Ident,
    /// The property.
    pub property: &'a Property,
    /// Its setter.
    pub setter: Ident,
    /// The property that selects the alternative. It is required.
    pub tag: &'a Property,
    /// The property's type.
    pub union: Ident,
    /// The setters of the other properties.
    pub setters: Vec<PropertySetter<'a>>,
    /// The functions, in the order of the union's variants.
    pub functions: Vec<Shortcut<'a>>,
}

/// The function for one alternative.
#[derive(Clone, Debug)]
pub struct Shortcut<'a> {
    /// The function, e.g. `create_mail`.
    pub name: Ident,
    /// The alternative.
    pub variant: &'a Variant,
}

impl<'a> Shortcuts<'a> {
    pub(super) fn new(builder: &Builder<'a>, index: &Index<'a>, functions: &mut Scope) -> Option<Self> {
        let (property, tag, union_name, union) = discriminated(builder, index)?;
        let operation = builder.operation;
        let verb = operation.name.bare().trim_end_matches('_');
        let tags = union.variants.iter().map(|variant| variant.tags.first().map_or("", String::as_str));
        let words = Scope::default().take_all(tags, Case::Snake);
        let each = union.variants.iter().zip(words).map(|(variant, word)| {
            let word = word.bare().trim_matches('_');
            let wanted = ["", "for_"].map(|middle| escape(format!("{verb}_{middle}{word}")));
            Shortcut { name: functions.take(&wanted, Case::Snake, &operation.id), variant }
        });
        let shortcuts: Vec<Shortcut<'a>> = each.collect();
        let properties = builder.form.properties();
        let (_, setter) = properties.iter().find(|(other, _)| other.wire == property.wire)?;
        let arguments = arguments(builder, tag, index);
        let mut methods = Scope::of_methods(builder.operation);
        properties.iter().for_each(|(_, name)| methods.reserve(name));
        let others = properties
            .iter()
            .filter(|(other, _)| other.presence != Presence::Required && other.wire != property.wire);
        Some(Self {
            payload: Scope::with([union_name.as_str()]).take(
                &["T", "T_"].map(str::to_owned),
                Case::Pascal,
                &operation.id,
            ),
            builder: unique(&format!("{}With", operation.type_name)),
            helper: functions.take(
                &["with", "with_tag"].map(|end| format!("{verb}_{end}")),
                Case::Snake,
                &operation.id,
            ),
            tag_argument: tag_argument(&arguments),
            arguments,
            property,
            setter: setter.clone(),
            tag,
            union: union_name.clone(),
            setters: with_null(others.cloned(), &mut methods),
            functions: shortcuts,
        })
    }

    /// The features any of which compiles a function; empty if one is always compiled.
    pub fn gate(&self) -> BTreeSet<&'a String> {
        let features: Option<BTreeSet<&String>> =
            self.functions.iter().map(|shortcut| shortcut.variant.feature.as_ref()).collect();
        features.unwrap_or_default()
    }
}

/// The required values except the tag.
fn arguments(builder: &Builder<'_>, tag: &Property, index: &Index<'_>) -> Vec<(Ident, Passed)> {
    let parameters = builder.required_parameters();
    let parameters = parameters.map(|parameter| (parameter.field.clone(), Passed::new(&parameter.ty, index)));
    let own = builder.form.required().filter(|(property, _)| property.wire != tag.wire);
    parameters.chain(own.map(|(property, name)| (name.clone(), Passed::new(&property.ty, index)))).collect()
}

fn tag_argument(arguments: &[(Ident, Passed)]) -> Ident {
    let mut scope = Scope::with(arguments.iter().map(|(name, _)| name.as_str()));
    scope.take(&["tag", "tag_of_alternative"].map(str::to_owned), Case::Snake, "tag")
}

/// The only discriminated property of the operation's body, the required property that discriminates it, and its union.
fn discriminated<'a>(
    builder: &Builder<'a>,
    index: &Index<'a>,
) -> Option<(&'a Property, &'a Property, &'a Ident, &'a Union)> {
    let BodyForm::Single { body, .. } = &builder.form else { return None };
    if !body.files.is_empty() {
        return None;
    }
    let Object { properties, .. } = index.object(&body.content.first()?.ty)?;
    let mut candidates = properties.iter().filter(|property| property.discriminated_by.is_some());
    let (Some(property), None) = (candidates.next(), candidates.next()) else { return None };
    let tag = properties.iter().find(|other| Some(&other.wire) == property.discriminated_by.as_ref())?;
    let TypeRef::Named(union_name) = &property.ty else { return None };
    let TypeKind::Union(union) = index.kind(union_name)? else { return None };
    let fits = union.tagging == Tagging::Discriminated
        && property.presence != Presence::Required
        && tag.presence == Presence::Required
        && matches!(tag.ty, TypeRef::String | TypeRef::Named(_));
    fits.then_some((property, tag, union_name, union))
}
