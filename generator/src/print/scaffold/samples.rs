//! Values on the wire for tests: the document's examples where they fit their types, otherwise values that are made up from
//! the types.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use crate::api::{
    Additional, EnumBase, FormatType, Ident, Location, Object, Parameter, Presence, Property, Tagging,
    TypeDef, TypeKind, TypeRef, Union,
};
use crate::diagnostics::Place;
use crate::rust::Crate;
use crate::source::Examples;

/// The nesting beyond which no value is made up.
const DEPTH: usize = 12;

/// How many values are made up for one sample. Types can hold each other so that there would be no end of them.
const MOST: usize = 2000;

/// Where samples come from.
pub(super) struct Samples<'a> {
    pub krate: &'a Crate<'a>,
    pub examples: &'a Examples,
    /// How many more values the sample can have.
    left: Cell<usize>,
}

impl<'a> Samples<'a> {
    pub(super) fn new(krate: &'a Crate<'a>, examples: &'a Examples) -> Self {
        Self { krate, examples, left: Cell::new(MOST) }
    }

    /// A value of the type, which is declared at `place`; none if it can't be made up.
    pub(super) fn value(&self, ty: &TypeRef, place: Option<&Place>, name: &str) -> Option<Value> {
        self.left.set(MOST);
        self.sample(ty, place, name, 0)
    }

