//! `x-discriminated-by`: unions whose alternative is selected by another property of the same object.

use super::schemas::{Use, types};
use super::{Planner, docs};
use crate::api::{Ident, Tagging, TypeKind, TypeRef, Union, Variant, Wish, inner_key};
use crate::diagnostics::{Place, codes};
use crate::source::document::{Alternatives, DiscriminatedBy, Schema, SchemaId, Type};
use crate::text::DISCRIMINATED_BY;

impl Planner<'_> {
    /// The use of a schema with `x-discriminated-by`; `None` if it has none.
    pub(super) fn discriminated_use(
        &mut self,
        schema: &Schema,
        want: &str,
        named: bool,
        depth: usize,
    ) -> Option<Use> {
        let used = match &schema.discriminated_by.as_ref()?.alternatives {
            Alternatives::Like(id) => self.use_of(*id, want, depth + 1).into_expected(),
            Alternatives::Mapping(mapping) => {
                let mapping: Vec<(&String, SchemaId)> = mapping.iter().map(|(tag, id)| (tag, *id)).collect();
                self.define(schema, want, named, |planner, name| {
                    planner.alternatives(&mapping, &schema.place, name, depth)
                })
            }
        };
        let nullable = schema.reference.is_some_and(|id| self.is_nullable(id, 0));
        Some(Use { nullable: used.nullable || nullable, ..used })
    }

    fn alternatives(
        &mut self,
        mapping: &[(&String, SchemaId)],
        place: &Place,
        name: &str,
        depth: usize,
    ) -> TypeKind {
        let place = place.child(DISCRIMINATED_BY).child("mapping");
        let mut variants = Vec::with_capacity(mapping.len());
        for (tag, id) in mapping {
            let used = self.use_of(*id, &inner_key(name, tag), depth + 1).into_expected();
            let target = &self.document.schemas[*id];
            variants.push(Variant {
                variant: Ident::default(),
                wish: Wish::Required((*tag).clone()),
                // An alternative can have dozens of properties, and one value holds one of them.
                ty: TypeRef::Boxed(Box::new(used.ty)),
                rules: used.rules,
                tags: vec![(*tag).clone()],
                written: None,
                is_default: false,
                feature: None,
                place: place.child(tag),
                docs: docs::docs(None, target.description.as_deref()),
            });
        }
        TypeKind::Union(Union { tagging: Tagging::Discriminated, variants, unknown: Ident::default() })
    }

    /// The property of `owner` that selects the alternative of its property `id`. If `x-discriminated-by` names none
    /// that can, that is reported, and values stay JSON.
    pub(super) fn discriminating_property(&mut self, owner: &Schema, id: SchemaId) -> Option<String> {
        let wire = self.discriminated_by(id)?.property.clone()?;
        let place = &self.document.schemas[id].place;
        let Some(tag) = owner.properties.get(&wire) else {
            let message =
                format!("the object has no property {wire:?}, which should select this property's schema");
            let help = "Correct `propertyName` in `x-discriminated-by`, or omit it if no property selects the schema.";
            self.diagnostics.report(&codes::NO_DISCRIMINATING_PROPERTY, place, message, help);
            return None;
        };
        if !self.is_text(*tag) {
            let message =
                format!("the property {wire:?}, which selects this property's schema, isn't a string");
            let help = "Name a property in `x-discriminated-by` that is a string or an enum of strings.";
            self.diagnostics.report(&codes::NO_DISCRIMINATING_PROPERTY, place, message, help);
            return None;
        }
        Some(wire)
    }

    /// `x-discriminated-by` of the schema `id` or of what it stands for.
    fn discriminated_by(&self, mut id: SchemaId) -> Option<&DiscriminatedBy> {
        for _ in 0..16 {
            let schema = &self.document.schemas[id];
            if schema.discriminated_by.is_some() {
                return schema.discriminated_by.as_deref();
            }
            id = schema.reference?;
        }
        None
    }

    fn is_text(&self, id: SchemaId) -> bool {
        let schema = &self.document.schemas[self.behind(id)];
        let text = |value: &serde_json::Value| value.is_string() || value.is_null();
        match &schema.values[..] {
            [] => types(schema) == [Type::String] && schema.format.is_none(),
            values => values.iter().all(text),
        }
    }
}
