//! The fields on the way to a property.

use super::index::Index;
use crate::api::{Ident, Input, Operation, Path, Presence, Property, TypeRef};

/// A field on the way to a property, or that of the property itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The field.
    pub field: String,
    /// What it holds the value in.
    pub holder: Holder,
}

/// What a field holds its value in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// Nothing: there is always a value.
    None,
    /// An `Option`.
    Option,
    /// A `Patch`.
    Patch,
}

impl Holder {
    /// That of a body.
    pub(super) fn of_body(is_required: bool, is_nullable: bool) -> Self {
        match (is_required, is_nullable) {
            (true, false) => Self::None,
            (true, true) | (false, false) => Self::Option,
            (false, true) => Self::Patch,
        }
    }

    /// The type of a field that holds a value of type `ty`.
    pub(crate) fn around(self, ty: &str) -> String {
        match self {
            Self::None => ty.to_owned(),
            Self::Option => format!("Option<{ty}>"),
            Self::Patch => format!("Patch<{ty}>"),
        }
    }

    /// A field's value that holds `value`.
    pub(crate) fn holding(self, value: &str) -> String {
        match self {
            Self::None => value.to_owned(),
            Self::Option => format!("Some({value})"),
            Self::Patch => format!("Patch::Value({value})"),
        }
    }

    /// A field's value that holds nothing: the body isn't sent.
    pub(crate) fn empty(self) -> &'static str {
        if self == Self::Patch { "Patch::Absent" } else { "None" }
    }

    /// A field's value that stands for null.
    pub(crate) fn null(self) -> &'static str {
        if self == Self::Patch { "Patch::Null" } else { "None" }
    }

    fn of(property: &Property) -> Self {
        match property.presence {
            Presence::Required if matches!(property.ty, TypeRef::Nullable(_)) => Self::Option,
            Presence::Required => Self::None,
            Presence::Optional => Self::Option,
            Presence::Patch => Self::Patch,
        }
    }
}

impl Index<'_> {
    /// The fields on the way from the struct called `object` to the property at `path`, and that property's type behind
    /// aliases. `None` if there is no such property.
    pub(crate) fn steps(&self, object: &Ident, path: &Path) -> Option<(Vec<Step>, TypeRef)> {
        let mut ty = TypeRef::Named(object.clone());
        let mut steps = Vec::new();
        for wire in path {
            let object = self.object(&bare(self.behind_aliases(&ty)))?;
            let property = object.properties.iter().find(|property| property.wire == *wire)?;
            steps.push(Step { field: property.field.to_string(), holder: Holder::of(property) });
            ty = property.ty.clone();
        }
        Some((steps, bare(self.behind_aliases(&ty))))
    }

    /// Likewise for a value of a request, from its builder.
    pub(crate) fn input_steps(&self, operation: &Operation, input: &Input) -> Option<(Vec<Step>, TypeRef)> {
        match input {
            Input::Parameter(index) => {
                let parameter = operation.parameters.get(*index)?;
                let holder = if parameter.required { Holder::None } else { Holder::Option };
                let step = Step { field: parameter.field.to_string(), holder };
                Some((vec![step], self.behind_aliases(&parameter.ty)))
            }
            Input::Body(path) => {
                let body = operation.body.as_ref()?;
                let first = &body.content.first()?.ty;
                let TypeRef::Named(object) = self.behind_aliases(first.behind_null()) else { return None };
                let holder = Holder::of_body(body.required, matches!(first, TypeRef::Nullable(_)));
                let (steps, ty) = self.steps(&object, path)?;
                let body = Step { field: "body".to_owned(), holder };
                Some((std::iter::once(body).chain(steps).collect(), ty))
            }
        }
    }
}

/// The type without what holds it.
fn bare(ty: TypeRef) -> TypeRef {
    match ty {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => bare(*inner),
        other => other,
    }
}
