//! How the values of two types relate, as JSON.

use super::index::{Index, on_the_wire, without_null};
use super::pairs::Pairs;
use crate::api::{Additional, Enum, EnumBase, Object, Presence, Property, TypeDef, TypeKind, TypeRef, Union};

/// How the values of a new type relate to those of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are the same.
    Equal,
    /// They are the same, but for properties that may be there beside those of the old type.
    Grown,
    /// Some strings are no longer values.
    FormatNarrower,
    /// Some strings are new values.
    FormatWider,
    /// Some are no longer values.
    Narrower,
    /// Some are new values.
    Wider,
    /// Neither contains the other.
    Different,
}

impl Relation {
    /// The relation of a whole with one part that relates like `self` and another like `other`.
    fn and(self, other: Self) -> Self {
        use Relation::{Different, Equal, FormatNarrower, FormatWider, Narrower, Wider};
        match (self, other) {
            (Equal, one) | (one, Equal) => one,
            (one, same) if one == same => one,
            (FormatNarrower | Narrower, FormatNarrower | Narrower) => Narrower,
            (FormatWider | Wider, FormatWider | Wider) => Wider,
            _ => Different,
        }
    }

    fn reversed(self) -> Self {
        match self {
            Self::FormatNarrower => Self::FormatWider,
            Self::FormatWider => Self::FormatNarrower,
            Self::Narrower => Self::Wider,
            Self::Wider => Self::Narrower,
            // Properties that are gone can be missed.
            Self::Grown => Self::Different,
            same => same,
        }
    }
}

/// How deep types within types are compared. Deeper ones count as equal.
const MAX_DEPTH: usize = 12;

/// How the values of `new` relate to those of `old`. Corresponding types count as equal, since their differences are
/// reported where they are defined.
pub(super) fn relation(pairs: &Pairs<'_>, old: &TypeRef, new: &TypeRef) -> Relation {
    relation_of_text(pairs, old, new, Text::No)
}

/// Likewise, of values that are written as text.
pub(super) fn relation_of_text(pairs: &Pairs<'_>, old: &TypeRef, new: &TypeRef, text: Text) -> Relation {
    Side { pairs, old: &pairs.old, new: &pairs.new, forward: true, text }.types(old, new, 0)
}

/// Whether values are written as text, as in a query or a header, where `1` is a number and a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// As JSON.
    No,
    /// As text.
    Yes,
    /// As text, a list as each of its items: a value is a list of one.
    Exploded,
}

struct Side<'s, 'a> {
    pairs: &'s Pairs<'a>,
    old: &'s Index<'a>,
    new: &'s Index<'a>,
    forward: bool,
    text: Text,
}

impl Side<'_, '_> {
    /// The relation in the opposite direction.
    fn reverse(&self, old: &TypeRef, new: &TypeRef, depth: usize) -> Relation {
        let reversed =
            Side { pairs: self.pairs, old: self.new, new: self.old, forward: !self.forward, text: self.text };
        reversed.one_way(new, old, depth).reversed()
    }

    fn types(&self, old: &TypeRef, new: &TypeRef, depth: usize) -> Relation {
        let (old_type, old_null) = without_null(old);
        let (new_type, new_null) = without_null(new);
        let null = match (old_null, new_null) {
            _ if *old_type == TypeRef::Json || *new_type == TypeRef::Json => Relation::Equal,
            (true, false) => Relation::Narrower,
            (false, true) => Relation::Wider,
            _ => Relation::Equal,
        };
        if depth > MAX_DEPTH {
            return null;
        }
        let found = match self.one_way(old_type, new_type, depth) {
            Relation::Equal if have_other_formats(old_type, new_type) => Relation::Different,
            Relation::Different => self.reverse(old_type, new_type, depth),
            found => found,
        };
        null.and(found)
    }

    fn corresponds(&self, old: &str, new: &str) -> bool {
        let (old, new) = if self.forward { (old, new) } else { (new, old) };
        self.pairs.new_name(old) == Some(new)
    }

