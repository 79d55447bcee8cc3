//! The combined constraints on a value: a schema with its references, its `allOf` and the chosen alternative
//! of each union.

use openapi_generator::source::document::{Schema, SchemaId, Type};
use serde_json::{Number, Value};

/// A bound on a number, if any, and whether it is exclusive.
type Bound = Option<(f64, bool)>;

/// Schemas that all apply to one value.
#[derive(Debug, Default)]
pub struct Facets<'a> {
    pub ids: Vec<SchemaId>,
    pub parts: Vec<&'a Schema>,
    /// Discriminator properties and the values that choose the alternatives taken.
    pub tags: Vec<(&'a str, &'a str)>,
}

impl<'a> Facets<'a> {
    /// The types that all parts allow; empty if no part declares a type.
    pub fn types(&self) -> Vec<Type> {
        let mut said = self.parts.iter().filter(|part| !part.types.is_empty()).map(|part| &part.types);
        let Some(first) = said.next() else { return Vec::new() };
        let allowed = |kind: &&Type| {
            // An integer is also a number (JSON Schema 2020-12, section 4.2.1).
            let allows = |types: &Vec<Type>| {
                types.contains(kind) || (**kind == Type::Integer && types.contains(&Type::Number))
            };
            self.parts.iter().map(|part| &part.types).filter(|types| !types.is_empty()).all(allows)
        };
        first.iter().chain(said.flatten()).filter(allowed).copied().collect()
    }

    /// The type that the keywords imply, where no part declares one.
    pub fn implied(&self) -> Option<Type> {
        let any = |test: fn(&Schema) -> bool| self.parts.iter().any(|part| test(part));
        if any(|part| !part.properties.is_empty() || !part.required.is_empty())
            || any(|part| part.additional_properties.is_some() || part.limits.min_properties.is_some())
        {
            return Some(Type::Object);
        }
        if any(|part| {
            part.items.is_some() || !part.prefix_items.is_empty() || part.limits.min_items.is_some()
        }) {
            return Some(Type::Array);
        }
        if any(|part| {
            part.limits.pattern.is_some()
                || part.limits.min_length.is_some()
                || part.limits.max_length.is_some()
        }) {
            return Some(Type::String);
        }
        any(|part| part.limits.minimum.is_some() || part.limits.maximum.is_some()).then_some(Type::Number)
    }

    /// The values that all `enum`s allow, except null; `None` if there is no `enum`.
    pub fn values(&self) -> Option<Vec<&'a Value>> {
        let mut lists = self.parts.iter().map(|part| &part.values).filter(|values| !values.is_empty());
        let first = lists.next()?;
        let rest: Vec<_> = lists.collect();
        let allowed = |value: &&Value| !value.is_null() && rest.iter().all(|list| list.contains(value));
        Some(first.iter().filter(allowed).collect())
    }

    /// Whether no value is valid.
    pub fn is_impossible(&self) -> bool {
        self.parts.iter().any(|part| part.boolean == Some(false))
    }

    /// Whether it is read-only.
    pub fn is_read_only(&self) -> bool {
        self.parts.iter().any(|part| part.read_only)
    }

    /// The largest of a keyword's values.
    pub fn most(&self, keyword: impl Fn(&Schema) -> Option<u64>) -> Option<usize> {
        self.parts.iter().filter_map(|part| keyword(part)).max().map(to_usize)
    }

    /// The smallest of a keyword's values.
    pub fn least(&self, keyword: impl Fn(&Schema) -> Option<u64>) -> Option<usize> {
        self.parts.iter().filter_map(|part| keyword(part)).min().map(to_usize)
    }

    /// The first value of a keyword.
    pub fn first<T>(&self, keyword: impl Fn(&'a Schema) -> Option<T>) -> Option<T> {
        self.parts.iter().find_map(|part| keyword(part))
    }

    /// The smallest and the largest number.
    pub fn bounds(&self) -> (Bound, Bound) {
        let all = |inclusive: fn(&Schema) -> &Option<Number>, exclusive: fn(&Schema) -> &Option<Number>| {
            let of = |keyword: fn(&Schema) -> &Option<Number>, excluded: bool| {
                let limits = self.parts.iter().filter_map(move |part| keyword(part).as_ref()?.as_f64());
                limits.map(move |limit| (limit, excluded)).collect::<Vec<_>>()
            };
            [of(inclusive, false), of(exclusive, true)].concat().into_iter()
        };
        let order = |left: &(f64, bool), right: &(f64, bool)| left.0.total_cmp(&right.0);
        (
            all(|part| &part.limits.minimum, |part| &part.limits.exclusive_minimum).max_by(order),
            all(|part| &part.limits.maximum, |part| &part.limits.exclusive_maximum).min_by(order),
        )
    }

    /// The names of the properties, each once, with all the schemas that the parts have for it.
    pub fn properties(&self) -> Vec<(&'a str, Vec<SchemaId>)> {
        let mut found: Vec<(&str, Vec<SchemaId>)> = Vec::new();
        for (name, id) in self.parts.iter().flat_map(|part| &part.properties) {
            match found.iter_mut().find(|(known, _)| known == name) {
                Some((_, ids)) => ids.push(*id),
                None => found.push((name, vec![*id])),
            }
        }
        found
    }

    /// Whether a property is required.
    pub fn requires(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.required.iter().any(|required| required == name))
    }
}

fn to_usize(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
