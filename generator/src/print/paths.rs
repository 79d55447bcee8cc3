//! Expressions that reach a property through the objects around it, which may be absent.

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::ident;
use crate::api::TypeRef;
use crate::rust::{Holder, Step};

/// A reference to the property, or an `Option` of one if something around it may be absent.
pub(super) fn borrowed(place: TokenStream, steps: &[Step]) -> TokenStream {
    match next(place, steps) {
        Next::Field(place) => quote! { &#place },
        Next::Held { place, rest } => {
            let inner = borrowed(quote! { it }, rest);
            let method = method(rest);
            quote! { presence::held(&#place).#method(|it| #inner) }
        }
    }
}

/// A reference to the property, or to an `Option` of a reference to it.
pub(super) fn referred(place: TokenStream, steps: &[Step]) -> TokenStream {
    let value = borrowed(place, steps);
    if is_optional(steps) {
        quote! { &#value }
    } else {
        value
    }
}

/// Whether something around the property may be absent.
pub(super) fn is_optional(steps: &[Step]) -> bool {
    steps.iter().rev().skip(1).any(|step| step.holder != Holder::None)
}

/// A copy of the value of type `ty` that `reference` refers to.
pub(super) fn copied(reference: TokenStream, ty: &TypeRef) -> TokenStream {
    if ty.is_copy() {
        quote! { *#reference }
    } else {
        quote! { #reference.clone() }
    }
}

/// A copy of the value of type `ty` at `place`.
pub(super) fn copy_of(place: TokenStream, ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Boolean | TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64 => place,
        _ => quote! { #place.clone() },
    }
}

/// The property itself, or an `Option` of it if something around it may be absent.
pub(super) fn taken(place: TokenStream, steps: &[Step]) -> TokenStream {
    match next(place, steps) {
        Next::Field(place) => place,
        Next::Held { place, rest } => {
            let inner = taken(quote! { it }, rest);
            let method = method(rest);
            quote! { presence::taken(#place).#method(|it| #inner) }
        }
    }
}

/// The field of the property, to be assigned to. Objects around it are created.
pub(super) fn opened(place: TokenStream, steps: &[Step]) -> TokenStream {
    match next(place, steps) {
        Next::Field(place) => place,
        Next::Held { place, rest } => opened(quote! { presence::opened(&mut #place) }, rest),
    }
}

enum Next<'s> {
    /// The field of the property.
    Field(TokenStream),
    /// A field that may hold an object, in which `rest` continues.
    Held { place: TokenStream, rest: &'s [Step] },
}

/// Goes as far as objects are always there.
fn next(mut place: TokenStream, steps: &[Step]) -> Next<'_> {
    for (index, step) in steps.iter().enumerate() {
        let field = ident(&step.field);
        place = quote! { #place.#field };
        let rest = &steps[index + 1..];
        if step.holder != Holder::None && !rest.is_empty() {
            return Next::Held { place, rest };
        }
    }
    Next::Field(place)
}

/// How an object's own part is reached in an `Option` of the object.
fn method(rest: &[Step]) -> TokenStream {
    ident(if is_optional(rest) { "and_then" } else { "map" })
}