    /// The relation as far as this order shows it; the opposite order may show more.
    fn one_way(&self, old: &TypeRef, new: &TypeRef, depth: usize) -> Relation {
        use TypeRef as T;
        match (on_the_wire(old).plain(), on_the_wire(new).plain()) {
            (T::Named(old), T::Named(new)) if self.corresponds(old, new) => Relation::Equal,
            (T::List(old), T::List(new)) | (T::Map(old), T::Map(new)) => self.types(old, new, depth + 1),
            (T::Tuple(old), T::Tuple(new)) if old.len() == new.len() => old
                .iter()
                .zip(new)
                .fold(Relation::Equal, |all, (old, new)| all.and(self.types(old, new, depth + 1))),
            (T::Named(name), other) if self.old.alias(name).is_some() => self
                .old
                .alias(name)
                .map_or(Relation::Different, |alias| self.types(&alias.ty, other, depth + 1)),
            (other, T::Named(name)) if self.new.alias(name).is_some() => self
                .new
                .alias(name)
                .map_or(Relation::Different, |alias| self.types(other, &alias.ty, depth + 1)),
            (T::Named(old), T::Named(new)) => match (self.old.get(old), self.new.get(new)) {
                (Some(old), Some(new)) => self.definitions(old, new, depth + 1),
                _ => Relation::Different,
            },
            (old, new) if old == new => Relation::Equal,
            // Only the settings say what it is, and they don't reach the wire.
            (T::Own(_), _) | (_, T::Own(_)) => Relation::Equal,
            (_, T::Json) => Relation::Wider,
            (T::Map(_) | T::Tuple(_), T::JsonObject) if matches!(old, T::Map(_)) => Relation::Wider,
            (T::Tuple(items), T::List(item)) => {
                match items.iter().fold(Relation::Equal, |all, old| all.and(self.types(old, item, depth + 1)))
                {
                    Relation::Equal | Relation::Wider | Relation::FormatWider => Relation::Wider,
                    _ => Relation::Different,
                }
            }
            (T::Int32, T::Int64 | T::Float | T::Double)
            | (T::UInt64 | T::Int64, T::Float | T::Double)
            | (T::UInt64, T::Int64)
            | (T::Float, T::Double) => Relation::Wider,
            (T::DateTime | T::Date | T::Uuid | T::Base64, T::String) => Relation::FormatWider,
            (T::Boolean | T::Int32 | T::Int64 | T::UInt64 | T::Float | T::Double, T::String)
                if self.text != Text::No =>
            {
                Relation::Wider
            }
            (old, T::List(item))
                if self.text == Text::Exploded && !matches!(old, T::Map(_) | T::Tuple(_)) =>
            {
                match self.types(old, item, depth + 1) {
                    Relation::Equal | Relation::Wider | Relation::FormatWider => Relation::Wider,
                    _ => Relation::Different,
                }
            }
            (T::Named(name), other) => match self.old.get(name).map(|definition| &definition.kind) {
                Some(TypeKind::Enum(listed)) => listed_in(listed, other),
                Some(TypeKind::Object(_)) if *other == T::JsonObject => Relation::Wider,
                Some(TypeKind::Union(union)) => self.alternative(union, other, depth),
                _ => Relation::Different,
            },
            _ => Relation::Different,
        }
    }

    /// A union became one of its alternatives.
    fn alternative(&self, union: &Union, new: &TypeRef, depth: usize) -> Relation {
        let same = |ty: &TypeRef| matches!(self.types(ty, new, depth + 1), Relation::Equal);
        if union.variants.iter().any(|variant| same(&variant.ty)) {
            Relation::Narrower
        } else {
            Relation::Different
        }
    }

    fn definitions(&self, old: &TypeDef, new: &TypeDef, depth: usize) -> Relation {
        match (&old.kind, &new.kind) {
            (TypeKind::Object(old), TypeKind::Object(new)) => self.objects(old, new, depth),
            (TypeKind::Enum(old), TypeKind::Enum(new)) => enums(old, new),
            (TypeKind::Union(old), TypeKind::Union(new)) => self.unions(old, new, depth),
            (TypeKind::Union(union), _) => self.alternative(union, &TypeRef::Named(new.name.clone()), depth),
            _ => Relation::Different,
        }
    }

    fn objects(&self, old: &Object, new: &Object, depth: usize) -> Relation {
        let shared = old.properties.iter().filter_map(|property| {
            Some((property, new.properties.iter().find(|other| other.wire == property.wire)?))
        });
        let shared: Vec<_> = shared.collect();
        // What may be absent can be there beside what both have.
        if shared.len() < old.properties.len() || added(old, new).any(Property::must_be_sent) {
            return Relation::Different;
        }
        let additional = match (&old.additional, &new.additional) {
            (Additional::Typed(old, _), Additional::Typed(new, _)) => self.types(old, new, depth),
            (Additional::Closed, Additional::Closed) | (Additional::Open, Additional::Open) => {
                Relation::Equal
            }
            (Additional::Closed, _) | (_, Additional::Open) => Relation::Wider,
            _ => Relation::Narrower,
        };
        let grown = if added(old, new).next().is_some() { Relation::Grown } else { Relation::Equal };
        shared.into_iter().fold(additional.and(grown), |all, (old, new)| {
            let presence = match (old.presence, new.presence) {
                (old, new) if old == new => Relation::Equal,
                (Presence::Required, _) | (Presence::Optional, Presence::Patch) => Relation::Wider,
                _ => Relation::Narrower,
            };
            all.and(presence).and(self.types(&old.ty, &new.ty, depth))
        })
    }

