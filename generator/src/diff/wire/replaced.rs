//! Another type in the place of one: what differs is told of what the two have in common.

use super::index::{Index, on_the_wire, without_null};
use super::pairs::alike;
use super::relation::describe;
use super::rules;
use super::{At, Comparison, Group, Part};
use crate::api::{TypeDef, TypeKind, TypeRef};

/// How many pairs of types are compared in this way. Others are told of as a whole.
const MAX_REPLACED: usize = 4096;

impl<'a> Comparison<'a> {
    /// Tells what differs between two types that have much in common, and whether they have.
    pub(super) fn is_replaced(&mut self, at: &At, old: &TypeRef, new: &TypeRef) -> bool {
        let Some((from, to)) = self.alike(old, new) else { return false };
        let pair = (from.name.as_str(), to.name.as_str(), at.directions.clone());
        if self.replaced.len() >= MAX_REPLACED && !self.replaced.contains(&pair) {
            return false;
        }
        self.report(&rules::TYPE_REPLACED, at, Some(describe(old)), Some(describe(new)));
        if self.replaced.insert(pair) {
            let group = Group::Type(to.name.to_string());
            let whole = At::new(&group, Part::Whole, to.name.as_str());
            let whole = whole.directions(&at.directions).places(&from.place, &to.place);
            match (&from.kind, &to.kind) {
                (TypeKind::Object(old), TypeKind::Object(new)) => self.object(&whole, old, new),
                (TypeKind::Enum(old), TypeKind::Enum(new)) => self.enumeration(&whole, old, new),
                (TypeKind::Union(old), TypeKind::Union(new)) => self.union(&whole, old, new),
                _ => {}
            }
        }
        true
    }

    /// The types behind two names, as they are or within lists and maps, if they have much in common.
    fn alike(&self, old: &TypeRef, new: &TypeRef) -> Option<(&'a TypeDef, &'a TypeDef)> {
        match (on_the_wire(old), on_the_wire(new)) {
            (TypeRef::Named(old), TypeRef::Named(new)) => {
                let named = |index: &Index<'a>, name: &str| index.get(name);
                let (from, to) = (named(&self.pairs.old, old)?, named(&self.pairs.new, new)?);
                let both = matches!(
                    (&from.kind, &to.kind),
                    (TypeKind::Object(_), TypeKind::Object(_))
                        | (TypeKind::Enum(_), TypeKind::Enum(_))
                        | (TypeKind::Union(_), TypeKind::Union(_))
                );
                (both && alike(from, to)).then_some((from, to))
            }
            (TypeRef::List(old), TypeRef::List(new)) | (TypeRef::Map(old), TypeRef::Map(new)) => {
                let ((old, old_null), (new, new_null)) = (without_null(old), without_null(new));
                if old_null == new_null { self.alike(old, new) } else { None }
            }
            _ => None,
        }
    }
}
