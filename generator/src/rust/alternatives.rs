//! Alternatives of unions: the methods that a union has for each, and which it is made from by `From`.

use std::collections::HashMap;

use super::index::Index;
use super::names::{Case, Scope, unique};
use super::types;
use crate::api::{Ident, Tagging, TypeKind, TypeRef, Union, Variant};

/// Words that would make a method of a well-known trait's name, such as `as_ref`.
const RESERVED: &[&str] = &["ref", "mut", "iter"];

/// An alternative of a union as callers see it, or the variant for unknown values.
#[derive(Clone, Debug)]
pub struct Alternative<'a> {
    /// The variant.
    pub variant: &'a Ident,
    /// The Rust type that it holds, without a box.
    pub payload: String,
    /// Whether it holds a box.
    pub is_boxed: bool,
    /// The feature that compiles it.
    pub feature: Option<&'a str>,
    /// The method that says whether a value is it.
    pub tells: Ident,
    /// The method that borrows what it holds.
    pub borrows: Ident,
    /// The method that takes what it holds.
    pub takes: Ident,
    /// Whether the union has `From` for what it holds. Alternatives that hold the same can't all have it.
    pub converts: bool,
    /// Whether the union has `From<&str>` too, since it converts from the text that the alternative holds.
    pub is_text: bool,
}

impl<'a> Alternative<'a> {
    /// The alternatives of `union`, and what is unknown last.
    pub(super) fn all(union: &'a Union, index: &Index<'_>) -> Vec<Self> {
        let variants = || union.variants.iter().map(|variant| &variant.variant).chain([&union.unknown]);
        let words = variants().map(|variant| variant.as_str());
        let words = Scope::without(RESERVED).take_all(words, Case::Snake);
        let is_discriminated = union.tagging == Tagging::Discriminated;
        let unknown = if is_discriminated { "Untyped" } else { "Json" };
        let converts = converting(union, index);
        let alternative = |(at, (variant, word)): (usize, (&'a Ident, Ident))| {
            let declared = union.variants.get(at);
            let word = word.bare().trim_start_matches('_');
            let converts = converts.get(at).is_some_and(|converts| *converts);
            Self {
                variant,
                payload: declared.map_or_else(|| unknown.to_owned(), |variant| types::rust(payload(variant))),
                is_boxed: declared.is_some_and(|variant| matches!(variant.ty, TypeRef::Boxed(_))),
                feature: declared.and_then(|variant| variant.feature.as_deref()),
                tells: unique(&format!("is_{word}")),
                borrows: unique(&format!("as_{word}")),
                takes: unique(&format!("into_{word}")),
                converts,
                is_text: converts && declared.is_some_and(|variant| is_text(variant, index)),
            }
        };
        variants().zip(words).enumerate().map(alternative).collect()
    }
}

/// The payload of a variant, without its box.
pub(crate) fn payload(variant: &Variant) -> &TypeRef {
    if let TypeRef::Boxed(inner) = &variant.ty { inner } else { &variant.ty }
}

fn is_text(variant: &Variant, index: &Index<'_>) -> bool {
    index.behind_aliases(&variant.ty) == TypeRef::String
}

/// The first alternative and whether it holds text, if the union is made of what that holds.
pub(crate) fn first_converting<'u>(union: &'u Union, index: &Index<'_>) -> Option<(&'u Variant, bool)> {
    let first = union.variants.first().filter(|_| converting(union, index)[0])?;
    Some((first, is_text(first, index)))
}

/// Whether the union has `From` for each of its alternatives: those that hold the same, be it by aliases, can't all have it.
fn converting(union: &Union, index: &Index<'_>) -> Vec<bool> {
    let behind: Vec<TypeRef> =
        union.variants.iter().map(|variant| index.behind_aliases(payload(variant))).collect();
    // Every type is made from itself already.
    let is_itself = |ty: &TypeRef| {
        let TypeRef::Named(name) = ty else { return false };
        matches!(index.kind(name), Some(TypeKind::Union(other)) if std::ptr::eq(other, union))
    };
    // A union that another property discriminates is made from any JSON, which an alias may stand for.
    let is_json = |ty: &TypeRef| {
        let kind = ty.named().and_then(|name| index.kind(name));
        union.tagging == Tagging::Discriminated && kind.is_none_or(|kind| matches!(kind, TypeKind::Alias(_)))
    };
    let mut counts: HashMap<&TypeRef, usize> = HashMap::new();
    for ty in &behind {
        *counts.entry(ty).or_default() += 1;
    }
    let pairs = union.variants.iter().zip(&behind);
    let converts = pairs.map(|(variant, ty)| {
        let is_alone = counts.get(ty) == Some(&1);
        is_alone && !is_itself(ty) && !is_json(payload(variant))
    });
    converts.collect()
}