    fn unions(&self, old: &Union, new: &Union, depth: usize) -> Relation {
        if old.tagging != new.tagging {
            return Relation::Different;
        }
        let within = |side: &Union, other: &Union, reversed: bool| {
            side.variants.iter().all(|variant| {
                other.variants.iter().any(|candidate| {
                    let (old, new) =
                        if reversed { (&candidate.ty, &variant.ty) } else { (&variant.ty, &candidate.ty) };
                    (&variant.tags, variant.is_default) == (&candidate.tags, candidate.is_default)
                        && self.types(old, new, depth) == Relation::Equal
                })
            })
        };
        both(within(old, new, false), within(new, old, true))
    }
}

/// Whether the settings give both types to their formats, and these aren't the same.
fn have_other_formats(old: &TypeRef, new: &TypeRef) -> bool {
    match (on_the_wire(old), on_the_wire(new)) {
        (TypeRef::Formatted(old), TypeRef::Formatted(new)) => old.format != new.format,
        _ => false,
    }
}

/// The properties that only `new` has.
pub(super) fn added<'o>(old: &'o Object, new: &'o Object) -> impl Iterator<Item = &'o Property> {
    let is_old = |property: &Property| old.properties.iter().any(|other| other.wire == property.wire);
    new.properties.iter().filter(move |property| !is_old(property))
}

/// The relation of two sets, by whether each contains the other.
fn both(old_in_new: bool, new_in_old: bool) -> Relation {
    match (old_in_new, new_in_old) {
        (true, true) => Relation::Equal,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Different,
    }
}

fn enums(old: &Enum, new: &Enum) -> Relation {
    let within = |side: &Enum, other: &Enum| {
        side.values.iter().all(|value| other.values.iter().any(|candidate| candidate.value == value.value))
    };
    both(within(old, new), within(new, old))
}

/// The relation of a type to the enum that it replaces.
fn listed_in(listed: &Enum, new: &TypeRef) -> Relation {
    match (listed.base, new) {
        // Enums are open: other values of the same base are preserved.
        (EnumBase::String, TypeRef::String) | (EnumBase::Integer, TypeRef::Int32 | TypeRef::Int64) => {
            Relation::FormatWider
        }
        (EnumBase::Integer, TypeRef::UInt64 | TypeRef::Double | TypeRef::Float) => Relation::Wider,
        _ => Relation::Different,
    }
}

/// A type in the words of the document.
pub(super) fn describe(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(name) => name.to_string(),
        TypeRef::Boolean => "boolean".to_owned(),
        TypeRef::Int32 => "integer (int32)".to_owned(),
        TypeRef::Int64 => "integer".to_owned(),
        TypeRef::UInt64 => "integer (uint64)".to_owned(),
        TypeRef::Float => "number (float)".to_owned(),
        TypeRef::Double => "number".to_owned(),
        TypeRef::String => "string".to_owned(),
        TypeRef::DateTime => "string (date-time)".to_owned(),
        TypeRef::Date => "string (date)".to_owned(),
        TypeRef::Uuid => "string (uuid)".to_owned(),
        TypeRef::Base64 => "string (base64)".to_owned(),
        TypeRef::Bytes | TypeRef::Body => "bytes".to_owned(),
        TypeRef::Secret(inner) | TypeRef::Boxed(inner) | TypeRef::Inferred(inner) => describe(inner),
        TypeRef::Own(path) => format!("`{path}`"),
        TypeRef::Formatted(formatted) => match &formatted.plain {
            TypeRef::String => format!("string ({})", formatted.format),
            plain => describe(plain),
        },
        TypeRef::Json => "any JSON".to_owned(),
        TypeRef::JsonObject => "any object".to_owned(),
        TypeRef::List(item) => format!("array of {}", describe(item)),
        TypeRef::Map(value) => format!("object with values {}", describe(value)),
        TypeRef::Tuple(items) => {
            let items: Vec<String> = items.iter().map(describe).collect();
            format!("array of [{}]", items.join(", "))
        }
        TypeRef::Nullable(inner) => format!("{} or null", describe(inner)),
    }
}
