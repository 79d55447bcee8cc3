//! The names of fields and variants, including the variants for unknown values.

use super::table::{Case, Scope, Wanted};
use crate::api::{Ident, Object, TypeKind};

/// Settles the names of a type's fields or variants.
pub(super) fn settle(kind: &mut TypeKind) {
    match kind {
        TypeKind::Object(object) => fields(object),
        TypeKind::Enum(listed) => {
            let mut scope = Scope::default();
            let wanted = listed.values.iter().map(|value| Wanted::of(&value.variant, value.wish.words()));
            let variants = scope.take_wanted(&wanted.collect::<Vec<_>>(), Case::Pascal);
            for (value, variant) in listed.values.iter_mut().zip(variants) {
                value.variant = variant;
            }
            listed.unknown = unknown(&mut scope);
        }
        TypeKind::Union(union) => {
            let mut scope = Scope::default();
            let wanted =
                union.variants.iter().map(|variant| Wanted::of(&variant.variant, variant.wish.words()));
            let variants = scope.take_wanted(&wanted.collect::<Vec<_>>(), Case::Pascal);
            for (variant, name) in union.variants.iter_mut().zip(variants) {
                variant.variant = name;
            }
            union.unknown = unknown(&mut scope);
        }
        TypeKind::Alias(_) => {}
    }
}

fn fields(object: &mut Object) {
    let mut scope = Scope::default();
    let wanted = object.properties.iter().map(|property| Wanted::of(&property.field, &property.wire));
    let fields = scope.take_wanted(&wanted.collect::<Vec<_>>(), Case::Snake);
    for (property, field) in object.properties.iter_mut().zip(fields) {
        property.field = field;
    }
    let wanted = ["", "_", "__", "___"].map(|end| format!("additional_properties{end}"));
    object.additional_field = scope.take(&wanted, Case::Snake, "additional properties");
}

/// The variant for unknown values.
pub(super) fn unknown(scope: &mut Scope) -> Ident {
    let wanted = ["", "Other", "OtherOther"].map(|start| format!("{start}Unknown"));
    scope.take(&wanted, Case::Pascal, "unknown")
}