    /// The document's example for the parameter, if it has one that fits and can be sent.
    pub(super) fn of_parameter(&self, parameter: &Parameter) -> Option<&'a Value> {
        let schema = parameter.place.child("schema");
        let places = [&parameter.place, &schema].into_iter();
        let example = places.filter_map(|place| self.examples.at(place)).next();
        let example =
            example.or_else(|| self.definition(&parameter.ty).and_then(|ty| self.examples.at(&ty.place)));
        let is_sent = |text: &str| match parameter.location {
            Location::Path => !matches!(text, "" | "." | ".."),
            Location::Header | Location::Cookie => {
                !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
            }
            _ => true,
        };
        example.filter(|value| self.fits(value, &parameter.ty) && value.as_str().is_none_or(is_sent))
    }

    fn sample(&self, ty: &TypeRef, place: Option<&Place>, name: &str, depth: usize) -> Option<Value> {
        let left = self.left.get().checked_sub(1).filter(|_| depth <= DEPTH)?;
        self.left.set(left);
        let of_type = || self.definition(ty).and_then(|ty| self.examples.at(&ty.place));
        let example = place.and_then(|place| self.examples.at(place)).into_iter().chain(of_type());
        if let Some(example) = example.into_iter().find(|value| self.fits(value, ty)) {
            return Some(example.clone());
        }
        let items = place.map(|place| place.child("items"));
        Some(match ty {
            TypeRef::Named(named) => return self.named(named, name, depth),
            TypeRef::Boolean => json!(true),
            TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64 | TypeRef::Float | TypeRef::Double => json!(1),
            TypeRef::String | TypeRef::Json => json!(name),
            TypeRef::DateTime => json!("2026-01-31T12:00:00Z"),
            TypeRef::Date => json!("2026-01-31"),
            TypeRef::Uuid => json!("67e55044-10b1-426f-9247-bb680e5fe0c8"),
            TypeRef::Base64 => json!("aGVsbG8="),
            TypeRef::JsonObject => json!({}),
            TypeRef::Formatted(formatted) => match &formatted.given {
                FormatType::Text { sample, .. } => json!(sample),
                FormatType::Quoted(_) => json!("1"),
                FormatType::Own(_) => return None,
            },
            TypeRef::Own(_) | TypeRef::Bytes | TypeRef::Body => return None,
            TypeRef::Secret(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Inferred(inner)
            | TypeRef::Boxed(inner) => return self.sample(inner, None, name, depth + 1),
            TypeRef::List(item) => json!([self.sample(item, items.as_ref(), name, depth + 1)?]),
            TypeRef::Map(value) => json!({ "name": self.sample(value, None, name, depth + 1)? }),
            TypeRef::Tuple(items) => {
                let items = items.iter().map(|item| self.sample(item, None, name, depth + 1));
                Value::Array(items.collect::<Option<Vec<Value>>>()?)
            }
        })
    }

    fn named(&self, named: &Ident, name: &str, depth: usize) -> Option<Value> {
        match self.krate.index.kind(named)? {
            TypeKind::Object(object) => self.object(object, depth),
            TypeKind::Enum(listed) => Some(match (listed.values.first(), listed.base) {
                (Some(value), _) => value.value.clone(),
                (None, EnumBase::Integer) => json!(1),
                (None, EnumBase::String | EnumBase::Json) => json!(name),
            }),
            TypeKind::Union(union) => self.union(union, name, depth).map(|(value, _)| value),
            TypeKind::Alias(alias) => self.sample(&alias.ty, None, name, depth + 1),
        }
    }

    /// A value of the first alternative, and the tag that selects it.
    fn union(&self, union: &Union, name: &str, depth: usize) -> Option<(Value, Option<String>)> {
        let Some(variant) = union.variants.first() else { return Some((json!(name), None)) };
        let mut value = self.sample(&variant.ty, None, name, depth + 1)?;
        let tag = variant.tags.first();
        if let (Tagging::Property(property), Value::Object(members)) = (&union.tagging, &mut value)
            && !members.contains_key(property)
        {
            let written = variant.written.clone().or_else(|| tag.map(|tag| json!(tag)));
            members.extend(written.map(|written| (property.clone(), written)));
        }
        Some((value, tag.cloned()))
    }

    /// An object with the properties that are required, and those that have an example.
    fn object(&self, object: &Object, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        for property in &object.properties {
            let is_required = property.presence == Presence::Required;
            let example = || self.examples.at(&property.place).filter(|value| self.fits(value, &property.ty));
            let value = match &property.tag {
                Some(tag) => Some(tag.clone()),
                None if is_required => Some(self.property(property, object, &mut members, depth)?),
                None => example().cloned(),
            };
            if let Some(value) = value {
                members.entry(property.wire.clone()).or_insert(value);
            }
        }
        Some(Value::Object(members))
    }

    /// The value of a required property. If it is discriminated by another one, that one is among the `members` too.
    fn property(
        &self,
        property: &Property,
        object: &Object,
        members: &mut Map<String, Value>,
        depth: usize,
    ) -> Option<Value> {
        if let Some(by) = &property.discriminated_by
            && let Some(TypeKind::Union(union)) = self.definition(&property.ty).map(|ty| &ty.kind)
            && object.properties.iter().any(|other| other.wire == *by)
        {
            let (value, tag) = self.union(union, property.field.bare(), depth + 1)?;
            members.extend(tag.map(|tag| (by.clone(), json!(tag))));
            return Some(value);
        }
        self.sample(&property.ty, Some(&property.place), property.field.bare(), depth + 1)
    }

    fn definition(&self, ty: &TypeRef) -> Option<&'a TypeDef> {
        match ty {
            TypeRef::Named(name) => self.krate.index.definition(name),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.definition(inner),
            _ => None,
        }
    }

    /// Whether a made-up value of the type has nothing in it.
    pub(super) fn may_be_empty(&self, ty: &TypeRef) -> bool {
        match self.krate.index.behind_aliases(ty) {
            TypeRef::JsonObject => true,
            ty => self.krate.index.object(&ty).is_some_and(|object| {
                object.properties.iter().all(|property| property.presence != Presence::Required)
            }),
        }
    }

    /// Whether a value is read as the type and written as it was: whether what is required is there. Anything else is
    /// preserved.
    fn fits(&self, value: &Value, ty: &TypeRef) -> bool {
        let text = || value.is_string();
        match ty {
            TypeRef::Named(name) => match self.krate.index.kind(name) {
                Some(TypeKind::Object(object)) => self.is_object(value, object),
                Some(TypeKind::Enum(listed)) => match listed.base {
                    EnumBase::String => text(),
                    EnumBase::Integer => value.is_i64(),
                    EnumBase::Json => true,
                },
                Some(TypeKind::Alias(alias)) => self.fits(value, &alias.ty),
                // What fits no alternative is preserved.
                Some(TypeKind::Union(_)) => true,
                None => false,
            },
            TypeRef::Boolean => value.is_boolean(),
            TypeRef::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            TypeRef::Int64 => value.is_i64(),
            TypeRef::UInt64 => value.is_u64(),
            TypeRef::Float | TypeRef::Double => value.is_number(),
            TypeRef::String | TypeRef::DateTime | TypeRef::Date | TypeRef::Uuid | TypeRef::Base64 => text(),
            // An example can lack the format.
            TypeRef::Bytes | TypeRef::Body | TypeRef::Own(_) | TypeRef::Formatted(_) => false,
            TypeRef::Json | TypeRef::Inferred(_) => true,
            TypeRef::JsonObject => value.is_object(),
            TypeRef::Secret(inner) | TypeRef::Boxed(inner) => self.fits(value, inner),
            TypeRef::Nullable(inner) => value.is_null() || self.fits(value, inner),
            TypeRef::List(item) => {
                value.as_array().is_some_and(|items| items.iter().all(|value| self.fits(value, item)))
            }
            TypeRef::Map(inner) => {
                value.as_object().is_some_and(|members| members.values().all(|value| self.fits(value, inner)))
            }
            TypeRef::Tuple(types) => value.as_array().is_some_and(|items| {
                items.len() == types.len() && items.iter().zip(types).all(|(item, ty)| self.fits(item, ty))
            }),
        }
    }

    fn is_object(&self, value: &Value, object: &Object) -> bool {
        let Some(members) = value.as_object() else { return false };
        let required = object.properties.iter().filter(|property| property.presence == Presence::Required);
        let has = |property: &Property| {
            members.get(&property.wire).is_some_and(|value| self.fits(value, &property.ty))
        };
        let is_declared = |name: &String| object.properties.iter().any(|property| property.wire == *name);
        let fits_additional = match &object.additional {
            Additional::Typed(ty, _) => {
                let mut others = members.iter().filter(|(name, _)| !is_declared(name));
                others.all(|(_, value)| self.fits(value, ty))
            }
            Additional::Open | Additional::Closed => true,
        };
        fits_additional && required.into_iter().all(has)
    }
}
